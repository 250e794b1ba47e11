"""What is watched over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

Unit = Literal["share", "characters", "hours"]


class Kind(NamedTuple):
    """A figure that an alarm may be about. `lasting`: however long it lasts, it never counts as the new usual."""

    name: str
    title: str
    unit: Unit
    lasting: bool = False


class Share(NamedTuple):
    """A share that may fall: `hit` of `of`, fields of a `Measure`; `fallen` says whether (now, usual) is a fall."""

    kind: str
    hit: str
    of: str
    fallen: Callable[[float, float], bool]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("rules", "read by its platform's rules", "share", lasting=True),
        Kind("body", "pages with a body", "share", lasting=True),
        Kind("length", "characters of the middle body", "characters"),
        Kind("several", "bodies of more than one paragraph", "share"),
        Kind("common", "bodies that share one paragraph", "share"),
        Kind("title", "records with a title", "share"),
        Kind("date", "records with a date", "share"),
        Kind("authors", "records with a byline", "share"),
        Kind("fresh", "hours without a new story", "hours"),
        Kind("sources", "hours without a source that could be read", "hours", lasting=True),
    )
}
"""All of them, the earliest sign of a changed template first."""


def _points(points: float) -> Callable[[float, float], bool]:
    return lambda now, usual: now < usual - points


def _part(part: float) -> Callable[[float, float], bool]:
    return lambda now, usual: now < usual * part


SHARES = (
    Share("rules", "ruled", "records", _part(0.6)),
    Share("body", "body", "read", _part(0.8)),
    Share("several", "several", "records", _points(0.3)),
    Share("title", "title", "records", _points(0.3)),
    Share("date", "date", "records", _points(0.3)),
    Share("authors", "authors", "records", _points(0.3)),
)
SHORTER, LONGER = 0.5, 3.0
"""The middle body's length, as part of the usual, below and above which it is an alarm (a footer is swallowed)."""
IN_MOST = 0.4
"""The share of new bodies from which a paragraph stands in most of them: counts are a little too low (`Measure`)."""
