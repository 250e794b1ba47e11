"""Plain RSS is read as feedparser reads it, or left to feedparser."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.discoverer import feeds
from scraper.discoverer.model import Listing, UnreadableError
from scraper.discoverer.plain_rss import plain_entries

FEEDS = sorted((Path(__file__).parents[2] / "fixtures" / "feeds").glob("*.[xr]*"))
URL = "https://www.wxyz.example/feed.xml"
DATE = "<pubDate>Tue, 10 Mar 2026 16:58:02 -0400</pubDate>"
LINK = "<link>https://x.org/news/a?b=1&amp;c=2</link>"


def rss(inside: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    return f'{head}<rss version="2.0" {names}><channel><title>X</title>{inside}</channel></rss>'.encode()


def both(body: bytes, content_type: str | None = None) -> tuple[Listing | str, Listing | str]:
    """What is read with the plain path, and without."""
    found: list[Listing | str] = []
    for plain in (plain_entries, lambda *_: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(feeds, "plain_entries", plain)
            try:
                found.append(feeds.parse_feed(body, url=URL, content_type=content_type))
            except UnreadableError as error:
                found.append(str(error))
    return found[0], found[1]


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
@pytest.mark.parametrize("content_type", [None, "text/xml", "application/rss+xml; charset=utf-8"])
def test_given_the_fixtures_when_read_both_ways_then_the_items_are_the_same(
    path: Path, content_type: str | None
) -> None:
    plain, whole = both(path.read_bytes(), content_type)
    assert plain == whole


@pytest.mark.parametrize("name", ["grove_section.rss", "grove_empty_index.rss"])
def test_given_the_feeds_of_grove_then_they_are_plain(name: str) -> None:
    body = next(path for path in FEEDS if path.name == name).read_bytes()
    assert plain_entries(feeds._cap(body, feeds.Limits())[0], None) is not None


@pytest.mark.parametrize(
    "item",
    [
        f"<title>A &amp; B</title>{LINK}{DATE}",
        f"<guid>https://x.org/other</guid><title><![CDATA[The <b>first</b> of ‘many’]]></title>{LINK}{DATE}",
        f"{LINK}<guid isPermaLink='true'>https://x.org/other</guid><dc:creator>Ann Example</dc:creator>",
        f"<title>  A\n B </title>{LINK}<media:content url='https://x.org/a.jpg'><media:credit>C</media:credit>"
        f"</media:content>{DATE.replace('-0400', 'EDT')}",
    ],
)
def test_given_plain_items_when_read_both_ways_then_they_are_the_same(item: str) -> None:
    body = rss(f"<item>{item}</item><item>{LINK}</item>")
    assert plain_entries(body, None) is not None
    plain, whole = both(body)
    assert plain == whole


@pytest.mark.parametrize(
    "body",
    [
        rss(f"<item><title>A</title>{LINK}{DATE}"),
        rss(f"<item>{LINK}</item>", '<?xml version="1.0" encoding="windows-1252"?>'),
        rss(f"<item>{LINK}</item>", "<!DOCTYPE rss>"),
        rss(f"<item xml:base='https://y.org/'>{LINK}</item>"),
        rss(f"<item>{LINK}{LINK}</item>"),
        rss("<item><link>/news/a</link></item>"),
        rss("<item><guid>https://x.org/a</guid></item>"),
        rss(f"<item>{LINK}<title>a &amp;lt;b&amp;gt;</title></item>"),
        rss(f"<item>{LINK}<title>a <i>b</i></title></item>"),
        rss(f"<item>{LINK}<media:group><media:title>other</media:title></media:group></item>"),
        rss(f"<item>{LINK}<dc:date>2026-03-10</dc:date></item>"),
        rss(f"<item>{LINK}<pubDate>yesterday</pubDate></item>"),
        rss(f"<item>{LINK}<pubDate>Wed, 31 Jun 2026 10:00:00 GMT</pubDate></item>"),
        rss(f"<item>{LINK}<Title>A</Title></item>"),
        rss(f"<image><item>{LINK}</item></image>"),
        rss(f"<item>{LINK}<x:y>z</x:y></item>"),
    ],
)
def test_given_anything_that_leaves_a_question_then_feedparser_has_the_word(body: bytes) -> None:
    assert plain_entries(body, None) is None


PIECES = st.sampled_from(
    [
        *("<item>", "</item>", LINK, DATE, "<title>", "</title>", "<guid>https://x.org/g</guid>", "<title/>", "a", " "),
        *("&amp;", "&amp;amp;", "&#146;", "&lt;b&gt;", "<![CDATA[&eacute; <i>x</i>]]>", "<dc:title>d</dc:title>", "é"),
        *("<media:title>m</media:title>", "<author>A</author>", "<!-- c -->", "<link>https://x.org/é</link>"),
        *("<description>d</description>", "<category>news</category>", "<enclosure url='https://x.org/a.mp3'/>"),
    ]
)
ITEMS = st.lists(PIECES, max_size=8).map(lambda pieces: "<item>" + "".join(pieces) + "</item>")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ITEMS, max_size=3))
def test_given_any_items_when_the_plain_path_reads_them_then_it_reads_them_as_feedparser(items: list[str]) -> None:
    body = rss("".join(items))
    if plain_entries(body, None) is not None:
        plain, whole = both(body)
        assert plain == whole
