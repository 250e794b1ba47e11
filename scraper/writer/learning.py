"""What the store does for learning: see stories, weigh what recurs, tell what was learned, forget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, select

from scraper.article import Article
from scraper.writer import learned
from scraper.writer.schema import stories
from scraper.writer.times import stamp

Transaction = Callable[[], AbstractContextManager[Connection]]
SightingT = TypeVar("SightingT", bound=msgspec.Struct)
VerdictT = TypeVar("VerdictT", bound=msgspec.Struct)
Weigh = Callable[[Sequence[SightingT], Mapping[str, str], Mapping[str, VerdictT]], list[VerdictT]]
"""From a host's sightings, oldest first, the words of its lines by key, and the lines learned before, by key, to
verdicts."""

BATCH = 50
"""Stories that are seen in one transaction."""


class Known(NamedTuple):
    """A host of which something was seen."""

    host: str
    stories: int
    learned: int
    version: int


class Learning(Generic[SightingT, VerdictT]):
    """Learned furniture in the store. Sightings and verdicts are structs of the extractor, handed in as types."""

    def __init__(
        self,
        reading: Transaction,
        writing: Transaction,
        clock: Callable[[], float],
        types: tuple[type[SightingT], type[VerdictT]],
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._clock = clock
        self._sighting, self._verdict = types

    def see(self, sightings: Iterable[learned.Sighting]) -> int:
        """Remember stories. Returns their number."""
        waiting = list(sightings)
        for start in range(0, len(waiting), BATCH):
            with self._writing() as connection:
                for sighting in waiting[start : start + BATCH]:
                    learned.see(connection, sighting)
        return len(waiting)

    def learn(self, host: str, weigh: Weigh[SightingT, VerdictT]) -> tuple[int, list[VerdictT]]:
        """Weigh what was seen of a host. Returns version and verdicts; both are stored."""
        with self._writing() as connection:
            before = learned.verdicts(connection, host, self._verdict)
            held = {verdict.key: verdict for verdict in before if verdict.learned}  # type: ignore[attr-defined]
            seen = learned.sightings(connection, host, self._sighting)
            found = weigh(seen, learned.texts(connection, host), held)
            version = learned.put(connection, host, found, stamp(self._clock()))
        return version, found

    def known(self, host: str) -> tuple[int, list[VerdictT]]:
        """Version and verdicts as they were weighed last."""
        with self._reading() as connection:
            return learned.version(connection, host), learned.verdicts(connection, host, self._verdict)

    def hosts(self) -> list[Known]:
        """All hosts of which something was seen."""
        with self._reading() as connection:
            return [Known(*row) for row in learned.hosts(connection)]

    def forget(self, host: str) -> int:
        """Forget all that was seen and learned of a host. Returns the number of stories."""
        with self._writing() as connection:
            return learned.forget(connection, host, stamp(self._clock()))

    def stories(self, host: str) -> list[Article]:
        """The stored stories of a host that came last, as many as are looked at, oldest first."""
        query = select(stories.c.record).where(stories.c.host == host).order_by(stories.c.number.desc())
        with self._reading() as connection:
            rows = connection.execute(query.limit(learned.WINDOW)).all()
        return [Article.from_json(row.record) for row in reversed(rows)]
