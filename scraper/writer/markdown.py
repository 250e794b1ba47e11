"""A record as Markdown (CommonMark) with YAML front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import quote

from scraper.article import Article, Audio, Block, Image
from scraper.writer.characters import lines, one_line
from scraper.writer.links import InlineLinks, safe_url

_BREAK = "  \n"
_MARKUP = re.compile(r"[\\`*_\[\]<|~#]|&(?=#?\w+;)")
_LINE_START = re.compile(r"(?:[-+=>]|(?<=\d)[.)])")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")


def to_markdown(article: Article, *, removed: bool = False) -> str:
    """See `scraper.writer.render.render`. The parts are separated by one empty line."""
    links = InlineLinks(article)
    parts = [front_matter(article)]
    if title := _plain(article.title or ""):
        parts.append(f"# {title}")
    if subtitle := _plain(article.subtitle or ""):
        parts.append(f"*{subtitle}*")
    parts += [_image(image) for image in article.images[:1]]
    parts += _story(article.blocks, links)
    parts += [_image(image) for image in article.images[1:]]
    parts += [_audio(audio) for audio in article.audio]
    if links.others:
        parts.append("Links:")  # a list of the story before it would swallow this one
        parts.append("\n".join(f"- {_link(link.text or link.url, link.url)}" for link in links.others))
    if article.copyright:
        parts.append(escape(article.copyright.notice))
    if removed and article.removed:
        pieces = (f"- {escape(piece.kind)} ({escape(piece.rule)}): {escape(piece.text)}" for piece in article.removed)
        parts += ["## Removed", "\n".join(pieces)]
    return "\n\n".join(part for part in parts if part)


def front_matter(article: Article) -> str:
    """The record's metadata between two lines of `---`: one key a line, names as in the record, each value in JSON's
    spelling, which YAML shares. What the page does not tell is left out."""
    values: dict[str, str | list[str] | None] = {
        "id": article.id,
        "title": article.title,
        "subtitle": article.subtitle,
        "teaser": article.teaser,
        "byline": article.byline,
        "authors": [author.name for author in article.authors],
        "published": article.published,
        "modified": article.modified,
        "dateline": article.dateline,
        "station": article.station.name if article.station else None,
        "station_domain": article.station.domain if article.station else None,
        "origin": article.origin.name if article.origin else None,
        "section": article.section,
        "program": article.program,
        "tags": article.tags,
        "language": article.language,
        "page_type": article.page_type,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "copyright": article.copyright.notice if article.copyright else None,
    }
    rows = []
    for name, value in values.items():
        clean = [one_line(item) for item in value] if isinstance(value, list) else one_line(value or "")
        if clean:
            rows.append(f"{name}: {json.dumps(clean, ensure_ascii=False)}")
    return "\n".join(["---", *rows, "---"])


def escape(text: str) -> str:
    """`text` on one line, with a backslash before whatever Markdown would read as markup.

    >>> escape("# 2 * 3 _is_ <6>")
    '\\\\# 2 \\\\* 3 \\\\_is\\\\_ \\\\<6>'
    """
    return _escape_start(_plain(text))


def _plain(text: str) -> str:
    return _escape_inline(one_line(text))


def _escape_inline(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _escape_start(line: str) -> str:
    number = _NUMBER.match(line)
    at = number.end() if number else 0
    return f"{line[:at]}\\{line[at:]}" if _LINE_START.match(line, at) else line


def _story(blocks: list[Block], links: InlineLinks) -> list[str]:
    parts: list[str] = []
    before: Block | None = None
    other_mark = False
    for block in blocks:
        if block.kind == "list":
            # Two lists in a row would be read as one, were their marks the same.
            other_mark = bool(before and before.kind == "list" and before.ordered == block.ordered and not other_mark)
            part = _list(block, links, other_mark)
        else:
            part = _BLOCKS.get(block.kind, _paragraph)(block, links)
        if part:
            parts.append(part)
            before = block
    return parts


def _paragraph(block: Block, links: InlineLinks) -> str:
    return _BREAK.join(_line(line, links) for line in lines(block.text))


def _heading(block: Block, links: InlineLinks) -> str:
    words = _words(one_line(block.text), links)
    return f"{'#' * min(6, max(2, block.level or 2))} {words}" if words else ""


def _quote(block: Block, links: InlineLinks) -> str:
    rows = [_line(line, links) for line in lines(block.text)]
    if block.attribution:
        rows.append(f"— {_plain(block.attribution)}")
    return "\n>\n".join(f"> {row}" for row in rows)


def _list(block: Block, links: InlineLinks, other_mark: bool) -> str:
    rows = []
    for number, item in enumerate(block.items or [block.text], 1):
        mark = f"{number}{')' if other_mark else '.'}" if block.ordered else "*" if other_mark else "-"
        inner = [_line(line, links) for line in lines(item)]
        if inner:
            rows.append(f"{mark} " + f"{_BREAK}{' ' * (len(mark) + 1)}".join(inner))
    return "\n".join(rows)


def _turn(block: Block, links: InlineLinks) -> str:
    paragraphs = [_line(line, links) for line in lines(block.text)]
    if block.speaker:
        name = f"**{_escape_inline(one_line(block.speaker).upper())}:**"
        paragraphs[:1] = [" ".join([name, *paragraphs[:1]])]
    return "\n\n".join(paragraphs)


def _aside(block: Block, links: InlineLinks) -> str:
    return _BREAK.join(f"*{_words(line, links)}*" for line in lines(block.text))


_BLOCKS: dict[str, Callable[[Block, InlineLinks], str]] = {
    "heading": _heading,
    "quote": _quote,
    "turn": _turn,
    "sound": _aside,
    "note": _aside,
}


def _line(line: str, links: InlineLinks) -> str:
    return _escape_start(_words(line, links))


def _words(line: str, links: InlineLinks) -> str:
    return "".join(_link(words, url) if url else _escape_inline(words) for words, url in links.pieces(line))


def _link(words: str, url: str) -> str:
    return f"[{_plain(words)}]({_destination(url)})"


def _destination(url: str) -> str:
    return quote(one_line(url), safe="/:@!$&'*+,;=~-._?#%[]").replace("&", "&amp;")


def _image(image: Image) -> str:
    url = safe_url(image.url)
    if not url:
        return ""
    credit = " / ".join(_plain(name) for name in (image.credit, image.provider) if name)
    caption = _plain(image.caption or "")
    words = " ".join(part for part in (caption, f"({credit})" if credit else "") if part)
    picture = f"![{_plain(image.alt or '')}]({_destination(url)})"
    return f"{picture}{_BREAK}*{words}*" if words else picture


def _audio(audio: Audio) -> str:
    url = safe_url(audio.url)
    return f"Audio: {_link(audio.title or 'listen', url)}" if url else ""
