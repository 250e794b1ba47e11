"""The story of one fetch in words, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scraper.commands._journey import ENDS, Facts
from scraper.commands._talk import harmless

_LABEL = 10
_TIME = 8

CHARSETS = {
    "bom": "by its byte-order mark",
    "content": "its bytes are valid UTF-8 throughout",
    "header": "as its Content-Type header says",
    "meta": "as its <meta> says",
    "guess": "guessed: what it declares, if anything, does not fit",
}
AGAIN = {
    "none": "it gives no validators: nobody can ask it whether the page has changed",
    "honoured": "it honours its validators: 304, no body",
    "ignored": "it does not honour its validators: the same bytes were sent again",
    "failed": "it could not be had again",
    "changed": "other bytes came: the page has changed in between, or is never the same twice",
}
OUTCOMES = {
    "page": "the page was had",
    "refused": "refused",
    "failed": "not had",
    "later": "not had now",
    "unfit": "not a page of text",
}


class Telling:
    """Tells a story line by line, by `put`, while it happens."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put
        self._at: str | None = None
        self._begun = False
        self._wishes: list[str] = []  # of the last robots.txt, which are told once

    def begin(self, title: str) -> None:
        """The heading of a story; an empty line before each but the first."""
        self._lines(["", title] if self._begun else [title])
        self._begun, self._at, self._wishes = True, None, []

    def step(self, step: Facts) -> None:
        """One step of `Explanation`. The address stands above the steps that it is about."""
        if step["kind"] in ENDS:
            return
        if step["url"] != self._at and step["kind"] != "robots":
            self._at = step["url"]
            self._lines([f"  {self._at}"])
        text, *more = _WORDS[step["kind"]](step)
        if step["kind"] == "robots":
            more, self._wishes = ([] if more == self._wishes else more), more
        self._lines([f"{step['at']:{_TIME}.2f} s  {step['kind']:{_LABEL}}{text}"])
        self._lines(" " * (_TIME + 4 + _LABEL) + line for line in more)

    def end(self, story: Facts) -> None:
        """What came of it."""
        self._lines(["", *_results(story)])

    def verdict(self, again: Facts) -> None:
        """What the second answer says of the server."""
        error = f" ({again['error']})" if again.get("error") else ""
        self._lines(["", *_result("asked again", AGAIN[again["verdict"]] + error)])

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._put(harmless(line).rstrip())


def _robots(step: Facts) -> list[str]:
    lines = [step["reason"]]
    if step["opt_outs"]:
        lines.append("opt-outs: " + ", ".join(step["opt_outs"]))
    if step["crawl_delay"]:
        lines.append(f"it asks for {step['crawl_delay']:g} s between requests")
    return lines


def _wait(step: Facts) -> list[str]:
    reasons = {
        "spacing": "the space between two requests to this host",
        "group": "the space between two requests to its platform",
        "busy": "others are being asked",
    }
    return [f"{step['seconds']:.1f} s: {reasons.get(step['reason'], step['reason'])}"]


def _request(step: Facts) -> list[str]:
    asked = {"If-None-Match": step["if_none_match"], "If-Modified-Since": step["if_modified_since"]}
    conditions = [f"{name}: {value}" for name, value in asked.items() if value]
    method = ", ".join(filter(None, ("GET", step["again"], "if it has changed" if conditions else "")))
    return [method, *conditions]


def _response(step: Facts) -> list[str]:
    from scraper.fetcher.answer import named

    connection = "new connection" if step["connected"] else "connection kept"
    return [
        f"{named(step['status'])} after {step['seconds']:.2f} s, from {step['peer'] or 'unknown'}, {connection}",
        *(f"{name}: {value}" for name, value in step["headers"].items()),
    ]


def _body(step: Facts) -> list[str]:
    coded = f"{' + '.join(step['codings'])}, {step['wire']:,} bytes sent, {step['size']:,} decoded"
    return [(coded if step["codings"] else f"{step['size']:,} bytes") + ("; cut short" if step["truncated"] else "")]


def _redirect(step: Facts) -> list[str]:
    return [f"to {step['to']}"]


def _retry(step: Facts) -> list[str]:
    asked = ", as it asks" if step["seconds"] <= round(step["retry_after"] or 0.0, 3) else ""
    return [f"number {step['attempt']} in {step['seconds']:.1f} s{asked}: {step['reason']}"]


_WORDS = {
    "robots": _robots,
    "wait": _wait,
    "request": _request,
    "response": _response,
    "body": _body,
    "redirect": _redirect,
    "retry": _retry,
}


def _results(story: Facts) -> Iterator[str]:
    error = (story["error"] or "").removeprefix(f"{story['url']}: ")
    yield from _result("outcome", error, before=OUTCOMES[story["outcome"]])
    if story["outcome"] == "later" and (at := story["steps"][-1].get("retry_at")):
        yield from _result("not before", at)
    if story["final_url"] not in (None, story["url"]):
        yield from _result("address", story["final_url"])
    if station := story["station"]:
        platform = f", on {station['platform']}" if station["platform"] else ""
        yield from _result("station", f"{station['name']} ({station['domain']}){platform}")
    if story["group"]:
        yield from _result("group", f"{story['group']}: all stations of this platform share its limits")
    if charset := story["charset"]:
        yield from _result("charset", f"{charset['name']}, {CHARSETS[charset['from']]}")
    if story["body"] and story["body"]["truncated"]:
        yield from _result("body", "cut short, each time it was asked for")
    if story["outcome"] == "page":
        yield from _result("validators", _validators(story["validators"]))
    for quirk in story["quirks"]:
        yield from _result("quirk", f"{quirk['host']}: {quirk['reason']}")
    if story["user_agent"]:
        yield from _result("asked as", story["user_agent"])
    requests = story["requests"]
    yield from _result("time", f"{story['seconds']:.2f} s, {requests} request{'s' * (requests != 1)}")


def _result(label: str, text: str, *, before: str = "") -> Iterator[str]:
    yield f"  {label:{_LABEL + 2}}{': '.join(filter(None, (before, text)))}"


def _validators(validators: Facts) -> str:
    named = {"ETag": validators["etag"], "Last-Modified": validators["last_modified"]}
    return ", ".join(f"{name} {value}" for name, value in named.items() if value) or "none"
