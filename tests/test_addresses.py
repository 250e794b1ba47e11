"""Addresses: one key for many spellings, never one for two pages; and what a path says of its page."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scraper import addresses

PAGING = "00000183-c907-d1ec-a5db-cf2f0d3a0000-p"

SAME = [
    ("http://www.bpr.org/news/2021-08-11/x", "https://bpr.org/news/2021-08-11/x/"),
    ("https://www.bpr.org/news/2021-08-11/x?_amp=true", "https://www.bpr.org/news/2021-08-11/x"),
    (
        "https://www.bpr.org/news/2021-08-11/x?utm_source=npr&utm_medium=rss#stream/0",
        "https://bpr.org/news/2021-08-11/x",
    ),
    ("https://bpr.org:443/news/2021-08-11/x?fbclid=IwAR0", "http://bpr.org:80/news/2021-08-11/x"),
    (f"https://bpr.org/news/2021-08-11/x?{PAGING}=2", "https://bpr.org/news/2021-08-11/x"),
    ("https://bpr.org/post/x?f=1001&t=5&source=rss", "https://bpr.org/post/x"),
    ("https://BPR.org./news", "https://bpr.org/news"),
    ("https://bpr.org/a/../news/./today", "https://bpr.org/news/today"),
    ("https://bpr.org/caf%c3%a9", "https://bpr.org/café"),
    ("https://bpr.org/%6eews", "https://bpr.org/news"),
    ("https://bpr.org/search?q=a%20b", "https://bpr.org/search?q=a+b"),
    ("https://bpr.org/search?s=1&q=a", "https://bpr.org/search?q=a&s=1"),
    ("https://radio.bücher.example/x", "https://radio.xn--bcher-kva.example/x"),
    ("https://wabe.org/a-long-story/amp/", "https://wabe.org/a-long-story/amp"),
    ("https://wabe.org/2024/01/02/a-long-story/amp/", "https://wabe.org/2024/01/02/a-long-story/"),
    ("https://www.npr.org/2024/05/11/1250529661/x?ft=nprml&f=1001", "https://www.npr.org/2024/05/11/1250529661/x"),
    ("https://www.npr.org/2024/05/11/1250529661/x?sc=tw&cc=share&t=1", "http://npr.org/2024/05/11/1250529661/x"),
    (
        "https://www.npr.org/templates/story/story.php?storyId=87793&ps=cprs?storyId=87793",
        "http://npr.org/templates/story/story.php?storyid=87793",
    ),
    (" https://bpr.org/news\n", "https://bpr.org/news"),
    ("https://reader:secret@bpr.org/news", "https://bpr.org/news"),
]

APART = [
    ("https://npr.org/templates/story/story.php?storyId=1", "https://npr.org/templates/story/story.php?storyId=2"),
    ("https://bpr.org/search?q=a", "https://bpr.org/search?q=b"),
    ("https://forum.example/viewtopic.php?f=1&t=2", "https://forum.example/viewtopic.php?f=1&t=3"),
    ("https://site.example/2021/08/11/show.php?t=1", "https://site.example/2021/08/11/show.php?t=2"),
    ("https://site.example/article?source=1", "https://site.example/article?source=2"),
    ("https://bpr.org/?p=1", "https://bpr.org/?p=2"),
    (f"https://bpr.org/tags/x?{PAGING}=2", f"https://bpr.org/tags/x?{PAGING}=3"),
    ("https://bpr.org/News", "https://bpr.org/news"),
    ("https://bpr.org/a%2Fb", "https://bpr.org/a/b"),
    ("https://bpr.org/a%3Fb", "https://bpr.org/a?b"),
    ("https://bpr.org/x?a=1%262", "https://bpr.org/x?a=1&2"),
    ("https://news.wfsu.org/x", "https://wfsu.org/x"),
    ("https://bpr.org:8443/x", "https://bpr.org/x"),
    ("https://bpr.org/music/amp", "https://bpr.org/music"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_address_share_a_key(one: str, other: str) -> None:
    assert addresses.key(one) == addresses.key(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_pages_never_share_a_key(one: str, other: str) -> None:
    assert addresses.key(one) != addresses.key(other)


def test_key_has_no_scheme_and_no_www() -> None:
    assert addresses.key("https://www.bpr.org/news/") == "bpr.org/news"
    assert addresses.key("https://www.bpr.org/") == "bpr.org"
    assert addresses.key("https://www.org/x") == "www.org/x"


@pytest.mark.parametrize(
    "url",
    [
        "mailto:news@bpr.org",
        "javascript:void(0)",
        "tel:1-800",
        "ftp://bpr.org/x",
        "/news/x",
        "bpr.org/x",
        "http://",
        "http://[::1",
        "http://bpr.org:port/",
        "http://a b/",
        "http://bpr..org/x",
        "http://x\ud800.org/",
        "",
    ],
)
def test_what_is_no_web_address_stays_as_given(url: str) -> None:
    assert addresses.split(url) is None
    assert addresses.key(url) == url
    assert addresses.normalise(url) == url
    assert addresses.host(url) is None
    assert addresses.kind(url) is None
    assert addresses.date_in(url) is None


def test_escaped_delimiters_survive_normalisation() -> None:
    url = "https://bpr.org/a%2Fb%3Fc%23d?u=https%3A%2F%2Fx.org%2F%3Fa%3D1%26b&plus=%2B"
    assert addresses.normalise(url) == "https://bpr.org/a%2Fb%3Fc%23d?plus=%2B&u=https://x.org/?a%3D1%26b"


def test_bytes_that_are_no_utf8_survive_normalisation() -> None:
    assert addresses.normalise("https://bpr.org/caf%e9?q=%e9") == "https://bpr.org/caf%E9?q=%E9"


def test_hosts() -> None:
    assert addresses.host("https://WWW.BPR.org:8443/x") == "www.bpr.org"
    assert addresses.bare_host("https://www.bpr.org/x") == "bpr.org"
    assert addresses.bare_host("https://www.org/x") == "www.org"
    assert addresses.host("http://[::1]:80/") == "::1"
    assert addresses.host("https://bücher.example/") == "xn--bcher-kva.example"
    assert addresses.host(None) is None


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://www.npr.org/2024/05/11/1250529661/x", "2024-05-11"),
        ("https://bpr.org/news/2021-08-11/x", "2021-08-11"),
        ("https://www.kpbs.org/news/2019/jul/09/x", "2019-07-09"),
        ("https://www.voanews.com/english/2004-12-20-voa28.cfm", "2004-12-20"),
        ("https://x.org/2024/1/5/x", "2024-01-05"),
        ("https://x.org/2024/02/29/x", "2024-02-29"),
        ("https://x.org/2023/02/29/x", None),
        ("https://x.org/2024/04/31/x", None),
        ("https://x.org/2024/10/5-ways-to-cook", None),
        ("https://x.org/2024/xyz/05/x", None),
        ("https://x.org/2023-10-11c", None),
        ("https://x.org/2016/12/15a/x", None),
        ("https://x.org/sections/blog/2008/11/slug.html", None),
        ("https://x.org/news/slug", None),
    ],
)
def test_date_in_the_path(url: str, date: str | None) -> None:
    assert addresses.date_in(url) == date


KINDS = {
    "story": """
        https://www.bpr.org/news/2021-08-11/slug https://kut.org/2025-05-26/slug https://wvia.org/news/local/2026-09-10/x
        https://kuaf.com/show/ozarks-at-large/2024-01-02/slug https://kpcw.org/podcast/x/2024-01-02/slug
        https://wutc.org/programs/x/2021-08-11/slug https://wyomingpublicmedia.org/post/december-2nd-2016
        https://x.org/post/puzzle https://www.npr.org/2024/05/11/1250529661/slug https://www.npr.org/1250529661
        https://www.npr.org/sections/thetwo-way/2016/12/15/505723552/slug https://www.npr.org/nx-s1-5051871
        https://www.npr.org/sections/health-shots/505723552/slug https://www.npr.org/2024/07/25/nx-s1-5051871/slug
        https://www.npr.org/2024/07/25/g-s1-13314/slug https://www.npr.org/transcripts/nx-s1-5051871
        https://www.npr.org/transcripts/1220111009 https://www.npr.org/templates/story/story.php?storyId=87793
        https://www.npr.org/templates/transcript/transcript.php?storyId=87793 https://text.npr.org/1250529661
        https://text.npr.org/nx-s1-5051871 https://text.npr.org/s.php?sId=734474121
        https://www.npr.org/sections/alltechconsidered/2008/11/slug.html https://www.wbur.org/news/2024/01/02/slug
        https://www.houstonpublicmedia.org/articles/news/2021/01/02/123/slug/ https://www.kuow.org/stories/a-new-slug
        https://whyy.org/articles/budget-vote-delayed/ https://www.mprnews.org/story/2024/01/02/slug
        https://www.wfdd.org/story/gas-prices-low https://chicago.example/stories/slug/8c1e6f0a-1111-2222-3333-444455556666
        https://www.cpr.org/news/story/slug https://gothamist.com/news/rezoning-plan-plagues-a-bronx-member
        https://www.pbs.org/newshour/arts/a-painting-returns-home https://radiolab.org/podcast/wubi-effect
        https://x.org/2026/05/slug https://x.org/news/2026/05/slug
        https://www.kpbs.org/news/midday-edition/2019/07/09/slug https://www.kpbs.org/news/2019/jul/09/slug
        https://x.org/arts/people/2021-08-11/slug https://x.org/news/2021-08-11/jobs
        https://wnyc.example/podcasts/x/segments/a-slug https://www.bpr.org/news/2021-08-11/slug?_amp=true
        https://www.bbc.com/news/articles/clymn8zyrp9o https://news.x.example/2012-01-12/slug/3770386
        https://www.bpr.org/news/2021-08-11/slug?page=2
    """,
    "list": """
        https://www.bpr.org https://www.bpr.org/ https://www.bpr.org/?page=2 https://bpr.org/news https://bpr.org/local-news
        https://bpr.org/tags/floods https://bpr.org/tags/jobs https://bpr.org/category/news/politics
        https://bpr.org/term/x https://bpr.org/topic/x https://bpr.org/search https://bpr.org/search?q=floods&s=1
        https://bpr.org/search?p=43 https://bpr.org/show/fresh-air https://bpr.org/podcast/x https://bpr.org/programs/x
        https://bpr.org/local?00000183-c907-d1ec-a5db-cf2f0d3a0000-p=2 https://bpr.org/politics?page=3
        https://bpr.org/blog/page/2/ https://bpr.org/2016/12/page/2 https://bpr.org/2016/12/ https://bpr.org/2016/12/15
        https://bpr.org/news/2021-08-11 https://bpr.org/people https://bpr.org/about/staff https://bpr.org/schedule
        https://bpr.org/playlist/2024-01-02/evening https://bpr.org/community-calendar https://bpr.org/events/
        https://www.npr.org/ https://www.npr.org/sections/science/ https://www.npr.org/tags/12345678/x
        https://www.npr.org/series/1039/x https://www.npr.org/podcasts/510289/planet-money https://text.npr.org/1001
        https://www.npr.org/programs/fresh-air/ https://text.npr.org/t.php?tid=1001 https://x.org/stories/tag/water-law
        https://x.org/articles/news https://x.org/stories https://x.org/author
    """,
    "person": """
        https://bpr.org/people/jane-doe https://bpr.org/author/jane https://bpr.org/about/people/jane-doe
        https://www.npr.org/people/2100182/terry-gross https://x.org/staff/jane-doe/ https://x.org/news/author/jane
    """,
    "event": """
        https://www.ipm.org/community-calendar/event/heist-24-08-2026-10-32-57 https://x.org/events/a-concert
        https://x.org/event/2024-05-11/a-concert https://x.org/calendar/jazz-night
    """,
    "other": """
        https://bpr.org/about https://bpr.org/contact-us https://bpr.org/support/membership https://bpr.org/terms
        https://bpr.org/privacy-policy https://bpr.org/about/our-history https://bpr.org/news.rss https://bpr.org/feed/
        https://bpr.org/sitemap.xml https://x.org/wp-content/uploads/2016/12/photo.jpg https://x.org/2024/01/02/show.mp3
        https://www.npr.org/player/embed/1250529661/1250814999 https://www.npr.org/templates/rundowns/rundown.php?prgId=2
        https://www.npr.org/about-npr/179876898/terms-of-use https://help.pbs.example/support/articles/5000677869
    """,
    None: """
        https://bpr.org/?p=4711 https://x.org/some-long-slug-of-a-story https://x.org/2023-10-11c
        https://info.example/bb/viewtopic.php?p=1201 https://x.org/show/x/2024-01-02
        https://www.npr.org/programs/morning-edition/2024/05/13/1250814999/x https://x.org/live-updates/storm
        https://www.tagesschau.example/inland/flut-100.html
        https://www.pbs.org/newshour/about/a-long-page-of-the-house
    """,
}


@pytest.mark.parametrize(("url", "kind"), [(url, kind) for kind, urls in KINDS.items() for url in urls.split()])
def test_kind_by_grammar(url: str, kind: str | None) -> None:
    assert addresses.kind(url) == kind


def test_npr_rules_hold_for_npr_alone() -> None:
    assert addresses.npr_story_id("https://www.npr.org/2024/05/11/1250529661/x") == "1250529661"
    assert addresses.npr_story_id("https://www.npr.org/2024/05/11/g-s1-13314/x") == "g-s1-13314"
    assert addresses.npr_story_id("https://www.npr.org/people/2100182/x") is None
    assert addresses.npr_story_id("https://evilnpr.org/2024/05/11/1250529661/x") is None
    assert addresses.npr_story_id("https://npr.org.example.test/1250529661") is None
    assert addresses.kind("https://evilnpr.org/1250529661") is None


HOSTS = st.sampled_from(
    [
        "bpr.org",
        "www.bpr.org",
        "WWW.NPR.org",
        "www.org",
        "text.npr.org",
        "bücher.example",
        "[::1]",
        "127.0.0.1",
        "x.org.",
    ]
)
WORDS = """.. %2e %2F %zz %e9 é amp 2021-08-11 2024/05/11/1250529661 slug post storyId=87793 utm_source=x p=2 f=1 a b
    index.php tags"""
PIECES = st.sampled_from([*"/.?&=#%+;:@ ", *WORDS.split(), f"{PAGING}=2"])
URLS = st.builds(
    lambda scheme, host, port, pieces: f"{scheme}://{host}{port}/{''.join(pieces)}",
    st.sampled_from(["http", "https", "HTTP"]),
    HOSTS,
    st.sampled_from(["", ":80", ":443", ":8000"]),
    st.lists(PIECES, max_size=12),
)


@settings(max_examples=300, deadline=None)
@given(URLS)
@example("https://bpr.org/%2e%2e/x")
@example("https://bpr.org/2021-08-11/..%2fx?f=1")
@example("https://npr.org/?storyId=1&storyId=2")
def test_spelling_is_settled_once(url: str) -> None:
    once = addresses.normalise(url)
    assert addresses.normalise(once) == once
    assert addresses.key(once) == addresses.key(url)
    assert addresses.key(addresses.key(url)) == addresses.key(url)
    assert addresses.host(once) == addresses.host(url)
    assert addresses.kind(once) == addresses.kind(url)
    assert addresses.date_in(once) == addresses.date_in(url)
    assert addresses.npr_story_id(once) == addresses.npr_story_id(url)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map("https://".__add__)))
def test_any_text_is_answered(text: str) -> None:
    once = addresses.normalise(text)
    assert addresses.normalise(once) == once
    assert addresses.key(addresses.key(text)) == addresses.key(text)
    assert addresses.host(once) == addresses.host(text)
    assert addresses.kind(text) in {"story", "list", "person", "event", "other", None}
    assert addresses.date_in(text) is None or len(addresses.date_in(text) or "") == 10
