"""How far the documents of this counter are on their way."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """CREATE TABLE blob (
        sha BLOB NOT NULL,
        h BLOB NOT NULL,
        entity BLOB NOT NULL,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        held INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_blob PRIMARY KEY (sha)
    ) WITHOUT ROWID"""
    )
    op.execute("CREATE INDEX ix_blob_state ON blob (state)")
