"""The record beside the page: its fields, each with the source that gave it."""

from __future__ import annotations

from html import escape

import msgspec

from scraper.article import Article, Audio, Author
from scraper.extractor.explanation import Explanation
from scraper.webpage import link


def record(told: Explanation) -> list[str]:
    """The part of the page that shows the record."""
    parts = ['<aside aria-labelledby="record">', '<h2 id="record" tabindex="-1">The record</h2>']
    if told.record is None:
        return [*parts, f"<p>There is none: {escape(told.reason)}.</p>", "</aside>"]
    rows = [row for row in _rows(told.record, told.sources) if row]
    return [*parts, "<dl>", *rows, "</dl>", *_transcript(told.record), *_whole(told.record), "</aside>"]


def _rows(article: Article, sources: dict[str, str]) -> list[str]:
    quality = article.quality
    station, origin, rights = article.station, article.origin, article.copyright
    return [
        _row("Quality", f"{quality.score:g}{': ' if quality.flags else ''}{', '.join(quality.flags)}"),
        *(
            _row(name.capitalize(), getattr(article, name), sources.get(name))
            for name in ("title", "subtitle", "teaser", "byline")
        ),
        _many("Authors", [_author(author) for author in article.authors]),
        *(
            _row(name.capitalize(), getattr(article, name), sources.get(name))
            for name in ("published", "modified", "dateline", "section", "program", "language")
        ),
        _row("Tags", ", ".join(article.tags), sources.get("tags")),
        _row("Station", f"{station.name} ({station.domain})" if station else None),
        _row("Origin", origin.name if origin else None, "; ".join(origin.evidence) if origin else None),
        _many("Audio", [_audio(audio) for audio in article.audio]),
        _row("Pictures", f"{len(article.images)}" if article.images else None),
        _row("Links in the story", f"{len(article.links)}" if article.links else None),
        _row("Copyright", rights.notice if rights else None),
        _many("Corrections", [escape(text) for text in article.corrections]),
        _row(
            "Story", f"{len(article.text.split()):,} words in {len(article.blocks)} blocks" if article.blocks else None
        ),
        _row("Identity", article.id),
        _row("Canonical address", article.canonical_url),
    ]


def _row(name: str, value: str | None, source: str | None = None) -> str:
    if not value:
        return ""
    told = f'<span class="from">from <code>{escape(source)}</code></span>' if source else ""
    return f"<dt>{name}</dt><dd>{escape(value)}{told}</dd>"


def _many(name: str, values: list[str]) -> str:
    """Several values, which are HTML."""
    return f"<dt>{name}</dt>{''.join(f'<dd>{value}</dd>' for value in values)}" if values else ""


def _author(author: Author) -> str:
    return escape(", ".join(part for part in (author.name, author.role, author.affiliation) if part))


def _audio(audio: Audio) -> str:
    length = f" ({audio.duration_seconds // 60}:{audio.duration_seconds % 60:02} min)" if audio.duration_seconds else ""
    return link(audio.url, audio.title or audio.url) + length


def _transcript(article: Article) -> list[str]:
    if article.transcript is None:
        return []
    rows: list[str] = []
    for turn in article.transcript.turns:
        who = escape(turn.speaker or "nobody named")
        marks = [part for part in (turn.role, "tape" if turn.tape else None) if part]
        role = f" ({', '.join(marks)})" if marks else ""
        rows.append(f"<li><b>{who}</b>{role}: {escape(turn.text)}</li>")
    lang = f' lang="{escape(article.language)}"' if article.language else ""
    return [
        "<details>",
        f"<summary>Transcript: {len(rows)} turns</summary>",
        f'<ol class="turns"{lang}>',
        *rows,
        "</ol>",
        "</details>",
    ]


def _whole(article: Article) -> list[str]:
    text = msgspec.json.format(article.to_json(), indent=2)
    return ["<details>", "<summary>The whole record as JSON</summary>", f"<pre>{escape(text)}</pre>", "</details>"]
