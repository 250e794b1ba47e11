"""Characters that no output can carry: lone surrogates, controls, code points that are no characters."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from scraper.article import Article

_LINE_ENDS = str.maketrans({"\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\v": "\n", "\f": "\n"})


def whole(text: str) -> str:
    """`text` with U+FFFD in place of each lone surrogate, which UTF-8 cannot write. JSON in pages may hold some.

    >>> whole("a\\ud800b")
    'a\\ufffdb'
    """
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def storable(text: str) -> str:
    """`whole` without null characters: PostgreSQL refuses them, and SQLite's text functions end at the first.

    >>> storable("a\\0b")
    'ab'
    """
    return whole(text).replace("\0", "")


def printable(text: str) -> str:
    """`text` without control characters and non-characters; every kind of line end becomes a line feed, tabs stay.

    >>> printable("one\\r\\ntwo\\x1b[31m")
    'one\\ntwo[31m'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    return _unprintable().sub("", whole(lines))


def one_line(text: str) -> str:
    """`printable` with all white space collapsed to single spaces."""
    return " ".join(printable(text).split())


def lines(text: str) -> list[str]:
    """The lines of `text` that hold something, each `printable` and collapsed."""
    return [line for line in (" ".join(part.split()) for part in printable(text).split("\n")) if line]


def record_json(article: Article) -> str:
    """`Article.to_json`, also for a record with lone surrogates."""
    try:
        return article.to_json()
    except UnicodeEncodeError:
        return well_formed(article).to_json()


def well_formed(article: Article) -> Article:
    """The record with `whole` text throughout."""
    return msgspec.convert(_whole_values(msgspec.to_builtins(article)), Article)


def _whole_values(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return [_whole_values(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole_values(item) for key, item in value.items()}
    return value


@cache
def _unprintable() -> re.Pattern[str]:
    astral = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    return re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff{astral}]")
