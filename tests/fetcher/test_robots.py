from __future__ import annotations

import threading

import pytest

from scraper.errors import Refused, TryLater, Unavailable
from scraper.fetcher.gate import RobotsGate
from scraper.fetcher.robots import GOOD_COPY_AGE, MAX_BYTES, Robots, RobotsAnswer, decode, judge, page_directives
from scraper.fetcher.state import MemoryState

SITE = "https://a.example"
NOW = 1_800_000_000.0
DAY = 86400.0

CASES = [
    # rules, path, allowed
    ("", "/x", True),
    ("Disallow: /", "/x", True),
    ("User-agent: *\nDisallow:", "/x", True),
    ("User-agent: *\nDisallow: /", "/", False),
    ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ("User-agent: *\nDisallow: /a", "/abc", False),
    ("User-agent: *\nDisallow: /a/", "/a", True),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
    ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
    ("User-agent: *\nDisallow: /*.php", "/x/y.php?z", False),
    ("User-agent: *\nDisallow: /*.php$", "/x/y.php?z", True),
    ("User-agent: *\nDisallow: /*.php$", "/x/y.php", False),
    ("User-agent: *\nDisallow: /*?print", "/x?print=1", False),
    ("User-agent: *\nDisallow: /a%3cd.html", "/a%3Cd.html", False),
    ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9", False),
    ("User-agent: *\nDisallow: /A", "/a", True),
    ("user-agent: *\ndisallow: /a", "/a", False),
    ("User-agent:*\nDisallow:/a", "/a", False),
    ("  User-agent : *  # all\n\tDisallow : /a # not this", "/a", False),
    ("User-agent: *\r\nDisallow: /a\r\n", "/a", False),
    ("User-agent: *\rDisallow: /a\r", "/a", False),
    ("User-agent *\nDisallow /a", "/a", False),
    ("User-agent: *\nDissalow: /a", "/a", False),
    ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    # groups: the product token is matched as a whole, whatever its case; all groups of it count; * only without one
    ("User-agent: public-radio-scraper\nDisallow: /a", "/a", False),
    ("User-agent: Public-Radio-Scraper\nDisallow: /a", "/a", False),
    ("User-agent: public-radio-scraper/1.0\nDisallow: /a", "/a", False),
    ("User-agent: public-radio\nDisallow: /a", "/a", True),
    ("User-agent: public\nDisallow: /a", "/a", True),
    ("User-agent: radio-scraper\nDisallow: /a", "/a", True),
    ("User-agent: public-radio-scraper-news\nDisallow: /a", "/a", True),
    ("User-agent: public-radio-scraper\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
    ("User-agent: *\nDisallow: /\n\nUser-agent: public-radio-scraper\nDisallow: /b", "/a", True),
    ("User-agent: public-radio-scraper\nDisallow: /a\n\nUser-agent: public-radio-scraper\nDisallow: /b", "/b", False),
    ("User-agent: other\nUser-agent: public-radio-scraper\nDisallow: /a", "/a", False),
    ("User-agent: other\n\n\nUser-agent: *\nDisallow: /a", "/a", False),
    ("User-agent: other\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/a", True),
    # lines of other kinds do not end a group; a delay or a signal is a rule and does
    ("User-agent: *\nSitemap: https://a.example/s.xml\nDisallow: /a", "/a", False),
    ("User-agent: other\nSitemap: https://a.example/s.xml\nUser-agent: *\nDisallow: /a", "/a", False),
    ("User-agent: *\nUnknown: thing\nDisallow: /a", "/a", False),
    ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: BadBot\nDisallow: /", "/a", True),
    ("User-agent: *\nContent-Signal: ai-train=no\n\nUser-agent: BadBot\nDisallow: /", "/a", True),
    ("User-agent: public-radio-scraper\nCrawl-delay: 10\n\nUser-agent: *\nDisallow: /", "/a", True),
    # line breaks that Python knows and robots.txt does not
    ("User-agent: *\nDisallow: /a\x0bAllow: /a", "/a", True),
    ("User-agent: *\nDisallow: /b\u2028Allow: /b", "/b/c", True),
]


@pytest.mark.parametrize(("rules", "path", "allowed"), CASES)
def test_given_rules_when_a_path_is_asked_for_then_rfc_9309_holds(rules, path, allowed) -> None:
    assert Robots(rules.encode()).allows(SITE + path) is allowed


@pytest.mark.parametrize(
    ("rules", "path", "decides"),
    [
        ("User-agent: *\nDisallow: /a", "/abc", "Disallow: /a"),
        ("User-agent: *\nDissalow: /a\nDisallow: /ab*", "/abc", "Disallow: /ab*"),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", "Allow: /a/b"),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", "Disallow: /a"),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/c", None),
        ("User-agent: *\nDisallow:\nCrawl-delay: 3", "/c", None),
        ("", "/c", None),
    ],
)
def test_given_a_verdict_when_asked_why_then_the_longest_rule_is_named(rules, path, decides) -> None:
    robots = Robots(rules.encode())
    assert robots.deciding(SITE + path, allowed=robots.allows(SITE + path)) == decides


def test_given_a_large_file_when_decoded_then_500_kib_are_cut_at_a_whole_line() -> None:
    lines = b"Disallow: /" + b"x" * 88 + b"\n"
    text = decode(lines * 6000)
    assert MAX_BYTES - 100 < len(text) <= MAX_BYTES
    assert text.endswith("x\n")
    assert decode(b"x" * 600_000) == ""


def test_given_sitemaps_and_delays_when_read_then_they_are_ours() -> None:
    rules = Robots(
        b"Sitemap: https://b.example/one.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /x\n"
        b"User-agent: other\nCrawl-delay: 99\nsitemap:https://a.example/two.xml"
    )
    assert rules.sitemaps == ["https://b.example/one.xml", "https://a.example/two.xml"]
    assert rules.crawl_delay == 2.5
    assert Robots(b"User-agent: *\nCrawl-delay: soon").crawl_delay is None
    assert Robots(b"User-agent: *\nCrawl-delay: -1").crawl_delay is None


def test_given_reservations_against_language_models_when_read_then_they_are_words() -> None:
    rules = Robots(
        b"User-agent: *\nContent-Signal: search=yes,ai-input=yes, AI-Train=No\nAllow: /\n\n"
        b"User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /news\n"
    )
    assert rules.signals == {"search": "yes", "ai-input": "yes", "ai-train": "no"}
    assert rules.opt_outs(SITE + "/news/1") == ("ai-train=no", "ai-crawlers=no")
    assert rules.opt_outs(SITE + "/music") == ("ai-train=no",)
    assert rules.allows(SITE + "/news/1")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(200, "rules"), (204, "rules"), (302, "allow"), (304, "allow"), (400, "allow"), (404, "allow"), (410, "allow"),
     (451, "allow"), (401, "not-now"), (403, "not-now"), (429, "not-now"), (500, "disallow"), (503, "disallow")],
)  # fmt: skip
def test_given_a_status_when_judged_then_its_meaning_is_rfc_9309s_or_stricter(status, verdict) -> None:
    assert judge(RobotsAnswer(status, body=b"x"), None, NOW).verdict == verdict


@pytest.mark.parametrize(
    "answer", [RobotsAnswer(500), RobotsAnswer(None, error="silence"), RobotsAnswer(200, error="broken")]
)
def test_given_a_good_copy_when_the_file_cannot_be_had_then_it_holds_for_30_days(answer) -> None:
    good = judge(RobotsAnswer(200, body=b"User-agent: *\nDisallow: /a"), None, NOW)
    later = judge(answer, good, NOW + DAY)
    again = judge(answer, later, NOW + GOOD_COPY_AGE)
    assert (later.verdict, again.verdict, again.body, again.good_at) == ("rules", "rules", good.body, NOW)
    assert judge(answer, again, NOW + GOOD_COPY_AGE + 1).verdict == "disallow"
    back = judge(RobotsAnswer(200, body=b"new"), again, NOW + GOOD_COPY_AGE + DAY)
    assert (back.verdict, back.body) == ("rules", b"new")


def test_given_a_good_copy_when_the_site_refuses_the_file_then_the_copy_does_not_help() -> None:
    good = judge(RobotsAnswer(200, body=b""), None, NOW)
    refused = judge(RobotsAnswer(403), good, NOW + DAY)
    assert refused.verdict == "not-now"
    assert judge(RobotsAnswer(500), refused, NOW + 2 * DAY).verdict == "rules"


@pytest.mark.parametrize(
    ("cache", "age"),
    [(None, DAY), ("max-age=3600", 3600), ("public, max-age=999999", DAY), ("max-age=0", 600), ("no-cache", 600),
     ("no-store", 600), ("max-age=7200, s-maxage=1800", 1800), ("max-age=oops", DAY), ('max-age="900"', 900)],
)  # fmt: skip
def test_given_cache_control_when_judged_then_it_shortens_a_day_to_ten_minutes_at_most(cache, age) -> None:
    headers = {"cache-control": cache} if cache else {}
    assert judge(RobotsAnswer(200, headers), None, NOW).expires_at == NOW + age


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (None, ()),
        ("noindex", ("noindex",)),
        ("NOINDEX, NoArchive", ("noindex", "noarchive")),
        ("googlebot: noarchive", ()),
        ("googlebot: noarchive, nofollow", ()),
        ("public-radio-scraper: noarchive, otherbot: nofollow", ("noarchive",)),
        ("max-snippet:-1, max-image-preview:large, noai", ("noai",)),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive", ("noarchive",)),
        ("gibberish, , :", ()),
        ("googlebot: noarchive\nnoindex", ("noindex",)),
        ("noindex\notherbot: nofollow, noarchive\n*: nosnippet", ("noindex", "nosnippet")),
        ("Public-Radio-Scraper: NOAI\ngooglebot: none", ("noai",)),
    ],
)
def test_given_x_robots_tags_when_read_then_those_for_us_remain(header, words) -> None:
    assert page_directives(header) == words


class Wall:
    now = NOW

    def __call__(self) -> float:
        return self.now


def test_given_many_threads_when_a_verdict_is_needed_then_the_file_is_asked_for_once() -> None:
    gate, asked, ready = RobotsGate(MemoryState(), Wall()), [], threading.Barrier(8)

    def ask(origin: str) -> RobotsAnswer:
        asked.append(origin)
        return RobotsAnswer(200, body=b"User-agent: *\nDisallow: /a")

    def work() -> None:
        ready.wait()
        verdicts.append(gate.verdict(SITE + "/a", SITE, ask).allowed)

    verdicts: list[bool] = []
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (asked, verdicts) == ([SITE], [False] * 8)


def test_given_a_verdict_when_it_expires_or_the_clock_is_set_back_then_the_file_is_asked_for_again() -> None:
    wall, asked = Wall(), []
    gate = RobotsGate(MemoryState(), wall)

    def ask(origin: str) -> RobotsAnswer:
        asked.append(wall.now)
        return RobotsAnswer(404)

    for moment in (NOW, NOW + DAY - 1, NOW + DAY, NOW - 5 * DAY):
        wall.now = moment
        assert gate.verdict(SITE + "/a", SITE, ask).allowed
    assert asked == [NOW, NOW + DAY, NOW - 5 * DAY]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (RobotsAnswer(503, error="busy", retry_at=NOW + 7200), TryLater),
        (RobotsAnswer(None, error="silence"), Unavailable),
        (RobotsAnswer(500), Refused),
        (RobotsAnswer(429), Refused),
    ],
)
def test_given_no_verdict_when_asked_then_the_error_says_which_kind(answer, error) -> None:
    wall, asked = Wall(), []
    gate = RobotsGate(MemoryState(), wall)
    for _ in range(2):
        with pytest.raises(error, match=r"https://a\.example: "):
            gate.verdict(SITE + "/a", SITE, lambda origin: asked.append(origin) or answer)
    assert len(asked) == 1


def test_the_file_itself_is_always_allowed() -> None:
    rules = Robots(b"User-agent: *\nDisallow: /")
    assert rules.allows(SITE + "/robots.txt")
    assert not rules.allows(SITE + "/robots.txt.html")
