"""Times as the store keeps them: RFC 3339 in UTC, to the second, so that comparing the text compares the times."""

from __future__ import annotations

import math
from datetime import UTC, datetime

_LATEST = 253402300799.0
"""The last second of the year 9999."""


def stamp(seconds: float) -> str:
    """Seconds since the epoch as text, cut to the whole second.

    >>> stamp(1628713260.9)
    '2021-08-11T20:21:00Z'
    """
    whole = math.floor(min(max(seconds, 0.0), _LATEST))
    return f"{datetime.fromtimestamp(whole, UTC).replace(tzinfo=None).isoformat()}Z"


def not_before(seconds: float) -> str:
    """`stamp`, but rounded up: a wait must never end early.

    >>> not_before(1628713260.1)
    '2021-08-11T20:21:01Z'
    """
    return stamp(math.ceil(min(seconds, _LATEST)))


def seconds(text: str) -> float:
    """The inverse of `stamp`.

    >>> seconds("2021-08-11T20:21:00Z")
    1628713260.0
    """
    return datetime.fromisoformat(text).timestamp()


def tidy(text: str) -> str:
    """Any RFC 3339 time as `stamp` would write it.

    >>> tidy("2021-08-11T16:21:00.25-04:00")
    '2021-08-11T20:21:00Z'
    """
    return text if len(text) == 20 and text.endswith("Z") else stamp(seconds(text))
