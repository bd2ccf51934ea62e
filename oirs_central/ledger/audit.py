"""Does everything hold: hashes, chains, signatures, positions, counts. Reads rows, trusts none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, select

from oirs_central import tables
from oirs_central.ledger import logs, redaction
from oirs_core import chain, signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Row

BATCH = 500
_ENTRIES = (
    select(
        tables.feed_entry.c.pos,
        tables.feed_entry.c.h,
        tables.feed_entry.c.t_recv,
        tables.feed_entry.c.chain,
        tables.log.c.feed.label("home"),
    )
    .join(tables.event, tables.event.c.h == tables.feed_entry.c.h)
    .join(tables.log, tables.log.c.log == tables.event.c.log)
    .where(tables.feed_entry.c.feed == bindparam("feed"))
    .order_by(tables.feed_entry.c.pos)
    .execution_options(yield_per=BATCH)
)
_EVENTS = (
    select(tables.event)
    .where(tables.event.c.log == bindparam("log"))
    .order_by(tables.event.c.seq)
    .execution_options(yield_per=BATCH)
)


def verify(connection: Connection) -> list[str]:
    """Give a sentence for each thing that does not hold; empty when all does."""
    found: list[str] = []
    feeds = connection.execute(select(tables.feed).order_by(tables.feed.c.feed)).all()
    for feed in feeds:
        found.extend(_feed(connection, feed))
        for log in logs.of_feed(connection, feed.feed):
            found.extend(_log(connection, log))
    found.extend(_counts(connection))
    found.extend(redaction.faults(connection))
    return found


def _counts(connection: Connection) -> Iterator[str]:
    events = connection.execute(select(func.count()).select_from(tables.event)).scalar_one()
    entries = connection.execute(select(func.count()).select_from(tables.feed_entry)).scalar_one()
    if events != entries:
        yield f"Hay {events} hechos y {entries} posiciones: deberían ser iguales."


def _feed(connection: Connection, feed: Row[*tuple[Any, ...]]) -> Iterator[str]:
    pos, link, last_ms = 0, chain.GENESIS, 0
    with connection.execute(_ENTRIES, {"feed": feed.feed}) as rows:
        for row in rows:
            link = chain.feed_step(link, row.h, row.t_recv)
            if row.pos != pos + 1 or row.t_recv <= last_ms or row.chain != link or row.home != feed.feed:
                yield f"Lista {feed.feed}: la posición {row.pos} no calza con la anterior."
                return
            pos, last_ms = row.pos, row.t_recv
    if (pos, link, last_ms) != (feed.head, feed.chain, feed.last_ms):
        yield f"Lista {feed.feed}: termina en {pos} y su registro dice {feed.head}."


def _log(connection: Connection, log: logs.Log) -> Iterator[str]:
    name = chain.b64(log.log)
    seq, prev, signed = log.first - 1, log.root, True
    if not _rooted(connection, log):
        yield f"Serie {name}: su comienzo no calza con su clave o su origen."
    with connection.execute(_EVENTS, {"log": log.log}) as rows:
        for row in rows:
            fault = _fault(row, seq + 1, prev, log.key)
            if fault:
                yield f"Serie {name}, hecho {row.seq}: {fault}."
                return
            seq, prev, signed = row.seq, row.h, row.sig is not None
    if not signed:
        yield f"Serie {name}: el último hecho no tiene firma."


def _rooted(connection: Connection, log: logs.Log) -> bool:
    if log.parent is None:
        return log.first == 1 and log.root == chain.log_root(log.log, log.key)
    event = tables.event.c
    first = connection.execute(
        select(event.h).where(and_(event.log == log.log, event.seq == log.first))
    ).scalar()
    parent = logs.find(connection, log.parent)
    if first is None or parent is None or chain.branch_label(log.parent, first) != log.log:
        return False
    before = logs.hash_at(connection, parent.log, log.first - 1)
    return log.root == (parent.root if log.first == parent.first else before)


def _fault(row: Row[*tuple[Any, ...]], seq: int, prev: bytes, key: bytes) -> str:
    if row.seq != seq:
        return "falta uno anterior"
    erased = row.body is None and row.salt is None
    if not erased and chain.body_digest(bytes(row.salt or b""), bytes(row.body or b"")) != row.digest:
        return "su contenido no es el que se recibió"
    if chain.event_hash(prev, seq, row.header, row.digest) != row.h:
        return "no calza con el anterior"
    if row.sig is not None and not signature.verify(key, row.sig, chain.group_message(seq, row.h)):
        return "su firma no corresponde"
    return ""
