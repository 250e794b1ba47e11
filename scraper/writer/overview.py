"""The store at a glance: runs, queues by host, sources that cannot be read."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, update

from scraper.writer.schema import pages, sources, stories
from scraper.writer.schema import runs as run_table

WHOLE_SUMMARIES = 400
"""So many of the last runs keep the counts of each station; of older ones those of all together stay."""


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """A run. `ended` and `exit_code` are null while it goes on, and for one that was killed. `summary` is what
    `scraper.run.Summary.to_dict` gave; {} where there is none."""

    number: int
    started: str
    ended: str | None
    exit_code: int | None
    summary: dict[str, Any]


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of one host: `due` may be fetched now; `later` are known but must wait; `failed` could not be had and
    are tried again; `lost` could not be had and are given up; `done`, `refused` and `gone` are settled, of which
    `planned` are looked at again some day. `stories` are those pages' stories, `newest` the latest date among them.
    """

    host: str
    due: int = 0
    later: int = 0
    failed: int = 0
    lost: int = 0
    done: int = 0
    refused: int = 0
    gone: int = 0
    planned: int = 0
    stories: int = 0
    newest: str | None = None


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A source that could not be read `failures` times in a row. `read_at` is when it last could (RFC 3339)."""

    station: str
    url: str
    kind: str
    failures: int
    status: int | None
    error: str | None
    read_at: str | None


def runs(connection: Connection, limit: int) -> list[Ran]:
    """The last runs, the newest first."""
    query = select(run_table).order_by(run_table.c.number.desc()).limit(limit)
    return [
        Ran(
            number=row.number,
            started=row.started,
            ended=row.ended,
            exit_code=row.exit_code,
            summary=msgspec.json.decode(row.summary) if row.summary else {},
        )
        for row in connection.execute(query)
    ]


def queues(connection: Connection, now: str) -> list[Queue]:
    """What waits and what is settled, by the host that it is queued under. `now` is RFC 3339."""
    state, next_try = pages.c.state, pages.c.next_try_at
    new = state == "new"
    at_once = or_(next_try <= now, and_(new, next_try.is_(None)))
    query = (
        select(
            pages.c.host,
            _count(at_once).label("due"),
            _count(and_(new, next_try > now)).label("later"),
            _count(and_(state == "failed", next_try.is_not(None))).label("failed"),
            _count(and_(state == "failed", next_try.is_(None))).label("lost"),
            *(_count(state == name).label(name) for name in ("done", "refused", "gone")),
            _count(and_(state.in_(("done", "refused")), next_try > now)).label("planned"),
            func.count(pages.c.story.distinct()).label("stories"),
            func.max(stories.c.published).label("newest"),
        )
        .outerjoin(stories, stories.c.number == pages.c.story)
        .group_by(pages.c.host)
        .order_by(pages.c.host)
    )
    return [Queue(**row._mapping) for row in connection.execute(query)]


def unread(connection: Connection) -> list[Unread]:
    """The sources that could not be read when they were asked last."""
    names = Unread.__struct_fields__
    query = select(*(sources.c[name] for name in names)).where(sources.c.failures > 0)
    return [Unread(**row._mapping) for row in connection.execute(query.order_by(sources.c.station, sources.c.url))]


def shorten(connection: Connection, run: int) -> None:
    """Take the counts of each station out of the summary of the run that has now become old."""
    old = run_table.c.number == run - WHOLE_SUMMARIES
    text = connection.execute(select(run_table.c.summary).where(old)).scalar()
    if text:
        summary = msgspec.json.decode(text) | {"stations": {}}
        connection.execute(update(run_table).where(old).values(summary=msgspec.json.encode(summary).decode()))


def _count(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((what, 1), else_=0)), 0)
