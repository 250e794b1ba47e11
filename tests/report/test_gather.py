"""What a report knows of a store: bounded, whatever was stored, and true to the measures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.invented import fill, hosts
from scraper.report import gather
from scraper.writer.archive import Archive
from scraper.writer.measure import Measure
from scraper.writer.times import stamp

NOW = 1944309600.0  # 2031-08-12T14:00:00Z, a Tuesday
DAY = 86400.0


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(str(tmp_path / "stories.db"), clock=lambda: NOW) as opened:
        yield opened


def measured(archive: Archive, ago: float, **values: object) -> None:
    told = {"host": "a.example", "platform": "grove", "run": round(1000 - ago), "at": stamp(NOW - ago * DAY)}
    archive.watching().add(Measure(**(told | values)))  # type: ignore[arg-type]


def test_a_point_is_a_day_over_all_platforms_and_runs(archive: Archive) -> None:
    measured(archive, 1, run=5, read=4, body=3, records=4, title=4, new=2, tried=4, seconds={"0": 3})
    measured(archive, 1.1, run=4, read=4, body=3, records=4, title=2, new=1, tried=4)
    measured(archive, 1, run=5, platform="", tried=2, failed=2, read=2)
    measured(archive, 4, tried=1)
    report = gather(archive, days=30, now=NOW)
    (station,) = report.stations
    assert [point.at for point in station.series.points] == ["2031-08-08", "2031-08-11"]
    day = station.series.points[-1]
    assert (day.coverage, day.read, day.latency, day.tried, day.failed, day.new) == (0.6, 10, 1.0, 10, 2, 3)
    assert station.series.points[0].coverage is None
    assert station.series.fields["with title"] == 0.75
    assert station.platforms == ["grove"]
    assert report.series.points == station.series.points
    assert (report.first, report.last, report.step) == ("2031-08-08", "2031-08-12", 1)


def test_only_these_days_count_and_a_wrong_clock_stretches_nothing(archive: Archive) -> None:
    for ago in (-400, -3, 0, 6, 7, 400):
        measured(archive, ago, tried=1)
    report = gather(archive, days=7, now=NOW)
    assert [point.at for point in report.series.points] == ["2031-08-06", "2031-08-12"]
    assert report.last == "2031-08-12"


@pytest.mark.parametrize(("days", "step", "most"), [(62, 1, 62), (365, 7, 53), (1200, 28, 43)])
def test_points_are_thinned_to_some_sixty(archive: Archive, days: int, step: int, most: int) -> None:
    for ago in range(days):
        measured(archive, ago, tried=1)
    report = gather(archive, days=days, now=NOW)
    assert report.step == step
    assert most - 1 <= len(report.series.points) <= most + 1
    assert report.series.whole.tried >= days, "none is lost"


def test_what_else_the_store_knows(archive: Archive) -> None:
    fill(archive, stations=21, days=30, now=NOW, a_day=2, length=200)
    report = gather(archive, days=30, now=NOW)
    names = hosts(21)
    assert {one.host for one in report.stations} == set(names)
    first, *others = report.stations
    assert (first.host, first.alarmed) == (names[0], True)
    assert not any(one.alarmed for one in others)
    assert [one.name.casefold() for one in others] == sorted(one.name.casefold() for one in others)
    assert [alarm.subject for alarm in report.alarms] == [names[0]]
    assert [alarm.subject for alarm in report.cleared] == [names[1]]
    assert [one.published for one in report.newest] == [stamp(NOW)] * 20
    assert len(first.stories) == 3
    assert first.queue is not None
    assert (first.queue.due, first.queue.stories) == (1, 60)
    assert report.queue["due"] == 21
    assert report.stories == 21 * 60 == report.removed.stories
    assert report.removed.kinds[0].stories == report.stories
    assert [one.status for one in report.unread] == [503]
    assert [one.number for one in report.passes] == list(range(30, 16, -1))


def test_alarms_that_were_over_before_are_left_out(archive: Archive) -> None:
    fill(archive, stations=2, days=300, now=NOW, a_day=0)
    report = gather(archive, days=30, now=NOW)
    assert len(report.alarms) == 1
    assert report.cleared == []


def test_nothing_is_known_of_an_empty_store(archive: Archive) -> None:
    report = gather(archive, days=30, now=NOW)
    assert report.empty
    assert (report.first, report.last) == ("2031-07-14", "2031-08-12")
