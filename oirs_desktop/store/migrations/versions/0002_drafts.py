"""Forms that were begun and not registered."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """CREATE TABLE draft (
        slot INTEGER NOT NULL,
        user TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        form TEXT NOT NULL,
        CONSTRAINT pk_draft PRIMARY KEY (slot)
    )"""
    )
