"""What was erased, what lies in a verified backup, and the files that a new counter begins with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased",
        sa.Column("h", sa.LargeBinary(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("notice", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feed.feed"], name=op.f("fk_erased_feed")),
        sa.PrimaryKeyConstraint("h", name=op.f("pk_erased")),
    )
    op.create_index(op.f("ix_erased_feed"), "erased", ["feed"], unique=False)
    op.create_table(
        "backed",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("pos", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feed.feed"], name=op.f("fk_backed_feed")),
        sa.PrimaryKeyConstraint("feed", name=op.f("pk_backed")),
    )
    op.create_table(
        "snapshot",
        sa.Column("sha", sa.LargeBinary(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("pos", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feed.feed"], name=op.f("fk_snapshot_feed")),
        sa.PrimaryKeyConstraint("sha", name=op.f("pk_snapshot")),
    )
    op.create_index(op.f("ix_snapshot_feed"), "snapshot", ["feed"], unique=False)
