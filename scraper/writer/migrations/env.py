"""Run by Alembic for each migration: hands it the connection that `scraper.writer.migrations.upgrade` was given."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from scraper.writer.schema import VERSION_TABLE, metadata

_LOCK = 0x5C7A9E12
"""Names the lock that keeps two programs from migrating one PostgreSQL database at once; SQLite's own does it there."""


def migrate(connection: Connection) -> None:
    """Run the revisions that Alembic has chosen."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    # Batches: SQLite alters a table by copying it.
    context.configure(
        connection=connection, target_metadata=metadata, version_table=VERSION_TABLE, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic loads this file; whoever else imports it wants no migration
    migrate(context.config.attributes["connection"])
