"""The story of a fetch: from events to facts, from facts to words."""

from __future__ import annotations

import pytest

from scraper.commands._journey import Explanation, Facts, asked_again
from scraper.commands._journey_words import Telling
from scraper.errors import Refused, ScraperError, TryLater
from scraper.fetcher import Event, Quirk
from scraper.page import Page

URL = "https://www.bpr.org/news/2031-08-11/a-river-town"
ROBOTS = "https://www.bpr.org/robots.txt"
HEADERS = {"content-type": "text/html", "etag": '"v1"', "server": "x", "set-cookie": "a=b"}


def event(kind: str, detail: str = "", *, url: str = URL, **values: object) -> Event:
    fields = {name: values.pop(name) for name in ("seconds", "status") if name in values}
    return Event(kind=kind, page=URL, url=url, detail=detail, facts=values, **fields)  # type: ignore[arg-type]


def request(url: str = URL, quirks: tuple[Quirk, ...] = (), again: str | None = None, **headers: str) -> Event:
    return event("request", url=url, headers={"user-agent": "us/1", **headers}, quirks=quirks, again=again)


def response(status: int = 200, url: str = URL, **headers: str) -> Event:
    facts = {"headers": headers or HEADERS, "peer": "192.0.2.7", "connected": True, "group": "grove"}
    return event("response", url=url, status=status, seconds=0.25, **facts)


def robots(*, allowed: bool = True, rule: str | None = None) -> Event:
    facts = {"allowed": allowed, "rule": rule, "opt_outs": ("ai-train=no",), "crawl_delay": 10.0}
    return event("robots", f"robots.txt {'allows' if allowed else 'forbids'} it", **facts)


QUIRKS = (Quirk(host="bpr.org", reason="a reason"),)
HAD = [
    request(ROBOTS),
    response(200, ROBOTS),
    robots(rule="Allow: /news"),
    event("wait", "spacing", seconds=4.5),
    request(quirks=QUIRKS, **{"if-none-match": '"v0"'}),
    response(503, **{"retry-after": "2"}),
    event("retry", "it answers 503", seconds=2.0, status=503, trouble="status", retry_after=2.0, attempt=1),
    request(quirks=QUIRKS),
    response(301, location="/news/2"),
    event("redirect", f"to {URL}/2", status=301, to=f"{URL}/2"),
    robots(),
    request(quirks=QUIRKS),
    response(),
    event("body", wire=300, size=2000, codings=("gzip",), truncated=False),
    event("page", status=200),
]


class Clock:
    """Goes on by a second whenever it is looked at."""

    now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def explained(events: list[Event], page: Page | None = None, error: ScraperError | None = None) -> tuple[Facts, str]:
    said: list[str] = []
    telling = Telling(said.append)
    explanation = Explanation(URL, told=telling.step, clock=Clock())
    telling.begin(URL)
    for one in events:
        explanation.hear(one)
    story = explanation.story(page, error)
    telling.end(story)
    return story, "\n".join([*said, ""])


def page(body: bytes = b"<p>x", status: int = 200, **headers: str) -> Page:
    return Page(body, url=URL, status=status, final_url=f"{URL}/2", headers=headers)


def test_facts_of_a_page_that_was_had() -> None:
    story, _ = explained(HAD, page())
    assert (story["outcome"], story["error"], story["exit_code"], story["status"]) == ("page", None, 0, 200)
    assert (story["final_url"], story["requests"], story["user_agent"]) == (f"{URL}/2", 4, "us/1")
    assert story["station"] == {"domain": "bpr.org", "name": "Blue Ridge Public Radio", "platform": "grove"}
    assert (story["group"], story["peer"]) == ("grove", "192.0.2.7")
    assert story["headers"] == {"content-type": "text/html", "etag": '"v1"'}
    assert story["body"] == {"wire": 300, "size": 2000, "codings": ["gzip"], "truncated": False}
    assert story["charset"] == {"name": "utf-8", "from": "content"}
    assert story["validators"] == {"etag": '"v1"', "last_modified": None}
    assert story["quirks"] == [{"host": "bpr.org", "reason": "a reason"}]


def test_steps_are_facts_in_their_order() -> None:
    steps = explained(HAD, page())[0]["steps"]
    assert [step["kind"] for step in steps] == [one.kind for one in HAD]
    assert [step["at"] for step in steps] == list(range(1, len(HAD) + 1))
    first = {step["kind"]: step for step in reversed(steps) if step["url"] == URL}
    assert (first["robots"]["rule"], first["robots"]["crawl_delay"]) == ("Allow: /news", 10.0)
    assert (first["request"]["if_none_match"], first["request"]["if_modified_since"]) == ('"v0"', None)
    assert (first["response"]["status"], first["response"]["headers"]) == (503, {"retry-after": "2"})
    assert (first["retry"]["attempt"], first["retry"]["retry_after"]) == (1, 2.0)
    assert first["retry"]["reason"] == "it answers 503"
    assert first["redirect"]["to"] == f"{URL}/2"


def test_words_of_a_page_that_was_had() -> None:
    _, text = explained(HAD, page())
    for words in (
        f"  {ROBOTS}\n",
        "    3.00 s  robots    robots.txt allows it\n",
        "opt-outs: ai-train=no\n",
        "it asks for 10 s between requests\n",
        "wait      4.5 s: the space between two requests to this host\n",
        'If-None-Match: "v0"\n',
        "503 Service Unavailable after 0.25 s, from 192.0.2.7, new connection\n",
        "number 1 in 2.0 s, as it asks: it answers 503\n",
        f"redirect  to {URL}/2\n",
        "gzip, 300 bytes sent, 2,000 decoded\n",
        "outcome     the page was had\n",
        "Blue Ridge Public Radio (bpr.org), on grove\n",
        "grove: all stations of this platform share its limits\n",
        "utf-8, its bytes are valid UTF-8 throughout\n",
        'validators  ETag "v1"\n',
        "quirk       bpr.org: a reason\n",
    ):
        assert words in text
    assert text.count("opt-outs") == 1
    assert "set-cookie" not in text


def test_a_refusal() -> None:
    error = Refused(f"{URL}: robots.txt forbids it (Disallow: /)")
    story, text = explained([robots(allowed=False, rule="Disallow: /"), event("refused", str(error))], None, error)
    assert (story["outcome"], story["exit_code"], story["requests"], story["body"]) == ("refused", 77, 0, None)
    assert story["robots"]["rule"] == "Disallow: /"
    assert "outcome     refused: robots.txt forbids it (Disallow: /)\n" in text


def test_a_site_that_wants_to_be_asked_later() -> None:
    error = TryLater(f"{URL}: busy", retry_at=1_900_000_000)
    story, text = explained([event("later", str(error), retry_at=1_900_000_000.0)], None, error)
    assert (story["outcome"], story["exit_code"]) == ("later", 75)
    assert story["steps"][-1]["retry_at"] == "2030-03-17T17:46:40Z"
    assert "not before  2030-03-17T17:46:40Z\n" in text


def test_a_body_that_was_cut() -> None:
    cut = Page(b"<p>x", url=URL, status=200, final_url=URL, truncated=True)
    body = event("body", wire=4, size=4, codings=(), truncated=True)
    story, text = explained([request(), response(), body, event("page", status=200)], cut)
    assert story["body"]["truncated"] is True
    assert "4 bytes; cut short\n" in text
    assert "cut short, each time it was asked for\n" in text


def test_an_address_that_is_none_has_no_steps() -> None:
    story, text = explained([], None, Refused("ftp://x is not fetched"))
    assert (story["outcome"], story["steps"]) == ("refused", [])
    assert "refused: ftp://x is not fetched" in text


def test_what_a_server_says_moves_no_cursor() -> None:
    _, text = explained([response(200, etag="\x1b[2J")])
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("second", "verdict"),
    [(page(b"", 304), "honoured"), (page(b"one"), "ignored"), (page(b"two"), "changed"), (None, "failed")],
)
def test_the_second_answer(second: Page | None, verdict: str) -> None:
    assert asked_again(page(b"one", etag='"v1"'), second) == verdict
