"""What a run came to, by station and in all: counted while it goes on, stored when it ends, shown by commands."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from scraper.errors import NotAnArticle, ScraperError
from scraper.writer.alarm import Alarm

KINDS = (
    "found",  # addresses that the sources list
    "queued",  # those of them that were not known before
    "tried",  # pages that something came of
    "fetched",  # those of them that were had, or are known to be as they were
    "retried",  # requests that were made again
    "new",  # records, as "updated" and "unchanged"
    "updated",
    "unchanged",
    "refused",  # pages that hold no story, or may not be had
    "gone",  # pages that are not found, or are no more
    "failed",  # pages that could not be had
    "later",  # pages that the site wants to be asked for later
)

_MOST_REASONS = 20
_LONGEST_REASON = 160


class Happening(NamedTuple):
    """One thing that happened, for progress and logs. `kind` is one of `KINDS`, begun, ended or trouble."""

    kind: str
    station: str
    url: str | None = None
    detail: str = ""
    number: int = 1


Watch = Callable[[Happening], None]
"""Called from many threads at once."""


class Tally(msgspec.Struct, kw_only=True):
    """Counts of one station, or of all. `why` has the reasons of refused, gone, failed and later pages with their
    numbers; `trouble` is a line for each source or host that could not be read."""

    found: int = 0
    queued: int = 0
    tried: int = 0
    fetched: int = 0
    retried: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    gone: int = 0
    failed: int = 0
    later: int = 0
    why: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    trouble: list[str] = msgspec.field(default_factory=list)
    unreachable: bool = False
    """No source of the station could be read."""

    @property
    def written(self) -> int:
        return self.new + self.updated

    def add(self, kind: str, number: int = 1, reason: str | None = None) -> None:
        setattr(self, kind, getattr(self, kind) + number)
        if reason is not None:
            reasons = self.why.setdefault(kind, {})
            key = reason if reason in reasons or len(reasons) < _MOST_REASONS else "other reasons"
            reasons[key] = reasons.get(key, 0) + number

    def merge(self, other: Tally) -> None:
        """Adds what another one counted."""
        for kind in KINDS:
            self.add(kind, getattr(other, kind))
        for kind, reasons in other.why.items():
            for reason, number in reasons.items():
                self.add(kind, 0, reason)
                key = reason if reason in self.why[kind] else "other reasons"
                self.why[kind][key] += number
        self.trouble += other.trouble


class Summary:
    """The tallies of a run. Its methods may be called from many threads."""

    def __init__(self, watch: Watch | None = None) -> None:
        self.stations: dict[str, Tally] = {}
        self.run: int | None = None
        self.seconds = 0.0
        self.stopped: str | None = None
        self.exit_code = 0
        self.alarms: list[Alarm] = []
        """Those of the run's stations that are not over, when it ends."""
        self.crashes: list[BaseException] = []
        """Mistakes of this program that a station's work ended with."""
        self._watch = watch
        self._lock = threading.Lock()

    def count(
        self, station: str, kind: str, number: int = 1, *, url: str | None = None, reason: str | None = None
    ) -> None:
        """Adds to a station's count; `reason` is kept for refused, gone, failed and later pages."""
        with self._lock:
            self._tally(station).add(kind, number, reason)
        self.tell(Happening(kind, station, url, reason or "", number))

    def trouble(self, station: str, line: str, *, unreachable: bool = False) -> None:
        """Notes a source that could not be read; `unreachable`: nothing of the station could."""
        with self._lock:
            tally = self._tally(station)
            if line:
                tally.trouble.append(line)
            tally.unreachable = tally.unreachable or unreachable
        self.tell(Happening("trouble", station, None, line))

    def crashed(self, station: str, line: str, error: BaseException) -> None:
        """Notes a mistake of this program, which cost the rest of one station's pages."""
        self.crashes.append(error)
        self.trouble(station, line)

    def tell(self, happening: Happening) -> None:
        if self._watch is not None:
            self._watch(happening)

    @property
    def total(self) -> Tally:
        whole = Tally()
        with self._lock:
            for tally in self.stations.values():
                whole.merge(tally)
            whole.unreachable = bool(self.stations) and all(tally.unreachable for tally in self.stations.values())
        return whole

    def failed_share(self) -> float:
        """The share of failed pages. A station none of whose sources could be read counts as one page that failed:
        else a run that reaches nothing at all would be a success."""
        total = self.total
        closed = sum(tally.unreachable for tally in self.stations.values())
        tried = total.tried + closed
        return (total.failed + closed) / tried if tried else 0.0

    def to_dict(self) -> dict[str, Any]:
        """As it is stored with the run and printed as JSON."""
        return {
            "run": self.run,
            "seconds": round(self.seconds, 3),
            "stopped": self.stopped,
            "exit_code": self.exit_code,
            "failed_share": round(self.failed_share(), 4),
            "alarms": [msgspec.to_builtins(alarm) for alarm in self.alarms],
            "total": msgspec.to_builtins(self.total),
            "stations": {host: msgspec.to_builtins(tally) for host, tally in sorted(self.stations.items())},
        }

    def _tally(self, station: str) -> Tally:
        return self.stations.setdefault(station, Tally())


def reason_of(error: ScraperError, url: str) -> str:
    """An error as a reason that many pages may share: without the page's address.

    >>> reason_of(ScraperError("https://bpr.org/x: it answers 503"), "https://bpr.org/x")
    'it answers 503'
    """
    if isinstance(error, NotAnArticle):
        return f"{error.page_type} page: {error.reason}"[:_LONGEST_REASON]
    text = " ".join(str(error).split())
    before, found, after = text.partition(url)
    if found:
        text = after.lstrip(": ") if not before else f"{before}it{after}"
    return text[:_LONGEST_REASON]
