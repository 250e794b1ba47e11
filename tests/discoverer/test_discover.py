"""Discovery for one station over an invented site: union, identity, order, dates, and what failures stop."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scraper.config import StationSettings
from scraper.discoverer import Discovery, Limits, SourceReport, discover
from scraper.errors import Refused, ScraperError, TryLater, Unavailable
from scraper.page import Page

FIXTURES = Path(__file__).parents[2] / "fixtures"
SITE = "https://www.wxyz.example"
STATION = StationSettings(host="wxyz.example", url=SITE)
FERRY = f"{SITE}/regional-news/2026-03-10/ferry-service-to-alder-island-resumes"
GLACIER = f"{SITE}/2026-03-10/scientists-hear-the-glacier"

Answer = bytes | Page | ScraperError


class Site:
    """Answers by address; anything else is gone. `asked` has what was asked for, in order."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str]] = []

    def __call__(self, url: str, accept: str, etag: str | None = None, last_modified: str | None = None) -> Page:
        self.asked.append((url, accept))
        answer = self.answers.get(url) or Unavailable(f"{url} is gone (404)\nsecond line", status=404)
        if isinstance(answer, ScraperError):
            raise answer
        return answer if isinstance(answer, Page) else Page(answer, url=url, final_url=url, status=200)

    def urls(self) -> list[str]:
        return [url for url, _ in self.asked]


def feed(*links: str, date: str = "Tue, 10 Mar 2026 12:00:00 GMT") -> bytes:
    items = "".join(f"<item><title>T</title><link>{link}</link><pubDate>{date}</pubDate></item>" for link in links)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def urlset(*urls: str) -> bytes:
    return ("<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>").encode()


def index(*urls: str) -> bytes:
    return (
        "<sitemapindex>" + "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls) + "</sitemapindex>"
    ).encode()


def html(*links: str) -> bytes:
    return ("<!doctype html><html><body>" + "".join(f'<a href="{link}">A story</a>' for link in links)).encode()


def grove_site() -> Site:
    def fixture(name: str) -> bytes:
        return (FIXTURES / name).read_bytes()

    return Site(
        {
            f"{SITE}/index.rss": fixture("feeds/grove_empty_index.rss"),
            f"{SITE}/sitemap-latest.xml": fixture("sitemaps/grove_latest.xml"),
            f"{SITE}/news-sitemap.xml": fixture("sitemaps/grove_news.xml"),
            f"{SITE}/sitemap.xml": fixture("sitemaps/grove_index.xml"),
            f"{SITE}/sitemap-202601.xml": urlset(f"{SITE}/news/2026-01-05/january"),
            f"{SITE}/sitemap-202602.xml": urlset(f"{SITE}/news/2026-02-05/february", f"{SITE}/news/2026-02-25/later"),
            f"{SITE}/sitemap-202603.xml": urlset(FERRY),
            f"{SITE}/": html("/regional-news/2026-03-10/ferry-service-to-alder-island-resumes", "/people/x"),
            f"{SITE}/regional-news": html(
                f"{FERRY}?_amp=true", "/regional-news/2026-03-09/council-keeps-the-night-bus"
            ),
        }
    )


def report(discovery: Discovery, url: str) -> SourceReport:
    return next(source for source in discovery.sources if source.url == url)


def test_a_grove_station_from_end_to_end() -> None:
    site = grove_site()
    discovery = discover(STATION, site, platform="grove")
    assert [found.url for found in discovery.found] == [
        GLACIER,
        FERRY,
        f"{SITE}/regional-news/2026-03-09/council-keeps-the-night-bus",
    ]
    ferry = discovery.found[1]
    assert ferry.sources == (f"{SITE}/sitemap-latest.xml", f"{SITE}/", f"{SITE}/regional-news")
    assert ferry.key == "wxyz.example/regional-news/2026-03-10/ferry-service-to-alder-island-resumes"
    assert (ferry.published, ferry.title, ferry.lastmod) == (None, "A story", "2026-03-11T01:04:00Z")
    assert discovery.found[0].title == "Scientists hear the glacier & write it down"
    assert not any(found.foreign for found in discovery.found)
    assert site.asked == [
        (f"{SITE}/index.rss", "feed"),
        (f"{SITE}/sitemap-latest.xml", "sitemap"),
        (f"{SITE}/news-sitemap.xml", "sitemap"),
        (f"{SITE}/", "page"),
        (f"{SITE}/regional-news", "page"),
    ]
    assert not discovery.failed


def test_reports_tell_how_each_source_was_read() -> None:
    discovery = discover(STATION, grove_site(), platform="grove")
    assert discovery.sources[:2] == [
        SourceReport(url=f"{SITE}/index.rss", kind="feed", default=True, status=200),
        SourceReport(
            url=f"{SITE}/sitemap-latest.xml",
            kind="sitemap",
            entries=4,
            kept=1,
            newest="2026-03-11T01:04:00Z",
            default=True,
            status=200,
        ),
    ]


def test_older_stories_by_the_months_of_the_archive() -> None:
    site = grove_site()
    discovery = discover(STATION, site, platform="grove", since=date(2026, 2, 10), until=date(2026, 2, 28))
    assert [found.url for found in discovery.found] == [f"{SITE}/news/2026-02-25/later"]
    assert f"{SITE}/sitemap-202602.xml" in site.urls()
    assert f"{SITE}/sitemap-202601.xml" not in site.urls()
    assert f"{SITE}/sitemap-202603.xml" not in site.urls()


def test_days_are_inclusive_and_either_calendar_counts() -> None:
    """23:10 on the 9th in the station's zone is the 10th in UTC: the story belongs to both days."""
    station = StationSettings(host="wxyz.example", url=SITE, feeds=("/f.rss",))
    url = f"{SITE}/regional-news/2026-03-09/council-keeps-the-night-bus"
    site = Site({f"{SITE}/f.rss": (FIXTURES / "feeds/grove_section.rss").read_bytes()})
    for day in (date(2026, 3, 9), date(2026, 3, 10)):
        assert url in [found.url for found in discover(station, site, since=day, until=day).found]
    assert url not in [found.url for found in discover(station, site, since=date(2026, 3, 11)).found]


def test_a_story_not_changed_since_is_not_newer() -> None:
    station = StationSettings(host="x.example", sitemaps=("/post-sitemap.xml",))
    body = b"<urlset><url><loc>https://x.example/old-one/</loc><lastmod>2020-01-01</lastmod></url>" + \
        b"<url><loc>https://x.example/touched/</loc><lastmod>2026-03-01</lastmod></url>" + \
        b"<url><loc>https://x.example/unknown/</loc></url></urlset>"  # fmt: skip
    discovery = discover(station, Site({"https://x.example/post-sitemap.xml": body}), since=date(2026, 1, 1))
    assert [found.url for found in discovery.found] == ["https://x.example/touched/", "https://x.example/unknown/"]


def test_stories_of_others_are_kept_and_marked() -> None:
    station = StationSettings(host="wxyz.example", url=SITE, feeds=("/f.rss",))
    site = Site({f"{SITE}/f.rss": (FIXTURES / "feeds/grove_section.rss").read_bytes()})
    discovery = discover(station, site)
    assert [(found.url.split("/")[2], found.foreign) for found in discovery.found] == [
        ("www.wxyz.example", False),
        ("www.wxyz.example", False),
        ("www.wqrs.example", True),
    ]
    assert report(discovery, f"{SITE}/f.rss").kept == 3  # the appeal is none
    own = discover(station, site, hosts=["wqrs.example"])
    assert not any(found.foreign for found in own.found)


def test_links_to_other_sites_are_no_stories_of_the_station() -> None:
    site = Site({f"{SITE}/": html("https://elsewhere.example/2026/03/09/x", "/news/2026-03-09/own", "/news")})
    discovery = discover(STATION, site, platform="grove")
    assert [found.url for found in discovery.found] == [f"{SITE}/news/2026-03-09/own"]
    lookalike = Site(
        {f"{SITE}/": html("https://wxyz.example.evil.test/2026/03/09/x", "https://awxyz.example/2026/03/09/x")}
    )
    assert discover(STATION, lookalike, platform="grove").found == []


def test_subdomains_belong_to_the_licensee() -> None:
    site = Site({f"{SITE}/": html("https://news.wxyz.example/2026/03/09/x")})
    assert not discover(STATION, site, platform="grove").found[0].foreign


def test_one_entry_for_all_spellings_and_the_first_is_kept() -> None:
    station = StationSettings(host="x.example", feeds=("/a", "/b"))
    site = Site(
        {
            "https://x.example/a": feed("https://x.example/post/one?utm_source=rss", "http://www.x.example/post/one/"),
            "https://x.example/b": feed("https://x.example/post/one"),
        }
    )
    discovery = discover(station, site)
    assert [found.url for found in discovery.found] == ["https://x.example/post/one?utm_source=rss"]
    assert discovery.found[0].sources == ("https://x.example/a", "https://x.example/b")


def test_newest_first_and_those_without_a_date_in_their_order_at_the_end() -> None:
    station = StationSettings(host="x.example", feeds=("/a", "/b"), sections=("/news",))
    site = Site(
        {
            "https://x.example/a": feed("/post/old", date="Mon, 09 Mar 2026 12:00:00 GMT"),
            "https://x.example/b": feed("/post/new", date="Tue, 10 Mar 2026 12:00:00 GMT"),
            "https://x.example/news": html("/post/z", "/news/2026-03-09/day", "/post/a"),
        }
    )
    assert [found.url.rpartition("/")[2] for found in discover(station, site).found] == ["new", "old", "day", "z", "a"]


@pytest.mark.parametrize(
    "link",
    [
        "ftp://x.example/post/one",
        "javascript:alert(1)",
        "mailto:a@x.example",
        "https://x.example/post/" + "a" * 2048,
        "https://x.example/people/jane",
        "https://x.example/news/2026/03/10/show.mp3",
        "https://x.example/",
        "http://",
    ],
)
def test_what_cannot_be_a_story_is_dropped(link: str) -> None:
    station = StationSettings(host="x.example", feeds=("/a",))
    discovery = discover(station, Site({"https://x.example/a": feed(link)}))
    assert discovery.found == []
    assert (discovery.sources[0].entries, discovery.sources[0].kept) == (1, 0)


def test_an_address_without_grammar_is_believed_of_sources_that_list_stories() -> None:
    plain = "https://x.example/an-undated-story"
    feeds = StationSettings(host="x.example", feeds=("/a",))
    assert len(discover(feeds, Site({"https://x.example/a": feed(plain)})).found) == 1
    own = StationSettings(host="x.example", sitemaps=("/map.xml",))
    assert len(discover(own, Site({"https://x.example/map.xml": urlset(plain)})).found) == 1
    bare = StationSettings(host="x.example")
    assert discover(bare, Site({"https://x.example/sitemap.xml": urlset(plain)})).found == []
    wordpress = Site(
        {
            "https://x.example/sitemap.xml": index(
                "https://x.example/post-sitemap.xml", "https://x.example/page-sitemap.xml"
            ),
            "https://x.example/post-sitemap.xml": urlset(plain),
        }
    )
    assert [found.url for found in discover(bare, wordpress).found] == [plain]
    assert "https://x.example/page-sitemap.xml" not in wordpress.urls()


def test_failures_are_told_and_stop_nothing_else() -> None:
    station = StationSettings(host="x.example", feeds=("/a", "/b", "/c", "/d"))
    site = Site(
        {
            "https://x.example/a": Refused("robots.txt forbids /a"),
            "https://x.example/b": b"<!doctype html><html>",
            "https://x.example/c": feed("/post/one"),
        }
    )
    discovery = discover(station, site)
    assert [source.error for source in discovery.sources] == [
        "robots.txt forbids /a",
        "an HTML page, not a feed",
        None,
        "https://x.example/d is gone (404)",
    ]
    assert len(discovery.found) == 1
    assert not discovery.failed


def test_a_discovery_without_any_answer_has_failed() -> None:
    discovery = discover(STATION, Site({}), platform="grove")
    assert discovery.failed
    assert discovery.found == []
    assert all(source.default for source in discovery.sources)


def test_a_host_that_asks_for_rest_is_asked_no_more() -> None:
    station = StationSettings(host="x.example", feeds=("/a", "/b", "https://y.example/c"))
    site = Site({"https://x.example/a": TryLater("x.example wants to be left alone until 12:00", retry_at=0.0)})
    discovery = discover(station, site)
    assert site.urls() == ["https://x.example/a", "https://y.example/c"]
    assert discovery.sources[1].error == "not asked: x.example wants to be left alone until 12:00"


def test_a_host_that_does_not_answer_twice_is_asked_no_more() -> None:
    down = Unavailable("x.example does not answer")
    station = StationSettings(host="x.example", feeds=("/a", "/b", "/c"))
    site = Site({"https://x.example/a": down, "https://x.example/b": down})
    discover(station, site)
    assert site.urls() == ["https://x.example/a", "https://x.example/b"]
    answers: dict[str, Answer] = {
        "https://x.example/a": down,
        "https://x.example/b": feed(),
        "https://x.example/c": down,
    }
    recovered = Site(answers)
    discover(station, recovered)
    assert len(recovered.urls()) == 3


def test_errors_of_the_program_are_not_hidden() -> None:
    def broken(*_: object) -> Page:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        discover(STATION, broken, platform="grove")


def test_answers_that_nobody_asked_for_and_cut_ones() -> None:
    station = StationSettings(host="x.example", feeds=("/a", "/b"))
    site = Site(
        {
            "https://x.example/a": Page(b"", url="https://x.example/a", status=304),
            "https://x.example/b": Page(feed("/post/one"), url="https://x.example/b", status=200, truncated=True),
        }
    )
    first, second = discover(station, site).sources
    assert (first.status, first.error) == (304, "it answers 304, although the whole was asked for")
    assert (second.partial, second.kept) == ("the answer was cut", 1)


def test_indexes_are_bounded_in_depth_and_number() -> None:
    station = StationSettings(host="x.example", sitemaps=("/0.xml",))
    endless = Site({f"https://x.example/{n}.xml": index(f"https://x.example/{n + 1}.xml") for n in range(50)})
    discovery = discover(station, endless, limits=Limits(depth=3))
    assert len(endless.asked) == 4
    assert discovery.sources[-1].error is not None
    loop = Site({"https://x.example/0.xml": index("https://x.example/0.xml")})
    discover(station, loop)
    assert len(loop.asked) == 1
    wide = Site({"https://x.example/0.xml": index(*(f"https://x.example/w{n}.xml" for n in range(50)))})
    discovery = discover(station, wide, since=date(2026, 1, 1), limits=Limits(sitemaps=10))
    assert len(wide.asked) == 10
    assert discovery.sources[0].partial == "names 41 more sitemaps than are read"


def test_the_number_of_stories_is_bounded_and_told() -> None:
    station = StationSettings(host="x.example", feeds=("/a",))
    site = Site({"https://x.example/a": feed(*(f"/post/{n}" for n in range(9)))})
    discovery = discover(station, site, limits=Limits(found=5))
    assert len(discovery.found) == 5
    assert discovery.sources[0].partial == "more than 5 stories, the rest was not kept"


def test_a_home_page_names_its_feeds() -> None:
    home = b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/f.rss"></head><body>'
    site = Site({"https://x.example/": home, "https://x.example/f.rss": feed("https://x.example/an-undated-story")})
    discovery = discover(StationSettings(host="x.example"), site)
    assert [found.url for found in discovery.found] == ["https://x.example/an-undated-story"]


def test_configured_sections_are_all_that_is_followed() -> None:
    station = StationSettings(host="wxyz.example", url=SITE, sections=("/arts",))
    site = grove_site()
    discover(station, site, platform="grove")
    assert f"{SITE}/regional-news" not in site.urls()
    assert (f"{SITE}/arts", "page") in site.asked


def test_relative_links_after_a_redirect() -> None:
    def moved(url: str, *_: object) -> Page:
        return Page(html("/news/2026-03-09/x"), url=url, final_url="https://www.x.example/home", status=200)

    station = StationSettings(host="x.example", sections=("/news",))
    assert discover(station, moved).found[0].url == "https://www.x.example/news/2026-03-09/x"
