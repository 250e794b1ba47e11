from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.writer import measures, overview
from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive
from scraper.writer.measure import COUNTS, MOST_PARAGRAPHS, Measure, bucket, median, most_frequent, total
from scraper.writer.results import Found, PageResult
from scraper.writer.times import seconds, stamp

counts = st.dictionaries(st.sampled_from(COUNTS), st.integers(0, 50))
histograms = st.dictionaries(st.integers(0, 160).map(str), st.integers(1, 9), max_size=5)


def made(**values: Any) -> Measure:
    return Measure(**({"host": "a.example", "platform": "grove", "run": 1, "at": "2031-08-12T14:00:00Z"} | values))


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=60))
def test_a_median_is_known_to_within_five_percent(values: list[int]) -> None:
    histogram: dict[str, int] = {}
    for value in values:
        histogram[bucket(value)] = histogram.get(bucket(value), 0) + 1
    found = median(histogram)
    assert found is not None
    assert abs(found / statistics.median_low(values) - 1) < 0.05


@given(st.lists(st.tuples(counts, histograms), max_size=6), st.integers(0, 6))
def test_in_whatever_parts_they_are_added_up(parts: list[tuple[dict[str, int], dict[str, int]]], cut: int) -> None:
    def all_of() -> list[Measure]:
        return [made(**numbers, lengths=dict(lengths)) for numbers, lengths in parts]

    at_once = total(all_of())
    in_two = total([total(all_of()[:cut]), total(all_of()[cut:])])
    assert at_once == in_two


@given(st.lists(st.integers(0, 200), max_size=400), st.integers(1, 5))
def test_what_is_frequent_is_never_lost_and_never_counted_too_often(things: list[int], parts: int) -> None:
    summary: dict[str, int] = {}
    for start in range(parts):
        part: dict[str, int] = {}
        for thing in things[start::parts]:
            part = most_frequent(part, {str(thing): 1}, 10)
        summary = most_frequent(summary, part, 10)
    assert len(summary) <= 10
    for thing in set(things):
        true = things.count(thing)
        assert summary.get(str(thing), 0) <= true
        assert true <= len(things) / 11 or str(thing) in summary


def test_a_page_is_measured_in_the_transaction_of_its_story(
    archive: Archive, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = PageResult(url=make().url, measure=made(tried=1, records=1, bodies=1, paragraphs={"x": 1}))
    assert archive.write(make(), result) == "new"
    assert archive.write(make(), result) == "unchanged"
    archive.refuse(PageResult(url="https://a.example/2", measure=made(platform="", tried=1, refused=1)))
    archive.fail(PageResult(url="https://a.example/3", status=500, measure=made(platform="", tried=1, failed=1)))
    archive.not_modified(PageResult(url=make().url, measure=made(platform="", tried=1, unchanged=1)))
    whole, rest = sorted(archive.watching().measures(), key=lambda measure: -measure.records)
    assert (whole.tried, whole.new, whole.unchanged, whole.bodies, whole.paragraphs) == (2, 1, 1, 1, {"x": 1})
    assert (rest.tried, rest.refused, rest.failed, rest.unchanged) == (3, 1, 1, 1)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(measures, "add", killed)
    with pytest.raises(KeyboardInterrupt):
        archive.write(
            make(id="url:b", url="https://a.example/b"), PageResult(url="https://a.example/b", measure=made())
        )
    assert archive.count() == 1


def test_runs_become_days_and_days_weeks_and_nothing_is_lost_but_detail(archive: Archive, clock: Any) -> None:
    watching = archive.watching()
    paragraphs = {f"p{number}": number + 1 for number in range(20)}
    for run in range(1, 401):
        assert archive.start_run() == run
        watching.add(made(run=run, at=stamp(clock.now), tried=2, lengths={"80": 1}, paragraphs=dict(paragraphs)))
        watching.add(made(run=run, at=stamp(clock.now), host="b.example", tried=1, samples={"title": ["https://x"]}))
        archive.end_run(run, 0, {})
        clock.pass_by(12)
    stored = watching.measures()
    by_host = {host: [one for one in stored if one.host == host] for host in ("a.example", "b.example")}
    for host, tried in (("a.example", 800), ("b.example", 400)):
        grains = [one.grain for one in by_host[host]]
        assert total(by_host[host]).tried == tried
        assert grains.count("run") <= 2 * measures.RUN_DAYS + 5
        assert grains.count("day") <= measures.DAY_DAYS - measures.RUN_DAYS + 3
        assert 12 < grains.count("week") < 18
        assert [one.run for one in by_host[host]] == sorted(one.run for one in by_host[host])
        times = [seconds(one.at) for one in by_host[host]]
        assert times == sorted(times)
    assert total(by_host["a.example"]).median_length == 1024
    assert max(len(one.paragraphs) for one in by_host["a.example"] if one.grain != "run") == measures.KEPT_PARAGRAPHS
    assert len(by_host["a.example"][-1].paragraphs) == 20
    assert watching.measures(["b.example"]) == by_host["b.example"]
    assert 0 < len(watching.measures(days=3)) < 15


def test_there_are_never_more_rows_than_some_years_need(
    archive: Archive, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "MOST_WEEKS", 5)
    for run in range(1, 60):
        assert archive.start_run() == run
        archive.watching().add(made(run=run, at=stamp(clock.now), tried=1))
        archive.end_run(run, 0, {})
        clock.pass_by(24 * 7)
    grains = [one.grain for one in archive.watching().measures()]
    assert grains.count("week") == 5
    assert grains == sorted(grains, reverse=True, key=["run", "day", "week"].index)


def test_a_clock_that_was_wrong_costs_detail_alone(archive: Archive, clock: Any) -> None:
    right = clock.now
    for run, now in enumerate((right, right + 9e8, right + 86400, right - 9e8, right + 2 * 86400), 1):
        clock.now = now
        archive.start_run()
        archive.watching().add(made(run=run, at=stamp(now), tried=1))
        archive.end_run(run, 0, {})
    stored = archive.watching().measures()
    assert [one.run for one in stored] == [1, 2, 3, 4, 5]
    assert [one.grain for one in stored if one.run in (1, 3, 5)] == ["run"] * 3


def alarm(**values: Any) -> Alarm:
    told = {"scope": "host", "subject": "a.example", "kind": "body", "raised_at": "2031-08-12T14:00:00Z"}
    return Alarm(**(told | {"raised_run": 1, "seen_at": "2031-08-12T14:00:00Z", "samples": ["https://x"]} | values))


def test_an_alarm_is_stored_once_while_it_lasts_and_again_when_it_comes_back(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = archive.watching()
    watching.put_alarms([alarm(), alarm(kind="title")])
    later = alarm(seen_at="2031-08-13T14:00:00Z", figure=0.1)
    watching.put_alarms([later])
    assert sorted(one.kind for one in watching.alarms()) == ["body", "title"]
    assert later in watching.alarms()
    over = alarm(cleared_at="2031-08-14T14:00:00Z", cleared_run=3, ended="back")
    archive.end_run(3, 0, {}, [over])
    assert [one.kind for one in watching.alarms()] == ["title"]
    watching.put_alarms([alarm(raised_run=9)])
    assert [one.raised_run for one in watching.alarms(active=False) if one.kind == "body"] == [9, 1]
    monkeypatch.setattr(measures, "MOST_CLEARED", 2)
    for run in range(10, 20):
        watching.put_alarms([alarm(kind="date", raised_run=run, cleared_at="2031-08-15T00:00:00Z")])
    assert [one.raised_run for one in watching.alarms(active=False) if not one.active] == [19, 18]
    assert len(watching.alarms()) == 2


def test_old_summaries_lose_their_stations(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "WHOLE_SUMMARIES", 2)
    for _ in range(4):
        run = archive.start_run()
        archive.end_run(run, 0, {"total": {"new": 3}, "stations": {"a.example": {"new": 3}}})
    archive.start_run()
    told = archive.watching().runs(9)
    assert [bool(run.summary.get("stations")) for run in told] == [False, True, True, False, False]
    assert [run.summary.get("total") for run in told] == [None, *[{"new": 3}] * 4]
    assert (told[0].number, told[0].ended, told[1].exit_code) == (5, None, 0)
    assert archive.watching().runs() == told[:1]


def test_what_waits_at_each_host(archive: Archive, clock: Any, make: Any) -> None:
    url = "https://a.example/{}".format
    archive.add_found([Found(url=url(number)) for number in range(9)] + [Found(url="https://b.example/")])
    again = clock.now + 86400
    article = make(url=url(0), published="2031-08-11T20:21:00Z")
    archive.write(article, PageResult(url=url(0), next_try_at=again))
    archive.refuse(PageResult(url=url(1), next_try_at=again))
    archive.gone(PageResult(url=url(2), status=410))
    archive.fail(PageResult(url=url(3)))
    archive.put_off("a.example/4", again)
    a, b = archive.watching().queues()
    assert (a.host, a.due, a.later, a.failed, a.lost, a.planned) == ("a.example", 4, 1, 1, 0, 2)
    assert (a.done, a.refused, a.gone, a.stories, a.newest) == (1, 1, 1, 1, "2031-08-11T20:21:00Z")
    assert (b.due, b.stories, b.newest) == (1, 0, None)
    clock.pass_by(25)
    assert archive.watching().queues()[0].due == 8


def test_paragraphs_are_bounded_however_many_a_body_has() -> None:
    one = made(paragraphs={str(number): 1 for number in range(500)})
    assert len(made().add(one).paragraphs) <= MOST_PARAGRAPHS


def test_measures_outlive_the_store_being_closed(path: Path) -> None:
    with Archive.open(str(path)) as archive:
        archive.watching().add(made(samples={"title": ["https://x.example/ü"]}, newest="2031-08-12"))
    with Archive.open(str(path), create=False) as archive:
        assert archive.watching().measures() == [made(samples={"title": ["https://x.example/ü"]}, newest="2031-08-12")]
