"""Sitemaps: plain, packed, of news, of sitemaps; broken ones up to the break; hostile ones within bounds."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discoverer.mended import mended
from scraper.discoverer.model import Item, Limits, UnreadableError
from scraper.discoverer.sitemaps import parse_sitemap

SITEMAPS = Path(__file__).parents[2] / "fixtures" / "sitemaps"
URL = "https://www.wxyz.example/sitemap.xml"
STORY = "https://www.wxyz.example/news/2026-03-10/story-"


def urlset(*entries: str, head: str = "") -> bytes:
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?>{head}<urlset xmlns="{namespace}">{"".join(entries)}</urlset>'.encode()


def entry(number: int) -> str:
    return f"<url><loc>{STORY}{number}</loc></url>"


def test_urls_with_their_last_change() -> None:
    listing = parse_sitemap((SITEMAPS / "grove_latest.xml").read_bytes(), url=URL)
    assert listing.items[0] == Item(
        "https://www.wxyz.example/regional-news/2026-03-10/ferry-service-to-alder-island-resumes",
        lastmod="2026-03-11T01:04:00Z",
    )
    assert len(listing.items) == 4  # and no address of an image
    assert listing.children == []
    assert listing.partial is None


def test_news_extension() -> None:
    listing = parse_sitemap((SITEMAPS / "grove_news.xml").read_bytes(), url=URL)
    assert listing.items == [
        Item(
            "https://www.wxyz.example/2026-03-10/scientists-hear-the-glacier",
            published="2026-03-10T18:30:00Z",
            title="Scientists hear the glacier & write it down",
            news=True,
        )
    ]


def test_index() -> None:
    listing = parse_sitemap((SITEMAPS / "grove_index.xml").read_bytes(), url=URL)
    assert listing.items == []
    assert [child.url for child in listing.children] == [
        f"https://www.wxyz.example/sitemap-{month}.xml" for month in (202601, 202602, 202603)
    ]
    assert listing.children[2].lastmod == "2026-03-11T01:00:00Z"


def test_gzip_of_several_members() -> None:
    body = urlset(entry(1), entry(2))
    packed = gzip.compress(body[:80]) + gzip.compress(body[80:])
    assert parse_sitemap(packed, url=URL) == parse_sitemap(body, url=URL)


@pytest.mark.parametrize("namespace", ["", ' xmlns="https://www.google.com/schemas/sitemap/0.84"', ' xmlns="wrong"'])
def test_the_namespace_does_not_matter(namespace: str) -> None:
    body = f"<urlset{namespace}><url><loc> {STORY}1\n</loc></url></urlset>"
    assert parse_sitemap(body.encode(), url=URL).items == [Item(f"{STORY}1")]


def test_forms_of_text() -> None:
    body = urlset(entry(1))
    assert parse_sitemap(b"\n \n" + body, url=URL).items == [Item(f"{STORY}1")]
    assert parse_sitemap(b"\xef\xbb\xbf" + body, url=URL).items == [Item(f"{STORY}1")]
    wide = body.decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")
    assert parse_sitemap(wide, url=URL).items == [Item(f"{STORY}1")]
    lines = f"{STORY}1\r\n\r\n# note\n{STORY}2\n".encode()
    assert parse_sitemap(lines, url=URL).items == [Item(f"{STORY}1"), Item(f"{STORY}2")]
    feed = f'<rss version="2.0"><channel><item><link>{STORY}1</link></item></channel></rss>'
    assert parse_sitemap(feed.encode(), url=URL).items == [Item(f"{STORY}1")]


def test_escapes_relative_addresses_and_empty_entries() -> None:
    body = urlset(
        "<url><loc>/news/2026-03-10/x?a=1&amp;b=2</loc></url>",
        "<url><loc><![CDATA[https://x.org/?a=1&b=2]]></loc></url>",
        "<url><loc/></url>",
        "<url><loc>http://[</loc></url>",
        "<url/>",
        "<!-- <url><loc>https://x.org/comment</loc></url> -->",
    )
    assert [item.url for item in parse_sitemap(body, url=URL).items] == [
        "https://www.wxyz.example/news/2026-03-10/x?a=1&b=2",
        "https://x.org/?a=1&b=2",
        "http://[",
    ]


@pytest.mark.parametrize(
    ("lastmod", "meaning"),
    [
        ("2026-03-10", "2026-03-10"),
        ("2026-03-10T21:00:00-04:00", "2026-03-11T01:00:00Z"),
        ("2026-03-10T21:00:00.123456Z", "2026-03-10T21:00:00Z"),
        ("2026-03-10T21:00", "2026-03-10"),
        ("2026-03", None),
        ("2026-02-30", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_last_changes(lastmod: str, meaning: str | None) -> None:
    body = urlset(f"<url><loc>https://x.org/</loc><lastmod>{lastmod}</lastmod></url>")
    assert parse_sitemap(body, url=URL).items[0].lastmod == meaning


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is empty"),
        (b"<!doctype html><title>Not found</title>", "an HTML page, not a sitemap"),
        (b"not found", "neither XML nor a list of addresses"),
        (b"<kml></kml>", "not a sitemap but <kml>"),
        (b"<kml><x>", "not a sitemap but <kml> (not well-formed"),
        (b"\x1f\x8bnothing packed", "damaged gzip data"),
    ],
)
def test_what_is_no_sitemap_is_told_in_one_line(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_sitemap(body, url=URL)
    assert str(caught.value).startswith(reason)
    assert "\n" not in str(caught.value)


def test_a_cut_sitemap_gives_what_stands_before_the_cut() -> None:
    body = urlset(*(entry(number) for number in range(100)))
    cut = parse_sitemap(body[: body.index(b"story-60")], url=URL)
    assert [item.url for item in cut.items] == [f"{STORY}{number}" for number in range(60)]
    assert str(cut.partial).startswith("not well-formed: ")
    packed = gzip.compress(body)
    half = parse_sitemap(packed[: len(packed) // 2], url=URL)
    assert half.partial == "the gzip data ends early"
    assert [item.url for item in half.items] == [f"{STORY}{number}" for number in range(len(half.items))]


def test_a_usual_slip_costs_no_entry_and_makes_no_address_up() -> None:
    slips = (b"&c=2", b"\x01", b"\xe9", b"&nope=1&amp;x=2")
    for slip in slips:
        body = urlset(entry(1), "<url><loc>https://x.org/?b=1SLIP</loc></url>", entry(3)).replace(b"SLIP", slip)
        listing = parse_sitemap(body, url=URL)
        assert listing.partial is None, slip
        assert [item.url for item in listing.items][::2] == [f"{STORY}1", f"{STORY}3"]
    whole = urlset(entry(1), "<url><loc>https://x.org/?b=1&c=2&amp;d</loc></url>")
    assert parse_sitemap(whole, url=URL).items[1].url == "https://x.org/?b=1&c=2&d"


def test_another_slip_leaves_what_stands_in_front_of_it() -> None:
    listing = parse_sitemap(urlset(entry(1), "<url><loc>https://x.org/<b></loc></url>", entry(3)), url=URL)
    assert listing.items == [Item(f"{STORY}1")]
    assert str(listing.partial).startswith("not well-formed: ")


@given(st.binary(max_size=300), st.integers(1, 40))
def test_mended_text_is_the_same_however_it_comes(text: bytes, size: int) -> None:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    whole = b"".join(mended([b"<?xml version='1.0'?>", text]))
    assert b"".join(mended([b"<?xml version='1.0'?>", *pieces])) == whole
    assert not {*range(9), 11, 12} & {*whole}
    whole.decode()


def test_the_number_of_entries_is_bounded() -> None:
    body = urlset(*(entry(number) for number in range(8)))
    listing = parse_sitemap(body, url=URL, limits=Limits(sitemap_items=5))
    assert len(listing.items) == 5
    assert listing.partial == "more than 5 entries, the rest was not read"
    assert parse_sitemap(body, url=URL, limits=Limits(sitemap_items=8)).partial is None
    lines = "\n".join(f"{STORY}{number}" for number in range(8)).encode()
    assert len(parse_sitemap(lines, url=URL, limits=Limits(sitemap_items=5)).items) == 5


def test_the_size_is_bounded_after_unpacking() -> None:
    body = urlset(*(entry(number) for number in range(2000)))
    listing = parse_sitemap(gzip.compress(body), url=URL, limits=Limits(sitemap_bytes=20_000))
    assert 0 < len(listing.items) < 2000
    assert listing.partial == "larger than 20000 bytes, the rest was not read"


HOSTILE = {
    "gzip bomb": gzip.compress(b"<urlset>" + b" " * 100_000_000),
    "endless word": gzip.compress(b"<urlset><url><loc>" + b"a" * 100_000_000),
    "endless entry": b"<urlset><url>" + b"<loc>a</loc>" * 500_000,
    "depth": b"<urlset>" + b"<a>" * 100_000,
    "nothing listed": b"<urlset>" + b"<x/>" * 500_000 + b"</urlset>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sitemaps_stay_small(name: str) -> None:
    tracemalloc.start()
    try:
        listing = parse_sitemap(HOSTILE[name], url=URL)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert listing.items == []
    assert listing.partial is not None
    assert peak < 20_000_000


def test_entities_reach_no_file_and_do_not_grow() -> None:
    outside = urlset("<url><loc>https://x.org/&e;</loc></url>", entry(1),
                     head='<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>')  # fmt: skip
    assert parse_sitemap(outside, url=URL).items == [Item(f"{STORY}1")]
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = urlset(entry(1), '<url><loc x="&l9;">&l9;</loc></url>', head=f'<!DOCTYPE r [<!ENTITY l0 "lol">{names}]>')
    assert len(str(parse_sitemap(bomb, url=URL))) < 1000
