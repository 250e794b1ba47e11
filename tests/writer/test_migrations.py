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
from sqlalchemy import Column, Connection, Text, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

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
    monkeypatch.setattr(database, "REVISIONS", ("0001", "0002"))
    with Archive.open(str(path)) as later, later._reading() as connection:
        assert "mood" in {column["name"] for column in inspect(connection).get_columns("stories")}
        assert later.check() == []
        assert later.story(article.url)
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


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
