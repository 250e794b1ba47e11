"""The gate before every address: robots.txt fetched when it is due, kept in the state, asked for a verdict."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from scraper.errors import Refused, TryLater, Unavailable
from scraper.fetcher.robots import Robots, RobotsAnswer, judge
from scraper.fetcher.state import FetchState, RobotsEntry

_PARSED = 512  # parsed files kept in memory

Ask = Callable[[str], RobotsAnswer]
"""Fetches the robots.txt of an origin."""


@dataclass(frozen=True, slots=True)
class Permission:
    """The verdict on one address. `reason` is a line for people; `opt_outs` are words for the record."""

    allowed: bool
    reason: str
    opt_outs: tuple[str, ...] = ()
    crawl_delay: float | None = None
    sitemaps: list[str] = field(default_factory=list)


class RobotsGate:
    """Thread-safe; of many threads that need one origin's file, one fetches it and the others wait for it."""

    def __init__(self, state: FetchState, wall: Callable[[], float]) -> None:
        self._state = state
        self._wall = wall
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._parsed: OrderedDict[tuple[str, float], Robots] = OrderedDict()

    def verdict(self, url: str, origin: str, ask: Ask) -> Permission:
        """May `url` be fetched? Raises where there is no telling: `Refused` (robots.txt cannot be had), `Unavailable`
        (the site does not answer at all) or `TryLater` (it names a time); and what `ask` raises.
        """
        entry = self._entry(origin, ask)
        if entry.verdict == "allow":
            return Permission(True, entry.detail)
        if entry.verdict != "rules":
            raise self._refusal(entry, origin)
        rules = self._rules(origin, entry)
        allowed = rules.allows(url)
        reason = "robots.txt allows it" if allowed else "robots.txt forbids it"
        return Permission(
            allowed,
            f"{reason} ({entry.detail})" if entry.detail else reason,
            rules.opt_outs(url),
            rules.crawl_delay,
            rules.sitemaps,
        )

    def _refusal(self, entry: RobotsEntry, origin: str) -> Refused | TryLater | Unavailable:
        if entry.retry_at is not None and entry.retry_at > self._wall():
            return TryLater(f"{origin}: {entry.detail}, and asks to come back later", retry_at=entry.retry_at)
        if entry.silent:
            return Unavailable(f"{origin}: {entry.detail}")
        how = "taken as not now" if entry.verdict == "not-now" else "without it nothing is fetched"
        return Refused(f"{origin}: {entry.detail}; {how}")

    def _entry(self, origin: str, ask: Ask) -> RobotsEntry:
        known = self._state.get_robots(origin)
        if known is not None and self._fresh(known):
            return known
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            known = self._state.get_robots(origin)
            if known is not None and self._fresh(known):
                return known
            entry = judge(ask(origin), known, self._wall())
            self._state.put_robots(origin, entry)
            return entry

    def _fresh(self, entry: RobotsEntry) -> bool:
        """A copy from the future comes of a clock set back, and counts as stale."""
        return entry.fetched_at <= self._wall() < entry.expires_at

    def _rules(self, origin: str, entry: RobotsEntry) -> Robots:
        name = (origin, entry.good_at or 0.0)
        with self._lock:
            rules = self._parsed.get(name)
            if rules is not None:
                self._parsed.move_to_end(name)
                return rules
        rules = Robots(entry.body)
        with self._lock:
            self._parsed[name] = rules
            while len(self._parsed) > _PARSED:
                self._parsed.popitem(last=False)
        return rules
