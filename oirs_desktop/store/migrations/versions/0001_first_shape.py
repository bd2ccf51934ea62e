"""The first shape of the store."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE aviso (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        h BLOB NOT NULL,
        CONSTRAINT pk_aviso PRIMARY KEY (kind, name)
    )
        WITHOUT ROWID""",
    """CREATE TABLE cursor (
        feed TEXT NOT NULL,
        pos INTEGER NOT NULL,
        chain BLOB NOT NULL,
        CONSTRAINT pk_cursor PRIMARY KEY (feed)
    )""",
    """CREATE TABLE log (
        id BLOB NOT NULL,
        public_key BLOB NOT NULL,
        label TEXT NOT NULL,
        own BOOLEAN NOT NULL,
        durable_seq INTEGER NOT NULL,
        CONSTRAINT pk_log PRIMARY KEY (id)
    )""",
    """CREATE TABLE meta (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        CONSTRAINT pk_meta PRIMARY KEY (name)
    )""",
    """CREATE TABLE serie (
        label TEXT NOT NULL,
        year INTEGER NOT NULL,
        last INTEGER NOT NULL,
        CONSTRAINT pk_serie PRIMARY KEY (label, year)
    )
        WITHOUT ROWID""",
    """CREATE TABLE solicitud (
        nro INTEGER NOT NULL,
        entity BLOB NOT NULL,
        folio TEXT NOT NULL,
        cola TEXT NOT NULL,
        tipo TEXT NOT NULL,
        estado TEXT NOT NULL,
        materia TEXT NOT NULL,
        name TEXT NOT NULL,
        doc TEXT NOT NULL,
        doc_tipo TEXT NOT NULL,
        doc_key TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        fecha_legal TEXT NOT NULL,
        vence TEXT NOT NULL,
        user TEXT NOT NULL,
        delivered BOOLEAN NOT NULL,
        flagged BOOLEAN NOT NULL,
        open BOOLEAN NOT NULL,
        CONSTRAINT pk_solicitud PRIMARY KEY (nro)
    )""",
    """CREATE INDEX ix_solicitud_cola ON solicitud (cola)""",
    """CREATE INDEX ix_solicitud_doc_key ON solicitud (doc_key, nro) WHERE doc_key <> ''""",
    """CREATE INDEX ix_solicitud_open ON solicitud (vence, nro) WHERE open""",
    """CREATE INDEX ix_solicitud_unsent ON solicitud (nro) WHERE NOT delivered""",
    """CREATE TABLE event (
        nro INTEGER NOT NULL,
        h BLOB NOT NULL,
        log BLOB NOT NULL,
        seq INTEGER NOT NULL,
        prev BLOB NOT NULL,
        header BLOB NOT NULL,
        salt BLOB,
        body BLOB,
        digest BLOB NOT NULL,
        sig BLOB,
        kind TEXT NOT NULL,
        entity BLOB,
        CONSTRAINT pk_event PRIMARY KEY (nro),
        CONSTRAINT uq_event_log UNIQUE (log, seq),
        CONSTRAINT uq_event_h UNIQUE (h),
        CONSTRAINT fk_event_log_log FOREIGN KEY(log) REFERENCES log (id)
    )""",
    """CREATE INDEX ix_event_entity ON event (entity) WHERE entity IS NOT NULL""",
    """CREATE TABLE feed_entry (
        feed TEXT NOT NULL,
        pos INTEGER NOT NULL,
        h BLOB NOT NULL,
        t_recv INTEGER NOT NULL,
        chain BLOB NOT NULL,
        CONSTRAINT pk_feed_entry PRIMARY KEY (feed, pos),
        CONSTRAINT uq_feed_entry_h UNIQUE (h),
        CONSTRAINT fk_feed_entry_h_event FOREIGN KEY(h) REFERENCES event (h)
    )
        WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE busca USING fts5(
    folio, nombre, doc, materia, relato, respuesta,
    content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3')""",
    # Each case leaves a small segment of words. Gathered sixteen at a time, each word is copied half as often
    # as with the four of the default; the search then reads about as many segments.
    "INSERT INTO busca(busca, rank) VALUES ('automerge', 16)",
    "INSERT INTO busca(busca, rank) VALUES ('crisismerge', 32)",
    "PRAGMA application_id = 1330205267",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
