"""A robots.txt that cannot be had, or is not what it should be."""

from __future__ import annotations

import sys

import pytest

from scraper.errors import NotAnArticle, Refused, TryLater, Unavailable
from scraper.fetcher import MemoryState, RobotsEntry

h = sys.modules["hostile_server"]
TEXT = {"Content-Type": "text/plain"}
FORBID = h.answer(b"User-agent: *\nDisallow: /", headers=TEXT)


def robots(body: bytes) -> bytes:
    return h.answer(body, headers=TEXT)


ALLOWING = {
    "is not found": h.NOT_FOUND,
    "is gone": h.answer(b"", 410),
    "asks for payment": h.answer(b"", 402),
    "is empty": robots(b""),
    "is a web page": h.answer(),
    "is a picture": h.answer(b"\x89PNG\r\n" + bytes(range(256)), headers={"Content-Type": "image/png"}),
    "starts with a byte-order mark": robots(b"\xef\xbb\xbfUser-agent: *\nDisallow: /private"),
    "is full of zeros": robots(b"\0" * 100_000),
    "is one line of a million characters": robots(b"User-agent: * " + b"x" * 1_000_000),
    "forbids after 500 KiB": robots(b"User-agent: *\n" + b"# padding\n" * 52_000 + b"Disallow: /\n"),
    "never ends": h.endless(b"# and so on\n" * 5000, after=b"HTTP/1.1 200 OK\r\n\r\n"),
    "redirects six times": [h.redirect("/robots.txt?1")],
    "redirects to itself": h.redirect("/robots.txt"),
    "redirects in a circle": h.redirect("/robots.txt/1"),
}


@pytest.mark.parametrize("act", ALLOWING.values(), ids=ALLOWING.keys())
def test_given_a_robots_file_without_rules_for_us_when_fetched_then_the_page_is_had(server, make, act) -> None:
    server.routes |= {"/robots.txt": act, "/robots.txt/1": h.redirect("/robots.txt"), "/page": h.answer()}
    if isinstance(act, list):
        for n in range(8):
            server.routes[f"/r{n}"] = h.redirect(f"/r{n + 1}")
        server.routes["/robots.txt"] = h.redirect("/r0")
    page = make(settings={"deadline": 5.0, "timeout": 5.0}).fetch(server.url("/page"))
    assert page.robots == "allowed"


FORBIDDING = {
    "forbids": (FORBID, "robots.txt forbids it"),
    "forbids after a byte-order mark": (robots(b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), "forbids"),
    "forbids behind a redirect": (h.redirect("/moved"), "forbids"),
    "forbids in compressed words": (
        h.answer(__import__("gzip").compress(b"User-agent: *\nDisallow: /"), headers={"Content-Encoding": "gzip"}),
        "forbids",
    ),
    "fails": (h.answer(b"", 500), "answers 500; without it nothing is fetched"),
    "is overloaded": (h.answer(b"", 503), "answers 503"),
    "wants a password": (h.answer(b"", 401), "answers 401; taken as not now"),
    "is forbidden itself": (h.answer(b"", 403), "answers 403; taken as not now"),
    "is asked for too often": (h.answer(b"", 429), "answers 429; taken as not now"),
    "breaks off": (h.raw("HTTP/1.1 200 OK\nContent-Length: 5000", b"User-agent: *\n"), "broke within the body"),
    "redirects to a private address": (
        h.redirect("http://10.0.0.1/robots.txt"),
        r"robots\.txt: 10\.0\.0\.1 is not a public",
    ),
    "redirects to a number": (h.redirect("http://0177.0.0.1/"), "in the spelling of one"),
}


@pytest.mark.parametrize(("act", "reason"), FORBIDDING.values(), ids=FORBIDDING.keys())
def test_given_robots_that_forbid_or_fail_when_fetched_then_it_is_refused(server, make, act, reason) -> None:
    server.routes |= {"/robots.txt": act, "/page": h.answer(), "/moved": FORBID}
    with pytest.raises(Refused, match=reason) as refusal:
        make().fetch(server.url("/page"))
    assert "--allow-host" not in str(refusal.value)
    assert "/page" not in server.paths()


@pytest.mark.parametrize("act", [h.silent, h.hang_up, h.close_after(b"SSH-2.0-OpenSSH\r\n")])
def test_given_a_site_that_gives_no_answer_at_all_when_fetched_then_it_is_unavailable(server, make, act) -> None:
    server.routes |= {"/robots.txt": act, "/page": h.answer()}
    with pytest.raises(Unavailable, match=r"robots\.txt"):
        make().fetch(server.url("/page"))
    assert "/page" not in server.paths()


def test_given_robots_that_fail_when_a_good_copy_is_young_then_it_holds(server, fake, time) -> None:
    state = MemoryState()
    server.routes["/robots.txt"] = [robots(b"User-agent: *\nDisallow: /private"), h.answer(b"", 500)]
    server.routes |= {"/page": h.answer(), "/private": h.answer()}
    fetcher = fake(state=state)
    fetcher.fetch(server.url("/page"))
    time.now += 25 * 3600
    assert fetcher.fetch(server.url("/page")).status == 200
    assert "last good copy" in fetcher.robots(server.url("/page")).reason
    with pytest.raises(Refused, match="forbids it"):
        fetcher.fetch(server.url("/private"))
    time.now += 30 * 24 * 3600
    with pytest.raises(Refused, match="without it nothing is fetched"):
        fetcher.fetch(server.url("/page"))


def test_given_a_fresh_robots_file_in_the_state_when_fetched_then_it_is_not_asked_for_again(server, fake, time) -> None:
    state = MemoryState()
    entry = RobotsEntry(
        verdict="rules", status=200, body=b"User-agent: *\nDisallow: /no", good_at=time.now, fetched_at=time.now,
        expires_at=time.now + 3600,
    )  # fmt: skip
    state.put_robots(f"http://{server.host}", entry)
    server.routes["/page"] = h.answer()
    fetcher = fake(state=state)
    fetcher.fetch(server.url("/page"))
    assert [request.path for request in server.requests] == ["/page"]
    time.now += 3601
    fetcher.fetch(server.url("/page"))
    assert [request.path for request in server.requests] == ["/page", "/robots.txt", "/page"]


def test_given_robots_that_ask_to_come_back_in_an_hour_when_fetched_then_it_is_later(server, fake, time) -> None:
    server.routes["/robots.txt"] = h.answer(b"", 503, {"Retry-After": "3600"})
    fetcher = fake(settings={"attempts": 3})
    for _ in range(2):
        with pytest.raises(TryLater) as later:
            fetcher.fetch(server.url("/page"))
        assert later.value.retry_at == pytest.approx(time.now + 3600, abs=1)
    assert len(server.requests) == 1


def test_given_a_crawl_delay_above_the_cap_when_crawled_then_the_host_is_refused(server, fake) -> None:
    server.routes |= {"/robots.txt": robots(b"User-agent: *\nCrawl-delay: 3600"), "/page": h.answer()}
    with pytest.raises(Refused, match="asks for 3600 s between requests, more than the 120 s"):
        fake(crawl=True, contact="a@example.org").fetch(server.url("/page"))
    assert fake().fetch(server.url("/page")).status == 200


def test_given_a_redirect_to_a_host_that_forbids_when_fetched_then_its_robots_are_asked(server, make) -> None:
    other = h.Server({"/robots.txt": FORBID, "/page": h.answer()})
    server.routes["/page"] = h.redirect(other.url("/page"))
    with pytest.raises(Refused, match="forbids"):
        make(settings={"allow_hosts": (server.host, other.host)}).fetch(server.url("/page"))
    assert other.paths() == []
    other.close()


def test_given_a_redirect_into_a_forbidden_path_when_fetched_then_it_is_refused(server, make) -> None:
    server.routes |= {"/robots.txt": robots(b"User-agent: *\nDisallow: /private"), "/page": h.redirect("/x/../private")}
    with pytest.raises(Refused, match="forbids"):
        make().fetch(server.url("/page"))


def test_given_a_page_with_reservations_when_fetched_then_its_record_says_so(server, make) -> None:
    rules = b"User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n\nUser-agent: GPTBot\nDisallow: /"
    head = {"X-Robots-Tag": "noindex, noarchive", "TDM-Reservation": "1"}
    server.routes |= {"/robots.txt": robots(rules), "/page": h.answer(headers=head)}
    page = make().fetch(server.url("/page"))
    assert page.robots == "allowed; noindex; noarchive; ai-train=no; ai-crawlers=no; tdm-reservation"


def test_given_reservations_for_several_crawlers_when_fetched_then_ours_are_recorded(server, make) -> None:
    server.routes["/page"] = h.raw(
        "HTTP/1.1 200 OK\nX-Robots-Tag: otherbot: noindex, nofollow\nX-Robots-Tag: noarchive\n"
        "X-Robots-Tag: public-radio-scraper: noai",
        h.STORY,
    )
    assert make().fetch(server.url("/page")).robots == "allowed; noarchive; noai"


@pytest.mark.parametrize(("hops", "verdict"), [(5, "forbids"), (6, "no rules")])
def test_given_robots_moved_over_two_hosts_when_fetched_then_five_redirects_are_followed(
    server, make, hops, verdict
) -> None:
    other = h.Server()
    for hop in range(1, hops):
        here, there = (server, other) if hop % 2 else (other, server)
        here.routes[f"/{hop}"] = h.redirect(there.url(f"/{hop + 1}"))
    server.routes |= {"/robots.txt": h.redirect("/1"), "/page": h.answer()}
    (server if hops % 2 else other).routes[f"/{hops}"] = FORBID
    fetcher = make(settings={"allow_hosts": (server.host, other.host), "deadline": 5.0})
    assert verdict in fetcher.robots(server.url("/page")).reason
    other.close()


def test_given_a_redirect_to_the_consent_host_when_fetched_then_it_is_not_followed(server, make) -> None:
    server.routes["/page"] = h.redirect("https://choice.npr.org/index.html?origin=x")
    with pytest.raises(NotAnArticle) as consent:
        make().fetch(server.url("/page"))
    assert consent.value.page_type == "consent"
