"""The tables of the ledger. Events and entries only ever grow; erasure alone empties a body."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0003"
"""The last step of `migrations` that this program knows."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# chain: 32 bytes after the last entry. last_ms: its reception time, which the next one must exceed.
feed = Table(
    "feed",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("head", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("last_ms", BigInteger, nullable=False),
)

# config: body of the last Oficina notice, to publish only what differs.
office = Table(
    "office",
    metadata,
    Column("feed", Text, ForeignKey("feed.feed"), primary_key=True),
    Column("institution", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("folio", Text, nullable=False),
    Column("config", LargeBinary, nullable=False),
    UniqueConstraint("institution", "code"),
    UniqueConstraint("institution", "folio"),
)

# id: first 8 bytes of the key's hash. log, label: what it was given at its enrolment.
device = Table(
    "device",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("feed", Text, ForeignKey("office.feed"), nullable=False, index=True),
    Column("key", LargeBinary, nullable=False),
    Column("institution", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("log", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("enrolled_ms", BigInteger, nullable=False),
    Column("revoked_ms", BigInteger),
    UniqueConstraint("institution", "label"),
)

enrol_code = Table(
    "enrol_code",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("feed", Text, ForeignKey("office.feed"), nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("device", LargeBinary, ForeignKey("device.id")),
)

# root: prev of the first event, whose seq is first: 1, or where a branch leaves its parent.
# key: public key of the one writer.
log = Table(
    "log",
    metadata,
    Column("log", LargeBinary, primary_key=True),
    Column("feed", Text, ForeignKey("feed.feed"), nullable=False, index=True),
    Column("key", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("parent", LargeBinary, ForeignKey("log.log")),
)

# sig: signature of the group that ended here. quarantine: why nobody folds it, or null.
event = Table(
    "event",
    metadata,
    Column("h", LargeBinary, primary_key=True),
    Column("log", LargeBinary, ForeignKey("log.log"), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("entity", LargeBinary, nullable=False, index=True),
    Column("header", LargeBinary, nullable=False),
    Column("salt", LargeBinary),
    Column("body", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    Column("sig", LargeBinary),
    Column("quarantine", Text),
    UniqueConstraint("log", "seq"),
)

feed_entry = Table(
    "feed_entry",
    metadata,
    Column("feed", Text, ForeignKey("feed.feed"), primary_key=True),
    Column("pos", BigInteger, primary_key=True, autoincrement=False),
    Column("h", LargeBinary, ForeignKey("event.h"), nullable=False),
    Column("t_recv", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    UniqueConstraint("h"),
)

# Documents that acts announced: what of their bytes lies on the disk. device, entity: of the act that
# announced it first. state, reason: see `wire/blob`; held: bytes on the disk. at_ms: when it last changed.
blob = Table(
    "blob",
    metadata,
    Column("feed", Text, ForeignKey("feed.feed"), primary_key=True),
    Column("sha", LargeBinary, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("entity", LargeBinary, nullable=False),
    Column("mime", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("tries", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Index("ix_blob_waiting", "device", "state", "size"),
    Index("ix_blob_case", "feed", "entity"),
)

# Events whose body and salt were taken out by a resolution: none of them ever comes back with its body.
# notice: hash of the Supresion that names it.
erased = Table(
    "erased",
    metadata,
    Column("h", LargeBinary, primary_key=True),
    Column("feed", Text, ForeignKey("feed.feed"), nullable=False, index=True),
    Column("notice", LargeBinary, nullable=False),
)

# How far a feed lies in a copy that was read back and verified.
backed = Table(
    "backed",
    metadata,
    Column("feed", Text, ForeignKey("feed.feed"), primary_key=True),
    Column("pos", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

# The first entries of a feed in one file, for counters that have none of them. sha: of the file.
snapshot = Table(
    "snapshot",
    metadata,
    Column("sha", LargeBinary, primary_key=True),
    Column("feed", Text, ForeignKey("feed.feed"), nullable=False, index=True),
    Column("pos", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

__all__ = [
    "REVISION",
    "backed",
    "blob",
    "device",
    "enrol_code",
    "erased",
    "event",
    "feed",
    "feed_entry",
    "log",
    "metadata",
    "office",
    "snapshot",
]
