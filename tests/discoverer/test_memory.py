"""Discoveries one after another, with what the ones before taught."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from scraper.config import StationSettings
from scraper.discoverer import Discovery, SourceState, discover, settle, with_next_polls
from scraper.errors import TryLater, Unavailable
from scraper.page import Page

HOUR = 3600.0
BASE = "https://x.example"


def feed(*links: str) -> bytes:
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def urlset(*urls: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{BASE}{url}</loc></url>' for url in urls)}</urlset>".encode()


def index(*files: tuple[str, str | None]) -> bytes:
    text = "".join(
        f"<sitemap><loc>{BASE}{file}</loc>{f'<lastmod>{time}</lastmod>' if time else ''}</sitemap>"
        for file, time in files
    )
    return f"<sitemapindex>{text}</sitemapindex>".encode()


class Server:
    """Serves `files` with an ETag that changes with the body, unless `etags` says another. `asked` has each request and
    whether it was conditional.
    """

    def __init__(self, files: dict[str, bytes | Exception]) -> None:
        self.files = files
        self.etags: dict[str, str] = {}
        self.asked: list[tuple[str, bool]] = []

    def __call__(self, url: str, kind: str, etag: str | None, last_modified: str | None) -> Page:
        path = url.removeprefix(BASE)
        self.asked.append((path, etag is not None))
        body = self.files.get(path, Unavailable("it answers 404", status=404))
        if isinstance(body, Exception):
            raise body
        mine = self.etags.get(path, f'"{hash(body)}"')
        if etag == mine:
            return Page(b"", url=url, status=304, headers={"etag": mine})
        return Page(body, url=url, status=200, headers={"etag": mine})


class Passes:
    """A station that is discovered again and again; what is found counts as news the first time."""

    def __init__(self, server: Server, **station: Any) -> None:
        self.server = server
        self.station = StationSettings(host="x.example", **station)
        self.memory: list[SourceState] = []
        self.now = 1_944_309_600.0
        self.queued: set[str] = set()

    def __call__(self, hours: float = 0, **more: Any) -> Discovery:
        self.now += hours * HOUR
        self.server.asked.clear()
        discovery = discover(self.station, self.server, memory=self.memory, clock=lambda: self.now, **more)
        news = {found.key for found in discovery.found} - self.queued
        self.queued |= news
        states = settle(discovery, news)
        self.memory = list({state.url: state for state in (*self.memory, *states)}.values())
        return with_next_polls(discovery, states)

    def state(self, path: str) -> SourceState:
        return next(state for state in self.memory if state.url == BASE + path)


def paths(found: Iterable[Any]) -> list[str]:
    return [one.url.removeprefix(BASE) for one in found]


def test_a_feed_over_a_day() -> None:
    server = Server({"/a": feed("/post/1")})
    passes = Passes(server, feeds=("/a",))
    (first,) = passes().sources
    assert (server.asked, first.next_poll) == ([("/a", False)], "2031-08-12T14:36:00Z")
    (skipped,) = passes(0.5).sources
    assert (server.asked, skipped.skipped, skipped.next_poll) == ([], True, first.next_poll)
    (same,) = passes(0.5).sources
    assert (server.asked, same.status, same.skipped, same.error) == ([("/a", True)], 304, False, None)
    assert same.next_poll == "2031-08-12T15:54:00Z"
    server.files["/a"] = feed("/post/2", "/post/1")
    assert paths(passes(2).found) == ["/post/2", "/post/1"]
    assert server.asked == [("/a", True)]
    passes(24)
    assert server.asked == [("/a", False)]  # whatever it says


def test_a_feed_that_keeps_its_etag_is_found_out_and_read_whole() -> None:
    server = Server({"/a": feed("/post/1")})
    server.etags["/a"] = '"always"'
    passes = Passes(server, feeds=("/a",))
    passes()
    server.files["/a"] = feed("/post/2")
    assert passes(2).found == []
    assert paths(passes(24).found) == ["/post/2"]
    assert passes.state("/a").lying
    passes(2)
    assert server.asked == [("/a", False)]


def test_an_index_that_has_not_changed_may_name_files_that_have() -> None:
    server = Server(
        {"/i.xml": index(("/1.xml", None), ("/2.xml", None)), "/1.xml": urlset(), "/2.xml": urlset("/post/1")}
    )
    passes = Passes(server, sitemaps=("/i.xml",))
    passes()
    server.files["/2.xml"] = urlset("/post/1", "/post/2")
    assert paths(passes(2).found) == ["/post/1", "/post/2"]
    assert server.asked == [("/i.xml", True), ("/2.xml", True), ("/1.xml", True)]
    server.files["/2.xml"] = urlset("/post/3")
    passes(1.3)  # the index is not due, its busiest file is
    assert server.asked == [("/2.xml", True)]


def test_a_file_whose_change_its_index_tells_of_is_read_whole_and_at_once() -> None:
    server = Server({"/i.xml": index(("/1.xml", "2031-08-12T13:00:00Z")), "/1.xml": urlset("/post/1")})
    server.etags["/1.xml"] = '"always"'
    passes = Passes(server, sitemaps=("/i.xml",))
    passes()
    passes(2)
    assert server.asked == [("/i.xml", True), ("/1.xml", True)]
    server.files |= {"/i.xml": index(("/1.xml", "2031-08-12T16:30:00Z")), "/1.xml": urlset("/post/2")}
    assert paths(passes(3).found) == ["/post/2"]
    assert server.asked == [("/i.xml", True), ("/1.xml", False)]
    assert passes.state("/1.xml").lying


def test_with_dates_all_is_read_whole_and_nothing_remembered() -> None:
    server = Server({"/a": feed("/news/2031-08-12/x", "/news/2030-08-12/y")})
    passes = Passes(server, feeds=("/a",))
    passes()
    known = passes.memory
    discovery = passes(0, until=date(2030, 12, 31))
    assert (server.asked, paths(discovery.found)) == ([("/a", False)], ["/news/2030-08-12/y"])
    assert (discovery.polls, passes.memory) == ([], known)


def test_sources_that_are_not_there() -> None:
    server = Server({"/": b"<!doctype html><html><body>"})
    passes = Passes(server)
    first = passes()
    assert [path for path, _ in server.asked] == ["/sitemap.xml", "/"]
    second = passes(24)
    assert [path for path, _ in server.asked] == ["/"]
    assert (second.sources[0].skipped, second.sources[0].error) == (True, first.sources[0].error)
    assert not second.failed
    passes(72)
    assert [path for path, _ in server.asked] == ["/sitemap.xml", "/"]


def test_a_station_of_which_nothing_can_be_read_is_asked_at_each_pass() -> None:
    passes = Passes(Server({}))
    for _ in range(3):
        assert passes(0.1).failed
        assert len(passes.server.asked) == 2


def test_configured_sources_that_fail_are_asked_at_each_pass() -> None:
    passes = Passes(Server({"/b": feed("/post/1")}), feeds=("/a", "/b"))
    for number in (2, 1, 1):
        passes(0.1)
        assert len(passes.server.asked) == number
    assert passes.state("/a").failures == 3


def test_a_host_that_wants_rest_is_no_failure_of_its_sources() -> None:
    passes = Passes(Server({"/a": TryLater("x.example wants rest")}), feeds=("/a", "/b"))
    assert passes().failed
    assert passes.memory == []


def test_what_was_not_read_to_its_end_is_not_remembered_as_read() -> None:
    server = Server({"/a": feed("/post/1")[:-10]})
    passes = Passes(server, feeds=("/a",))
    assert passes().sources[0].partial
    passes(24)
    assert server.asked == [("/a", False)]
    assert passes.state("/a").read_at is None


def test_a_home_page_that_has_not_changed_leads_on() -> None:
    home = b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/f.rss"></head><body>'
    server = Server({"/": home, "/f.rss": feed("/post/1")})
    passes = Passes(server)
    passes()
    server.files["/f.rss"] = feed("/post/2")
    assert paths(passes(2).found) == ["/post/2"]
    assert server.asked == [("/", True), ("/f.rss", True)]
    passes.station = StationSettings(host="x.example", feeds=("/own.rss",), platform="wordpress")
    passes(20)
    assert "/f.rss" not in [path for path, _ in server.asked]
