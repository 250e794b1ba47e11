from __future__ import annotations

import threading

import msgspec
import pytest

from scraper.errors import NotAnArticle, Refused, ScraperError, Unavailable
from scraper.run.summary import Happening, Summary, Tally, reason_of


def test_counts_reasons_and_troubles_add_up() -> None:
    told: list[Happening] = []
    summary = Summary(told.append)
    summary.count("a.org", "found", 12)
    for station, reason in (("a.org", "it answers 503"), ("b.org", "it answers 503"), ("b.org", "too slow")):
        summary.count(station, "tried")
        summary.count(station, "failed", url=f"https://{station}/x", reason=reason)
    summary.trouble("b.org", "https://b.org/feed: not a feed")
    total = summary.total
    assert (total.found, total.tried, total.failed) == (12, 3, 3)
    assert total.why == {"failed": {"it answers 503": 2, "too slow": 1}}
    assert total.trouble == ["https://b.org/feed: not a feed"]
    assert told[0] == Happening("found", "a.org", None, "", 12)
    assert told[-1].kind == "trouble"
    stored = msgspec.json.decode(msgspec.json.encode(summary.to_dict()))
    assert stored["stations"]["a.org"]["failed"] == 1
    assert stored["total"]["why"] == total.why


@pytest.mark.parametrize(
    ("failed", "tried", "unreachable", "share"), [(0, 0, 0, 0.0), (1, 4, 0, 0.25), (0, 0, 1, 1.0), (1, 3, 1, 0.5)]
)
def test_a_station_that_cannot_be_reached_counts_as_a_page(
    failed: int, tried: int, unreachable: int, share: float
) -> None:
    summary = Summary()
    summary.count("a.org", "tried", tried)
    summary.count("a.org", "failed", failed)
    for number in range(unreachable):
        summary.trouble(f"{number}.org", "no connection", unreachable=True)
    assert summary.failed_share() == share


def test_reasons_are_bounded_however_many_there_are() -> None:
    tallies = [Tally(), Tally()]
    for number in range(90):
        tallies[number % 2].add("failed", reason=f"reason {number}")
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    for tally in (*tallies, whole):
        assert len(tally.why["failed"]) == 21
        assert sum(tally.why["failed"].values()) == tally.failed
    assert whole.failed == 90


def test_from_many_threads() -> None:
    summary = Summary()
    threads = [
        threading.Thread(target=lambda: [summary.count("a.org", "failed", reason="x") for _ in range(500)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert summary.total.why == {"failed": {"x": 4000}}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NotAnArticle("list", "it lists other stories"), "list page: it lists other stories"),
        (Unavailable("https://bpr.org/x: it answers 500"), "it answers 500"),
        (Refused("https://bpr.org/x is not fetched"), "is not fetched"),
        (Refused("http: https://bpr.org/x leads there"), "http: it leads there"),
        (ScraperError("two\n  lines"), "two lines"),
        (ScraperError("x" * 1000), "x" * 160),
    ],
)
def test_a_reason_many_pages_may_share(error: ScraperError, reason: str) -> None:
    assert reason_of(error, "https://bpr.org/x") == reason
