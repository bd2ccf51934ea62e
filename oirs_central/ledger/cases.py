"""The cases of a feed, folded from its events in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from oirs_central import tables
from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Ingreso, Notice, Resto, Supresion
from oirs_core.domain.solicitud import Fact, Solicitud, fold
from oirs_core.wire.codec import Unknown, decode_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Row

    from oirs_core.domain.events import Content

NOTICES = ("Oficina", "Equipo", "Tabla")
WITH_FOLIO = ("Ingreso", "Supresion")
"""Of an erased filing, the notice that erased it keeps the folio."""
BATCH = 500


def _content(header: chain.Header, body: bytes | None) -> Content | None:
    if body is None:
        return None
    try:
        content = decode_body(header.kind, header.v, body)
    except EventRefused:
        return None
    return None if isinstance(content, Unknown) else content


def _fact(row: Row[*tuple[Any, ...]]) -> Fact | None:
    try:
        header = chain.Header.decode(row.header)
    except EventRefused:
        return None
    content = _content(header, row.body)
    return Fact(
        row.h,
        None if isinstance(content, Notice) else content,
        header.at,
        header.sure,
        header.user,
        header.base,
        header.declared,
        row.t_recv,
        header.kind,
        erased=row.body is None,
        # A counter's own is kept in quarantine and erases nothing.
        erasure=content if isinstance(content, Supresion) and row.quarantine is None else None,
    )


def of_feed(connection: Connection, feed: str) -> Iterator[Solicitud]:
    """Fold each case of a feed; the events of a batch of cases are in memory at a time."""
    event, entry = tables.event.c, tables.feed_entry.c
    in_feed = tables.event.join(tables.feed_entry, event.h == entry.h)
    opened = (
        select(event.entity).select_from(in_feed).where(and_(entry.feed == feed, event.kind == "Ingreso"))
    )
    entities = sorted(set(connection.execute(opened).scalars()))
    for start in range(0, len(entities), BATCH):
        yield from _fold(connection, feed, entities[start : start + BATCH])


def one(connection: Connection, feed: str, entity: bytes) -> Solicitud | None:
    """Fold one case."""
    return next(_fold(connection, feed, [entity]), None)


def _fold(connection: Connection, feed: str, entities: list[bytes]) -> Iterator[Solicitud]:
    event, entry = tables.event.c, tables.feed_entry.c
    query = (
        select(event.entity, event.h, event.header, event.body, event.quarantine, entry.t_recv)
        .join(tables.feed_entry, event.h == entry.h)
        .where(and_(entry.feed == feed, event.entity.in_(entities), event.kind.not_in(NOTICES)))
        .order_by(entry.pos)
    )
    facts: dict[bytes, list[Fact]] = {entity: [] for entity in entities}
    for row in connection.execute(query):
        fact = _fact(row)
        if fact is not None:
            facts[row.entity].append(fact)
    for entity, history in facts.items():
        case = fold(entity, history)
        if case is not None:
            yield case


def by_folio(connection: Connection, feed: str, folio: str) -> Solicitud | None:
    """Find a case by the twelve symbols of its folio. Reads the filings of the feed one by one."""
    event, entry = tables.event.c, tables.feed_entry.c
    query = (
        select(event.entity, event.kind, event.header, event.body)
        .join(tables.feed_entry, event.h == entry.h)
        .where(and_(entry.feed == feed, event.kind.in_(WITH_FOLIO), event.quarantine.is_(None)))
        .order_by(entry.pos)
        .execution_options(yield_per=BATCH)
    )
    # Left in the middle, a cursor of PostgreSQL stays open on the server until it is closed.
    with connection.execute(query) as rows:
        for row in rows:
            if row.body is None or folio.encode() not in row.body:
                continue
            content = decode_body(row.kind, chain.Header.decode(row.header).v, row.body)
            filed = content.resto if isinstance(content, Supresion) else content
            if isinstance(filed, Ingreso | Resto) and filed.folio == folio:
                return one(connection, feed, row.entity)
    return None
