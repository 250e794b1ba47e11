"""Measures as a series of passes, oldest first, and the two parts of it that are compared: now and usually."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from scraper.writer.alarm import Alarm
from scraper.writer.measure import Measure
from scraper.writer.times import seconds

WINDOWS = (1, 2, 3, 5, 8, 14)
"""So many of the last passes that had pages are looked at together: what is a few stories a day needs some."""
LEAST_PAGES = 3
USUAL_PAGES = 30
USUAL_PASSES = 6
USUAL_DAYS = 8.0
"""What is usual is known from so many pages and passes, and from more than a week: weekends are unlike other days."""
DAY = 86400.0

Size = Callable[[Measure], int]


class Split(NamedTuple):
    """The last passes, and those before."""

    now: list[Measure]
    usual: list[Measure]


def passes_of(measures: Iterable[Measure]) -> list[Measure]:
    """One measure a pass (or day, or week), over all hosts and platforms given, in the order of the runs. The order is
    never that of the times: clocks jump."""
    found: dict[tuple[str, str], Measure] = {}
    for measure in measures:
        key = (measure.grain, measure.at)
        if key not in found:
            found[key] = Measure(host=measure.host, grain=measure.grain, at=measure.at)
        found[key].add(measure)
    return sorted(found.values(), key=lambda one: one.run)


def normal(passes: Iterable[Measure], history: Iterable[Alarm]) -> list[Measure]:
    """The passes but those during alarms of one kind: what was wrong is never usual, unless it was accepted as that.
    Then what was before is no longer."""
    past = [(alarm.raised_run, alarm.cleared_run, alarm.ended) for alarm in history if not alarm.active]

    def is_normal(one: Measure) -> bool:
        return not any(
            one.run < begin if how == "usual" else begin <= one.run < (end or begin) for begin, end, how in past
        )

    return [one for one in passes if is_normal(one)]


def splits(passes: Sequence[Measure], size: Size) -> Iterator[Split]:
    """Every way to part them into now and usual in which both have enough pages. `size` counts a pass's pages."""
    full = [one for one in passes if size(one)]
    for width in WINDOWS:
        now, usual = full[-width:], full[:-width]
        if len(usual) < USUAL_PASSES or sum(map(size, usual)) < USUAL_PAGES:
            return
        if sum(map(size, now)) >= LEAST_PAGES:
            yield Split(now, usual)


def long_enough(usual: Sequence[Measure]) -> bool:
    """Whether they were lived through for long enough to know what is usual."""
    return sum(gaps(usual)) >= USUAL_DAYS * DAY


def gaps(passes: Sequence[Measure]) -> list[float]:
    """Seconds from each pass to the next, none longer than twice the usual: nobody looked in between, or the clock
    jumped; negative ones are 0."""
    starts = [seconds(one.at) for one in passes]
    found = [max(later - earlier, 0.0) for earlier, later in pairwise(starts)]
    longest = 2 * median(found) if found else 0.0
    return [min(gap, longest) for gap in found]


def windows(usual: Sequence[Measure], size: Size, pages: int) -> Iterator[list[Measure]]:
    """All runs of neighbouring passes that have at least so many pages, each as short as can be."""
    start, held = 0, 0
    for end, one in enumerate(usual):
        held += size(one)
        while held - size(usual[start]) >= pages:
            held -= size(usual[start])
            start += 1
        if held >= pages:
            yield list(usual[start : end + 1])


def samples(passes: Sequence[Measure], sign: str) -> list[str]:
    """Up to three addresses, the newest first, that show what is wrong; else of the last pages that were read."""
    found: dict[str, None] = {}
    for name in (sign, "any"):
        for one in reversed(passes):
            found |= dict.fromkeys(one.samples.get(name, []))
        if found:
            break
    return list(found)[:3]
