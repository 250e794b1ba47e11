"""What can go wrong with the file: one clear line each, and nothing lost."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import OutputError, ScraperError, SourceError, TryLater
from scraper.writer import database
from scraper.writer.archive import Archive
from scraper.writer.results import PageResult
from scraper.writer.schema import REVISIONS


def refusal(store: str, kind: type[ScraperError] = OutputError, *, create: bool = True) -> str:
    with pytest.raises(kind) as told:
        Archive.open(store, create=create)
    assert "\n" not in str(told.value)
    return str(told.value)


@contextmanager
def size_limit(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_store_where_there_must_be_one(path: Path) -> None:
    assert (
        refusal(str(path), SourceError, create=False)
        == f"no store at {path}; scraper run makes one, --store names another"
    )
    assert not path.exists()


def test_no_such_directory(path: Path) -> None:
    store = path.parent / "nowhere" / "stories.db"
    assert refusal(str(store)) == f"cannot use the store {store}: no such directory: {store.parent}"


def test_a_directory(path: Path) -> None:
    assert refusal(str(path.parent)).endswith(": it is a directory")
    path.touch()
    assert refusal(f"{path}/x.db").endswith(f": not a directory: {path}")


def test_a_directory_where_nothing_may_be_written() -> None:
    assert refusal("/sys/stories.db") == "cannot use the store /sys/stories.db: no permission to write there"


def test_a_file_that_is_no_database(path: Path) -> None:
    words = "Dear diary, the ferry runs again. " * 50
    path.write_text(words)
    for create in (True, False):
        assert refusal(str(path), create=create) == f"cannot use the store {path}: it is not a database"
    assert path.read_text() == words


def test_a_database_of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE stories (a)")
    connection.close()
    assert "it belongs to another program, whose table 'stories' is not ours" in refusal(str(path))


def test_tables_of_others_do_not_disturb(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (a)")
    connection.close()
    with Archive.open(str(path)) as archive:
        assert archive.count() == 0


def test_a_database_of_a_newer_schema(path: Path) -> None:
    Archive.open(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE schema_version SET version_num = '9999'")
    connection.close()
    words = refusal(str(path))
    assert f"made it (schema 9999, known up to {REVISIONS[-1]}); update the program" in words


def test_a_damaged_database(path: Path, make: Any) -> None:
    with Archive.open(str(path)) as archive:
        archive.write(make(), PageResult(url=make().url))
        archive.checkpoint()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    assert refusal(str(path)).endswith(": the database is damaged; put a backup in its place")


@pytest.mark.parametrize(
    ("store", "words"),
    [
        ("nosuchdb://here/x", "the store nosuchdb://… is no database URL that is known"),
        (
            "postgresql+nosuchdriver://u:secret@h/x",
            "the store postgresql+nosuchdriver://… is no database URL that is known",
        ),
        ("sqlite://:bad:url/:", "is no database URL that is known"),
        (
            "mysql://u:secret@h/x",
            "the store mysql://… is no database URL that is known (sqlite or postgresql)",
        ),
        ("postgres://u:secret@h/x", "the store postgres://… is no database URL that is known"),
    ],
)
def test_a_database_url_that_nobody_knows(store: str, words: str) -> None:
    told = refusal(store)
    assert words in told
    assert "secret" not in told


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    told = refusal(f"{scheme}://user:secret@localhost/stories")
    assert told == (
        f"cannot use the store {scheme}://user:***@localhost/stories: the driver psycopg is not installed; "
        "pip install 'public-radio-scraper[postgres]'"
    )


def test_another_process_that_writes_for_too_long(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    with Archive.open(str(path)) as hurried:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TryLater, match=r"^cannot write .*stories\.db now: another process"):
            hurried.start_run()
        assert hurried.count() == 0
        other.execute("ROLLBACK")
        other.close()
        assert hurried.start_run() == 1


def test_a_full_disk_loses_only_what_was_being_written(archive: Archive, path: Path, make: Any) -> None:
    def write(number: int) -> None:
        url = f"https://www.wgul.example/{number}"
        article = make(id=f"url:{number}", url=url, canonical_url=url, text="word " * 4000)
        archive.write(article, PageResult(url=url))

    def write_until_full() -> None:
        for number in range(1, 100):
            write(number)
            written.append(number)

    write(0)
    written = [0]
    told = r"^cannot use the store .*stories\.db: the disk is full or failing$"
    with size_limit(path.with_name("stories.db-wal").stat().st_size + 100_000), pytest.raises(OutputError, match=told):
        write_until_full()
    assert 1 < len(written) < 100
    assert archive.count() == len(written)
    assert archive.page_states() == {"done": len(written)}
    write(1000)
    assert archive.check() == []


def test_no_room_for_a_new_store(path: Path) -> None:
    with size_limit(0):
        assert refusal(str(path)).endswith("the disk is full or failing")
    with Archive.open(str(path)) as archive:
        assert archive.check() == []


@pytest.fixture
def foreign(make: Any) -> Iterator[Path]:
    """A store in a directory that its owner alone may write, for a reader who owns nothing."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        with Archive.open(f"{name}/stories.db") as archive:
            archive.write(make(), PageResult(url=make().url))
            archive.checkpoint()
        directory.chmod(0o755)
        (directory / "stories.db").chmod(0o644)
        yield directory / "stories.db"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become nobody")
def test_who_may_only_read_can_read(foreign: Path) -> None:
    program = f"""
import os
from scraper.errors import OutputError
from scraper.writer.archive import Archive
with Archive.open({str(foreign)!r}):
    pass  # all modules are loaded now, which nobody may read
os.setgroups([]); os.setgid(65534); os.setuid(65534)
with Archive.open({str(foreign)!r}, create=False) as archive:
    print(archive.newest(1)[0].article.title)
    try:
        archive.start_run()
    except OutputError as error:
        print(error)
try:
    Archive.open({str(foreign)!r}).start_run()
except OutputError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    title, *told = done.stdout.splitlines()
    assert title == "Ferry runs again", done.stderr
    assert told[0] == f"cannot use the store {foreign}: it is read-only"
    assert told[1].startswith(f"cannot use the store {foreign}: ")
    assert len(told) == 2
