"""Has a station fallen silent? No new story for much longer than usual, or no source that can be read.

Time counts as it was watched: from one pass to the next, none longer than twice the usual. A clock that jumps a year,
or a machine that was off for a month, has seen no silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from scraper.watch.figures import Finding
from scraper.watch.passes import DAY, gaps, samples
from scraper.writer.measure import Measure

LEAST_GAPS = 6
TIMES_USUAL = 4.0
TIMES_LONGEST = 1.5
BUSY = 5.0
"""Stories a day from which a station is one that never rests: `BUSY_SILENCE` is much for it, `SILENCE` for others. A
week off, with a weekend at each side, is no alarm at a small station."""
BUSY_SILENCE, SILENCE = 8 * DAY, 14 * DAY
MISSED = 12.0
"""Stories that would have come meanwhile; of as many none comes by chance once in 160,000 times (Poisson)."""
UNREAD_PASSES, UNREAD_SILENCE = 3, 2 * DAY
HOUR = 3600.0


def no_news(passes: Sequence[Measure]) -> Finding | None:
    """No new story, while sources could be read, for longer than its past makes likely."""
    visited = [one for one in passes if one.visits]
    news = [index for index, one in enumerate(visited) if _news(one)]
    if len(news) <= LEAST_GAPS or news[-1] == len(visited) - 1:
        return None
    steps = gaps(visited)
    between = [sum(steps[start:end]) for start, end in pairwise(news)]
    silence = sum(steps[news[-1] :])
    stories = sum(_news(visited[index]) for index in news[1:])
    rate = stories * DAY / max(sum(between), 1.0)
    floor = BUSY_SILENCE if rate >= BUSY else SILENCE
    if silence < max(floor, MISSED * DAY / rate, TIMES_USUAL * median(between), TIMES_LONGEST * max(between)):
        return None
    now = visited[news[-1] :]
    return Finding(
        "fresh", silence / HOUR, max(between) / HOUR, 0, stories, samples(visited[: news[-1] + 1], "any"), now
    )


def _news(one: Measure) -> int:
    """New stories, and pages that should have been: what cannot be read is another alarm's matter."""
    return one.new + one.read - one.records


def nothing_readable(passes: Sequence[Measure], sources: Sequence[str]) -> Finding | None:
    """No source could be read, pass after pass. `sources` are addresses of such."""
    visited = [one for one in passes if one.visits or one.unread]
    bad = 0
    while bad < len(visited) and not visited[-1 - bad].visits:
        bad += 1
    if bad < UNREAD_PASSES:
        return None
    steps = gaps(visited)
    silence = sum(steps[len(steps) - min(bad, len(steps)) :])
    if silence < UNREAD_SILENCE:
        return None
    return Finding("sources", silence / HOUR, 0.0, 0, 0, list(sources)[:3], visited[-bad:])


def news_again(passes: Sequence[Measure]) -> bool:
    return any(map(_news, passes))


def read_again(passes: Sequence[Measure]) -> bool:
    return bool(passes) and bool(passes[-1].visits)
