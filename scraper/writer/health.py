"""Is the store sound? Looks at the database itself and at what its rows say of each other."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, Engine, func, select, text

from scraper.article import Article
from scraper.writer import stories
from scraper.writer.schema import pages


def problems(connection: Connection) -> Iterator[str]:
    """What is wrong, one line each."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.execute(text("PRAGMA integrity_check")):
            if line != "ok":
                yield f"database: {line}"
        for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"{table} {row}: refers to a row of {parent} that is not there"
    for row in stories.records(connection):
        try:
            article = Article.from_json(row.record)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            yield f"story {row.number}: {error}"
            continue
        if article.id != row.id:
            yield f"story {row.number}: its record is that of {article.id}, not of {row.id}"
    lost = select(func.count()).select_from(pages).where(pages.c.state == "done", pages.c.story.is_(None))
    if number := connection.execute(lost).scalar_one():
        yield f"{number} pages are done but have no story"


def checkpoint(engine: Engine) -> None:
    """SQLite: move the write-ahead log into the database file and cut it to nothing."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
