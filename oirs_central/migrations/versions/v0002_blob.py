"""Documents: which bytes the centre waits for, and how many it has."""

from __future__ import annotations

import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("sha", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=False),
        sa.Column("entity", sa.LargeBinary(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feed.feed"], name=op.f("fk_blob_feed")),
        sa.PrimaryKeyConstraint("feed", "sha", name=op.f("pk_blob")),
    )
    op.create_index("ix_blob_waiting", "blob", ["device", "state", "size"], unique=False)
    op.create_index("ix_blob_case", "blob", ["feed", "entity"], unique=False)
    _announced_before()


def _announced_before() -> None:
    """Want what acts announced before there was a place for it."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT f.feed, f.t_recv, e.entity, e.body, l.key FROM event e"
            " JOIN feed_entry f ON f.h = e.h JOIN log l ON l.log = e.log"
            " WHERE e.kind = 'Adjunto' AND e.quarantine IS NULL AND e.body IS NOT NULL"
        )
    ).all()
    seen = set()
    for feed, at_ms, entity, body, key in rows:
        act = json.loads(bytes(body))
        digits, size = act.get("sha256", ""), act.get("tamano", 0)
        if len(digits) != 64 or set(digits) - set("0123456789abcdef") or (feed, digits) in seen:  # noqa: PLR2004 - SHA-256
            continue
        seen.add((feed, digits))
        values = {"feed": feed, "sha": bytes.fromhex(digits), "device": sha256(bytes(key)).digest()[:8]}
        values |= {"entity": bytes(entity), "mime": act.get("tipo", ""), "size": size, "at_ms": at_ms}
        values |= {"state": "wanted", "reason": "", "held": 0, "tries": 0}
        columns = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        connection.execute(sa.text(f"INSERT INTO blob ({columns}) VALUES ({places})"), values)  # noqa: S608 - our own names
