"""The latest word of the centre: the office, its counters, the catalogue tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from oirs_core.chain import Header, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Equipo, Notice, Oficina, Tabla
from oirs_core.wire.codec import decode_body
from oirs_desktop.store.facts import NOTICES
from oirs_desktop.store.tables import aviso, event, feed_entry, log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_BODY = select(event.c.kind, event.c.header, event.c.body).where(event.c.h == bindparam("h"))
_LATEST = (
    select(event.c.kind, event.c.header, event.c.body)
    .join(aviso, aviso.c.h == event.c.h)
    .where(aviso.c.kind == bindparam("kind"))
    .order_by(aviso.c.name)
)
_PUT_UP = insert(aviso)
_PUT_UP = _PUT_UP.on_conflict_do_update(index_elements=["kind", "name"], set_={"h": _PUT_UP.excluded.h})
_IN_ORDER = (
    select(event.c.h)
    .join(log, log.c.id == event.c.log)
    .join(feed_entry, feed_entry.c.h == event.c.h)
    .where(event.c.kind.in_(NOTICES), log.c.public_key == bindparam("server_key"))
    .order_by(feed_entry.c.feed, feed_entry.c.pos)
)


def read(kind: str, header: bytes, body: bytes | None) -> Notice | None:
    """Give the notice that an event holds, if this program can read it."""
    if kind not in NOTICES or body is None:
        return None
    try:
        content = decode_body(kind, Header.decode(header).v, body)
    except EventRefused:
        return None
    return content if isinstance(content, Oficina | Equipo | Tabla) else None


def name_of(notice: Notice) -> str:
    """Give what a later notice of the same kind and name takes the place of."""
    match notice:
        case Equipo():
            return notice.id
        case Tabla():
            return notice.nombre
        case _:
            return ""


def post(connection: Connection, h: bytes) -> Notice | None:
    """Put up a notice in place of the one before."""
    kind, header, body = connection.execute(_BODY, {"h": h}).one()
    notice = read(kind, header, body)
    if notice is not None:
        connection.execute(_PUT_UP, {"kind": kind, "name": name_of(notice), "h": h})
    return notice


def rebuild(connection: Connection, server_key: bytes) -> None:
    """Put up all notices again, in feed order. Only the centre's own logs count."""
    connection.execute(delete(aviso))
    for h in connection.execute(_IN_ORDER, {"server_key": server_key}).scalars().all():
        post(connection, h)


def _latest(connection: Connection, kind: str) -> Iterator[Notice]:
    for found, header, body in connection.execute(_LATEST, {"kind": kind}):
        notice = read(found, header, body)
        if notice is not None:
            yield notice


def office(connection: Connection) -> Oficina | None:
    """Give the office as the centre last set it."""
    return next((n for n in _latest(connection, "Oficina") if isinstance(n, Oficina)), None)


def devices(connection: Connection) -> dict[bytes, bytes]:
    """Give the public key of each counter of the office, by device id."""
    found = (n for n in _latest(connection, "Equipo") if isinstance(n, Equipo))
    return {unb64(n.id): unb64(n.clave_publica) for n in found}


def tables(connection: Connection) -> dict[str, str]:
    """Give the CSV text of each catalogue table that came down, by name."""
    return {n.nombre: n.csv for n in _latest(connection, "Tabla") if isinstance(n, Tabla)}
