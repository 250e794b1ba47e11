"""The database behind the store: opened, brought up to date, and its troubles put in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, column, create_engine, event, exc, inspect, make_url, select, table

from scraper.errors import OutputError, ScraperError, SourceError, TryLater
from scraper.writer.schema import REVISIONS, VERSION_TABLE, metadata

BUSY_SECONDS = 10
"""So long a write waits for another process's before it gives up."""

_KNOWN = ("sqlite", "postgresql")
_REASONS = {
    "SQLITE_NOTADB": "it is not a database",
    "SQLITE_READONLY": "it is read-only",
    "SQLITE_PERM": "no permission",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk is full or failing",
    "SQLITE_CORRUPT": "the database is damaged; put a backup in its place",
}


def open_database(store: str, *, create: bool) -> Engine:
    """The store at a path or a database URL, with the tables of today.

    Raises SourceError when there is none and `create` is false, OutputError when it cannot be opened or is not ours.
    """
    engine = engine_of(store, create=create)
    try:
        with store_errors(store):
            if create and engine.dialect.name == "sqlite":
                _write_ahead(engine)
            _bring_up_to_date(engine, store)
    except BaseException:
        engine.dispose()
        raise
    return engine


def engine_of(store: str, *, create: bool) -> Engine:
    """The store as it is, nothing of it read yet. Raises as `open_database`."""
    url = _url(store)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        if not create and not path.exists():
            raise SourceError(f"no store at {path}; scraper run makes one, --store names another")
        return _sqlite(url if create else _for_reading(url, path))
    return _server(url, store)


def shown(store: str) -> str:
    """The store as it may be shown: without a password."""
    return make_url(store).render_as_string(hide_password=True) if "://" in store else store


@contextmanager
def store_errors(store: str) -> Iterator[None]:
    """Turn trouble with the database into one clear line: OutputError, or TryLater while another process writes.

    What is a mistake of this program, such as a broken constraint, is passed on.
    """
    try:
        yield
    except (exc.IntegrityError, exc.ProgrammingError, exc.DataError):
        raise
    except exc.DBAPIError as error:
        raise _explained(store, error.orig) from error
    except sqlite3.Error as error:
        raise _explained(store, error) from error


def _explained(store: str, error: BaseException | None) -> ScraperError:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return TryLater(f"cannot write {shown(store)} now: another process has been writing for {BUSY_SECONDS} seconds")
    reason = next((words for name, words in _REASONS.items() if code.startswith(name)), None)
    if code.startswith("SQLITE_CANTOPEN"):
        reason = _why_not_opened(_url(store).database or "")
    if reason is None:
        reason = " ".join(str(error).split())
    return OutputError(f"cannot use the store {shown(store)}: {reason}")


def _why_not_opened(name: str) -> str:
    path = Path(name)
    if path.is_dir():
        return "it is a directory"
    if not path.parent.exists():
        return f"no such directory: {path.parent}"
    if not path.parent.is_dir():
        return f"not a directory: {path.parent}"
    return "no permission to write there"


def _url(store: str) -> URL:
    if "://" not in store:
        return URL.create("sqlite", database=os.path.expanduser(store))  # noqa: PTH111  "" stays ""
    scheme = store.partition("://")[0]
    try:
        url = make_url(store)
        if url.get_backend_name() not in _KNOWN:
            raise OutputError(f"the store {scheme}://… is no database URL that is known (sqlite or postgresql)")
        if url.drivername == "postgresql":  # SQLAlchemy would take a driver that the project does not name
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except (exc.ArgumentError, exc.NoSuchModuleError, ValueError) as error:
        raise OutputError(f"the store {scheme}://… is no database URL that is known") from error
    return url


def _for_reading(url: URL, path: Path) -> URL:
    # SQLite reads a database in WAL mode with the help of a file beside it. Where none can be made and none is there,
    # no one writes either, and the database may be taken as unchanging.
    if os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists():
        return url
    return URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query={"immutable": "1", "uri": "true"})


def _server(url: URL, store: str) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        remedy = "; pip install 'public-radio-scraper[postgres]'" if error.name == "psycopg" else ""
        reason = f"the driver {error.name} is not installed{remedy}"
        raise OutputError(f"cannot use the store {shown(store)}: {reason}") from error


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, max_overflow=-1)

    # The sqlite3 module must not begin transactions by itself: it knows no BEGIN IMMEDIATE, without which a
    # transaction that first reads fails at once, whatever the timeout, when another process has written meanwhile.
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error:  # the pool does not know of the connection yet
            connection.close()
            raise

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


def _write_ahead(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode")
        if cursor.fetchone() != ("wal",):
            cursor.execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the right to write from its first moment."""
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        yield connection


def _bring_up_to_date(engine: Engine, store: str) -> None:
    with engine.connect() as connection:
        version = version_of(connection, store)
    if version == REVISIONS[-1]:
        return
    from scraper.writer.migrations import upgrade

    with _for_migration(engine) as connection, connection.begin():
        upgrade(connection)


@contextmanager
def _for_migration(engine: Engine) -> Iterator[Connection]:
    # A migration may rebuild a table: copy it, drop it, rename the copy. SQLite would take that for the loss of all
    # rows and clear what refers to them, and refuse to rename under a view.
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection:
        if engine.dialect.name != "sqlite":
            yield connection
            return
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("PRAGMA legacy_alter_table = ON")
        try:
            yield connection
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
            driver.execute("PRAGMA legacy_alter_table = OFF")


def version_of(connection: Connection, store: str) -> str | None:
    """The schema of a store, one of `REVISIONS`; None where it is empty. Raises OutputError for what is not ours."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        version: str | None = connection.execute(
            select(column("version_num")).select_from(table(VERSION_TABLE))
        ).scalar()
        if version is not None and version not in REVISIONS:
            raise OutputError(
                f"cannot use the store {shown(store)}: a newer version of this program made it "
                f"(schema {version}, known up to {REVISIONS[-1]}); update the program"
            )
        return version
    if taken := sorted(tables & metadata.tables.keys()):
        raise OutputError(
            f"cannot use the store {shown(store)}: it belongs to another program, whose table {taken[0]!r} is not ours"
        )
    return None
