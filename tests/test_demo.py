"""The demo station as a function, and its server."""

from __future__ import annotations

import gzip
import http.client
import socket

import pytest

from scraper.demo import Site, serve
from scraper.errors import Unavailable

ADDRESS = "http://127.0.0.1:8017"


@pytest.fixture
def site() -> Site:
    return Site(ADDRESS)


def test_every_page_bears_our_address(site: Site) -> None:
    for path, (file, base) in site.pages.items():
        site.requests[path] += 1  # none of them is asked for the first time
        answer = site.answer(path, {})
        assert answer.status == 200, file
        assert base.encode() not in answer.body, file
    for path in ("/", "/news.rss", "/sitemap.xml", "/sitemap-2025.xml", "/robots.txt"):
        body = site.answer(path, {}).body
        assert ADDRESS.encode() in body
        assert b"wrvl.example" not in body


def test_what_is_listed_is_there(site: Site) -> None:
    import re

    for source in ("/", "/news.rss", "/sitemap-2025.xml", "/sitemap-2003-2024.xml"):
        text = site.answer(source, {}).body.decode()
        found = re.findall(r'(?:<loc>|<link>|<a href=")(?:http://[^/<"]+)?(/[^<"?]*)', text)
        assert found
        for path in found:
            expected = 404 if path.startswith("/members-only/") else (200, 301, 410, 503)
            assert site.answer(path, {}).status in (expected if isinstance(expected, tuple) else (expected,)), path


def test_addresses_are_replaced_in_every_spelling(site: Site) -> None:
    text = rb'href="https://www.kxlr.example/a" "http://www.kxlr.example" {"url":"https:\/\/www.kxlr.example\/b"}'
    ours = rb'href="http://127.0.0.1:8017/a" "http://127.0.0.1:8017" {"url":"http:\/\/127.0.0.1:8017\/b"}'
    assert site.rewritten(text, "https://www.kxlr.example") == ours


def test_it_misbehaves_as_told(site: Site) -> None:
    (busy,) = site.busy
    first, second = site.answer(busy, {}), site.answer(busy, {})
    assert (first.status, first.headers["retry-after"], second.status) == (503, "1", 200)
    assert site.answer("/news/2024-05-30/the-creamery-on-fifth-street-is-for-sale", {}).status == 410
    moved = site.answer("/post/ice-road-opens-late", {})
    assert moved.status == 301
    assert site.answer(moved.headers["location"].removeprefix(ADDRESS), {}).status == 200
    assert site.answer("/no/such", {}).status == 404


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    first = site.answer("/", {"accept-encoding": "gzip, br"})
    assert gzip.decompress(first.body) == site.answer("/", {}).body
    again = site.answer("/", {"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_it_is_served_over_one_connection() -> None:
    with serve(0) as station:
        connection = http.client.HTTPConnection(station.host)
        for path, status in (("/", 200), ("/no/such", 404), ("/news.rss", 200)):
            connection.request("GET", path)
            answer = connection.getresponse()
            assert (answer.status, len(answer.read())) == (status, int(answer.headers["content-length"]))
        connection.close()


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable, match=f"127.0.0.1:{port} cannot be served"), serve(port):
            pass
