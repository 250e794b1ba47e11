"""The state of a store, for people and programs: what `scraper status` prints. Reads alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from scraper.watch import sentence
from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive
from scraper.writer.measure import Measure, total
from scraper.writer.overview import Queue, Unread

DAYS = 30.0
"""Coverage is that of the pages read in so many days."""


class StationStatus(msgspec.Struct, frozen=True, kw_only=True):
    """One station. `measure` is of the last `DAYS`; `new`, `updated` and `gone` are of the last run."""

    host: str
    platform: str | None
    queue: Queue
    measure: Measure
    new: int
    updated: int
    gone: int
    alarms: int

    def to_dict(self) -> dict[str, Any]:
        one = self.measure
        coverage = {
            "body": one.share("body", "read"),
            **{name: one.share(name) for name in ("title", "date", "authors", "ruled", "fallback", "several")},
            "pages": one.read,
            "median_length": one.median_length,
            "median_seconds": one.median_seconds,
        }
        rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in coverage.items()}
        queue = msgspec.to_builtins(self.queue)
        stories, newest = queue.pop("stories"), queue.pop("newest")
        queue.pop("host")
        return {
            "host": self.host,
            "platform": self.platform,
            "stories": stories,
            "newest": newest,
            "last_run": {"new": self.new, "updated": self.updated, "gone": self.gone},
            "coverage": rounded,
            "queue": queue,
            "alarms": self.alarms,
        }


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """`last` is the last run as `Archive.watching().runs()` has it, without the counts of stations; None before the
    first. `size` is in bytes, with SQLite's log; None where the store is on a server."""

    store: str
    size: int | None
    stories: int
    last: dict[str, Any] | None
    alarms: list[Alarm]
    unread: list[Unread]
    stations: list[StationStatus]

    def to_dict(self) -> dict[str, Any]:
        """As it is printed as JSON."""
        return {
            "store": self.store,
            "size": self.size,
            "stories": self.stories,
            "last_run": self.last,
            "alarms": [msgspec.to_builtins(alarm) | {"sentence": sentence(alarm)} for alarm in self.alarms],
            "unread_sources": msgspec.to_builtins(self.unread),
            "stations": [station.to_dict() for station in self.stations],
        }


def status_of(archive: Archive, hosts: Sequence[str] | None = None) -> Status:
    """The state of an open store; `hosts` are the stations to tell of, in this order, and null all that it has."""
    watching = archive.watching()
    queues = {queue.host: queue for queue in watching.queues()}
    measures: dict[str, list[Measure]] = {}
    for measure in watching.measures(hosts, days=DAYS):
        measures.setdefault(measure.host, []).append(measure)
    names = list(hosts) if hosts is not None else sorted({*queues, *measures})
    alarms = [one for one in watching.alarms() if one.scope == "platform" or hosts is None or one.subject in hosts]
    run = next(iter(watching.runs(1)), None)
    counted = (run.summary.get("stations") or {}) if run else {}
    return Status(
        store=archive.store,
        size=size_of(archive.store),
        stories=archive.count(),
        last=_last(run) if run else None,
        alarms=sorted(alarms, key=lambda one: (one.scope != "platform", one.subject)),
        unread=[one for one in watching.unread_sources() if hosts is None or one.station in hosts],
        stations=[_station(name, queues, measures.get(name, []), counted.get(name) or {}, alarms) for name in names],
    )


def size_of(store: str) -> int | None:
    """Bytes on the disk of a store that is a file, with what SQLite keeps beside it."""
    name = store.removeprefix("sqlite:///").partition("?")[0]
    if "://" in name:
        return None
    sizes: list[int] = []
    for end in ("", "-wal", "-shm"):
        with suppress(OSError):
            sizes.append(Path(f"{Path(name).expanduser()}{end}").stat().st_size)
    return sum(sizes) if sizes else None


def _station(
    host: str, queues: dict[str, Queue], measures: list[Measure], counted: dict[str, int], alarms: list[Alarm]
) -> StationStatus:
    by_platform: dict[str, int] = {}
    for one in measures:
        by_platform[one.platform] = by_platform.get(one.platform, 0) + one.records
    platform = max(by_platform, key=lambda name: by_platform[name], default="") or None
    return StationStatus(
        host=host,
        platform=platform,
        queue=queues.get(host) or Queue(host=host),
        measure=total(measures, host),
        new=counted.get("new", 0),
        updated=counted.get("updated", 0),
        gone=counted.get("gone", 0),
        alarms=sum(one.scope == "host" and one.subject == host for one in alarms),
    )


def _last(run: Any) -> dict[str, Any]:
    told = {"number": run.number, "started": run.started, "ended": run.ended, "exit_code": run.exit_code}
    summary = {
        key: value for key, value in run.summary.items() if key in ("seconds", "stopped", "failed_share", "total")
    }
    return told | summary
