"""What the fetcher's modules speak of: events, validators, clocks, and the time a page may cost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened while a page was fetched; enough to count and to explain.

    `kind`: robots (a verdict), wait (spacing, a resting host, a full place), request (it has left; there is none where
    no connection was had), response, body, redirect, retry (`seconds` is the wait before it); and at the end page
    (had), refused, failed, later or unfit (no text, too large).
    `page` is the address that `fetch` was asked for, `url` the one at hand (a redirect's target, a robots.txt);
    `detail` is for people, `facts` for programs:

    robots     allowed, rule (the line that decides, or None), opt_outs, crawl_delay
    request    headers (as sent), quirks (`Quirk`s of the host), again (why it had to be sent anew at once, or None)
    response   headers, peer (the address really connected to), connected (a new connection), group (of the platform)
    body       wire (bytes as sent), size (bytes decoded), codings, truncated
    redirect   to
    retry      trouble (`Trouble.kind`), retry_after (seconds that the server asked for, or None), attempt (1, 2, …)
    later      retry_at (seconds since the epoch, or None)
    unfit      page_type
    """

    kind: str
    page: str
    url: str
    detail: str = ""
    seconds: float = 0.0
    status: int | None = None
    facts: Mapping[str, Any] = {}


Watch = Callable[[Event], None]
"""Called in the thread that fetches, so from many threads at once. What it raises ends the fetch."""


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What a server gave to recognise a version by. Kept and sent back byte for byte (RFC 9110, 13.1)."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Clock:
    """`wall` gives seconds since the epoch (dates, caches), `monotonic` seconds that no clock change disturbs."""

    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class Budget:
    """The seconds that one page may cost: attempts, waits between them, redirects. `excuse` gives back time that is
    our own doing, such as the spacing between requests.
    """

    seconds: float
    monotonic: Callable[[], float]
    _ends: float = field(init=False)

    def __post_init__(self) -> None:
        self._ends = self.monotonic() + self.seconds

    def left(self) -> float:
        return self._ends - self.monotonic()

    def excuse(self, seconds: float) -> None:
        self._ends += seconds


STOP_GRACE = 5.0
"""Seconds that a request under way may still take once the stop event is set."""


class Exchange:
    """One request and its answer, as the network sees them: when it must end, and what has happened so far.

    The guarded connection reads the deadline before each operation and notes `sent_at` (monotonic), `received` (bytes),
    `connected` (a new connection was begun, none was kept from before) and `peer` (the address really connected to).
    `answered` is set when the head of an answer is there; `when_sent` is called once, when the request leaves.
    """

    def __init__(self, seconds: float, monotonic: Callable[[], float], stop: threading.Event | None = None) -> None:
        self._monotonic = monotonic
        self._stop = stop
        self._stopping = False
        self.started = monotonic()
        self.ends = self.started + seconds
        self.sent_at: float | None = None
        self.received = 0
        self.connected = False
        self.answered = False
        self.peer: str | None = None
        self.when_sent: Callable[[], None] | None = None

    def left(self) -> float:
        """Seconds until the deadline, which the stop event draws near."""
        now = self._monotonic()
        if self._stop is not None and not self._stopping and self._stop.is_set():
            self._stopping = True
            self.ends = min(self.ends, now + STOP_GRACE)
        return self.ends - now

    @property
    def is_stopped(self) -> bool:
        return self._stop is not None and self._stop.is_set()

    def now(self) -> float:
        return self._monotonic()

    def sent(self) -> None:
        first = self.sent_at is None
        self.sent_at = self._monotonic()
        if first and self.when_sent is not None:
            self.when_sent()
