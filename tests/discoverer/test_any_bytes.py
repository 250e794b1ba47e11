"""Whatever the bytes: items or one plain line, never another error."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.discoverer.feeds import parse_feed
from scraper.discoverer.links import feeds_of, parse_page
from scraper.discoverer.model import Listing, UnreadableError
from scraper.discoverer.sitemaps import parse_sitemap
from scraper.page import Page

FIXTURES = Path(__file__).parents[2] / "fixtures"
BODIES = [path.read_bytes() for folder in ("feeds", "sitemaps") for path in sorted((FIXTURES / folder).glob("*.*"))]
BODIES += [gzip.compress(body) for body in BODIES[-3:]]
WORDS = rb"""< > & ]]> <![CDATA[ <!-- &#x0; &#55296; </item> <item> " { <title/> <!DOCTYPE <link>http://[</link>
    <loc>//:0</loc> <lastmod>9999-12-31T23:59:59-23:59</lastmod> encoding="utf-7" encoding="none" """
DATE = b"<pubDate>Tue, 99 Foo 99999 99:99:99 +9999</pubDate>"
SNIPPETS = st.sampled_from([*WORDS.split(), DATE, b"\0", b"\xff\xfe", b"\xe9"])


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    body = draw(st.sampled_from(BODIES))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.sampled_from([0, 0, 1, 5, 40, 400])))
        body = body[:start] + draw(st.one_of(SNIPPETS, st.binary(max_size=4))) + body[end:]
    return body


def check(parse: Callable[[bytes], Listing], body: bytes) -> None:
    try:
        listing = parse(body)
    except UnreadableError as error:
        listing = Listing([], [], str(error) or "no reason\n")
    for item in (*listing.items, *listing.children):
        assert item.url
        assert item.published is None or len(item.published) in (10, 20)
        assert item.lastmod is None or len(item.lastmod) in (10, 20)
    assert listing.partial is None or "\n" not in listing.partial


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(mutations(), st.binary(max_size=200)))
def test_any_bytes(body: bytes) -> None:
    check(lambda data: parse_feed(data, url="https://x.example/f"), body)
    check(lambda data: parse_sitemap(data, url="https://x.example/s"), body)
    page = Page(body, url="https://x.example/")
    check(lambda _: parse_page(page), body)
    assert all(url.startswith("http") for url in feeds_of(page))
