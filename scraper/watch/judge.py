"""All tests over all hosts and platforms: which alarms are raised, seen again, or over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from scraper.watch import figures, silence
from scraper.watch.figures import Finding
from scraper.watch.kinds import KINDS, SHARES, Share
from scraper.watch.passes import DAY, normal, passes_of
from scraper.watch.words import cause_of
from scraper.writer.alarm import Alarm, Scope
from scraper.writer.measure import Measure
from scraper.writer.times import seconds, stamp

USUAL_AFTER, USUAL_PASSES = 45 * DAY, 10
"""An alarm that has lasted so long, over so many passes, is how the station is now. Not those whose kind is lasting."""
LEAST_HOSTS = 3
"""A platform's alarm needs so many hosts that show it, and half of those that have pages."""
_NO_PLATFORM = ("", "generic", "text")

Passes = Sequence[Measure]
Members = Mapping[str, Passes]


class Test(NamedTuple):
    """How one kind of figure is judged: `find` tells what is wrong, `back` whether an alarm is over."""

    kind: str
    find: Callable[[Passes], Finding | None]
    back: Callable[[Passes, Alarm], bool]


def judge(
    measures: Sequence[Measure],
    alarms: Sequence[Alarm],
    *,
    run: int,
    now: float,
    hosts: Collection[str] | None = None,
    unread: Mapping[str, Sequence[str]] | None = None,
) -> list[Alarm]:
    """The alarms that change with this run: raised, seen again (`seen_at`), or cleared.

    `measures` are those of the last two months, `alarms` all that are known; `hosts` are those that the run was for
    (null: all), `unread` addresses of sources that cannot be read, by host. `now` is in seconds since the epoch.
    """
    by_host: dict[str, list[Measure]] = {}
    for measure in measures:
        by_host.setdefault(measure.host, []).append(measure)
    wanted = [host for host in by_host if hosts is None or host in hosts]
    series = {host: passes_of(by_host[host]) for host in wanted}
    changed: list[Alarm] = []
    for host, passes in series.items():
        at = _Place(host, passes, alarms, run=run, now=now)
        changed += at.judged([*_TESTS, *_silences((unread or {}).get(host, ()))])
    for platform, hosts_of in _platforms(by_host, wanted):
        passes = passes_of(one for host in hosts_of for one in by_host[host])
        members = {host: series[host] for host in hosts_of}
        changed += _Place(platform, passes, alarms, run=run, now=now, members=members).judged(_SHARED)
    return changed


class _Place:
    """One host, or one platform with its hosts."""

    def __init__(
        self,
        subject: str,
        passes: Passes,
        alarms: Iterable[Alarm],
        *,
        run: int,
        now: float,
        members: Members | None = None,
    ) -> None:
        self._scope: Scope = "host" if members is None else "platform"
        self._subject = subject
        self._passes = passes
        self._alarms = [alarm for alarm in alarms if (alarm.scope, alarm.subject) == (self._scope, subject)]
        self._run = run
        self._at = stamp(now)
        self._now = now
        self._members = members

    def judged(self, tests: Iterable[Test]) -> Iterator[Alarm]:
        for test in tests:
            history = [alarm for alarm in self._alarms if alarm.kind == test.kind]
            active = next((alarm for alarm in history if alarm.active), None)
            alarm = self._raised(test, history) if active is None else self._later(test, active)
            if alarm is not None:
                yield alarm

    def _raised(self, test: Test, history: Sequence[Alarm]) -> Alarm | None:
        finding = test.find(normal(self._passes, history))
        if finding is None:
            return None
        hosts = self._shown_by(finding, test) if self._members is not None else None
        if hosts is not None and (hosts[0] < LEAST_HOSTS or 2 * hosts[0] < hosts[1]):
            return None
        return Alarm(
            scope=self._scope,
            subject=self._subject,
            kind=test.kind,
            raised_at=self._at,
            raised_run=self._run,
            figure=round(finding.figure, 4),
            past=round(finding.past, 4),
            pages=finding.pages,
            past_pages=finding.past_pages,
            samples=finding.samples,
            cause=cause_of(finding, hosts=hosts),
            seen_at=self._at,
        )

    def _later(self, test: Test, alarm: Alarm) -> Alarm:
        since = [one for one in self._passes if one.run > alarm.raised_run]
        if test.back(since, alarm):
            return replace(alarm, cleared_at=self._at, cleared_run=self._run, ended="back")
        old = self._now - seconds(alarm.raised_at) > USUAL_AFTER and len(since) >= USUAL_PASSES
        if old and not KINDS[alarm.kind].lasting:
            return replace(alarm, cleared_at=self._at, cleared_run=self._run, ended="usual")
        return replace(alarm, seen_at=self._at)

    def _shown_by(self, finding: Finding, test: Test) -> tuple[int, int]:
        """How many hosts of the platform show a fall, and how many have pages, in the passes that showed it."""
        share = next(share for share in SHARES if share.kind == test.kind)
        first = finding.now[0].run
        showing = having = 0
        for passes in (self._members or {}).values():
            now, usual = [one for one in passes if one.run >= first], [one for one in passes if one.run < first]
            if (figure := _share(now, share)) is not None:
                having += 1
                past = _share(usual, share)
                showing += past is not None and share.fallen(figure, past)
        return showing, having


def _share(passes: Passes, share: Share) -> float | None:
    pages = sum(getattr(one, share.of) for one in passes)
    return sum(getattr(one, share.hit) for one in passes) / pages if pages else None


def _platforms(by_host: Mapping[str, Sequence[Measure]], wanted: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each platform with those of the hosts that are mostly on it, where they are enough."""
    members: dict[str, list[str]] = {}
    for host in wanted:
        records: Counter[str] = Counter()
        for one in by_host[host]:
            if one.platform not in _NO_PLATFORM:
                records[one.platform] += one.records
        if records.total():
            members.setdefault(records.most_common(1)[0][0], []).append(host)
    yield from ((platform, hosts) for platform, hosts in members.items() if len(hosts) >= LEAST_HOSTS)


def _back(passes: Passes, alarm: Alarm, *, share: Share) -> bool:
    return figures.is_back(passes, share, alarm.past or 0.0, alarm.pages)


_SHARED = [Test(share.kind, partial(figures.fallen, share=share), partial(_back, share=share)) for share in SHARES]
_TESTS = [
    *_SHARED,
    Test("length", figures.changed_length, lambda passes, alarm: figures.length_is_back(passes, alarm.past or 0.0)),
    Test("common", figures.shared_paragraph, lambda passes, alarm: figures.nothing_shared(passes, alarm.past or 0.0)),
]


def _silences(sources: Sequence[str]) -> list[Test]:
    return [
        Test("fresh", silence.no_news, lambda passes, _: silence.news_again(passes)),
        Test(
            "sources", partial(silence.nothing_readable, sources=sources), lambda passes, _: silence.read_again(passes)
        ),
    ]
