"""Several processes at one store: killed, reading, starting at once. And the tools that people open it with."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from scraper.writer.archive import Archive
from scraper.writer.results import Found, PageResult

WRITER = """
import sys
from itertools import count
from scraper.article import Article, Provenance
from scraper.writer.archive import Archive
from scraper.writer.results import Found, PageResult

archive = Archive.open(sys.argv[1])
archive.release()
run = archive.start_run()
print("ready", flush=True)
for round in count(int(sys.argv[2])):
    urls = [f"https://wgul.example/{number}" for number in range(round, round + 3)]
    archive.add_found(Found(url=url) for url in urls)
    for due in archive.lease(["wgul.example"], 4e9, 3, run):
        article = Article(
            id=f"url:{due.key}", url=due.url, page_type="article", platform="grove", title=str(round),
            text=f"{round} " * 3000, provenance=Provenance(etag=str(round)),
        )
        again = None if round % 3 else 0.0
        result = PageResult(url=due.url, status=200, etag=str(round), next_try_at=again)
        outcome = archive.write(article, result)
        print(outcome, due.url, round, flush=True)
"""

KILLED_AT_STATEMENT = """
import os, shutil, signal, sys
from itertools import count
from sqlalchemy import Engine, event
from scraper.article import Article, Provenance
from scraper.writer import migrations
from scraper.writer.archive import Archive
from scraper.writer.results import Found, PageResult

def visit(archive, tag):
    for name in "ab":
        result = PageResult(url=f"https://wgul.example/{name}", status=200, etag=tag)
        archive.write(Article(
            id=f"url:{name}", url=result.url, page_type="article", platform="grove", title=tag,
            text=f"{tag} " * 3000, provenance=Provenance(etag=tag),
        ), result)

def work(path, last):
    seen = count(1)
    def statement(*_):
        if next(seen) == last:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", statement)
    with Archive.open(path) as archive:
        visit(archive, "1")
        visit(archive, "2")

empty = sys.argv[1]
Archive.open(empty).close()
for last in count(1):
    child = os.fork()
    if child == 0:
        work(shutil.copy(empty, f"{empty}.{last}"), last)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        print(last)
        break
"""


def query(path: Path, sql: str) -> list[dict[str, Any]]:
    with closing(sqlite_utils.Database(path).conn) as connection:
        return list(sqlite_utils.Database(connection).query(sql))


def start(path: Path, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(number)], stdout=subprocess.PIPE, text=True)


def assert_records_and_pages_agree(path: Path) -> None:
    """Each page that is done has its story, of the very same visit, and the other way round."""
    rows = query(
        path,
        "SELECT pages.url AS url, state, etag, story, title, record ->> '$.url' AS record_url, "
        "record ->> '$.provenance.etag' AS record_etag, stories.text AS text "
        "FROM pages FULL JOIN stories ON pages.story = stories.number",
    )
    for row in rows:
        if row["state"] == "new":
            assert row["story"] is None
            continue
        assert row["state"] == "done"
        assert row["record_url"] == row["url"]
        assert row["title"] == row["etag"] == row["record_etag"]
        assert row["text"] == f"{row['etag']} " * 3000


def test_killed_at_any_moment_the_store_is_whole(path: Path) -> None:
    chance = random.Random(20310812)
    told: dict[str, int] = {}
    for start_at in (0, 100, 200, 300, 400):
        process = start(path, start_at)
        assert process.stdout
        for _ in range(
            chance.randrange(1, 40)
        ):  # so many lines later; the writer itself is at some other point by then
            word, *rest = process.stdout.readline().split()
            if word != "ready":
                told[rest[0]] = int(rest[1])
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        for line in process.stdout:  # written before the kill, and said so
            if len(parts := line.split()) == 3 and line.endswith("\n"):
                told[parts[1]] = int(parts[2])
        process.wait()
        process.stdout.close()
        with Archive.open(str(path)) as archive:
            assert archive.check() == []
            for url, number in told.items():
                stored = archive.story(url)
                assert stored
                assert int(stored.article.title or "") >= number, "a commit that was reported is lost"
        assert_records_and_pages_agree(path)
    assert len(told) >= 5


def test_killed_before_any_statement_the_store_is_whole(path: Path) -> None:
    command = [sys.executable, "-c", KILLED_AT_STATEMENT, str(path)]
    statements = int(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    assert statements > 20
    left = set()
    for number in range(1, statements + 1):
        killed = path.with_name(f"{path.name}.{number}")
        with Archive.open(str(killed)) as archive:
            assert archive.check() == []
            left.add(tuple(sorted((story.article.id, story.revision) for story in archive.newest(9))))
        assert_records_and_pages_agree(killed)
    assert left == {
        (),
        (("url:a", 1),),
        (("url:a", 1), ("url:b", 1)),
        (("url:a", 2), ("url:b", 1)),
        (("url:a", 2), ("url:b", 2)),
    }


def test_one_reads_while_another_writes(path: Path, make: Any) -> None:
    Archive.open(str(path)).close()
    process = start(path, 0)
    assert process.stdout
    with process.stdout, Archive.open(str(path), create=False) as archive:
        assert process.stdout.readline() == "ready\n"
        counts = []
        for _ in range(10):
            process.stdout.readline()
            counts.append(archive.count())
            assert archive.newest(2)
        assert counts == sorted(counts)
        assert counts[-1] > 0
        assert archive.write(make(), PageResult(url=make().url)) == "new"
        process.kill()
        process.wait()
        assert archive.check() == []


def test_a_reader_sees_each_transaction_whole(archive: Archive, path: Path, make: Any) -> None:
    archive.write(make(), PageResult(url=make().url))
    with Archive.open(str(path), create=False) as other, other._reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM stories").scalar()
        archive.write(make(id="url:2", url="https://wgul.example/2"), PageResult(url="https://wgul.example/2"))
        assert connection.exec_driver_sql("SELECT count(*) FROM stories").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM pages").scalar() == 1
        assert other.count() == 2


def test_several_make_the_store_at_once(path: Path) -> None:
    program = (
        "import sys; from scraper.writer.archive import Archive; import alembic.command; sys.stdin.readline(); "
        f"print(Archive.open({str(path)!r}).start_run())"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[0].strip() for process in processes]
    assert sorted(said) == ["1", "2", "3"]


def test_sqlite_utils_opens_it(archive: Archive, path: Path, make: Any) -> None:
    archive.add_found([Found(url="https://wgul.example/later")])
    archive.write(make(), PageResult(url=make().url, status=200))
    (story,) = query(path, "select * from stories")
    assert (story["title"], story["station"], story["host"]) == ("Ferry runs again", "WGUL", "wgul.example")
    (line,) = query(path, "select * from headlines")
    assert line["url"] == story["url"]
    assert line["characters"] == len(story["text"])
    assert {row["state"] for row in query(path, "select * from pages")} == {"new", "done"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sqlite_utils",
            "query",
            str(path),
            "select record ->> '$.byline' as byline from stories",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == '[{"byline": "Ida Marsh"}]'


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_datasette_opens_it(archive: Archive, path: Path, make: Any) -> None:
    archive.write(make(), PageResult(url=make().url, status=200))
    from datasette.app import Datasette

    async def browse() -> dict[str, Any]:
        datasette = Datasette([str(path)])
        answer = await datasette.client.get("/stories/stories.json?_shape=objects&title__contains=ferry")
        assert (await datasette.client.get("/stories/headlines")).status_code == 200
        return dict(answer.json())

    answer = asyncio.run(browse())
    assert [row["title"] for row in answer["rows"]] == ["Ferry runs again"]
