"""A transcript in the layouts of others: Podcasting 2.0's HTML, and MediaSum's JSON. Neither is given times: the pages
have none."""

from __future__ import annotations

from html import escape
from typing import Any

import msgspec

from scraper.article import Article, Block, Turn
from scraper.errors import NoTranscript
from scraper.writer.characters import lines, one_line, whole

_TITLES = {"host": "HOST", "reporter": "BYLINE"}
"""What NPR, and MediaSum with it, puts behind a name."""


def to_podcast(article: Article) -> str:
    """The transcript as a file for `<podcast:transcript type="text/html">`: <cite> for the speaker, <p> for what is
    said, and a <p> of its own for a sound (the podcast namespace's transcript document; its <time> is optional).

    Raises `NoTranscript` where there is no transcript.
    """
    _spoken(article)
    parts: list[str] = []
    for block in article.blocks:
        parts += _said(block)
    return "\n".join(parts)


def _said(block: Block) -> list[str]:
    if block.kind not in ("turn", "sound"):
        return []
    cite = [f"<cite>{escape(one_line(block.speaker))}:</cite>"] if block.speaker else []
    return [*cite, *(f"<p>{escape(line, quote=False)}</p>" for line in lines(block.text))]


def to_mediasum(article: Article) -> str:
    """The transcript as one line of JSON in the layout of MediaSum (Zhu et al., NAACL 2021): `utt` and `speaker` are
    lists of one length. A speaker is the full name in capitals each time, a host or reporter with that word behind it,
    so that one person is one string; "" where nobody is named. `date` is the day of publication in UTC.

    Raises `NoTranscript` where there is no transcript.
    """
    turns = _spoken(article)
    record: dict[str, Any] = {
        "id": article.id,
        "program": article.program,
        "date": (article.published or "")[:10] or None,
        "url": article.canonical_url or article.url,
        "title": article.title,
        "summary": article.teaser or article.subtitle,
        "utt": [whole(turn.text) for turn in turns],
        "speaker": [whole(_speaker(turn)) for turn in turns],
    }
    return msgspec.json.encode(record).decode()


def _speaker(turn: Turn) -> str:
    name = (turn.speaker or "").upper()
    title = _TITLES.get(turn.role or "")
    return f"{name}, {title}" if name and title else name


def _spoken(article: Article) -> list[Turn]:
    if article.transcript is None:
        raise NoTranscript(article.page_type)
    return article.transcript.turns
