"""What is known of sources; and of pages, what sources told of them and whether their validators are to be believed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("station", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("etag", "last_modified", "sha256", "listed", "newest")),
        sa.Column("children", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("asked_at", "read_at", "unchanged_at")),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("next_poll_at", sa.Text),
        sa.Column("interval", sa.Float, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("lying", sa.Boolean, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("error", sa.Text),
    )
    op.add_column("pages", sa.Column("lastmod", sa.Text))
    op.add_column("pages", sa.Column("lying", sa.Boolean, nullable=False, server_default=sa.false()))
