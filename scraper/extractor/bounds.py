"""Pages that no site serves and a parser chokes on: told before they are parsed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scraper.errors import NotAnArticle

DEEPEST = 3000
"""Elements that may stand one in another. Lexbor's time grows with the square of the depth: 100,000 take half a minute."""
_MANY = 20_000
"""Tags from which a page is looked at at all; the parser takes a second at most for fewer, however they are nested."""
MOST_ATTRIBUTES = 1000
"""Attributes of one tag. Lexbor's time grows with their square: 200,000 take minutes. The most met on a real page: 15."""
MOST_ELEMENTS = 50_000
"""Elements of a page, each of which may be a paragraph to judge. The largest real page looked at has 2,200."""
_SMALL = 20_000
"""Bytes below which no tag holds enough attributes to take more than a tenth of a second."""
_FRAMES = 16_000
"""Python frames that reading may stack: four an element, and room to spare."""
# Elements that end themselves (p, li, td, …) do not nest by being left open.
_TAG = re.compile(
    rb"<(/?)(?:div|span|b|i|em|strong|font|u|small|big|a|section|article|main|aside|header|footer|nav|ul|ol|table"
    rb"|blockquote|center|form|figure|details|label|button|object|s|strike|tt|code|ins|del|q|cite|ruby|svg|g)\b",
    re.I,
)
_OPENED = re.compile(rb"<[a-z]", re.I)
_ATTRIBUTE = rb"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?+"
_ATTRIBUTES = rb"(?:[\s/]++|" + _ATTRIBUTE + rb")*+"
# Possessive throughout, and comments, scripts and styles are taken whole: each byte is looked at once.
_MARKUP = re.compile(
    rb"<(?:!--[^-]*+(?:-(?!->)[^-]*+)*+"
    rb"|(?P<raw>(?:script|style)(?=[\s/>])" + _ATTRIBUTES + rb")(?:>[^<]*+(?:<(?!/s(?:cript|tyle))[^<]*+)*+)?+"
    rb"|(?P<tag>[a-z][^\s/>]*+" + _ATTRIBUTES + rb"))",
    re.I,
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)


def check(body: bytes) -> None:
    """Raise `NotAnArticle` for a page of a shape that takes a parser or the reading minutes, and that no site serves."""
    check_depth(body)
    check_elements(body)
    check_attributes(body)


def check_elements(body: bytes) -> None:
    """Raise `NotAnArticle` for a page of more elements than `MOST_ELEMENTS`."""
    if body.count(b"<") <= MOST_ELEMENTS:
        return
    if sum(1 for _ in _OPENED.finditer(body)) > MOST_ELEMENTS:
        raise NotAnArticle("other", f"it has more than {MOST_ELEMENTS:,} elements, which no page has")


def check_attributes(body: bytes) -> None:
    """Raise `NotAnArticle` where a tag has more attributes than `MOST_ATTRIBUTES`."""
    if len(body) < _SMALL:
        return
    shortest = len(b" a") * MOST_ATTRIBUTES
    for found in _MARKUP.finditer(body):
        start, end = found.span(found.lastgroup) if found.lastgroup else (0, 0)
        if end - start > shortest and sum(1 for _ in _ONE_ATTRIBUTE.finditer(body, start, end)) > MOST_ATTRIBUTES:
            raise NotAnArticle(
                "other", f"one of its tags has more than {MOST_ATTRIBUTES:,} attributes, which no page's has"
            )


def check_depth(body: bytes) -> None:
    """Raise `NotAnArticle` for a page whose elements are nested deeper than any page's."""
    if len(body) < len(b"<b>") * _MANY or body.count(b"<") < _MANY:
        return
    depth = 0
    for tag in _TAG.finditer(body):
        if tag[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > DEEPEST:
                raise _too_deep()


@contextmanager
def deep_reading() -> Iterator[None]:
    """Let the walk go deeper than Python allows by itself; what is deeper still is refused."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        yield
    except RecursionError:
        raise _too_deep() from None
    finally:
        sys.setrecursionlimit(limit)


def _too_deep() -> NotAnArticle:
    return NotAnArticle("other", f"its elements are nested more than {DEEPEST:,} deep, which no page's are")
