"""The tables. Those of the history are frozen; the projections may be dropped and folded anew."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

SCHEMA = 4
"""``PRAGMA user_version`` of a store at the newest migration: their number."""
APPLICATION = 0x4F495253
"""``PRAGMA application_id``: OIRS."""
NUMBER = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The history. Frozen: what its columns hold stands in docs/event.md.

meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

log = Table(
    "log",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("label", Text, nullable=False),  # of its folios; empty for other devices' logs
    Column("own", Boolean, nullable=False),
    Column("durable_seq", NUMBER, nullable=False),  # last event that the centre said to hold
)

event = Table(
    "event",
    metadata,
    Column("nro", Integer, primary_key=True),  # order of arrival here
    Column("h", LargeBinary, nullable=False, unique=True),
    Column("log", LargeBinary, ForeignKey("log.id"), nullable=False),
    Column("seq", NUMBER, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("salt", LargeBinary),  # salt and body are null once erased
    Column("body", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    Column("sig", LargeBinary),  # of the group that ends here, where one is known
    Column("kind", Text, nullable=False),
    # Null where the event creates its entity, whose id is then the beginning of h: no second index.
    Column("entity", LargeBinary),
    UniqueConstraint("log", "seq"),
    Index("ix_event_entity", "entity", sqlite_where=text("entity IS NOT NULL")),
)

feed_entry = Table(
    "feed_entry",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("pos", NUMBER, primary_key=True),
    Column("h", LargeBinary, ForeignKey("event.h"), nullable=False, unique=True),
    Column("t_recv", NUMBER, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

cursor = Table(
    "cursor",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("pos", NUMBER, nullable=False),
    Column("chain", LargeBinary, nullable=False),
)

serie = Table(
    "serie",
    metadata,
    Column("label", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What no history holds: forms that are not registered yet. No rebuild touches them.

draft = Table(
    "draft",
    metadata,
    Column("slot", Integer, primary_key=True),
    Column("user", Text, nullable=False),
    Column("saved_at", NUMBER, nullable=False),
    Column("form", Text, nullable=False),  # JSON of ui/state.py
)

# Documents that this counter announced: how many of their bytes the centre said to hold. state: waiting,
# whole or blocked; reason of blocked: as the centre gave it, or gone where the bytes are not here.

blob = Table(
    "blob",
    metadata,
    Column("sha", LargeBinary, primary_key=True),
    Column("h", LargeBinary, nullable=False),  # of the act
    Column("entity", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", NUMBER, nullable=False),
    Column("held", NUMBER, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_blob_state", "state"),
    sqlite_with_rowid=False,
)

# What may not stay. erased: events whose bodies a resolution took out. archived: cases whose bodies lie at
# the centre only; state 1: wanted back, 2: back; since: time of the feed.

erased = Table("erased", metadata, Column("h", LargeBinary, primary_key=True), sqlite_with_rowid=False)

archived = Table(
    "archived",
    metadata,
    Column("entity", LargeBinary, primary_key=True),
    Column("folio", Text, nullable=False),
    Column("cola", Text, nullable=False, index=True),
    Column("state", Integer, nullable=False),
    Column("since", NUMBER, nullable=False),
    Index("ix_archived_state", "state", sqlite_where=text("state = 1")),
    sqlite_with_rowid=False,
)

# The projections. Disposable: folded anew from the history.

solicitud = Table(
    "solicitud",
    metadata,
    Column("nro", Integer, primary_key=True),  # by time of filing: lists are read backwards by it
    Column("entity", LargeBinary, nullable=False),
    Column("folio", Text, nullable=False),
    Column("cola", Text, nullable=False, index=True),  # last five symbols of the folio
    Column("tipo", Text, nullable=False),
    Column("estado", Text, nullable=False),
    Column("materia", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("doc", Text, nullable=False),
    Column("doc_tipo", Text, nullable=False),
    Column("doc_key", Text, nullable=False),  # letters and digits only, capitals
    Column("opened_at", NUMBER, nullable=False),
    Column("fecha_legal", Text, nullable=False),
    Column("vence", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("delivered", Boolean, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("open", Boolean, nullable=False),
    Index("ix_solicitud_doc_key", "doc_key", "nro", sqlite_where=text("doc_key <> ''")),
    Index("ix_solicitud_open", "vence", "nro", sqlite_where=text("open")),
    Index("ix_solicitud_unsent", "nro", sqlite_where=text("NOT delivered")),
)

aviso = Table(
    "aviso",  # the latest notice of the centre of each kind and name
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("h", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

SEARCH_COLUMNS = ("folio", "nombre", "doc", "materia", "relato", "respuesta")
"""Of the table ``busca`` (FTS5, made by the first migration), which shares ``nro`` with ``solicitud``.

Contentless: the prose stands once, in the event.
"""
