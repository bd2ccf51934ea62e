"""The ledger: events, feeds, offices, counters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("feed", name=op.f("pk_feed")),
    )
    op.create_table(
        "log",
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("parent", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["feed"], ["feed.feed"], name=op.f("fk_log_feed")),
        sa.ForeignKeyConstraint(["parent"], ["log.log"], name=op.f("fk_log_parent")),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_log")),
    )
    op.create_index(op.f("ix_log_feed"), "log", ["feed"], unique=False)
    op.create_table(
        "office",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("folio", sa.Text(), nullable=False),
        sa.Column("config", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feed.feed"], name=op.f("fk_office_feed")),
        sa.PrimaryKeyConstraint("feed", name=op.f("pk_office")),
        sa.UniqueConstraint("institution", "code", name=op.f("uq_office_institution_code")),
        sa.UniqueConstraint("institution", "folio", name=op.f("uq_office_institution_folio")),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enrolled_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["feed"], ["office.feed"], name=op.f("fk_device_feed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("institution", "label", name=op.f("uq_device_institution_label")),
    )
    op.create_index(op.f("ix_device_feed"), "device", ["feed"], unique=False)
    op.create_table(
        "event",
        sa.Column("h", sa.LargeBinary(), nullable=False),
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entity", sa.LargeBinary(), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sig", sa.LargeBinary(), nullable=True),
        sa.Column("quarantine", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["log"], ["log.log"], name=op.f("fk_event_log")),
        sa.PrimaryKeyConstraint("h", name=op.f("pk_event")),
        sa.UniqueConstraint("log", "seq", name=op.f("uq_event_log_seq")),
    )
    op.create_index(op.f("ix_event_entity"), "event", ["entity"], unique=False)
    op.create_table(
        "enrol_code",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name=op.f("fk_enrol_code_device")),
        sa.ForeignKeyConstraint(["feed"], ["office.feed"], name=op.f("fk_enrol_code_feed")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_enrol_code")),
    )
    op.create_table(
        "feed_entry",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("pos", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("h", sa.LargeBinary(), nullable=False),
        sa.Column("t_recv", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["feed"], ["feed.feed"], name=op.f("fk_feed_entry_feed")),
        sa.ForeignKeyConstraint(["h"], ["event.h"], name=op.f("fk_feed_entry_h")),
        sa.PrimaryKeyConstraint("feed", "pos", name=op.f("pk_feed_entry")),
        sa.UniqueConstraint("h", name=op.f("uq_feed_entry_h")),
    )
