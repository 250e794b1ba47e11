"""What a report tells, as data: bounded in size, whatever the store holds. `scraper report --json` prints it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from scraper.writer.alarm import Alarm
from scraper.writer.overview import Queue, Unread
from scraper.writer.review import Headline, Removals


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all parts."""


class Point(Struct, frozen=True, kw_only=True):
    """One step of time: `at` is its first day. `coverage` is the share of `read` pages, those that were read and should
    hold a story, that have a body; `latency` the middle of the seconds from request to response. Both are null where
    nothing was measured. `tried`, `failed` and `new` are numbers of pages."""

    at: str
    coverage: float | None
    read: int
    latency: float | None
    tried: int
    failed: int
    new: int


class Series(Struct, frozen=True, kw_only=True):
    """Points in the order of time, steps without a measure left out, and `whole`: all of them in one, under the first
    day. `fields` are shares of records: with a title, a date, a byline; read by their platform's rules."""

    points: list[Point] = []
    whole: Point
    updated: int = 0
    fields: dict[str, float] = {}


class StationReport(Struct, frozen=True, kw_only=True):
    """One station, by the host that its pages are queued under. `alarms` are its own, active or of these days."""

    host: str
    name: str
    platforms: list[str]
    series: Series
    queue: Queue | None
    alarms: list[Alarm]
    stories: list[Headline]

    @property
    def alarmed(self) -> bool:
        return any(alarm.active for alarm in self.alarms)


class Pass(Struct, frozen=True, kw_only=True):
    """A run in one line. `exit_code` and `seconds` are null while it goes on, and for one that was killed."""

    number: int
    started: str
    seconds: float | None
    exit_code: int | None
    found: int
    new: int
    updated: int
    failed: int


class Report(Struct, frozen=True, kw_only=True):
    """All of it. `made_at` is RFC 3339 in UTC. The time from `first` to `last`, both days, goes in steps of `step`
    days; `first` is the first step with a measure. `cleared` are alarms that were over in these days."""

    store: str
    made_at: str
    days: int
    step: int
    first: str
    last: str
    series: Series
    stations: list[StationReport]
    passes: list[Pass]
    alarms: list[Alarm]
    cleared: list[Alarm]
    newest: list[Headline]
    removed: Removals
    unread: list[Unread]
    queue: dict[str, int]
    stories: int

    @property
    def empty(self) -> bool:
        """Nothing is known: no pass, no page, no story."""
        return not (self.passes or self.stations or self.stories)

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = msgspec.to_builtins(self)
        return data


def step_of(days: int) -> int:
    """Days to a step: no plot has more than about sixty points.

    >>> step_of(30), step_of(365), step_of(1000)
    (1, 7, 28)
    """
    return next((step for step in (1, 7) if days <= 62 * step), 28)


def first_day(at: str, step: int) -> str:
    """The first day of the step that a time belongs to; weeks begin on Monday.

    >>> first_day("2031-08-12T14:00:00Z", 7)
    '2031-08-11'
    """
    day = date.fromisoformat(at[:10]).toordinal()
    return date.fromordinal(max(1, day - (day - 1) % step)).isoformat()
