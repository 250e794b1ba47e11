"""Changes that sources tell of: which are believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.config import StationSettings
from scraper.discoverer import Discovery
from scraper.discoverer import Found as Listed
from scraper.run.find import queue
from scraper.run.lastmods import ENOUGH, Noise, believed, noisy
from scraper.run.site import Site
from scraper.run.summary import Summary
from scraper.writer.archive import Archive
from scraper.writer.results import PageResult

NOW = 1_944_309_600.0  # 2031-08-12T14:00:00Z
MAP = "https://www.wgul.example/sitemap.xml"
FEED = "https://www.wgul.example/news.rss"
FETCHED = "2031-08-10T00:00:00Z"
BUMPED = "2031-08-12T03:00:00Z"
SITE = Site(StationSettings(host="wgul.example"), None, ())


def story(number: int, lastmod: str = BUMPED, day: str | None = "2031-01-05", **more: str) -> Listed:
    """One that the sitemap lists with `lastmod`; `more` has what the feed says."""
    lastmods = [(MAP, lastmod)] + ([(FEED, more["feed"])] if more else [])
    return Listed(
        url=f"https://www.wgul.example/post/{number}",
        key=f"wgul.example/post/{number}",
        sources=(MAP,),
        published=day,
        lastmod=max(time for _, time in lastmods),
        lastmods=tuple(lastmods),
    )


def until(*stories: Listed) -> dict[str, str]:
    return {one.key: FETCHED for one in stories}


@pytest.mark.parametrize(
    ("changed", "unchanged", "noise"),
    [(60, 40, True), (51, 49, True), (50, 50, False), (ENOUGH, 0, True), (ENOUGH - 1, 0, False), (0, 0, False)],
)
def test_more_than_half_at_once_is_noise(changed: int, unchanged: int, noise: bool) -> None:
    stories = [story(number, BUMPED if number < changed else FETCHED) for number in range(changed + unchanged)]
    expected = {MAP: Noise(changed, changed + unchanged)} if noise else {}
    assert noisy(stories, until(*stories), NOW) == expected


def test_stories_that_are_new_or_young_say_nothing_of_the_others() -> None:
    old = [story(number, FETCHED) for number in range(30)]
    young = [story(number, day="2031-08-11") for number in range(30, 90)]
    new = [story(number) for number in range(90, 200)]
    assert noisy([*old, *young, *new], until(*old, *young), NOW) == {}
    assert noisy(young, until(*young), NOW) == {}
    undated = [story(number, day=None) for number in range(30)]
    assert noisy(undated, until(*undated), NOW)


def test_what_has_other_evidence_is_believed() -> None:
    noise = {MAP: Noise(30, 40)}
    assert believed(story(1), noise, NOW) == (None, BUMPED)
    assert believed(story(1), {}, NOW) == (BUMPED, None)
    assert believed(story(1, day="2031-08-11"), noise, NOW) == (BUMPED, None)
    assert believed(story(1, feed="2031-08-11T00:00:00Z"), noise, NOW) == ("2031-08-11T00:00:00Z", BUMPED)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(str(tmp_path / "stories.db"), clock=lambda: NOW) as archive:
        yield archive


def test_a_system_that_bumps_all_pages_leads_to_no_visits(archive: Archive) -> None:
    from scraper.article import Article

    before = [story(number, "2031-01-06T00:00:00Z") for number in range(40)]
    for one in before:
        article = Article(id=f"url:{one.key}", url=one.url, page_type="article", platform="grove")
        archive.write(article, PageResult(url=one.url, fetched_at=FETCHED))
    summary = Summary()

    def due_after(*stories: Listed) -> list[str]:
        queue(SITE, Discovery(found=list(stories), sources=[]), archive, summary, now=NOW)
        return sorted(page.url.rpartition("/")[2] for page in archive.due(["wgul.example"], NOW))

    assert due_after(*before) == []
    bumped = [story(number) for number in range(40)]
    bumped[7] = story(7, feed="2031-08-12T02:00:00Z")
    assert due_after(*bumped) == ["7"]
    assert summary.total.trouble == [f"{MAP}: 40 of 40 known stories claim a change at once, which is not believed"]
    assert due_after(*bumped) == ["7"]
    bumped[9] = story(9, "2031-08-12T09:00:00Z")  # one that changes afterwards is seen
    assert due_after(*bumped) == ["7", "9"]
    assert len(summary.total.trouble) == 1
