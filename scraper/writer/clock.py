"""A clock that was ahead, and is right again: what it dated into the future would wait for years. Set right at the
start of a run that begins before the one that came before it. Sources look after themselves (`discoverer.polling`)."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, func, select, update

from scraper.writer.schema import hosts, pages, robots, runs
from scraper.writer.times import seconds, stamp

TOLERANCE = 3600.0
LONGEST_REST = 2 * 86400.0
"""Seconds beyond which no site is left alone at its own wish."""


def set_right(connection: Connection, now: float) -> None:
    """Bring back to `now` what was settled later than that. Waits keep their length."""
    limit = stamp(now + TOLERANCE)
    latest = select(func.max(runs.c.started))
    if (connection.execute(latest).scalar() or "") <= limit:
        return
    _pages(connection, now, limit)
    connection.execute(delete(robots).where(robots.c.fetched_at > limit))
    connection.execute(delete(hosts).where(hosts.c.rest_until > stamp(now + LONGEST_REST)))


def _pages(connection: Connection, now: float, limit: str) -> None:
    ahead = select(pages.c.key, pages.c.fetched_at, pages.c.next_try_at).where(pages.c.fetched_at > limit)
    moved = [
        {
            "this": row.key,
            "fetched_at": stamp(now),
            "next_try_at": row.next_try_at and stamp(now + max(seconds(row.next_try_at) - seconds(row.fetched_at), 0)),
        }
        for row in connection.execute(ahead)
    ]
    if moved:
        connection.execute(update(pages).where(pages.c.key == bindparam("this")), moved)
    late = pages.c.next_try_at > stamp(now + LONGEST_REST)
    connection.execute(update(pages).where(pages.c.state == "new", late).values(next_try_at=None))
    connection.execute(update(pages).where(pages.c.failing_since > limit).values(failing_since=stamp(now)))
