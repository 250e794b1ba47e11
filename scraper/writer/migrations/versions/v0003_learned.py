"""What recurs over the pages of a host: the stories seen, the lines that stand on several of them, and the version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "learned_pages",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("lines", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("host", "story"),
    )
    op.create_table(
        "learned_lines",
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("kind", sa.Text),
        sa.Column("learned", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("edge", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("pages", sa.Integer),
        sa.Column("of_pages", sa.Integer),
        sa.Column("signs", sa.Text),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "learned_hosts",
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
    )
