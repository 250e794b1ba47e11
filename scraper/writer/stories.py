"""The table `stories`: one row a record. Each function works inside the transaction that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, update

from scraper import addresses
from scraper.article import Article
from scraper.writer.characters import record_json, storable
from scraper.writer.results import Outcome, Stored
from scraper.writer.schema import pages, stories

_ROW = select(stories.c.number, stories.c.revision, stories.c.record).where(
    stories.c.host == bindparam("host"), stories.c.id == bindparam("id")
)
_UPDATE = update(stories).where(stories.c.number == bindparam("this"))


def host_of(article: Article) -> str:
    """The host that served the record, without "www."; "" where no address is known."""
    for url in (article.provenance.final_url, article.url, article.canonical_url):
        if host := addresses.bare_host(url):
            return host
    return ""


class Written(NamedTuple):
    """The story's number, what came of writing it, and whether it reads otherwise than before, by the same program."""

    number: int
    outcome: Outcome
    rewritten: bool = False


def write(connection: Connection, article: Article, seen: str) -> Written:
    """Store the record as fetched at `seen`."""
    record = record_json(article)
    article = Article.from_json(record)
    host = host_of(article)
    row = connection.execute(_ROW, {"host": host, "id": article.id}).first()
    if row is None:
        values = _columns(article, record) | {"host": host, "first_seen": seen, "last_seen": seen}
        done = connection.execute(stories.insert(), values | {"changed_at": seen, "revision": 1})
        assert done.inserted_primary_key is not None  # noqa: S101  one row, one key
        return Written(done.inserted_primary_key[0], "new")
    values = {"last_seen": seen, "gone_at": None}
    outcome: Outcome = "unchanged"
    stored = _of(row.record)
    if stored is None or not _same(stored, article):
        values |= _columns(article, record) | {"changed_at": seen, "revision": row.revision + 1}
        outcome = "updated"
    connection.execute(_UPDATE, values | {"this": row.number})
    return Written(row.number, outcome, stored is not None and _reads_otherwise(stored, article))


def seen_again(connection: Connection, number: int, seen: str) -> None:
    """The site says that the story is still there, as it was."""
    connection.execute(_UPDATE, {"this": number, "last_seen": seen, "gone_at": None})


def gone(connection: Connection, number: int, since: str) -> None:
    """The story's page is no more. The record stays, and so does its mark where another page still has it."""
    still_there = select(pages.c.key).where(pages.c.story == number, pages.c.state == "done").exists()
    connection.execute(
        update(stories)
        .where(stories.c.number == number, stories.c.gone_at.is_(None), ~still_there)
        .values(gone_at=since)
    )


def find(connection: Connection, what: str) -> list[Stored]:
    """The stories named by `what`: an id, an address in any spelling, or an address's key."""
    what = storable(what)
    keys = {what, addresses.key(what), addresses.key(what if "://" in what else f"https://{what}")}
    ids = {what} | {f"url:{sha256(key.encode()).hexdigest()[:16]}" for key in keys}  # record.md: id
    by_page = select(pages.c.story).where(pages.c.key.in_(keys), pages.c.story.is_not(None))
    return _stored(
        connection,
        or_(
            stories.c.id.in_(ids),
            stories.c.url == what,
            stories.c.canonical_url == what,
            stories.c.number.in_(by_page),
        ),
    )


def newest(
    connection: Connection, limit: int | None, station: str | None, since: date | None, until: date | None
) -> list[Stored]:
    """The stories published last; those without a date come after all others, or not at all where days are given."""
    where: list[ColumnElement[bool]] = []  # a date alone sorts before the times of its day
    if since is not None:
        where.append(stories.c.published >= since.isoformat())
    if until is not None:
        where.append(stories.c.published < (until + timedelta(days=1)).isoformat())
    if station is not None:
        host = addresses.bare_host(station) or station.lower().removeprefix("www.")
        where.append(
            or_(
                stories.c.host == host,
                stories.c.station_domain == host,
                func.lower(stories.c.station) == station.lower(),
            )
        )
    return _stored(connection, *where, limit=limit)


def records(connection: Connection) -> Iterator[Any]:
    """Rows of `number`, `host`, `id` and `record`: every story, one after the other."""
    query = select(stories.c.number, stories.c.host, stories.c.id, stories.c.record).order_by(stories.c.number)
    yield from connection.execution_options(yield_per=100).execute(query)


def _stored(connection: Connection, *where: ColumnElement[bool], limit: int | None = None) -> list[Stored]:
    query = select(stories).where(*where).order_by(stories.c.published.desc().nulls_last(), stories.c.number.desc())
    return [
        Stored(
            article=Article.from_json(row.record),
            host=row.host,
            revision=row.revision,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            changed_at=row.changed_at,
            gone_at=row.gone_at,
        )
        for row in connection.execute(query.limit(limit))
    ]


def _of(record: str) -> Article | None:
    """A stored record; None for one of a layout that is no more."""
    try:
        return Article.from_json(record)
    except msgspec.ValidationError:
        return None


def _reads_otherwise(stored: Article, article: Article) -> bool:
    # What stands around a story changes with each request; and another version of this program, or of
    # what it has learned, reads another way.
    before, now = stored.provenance, article.provenance
    if (before.extractor, before.learned) != (now.extractor, now.learned):
        return False
    return (stored.title, stored.text) != (article.title, article.text)


def _same(stored: Article, article: Article) -> bool:
    if article.url and stored.url and addresses.key(article.url) != addresses.key(stored.url):
        # One story at two addresses of a site: else each visit to either would count as a change.
        article = msgspec.structs.replace(article, url=stored.url)
    return article.same_story(stored)


def _columns(article: Article, record: str) -> dict[str, Any]:
    values = {
        "id": article.id,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "modified": article.modified,
        "page_type": article.page_type,
        "platform": article.platform,
        "station": article.station.name if article.station else None,
        "station_domain": article.station.domain if article.station else None,
        "origin": article.origin.name if article.origin else None,
        "section": article.section,
        "program": article.program,
        "language": article.language,
        "text": article.text,
        "gone_at": None,
        "record": record,
    }
    return {name: storable(value) if value else value for name, value in values.items()}
