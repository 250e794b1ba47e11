"""What the store does for those who watch over a station: measures, alarms, the queue, the runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from scraper.writer import measures, overview, review
from scraper.writer.alarm import Alarm
from scraper.writer.measure import Measure
from scraper.writer.overview import Queue, Ran, Unread
from scraper.writer.review import Headline, Removals
from scraper.writer.times import stamp

Transaction = Callable[[], AbstractContextManager[Connection]]


class Watching:
    """Measures and alarms of a store, and what waits in it. Each method is one transaction."""

    def __init__(self, reading: Transaction, writing: Transaction, clock: Callable[[], float]) -> None:
        self._reading = reading
        self._writing = writing
        self._clock = clock

    def add(self, measure: Measure) -> None:
        """Count a measure in. Those of pages come in together with the page: see `PageResult.measure`."""
        with self._writing() as connection:
            measures.add(connection, measure)

    def measures(self, hosts: Sequence[str] | None = None, *, days: float | None = None) -> list[Measure]:
        """The measures of some hosts, or of all, of the last `days` or of all time, in the order of their runs.

        Runs stand apart for two weeks, then days for three months, then weeks (`Measure.grain`, `Measure.at`). A host
        has one for each platform of its records, and one with platform "" for what became no record.
        """
        since = None if days is None else stamp(self._clock() - days * 86400)
        with self._reading() as connection:
            return measures.load(connection, hosts, since)

    def alarms(self, *, active: bool = True) -> list[Alarm]:
        """The alarms that are not over, or all that are known, the newest first."""
        with self._reading() as connection:
            return measures.load_alarms(connection, active=active)

    def put_alarms(self, changed: Sequence[Alarm]) -> None:
        """Store alarms that were raised, seen again or cleared."""
        if changed:
            with self._writing() as connection:
                measures.put_alarms(connection, changed)

    def runs(self, limit: int = 1) -> list[Ran]:
        """The last runs, the newest first."""
        with self._reading() as connection:
            return overview.runs(connection, limit)

    def queues(self) -> list[Queue]:
        """What waits, and what became of pages, by host."""
        with self._reading() as connection:
            return overview.queues(connection, stamp(self._clock()))

    def unread_sources(self) -> list[Unread]:
        """The sources that could not be read when they were asked last."""
        with self._reading() as connection:
            return overview.unread(connection)

    # --- over some days: `since` and `until` are RFC 3339 in UTC

    def each_measure(self, since: str, until: str) -> Iterator[Measure]:
        """All measures from `since` to before `until`, host by host, in a stream: counts and latencies alone."""
        with self._reading() as connection:
            yield from review.each_measure(connection, since, until)

    def headlines(self, until: str) -> list[Headline]:
        """The stories published last before `until`; `scraper.writer.review.SAMPLE` at most."""
        with self._reading() as connection:
            return review.newest(connection, until)

    def removed(self, since: str) -> Removals:
        """What was removed most from stories that came since then, or from an even sample of them."""
        with self._reading() as connection:
            return review.removed(connection, since)
