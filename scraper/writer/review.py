"""The store over a stretch of time, for reports: each query reads in a stream, or a bounded number of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil

import msgspec
from sqlalchemy import Connection, func, select

from scraper.writer.measure import COUNTS, Measure
from scraper.writer.schema import measures, pages, stories

SAMPLE = 2000
"""Stories whose removed pieces are counted, and newest stories that are looked at."""
_BATCH = 200
_MOST_RULES = 30


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """A story in one line. `station` is what its page was queued under, else the station's domain or the host."""

    station: str
    title: str
    url: str | None
    published: str


class RemovedRule(msgspec.Struct, frozen=True, kw_only=True):
    """How many `pieces` a rule has removed, and from how many of the stories. `rule` is "" for all of a kind."""

    kind: str
    rule: str
    pieces: int
    stories: int


class Removals(msgspec.Struct, frozen=True, kw_only=True):
    """What was removed most from `stories`, which are all of some days or an even sample: by kind, and the rules."""

    stories: int = 0
    kinds: list[RemovedRule] = []
    rules: list[RemovedRule] = []


class _Piece(msgspec.Struct):
    kind: str
    rule: str


class _Pieces(msgspec.Struct):
    removed: list[_Piece] = []


def each_measure(connection: Connection, since: str, until: str) -> Iterator[Measure]:
    """Measures of the time from `since` to before `until`, host by host, in a stream: counts and latencies alone."""
    names = ("host", "platform", "run", "grain", "at", "newest", *COUNTS)
    query = (
        select(*(measures.c[name] for name in names), measures.c.seconds)
        .where(measures.c.at >= since, measures.c.at < until)
        .order_by(measures.c.host)
    )
    for row in connection.execution_options(yield_per=500).execute(query):
        values = dict(row._mapping)
        values["seconds"] = msgspec.json.decode(values["seconds"])
        yield Measure(**values)


def newest(connection: Connection, until: str) -> list[Headline]:
    """The stories published last before `until`; `SAMPLE` at most. What is dated later is a mistake of the station."""
    query = (
        select(
            *(stories.c[name] for name in ("number", "host", "station_domain", "title", "url", "canonical_url")),
            stories.c.published,
            pages.c.host.label("queued"),
        )
        .outerjoin(pages, pages.c.story == stories.c.number)
        .where(stories.c.published < until)
        .order_by(stories.c.published.desc(), stories.c.number.desc())
        .limit(SAMPLE)
    )
    found = {row.number: row for row in connection.execute(query)}  # a story may have several pages
    return [
        Headline(
            station=row.queued or row.station_domain or row.host,
            title=row.title or "",
            url=row.canonical_url or row.url,
            published=row.published,
        )
        for row in found.values()
    ]


def removed(connection: Connection, since: str) -> Removals:
    """What was removed most from the stories first seen `since` then; counted in `SAMPLE` of them at most."""
    seen = 0
    pieces: Counter[tuple[str, str]] = Counter()
    held: Counter[tuple[str, str]] = Counter()
    numbers = _evenly(connection, since)
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        query = select(stories.c.record).where(stories.c.number.in_(batch), stories.c.first_seen >= since)
        for record in connection.execute(query).scalars():
            seen += 1
            found = _removed_from(record)
            pieces.update(found)
            held.update(found.keys())
    return Removals(
        stories=seen,
        kinds=_most(pieces, held, of_kinds=True),
        rules=_most(pieces, held, of_kinds=False)[:_MOST_RULES],
    )


def _removed_from(record: str) -> Counter[tuple[str, str]]:
    """Pieces by kind and rule, and by kind alone (rule "")."""
    try:
        listed = msgspec.json.decode(record, type=_Pieces).removed
    except msgspec.ValidationError:  # of a layout that is no more
        return Counter()
    return Counter((piece.kind, rule) for piece in listed for rule in (piece.rule, ""))


def _most(pieces: Counter[tuple[str, str]], held: Counter[tuple[str, str]], *, of_kinds: bool) -> list[RemovedRule]:
    found = [
        RemovedRule(kind=kind, rule=rule, pieces=count, stories=held[kind, rule])
        for (kind, rule), count in pieces.items()
        if (rule == "") == of_kinds
    ]
    return sorted(found, key=lambda one: (-one.stories, -one.pieces, one.kind, one.rule))


def _evenly(connection: Connection, since: str) -> list[int]:
    """Numbers of stories, evenly over those that came since then. Stories are numbered as they come, so that the first
    of them is found by halving; a clock that jumped makes the sample smaller."""
    query = select(func.min(stories.c.number), func.max(stories.c.number))
    first, last = connection.execute(query).one()
    if last is None:
        return []
    begin, end = first, last + 1
    while begin < end:
        middle = (begin + end) // 2
        at = select(stories.c.number, stories.c.first_seen).where(stories.c.number >= middle)
        row = connection.execute(at.order_by(stories.c.number).limit(1)).one()
        if row.first_seen >= since:
            end = middle
        else:
            begin = row.number + 1
    step = max(1, ceil((last - begin + 1) / SAMPLE))
    return list(range(last, begin - 1, -step))
