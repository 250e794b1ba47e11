"""How a store of any age becomes a store of today: Alembic's revisions, run from here and nowhere else.

A new revision is a new file in ``versions/``, its name at the end of `scraper.writer.schema.REVISIONS`, and a test that
brings a database of the revision before it forward. A revision that has been released is never edited.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database to `revision`, inside the transaction that `connection` has begun."""
    command.upgrade(configuration(connection), revision)


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings for this store, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
