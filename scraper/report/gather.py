"""A report out of the store. Memory is bounded by stations times points, not by what was measured or stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from scraper import stations
from scraper.report.model import Pass, Point, Report, Series, StationReport, first_day, step_of
from scraper.writer.alarm import Alarm
from scraper.writer.archive import Archive
from scraper.writer.measure import Measure
from scraper.writer.overview import Queue, Ran
from scraper.writer.review import Headline
from scraper.writer.times import stamp
from scraper.writer.watching import Watching

_DAY = 86400.0
_PASSES = 14
_NEWEST = 20
_NEWEST_OF_STATION = 3
_FIELDS = {"with title": "title", "with date": "date", "with byline": "authors", "by platform rules": "ruled"}
_QUEUE = tuple(name for name in Queue.__struct_fields__ if name not in ("host", "newest"))


def gather(archive: Archive, *, days: int, now: float) -> Report:
    """What the store knows of the last `days`. `now` is seconds since the epoch."""
    watching = archive.watching()
    step = step_of(days)
    first = first_day(stamp(now - (days - 1) * _DAY), step)
    # What is dated later than that, by a clock that was wrong or by a station, would stretch every plot.
    since, until = f"{first}T00:00:00Z", stamp(now + _DAY)
    headlines = watching.headlines(until)
    alarms = watching.alarms(active=False)
    recent = [alarm for alarm in alarms if alarm.cleared_at is None or alarm.cleared_at >= since]
    queues = {queue.host: queue for queue in watching.queues()}
    whole: dict[str, Measure] = {}
    measured = {host: (series, platforms) for host, series, platforms in _series(watching, since, until, step, whole)}
    found = _stations(measured, queues, recent, headlines, first)
    return Report(
        store=archive.store,
        made_at=stamp(now),
        days=days,
        step=step,
        first=min(whole, default=first),
        last=max([first_day(stamp(now), step), *whole]),
        series=_of(whole, first),
        stations=found,
        passes=[_pass(run) for run in watching.runs(_PASSES)],
        alarms=[alarm for alarm in recent if alarm.active],
        cleared=[alarm for alarm in recent if not alarm.active],
        newest=headlines[:_NEWEST],
        removed=watching.removed(since),
        unread=watching.unread_sources(),
        queue={name: sum(getattr(queue, name) for queue in queues.values()) for name in _QUEUE},
        stories=archive.count(),
    )


def _series(
    watching: Watching, since: str, until: str, step: int, whole: dict[str, Measure]
) -> Iterator[tuple[str, Series, list[str]]]:
    """Each host with its series and platforms; `whole` becomes the sum over all hosts, by step."""
    for host, measures in groupby(watching.each_measure(since, until), attrgetter("host")):
        steps: dict[str, Measure] = {}
        platforms: dict[str, int] = {}
        for measure in measures:
            _into(steps, first_day(measure.at, step), measure)
            if measure.platform:
                platforms[measure.platform] = platforms.get(measure.platform, 0) + measure.records
        for at, measure in steps.items():
            _into(whole, at, measure)
        yield host, _of(steps, since[:10]), sorted(platforms, key=lambda name: (-platforms[name], name))


def _into(steps: dict[str, Measure], at: str, measure: Measure) -> None:
    if at not in steps:
        steps[at] = Measure(host="")
    steps[at].add(measure)


def _of(steps: dict[str, Measure], first: str) -> Series:
    whole = Measure(host="")
    for measure in steps.values():
        whole.add(measure)
    shares = {name: whole.share(field) for name, field in _FIELDS.items()}
    return Series(
        points=[_point(at, steps[at]) for at in sorted(steps)],
        whole=_point(min(steps, default=first), whole),
        updated=whole.updated,
        fields={name: round(share, 4) for name, share in shares.items() if share is not None},
    )


def _point(at: str, measure: Measure) -> Point:
    coverage, latency = measure.share("body", "read"), measure.median_seconds
    return Point(
        at=at,
        coverage=None if coverage is None else round(coverage, 4),
        read=measure.read,
        latency=None if latency is None else round(latency, 3),
        tried=measure.tried,
        failed=measure.failed,
        new=measure.new,
    )


def _stations(
    measured: dict[str, tuple[Series, list[str]]],
    queues: dict[str, Queue],
    alarms: list[Alarm],
    headlines: Iterable[Headline],
    first: str,
) -> list[StationReport]:
    """All that are known, those with an alarm first, then by name."""
    own: dict[str, list[Alarm]] = {}
    for alarm in alarms:
        if alarm.scope == "host":
            own.setdefault(alarm.subject, []).append(alarm)
    stories: dict[str, list[Headline]] = {}
    for headline in headlines:
        of_station = stories.setdefault(headline.station, [])
        if len(of_station) < _NEWEST_OF_STATION:
            of_station.append(headline)
    nothing: tuple[Series, list[str]] = (_of({}, first), [])
    found = []
    for host in {*measured, *queues, *own}:
        series, platforms = measured.get(host, nothing)
        entry = stations.get(host)
        found.append(
            StationReport(
                host=host,
                name=entry.name if entry else host,
                platforms=platforms,
                series=series,
                queue=queues.get(host),
                alarms=own.get(host, []),
                stories=stories.get(host, []),
            )
        )
    return sorted(found, key=lambda one: (not one.alarmed, one.name.casefold(), one.host))


def _pass(run: Ran) -> Pass:
    total = run.summary.get("total", {})
    return Pass(
        number=run.number,
        started=run.started,
        seconds=run.summary.get("seconds"),
        exit_code=run.exit_code,
        **{name: total.get(name, 0) for name in ("found", "new", "updated", "failed")},
    )
