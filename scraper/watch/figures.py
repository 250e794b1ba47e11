"""Has a figure left what is usual? Each test gives what it found, or None."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, log2
from typing import NamedTuple

from scraper.watch.chance import RARE, at_least, at_most, guess
from scraper.watch.kinds import IN_MOST, LONGER, SHORTER, Share
from scraper.watch.passes import Size, samples, splits, windows
from scraper.writer.measure import Measure, median, total

LEAST_BODIES = 6
USUAL_BODIES = 40
MOST_COMMON = 5
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
        if not share.fallen(figure, past) or at_most(hits, pages, guess(past_hits, past_pages)) > RARE:
            continue
        if any(_sum(window, hit) / _sum(window, size) <= figure for window in windows(usual, size, pages)):
            continue  # so it was before, on some weekend
        return Finding(share.kind, figure, past, pages, past_pages, samples(now, share.hit), now)
    return None


def is_back(passes: Sequence[Measure], share: Share, past: float, pages: int) -> bool:
    """Whether the last pages, about as many as raised the alarm, are as usual again."""
    size, hit = _counter(share.of), _counter(share.hit)
    last = latest(passes, size, min(max(pages, 3), 6))
    return bool(last) and not share.fallen(_sum(last, hit) / _sum(last, size), past)


def changed_length(passes: Sequence[Measure]) -> Finding | None:
    """A middle body of less than half or more than three times the usual length."""
    for now, usual in splits(passes, _lengths):
        pages, past_pages = _sum(now, _lengths), _sum(usual, _lengths)
        figure, past = _median(now), _median(usual)
        if pages < LEAST_BODIES or past_pages < USUAL_BODIES or not _other_length(figure, past):
            continue
        # The middle of so many bodies is that far off only if half of them are: how many of the usual ones are?
        beyond = _beyond(total(usual).lengths, figure, longer=figure > past)
        if at_least(ceil(pages / 2), pages, guess(beyond, past_pages)) > RARE:
            continue
        medians = [_median(window) for window in windows(usual, _lengths, pages)]
        if any(one >= figure if figure > past else one <= figure for one in medians):
            continue
        return Finding("length", figure, past, pages, past_pages, samples(now, "any"), now)
    return None


def length_is_back(passes: Sequence[Measure], past: float) -> bool:
    last = latest(passes, _lengths, LEAST_BODIES)
    return bool(last) and not _other_length(_median(last), past)


def shared_paragraph(passes: Sequence[Measure]) -> Finding | None:
    """A paragraph that stands in most new bodies, as none did before."""
    for now, usual in splits(passes, _bodies):
        whole, before = total(now), total(usual)
        if whole.bodies < LEAST_BODIES or whole.common is None:
            continue
        text, figure = whole.common
        count = whole.paragraphs[text]
        if figure < IN_MOST or count < MOST_COMMON:
            continue
        same = before.paragraphs.get(text, 0)
        if at_least(min(count, whole.bodies), whole.bodies, max(guess(same, before.bodies), 0.02)) > RARE:
            continue
        if any(_common(window) >= figure for window in windows(usual, _bodies, whole.bodies)):
            continue
        past = same / before.bodies
        return Finding("common", figure, past, whole.bodies, before.bodies, samples(now, "any"), now, text)
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


def _median(passes: Sequence[Measure]) -> float:
    lengths: dict[str, int] = {}
    for one in passes:
        for key, count in one.lengths.items():
            lengths[key] = lengths.get(key, 0) + count
    return median(lengths) or 0.0


def _other_length(figure: float, past: float) -> bool:
    return figure < SHORTER * past or figure > LONGER * past


def _beyond(lengths: Mapping[str, int], figure: float, *, longer: bool) -> int:
    limit = round(_STEPS * log2(max(figure, 1.0)))
    return sum(count for key, count in lengths.items() if (int(key) >= limit if longer else int(key) <= limit))
