"""Alarms on the measures of invented stations, day by day."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from watch_year import DAY, Manner, Station, Year

from scraper.watch import KINDS, sentence
from scraper.writer.alarm import Alarm

CHANGED = 30


def year(manner: Manner | None = None, *, seed: int = 1, number: int = 1, **values: Any) -> Year:
    manners = [manner or Manner()] * number
    return Year([Station(f"s{index}.example", one, seed + index, **values) for index, one in enumerate(manners)])


def from_day(day: int, **values: Any) -> Any:
    """A change of a station's manner, for twelve days."""
    return lambda number, manner: replace(manner, **values) if day < number <= day + 12 else manner


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rate", [2.0, 6.0, 20.0])
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("rules", {"ruled": 0.0}),
        ("body", {"body": 0.0}),
        ("title", {"title": 0.0}),
        ("date", {"date": 0.0}),
    ],
)
def test_a_new_template_is_told_of_within_two_passes_and_is_over_when_it_is(
    kind: str, values: dict[str, float], rate: float, seed: int
) -> None:
    world = year(Manner(rate=rate, weekend=1.0), seed=100 * seed, change=from_day(CHANGED, **values))
    assert world.live(CHANGED) == []
    raised = world.live(2)
    assert [(alarm.subject, alarm.kind) for alarm in raised] == [("s0.example", kind)]
    alarm = raised[0]
    assert alarm.figure == 0
    assert alarm.past is not None
    assert alarm.past > 0.9
    assert alarm.cause
    if kind == "rules":
        assert 1 <= len(alarm.samples) <= 3
        assert all(url.startswith("https://s0.example/3") for url in alarm.samples)
    assert sentence(alarm).startswith(f"s0.example: {KINDS[kind].title}: 0% of {alarm.pages}, usually ")
    world.live(7)
    assert [one.kind for one in world.active] == [kind]
    assert world.active[0].seen_at > alarm.seen_at
    world.live(16)
    assert world.active == []
    (over,) = [one for one in world.alarms if one.kind == kind]
    assert (over.ended, over.raised_run) == ("back", alarm.raised_run)
    assert CHANGED + 12 < (over.cleared_run or 0) <= CHANGED + 16


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("authors", {"authors": 0.0, "wire": 0.0}),
        ("several", {"several": 0.05}),
        ("length", {"length": 350.0}),
        ("length", {"length": 40_000.0}),
        ("common", {"common": 1.0}),
    ],
)
def test_what_is_subtler_is_told_of_within_days(kind: str, values: dict[str, float]) -> None:
    world = year(Manner(rate=8, wire=0.0), change=from_day(CHANGED, **values))
    assert world.live(CHANGED) == []
    assert {alarm.kind for alarm in world.live(5)} == {kind}
    world.live(20)
    assert world.active == []


def test_the_cause_of_no_body_is_what_came_instead() -> None:
    world = year(change=from_day(CHANGED, body=0.0))
    world.live(CHANGED + 2)
    assert "container is not found" in world.active[0].cause
    other = year(change=from_day(CHANGED, body=0.0))
    for _ in range(CHANGED + 2):
        other.live(1)
        for measure in other.measures:
            if measure.run > CHANGED and measure.refusals:
                measure.refusals = {"consent": measure.refused}
    for measure in other.measures:
        measure.refusals = {"consent": measure.refused} if measure.run > CHANGED else measure.refusals
    other.alarms = []
    other.live(1)
    assert "consent" in other.active[0].cause


def test_a_platform_that_changes_at_once_is_told_of_as_one() -> None:
    world = year(Manner(rate=0.8, weekend=1.0), number=12, change=from_day(CHANGED, ruled=0.0))
    assert world.live(CHANGED) == []
    raised = world.live(2)
    (shared,) = [alarm for alarm in raised if alarm.scope == "platform"]
    assert (shared.subject, shared.kind) == ("grove", "rules")
    assert "stations of the platform show it at once" in shared.cause


def test_one_station_of_many_is_no_matter_of_the_platform() -> None:
    world = year(Manner(rate=3, weekend=1.0), number=4)
    big = Station("big.example", Manner(rate=80), 9, change=from_day(CHANGED, ruled=0.0))
    world.stations.append(big)
    world.live(CHANGED)
    assert {(alarm.scope, alarm.subject) for alarm in world.live(3)} == {("host", "big.example")}


def test_a_station_that_lists_nothing_new() -> None:
    world = year(Manner(rate=6, weekend=0.5), off=frozenset(range(CHANGED, CHANGED + 12)))
    assert world.live(CHANGED + 6) == []
    (alarm,) = world.live(4)
    assert (alarm.kind, alarm.figure) == ("fresh", pytest.approx(8 * 24))
    assert len(alarm.samples) >= 1
    world.live(5)
    assert world.active == []
    assert world.alarms[0].ended == "back"


def test_a_week_of_no_stories_at_a_small_station_is_none() -> None:
    for rate in (0.5, 1.0, 2.0):
        world = year(Manner(rate=rate, weekend=0.0), off=frozenset(range(CHANGED, CHANGED + 8)))
        assert world.live(CHANGED + 12) == []


def test_a_station_none_of_whose_sources_can_be_read() -> None:
    world = year(down=frozenset(range(CHANGED, CHANGED + 6)))
    assert world.live(CHANGED + 1) == []
    (alarm,) = world.live(2)
    assert (alarm.kind, alarm.figure) == ("sources", pytest.approx(72))
    world.live(6)
    assert world.active == []


def test_a_clock_that_jumps_and_a_machine_that_was_off_raise_none() -> None:
    world = year(Manner(rate=6))
    world.live(30)
    for jump in (400, -400, -200, 200, 20):
        world.now += jump * DAY
        assert world.live(1) == []
        assert world.live(3) == []
    assert world.live(10) == []


def test_nothing_is_judged_before_it_is_known_what_is_usual() -> None:
    world = year(Manner(rate=20), change=lambda day, manner: replace(manner, ruled=0.0) if day > 6 else manner)
    assert world.live(7) == []


def test_what_lasts_becomes_usual_but_never_a_missing_body() -> None:
    world = year(
        Manner(rate=6, weekend=1.0),
        change=lambda day, manner: replace(manner, authors=0.0, wire=0.0, body=0.1) if day > CHANGED else manner,
    )
    world.live(CHANGED + 4)
    assert {alarm.kind for alarm in world.active} == {"authors", "body"}
    world.live(60)
    assert [alarm.kind for alarm in world.active] == ["body"]
    assert [alarm.ended for alarm in world.alarms if alarm.kind == "authors"] == ["usual"]


def test_only_the_stations_of_a_run_are_judged() -> None:
    from scraper.watch import judge

    world = year(Manner(rate=6), number=2, change=from_day(CHANGED, ruled=0.0))
    world.live(CHANGED + 3)
    told = judge(world.measures, [], run=world.run, now=world.now, hosts={"s1.example"})
    assert [(alarm.subject, alarm.kind) for alarm in told] == [("s1.example", "rules")]
    assert judge(world.measures, [], run=world.run, now=world.now, hosts=set()) == []


def ordinary(days: int, seed: int) -> Year:
    """Ten stations of all sizes and manners, with weekends, seasons, holidays and a week without stories each."""
    dice = random.Random(seed)
    stations = []
    for index, rate in enumerate((0.4, 1, 1.5, 2, 3, 5, 8, 12, 16, 20)):
        week = dice.randrange(20, max(days - 20, 21))
        off = {*range(week, week + (7 if rate < 5 else 3)), 1, 50, 150, 185, 240, 330, 357, 358, 359, 364}
        manner = Manner(
            rate=rate,
            weekend=dice.choice((0.0, 0.1, 0.3, 0.6)),
            body=dice.choice((0.8, 0.95, 0.99)),
            authors=dice.choice((0.6, 0.9, 0.98)),
            ruled=dice.choice((0.9, 0.97, 0.995)),
            several=dice.choice((0.7, 0.9, 0.98)),
            length=dice.choice((1200.0, 3000.0, 5000.0)),
            spread=dice.choice((0.3, 0.6, 0.9)),
            wire=dice.choice((0.0, 0.2, 0.5)),
        )
        stations.append(Station(f"s{index}.example", manner, seed * 100 + index, off=frozenset(off)))
    return Year(stations)


def test_some_ordinary_months_raise_no_alarm() -> None:
    assert told(ordinary(90, 5).live(90)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_ordinary_years_raise_an_alarm_in_three_months_at_most(seed: int) -> None:
    assert len(told(ordinary(365, seed).live(365))) <= 4


def told(alarms: list[Alarm]) -> list[str]:
    return [sentence(alarm) for alarm in alarms]
