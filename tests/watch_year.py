"""Invented stations as their measures tell of them, day by day: for tests that need years of them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from scraper.watch import judge
from scraper.writer.alarm import Alarm
from scraper.writer.measure import Measure, bucket
from scraper.writer.times import stamp

START = 1_925_078_400.0  # 2031-01-02T08:00:00Z
DAY = 86400.0


@dataclass
class Manner:
    """How a station's stories are. `rate` a working day; on weekends `weekend` of it. `wire` is the share of stories
    taken over, which carry no byline on half of the days and are short."""

    rate: float = 4.0
    weekend: float = 0.3
    body: float = 0.98
    title: float = 1.0
    date: float = 0.995
    authors: float = 0.9
    ruled: float = 0.985
    several: float = 0.95
    wire: float = 0.2
    length: float = 3000.0
    spread: float = 0.5
    common: float = 0.0
    """The share of bodies that carry one and the same paragraph."""


Change = Callable[[int, Manner], Manner]


@dataclass
class Station:
    """Yields the measures of one day after the other. `off` are days without any story, `down` days on which no source
    can be read; `change` gives the manner of a day."""

    host: str
    manner: Manner
    seed: int
    platform: str = "grove"
    off: frozenset[int] = frozenset()
    down: frozenset[int] = frozenset()
    change: Change = lambda _, manner: manner
    past: list[int] = field(default_factory=list)

    def day(self, number: int, run: int, now: float) -> list[Measure]:
        """A visit, the day's new stories, and those of yesterday and of a week ago once more."""
        dice = random.Random(f"{self.seed}/{number}")
        at = {"host": self.host, "run": run, "at": stamp(now)}
        if number in self.down:
            self.past.append(0)
            return [Measure(unread=1, **at)]  # type: ignore[arg-type]
        manner = self.change(number, self.manner)
        busy = manner.weekend if number % 7 in (5, 6) else 1.0
        season = 1 + 0.3 * math.sin(number / 58)
        new = 0 if number in self.off else _poisson(dice, manner.rate * busy * season)
        again = sum(self.past[-back] for back in (1, 7) if len(self.past) >= back)
        self.past.append(new)
        records = Measure(platform=self.platform, tried=new + again, had=new + again, new=new, bodies=new, **at)  # type: ignore[arg-type]
        refused = Measure(visits=1, **at)  # type: ignore[arg-type]
        wire_day = dice.random() < 0.5
        for index in range(new + again):
            _story(manner, dice, records, refused, fresh=index < new, wire_day=wire_day)
        return [refused, records] if records.records else [refused]


def _story(
    manner: Manner, dice: random.Random, records: Measure, refused: Measure, *, fresh: bool, wire_day: bool
) -> None:
    url = f"https://{records.host}/{records.run}/{records.records + refused.refused}"
    if dice.random() > manner.body:
        refused.read += 1
        refused.refused += 1
        refused.refusals = {"other": refused.refused}
        refused.samples = {"body": [url]}
        return
    wire = dice.random() < manner.wire
    records.read += 1
    records.records += 1
    records.body += 1
    records.title += dice.random() < manner.title
    records.date += dice.random() < manner.date
    records.authors += dice.random() < (0.4 if wire and wire_day else manner.authors)
    records.ruled += dice.random() < manner.ruled
    records.several += dice.random() < manner.several
    length = manner.length * (0.4 if wire else 1) * math.exp(dice.gauss(0, manner.spread))
    key = bucket(length)
    records.lengths[key] = records.lengths.get(key, 0) + 1
    records.samples = {"any": [url], "ruled": [url], "authors": [url]}
    if fresh and dice.random() < manner.common:
        records.paragraphs["Give to your station"] = records.paragraphs.get("Give to your station", 0) + 1


def _poisson(dice: random.Random, mean: float) -> int:
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count


@dataclass
class Year:
    """Passes over some stations, judged each day. `alarms` are all that ever were."""

    stations: list[Station]
    run: int = 0
    now: float = START
    measures: list[Measure] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)

    def live(self, days: int, step: float = DAY) -> list[Alarm]:
        """So many daily passes. Returns the alarms that were raised."""
        raised: list[Alarm] = []
        for _ in range(days):
            self.run += 1
            self.now += step
            for station in self.stations:
                self.measures += station.day(self.run, self.run, self.now)
            self.measures = [one for one in self.measures if one.run > self.run - 76]
            changed = judge(self.measures, self.alarms, run=self.run, now=self.now)
            known = {(alarm.key, alarm.raised_run) for alarm in self.alarms}
            raised += [alarm for alarm in changed if (alarm.key, alarm.raised_run) not in known]
            told = {(alarm.key, alarm.raised_run): alarm for alarm in changed}
            self.alarms = [a for a in self.alarms if (a.key, a.raised_run) not in told] + list(told.values())
        return raised

    @property
    def active(self) -> list[Alarm]:
        return [alarm for alarm in self.alarms if alarm.active]
