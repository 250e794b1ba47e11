"""A clock that was ahead for a while: nothing waits for that time to come."""

from __future__ import annotations

from typing import Any

import pytest

from scraper.fetcher import HostState, RobotsEntry
from scraper.writer.archive import Archive
from scraper.writer.results import Found, PageResult

YEAR, DAY = 365 * 86400.0, 86400.0


def test_what_was_settled_in_the_future_waits_as_long_as_it_should_have(
    archive: Archive, clock: Any, make: Any
) -> None:
    right = clock.now
    archive.start_run()
    archive.add_found([Found(url=f"https://wgul.example/{number}") for number in range(4)])
    clock.now = right + YEAR
    archive.start_run()
    article = make(url="https://wgul.example/0")
    archive.write(article, PageResult(url="https://wgul.example/0", next_try_at=clock.now + DAY))
    assert archive.fail(PageResult(url="https://wgul.example/1")).next_try_at == clock.now + 3600
    archive.put_off("wgul.example/2", clock.now + DAY)
    memory = archive.host_memory(RobotsEntry, HostState)
    memory.put_host("wgul.example", HostState(interval=5.0, rest_until=clock.now))
    entry = RobotsEntry(verdict="allow", fetched_at=clock.now, expires_at=clock.now + DAY)
    memory.put_robots("https://wgul.example", entry)
    clock.now = right + 2 * DAY
    assert len(archive.due(["wgul.example"], clock.now)) == 1
    archive.start_run()

    def due(days: float) -> list[str]:
        return sorted(page.key[-1] for page in archive.due(["wgul.example"], clock.now + days * DAY))

    assert due(0) == ["2", "3"]
    assert due(0.1) == ["1", "2", "3"]
    assert due(1.1) == ["0", "1", "2", "3"]
    assert memory.get_host("wgul.example") is None
    assert memory.get_robots("https://wgul.example") is None
    assert archive.fail(PageResult(url="https://wgul.example/1")).since == pytest.approx(clock.now)


def test_a_clock_that_goes_on_changes_nothing(archive: Archive, clock: Any) -> None:
    archive.start_run()
    archive.add_found([Found(url="https://wgul.example/1")])
    archive.put_off("wgul.example/1", clock.now + 300 * DAY)
    clock.pass_by(24)
    archive.start_run()
    clock.now -= 60  # a second's worth of correction is no jump
    archive.start_run()
    assert archive.due(["wgul.example"], clock.now + 299.5 * DAY - DAY) == []
