"""Where to look, and which files of an index reach into the days asked for."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.config import StationSettings
from scraper.discoverer.model import Item
from scraper.discoverer.plan import choose, sources, span

ROBOTS = [f"https://www.bpr.org/{name}.xml" for name in ("sitemap", "sitemap-latest", "news-sitemap", "video-sitemap")]


def listed(station: StationSettings, platform: str | None, robots: list[str], *, backfill: bool = False) -> list[str]:
    return [source.url for source in sources(station, platform, robots, backfill=backfill)]


def test_grove_without_and_with_robots() -> None:
    station = StationSettings(host="bpr.org")
    assert listed(station, "grove", []) == [
        "https://bpr.org/index.rss",
        "https://bpr.org/sitemap-latest.xml",
        "https://bpr.org/news-sitemap.xml",
        "https://bpr.org/",
    ]
    assert listed(station, "grove", ROBOTS) == ["https://bpr.org/index.rss", *ROBOTS[1:3], "https://bpr.org/"]


def test_older_stories_need_the_archive() -> None:
    station = StationSettings(host="bpr.org")
    assert "https://bpr.org/sitemap.xml" in listed(station, "grove", [], backfill=True)
    assert ROBOTS[0] in listed(station, "grove", ROBOTS, backfill=True)
    assert ROBOTS[3] not in listed(station, "grove", ROBOTS, backfill=True)


def test_sitemaps_of_robots_may_be_elsewhere() -> None:
    robots = ["https://googlecrawl.npr.example/news/sitemap_news.xml"]
    assert robots[0] in listed(StationSettings(host="npr.org"), "npr", robots)


def test_configured_sources_take_the_place_of_the_known_ones() -> None:
    station = StationSettings(host="bpr.org", url="https://www.bpr.org", feeds=("/local.rss",), sections=("/local",))
    assert listed(station, "grove", ROBOTS) == [
        "https://www.bpr.org/local.rss", *ROBOTS[1:3], "https://www.bpr.org/", "https://www.bpr.org/local"
    ]  # fmt: skip


def test_a_station_of_ones_own_has_what_is_configured_alone() -> None:
    station = StationSettings(host="x.example", url="http://127.0.0.1:8000/", feeds=("/f.xml", "https://y.example/g"))
    assert listed(station, None, ["http://127.0.0.1:8000/sitemap.xml"]) == [
        "http://127.0.0.1:8000/f.xml", "https://y.example/g"
    ]  # fmt: skip


def test_a_platform_that_is_not_known() -> None:
    station = StationSettings(host="x.example")
    assert listed(station, None, []) == ["https://x.example/sitemap.xml", "https://x.example/"]
    assert listed(station, "arc", ["https://x.example/s.xml"]) == ["https://x.example/s.xml", "https://x.example/"]


def test_a_source_named_twice_is_read_once() -> None:
    station = StationSettings(host="x.example", feeds=("/f.xml", "https://www.x.example/f.xml"), sections=("/", "/"))
    assert listed(station, "grove", []).count("https://x.example/f.xml") == 1
    assert len(listed(station, "grove", [])) == 4


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("sitemap-202402.xml", ("2024-02-01", "2024-02-29")),
        ("sitemap-202312.xml.gz", ("2023-12-01", "2023-12-31")),
        ("sitemap-2024-02.xml", ("2024-02-01", "2024-02-29")),
        ("sitemap_2019.xml", ("2019-01-01", "2019-12-31")),
        ("sitemap_2024_01_01_2024_06_30.xml", ("2024-01-01", "2024-06-30")),
        ("sitemap-2024-02-30.xml", None),
        ("post-sitemap12.xml", None),
        ("sitemap-202413.xml", None),
        ("sitemap-120240299.xml", None),
    ],
)
def test_days_in_a_name(name: str, days: tuple[str, str] | None) -> None:
    found = span(f"https://x.org/{name}")
    assert (tuple(day.isoformat() for day in found) if found else None) == days


MONTHS = [Item(f"https://x.org/sitemap-2024{month:02}.xml", lastmod="2026-01-01") for month in range(1, 13)]


def test_months_between_two_days() -> None:
    urls, left = choose(MONTHS, date(2024, 3, 31), date(2024, 5, 1), newest=2, most=10)
    assert [url[-6:-4] for url in urls] == ["05", "04", "03"]
    assert left == 0


def test_too_many_months_lose_the_oldest() -> None:
    urls, left = choose(MONTHS, date(2024, 1, 1), None, newest=2, most=5)
    assert [url[-6:-4] for url in urls] == ["12", "11", "10", "09", "08"]
    assert left == 7


def test_newest_files_where_no_dates_are_asked_for() -> None:
    assert choose(MONTHS, None, None, newest=2, most=10) == (["https://x.org/sitemap-202412.xml", MONTHS[10].url], 0)


def test_wordpress_files_by_their_last_change() -> None:
    children = [
        Item("https://x.org/post-sitemap.xml", lastmod="2019-05-01"),
        Item("https://x.org/post-sitemap2.xml", lastmod="2026-03-01T10:00:00Z"),
        Item("https://x.org/page-sitemap.xml", lastmod="2026-03-02"),
        Item("https://x.org/category-sitemap.xml"),
        Item("https://x.org/author-sitemap.xml"),
        Item("https://x.org/post_tag-sitemap.xml"),
    ]
    assert choose(children, date(2026, 1, 1), None, newest=2, most=10)[0] == ["https://x.org/post-sitemap2.xml"]
    assert choose(children, None, None, newest=1, most=10)[0] == ["https://x.org/post-sitemap2.xml"]


def test_files_without_any_date_are_taken_from_the_end() -> None:
    children = [Item(f"https://x.org/wp-sitemap-posts-post-{number}.xml") for number in (1, 2, 3)]
    assert choose(children, None, None, newest=2, most=10)[0] == [children[2].url, children[1].url]
