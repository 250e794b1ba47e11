"""The store: records, the pages they come from, and what a run must remember. One transaction a page.

Everything SQL stands behind this class; nothing outside the writer's room imports SQLAlchemy.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, func, select, update

from scraper import addresses
from scraper.article import Article
from scraper.writer import clock, frontier, health, learned, measures, overview, sources, stories
from scraper.writer.alarm import Alarm
from scraper.writer.characters import storable
from scraper.writer.database import open_database, store_errors, writing
from scraper.writer.learning import Learning
from scraper.writer.memory import HostMemory
from scraper.writer.results import Added, Due, Found, Learned, Outcome, PageResult, Stored, Validators
from scraper.writer.schedule import WAITS, Trouble
from scraper.writer.schema import pages, runs
from scraper.writer.schema import stories as story_table
from scraper.writer.times import stamp, tidy
from scraper.writer.watching import Watching

RobotsT = TypeVar("RobotsT", bound=msgspec.Struct)
HostT = TypeVar("HostT", bound=msgspec.Struct)
SourceT = TypeVar("SourceT", bound=msgspec.Struct)
SightingT = TypeVar("SightingT", bound=msgspec.Struct)
VerdictT = TypeVar("VerdictT", bound=msgspec.Struct)


class Archive:
    """An open store. Its methods may be called from many threads: writes wait for each other, reads wait for nobody.

    A method that writes is one transaction, over when the method returns (`add_found` is one for each 500 addresses).
    All methods raise OutputError when the store cannot be used, TryLater when another process writes for too long.
    Times are seconds since the epoch.
    """

    def __init__(self, store: str, engine: Engine, clock: Callable[[], float], retry_later: Sequence[float]) -> None:
        self.store = store
        self._retry_later = tuple(retry_later)
        self._engine = engine
        self._clock = clock
        self._lock = threading.Lock()

    @classmethod
    def open(
        cls,
        store: str,
        *,
        create: bool = True,
        clock: Callable[[], float] = time.time,
        retry_later: Sequence[float] = WAITS,
    ) -> Self:
        """The store at `store`, a path or a database URL, brought up to today's schema.

        Without `create` there must be one: raises SourceError when its file is missing. `retry_later` are the waits
        between runs that fail on a page (`scraper.writer.schedule`).
        """
        return cls(store, open_database(store, create=create), clock, retry_later)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- pages and their stories

    def write(
        self, article: Article, result: PageResult | None = None, sighting: learned.Sighting | None = None
    ) -> Outcome:
        """Store a record together with the state of its page.

        "unchanged" when nothing but the provenance differs from what is stored: then only the time when it was last
        seen and the page's validators move. A record that comes from no page (`result` null) has no page state.
        `sighting` is what is remembered of its lines, to learn what recurs.
        """
        now = self._clock()
        seen = tidy((result.fetched_at if result else None) or article.provenance.fetched_at or stamp(now))
        with self._writing() as connection:
            written = stories.write(connection, article, seen)
            if result is not None:
                result = _with_type(result, article.page_type)
                frontier.done(connection, result, written.number, now, rewritten=written.rewritten)
                _measured(connection, result, written.outcome)
            if sighting is not None:
                learned.see(connection, sighting)
        return written.outcome

    def not_modified(self, result: PageResult) -> None:
        """The server answered that the page is as it was (304)."""
        now = self._clock()
        with self._writing() as connection:
            number = frontier.not_modified(connection, result, now)
            _measured(connection, result)
            if number is not None:
                stories.seen_again(connection, number, tidy(result.fetched_at or stamp(now)))

    def refuse(self, result: PageResult) -> None:
        """The page has no story, or may not be had; `result.error` says why. It is due again only at
        `result.next_try_at`."""
        with self._writing() as connection:
            frontier.refused(connection, result, self._clock())
            _measured(connection, result)

    def fail(self, result: PageResult) -> Trouble:
        """The page could not be had. Says whether it is gone now, and when it is tried again."""
        with self._writing() as connection:
            _measured(connection, result)
            return frontier.failed(connection, result, self._clock(), self._retry_later)

    def gone(self, result: PageResult) -> Trouble:
        """The page is no more, for certain. Its record stays, marked."""
        with self._writing() as connection:
            return frontier.gone(connection, result, self._clock())

    # --- the queue

    def add_found(self, found: Iterable[Found], learned: Learned | None = None) -> int:
        """Queue addresses; what is known already stays as it is. Returns the number of new pages.

        `learned` is what is remembered of the sources that listed them: it is committed together with the last of the
        addresses, so that no source counts as read whose addresses are not queued.
        """
        number = 0
        news: set[str] = set()
        items = iter(found)
        batch = list(islice(items, frontier.BATCH))
        while batch or learned:
            following = list(islice(items, frontier.BATCH))
            with self._writing() as connection:
                added = frontier.add(connection, batch, self._clock()) if batch else Added([], [])
                if learned:
                    news.update(added.new, added.changed)
                    if not following:
                        sources.put(connection, learned.station, learned.states(news))
            number += len(added.new)
            if not following:
                break
            batch = following
        return number

    def known_until(self, urls: Iterable[str]) -> dict[str, str]:
        """The keys of those addresses whose story is stored, each with the time up to which its changes are known
        (RFC 3339): that of the last visit, or of the last change that was told of.
        """
        known: dict[str, str] = {}
        items = iter(urls)
        while batch := list(islice(items, frontier.BATCH)):
            with self._reading() as connection:
                known |= frontier.known_until(connection, batch)
        return known

    # --- sources

    def sources(self, station: str, state: type[SourceT]) -> list[SourceT]:
        """What is remembered of a station's sources, as structs of the discoverer, whose type `state` is."""
        with self._reading() as connection:
            return sources.load(connection, station, state)

    def lease(self, hosts: Sequence[str], now: float, limit: int, run: int, duration: float = 600.0) -> list[Due]:
        """Up to `limit` pages of `hosts` that are due at `now`, newest first, a host at a time in turn.

        They belong to `run` for `duration` seconds, or until one of the methods above settles them.
        """
        with self._writing() as connection:
            return frontier.lease(connection, hosts, now=now, limit=limit, run=run, duration=duration)

    def due(self, hosts: Sequence[str], now: float, limit: int = 100_000) -> list[Due]:
        """The pages that `lease` would give. They stay where they are."""
        with self._reading() as connection:
            return frontier.due(connection, hosts, now=now, limit=limit)

    def unknown(self, urls: Iterable[str]) -> list[str]:
        """Those of the addresses that are not in the queue, whatever their spelling."""
        fresh: list[str] = []
        items = iter(urls)
        while batch := list(islice(items, frontier.BATCH)):
            with self._reading() as connection:
                keys = frontier.unknown(connection, batch)
            fresh += [url for url in batch if storable(addresses.key(url)) in keys]
        return fresh

    def release(self, run: int | None = None) -> int:
        """Give back the pages that `run` has in hand; without `run` those of all runs, which the one that holds the
        lock may do when it starts. Returns their number."""
        with self._writing() as connection:
            return frontier.release(connection, run)

    def put_off(self, key: str, until: float) -> None:
        """Give a page back untried, due at `until`; this is no failure."""
        with self._writing() as connection:
            frontier.put_off(connection, key, until)

    def validators(self, key: str) -> Validators | None:
        """The validators of the version that is stored; None where no story is, or where they were found to lie."""
        query = select(pages.c.etag, pages.c.last_modified).where(
            pages.c.key == key, pages.c.state == "done", pages.c.lying.is_(False)
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        return Validators(row.etag, row.last_modified) if row else None

    def page_states(self) -> dict[str, int]:
        """How many pages are in each state (`scraper.writer.schema.STATES`)."""
        query = select(pages.c.state, func.count()).group_by(pages.c.state)
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    # --- hosts

    def host_memory(self, robots: type[RobotsT], host: type[HostT]) -> HostMemory[RobotsT, HostT]:
        """Robots files and host states, for a fetcher whose structs these types are."""
        return HostMemory(self._reading, self._writing, robots, host)

    # --- what recurs

    def learning(self, sighting: type[SightingT], verdict: type[VerdictT]) -> Learning[SightingT, VerdictT]:
        """Learned furniture, for an extractor whose structs these types are."""
        return Learning(self._reading, self._writing, self._clock, (sighting, verdict))

    # --- watching

    def watching(self) -> Watching:
        """Measures, alarms, queues and runs, for whoever watches over the stations."""
        return Watching(self._reading, self._writing, self._clock)

    # --- stories

    def story(self, what: str) -> Stored | None:
        """The story with this id or address (also canonical, also a key); of several the one published last."""
        return next(iter(self.find(what)), None)

    def find(self, what: str) -> list[Stored]:
        """All stories with this id or address: one that several stations carry has one id."""
        with self._reading() as connection:
            return stories.find(connection, what)

    def newest(
        self,
        limit: int | None,
        station: str | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Stored]:
        """The stories published last, undated ones at the end; of one station (host, domain or name) if given. With
        days (both inclusive, in UTC) those published then, so none without a date.
        """
        with self._reading() as connection:
            return stories.newest(connection, limit, station, since, until)

    def count(self) -> int:
        """The number of stories."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(story_table)).scalar_one()

    # --- runs

    def start_run(self) -> int:
        """Note that a run begins now. Returns its number. Where the last one began later than now, the clock was ahead:
        what would wait for it to be so late again is set right."""
        with self._writing() as connection:
            clock.set_right(connection, self._clock())
            done = connection.execute(runs.insert().values(started=stamp(self._clock())))
        assert done.inserted_primary_key is not None  # noqa: S101  one row, one key
        return int(done.inserted_primary_key[0])

    def end_run(self, run: int, exit_code: int, summary: dict[str, Any], alarms: Iterable[Alarm] = ()) -> None:
        """Note how a run ended, and give back what it has in hand. `alarms` are those that it raised, saw again or
        cleared. What has become old of measures and summaries is shortened."""
        text = msgspec.json.encode(summary).decode()
        now = self._clock()
        with self._writing() as connection:
            frontier.release(connection, run)
            values = {"ended": stamp(now), "exit_code": exit_code, "summary": text}
            connection.execute(update(runs).where(runs.c.number == run).values(**values))
            measures.put_alarms(connection, alarms)
            measures.thin(connection, now)
            overview.shorten(connection, run)

    # --- care

    def check(self) -> list[str]:
        """What is wrong with the store, one line each; nothing, if all is well."""
        with self._reading() as connection:
            return list(health.problems(connection))

    def checkpoint(self) -> None:
        """Move what SQLite has logged into the database file itself, as far as readers allow."""
        if self._engine.dialect.name == "sqlite":
            with self._lock, store_errors(self.store):
                health.checkpoint(self._engine)

    def close(self) -> None:
        """Close all connections. The store can be opened again at any time."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._lock, store_errors(self.store), writing(self._engine) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with store_errors(self.store), self._engine.connect() as connection:
            yield connection


def _measured(connection: Connection, result: PageResult, outcome: Outcome | None = None) -> None:
    if result.measure is not None:
        measures.add(connection, result.measure if outcome is None else result.measure.outcome(outcome))


def _with_type(result: PageResult, page_type: str) -> PageResult:
    return result if result.page_type else msgspec.structs.replace(result, page_type=page_type)
