"""What a station's pages were like: sums that can be added up over pages, runs, days, weeks, hosts and platforms. Pure.

Medians cannot be added; histograms can. A value is counted in the eighth of an octave that it falls into, so that a
median is known to within 5 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Literal, Self

import msgspec

Grain = Literal["run", "day", "week"]

MOST_PARAGRAPHS = 128
MOST_SAMPLES = 3
_STEPS = 8  # of an octave

COUNTS = (
    "visits",  # runs that came to the station and could read a source of it
    "unread",  # runs that came and could read none
    "tried",  # pages that something came of
    "had",  # those of them that were had, or are known to be as they were
    "refused",  # pages that hold no story, or may not be had
    "failed",  # pages that could not be had
    "gone",  # pages that are not found, or are no more
    "new",  # records, as the next two
    "updated",
    "unchanged",
    "read",  # young pages that were read and should hold a story: records, and refusals of what was on the page
    "body",  # those of them with a body of `scraper.run.measuring.LEAST_BODY` characters
    "records",  # those of them that became a record, as all that follow
    "title",  # with a title
    "date",
    "authors",
    "ruled",  # read by the rules of a platform
    "fallback",  # flagged so: the platform was recognised, but its rules found no story
    "several",  # with two or more paragraphs
    "bodies",  # new ones, whose paragraphs were counted
)


class Measure(msgspec.Struct, kw_only=True):
    """Figures of one host and platform over some time.

    `host` is what the station is queued under; `platform` that of the records, "" for what became no record. `run` is
    the last run that is counted in, `at` the time when it began, or the day or week (its Monday) that is summed up
    (RFC 3339 in UTC). `lengths` are of bodies in characters, `seconds` of the time to a response's head: histograms, by
    bucket (`bucket`). `paragraphs` counts new bodies by a paragraph that several may share, by its beginning: what
    stands in more than one in `MOST_PARAGRAPHS` of all paragraphs is surely there, if with a lower count. `refusals`
    counts by page type, `samples` has addresses by what is wrong with them. `newest` is the latest date of publication
    of a new record.
    """

    host: str
    platform: str = ""
    run: int = 0
    grain: Grain = "run"
    at: str = ""
    visits: int = 0
    unread: int = 0
    tried: int = 0
    had: int = 0
    refused: int = 0
    failed: int = 0
    gone: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    read: int = 0
    body: int = 0
    records: int = 0
    title: int = 0
    date: int = 0
    authors: int = 0
    ruled: int = 0
    fallback: int = 0
    several: int = 0
    bodies: int = 0
    lengths: dict[str, int] = msgspec.field(default_factory=dict)
    seconds: dict[str, int] = msgspec.field(default_factory=dict)
    paragraphs: dict[str, int] = msgspec.field(default_factory=dict)
    refusals: dict[str, int] = msgspec.field(default_factory=dict)
    samples: dict[str, list[str]] = msgspec.field(default_factory=dict)
    newest: str | None = None

    def add(self, other: Measure) -> Self:
        """Counts another one in. What it is of stays; `run` becomes the later one's. Returns itself."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("lengths", "seconds", "refusals"):
            _add(getattr(self, name), getattr(other, name))
        self.paragraphs = most_frequent(self.paragraphs, other.paragraphs)
        for sign, urls in other.samples.items():
            self.samples[sign] = list(dict.fromkeys([*urls, *self.samples.get(sign, [])]))[:MOST_SAMPLES]
        self.newest = max(self.newest or "", other.newest or "") or None
        self.run = max(self.run, other.run)
        return self

    def outcome(self, outcome: str) -> Measure:
        """This one, of a single record, counted as new, updated or unchanged; what tells of new stories goes, where it
        is none."""
        told = msgspec.structs.replace(self, **{outcome: 1})
        return told if outcome == "new" else msgspec.structs.replace(told, bodies=0, paragraphs={}, newest=None)

    def share(self, name: str, of: str = "records") -> float | None:
        """One count as a share of another; None where there is nothing to share."""
        whole: int = getattr(self, of)
        return getattr(self, name) / whole if whole else None

    @property
    def median_length(self) -> float | None:
        """Characters of the middle body."""
        return median(self.lengths)

    @property
    def median_seconds(self) -> float | None:
        """The middle latency: from the request to the head of its response."""
        return median(self.seconds)

    @property
    def common(self) -> tuple[str, float] | None:
        """The paragraph that most new bodies share, by its beginning, with its share of them."""
        if not self.paragraphs or not self.bodies:
            return None
        text, count = max(self.paragraphs.items(), key=lambda item: (item[1], item[0]))
        return text, min(count / self.bodies, 1.0)


def total(measures: Iterable[Measure], host: str = "", platform: str = "") -> Measure:
    """All of them in one, for `host` and `platform` as they are given."""
    whole = Measure(host=host, platform=platform)
    for measure in measures:
        whole.add(measure)
    return whole


def bucket(value: float) -> str:
    """The histogram's key of a positive number.

    >>> bucket(1000), bucket(1010), bucket(2000)
    ('80', '80', '88')
    """
    return str(round(_STEPS * math.log2(max(value, 1e-6))))


def median(histogram: Mapping[str, int]) -> float | None:
    """The middle value, as its bucket stands for it; of an even number the lower one.

    >>> median({"80": 1, "88": 2})
    2048.0
    """
    half = (sum(histogram.values()) + 1) // 2
    for key in sorted(map(int, histogram)):
        half -= histogram[str(key)]
        if half <= 0:
            return float(2 ** (key / _STEPS))
    return None


def most_frequent(one: Mapping[str, int], other: Mapping[str, int], most: int = MOST_PARAGRAPHS) -> dict[str, int]:
    """Two summaries of frequent things in one, of `most` at most (Misra and Gries 1982; merged as by Agarwal et al.
    2012): a count may be too low by what was taken off all, never too high.
    """
    counts = dict(one)
    _add(counts, other)
    if len(counts) <= most:
        return counts
    off = sorted(counts.values(), reverse=True)[most]
    return {key: count - off for key, count in counts.items() if count > off}


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    for key, count in more.items():
        counts[key] = counts.get(key, 0) + count
