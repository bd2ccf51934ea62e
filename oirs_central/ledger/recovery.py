"""What the centre learns again from its own notices, after it was restored from an old backup.

Counters give back the events that the centre lost, its own among them. An `Equipo` notice that carries
the centre's signature is as good as the row that it was written with: the counter it names may go on
without being enrolled again, and what it wrote can be verified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, insert, select, update

from oirs_central import tables
from oirs_core import chain, signature
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Equipo, Oficina
from oirs_core.wire.codec import decode_body, encode_body

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEY_SIZE = 32

_DEVICE = select(tables.device.c.id).where(tables.device.c.id == bindparam("device"))


def learn(connection: Connection, feed: str, kind: str, event: chain.Event, now: int) -> bytes | None:
    """Take a notice of the centre that came back; gives the public key of a counter learnt by it."""
    if event.body is None or kind not in {"Equipo", "Oficina"}:
        return None
    content = decode_body(kind, chain.Header.decode(event.header).v, event.body)
    if isinstance(content, Oficina):
        change = {"config": encode_body(content)}
        connection.execute(update(tables.office).where(tables.office.c.feed == feed).values(change))
    return _enrol(connection, feed, content, now) if isinstance(content, Equipo) else None


def _enrol(connection: Connection, feed: str, notice: Equipo, now: int) -> bytes | None:
    try:
        key = chain.unb64(notice.clave_publica, KEY_SIZE)
    except EventRefused:
        return None
    device = signature.key_id(key)
    if connection.execute(_DEVICE, {"device": device}).first() is not None:
        return None
    institution = connection.execute(
        select(tables.office.c.institution).where(tables.office.c.feed == feed)
    ).scalar_one()
    row = {
        "id": device,
        "feed": feed,
        "key": key,
        "institution": institution,
        "label": _label(connection, institution, notice),
        "log": b"",
        "name": notice.nombre,
        "enrolled_ms": now,
    }
    connection.execute(insert(tables.device).values(row))
    return key


def _label(connection: Connection, institution: str, notice: Equipo) -> str:
    """Give the label as enrolled; marked where it was drawn again before the notice came back."""
    device = tables.device.c
    given = and_(device.institution == institution, device.label == notice.etiqueta)
    if connection.execute(select(device.id).where(given)).first() is None:
        return notice.etiqueta
    return f"{notice.etiqueta}*{notice.id}"
