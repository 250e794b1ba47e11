"""The gate before every address: robots.txt fetched when it is due, kept in the state, asked for a verdict."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from scraper.errors import Refused, TryLater, Unavailable
from scraper.fetcher.robots import Robots, RobotsAnswer, judge
from scraper.fetcher.state import FetchState, RobotsEntry

_KEPT = 512  # verdicts kept in memory

Ask = Callable[[str], RobotsAnswer]
"""Fetches the robots.txt of an origin."""


@dataclass(frozen=True, slots=True)
class Permission:
    """The verdict on one address. `reason` is a line for people, `rule` the line of robots.txt that decides, where
    one does; `opt_outs` are words for the record.
    """

    allowed: bool
    reason: str
    opt_outs: tuple[str, ...] = ()
    crawl_delay: float | None = None
    sitemaps: list[str] = field(default_factory=list)
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """An entry without its body, and that body parsed."""

    entry: RobotsEntry
    rules: Robots


class RobotsGate:
    """Thread-safe; of many threads that need one origin's file, one fetches it and the others wait for it."""

    def __init__(self, state: FetchState, wall: Callable[[], float]) -> None:
        self._state = state
        self._wall = wall
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def verdict(self, url: str, origin: str, ask: Ask, *, explain: bool = True) -> Permission:
        """May `url` be fetched? `explain=False` does not look for the rule of a yes.

        Raises where there is no telling: `Refused` (robots.txt cannot be had), `Unavailable` (the site does not answer
        at all) or `TryLater` (it names a time); and what `ask` raises.
        """
        kept = self._lookup(origin, ask)
        entry, rules = kept.entry, kept.rules
        if entry.verdict == "allow":
            return Permission(True, entry.detail)
        if entry.verdict != "rules":
            raise self._refusal(entry, origin)
        allowed = rules.allows(url)
        rule = rules.deciding(url, allowed=allowed) if explain or not allowed else None
        reason = "robots.txt allows it" if allowed else "robots.txt forbids it"
        told = "; ".join(filter(None, (rule, entry.detail)))
        return Permission(
            allowed,
            f"{reason} ({told})" if told else reason,
            rules.opt_outs(url),
            rules.crawl_delay,
            rules.sitemaps,
            rule,
        )

    def _refusal(self, entry: RobotsEntry, origin: str) -> Refused | TryLater | Unavailable:
        if entry.retry_at is not None and entry.retry_at > self._wall():
            return TryLater(f"{origin}: {entry.detail}, and asks to come back later", retry_at=entry.retry_at)
        if entry.silent:
            return Unavailable(f"{origin}: {entry.detail}")
        how = "taken as not now" if entry.verdict == "not-now" else "without it nothing is fetched"
        return Refused(f"{origin}: {entry.detail}; {how}", retry_at=entry.expires_at)

    def _lookup(self, origin: str, ask: Ask) -> _Kept:
        """The fresh word on an origin: from memory, else from the state, else from the site."""
        with self._lock:
            kept = self._kept.get(origin)
            if kept is not None and self._fresh(kept.entry):
                self._kept.move_to_end(origin)
                return kept
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            known = self._state.get_robots(origin)
            if known is None or not self._fresh(known):
                known = judge(ask(origin), known, self._wall())
                self._state.put_robots(origin, known)
            return self._keep(origin, known)

    def _keep(self, origin: str, entry: RobotsEntry) -> _Kept:
        kept = _Kept(msgspec.structs.replace(entry, body=b""), Robots(entry.body))
        with self._lock:
            self._kept[origin] = kept
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return kept

    def _fresh(self, entry: RobotsEntry) -> bool:
        """A copy from the future comes of a clock set back, and counts as stale."""
        return entry.fetched_at <= self._wall() < entry.expires_at
