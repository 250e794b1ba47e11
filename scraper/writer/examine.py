"""A store looked at from outside: can a run use it, and what does it hold? Nothing of it is changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select, text

from scraper.errors import OutputError, SourceError
from scraper.writer.database import engine_of, shown, store_errors, version_of
from scraper.writer.schema import REVISIONS, stories

_MOST_LINES = 5


class StoreState(NamedTuple):
    """`exists` is false where a run will make it. `version` is its schema, None where it is empty; `current` tells that
    it is today's. `stories` is their number, None where the schema is older. `free` are bytes left on its disk, None
    for a database server.
    """

    store: str
    exists: bool
    version: str | None = None
    current: bool = False
    stories: int | None = None
    free: int | None = None


def examine(store: str) -> StoreState:
    """What a run would find. Raises OutputError where it could not write there or the database is damaged, TryLater
    while another process writes for long.
    """
    try:
        engine = engine_of(store, create=False)
    except SourceError:
        return StoreState(shown(store), exists=False, free=_free(_folder(store)))
    try:
        with store_errors(store):
            return _state(engine, store)
    finally:
        engine.dispose()


def _state(engine: Engine, store: str) -> StoreState:
    local = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if local:
            _check_pages(connection, store)
        version = version_of(connection, store)
        current = version == REVISIONS[-1]
        number = connection.execute(select(func.count()).select_from(stories)).scalar_one() if current else None
    free = None
    if local:
        free = _free(_folder(store))
        # Nothing is written, but SQLite makes sure that something could be.
        with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin() as writing:
            writing.rollback()
    return StoreState(shown(store), True, version, current, number, free)


def _check_pages(connection: Connection, store: str) -> None:
    lines = [line for (line,) in connection.execute(text(f"PRAGMA quick_check({_MOST_LINES})"))]
    if lines != ["ok"]:
        raise OutputError(f"cannot use the store {shown(store)}: the database is damaged ({'; '.join(lines)})")


def _folder(store: str) -> Path:
    """Where SQLite's files of a store are, or will be."""
    path = store.removeprefix("sqlite:///").partition("?")[0] if "://" in store else store
    return Path(path).expanduser().parent


def _free(folder: Path) -> int:
    """Bytes left on the disk of a folder that can be written to. Raises OutputError for another one."""
    if not folder.is_dir():
        raise OutputError(f"cannot write a store into {folder}: {'not a' if folder.exists() else 'no such'} directory")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write a store into {folder}: no permission")
    return shutil.disk_usage(folder).free
