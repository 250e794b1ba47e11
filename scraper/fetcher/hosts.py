"""The hosts as one process sees them: places to wait for, answers to heed, and a memory that outlives the run."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from scraper.config import FetchSettings
from scraper.errors import TryLater
from scraper.fetcher.answer import named
from scraper.fetcher.client import Head, Target
from scraper.fetcher.job import Job
from scraper.fetcher.model import Clock, Exchange
from scraper.fetcher.politeness import HostSlots, Place, Wait
from scraper.fetcher.quirks import group_sign
from scraper.fetcher.retry import Trouble, parse_retry_after
from scraper.fetcher.state import FetchState, HostState

PATIENCE = 2.0
"""Seconds after which a thread that waits for its turn looks at the stop event, if nobody has told it before."""


class _Waiter:
    """A thread that waits for a place at `host`; `given` is the one that was taken for it."""

    __slots__ = ("given", "host", "spaced", "turn")

    def __init__(self, host: str, *, spaced: bool) -> None:
        self.host = host
        self.spaced = spaced
        self.given: Place | None = None
        self.turn = threading.Lock()
        self.turn.acquire()


class Turns:
    """Who waits for a full place gets it from the one who gives it back, in the order of coming.

    So each wait costs one waking. Hundreds of threads that look again by themselves, or are woken to find that another
    one was quicker, would keep a core busy with nothing.
    """

    def __init__(self, slots: HostSlots, stop: threading.Event) -> None:
        self._slots = slots
        self._stop = stop
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[_Waiter]] = {"": deque()}

    def is_long(self) -> bool:
        """True where others wait already for the process to have a place."""
        return bool(self._waiting[""])

    def wait(self, full: str, host: str, *, spaced: bool) -> Place | None:
        """The place that was handed over. None where the caller has to look for itself: the stop event is set, or its
        host is not free for another reason.
        """
        waiter = _Waiter(host, spaced=spaced)
        with self._lock:
            self._waiting.setdefault(full, deque()).append(waiter)
        self.call()  # a place may have been given back since the caller asked
        while not waiter.turn.acquire(timeout=PATIENCE):
            if self._stop.is_set():
                self._leave(waiter)
                break
        return waiter.given

    def call(self) -> None:
        """Gives free places to those who wait for them; sends all of them away once the stop event is set."""
        with self._lock:
            for full, queue in list(self._waiting.items()):
                while queue and self._is_served(queue[0], full):
                    queue.popleft()

    def _is_served(self, waiter: _Waiter, full: str) -> bool:
        """Whether a waiter has no more to wait for in this queue."""
        if self._stop.is_set():
            waiter.turn.release()
            return True
        found = self._slots.claim(waiter.host, spaced=waiter.spaced)
        if isinstance(found, Place):
            waiter.given = found
        elif found.full in (full, ""):
            return False
        elif found.full is not None:
            self._waiting.setdefault(found.full, deque()).append(waiter)
            return True
        waiter.turn.release()
        return True

    def _leave(self, waiter: _Waiter) -> None:
        with self._lock:
            for queue in self._waiting.values():
                with suppress(ValueError):
                    queue.remove(waiter)


class Hosts:
    """`HostSlots` with waiting, and with what is kept of hosts between runs. Thread-safe.

    `crawl` spaces every request and lets failing hosts rest; without it only the first request of a page is spaced.
    """

    def __init__(
        self,
        slots: HostSlots,
        state: FetchState,
        settings: FetchSettings,
        *,
        clock: Clock,
        sleep: Callable[[float], None],
        stop: threading.Event,
        crawl: bool,
    ) -> None:
        self._slots = slots
        self._state = state
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._stop = stop
        self._crawl = crawl
        self._known: set[str] = set()
        self._turns = Turns(slots, stop)
        self._lock = threading.Lock()

    def take(self, job: Job, at: Target) -> Place:
        """Waits for a place. Spacing is not charged to the page's budget, rests are.

        Raises `TryLater` when the host rests for longer than a run waits, or when the stop event is set.
        """
        self._recall(at.place)
        spaced = self._crawl or (job.accept != "robots" and not job.hops and not job.requests)
        said = ""
        while True:
            self.check_stop()
            wait = self._slots.claim(at.place, spaced=spaced)
            if isinstance(wait, Place):
                return wait
            if wait.rest and (wait.seconds > self._settings.retry_after_cap or wait.seconds >= job.budget.left()):
                until = self._clock.wall() + wait.seconds
                raise TryLater(f"{at.netloc} rests for {wait.seconds:,.0f} s: {wait.reason}", retry_at=until)
            if wait.reason != said:
                said = wait.reason
                job.say("wait", at.url, said, seconds=wait.seconds)
            started = self._clock.monotonic()
            place = self._wait(wait, at.place, spaced=spaced)
            if not wait.rest:
                job.budget.excuse(self._clock.monotonic() - started)
            if place is not None:
                return place

    def _wait(self, wait: Wait, host: str, *, spaced: bool) -> Place | None:
        """Waits, and gives the place that was handed over meanwhile, if any. Spacing that is nearly over when all
        places are taken passes while standing in the queue.
        """
        if wait.full is not None:
            return self._turns.wait(wait.full, host, spaced=spaced)
        if wait.reason == "spacing" and wait.seconds < PATIENCE and self._turns.is_long():
            return self._turns.wait("", host, spaced=spaced)
        self._sleep(wait.seconds)
        return None

    def release(self, place: Place, exchange: Exchange) -> None:
        self._slots.release(place, sent_at=exchange.sent_at)
        self._turns.call()

    def heard(self, job: Job, at: Target, head: Head, exchange: Exchange) -> float | None:
        """Takes note of an answer's head; gives the seconds that it asks us to wait, where it does."""
        told = ", ".join(filter(None, (head.get("content-type"), head.get("content-encoding"), exchange.peer)))
        self._slots.answered(at.place, head.status, head.latency)
        group = self._slots.join(at.place, group_sign(head.headers))
        job.say(
            "response",
            at.url,
            told,
            seconds=head.latency,
            status=head.status,
            headers=head.headers,
            peer=exchange.peer,
            connected=exchange.connected,
            group=group,
        )
        if head.status < 400:
            return None
        wait = parse_retry_after(head.get("retry-after"), now=self._clock.wall(), served=head.get("date"))
        if wait and head.status in (429, 503):
            self._slots.rest(at.place, wait, f"{at.netloc} asked for it ({named(head.status)})")
            self._remember(at.place)
        return wait

    def gave_up(self, at: Target, trouble: Trouble) -> None:
        """A page was given up. In a crawl its host rests: at once where it cannot be reached, else after several."""
        if not self._crawl or trouble.kind == "final":
            return
        unreachable = trouble.kind in ("name", "connect", "certificate")
        if self._slots.failed(at.place, self._settings.rest_after_failure, str(trouble), at_once=unreachable):
            self._remember(at.place)

    def space(self, at: Target, delay: float) -> None:
        """Keeps requests to a host at least `delay` seconds apart from now on."""
        self._slots.at_least(at.place, delay)

    def ready_in(self, at: Target) -> float:
        """Seconds until a request could start, by spacing and rests."""
        self._recall(at.place)
        return max(self._slots.next_start(at.place) - self._clock.monotonic(), 0.0)

    def check_stop(self) -> None:
        """Raises `TryLater`, without a time, when the stop event is set."""
        if self._stop.is_set():
            self._turns.call()
            raise TryLater("stopped before the page was had")

    def close(self) -> None:
        """Hands what was learned of the hosts to the state."""
        with self._lock:
            places, self._known = self._known, set()
        for place in sorted(places):
            self._remember(place)

    def _recall(self, place: str) -> None:
        if place in self._known:
            return
        with self._lock:
            if place in self._known:
                return
            known = self._state.get_host(place)
            if known is not None:
                rest = (known.rest_until or 0.0) - self._clock.wall()
                self._slots.settle(place, known.interval, rest, known.reason)
            self._known.add(place)

    def _remember(self, place: str) -> None:
        interval, rest, reason = self._slots.learned(place)
        until = self._clock.wall() + rest if rest else None
        self._state.put_host(place, HostState(interval=interval, rest_until=until, reason=reason if rest else ""))
