"""A record in the formats of the command line."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from scraper.article import Article
from scraper.writer.characters import record_json, whole

Format = Literal["text", "markdown", "json", "html", "podcast", "mediasum"]
FORMATS: tuple[str, ...] = get_args(Format)


def render(article: Article, format: Format, *, removed: bool = False) -> str:
    """The record as `format`, without a line end after it.

    - text: title, empty line, `Article.text`; either alone when there is no other.
    - markdown: YAML front matter, title, story; what stands in the story never turns into markup.
    - json: the record on one line. Every key is present; `removed` is empty unless asked for.
    - html: one `<article>` element without scripts, its links only http(s).
    - podcast: the transcript alone, as Podcasting 2.0 takes it (HTML).
    - mediasum: the transcript in the layout of the MediaSum corpus, JSON on one line.

    `removed` shows what was taken out of the page, too: in its key of the JSON, after the story elsewhere.
    Every record can be rendered, whatever characters it holds; the last two formats raise `NoTranscript` for one that
    has none. Raises ValueError for an unknown format.
    """
    if format == "text":
        return whole(_text(article, removed))
    if format == "json":
        return record_json(article if removed else msgspec.structs.replace(article, removed=[]))
    if format == "markdown":
        from scraper.writer.markdown import to_markdown

        return to_markdown(article, removed=removed)
    if format == "html":
        from scraper.writer.html import to_html

        return to_html(article, removed=removed)
    if format in ("podcast", "mediasum"):
        from scraper.writer.transcripts import to_mediasum, to_podcast

        return to_podcast(article) if format == "podcast" else to_mediasum(article)
    raise ValueError(f"unknown format {format!r}; known are {', '.join(FORMATS)}")


def _text(article: Article, removed: bool) -> str:
    parts = [article.title or "", article.text]
    if removed and article.removed:
        pieces = (f"- {piece.kind} ({piece.rule}): {piece.text}" for piece in article.removed)
        parts.append("\n".join(["Removed:", *pieces]))
    return "\n\n".join(part for part in parts if part)
