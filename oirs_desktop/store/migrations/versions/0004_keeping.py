"""What was erased by a resolution, and what lies at the centre only."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE erased (
        h BLOB NOT NULL,
        CONSTRAINT pk_erased PRIMARY KEY (h)
    ) WITHOUT ROWID""",
    """CREATE TABLE archived (
        entity BLOB NOT NULL,
        folio TEXT NOT NULL,
        cola TEXT NOT NULL,
        state INTEGER NOT NULL,
        since INTEGER NOT NULL,
        CONSTRAINT pk_archived PRIMARY KEY (entity)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_archived_cola ON archived (cola)",
    "CREATE INDEX ix_archived_state ON archived (state) WHERE state = 1",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
