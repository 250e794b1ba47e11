"""The tables `measures` and `alarms`: kept page by page, read to judge by, thinned as they age.

Each function works inside the transaction that it is given. A page is measured in the transaction that stores what
became of it, so that a run that is killed leaves the measures of all its pages and of no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median_low
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from scraper.writer.alarm import Alarm
from scraper.writer.characters import storable
from scraper.writer.measure import COUNTS, Grain, Measure, most_frequent
from scraper.writer.schema import alarms, measures, runs
from scraper.writer.times import seconds, stamp

RUN_DAYS = 14
DAY_DAYS = 92
MOST_WEEKS = 160
"""Runs are kept apart for `RUN_DAYS`, days for `DAY_DAYS`, and so many weeks of each host and platform."""
MOST_CLEARED = 500
"""Alarms that are over, and kept."""
KEPT_PARAGRAPHS = 8

_VOTES = 5
_JSON = ("lengths", "seconds", "paragraphs", "refusals", "samples")
_THIS = (
    measures.c.run == bindparam("this_run"),
    measures.c.host == bindparam("this_host"),
    measures.c.platform == bindparam("this_platform"),
)
_ROW = select(measures).where(*_THIS)
_UPDATE = update(measures).where(*_THIS)
_DELETE = delete(measures).where(*_THIS)


def add(connection: Connection, measure: Measure) -> None:
    """Count it in with what is measured of its run, host and platform already."""
    row = connection.execute(_ROW, _key(measure)).first()
    if row is None:
        connection.execute(measures.insert(), _values(measure))
    else:
        connection.execute(_UPDATE, _key(measure) | _values(_measure(row).add(measure)))


def load(connection: Connection, hosts: Sequence[str] | None, since: str | None) -> list[Measure]:
    """Measures of some hosts, or of all, oldest run first."""
    query = select(measures).order_by(measures.c.run, measures.c.host, measures.c.platform)
    if since is not None:
        query = query.where(measures.c.at >= since)
    if hosts is not None:
        query = query.where(measures.c.host.in_(hosts))
    return [_measure(row) for row in connection.execute(query)]


def thin(connection: Connection, now: float) -> None:
    """Sum up runs into days and days into weeks, once they are old enough; the oldest weeks go. `now` is the time, but
    for a clock that jumps: one pass that is dated wrongly is outvoted by those around it."""
    starts = connection.execute(select(runs.c.started).order_by(runs.c.number.desc()).limit(_VOTES)).scalars()
    now = median_low([*map(seconds, starts)] or [now])
    _sum_up(connection, "run", "day", now, RUN_DAYS)
    if _sum_up(connection, "day", "week", now, DAY_DAYS):
        _drop_oldest_weeks(connection)


def put_alarms(connection: Connection, changed: Iterable[Alarm]) -> None:
    """Store alarms that were raised, seen again or cleared. There is one active alarm of a subject and kind at most."""
    for alarm in changed:
        values = msgspec.structs.asdict(alarm) | {"samples": _text(alarm.samples)}
        values = {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}
        same = [alarms.c[name] == values[name] for name in ("scope", "subject", "kind")]
        query = update(alarms).where(*same, alarms.c.cleared_at.is_(None)).values(**values)
        if not connection.execute(query).rowcount:
            connection.execute(alarms.insert(), values)
    old = select(alarms.c.number).where(alarms.c.cleared_at.is_not(None)).order_by(alarms.c.number.desc())
    connection.execute(delete(alarms).where(alarms.c.number.in_(old.offset(MOST_CLEARED))))


def load_alarms(connection: Connection, *, active: bool) -> list[Alarm]:
    """Alarms, the newest first; only those that are not over, or all."""
    query = select(alarms).order_by(alarms.c.number.desc())
    if active:
        query = query.where(alarms.c.cleared_at.is_(None))
    found = []
    for row in connection.execute(query):
        values = dict(row._mapping) | {"samples": msgspec.json.decode(row.samples)}
        values.pop("number")
        found.append(Alarm(**values))
    return found


def _sum_up(connection: Connection, fine: Grain, coarse: Grain, now: float, days: int) -> int:
    # Both ways: what a clock that was wrong for a while has dated into the future is thinned, too.
    oldest, newest = stamp(now - days * 86400), stamp(now + days * 86400)
    old = ~measures.c.at.between(oldest, newest)
    query = select(measures).where(measures.c.grain == fine, old).order_by(measures.c.run)
    rows = [_measure(row) for row in connection.execute(query)]
    for measure in rows:
        connection.execute(_DELETE, _key(measure))
        start = _start(measure.at, coarse)
        like = (measures.c.host == measure.host, measures.c.platform == measure.platform)
        before = connection.execute(select(measures).where(*like, measures.c.grain == coarse, measures.c.at == start))
        if row := before.first():
            stored = _measure(row)
            connection.execute(_DELETE, _key(stored))
            measure = stored.add(measure)  # noqa: PLW2901  the sum takes its place
        measure.grain, measure.at, measure.samples = coarse, start, {}
        measure.paragraphs = most_frequent(measure.paragraphs, {}, KEPT_PARAGRAPHS)
        connection.execute(measures.insert(), _values(measure))
    return len(rows)


def _start(at: str, grain: Grain) -> str:
    day = date.fromisoformat(at[:10])
    if grain == "week":
        day = date.min if day.toordinal() < 8 else day - timedelta(days=day.weekday())
    return f"{day.isoformat()}T00:00:00Z"


def _drop_oldest_weeks(connection: Connection) -> None:
    query = select(measures.c.run, measures.c.host, measures.c.platform).where(measures.c.grain == "week")
    seen: dict[tuple[str, str], int] = {}
    for run, host, platform in connection.execute(query.order_by(measures.c.run.desc())).all():
        seen[host, platform] = seen.get((host, platform), 0) + 1
        if seen[host, platform] > MOST_WEEKS:
            connection.execute(_DELETE, {"this_run": run, "this_host": host, "this_platform": platform})


def _key(measure: Measure) -> dict[str, Any]:
    return {"this_run": measure.run, "this_host": measure.host, "this_platform": measure.platform}


def _values(measure: Measure) -> dict[str, Any]:
    values = msgspec.structs.asdict(measure)
    return values | {name: storable(_text(values[name])) for name in _JSON}


def _measure(row: Any) -> Measure:
    values = dict(row._mapping)
    return Measure(**(values | {name: msgspec.json.decode(values[name]) for name in _JSON}))


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


assert {"run", "host", "platform", "grain", "at", "newest", *COUNTS, *_JSON} == set(Measure.__struct_fields__)  # noqa: S101
