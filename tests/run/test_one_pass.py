"""Whole passes inside this process: the demo station is scraped, and things go wrong."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scraper.config import Config, FetchSettings, StationSettings
from scraper.demo import Served, serve
from scraper.discoverer import SourceState
from scraper.errors import ConfigError, OutputError, TryLater
from scraper.run import Halt, Happening, Summary, preview, scrape
from scraper.run.lock import held
from scraper.run.one_pass import Ration
from scraper.writer import frontier
from scraper.writer.archive import Archive


@pytest.fixture
def station() -> Iterator[Served]:
    with serve(0) as served:
        served.site.busy.clear()  # nobody has to wait
        yield served


@pytest.fixture
def config(station: Served, tmp_path: Path) -> Config:
    site = StationSettings(host="wrvl.example", url=station.address, feeds=("/news.rss",))
    fetch = FetchSettings(delay=0.0, group_delay=0.0, allow_hosts=(station.host,))
    return Config(contact="tests@example.org", store=str(tmp_path / "s.db"), stations=(site,), fetch=fetch)


def replaced(config: Any, **values: object) -> Any:
    from msgspec.structs import replace

    return replace(config, **values)


def test_a_pass_tells_what_happens_and_keeps_its_summary(config: Config) -> None:
    told: list[Happening] = []
    summary = scrape(config, halt=Halt(), watch=told.append)
    assert (summary.exit_code, summary.run, summary.stopped) == (0, 1, None)
    total = summary.total
    assert (total.found, total.queued, total.new, total.refused) == (12, 12, 10, 2)
    assert [happening.kind for happening in told][:3] == ["begun", "found", "queued"]
    assert told[-1].kind == "ended"
    with Archive.open(config.store) as archive:
        assert archive.count() == 10
        assert archive.check() == []


def test_without_a_contact_nothing_starts(config: Config, station: Served) -> None:
    with pytest.raises(ConfigError, match="contact"):
        scrape(replaced(config, contact=None), halt=Halt())
    with pytest.raises(ConfigError, match="contact"):
        next(preview(replaced(config, contact=None), halt=Halt()))
    assert not Path(config.store).exists()
    assert not station.site.requests


def test_not_while_another_run_has_the_store(config: Config) -> None:
    with held(config.store), pytest.raises(TryLater):
        scrape(config, halt=Halt())


def test_what_a_killed_run_had_in_hand_is_taken_up_again(config: Config) -> None:
    with Archive.open(config.store) as archive:
        run = archive.start_run()
        assert scrape(config, halt=Halt(), limit=1).total.tried == 1
        assert len(archive.lease(["wrvl.example"], 4e9, 5, run, 1e9)) == 5
    assert scrape(config, halt=Halt()).total.tried == 11


def test_what_fails_is_tried_again_as_configured_until_it_has_failed_for_good(config: Config, station: Served) -> None:
    # The first request of two pages fails; with more the host would be spared for longer than a test may take.
    failing = [path for path in station.site.pages if "free-lunch" in path or "harbor-ferry" in path]
    station.site.busy.update(dict.fromkeys(failing, 0))
    now = [1_800_000_000.0]
    fetch = replaced(config.fetch, attempts=1, retry_statuses=())
    config = replaced(config, retry_later=(3600.0,), fetch=fetch)

    def run() -> Summary:
        station.site.requests.clear()
        return scrape(config, halt=Halt(), clock=lambda: now[0])

    failed = run().total.failed
    assert failed == 2
    now[0] += 3599
    assert run().total.tried == 0
    now[0] += 2
    assert run().total.failed == failed
    now[0] += 1e6
    assert run().total.failed == 0


def test_the_time_is_up(config: Config) -> None:
    slow = replaced(config, max_runtime=0.3, fetch=replaced(config.fetch, delay=60.0))
    summary = scrape(slow, halt=Halt())
    assert (summary.exit_code, summary.stopped) == (0, "its time is up")
    assert summary.total.trouble == []
    with Archive.open(config.store) as archive:
        assert archive.page_states().keys() <= {"new", "done", "refused"}


def test_a_signal_while_it_runs(config: Config) -> None:
    halt = Halt()

    def watch(happening: Happening) -> None:
        if happening.kind == "new":
            halt.by_signal(signal.SIGTERM)

    summary = scrape(config, halt=halt, watch=watch)
    assert (summary.exit_code, summary.stopped, summary.total.new) == (143, "terminated", 1)
    with Archive.open(config.store) as archive:
        assert archive.release() == 0
        assert archive.count() == 1
    assert scrape(config, halt=Halt()).total.new == 9


def test_a_store_that_fills_up_ends_the_run(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OutputError("cannot write: the disk is full")

    monkeypatch.setattr(Archive, "write", full)
    with pytest.raises(OutputError, match="the disk is full"):
        scrape(config, halt=Halt())
    monkeypatch.undo()
    assert scrape(config, halt=Halt()).total.new == 10


def test_a_second_pass_asks_no_source_before_its_time_and_then_whether_it_has_changed(
    config: Config, station: Served
) -> None:
    now = [1_800_000_000.0]

    def sources_asked() -> int:
        station.site.requests.clear()
        assert scrape(config, halt=Halt(), clock=lambda: now[0]).exit_code == 0
        return station.site.requests["/news.rss"]

    assert sources_asked() == 1
    now[0] += 600
    assert sources_asked() == 0
    now[0] += 3600
    assert sources_asked() == 1
    with Archive.open(config.store) as archive:
        (state,) = archive.sources("wrvl.example", SourceState)
    assert (state.status, state.unchanged, state.failures, state.lying) == (304, 1, 0, False)
    assert (state.asked_at, state.read_at) == (now[0], 1_800_000_000.0)
    assert scrape(config, halt=Halt(), since=date(2000, 1, 1), clock=lambda: now[0]).total.found > 0
    with Archive.open(config.store) as archive:
        assert archive.sources("wrvl.example", SourceState) == [state]


def test_a_source_counts_as_read_only_when_all_it_lists_is_queued(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontier, "BATCH", 5)
    add, calls = frontier.add, []

    def killed(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return add(*args)

    with monkeypatch.context() as patched:
        patched.setattr(frontier, "add", killed)
        scrape(config, halt=Halt())
    with Archive.open(config.store) as archive:
        assert sum(archive.page_states().values()) == 10
        assert archive.sources("wrvl.example", SourceState) == []
    assert scrape(config, halt=Halt()).total.queued == 2
    with Archive.open(config.store) as archive:
        assert len(archive.sources("wrvl.example", SourceState)) == 1


def test_the_days_that_are_asked_for(config: Config, station: Served) -> None:
    config = replaced(config, stations=(replaced(config.stations[0], sitemaps=("/sitemap.xml",)),))
    days = {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}
    planned = [page.url for page in preview(config, halt=Halt(), **days)]
    summary = scrape(config, halt=Halt(), **days)
    assert summary.total.found == len(planned) > 0
    with Archive.open(config.store) as archive:
        published = {stored.article.published for stored in archive.newest(99)}
    assert published
    assert all(day and day[:4] == "2024" for day in published)


def test_a_mistake_of_ours_costs_one_station_and_is_told(
    config: Config, station: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    import scraper.run.one_pass as module

    other = StationSettings(host="other.example", url=station.address, feeds=("/news.rss",))
    find = module.find

    def broken(site: object, *args: object, **more: object) -> object:
        if getattr(site, "host", "") == "other.example":
            raise ZeroDivisionError("oh")
        return find(site, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "find", broken)
    summary = scrape(replaced(config, stations=(other, *config.stations)), halt=Halt())
    assert summary.exit_code == 70
    assert [type(crash) for crash in summary.crashes] == [ZeroDivisionError]
    assert summary.stations["other.example"].trouble == ["internal error: ZeroDivisionError: oh"]
    assert summary.stations["wrvl.example"].new == 10


def test_a_limit_holds_over_all_stations() -> None:
    ration = Ration(10)
    taken: list[int] = []
    threads = [threading.Thread(target=lambda: taken.append(ration.take(4))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [0, 0, 2, 4, 4]
    ration.give_back(3)
    assert (ration.take(9), ration.take(1)) == (3, 0)
    assert Ration(None).take(7) == 7


def test_what_a_run_would_fetch(config: Config, station: Served) -> None:
    planned = list(preview(config, halt=Halt()))
    assert len(planned) == 12
    assert {(page.station, page.known) for page in planned} == {("wrvl.example", False)}
    assert planned[0].source == f"{station.address}/news.rss"
    assert not Path(config.store).exists()
    assert not set(station.site.requests) & set(station.site.pages)
    scrape(config, halt=Halt(), limit=5)
    assert len(list(preview(config, halt=Halt()))) == 7
    assert len(list(preview(config, halt=Halt(), limit=2))) == 2
    assert all(page.known for page in preview(config, halt=Halt()))  # queued by the run before


def test_a_stop_does_not_wait_for_a_page_that_hangs(
    config: Config, station: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    import scraper.run.one_pass as module

    monkeypatch.setattr(module, "EXTRACT", "worker_jobs.hang")
    monkeypatch.setattr(module, "STOP_SECONDS", 2.1)
    halt = Halt()
    stopper = threading.Thread(target=stop_when_asked, args=(station, halt))
    stopper.start()
    summary = scrape(config, halt=halt)
    stopper.join()
    assert (summary.exit_code, summary.total.failed, summary.total.trouble) == (143, 0, [])
    with Archive.open(config.store) as archive:
        assert archive.page_states()["new"] >= 10
        assert archive.release() == 0


def stop_when_asked(station: Served, halt: Halt) -> None:
    """Once a story was served, it is being read."""
    paths = set(station.site.pages)
    while not paths & set(station.site.requests):
        halt.event.wait(0.01)
    halt.by_signal(signal.SIGTERM)


def test_the_last_visit_and_one_that_must_be_whole_are_not_conditional() -> None:
    from scraper.run.one_pass import _fetch
    from scraper.writer.results import Due

    asked: list[Any] = []

    class Fetching:
        def fetch(self, url: str, validators: Any = None) -> None:
            asked.append(validators and validators.etag)

    due = Due(
        key="x.example/a", url="https://x.example/a", host="x.example", source=None, published="2031-08-12T14:00:00Z",
        attempts=0, etag='"v"', last_modified=None,
    )  # fmt: skip
    born = 1_944_309_600.0
    for one, days in ((due, 1), (replaced(due, whole=True), 1), (due, 7.1)):
        _fetch(Fetching(), one, born + days * 86400)  # type: ignore[arg-type]
    assert asked == ['"v"', None, None]
