"""Has a figure left what is usual? Each test gives what it found, or None."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, log, log2
from typing import NamedTuple

from scraper.watch.chance import RARE, at_least, at_most, guess
from scraper.watch.kinds import IN_MOST, LONGER, SHORTER, Share
from scraper.watch.passes import Size, long_enough, samples, splits, windows
from scraper.writer.measure import Measure, median, total

LEAST_BODIES = 6
USUAL_BODIES = 40
MOST_COMMON = 5
BEYOND = 1.5
"""So many times as far from the usual as any window of the past must a figure be: what chance makes of stories that
come in bunches (a day of wire stories) is no news, however unlikely it were of stories that came one by one."""
_STEPS = 8  # of an octave: scraper.writer.measure


class Finding(NamedTuple):
    """A figure that is not as usual; see `Alarm`. `now` are the passes that show it."""

    kind: str
    figure: float
    past: float
    pages: int
    past_pages: int
    samples: list[str]
    now: list[Measure]
    detail: str = ""


def fallen(passes: Sequence[Measure], share: Share) -> Finding | None:
    """A share that has fallen, further than chance explains and than it ever did."""
    size, hit = _counter(share.of), _counter(share.hit)
    for now, usual in splits(passes, size):
        pages, hits = _sum(now, size), _sum(now, hit)
        past_pages, past_hits = _sum(usual, size), _sum(usual, hit)
        figure, past = hits / pages, past_hits / past_pages
        if not share.fallen(figure, past) or _chance(hits, pages, guess(past_hits, past_pages)) > RARE:
            continue
        lowest = min((_sum(window, hit) / _sum(window, size) for window in windows(usual, size, pages)), default=past)
        if past - figure < BEYOND * (past - lowest) or not long_enough(usual):
            continue  # it was nearly as low before, on some weekend
        return Finding(share.kind, figure, past, pages, past_pages, samples(now, share.hit), now)
    return None


def _chance(hits: int, pages: int, usual: float) -> float:
    """The chance of so few hits. A new template leaves none; where some are left, each page counts half: stories come
    in bunches, and many are looked at twice."""
    return at_most(0, pages, usual) if hits == 0 else at_most(hits // 2, pages // 2, usual)


def is_back(passes: Sequence[Measure], share: Share, past: float, pages: int) -> bool:
    """Whether the last pages, about as many as raised the alarm, are as usual again."""
    size, hit = _counter(share.of), _counter(share.hit)
    last = latest(passes, size, min(max(pages, 3), 6))
    return bool(last) and not share.fallen(_sum(last, hit) / _sum(last, size), past)


def changed_length(passes: Sequence[Measure]) -> Finding | None:
    """A middle body of less than half or more than three times the usual length."""
    whole = _lengths_of(passes)
    for now, usual in splits(passes, _lengths):
        lately = _lengths_of(now)
        before = whole - lately
        pages, past_pages = lately.total(), before.total()
        figure, past = median(lately) or 0.0, median(before) or 0.0
        if pages < LEAST_BODIES or past_pages < USUAL_BODIES or not _other_length(figure, past):
            continue
        # The middle of so many bodies is that far off only if half of them are: how many of the usual ones are? Each
        # story is looked at again on the next day, so that only half of the pages tell of themselves.
        beyond = _beyond(before, figure, longer=figure > past)
        if at_least(ceil(pages / 4), ceil(pages / 2), guess(beyond, past_pages)) > RARE:
            continue
        medians = (median(_lengths_of(window)) or 1.0 for window in windows(usual, _lengths, pages))
        farthest = max((abs(log(one / past)) for one in medians), default=0.0)
        if abs(log(max(figure, 1.0) / past)) < BEYOND * farthest or not long_enough(usual):
            continue
        return Finding("length", figure, past, pages, past_pages, samples(now, "any"), now)
    return None


def length_is_back(passes: Sequence[Measure], past: float) -> bool:
    last = latest(passes, _lengths, LEAST_BODIES)
    return bool(last) and not _other_length(median(_lengths_of(last)) or 0.0, past)


def shared_paragraph(passes: Sequence[Measure]) -> Finding | None:
    """A paragraph that stands in most new bodies, as none did before."""
    for now, usual in splits(passes, _bodies):
        bodies = _sum(now, _bodies)
        common = total(now).common if bodies >= LEAST_BODIES else None
        if common is None or common[1] < IN_MOST or common[1] * bodies < MOST_COMMON:
            continue
        text, figure = common
        past_bodies = _sum(usual, _bodies)
        same = sum(one.paragraphs.get(text, 0) for one in usual)
        if at_least(round(figure * bodies), bodies, max(guess(same, past_bodies), 0.02)) > RARE:
            continue
        highest = max(map(_common, windows(usual, _bodies, bodies)), default=0.0)
        if figure <= highest or not long_enough(usual):
            continue
        return Finding("common", figure, same / past_bodies, bodies, past_bodies, samples(now, "any"), now, text)
    return None


def nothing_shared(passes: Sequence[Measure], past: float) -> bool:
    last = latest(passes, _bodies, LEAST_BODIES)
    return bool(last) and _common(last) < max(IN_MOST, past)


def latest(passes: Sequence[Measure], size: Size, pages: int) -> list[Measure]:
    """The last passes that together have at least so many pages; none where all have less."""
    held = 0
    for number, one in enumerate(reversed(passes), 1):
        held += size(one)
        if held >= pages:
            return list(passes[-number:])
    return []


def _counter(name: str) -> Size:
    return lambda one: int(getattr(one, name))


def _sum(passes: Sequence[Measure], size: Size) -> int:
    return sum(map(size, passes))


def _lengths(one: Measure) -> int:
    return sum(one.lengths.values())


def _bodies(one: Measure) -> int:
    return one.bodies


def _common(passes: Sequence[Measure]) -> float:
    common = total(passes).common
    return common[1] if common else 0.0


def _lengths_of(passes: Sequence[Measure]) -> Counter[str]:
    lengths: Counter[str] = Counter()
    for one in passes:
        lengths.update(one.lengths)
    return lengths


def _other_length(figure: float, past: float) -> bool:
    return figure < SHORTER * past or figure > LONGER * past


def _beyond(lengths: Mapping[str, int], figure: float, *, longer: bool) -> int:
    limit = round(_STEPS * log2(max(figure, 1.0)))
    return sum(count for key, count in lengths.items() if (int(key) >= limit if longer else int(key) <= limit))
