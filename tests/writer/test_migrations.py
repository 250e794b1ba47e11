from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Text, create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from scraper.discoverer import SourceState
from scraper.writer import database, migrations, schema
from scraper.writer.archive import Archive
from scraper.writer.results import PageResult


def test_the_revisions_lead_in_one_line_to_the_tables_of_today(archive: Archive) -> None:
    script = ScriptDirectory.from_config(migrations.configuration())
    assert tuple(step.revision for step in reversed(list(script.walk_revisions()))) == schema.REVISIONS
    with archive._reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": schema.VERSION_TABLE})
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == schema.REVISIONS[-1]


def test_constraints_and_columns_are_those_of_the_schema(archive: Archive) -> None:
    with archive._reading() as connection:
        found = inspect(connection)
        for table in schema.metadata.sorted_tables:
            names = {constraint.name for constraint in table.constraints}
            stored = [
                *found.get_check_constraints(table.name),
                *found.get_unique_constraints(table.name),
                *found.get_foreign_keys(table.name),
                found.get_pk_constraint(table.name),
            ]
            assert {constraint["name"] for constraint in stored} == names
            assert [column["name"] for column in found.get_columns(table.name)] == list(table.columns.keys())


def test_a_store_of_today_needs_no_alembic(path: Path) -> None:
    Archive.open(str(path)).close()
    program = (
        "import sys; from scraper.writer.archive import Archive; "
        f"print(Archive.open({str(path)!r}).count(), 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "0 False\n"


def test_what_refers_to_a_table_outlives_its_rebuilding(
    archive: Archive, path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite alters a table by copying and dropping it, which clears foreign keys to it, were they on."""
    article = make()
    archive.write(article, PageResult(url=article.url))
    archive.close()

    def upgrade(connection: Connection) -> None:
        context = MigrationContext.configure(connection, opts={"target_metadata": schema.metadata})
        with Operations(context).batch_alter_table("stories", recreate="always") as batch:
            batch.add_column(Column("mood", Text))

    monkeypatch.setattr(migrations, "upgrade", upgrade)
    monkeypatch.setattr(database, "REVISIONS", (*schema.REVISIONS, "next"))
    with Archive.open(str(path)) as later, later._reading() as connection:
        assert "mood" in {column["name"] for column in inspect(connection).get_columns("stories")}
        assert later.check() == []
        assert later.story(article.url)
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


FIRST = {
    "runs": [{"number": 1, "started": "2031-08-12T14:00:00Z", "ended": None, "exit_code": None, "summary": "{}"}],
    "hosts": [{"host": "wgul.example", "delay": 5.0, "rest_until": None, "reason": None, "state": "{}"}],
    "robots": [
        {
            "origin": "https://wgul.example",
            "status": 200,
            "fetched_at": "2031-08-12T14:00:00Z",
            "expires_at": "2031-08-13T14:00:00Z",
            "body": b"User-agent: *",
            "state": "{}",
        }
    ],
}


def at_first_revision(path: Path, article: Any) -> dict[str, list[dict[str, Any]]]:
    """Makes a store of revision 0001 with a row or two in each table, and returns its rows."""
    story = dict.fromkeys("modified byline station_domain origin section program gone_at".split())
    story |= {"number": 7, "host": "wgul.example", "revision": 2, "record": article.to_json()}
    story |= dict.fromkeys(("first_seen", "last_seen", "changed_at"), "2031-08-12T14:00:00Z")
    names = "id url canonical_url title published page_type platform text language"
    story |= {name: getattr(article, name) for name in names.split()} | {"station": "WGUL"}
    page = dict.fromkeys("discovered_from failing_since leased_by leased_until final_url error".split())
    page |= {"host": "wgul.example", "published": "2031-08-11", "first_seen": "2031-08-11T00:00:00Z", "attempts": 0}
    done = {"state": "done", "status": 200, "etag": '"v"', "last_modified": None, "content_sha256": "ab", "story": 7}
    done |= {"fetched_at": "2031-08-12T14:00:00Z", "page_type": "article", "next_try_at": "2031-08-18T00:00:00Z"}
    new = dict.fromkeys(done) | {"state": "new"}
    pages = [page | done | {"key": "wgul.example/a", "url": article.url}]
    pages.append(page | new | {"key": "wgul.example/b", "url": "https://wgul.example/b", "leased_by": 1})
    rows = {"stories": [story], **FIRST, "pages": pages}
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrations.upgrade(connection, "0001")
        for table, values in rows.items():
            names = values[0].keys()
            marks = ", ".join(f":{name}" for name in names)
            connection.execute(text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"), values)
    engine.dispose()
    return rows


def test_a_store_of_the_first_revision_keeps_all_it_has(path: Path, make: Any) -> None:
    before = at_first_revision(path, make())
    with Archive.open(str(path)) as archive, archive._reading() as connection:
        for table, rows in before.items():
            stored = [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]
            more = {"lastmod": None, "lying": 0} if table == "pages" else {}
            assert stored == [row | more for row in rows]
        assert archive.check() == []
        assert connection.execute(text("SELECT version_num FROM schema_version")).scalar() == schema.REVISIONS[-1]
        assert archive.story(make().url).revision == 2
        assert archive.release() == 1
        assert [due.url for due in archive.due(["wgul.example"], 2e9)] == ["https://wgul.example/b", make().url]
        assert not any(due.whole for due in archive.due(["wgul.example"], 2e9))
        assert archive.sources("wgul.example", SourceState) == []


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def upgrade(connection: Connection) -> None:
        migrate(connection)
        raise KeyboardInterrupt

    migrate = migrations.upgrade
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "upgrade", upgrade)
        with pytest.raises(KeyboardInterrupt):
            Archive.open(str(path))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
    with Archive.open(str(path)) as archive:
        assert archive.count() == 0


def test_the_tables_can_be_made_on_postgresql() -> None:
    made: list[str] = []
    dialect = postgresql.dialect()
    for table in schema.metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made.extend(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    assert "json_valid" not in "".join(made)
    assert any("BYTEA" in statement for statement in made)
