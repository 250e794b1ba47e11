"""Politeness: when a request to a host may start. A pure class, driven by the clock that it is given.

A host has a spacing from start to start, which adapts: slow answers and 429 or 503 widen it, only 200 and 304 narrow it
again, never below what the configuration and robots.txt ask for. Hosts on one platform form a group with limits of its
own. A host that failed, or asked for it, rests.
"""

from __future__ import annotations

import random as random_module
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

WIDEST = 120.0
"""Seconds that adaptive spacing grows to at most; what robots.txt or the configuration ask for may be more."""

LATENCY_SHARE = 0.5  # a host is kept busy for at most this share of the time
JITTER = 0.2  # spacing is lengthened by up to this share, never shortened
FULL_WAIT = 0.05  # seconds until a full place is asked for again, by those who cannot be told
GOOD = (200, 304)  # answers of a host that is well
FAILURES = 5  # failed answers in a row after which a host rests


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds from start to start, and requests under way at once, for a host, a platform group and the process."""

    delay: float = 5.0
    per_host: int = 1
    group_delay: float = 0.5
    per_group: int = 2
    per_process: int = 32


class Wait(msgspec.Struct, frozen=True):
    """No place now; ask again after `seconds`. `reason` is spacing, group, busy (places are full) or, with `rest`, what
    the host rests for. `full` names what is full: the process (""), a group, or the host alone (None, as ever else).
    """

    seconds: float
    reason: str
    rest: bool = False
    full: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was taken for one request; to be given back with `HostSlots.release`."""

    host: str
    group: str | None
    spaced: bool


@dataclass(slots=True)
class _Host:
    floor: float
    interval: float
    group: str | None
    ready_at: float = 0.0
    rest_until: float = 0.0
    rest_reason: str = ""
    busy: int = 0
    failures: int = 0
    latency: float = 0.0


@dataclass(slots=True)
class _Group:
    ready_at: float = 0.0
    busy: int = 0


def no_group(host: str) -> str | None:  # noqa: ARG001 (the same answer for every host)
    """A `group_of` that knows no platform."""
    return None


class HostSlots:
    """Thread-safe. `delays` gives hosts a spacing of their own; `group_of` tells a host's platform group, or None."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        delays: Mapping[str, float] | None = None,
        group_of: Callable[[str], str | None] = no_group,
        clock: Callable[[], float] = time.monotonic,
        random: Callable[[], float] = random_module.random,
    ) -> None:
        self.limits = limits or Limits()
        self._delays = dict(delays or {})
        self._group_of = group_of
        self._clock = clock
        self._random = random
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}
        self._groups: dict[str, _Group] = {}
        self._busy = 0

    def next_start(self, host: str) -> float:
        """Clock time at which a request to `host` could start by spacing and rests; now, if at once."""
        with self._lock:
            known, now = self._host(host), self._clock()
            group = self._groups.get(known.group) if known.group else None
            return max(now, known.ready_at, known.rest_until, group.ready_at if group else now)

    def claim(self, host: str, *, spaced: bool = True) -> Place | Wait:
        """A place for one request to start now, or how long to wait. `spaced=False` leaves spacing out of account, for
        a request that belongs to another one.
        """
        with self._lock:
            known, now = self._host(host), self._clock()
            group = self._groups.setdefault(known.group, _Group()) if known.group else None
            wait = self._wait(known, group, now, spaced=spaced)
            if wait is not None:
                return wait
            known.busy += 1
            self._busy += 1
            if spaced:
                known.ready_at = now + self._jittered(known.interval)
            if group is not None:
                group.busy += 1
                group.ready_at = now + self.limits.group_delay
            return Place(host, known.group, spaced)

    def release(self, place: Place, *, sent_at: float | None = None) -> None:
        """Gives the place back. `sent_at` is when the request really left, which spacing is counted from."""
        with self._lock:
            known = self._host(place.host)
            known.busy -= 1
            self._busy -= 1
            if place.group is not None:
                self._groups[place.group].busy -= 1
            if sent_at is not None and place.spaced:
                known.ready_at = max(known.ready_at, sent_at + known.interval)

    def answered(self, host: str, status: int, latency: float) -> None:
        """Takes an answer into account, before its place is given back; `latency` is the seconds from the request to
        the head of the answer.
        """
        with self._lock:
            known = self._host(host)
            known.latency = latency if not known.latency else (known.latency * 3 + latency) / 4
            target = max(known.floor, min(known.latency / LATENCY_SHARE, WIDEST))
            if status in (429, 503):
                target = max(target, min(max(known.interval, latency) * 2, WIDEST))
            elif status in GOOD and target < known.interval:
                target = (known.interval + target) / 2
            if status in GOOD or target > known.interval:
                known.interval = target
            if status < 500 and status != 429:
                known.failures = 0

    def failed(self, host: str, rest: float, reason: str, *, at_once: bool) -> bool:
        """A page was given up. Its host rests `rest` seconds, `at_once` or after `FAILURES` in a row: then True."""
        with self._lock:
            known = self._host(host)
            known.failures += 1
            if rest <= 0 or not (at_once or known.failures >= FAILURES):
                return False
            known.failures = 0
            self._rest(known, rest, reason)
            return True

    def rest(self, host: str, seconds: float, reason: str) -> None:
        """Nothing starts at `host` for so long. A longer rest already begun stays."""
        with self._lock:
            self._rest(self._host(host), seconds, reason)

    def at_least(self, host: str, delay: float) -> None:
        """Raises the floor of a host's spacing, as robots.txt may ask (Crawl-delay)."""
        with self._lock:
            known = self._host(host)
            known.floor = max(known.floor, delay)
            if known.interval < known.floor:
                known.ready_at += known.floor - known.interval
                known.interval = known.floor

    def join(self, host: str, group: str | None) -> str | None:
        """Puts a host into a platform group, unless it is in one. Gives the group that it is in now, if any."""
        with self._lock:
            known = self._host(host)
            known.group = known.group or group
            return known.group

    def settle(self, host: str, interval: float, rest: float, reason: str) -> None:
        """Takes over what an earlier run has learned of a host: its spacing, and the seconds it still rests."""
        with self._lock:
            known = self._host(host)
            known.interval = max(known.floor, min(interval, WIDEST))
            self._rest(known, rest, reason)

    def spacing(self, host: str) -> float:
        """Seconds from start to start, as they are now."""
        with self._lock:
            return self._host(host).interval

    def learned(self, host: str) -> tuple[float, float, str]:
        """Interval, seconds of rest left and its reason: what `settle` takes over. An interval that is no wider than
        configuration and robots.txt ask for is not learned, and 0: they may ask for less the next time.
        """
        with self._lock:
            known = self._host(host)
            interval = known.interval if known.interval > known.floor else 0.0
            return interval, max(known.rest_until - self._clock(), 0.0), known.rest_reason

    def _host(self, host: str) -> _Host:
        known = self._hosts.get(host)
        if known is None:
            floor = max(self._delays.get(host, self.limits.delay), 0.0)
            known = self._hosts[host] = _Host(floor=floor, interval=floor, group=self._group_of(host))
        return known

    def _wait(self, known: _Host, group: _Group | None, now: float, *, spaced: bool) -> Wait | None:
        if known.rest_until > now:
            return Wait(known.rest_until - now, known.rest_reason, rest=True)
        if spaced and known.ready_at > now:
            return Wait(known.ready_at - now, "spacing")
        if spaced and group is not None and group.ready_at > now:
            return Wait(group.ready_at - now, "group")
        if known.busy >= self.limits.per_host:
            return Wait(FULL_WAIT, "busy")
        if group is not None and group.busy >= self.limits.per_group:
            return Wait(FULL_WAIT, "busy", full=known.group)
        if self._busy >= self.limits.per_process:
            return Wait(FULL_WAIT, "busy", full="")
        return None

    def _rest(self, known: _Host, seconds: float, reason: str) -> None:
        until = self._clock() + max(seconds, 0.0)
        if until > known.rest_until:
            known.rest_until = until
            known.rest_reason = reason

    def _jittered(self, interval: float) -> float:
        return interval * (1 + JITTER * self._random())
