"""What pages were like, by run, host and platform, and the alarms that came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_COUNTS = (
    *("visits", "unread", "tried", "had", "refused", "failed", "gone", "new", "updated", "unchanged"),
    *("read", "body", "records", "title", "date", "authors", "ruled", "fallback", "several", "bodies"),
)


def upgrade() -> None:
    op.create_table(
        "measures",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("platform", sa.Text, primary_key=True),
        sa.Column("grain", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _COUNTS),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("lengths", "seconds", "paragraphs", "refusals", "samples")
        ),
        sa.Column("newest", sa.Text),
    )
    op.create_index("ix_measures_at", "measures", ["grain", "at"])
    op.create_index("ix_measures_host", "measures", ["host", "platform", "grain", "at"])
    op.create_table(
        "alarms",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("scope", "subject", "kind", "raised_at")),
        sa.Column("raised_run", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Float) for name in ("figure", "past")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("pages", "past_pages")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("samples", "cause", "seen_at")),
        sa.Column("cleared_at", sa.Text),
        sa.Column("cleared_run", sa.Integer),
        sa.Column("ended", sa.Text),
    )
    op.create_index("ix_alarms_subject", "alarms", ["subject", "kind"])
    op.create_index("ix_alarms_cleared_at", "alarms", ["cleared_at"])
