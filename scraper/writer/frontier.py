"""The table `pages`: what was found, what is due, and what became of it.

Each function works inside the transaction that it is given. A page is due when its `next_try_at` has come, or it is new
and has none, and no run has it in hand; a lease that has run out counts for nothing, so what a killed run left is taken
up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, or_, select, update

from scraper import addresses
from scraper.page import same_version
from scraper.writer import stories
from scraper.writer.characters import storable
from scraper.writer.results import Added, Due, Found, PageResult
from scraper.writer.schedule import NOT_FOUND, Trouble, after_failure
from scraper.writer.schema import pages
from scraper.writer.times import not_before, seconds, stamp, tidy

BATCH = 500
"""Rows of one statement; SQLite takes up to 32,766 values."""

_FREE = {"leased_by": None, "leased_until": None}


_DUE = (
    select(
        pages.c.key,
        pages.c.url,
        pages.c.host,
        pages.c.discovered_from.label("source"),
        pages.c.published,
        pages.c.attempts,
        pages.c.etag,
        pages.c.last_modified,
        pages.c.first_seen,
        pages.c.state,
        pages.c.lastmod,
        pages.c.fetched_at,
        pages.c.lying,
    )
    .where(
        pages.c.host == bindparam("host"),
        or_(pages.c.leased_until.is_(None), pages.c.leased_until <= bindparam("now")),
    )
    .order_by(pages.c.published.desc().nulls_last(), pages.c.first_seen.desc())
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
# Two queries, for a host may have a hundred thousand new pages, or as many that are done and due in a month: each walks
# an index of its own and stops at the limit, or finds at once that there is nothing.
_DUE_NEW = _DUE.where(
    pages.c.state == "new", or_(pages.c.next_try_at.is_(None), pages.c.next_try_at <= bindparam("now"))
)
_DUE_AGAIN = _DUE.where(pages.c.state != "new", pages.c.next_try_at <= bindparam("now"))

_ROW = select(pages).where(pages.c.key == bindparam("this"))
_UPDATE = update(pages).where(pages.c.key == bindparam("this"))
_TELL = _UPDATE.values(lastmod=bindparam("lastmod"))


def queue_of(url: str) -> str:
    """What an address is queued under when nothing else is said: its host without "www.", with a port of its own."""
    parts = addresses.split(url)
    port = f":{parts.port}" if parts and parts.port not in (None, 80, 443) else ""
    return f"{addresses.bare_host(url) or ''}{port}"


def add(connection: Connection, found: Sequence[Found], now: float) -> Added:
    """Queue what is not known yet, due at once; at most `BATCH` addresses.

    A page whose source now tells of a change after it was fetched is due again. A change is told of once: what was
    known of it before makes nothing due.
    """
    by_key = {storable(addresses.key(item.url)): item for item in found}
    known = {row.key: row for row in connection.execute(_known(by_key))}
    fresh = [_new_row(key, item, now) for key, item in by_key.items() if key not in known]
    if fresh:
        connection.execute(pages.insert(), fresh)
    changed = [key for key, row in known.items() if _claims(row, by_key[key].modified)]
    if changed:
        connection.execute(update(pages).where(pages.c.key.in_(changed)).values(next_try_at=stamp(now)))
    told = [
        {"this": key, "lastmod": lastmod}
        for key, row in known.items()
        if (lastmod := by_key[key].lastmod) and lastmod > (row.lastmod or "")
    ]
    if told:
        connection.execute(_TELL, told)
    return Added([row["key"] for row in fresh], changed)


def known_until(connection: Connection, urls: Sequence[str]) -> dict[str, str]:
    """The keys of those addresses whose story is stored, each with the time up to which its changes are known: that of
    the last visit, or of the last change that was told of. At most `BATCH` addresses.
    """
    rows = connection.execute(_known({storable(addresses.key(url)) for url in urls}))
    return {row.key: _until(row) for row in rows if row.state == "done"}


def _known(keys: Iterable[str]) -> Select[Any]:
    return select(pages.c.key, pages.c.state, pages.c.fetched_at, pages.c.lastmod).where(pages.c.key.in_(list(keys)))


def _claims(row: Any, lastmod: str | None) -> bool:
    return row.state == "done" and (lastmod or "") > _until(row)


def _until(row: Any) -> str:
    return max(row.fetched_at or "", row.lastmod or "")


def unknown(connection: Connection, urls: Sequence[str]) -> set[str]:
    """The keys of those addresses that are not queued; at most `BATCH` addresses."""
    keys = {storable(addresses.key(url)) for url in urls}
    return keys - set(connection.execute(select(pages.c.key).where(pages.c.key.in_(keys))).scalars())


def due(connection: Connection, hosts: Sequence[str], *, now: float, limit: int) -> list[Due]:
    """Up to `limit` due pages of `hosts`, taken in turns from each, its newest first."""
    queues: list[list[Any]] = []
    for host in dict.fromkeys(_queue_name(host) for host in hosts):
        values = {"host": host, "now": stamp(now), "most": limit}
        rows: list[Any] = [row for query in (_DUE_NEW, _DUE_AGAIN) for row in connection.execute(query, values)]
        if rows:
            queues.append(sorted(rows, key=lambda row: row.published or "", reverse=True))
        if len(queues) == limit:  # enough for one of each
            break
    taken = [row for row in chain.from_iterable(zip_longest(*queues)) if row is not None][:limit]
    return [_due(row) for row in taken]


def _due(row: Any) -> Due:
    values = dict(row._mapping)
    state, lying = values.pop("state"), values.pop("lying")
    told = (values.pop("lastmod") or "") > (values.pop("fetched_at") or "")
    return Due(**values, whole=lying or told or state == "refused")


def lease(
    connection: Connection, hosts: Sequence[str], *, now: float, limit: int, run: int, duration: float
) -> list[Due]:
    """The pages that `due` gives; they are this run's for `duration` seconds."""
    taken = due(connection, hosts, now=now, limit=limit)
    for start in range(0, len(taken), BATCH):
        keys = [page.key for page in taken[start : start + BATCH]]
        until = not_before(now + duration)
        connection.execute(update(pages).where(pages.c.key.in_(keys)).values(leased_by=run, leased_until=until))
    return taken


def release(connection: Connection, run: int | None) -> int:
    """Give back what `run` has in hand, or what any run has. Returns the number of pages."""
    mine = pages.c.leased_by.is_not(None) if run is None else pages.c.leased_by == run
    return connection.execute(update(pages).where(mine).values(**_FREE)).rowcount


def put_off(connection: Connection, key: str, until: float) -> None:
    """Give a page back untried, due at `until`. Counts as no failure."""
    connection.execute(_UPDATE, {"this": key, "next_try_at": not_before(until)} | _FREE)


def done(connection: Connection, result: PageResult, number: int, now: float, *, rewritten: bool = False) -> None:
    """The page's story is stored as `number`. `rewritten`: it reads otherwise than at the last visit; a server that
    gives the same validators for it lies.

    Where the address led to another one that is queued, too, that one is done with it, and is what is visited again.
    """
    values = {"state": "done", "story": number, **_version(result)}
    before = _row(connection, result.key)
    if rewritten and before is not None and _as_before(before, result):
        values["lying"] = True
    target = addresses.key(result.final_url or result.url)
    if target != result.key and _row(connection, target) is not None:
        there = msgspec.structs.replace(result, url=result.final_url or result.url)
        _settle(connection, there, now, **values, **_revisit(result))
        result = msgspec.structs.replace(result, next_try_at=None)
    _settle(connection, result, now, **values, **_revisit(result))


def _as_before(before: Row[Any], result: PageResult) -> bool:
    """Whether the server gives another answer out as the one that it gave before."""
    same = same_version((before.etag, before.last_modified), (result.etag, result.last_modified))
    return same and before.content_sha256 != result.content_sha256


def not_modified(connection: Connection, result: PageResult, now: float) -> int | None:
    """The server says that the page is as before. Returns its story's number.

    Validators that come with the answer replace the old ones; what does not come stays.
    """
    row = _row(connection, result.key)
    if row is None:
        return None
    kept = ("etag", "last_modified", "final_url", "page_type")
    values = {name: getattr(result, name) or row._mapping[name] for name in kept}
    _settle(
        connection, result, now, **(values | {"state": row.state if row.story is None else "done"}), **_revisit(result)
    )
    return row.story  # type: ignore[no-any-return]


def refused(connection: Connection, result: PageResult, now: float) -> None:
    """There is no story in the page, or it may not be had."""
    _settle(connection, result, now, state="refused", **_version(result), **_revisit(result))


def failed(connection: Connection, result: PageResult, now: float, waits: Sequence[float]) -> Trouble:
    """The page could not be had. When it is tried again is settled by `scraper.writer.schedule`."""
    trouble = after_failure(
        _trouble_so_far(connection, result.key),
        now=now,
        status=result.status,
        earliest=result.next_try_at,
        waits=waits,
    )
    _lose(connection, result, now, trouble)
    return trouble


def gone(connection: Connection, result: PageResult, now: float) -> Trouble:
    """The page is no more, for certain."""
    before = _trouble_so_far(connection, result.key)
    trouble = Trouble(
        attempts=before.attempts + 1 if before else 1,
        since=before.since if before else now,
        not_found=result.status == NOT_FOUND,
        gone=True,
    )
    _lose(connection, result, now, trouble)
    return trouble


def _trouble_so_far(connection: Connection, key: str) -> Trouble | None:
    row = _row(connection, key)
    if row is None or not row.failing_since:
        return None
    return Trouble(attempts=row.attempts, since=seconds(row.failing_since), not_found=row.status == NOT_FOUND)


def _lose(connection: Connection, result: PageResult, now: float, trouble: Trouble) -> None:
    _settle(
        connection,
        result,
        now,
        state="gone" if trouble.gone else "failed",
        attempts=trouble.attempts,
        failing_since=stamp(trouble.since),
        next_try_at=None if trouble.next_try_at is None else not_before(trouble.next_try_at),
    )
    row = _row(connection, result.key)
    if trouble.gone and row and row.story is not None:
        stories.gone(connection, row.story, stamp(now))


def _new_row(key: str, found: Found, now: float) -> dict[str, Any]:
    return {
        "key": key,
        "url": storable(found.url),
        "host": _queue_name(found.host) if found.host else queue_of(found.url),
        "discovered_from": found.source,
        "published": found.published or addresses.date_in(found.url),
        "first_seen": stamp(now),
        "state": "new",
        "attempts": 0,
        "lastmod": found.lastmod,
    }


def _queue_name(host: str) -> str:
    return host.lower().removeprefix("www.")


def _row(connection: Connection, key: str) -> Row[Any] | None:
    return connection.execute(_ROW, {"this": storable(key)}).first()


def _version(result: PageResult) -> dict[str, Any]:
    return {name: getattr(result, name) for name in ("etag", "last_modified", "content_sha256")}


def _revisit(result: PageResult) -> dict[str, Any]:
    again = None if result.next_try_at is None else not_before(result.next_try_at)
    return {"attempts": 0, "failing_since": None, "next_try_at": again}


def _settle(connection: Connection, result: PageResult, now: float, **values: Any) -> None:
    """Write what became of a page, and end its lease."""
    values |= {
        "status": result.status,
        "final_url": result.final_url,
        "fetched_at": tidy(result.fetched_at or stamp(now)),
        "page_type": result.page_type,
        "error": result.error,
        **_FREE,
    }
    values = {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}
    key = storable(result.key)
    if not connection.execute(_UPDATE, values | {"this": key}).rowcount:
        connection.execute(pages.insert(), _new_row(key, Found(url=result.url), now) | values)
