"""Stories, the pages they come from, runs, and what is known of hosts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _stories()
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("ended", sa.Text),
        sa.Column("exit_code", sa.Integer),
        sa.Column("summary", sa.Text),
    )
    _pages()
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("delay", sa.Float),
        sa.Column("rest_until", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text, primary_key=True),
        sa.Column("status", sa.Integer),
        sa.Column("fetched_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.execute(
        "CREATE VIEW headlines AS "
        "SELECT published, title, byline, station, section, program, page_type, "
        "length(text) AS characters, url, number FROM stories"
    )


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("url", "canonical_url", "title", "byline", "published", "modified")),
        sa.Column("page_type", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Text)
            for name in ("station", "station_domain", "origin", "section", "program", "language")
        ),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("first_seen", sa.Text, nullable=False),
        sa.Column("last_seen", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("gone_at", sa.Text),
        sa.Column("record", sa.Text, nullable=False),
        sa.UniqueConstraint("host", "id"),
        sa.CheckConstraint("json_valid(record)", name="record").ddl_if(dialect="sqlite"),
    )
    for name in ("id", "url", "canonical_url", "published"):
        op.create_index(op.f(f"ix_stories_{name}"), "stories", [name])


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("discovered_from", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("first_seen", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("failing_since", sa.Text),
        sa.Column("next_try_at", sa.Text),
        sa.Column("leased_by", sa.Integer, sa.ForeignKey("runs.number", ondelete="SET NULL")),
        sa.Column("leased_until", sa.Text),
        sa.Column("status", sa.Integer),
        *(sa.Column(name, sa.Text) for name in ("final_url", "etag", "last_modified", "content_sha256", "fetched_at")),
        sa.Column("page_type", sa.Text),
        sa.Column("error", sa.Text),
        sa.Column("story", sa.Integer, sa.ForeignKey("stories.number", ondelete="SET NULL")),
        sa.CheckConstraint("state IN ('new', 'done', 'failed', 'gone', 'refused')", name="state"),
    )
    op.create_index("ix_pages_new", "pages", ["host", "state", "published", "first_seen"])
    op.create_index("ix_pages_due", "pages", ["host", "next_try_at"])
    for name in ("story", "leased_by"):
        op.create_index(op.f(f"ix_pages_{name}"), "pages", [name])
