"""Links of list pages that lead to stories."""

from __future__ import annotations

import pytest

from scraper.discoverer.links import feeds_of, parse_page, sections_of
from scraper.discoverer.model import Item, Limits, UnreadableError
from scraper.page import Page

HOME = """<!doctype html><html><head><title>WXYZ</title>
<link rel="alternate" type="application/rss+xml" href="/index.rss">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/">
<link rel="alternate" type="application/atom+xml" href="https://feeds.example/wxyz.atom">
<link rel="alternate" hreflang="es" href="/es">
<link rel="stylesheet" href="/x.css"></head><body>
<nav><a href="/news">News</a><a href="/people">Staff</a><a href="/podcast/low-tide">Low Tide</a></nav>
<a href="/news/2026-03-10/first"><img alt=""></a>
<h2><a href="/news/2026-03-10/first#comments">The   first
 story</a></h2><a href="/news/2026-03-10/first">Read</a>
<a href="https://elsewhere.example/2026/03/09/second/x">Second</a>
<a href="/tags/floods?00000183-c907-d1ec-a5db-cf2f0d3a0000-p=2">Load More</a>
<a href="mailto:news@wxyz.example">Mail</a><a href="javascript:void(0)">x</a><a href="http://[bad">y</a><a>z</a>
</body></html>"""


def page(html: str, url: str = "https://www.wxyz.example/") -> Page:
    return Page(html.encode(), url="https://wxyz.example/", final_url=url)


def test_story_links_once_each_with_the_longest_words() -> None:
    assert parse_page(page(HOME)).items == [
        Item("https://www.wxyz.example/news/2026-03-10/first", title="The first story"),
        Item("https://elsewhere.example/2026/03/09/second/x", title="Second"),
    ]


def test_base_element() -> None:
    html = '<html><head><base href="/sub/"></head><body><a href="news/2026-03-10/x">X</a></body></html>'
    assert parse_page(page(html)).items == [Item("https://www.wxyz.example/sub/news/2026-03-10/x", title="X")]


def test_number_of_links_is_bounded() -> None:
    html = "<html><body>" + "".join(f'<a href="/news/2026-03-10/s{n}">x</a>' for n in range(9)) + "</body></html>"
    listing = parse_page(page(html), Limits(page_links=4))
    assert len(listing.items) == 4
    assert listing.partial == "more than 4 links, the rest was not read"


@pytest.mark.parametrize(("body", "kind"), [(b"", "empty"), (b"%PDF-1.4", "pdf"), (b"just words", "text")])
def test_what_is_no_page(body: bytes, kind: str) -> None:
    with pytest.raises(UnreadableError, match=f"not an HTML page but {kind}"):
        parse_page(Page(body, url="https://x.org/"))
    assert feeds_of(Page(body, url="https://x.org/")) == []


def test_feeds_that_a_head_names() -> None:
    assert feeds_of(page(HOME)) == ["https://www.wxyz.example/index.rss", "https://feeds.example/wxyz.atom"]


def test_sections_by_their_stories() -> None:
    stories = ["/news/2026-03-10/a", "/arts/2026-03-10/b", "/news/2026-03-09/c", "/2026-03-09/no-section", "/post/old"]
    urls = [f"https://x.org{path}" for path in stories]
    assert sections_of(urls, 5) == ["https://x.org/news", "https://x.org/arts"]
    assert sections_of(urls, 1) == ["https://x.org/news"]
