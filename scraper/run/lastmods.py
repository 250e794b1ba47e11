"""Which changes that sources tell of are believed. Pure.

Some systems give all pages a new lastmod at once: a new template, a migration, a nightly job. To visit them all would
cost a small site thousands of requests for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from scraper import addresses

if TYPE_CHECKING:
    from scraper.discoverer import Found

ENOUGH = 20
"""So many known pages must a source list until its lastmods can be judged: of a few, most may really have changed."""
YOUNG_DAYS = 7
"""Stories are corrected and completed in their first days. A change of one so young is believed, and says nothing of
the others."""


class Noise(NamedTuple):
    """A source of whose `known` older stories so many claim a change (`claiming`) that none is believed."""

    claiming: int
    known: int

    def __str__(self) -> str:
        return f"{self.claiming} of {self.known} known stories claim a change at once, which is not believed"


def noisy(found: Iterable[Found], known_until: Mapping[str, str], now: float) -> dict[str, Noise]:
    """The sources more than half of whose known older stories claim a change at once.

    `known_until` has, by the key of each known story, the time up to which its changes are known (RFC 3339).
    """
    counts: dict[str, list[int]] = {}
    for one in found:
        until = known_until.get(one.key)
        if until is None or _young(one, now):
            continue
        for source, lastmod in one.lastmods:
            count = counts.setdefault(source, [0, 0])
            count[0] += lastmod > until
            count[1] += 1
    return {
        source: Noise(claiming, known)
        for source, (claiming, known) in counts.items()
        if known >= ENOUGH and 2 * claiming > known
    }


def believed(one: Found, noise: Mapping[str, Noise], now: float) -> tuple[str | None, str | None]:
    """The latest change of a story that is believed, and the latest that is not: a young story's is, and what a source
    without noise says of it.
    """
    young = not noise or _young(one, now)
    trusted = [lastmod for source, lastmod in one.lastmods if young or source not in noise]
    others = [lastmod for source, lastmod in one.lastmods if not young and source in noise]
    return max(trusted, default=None), max(others, default=None)


def _young(one: Found, now: float) -> bool:
    day = one.published or addresses.date_in(one.url)
    oldest = datetime.fromtimestamp(now - YOUNG_DAYS * 86400, UTC).date().isoformat()
    return day is not None and day[:10] >= oldest
