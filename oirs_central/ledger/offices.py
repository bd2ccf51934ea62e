"""Offices, and the catalogue tables that all of them share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, insert, select, update

from oirs_central import tables
from oirs_central.ledger import feeds
from oirs_central.ledger.errors import OfficesFull, OfficeUnknown, TableTooLarge
from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Oficina, Tabla
from oirs_core.domain.folio import ALPHABET
from oirs_core.wire.codec import decode_body, encode_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from oirs_central.ledger.writer import Writer


_CONFIG = select(tables.office.c.config).where(tables.office.c.feed == bindparam("feed"))


def config(connection: Connection, feed: str) -> Oficina | None:
    """Give the office as it was last set."""
    body = connection.execute(_CONFIG, {"feed": feed}).scalar()
    content = None if body is None else decode_body("Oficina", 1, body)
    return content if isinstance(content, Oficina) else None


def put(connection: Connection, writer: Writer, institution: str, office: Oficina) -> Oficina:
    """Create or change an office, and tell its counters when anything differs.

    ``office.folio`` may be empty: a new office then takes the next free pair, an old one keeps its.
    """
    feed = feeds.office_feed(institution, office.codigo)
    feeds.ensure(connection, feed)
    feeds.lock(connection, feed)
    before = config(connection, feed)
    if before is not None:
        office = replace(office, folio=before.folio)
    elif not office.folio:
        office = replace(office, folio=_free_folio(connection, institution))
    if office == before:
        return office
    row: dict[str, str | bytes] = {"config": encode_body(office)}
    if before is None:
        row |= {"feed": feed, "institution": institution, "code": office.codigo, "folio": office.folio}
        connection.execute(insert(tables.office).values(row))
    else:
        connection.execute(update(tables.office).where(tables.office.c.feed == feed).values(row))
    writer.append(connection, feed, office)
    return office


def _free_folio(connection: Connection, institution: str) -> str:
    query = select(tables.office.c.folio).where(tables.office.c.institution == institution)
    given = set(connection.execute(query).scalars())
    pairs = (first + second for first in ALPHABET for second in ALPHABET)
    free = next((pair for pair in pairs if pair not in given), None)
    if free is None:
        raise OfficesFull
    return free


def feed_of(connection: Connection, institution: str, office: str) -> str:
    """Give the feed of an office by its three digits; OfficeUnknown."""
    feed = feeds.office_feed(institution, office)
    if config(connection, feed) is None:
        raise OfficeUnknown(office=office)
    return feed


def feed_of_folio(connection: Connection, institution: str, pair: str) -> str:
    """Give the feed of an office by the two symbols that begin its folios; OfficeUnknown."""
    office = tables.office.c
    query = select(office.feed).where(and_(office.institution == institution, office.folio == pair))
    feed: str | None = connection.execute(query).scalar()
    if feed is None:
        raise OfficeUnknown(office=pair)
    return feed


def publish(connection: Connection, writer: Writer, feed: str, texts: Mapping[str, str]) -> list[str]:
    """Write each table whose text differs from the one last published; gives their names."""
    feeds.ensure(connection, feed)
    feeds.lock(connection, feed)
    latest = _published(connection, feed)
    changed = [name for name in sorted(texts) if latest.get(name) != texts[name]]
    for name in changed:
        try:
            writer.append(connection, feed, Tabla(name, texts[name]))
        except EventRefused as why:
            size = len(texts[name].encode())
            raise TableTooLarge(name=name, size=size, limit=chain.MAX_BODY) from why
    return changed


def _published(connection: Connection, feed: str) -> dict[str, str]:
    event, entry = tables.event.c, tables.feed_entry.c
    query = (
        select(event.header, event.body)
        .join(tables.feed_entry, event.h == entry.h)
        .where(and_(entry.feed == feed, event.kind == "Tabla", event.quarantine.is_(None)))
        .order_by(entry.pos)
    )
    found = {}
    for header, body in connection.execute(query):
        content = decode_body("Tabla", chain.Header.decode(header).v, body)
        if isinstance(content, Tabla):
            found[content.nombre] = content.csv
    return found
