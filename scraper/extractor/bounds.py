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
_FRAMES = 16_000
"""Python frames that reading may stack: four an element, and room to spare."""
# Elements that end themselves (p, li, td, …) do not nest by being left open.
_TAG = re.compile(
    rb"<(/?)(?:div|span|b|i|em|strong|font|u|small|big|a|section|article|main|aside|header|footer|nav|ul|ol|table"
    rb"|blockquote|center|form|figure|details|label|button|object|s|strike|tt|code|ins|del|q|cite|ruby|svg|g)\b",
    re.I,
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
