"""The store over some days: in a stream, or a bounded number of rows, and only what is of those days."""

from __future__ import annotations

from typing import Any

import pytest

from scraper.article import Removed
from scraper.writer import review
from scraper.writer.archive import Archive
from scraper.writer.measure import Measure
from scraper.writer.results import Found, PageResult
from scraper.writer.times import stamp


def numbered(make: Any, number: int, **more: Any) -> Any:
    url = f"https://www.wgul.example/news/{number}"
    return make(id=f"url:{number}", url=url, canonical_url=url, title=f"Story {number}", **more)


def test_measures_come_host_by_host_without_what_is_large(archive: Archive) -> None:
    watching = archive.watching()
    for run, at in ((1, "2031-07-01"), (2, "2031-08-01"), (3, "2031-08-02"), (4, "2031-09-01")):
        for host in ("b.example", "a.example"):
            told = {"run": run, "at": f"{at}T10:00:00Z", "seconds": {"3": 2}, "paragraphs": {"x": 1}}
            watching.add(Measure(host=host, platform="grove", tried=run, **told))
    found = list(watching.each_measure("2031-08-01T00:00:00Z", "2031-08-03T00:00:00Z"))
    assert [one.host for one in found] == ["a.example"] * 2 + ["b.example"] * 2
    assert sorted(one.tried for one in found) == [2, 2, 3, 3]
    assert all(one.seconds == {"3": 2} and one.paragraphs == {} for one in found)


def test_headlines_are_the_newest_under_the_host_of_their_queue(archive: Archive, make: Any) -> None:
    url = "https://news.wgul.example/one"
    archive.add_found([Found(url=url, host="wgul.example"), Found(url=f"{url}?again", host="wgul.example")])
    queued = make(url=url, canonical_url=url, published="2031-08-10T10:00:00Z", title="Queued", station=None)
    archive.write(queued, PageResult(url=url))
    archive.write(queued, PageResult(url=f"{url}?again"))
    for number, published in enumerate((None, "2031-08-11", "2031-07-01", "2050-01-01")):
        archive.write(numbered(make, number, published=published))
    found = archive.watching().headlines("2031-08-13T00:00:00Z")
    assert [(one.station, one.title, one.published) for one in found] == [
        ("wgul.example", "Story 1", "2031-08-11"),
        ("wgul.example", "Queued", "2031-08-10T10:00:00Z"),
        ("wgul.example", "Story 2", "2031-07-01"),
    ]


def test_what_was_removed_is_counted_by_pieces_and_stories(archive: Archive, make: Any, clock: Any) -> None:
    appeal, share = Removed(rule="pledge", kind="appeal", text="Give!"), Removed(rule="s.x", kind="share", text="Mail")
    tune = Removed(rule="drive", kind="appeal", text="Tune in!")
    old = stamp(clock.now)
    archive.write(numbered(make, 0, removed=[share] * 9), PageResult(url="https://x.example/0", fetched_at=old))
    since = stamp(clock.pass_by(24))
    for number, removed in enumerate(([appeal, appeal, tune], [appeal], [share], []), 1):
        result = PageResult(url=f"https://x.example/{number}", fetched_at=stamp(clock.pass_by(1)))
        archive.write(numbered(make, number, removed=removed), result)
    found = archive.watching().removed(since)
    assert found.stories == 4
    assert [(one.kind, one.pieces, one.stories) for one in found.kinds] == [("appeal", 4, 2), ("share", 1, 1)]
    assert [(one.rule, one.pieces, one.stories) for one in found.rules] == [
        ("pledge", 3, 2),
        ("drive", 1, 1),
        ("s.x", 1, 1),
    ]
    assert archive.watching().removed(stamp(clock.pass_by(24))).stories == 0


def test_of_many_stories_an_even_sample_is_read(
    archive: Archive, make: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "SAMPLE", 10)
    for number in range(45):
        kind = "early" if number < 25 else "late"
        removed = [Removed(rule=f"r.{kind}", kind=kind, text="x")]
        result = PageResult(url=f"https://x.example/{number}", fetched_at=stamp(clock.pass_by(1)))
        archive.write(numbered(make, number, removed=removed), result)
        if number == 4:
            since = stamp(clock.now + 1)
    found = archive.watching().removed(since)
    assert found.stories == 10
    assert {one.kind: one.stories for one in found.kinds} == {"early": 5, "late": 5}


def test_a_store_with_nothing_in_it(archive: Archive) -> None:
    watching = archive.watching()
    assert watching.removed("2031-01-01") == review.Removals()
    assert watching.headlines("2032-01-01") == []
    assert list(watching.each_measure("2031-01-01", "2032-01-01")) == []
