"""Taking personal data out of history by a resolution, so that every chain still holds.

Body and salt go, header and digest stay. A row of ``erased`` keeps them from coming back with a counter that
still has them, and a notice in the office's feed takes them out of every counter (`docs/decisions/031`).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, insert, select, update

from oirs_central import tables
from oirs_central.ledger import cases, documents, feeds
from oirs_central.ledger.errors import FolioUnknown, NothingToErase
from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Adjunto, Anulacion, Resto, Supresion
from oirs_core.domain.supresion import PERSONAL, hashes_of
from oirs_core.domain.text import required
from oirs_core.wire import blob
from oirs_core.wire.codec import decode_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

    from oirs_central.ledger.writer import Writer
    from oirs_core.domain.solicitud import Solicitud

CHUNK = 400
RESOLUTION_CHARS = 200

_ERASED, _EVENT = tables.erased.c, tables.event.c
_KNOWN = select(_ERASED.h).where(_ERASED.h.in_(bindparam("hashes", expanding=True)))
_EMPTY = update(tables.event).where(_EVENT.h == bindparam("one"), _EVENT.entity == bindparam("case"))
_EMPTY = _EMPTY.values(body=None, salt=None)
_PAPERS = select(_EVENT.header, _EVENT.body).where(_EVENT.kind == "Adjunto", _EVENT.body.is_not(None))
_BLOCK = update(tables.blob).where(
    tables.blob.c.feed == bindparam("of_feed"), tables.blob.c.sha == bindparam("of_sha")
)
_BLOCK = _BLOCK.values(state=blob.BLOCKED, reason=blob.ERASED, held=0)
_FILL = update(tables.event).where(_EVENT.h == bindparam("one"))
_FILL = _FILL.values({name: bindparam(f"new_{name}") for name in ("body", "salt", "quarantine")})


def case_of(connection: Connection, h: bytes) -> tuple[str, Solicitud]:
    """Give feed and case of an event; FolioUnknown when there is none."""
    entry = tables.feed_entry.c
    query = select(entry.feed, _EVENT.entity).join(tables.event, _EVENT.h == entry.h).where(entry.h == h)
    row = connection.execute(query).first()
    case = None if row is None else cases.one(connection, row.feed, row.entity)
    if row is None or case is None:
        raise FolioUnknown(folio=h.hex())
    return row.feed, case


def erase(
    connection: Connection,
    writer: Writer,
    feed: str,
    case: Solicitud,
    only: bytes | None,
    resolution: str,
) -> Supresion:
    """Take the personal data out of a case, or out of one of its events (``only``: its hash).

    NothingToErase; a text of the domain's when ``resolution`` is missing or too long.
    """
    required("resolucion", resolution, RESOLUTION_CHARS)
    facts = [f for f in case.facts if f.kind in PERSONAL and not f.erased and only in {None, f.h}]
    if not facts:
        raise NothingToErase
    notice = Supresion(
        tuple(f.h.hex() for f in facts),
        resolution,
        _resto(case) if case.facts[0] in facts else None,
        tuple(sorted({f.act.acto for f in facts if isinstance(f.act, Anulacion)})),
    )
    event = writer.append(connection, feed, notice, entity=case.id)
    apply(connection, feed, event)
    return notice


def _resto(case: Solicitud) -> Resto:
    filed = case.original
    return Resto(filed.folio, filed.clave, filed.tipo, filed.oficina, filed.comuna, filed.fecha_legal)


def apply(connection: Connection, feed: str, event: chain.Event) -> None:
    """Do what a notice of the centre says, at once and for what may still come."""
    notice = read(event)
    hashes = [] if notice is None else hashes_of(notice)
    if not hashes:
        return
    entity = chain.Header.decode(event.header).entity
    known = _erased(connection, hashes)
    rows = [{"h": h, "feed": feed, "notice": event.h} for h in hashes if h not in known]
    if rows:
        connection.execute(insert(tables.erased), rows)
    papers = _documents(connection, hashes)
    connection.execute(_EMPTY, [{"one": h, "case": entity} for h in hashes])
    for sha in papers - _living(connection, feed) if papers else papers:
        connection.execute(_BLOCK, {"of_feed": feed, "of_sha": bytes.fromhex(sha)})
    # The files that begin with these entries still hold the bodies: they are made anew.
    connection.execute(delete(tables.snapshot).where(tables.snapshot.c.feed == feed))


def read(event: chain.Event) -> Supresion | None:
    """Give what a Supresion says; None where this program cannot read it."""
    if event.body is None:
        return None
    try:
        header = chain.Header.decode(event.header)
        content = decode_body(header.kind, header.v, event.body)
    except EventRefused:
        return None
    return content if isinstance(content, Supresion) else None


def stripped(connection: Connection, events: Sequence[chain.Event]) -> list[chain.Event]:
    """Give the events without the bodies that were erased here."""
    gone = _erased(connection, [event.h for event in events if event.body is not None])
    return [_bare(event) if event.h in gone else event for event in events]


def fill(connection: Connection, events: Sequence[chain.Event], *, central: bool) -> None:
    """Keep the bodies of events that came without them the first time, unless they were erased.

    A counter that has purged an old case gives back its bare events after the centre was restored from a
    backup; another one still has the bodies.
    """
    gone = _erased(connection, [event.h for event in events])
    for event in events:
        if event.h not in gone:
            mark = feeds.examine(event, central=central)
            values = {"new_body": event.body, "new_salt": event.salt, "new_quarantine": mark.quarantine}
            connection.execute(_FILL, {"one": event.h, **values})
            if mark.kind == documents.KIND and mark.quarantine is None:
                documents.announce(connection, [(event, mark.entity)])


def _documents(connection: Connection, hashes: Sequence[bytes]) -> set[str]:
    """SHA-256 (hexadecimal) of the documents that these events announced."""
    return _named(connection.execute(_PAPERS.where(_EVENT.h.in_(hashes))).all())


def _living(connection: Connection, feed: str) -> set[str]:
    """Documents of an office that some act still names."""
    in_feed = _PAPERS.join(tables.feed_entry, tables.feed_entry.c.h == _EVENT.h)
    return _named(connection.execute(in_feed.where(tables.feed_entry.c.feed == feed)).all())


def _named(papers: Sequence[Row[*tuple[Any, ...]]]) -> set[str]:
    found = set()
    for header, body in papers:
        with suppress(EventRefused):
            content = decode_body("Adjunto", chain.Header.decode(header).v, body)
            if isinstance(content, Adjunto) and blob.read_sha(content.sha256):
                found.add(content.sha256)
    return found


def _erased(connection: Connection, hashes: Sequence[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for start in range(0, len(hashes), CHUNK):
        part = hashes[start : start + CHUNK]
        found.update(connection.execute(_KNOWN, {"hashes": part}).scalars())
    return found


def _bare(event: chain.Event) -> chain.Event:
    return chain.Event(event.log, event.seq, event.prev, event.header, None, None, event.digest, event.h)


def faults(connection: Connection) -> list[str]:
    """Say which erased events still have a body: none should."""
    joined = tables.event.join(tables.erased, _ERASED.h == _EVENT.h)
    query = select(_EVENT.h).select_from(joined).where(and_(_EVENT.body.is_not(None)))
    return [
        f"El hecho {h.hex()} se suprimió y su contenido sigue aquí."
        for h in connection.execute(query).scalars()
    ]
