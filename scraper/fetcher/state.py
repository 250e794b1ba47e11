"""What the fetcher remembers of a host beyond one run, behind a protocol that a store can fill."""

from __future__ import annotations

import threading
from typing import Protocol

import msgspec


class RobotsEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The last word on one origin's robots.txt. Times are seconds since the epoch.

    `verdict` is rules (`body` holds them), allow (there are none), not-now (the site refuses the file itself) or
    disallow (it cannot be had). `good_at` says when `body` was last had in full; it outlives failures, as the last
    good copy.
    """

    verdict: str
    status: int | None = None
    detail: str = ""
    body: bytes = b""
    good_at: float | None = None
    fetched_at: float
    expires_at: float
    retry_at: float | None = None
    silent: bool = False
    """The site gave no HTTP answer at all."""


class HostState(msgspec.Struct, frozen=True, kw_only=True):
    """How a host is to be treated by the next run: `interval` seconds between requests as they have settled, and when
    it rests, until when (seconds since the epoch) and why.
    """

    interval: float
    rest_until: float | None = None
    reason: str = ""


class FetchState(Protocol):
    """Where robots files and host states live between runs. Called from many threads at once.

    `origin` is ``https://www.bpr.org``, with the port where it is not the default one; `host` is the key of a place
    (the host without "www.", with the port likewise).
    """

    def get_robots(self, origin: str) -> RobotsEntry | None: ...
    def put_robots(self, origin: str, entry: RobotsEntry) -> None: ...
    def get_host(self, host: str) -> HostState | None: ...
    def put_host(self, host: str, state: HostState) -> None: ...


class MemoryState:
    """Remembers for the life of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._robots: dict[str, RobotsEntry] = {}
        self._hosts: dict[str, HostState] = {}

    def get_robots(self, origin: str) -> RobotsEntry | None:
        with self._lock:
            return self._robots.get(origin)

    def put_robots(self, origin: str, entry: RobotsEntry) -> None:
        with self._lock:
            self._robots[origin] = entry

    def get_host(self, host: str) -> HostState | None:
        with self._lock:
            return self._hosts.get(host)

    def put_host(self, host: str, state: HostState) -> None:
        with self._lock:
            self._hosts[host] = state


class Recalled(MemoryState):
    """Remembers for the life of the process; what it has not heard itself it reads from `stored`, which it leaves as it
    is."""

    def __init__(self, stored: FetchState) -> None:
        super().__init__()
        self._stored = stored

    def get_robots(self, origin: str) -> RobotsEntry | None:
        return super().get_robots(origin) or self._stored.get_robots(origin)

    def get_host(self, host: str) -> HostState | None:
        return super().get_host(host) or self._stored.get_host(host)
