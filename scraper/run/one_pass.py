"""The pass itself: a thread a station, worker processes for the extraction, one summary."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING

from scraper.config import Config
from scraper.errors import ConfigError, OutputError, ScraperError, TryLater
from scraper.run.find import find, queue
from scraper.run.halt import STOP_SECONDS, Halt
from scraper.run.lock import held
from scraper.run.measuring import Measuring
from scraper.run.pages import PageWork
from scraper.run.schedule import last_visit
from scraper.run.site import Site, group_of, sites_of
from scraper.run.summary import Happening, Summary, Watch
from scraper.run.watched import Judged, judged
from scraper.writer.archive import Archive
from scraper.writer.results import Due

if TYPE_CHECKING:
    from scraper.fetcher import Event, Fetcher, FetchState
    from scraper.page import Page
    from scraper.workers import WorkerPool

log = logging.getLogger("scraper.run")

MOST_THREADS = 1024
"""Stations that are worked on at the same time. Most of them wait for their turn, which costs next to nothing: what
bounds the requests under way is ``fetch.concurrency``."""

EXTRACT = "scraper.api.work"
"""What worker processes do with a page."""

BATCH = 8
"""Pages that a station's thread takes from the queue at once."""

_LEASE_SECONDS = 3600.0
_KILL_SECONDS = 3.0  # of STOP_SECONDS: so much is left for threads whose worker had to be ended


def scrape(
    config: Config,
    *,
    halt: Halt,
    only: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    watch: Watch | None = None,
    begun: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.time,
) -> Summary:
    """One pass over the stations of `config`, or over those that `only` names. The summary is stored with the run.

    `since` and `until` (both inclusive) look for the stories of those days, older ones too; `limit` bounds the pages
    that are fetched; `begun` is called when the store is this run's. Raises `ConfigError` (no contact, no such
    station), `TryLater` (another run holds the lock), `OutputError` (the store cannot be written).
    """
    sites = sites_of(config, only)
    if not config.contact:
        raise ConfigError(
            "contact: a scheduled run needs an address that webmasters can write to; put one into the configuration"
        )
    with (
        held(config.store),
        Archive.open(config.store, clock=clock, retry_later=config.retry_later) as archive,
    ):
        archive.release()  # what a run left that was killed; we hold the lock
        summary = Summary(watch)
        summary.run = archive.start_run()
        begun()
        _Pass(config, sites, archive, summary, halt, dates=(since, until), ration=Ration(limit), clock=clock).go()
        return summary


class Ration:
    """How many pages a run may still fetch, over all its stations. Thread-safe."""

    def __init__(self, pages: int | None) -> None:
        self._left = pages
        self._lock = threading.Lock()

    def take(self, wanted: int) -> int:
        with self._lock:
            if self._left is None:
                return wanted
            given = min(wanted, self._left)
            self._left -= given
            return given

    def give_back(self, pages: int) -> None:
        with self._lock:
            if self._left is not None:
                self._left += pages


class _Pass:
    """One pass on its way."""

    def __init__(
        self,
        config: Config,
        sites: Sequence[Site],
        archive: Archive,
        summary: Summary,
        halt: Halt,
        *,
        dates: tuple[date | None, date | None],
        ration: Ration,
        clock: Callable[[], float],
    ) -> None:
        self._config = config
        self._sites = sites
        self._archive = archive
        self._summary = summary
        self._halt = halt
        self._since, self._until = dates
        self._ration = ration
        self._clock = clock
        self._here = threading.local()  # the station a thread is at, for events that do not say so; its last latency
        self._measuring = Measuring(summary.run or 0, clock, self._latency)

    def go(self) -> None:
        """Works until all is done or `halt` says stop. Sets the summary's exit code, and stores it."""
        began = time.monotonic()
        self._summary.exit_code = 70  # unless we get to know better
        # A thread of its own: a signal's handler sets the same event, and must not come in between.
        timer = threading.Timer(self._config.max_runtime, self._halt.time_is_up)
        timer.daemon = True
        timer.start()
        verdict = Judged([], [])
        try:
            self._work()
            verdict = self._judged()
            self._summary.alarms = verdict.active
            self._summary.exit_code = self._exit_code()
        finally:
            timer.cancel()
            self._summary.seconds = time.monotonic() - began
            self._summary.stopped = self._halt.reason
            self._store_summary(verdict)
        if self._halt.error is not None:
            raise self._halt.error

    def _exit_code(self) -> int:
        if self._halt.signal is not None:
            return 128 + self._halt.signal
        if isinstance(self._halt.error, ScraperError):
            return self._halt.error.exit_code
        if self._summary.crashes:
            return 70
        failures = self._summary.failed_share() > self._config.failure_threshold
        return 1 if failures or self._summary.alarms else 0

    def _judged(self) -> Judged:
        if self._halt.error is not None:  # the store is the trouble
            return Judged([], [])
        try:
            hosts = {site.host for site in self._sites}
            return judged(self._archive, self._summary.run or 0, self._clock(), hosts)
        except (OutputError, TryLater) as error:
            self._halt.by_error(error)
            return Judged([], [])

    def _store_summary(self, verdict: Judged) -> None:
        assert self._summary.run is not None  # noqa: S101  (set by `scrape`)
        broken = (OutputError, TryLater) if self._halt.error is not None else ()
        with suppress(*broken):  # the store is the trouble, and that is told already
            summary = self._summary.to_dict()
            self._archive.end_run(self._summary.run, self._summary.exit_code, summary, verdict.changed)

    def _work(self) -> None:
        from scraper.api import rules_of
        from scraper.run.learning import HostRules, sighting_of
        from scraper.workers import WorkerPool

        rules = rules_of(self._config.platforms)
        learned = HostRules(self._archive, rules) if self._config.learn else None

        with ExitStack() as closing:
            pool = closing.enter_context(WorkerPool(EXTRACT, processes=self._processes()))
            fetcher = closing.enter_context(self._fetcher())
            work = PageWork(
                archive=self._archive,
                fetch=lambda due: _fetch(fetcher, due, self._clock()),
                extract=lambda page: pool.call((page, None, learned.of(page) if learned else rules)),
                observe=sighting_of if learned else None,
                summary=self._summary,
                halt=self._halt,
                clock=self._clock,
                measuring=self._measuring,
            )
            waiting = deque(self._sites)
            threads = [
                threading.Thread(target=self._serve, args=(waiting, fetcher, work), daemon=True)
                for _ in range(min(len(self._sites), MOST_THREADS))
            ]
            for thread in threads:
                thread.start()
            self._wait(threads, pool)

    def _processes(self) -> int:
        """A station's thread has one page in hand at a time: more workers than stations would only stand by."""
        from scraper.workers import cores

        return max(1, min(cores(), len(self._sites)))

    def _fetcher(self) -> Fetcher:
        from scraper.fetcher import HostState, RobotsEntry

        state = self._archive.host_memory(RobotsEntry, HostState)
        return fetcher_for(self._config, self._sites, halt=self._halt, state=state, watch=self._heard)

    def _wait(self, threads: Sequence[threading.Thread], pool: WorkerPool) -> None:
        """Until all threads are done; after a stop they have `STOP_SECONDS`, of which workers may use a part."""
        while not self._halt and (busy := next((thread for thread in threads if thread.is_alive()), None)):
            busy.join(0.2)
        if not self._halt:
            return
        last = time.monotonic() + STOP_SECONDS
        _join(threads, last - _KILL_SECONDS)
        pool.close()
        _join(threads, last)

    def _serve(self, waiting: deque[Site], fetcher: Fetcher, work: PageWork) -> None:
        """The life of one thread: one station after the other."""
        while not self._halt:
            try:
                site = waiting.popleft()
            except IndexError:
                return
            self._here.station = site.host
            with _Contained(site, self._summary, self._halt):
                self._summary.tell(Happening("begun", site.host))
                self._station(site, fetcher, work)
                self._summary.tell(Happening("ended", site.host))

    def _station(self, site: Site, fetcher: Fetcher, work: PageWork) -> None:
        if not self._queued(site, fetcher):
            return
        seen: set[str] = set()
        while not self._halt and self._batch(site, work, seen):
            continue

    def _queued(self, site: Site, fetcher: Fetcher) -> bool:
        """Looks for stories and queues them; False where the station cannot be asked. What was found is not kept: of
        all stations together it is more than all else."""
        discovery = find(
            site,
            fetcher,
            self._summary,
            halted=lambda: bool(self._halt),
            since=self._since,
            until=self._until,
            archive=self._archive,
            clock=self._clock,
        )
        if not self._halt and (visit := self._measuring.visit(site.host, discovery)) is not None:
            self._archive.watching().add(visit)
        if discovery is None:
            return False
        self._summary.count(site.host, "found", len(discovery.found))
        queued = queue(site, discovery, self._archive, self._summary, now=self._clock())
        self._summary.count(site.host, "queued", queued)
        return True

    def _batch(self, site: Site, work: PageWork, seen: set[str]) -> bool:
        """Does some pages. False when there is nothing more to do at this station in this run."""
        allowed = self._ration.take(BATCH)
        run = self._summary.run or 0
        batch = self._archive.lease([site.host], self._clock(), allowed, run, _LEASE_SECONDS) if allowed else []
        self._ration.give_back(allowed - len(batch))
        for number, due in enumerate(batch):
            # A page that is due again right after it was settled would keep the run going for ever.
            if self._halt or due.key in seen or not work.do(site, due):
                self._ration.give_back(len(batch) - number - 1)
                return False
            seen.add(due.key)
        return bool(batch)

    def _heard(self, event: Event) -> None:
        """What the fetcher tells, in the thread of the station that it fetches for."""
        station = getattr(self._here, "station", "")
        if event.kind == "response":
            self._here.seconds = event.seconds
        if event.kind == "retry":
            self._summary.count(station, "retried", url=event.url, reason=None)
            log.info("retry in %.1f s: %s: %s", event.seconds, event.url, event.detail)
        else:
            log.debug("%s %s %s", event.kind, event.url, event.detail)

    def _latency(self) -> float | None:
        """The seconds of the last response in this thread, told once."""
        seconds: float | None = self._here.__dict__.pop("seconds", None)
        return seconds


class _Contained:
    """What goes wrong at one station stays there, unless it is the store's or the configuration's trouble."""

    def __init__(self, site: Site, summary: Summary, halt: Halt) -> None:
        self._site = site
        self._summary = summary
        self._halt = halt

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, ScraperError):
            self._halt.by_error(error)
        elif error is not None:
            line = f"internal error: {type(error).__name__}: {' '.join(str(error).split())}"
            self._summary.crashed(self._site.host, line, error)
            log.error("%s: %s", self._site.host, line, exc_info=error)
        return True


def fetcher_for(
    config: Config,
    sites: Sequence[Site],
    *,
    halt: Halt,
    state: FetchState | None = None,
    watch: Callable[[Event], None] | None = None,
    crawl: bool = True,
) -> Fetcher:
    """A fetcher for these stations. Raises `ConfigError` for settings that cannot work, and where a crawl has no
    contact.
    """
    from scraper.fetcher import Fetcher

    return Fetcher(
        config.fetch,
        contact=config.contact,
        crawl=crawl,
        delays={site.place: site.settings.delay for site in sites if site.settings.delay is not None},
        group_of=group_of(sites).get,
        state=state,
        watch=watch,
        stop=halt.event,
    )


def _fetch(fetcher: Fetcher, due: Due, now: float) -> Page:
    from scraper.fetcher import Validators

    if due.whole or last_visit(due.published or due.first_seen, now):
        return fetcher.fetch(due.url)
    return fetcher.fetch(due.url, validators=Validators(etag=due.etag, last_modified=due.last_modified))


def _join(threads: Iterable[threading.Thread], until: float) -> None:
    for thread in threads:
        thread.join(max(until - time.monotonic(), 0.0))
