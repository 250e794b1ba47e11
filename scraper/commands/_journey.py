"""The story of one fetch, gathered from the fetcher's events: plain data, as `--json` prints it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scraper.errors import ScraperError

if TYPE_CHECKING:
    from scraper.fetcher import Event
    from scraper.page import Page

HEADERS = (
    "content-type content-encoding content-language location etag last-modified cache-control retry-after x-robots-tag "
    "tdm-reservation"
).split()
"""The headers of an answer that decide on something, in the order in which they are shown."""

ENDS = frozenset(("page", "refused", "failed", "later", "unfit"))

Facts = dict[str, Any]


class Explanation:
    """Hand `hear` to a fetcher as its watch; afterwards `story` tells what happened. For one page at a time.

    `told` hears of each step while it happens.
    """

    def __init__(
        self,
        url: str,
        *,
        told: Callable[[Facts], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._told = told
        self._clock = clock
        self._started = clock()
        self._events: list[tuple[float, Event]] = []

    def hear(self, event: Event) -> None:
        at = self._clock() - self._started
        self._events.append((at, event))
        if self._told is not None:
            self._told(self._step(at, event))

    def story(self, page: Page | None, error: ScraperError | None) -> Facts:
        """What happened, in order (`steps`), and what came of it. What is not known is null."""
        requests = self._last("request", of_page=True)
        response = self._last("response", of_page=True)
        body = self._last("body", of_page=True)
        end = next((event.kind for _, event in self._events if event.kind in ENDS), "refused")
        return {
            "url": self._url,
            "outcome": end,
            "error": " ".join(str(error).split()) if error else None,
            "exit_code": error.exit_code if error else 0,
            "status": response["status"] if response else None,
            "final_url": page.final_url if page else None,
            "seconds": round(self._clock() - self._started, 3),
            "requests": sum(event.kind == "request" for _, event in self._events),
            "user_agent": asked["user_agent"] if (asked := self._last("request")) else None,
            "station": _station(self._url),
            "group": response["group"] if response else None,
            "peer": response["peer"] if response else None,
            "robots": self._last("robots"),
            "headers": response["headers"] if response else {},
            "body": _body(page, body) if page else None,
            "charset": {"name": page.charset, "from": page.charset_from} if page and page.body else None,
            "validators": _validators(response["headers"] if response and page else {}),
            "quirks": requests["quirks"] if requests else [],
            "steps": [self._step(at, event) for at, event in self._events],
        }

    def _last(self, kind: str, *, of_page: bool = False) -> Facts | None:
        """The last event of a kind as facts; `of_page`: not one of a robots.txt that was asked for on the way."""
        found = [event for _, event in self._events if event.kind == kind]
        if of_page:
            found = [event for event in found if not _is_robots(event)]
        return _facts(found[-1]) if found else None

    @staticmethod
    def _step(at: float, event: Event) -> Facts:
        return {"at": round(at, 3), "kind": event.kind, "url": event.url, **_facts(event)}


def _is_robots(event: Event) -> bool:
    return event.url != event.page and event.url.endswith("/robots.txt")


def _facts(event: Event) -> Facts:
    """What an event tells beside its kind and address."""
    facts = event.facts
    if event.kind == "robots":
        return {"reason": event.detail, **facts, "opt_outs": list(facts["opt_outs"])}
    if event.kind == "wait":
        return {"seconds": round(event.seconds, 3), "reason": event.detail}
    if event.kind == "request":
        return _request(facts)
    if event.kind == "response":
        headers = {name: facts["headers"][name] for name in HEADERS if name in facts["headers"]}
        return {"status": event.status, "seconds": round(event.seconds, 3), **facts, "headers": headers}
    if event.kind == "body":
        return {**facts, "codings": list(facts["codings"])}
    if event.kind == "redirect":
        return {"status": event.status, **facts}
    if event.kind == "retry":
        return {"status": event.status, "seconds": round(event.seconds, 3), "reason": event.detail, **facts}
    if facts.get("retry_at") is not None:
        facts = {"retry_at": datetime.fromtimestamp(facts["retry_at"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {"status": event.status, "detail": event.detail, **facts}


def _request(facts: Mapping[str, Any]) -> Facts:
    headers = facts["headers"]
    return {
        "user_agent": headers.get("user-agent"),
        "if_none_match": headers.get("if-none-match"),
        "if_modified_since": headers.get("if-modified-since"),
        "again": facts["again"],
        "quirks": [{"host": quirk.host, "reason": quirk.reason} for quirk in facts["quirks"]],
    }


def _body(page: Page, told: Facts | None) -> Facts:
    """Sizes and codings; a page of status 304 has no body, and is 0 bytes long."""
    none = {"wire": 0, "size": len(page.body), "codings": []}
    return {**(told or none), "truncated": page.truncated}


def _validators(headers: Mapping[str, str]) -> Facts:
    return {"etag": headers.get("etag"), "last_modified": headers.get("last-modified")}


def _station(url: str) -> Facts | None:
    """The directory's word on the host, and what makes up its platform."""
    from scraper import stations

    entry = stations.get(url)
    if entry is None:
        return None
    return {"domain": entry.domain, "name": entry.name, "platform": stations.platform_of(url)}


def has_validators(page: Page) -> bool:
    """Whether the server gave anything to ask by."""
    return bool(page.headers.get("etag") or page.headers.get("last-modified"))


def asked_again(first: Page, second: Page | None) -> str:
    """What a second answer, asked for by the validators of the first, says of the server: honoured, ignored (the same
    bytes again), changed (other bytes), or failed (it could not be had).
    """
    if second is None:
        return "failed"
    if second.status == 304:
        return "honoured"
    return "ignored" if second.body == first.body else "changed"
