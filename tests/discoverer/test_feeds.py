"""Feeds of all kinds: what is read from each, and what becomes of those that are broken, hostile or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.discoverer.feeds import parse_feed
from scraper.discoverer.model import Item, Limits, Listing, UnreadableError

FEEDS = Path(__file__).parents[2] / "fixtures" / "feeds"
URL = "https://www.wxyz.example/feed.xml"


def read(name: str, url: str = URL) -> Listing:
    return parse_feed((FEEDS / name).read_bytes(), url=url)


def rss(*items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()


def item(number: int, extra: str = "") -> str:
    return f"<item><title>Story {number}</title><link>https://x.org/post/s{number}</link>{extra}</item>"


def test_section_feed_of_grove() -> None:
    listing = read("grove_section.rss")
    assert listing.partial is None
    assert listing.items[0] == Item(
        "https://www.wxyz.example/regional-news/2026-03-10/ferry-service-to-alder-island-resumes",
        published="2026-03-10T20:58:02Z",
        title="Ferry service to Alder Island resumes after ‘quiet’ repairs",
    )
    assert [item.published for item in listing.items[1:]] == [
        "2026-03-10T03:10:00Z", "2026-03-08T13:00:00Z", "2026-03-01T13:00:00Z"
    ]  # fmt: skip


def test_empty_feed_is_a_feed() -> None:
    assert read("grove_empty_index.rss") == Listing([], [])


def test_wordpress_feed_keeps_its_address_and_forgives_the_empty_line_above() -> None:
    listing = read("wordpress.xml")
    assert listing.partial is None
    assert [item.url for item in listing.items] == [
        "https://www.kqzt.example/2026/03/crab-season-opens-two-weeks-late/?utm_source=rss&utm_medium=rss",
        "https://www.kqzt.example/kqzt-news-tuesday/",
    ]
    assert listing.items[1].title == "KQZT News – Tuesday"


def test_core_publisher_feed_with_a_relative_link() -> None:
    listing = read("core_publisher.xml", "http://wlmn.example/rss.xml")
    assert listing.items == [
        Item(
            "http://wlmn.example/post/mill-town-votes-new-bridge",
            "2016-10-14T21:03:45Z",
            "Mill town votes on a new bridge",
        ),
        Item("http://wlmn.example/post/relative-link", "2016-10-15T00:00:00Z", "Relative link"),
    ]


def test_podcast_items_without_a_page_are_left_out() -> None:
    assert [item.title for item in read("podcast.xml").items] == ["The lighthouse that moved", "Trailer"]


def test_old_rss() -> None:
    assert read("rss091.xml").items == [
        Item("http://www.wold.example/news/2003/04/02/cafe-reopens.html", title="Café reopens at the depot")
    ]
    assert read("rss10.xml").items == [
        Item("http://www.wold.example/post/quarry-sold", "2005-06-07T14:09:10Z", "Quarry sold to the county")
    ]


def test_atom() -> None:
    listing = read("atom.xml", "https://news.kzzz.example/atom.xml")
    assert listing.partial is None
    assert listing.items == [
        Item("https://news.kzzz.example/stories/snow-again-and-again", "2026-03-10T12:00:00Z", "Snow again & again"),
        Item(
            "https://news.kzzz.example/stories/the-choir-of-dry-creek", "2026-03-09T12:00:00Z", "The choir of Dry Creek"
        ),
    ]


def test_json_feed() -> None:
    listing = read("feed.json", "https://kjsn.example/feed.json")
    assert listing.items == [
        Item("https://kjsn.example/stories/a-map-of-every-well", "2026-03-10T17:00:00Z", "A map of every well"),
        Item("https://kjsn.example/stories/the-last-switchboard", "2026-03-09", "The last switchboard"),
        Item("https://elsewhere.example/2026/03/08/linked-story", None, "Linked"),
    ]
    assert listing.partial is None


def test_a_byte_order_mark_and_utf16() -> None:
    assert parse_feed(b"\xef\xbb\xbf" + rss(item(1)), url=URL).items[0].title == "Story 1"
    text = rss(item(1)).decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"')
    assert parse_feed(text.encode("utf-16"), url=URL).items[0].url == "https://x.org/post/s1"


def test_day_alone_stays_a_day() -> None:
    body = rss(item(1, "<pubDate>2026-03-10</pubDate>"), item(2, "<pubDate>soon</pubDate>"))
    assert [item.published for item in parse_feed(body, url=URL).items] == ["2026-03-10", None]


def test_feedburner_gives_the_original_address() -> None:
    head = '<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>'
    body = head + item(1, "<feedburner:origLink>https://x.org/post/original</feedburner:origLink>") + "</channel></rss>"
    assert parse_feed(body.encode(), url=URL).items[0].url == "https://x.org/post/original"


def test_texts_of_entries_cost_nothing_and_shift_nothing() -> None:
    content = '<content type="text" src="https://x.org/1"/>'
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
        <entry><title>One</title><link href="https://x.org/post/1"/>{content}</entry>
        <entry><title>Two</title><link href="https://x.org/post/2"/><content type="html">&lt;p&gt;x</content></entry>
        <entry><title>Three</title><link href="https://x.org/post/3"/><summary/></entry></feed>"""
    assert [item.title for item in parse_feed(body.encode(), url=URL).items] == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is empty"),
        (b" \n\t", "the answer is empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "an HTML page, not a feed"),
        (b"\n<html>", "an HTML page, not a feed"),
        (b"Service unavailable", "not a feed: "),
        (b"/etc/passwd", "not a feed: "),
        (b"http://127.0.0.1:9/feed", "not a feed: "),
        (b"<urlset><url><loc>https://x.org/</loc></url></urlset>", "not a feed"),
        (b'{"items": 5}', "JSON, but not a JSON Feed"),
        (b'{"items": [', "not a JSON Feed: "),
        (b"[" * 1_000_000, "not a JSON Feed: "),
        (b'<rss version="2.0"><channel>' + b"<a>" * 100_000, "elements inside each other more than 1000 deep"),
    ],
)
def test_what_is_no_feed_is_told_in_one_line(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_feed(body, url=URL)
    assert str(caught.value).startswith(reason)
    assert "\n" not in str(caught.value)


def test_a_feed_that_breaks_off_gives_its_whole_items() -> None:
    whole = rss(*(item(number) for number in range(20)))
    listing = parse_feed(whole[: whole.index(b"Story 12")], url=URL)
    assert [item.url for item in listing.items] == [f"https://x.org/post/s{number}" for number in range(12)]
    assert listing.partial is not None
    assert listing.partial.startswith("not well-formed")


def test_a_slip_inside_does_not_lose_the_rest() -> None:
    body = rss(item(1), "<item><title>Fish & chips</title><link>https://x.org/post/s2</link></item>", item(3))
    listing = parse_feed(body, url=URL)
    assert [item.title for item in listing.items] == ["Story 1", "Fish & chips", "Story 3"]
    assert listing.partial is not None


def test_a_long_feed_is_cut_after_its_first_items() -> None:
    body = rss(*(item(number) for number in range(12)))
    listing = parse_feed(body, url=URL, limits=Limits(feed_items=5))
    assert [item.title for item in listing.items] == [f"Story {number}" for number in range(5)]
    assert listing.partial == "more than 5 items, the rest was not read"
    assert parse_feed(body, url=URL, limits=Limits(feed_items=12)).partial is None


def test_a_large_feed_is_cut_after_a_whole_item() -> None:
    body = rss(*(item(number) for number in range(50)))
    listing = parse_feed(body, url=URL, limits=Limits(feed_bytes=1000))
    assert 0 < len(listing.items) < 50
    assert all(item.title == f"Story {number}" for number, item in enumerate(listing.items))
    assert listing.partial == "larger than 1000 bytes, the rest was not read"


def test_a_large_broken_feed_is_read_at_its_start_only() -> None:
    body = rss(*(item(number, "<x>&</x>") for number in range(5000)))
    listing = parse_feed(body, url=URL, limits=Limits(feed_items=10_000))
    assert 100 < len(listing.items) < 5000
    assert str(listing.partial).endswith("only its start was read")


def test_entities_reach_no_file_and_do_not_grow() -> None:
    outside = rss('<item><title>&e;</title><link>https://x.org/post/1</link></item>',
                  head='<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>')  # fmt: skip
    assert "root" not in str(parse_feed(outside, url=URL))
    names = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = rss("<item><title>&l9;</title><link>https://x.org/post/1</link></item>",
               head=f'<!DOCTYPE r [<!ENTITY l0 "lol">{"".join(names)}]>')  # fmt: skip
    assert len(str(parse_feed(bomb, url=URL))) < 1000


def test_json_feed_is_bounded() -> None:
    body = b'{"items": [' + b",".join(b'{"url": "/post/%d"}' % number for number in range(9)) + b"]}"
    listing = parse_feed(body, url=URL, limits=Limits(feed_items=4))
    assert len(listing.items) == 4
    assert listing.partial == "more than 4 items, the rest was not read"
    with pytest.raises(UnreadableError, match="larger than 20 bytes"):
        parse_feed(body, url=URL, limits=Limits(feed_bytes=20))
