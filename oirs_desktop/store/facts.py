"""Rows of the history to the facts that the fold takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oirs_core.chain import ENTITY_SIZE, HASH_SIZE, Event, Header
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Equipo, Oficina, Tabla
from oirs_core.domain.solicitud import Fact, Solicitud, fold
from oirs_core.wire.codec import Unknown, decode_body
from oirs_desktop.store.engine import raw
from oirs_desktop.store.tables import event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from oirs_core.domain.events import Act

NOTICES = frozenset(cls.__name__ for cls in (Oficina, Equipo, Tabla))

EVENT_COLUMNS = (
    event.c.log,
    event.c.seq,
    event.c.prev,
    event.c.header,
    event.c.salt,
    event.c.body,
    event.c.digest,
    event.c.h,
)
# Feed order; what has no position yet comes last, as it arrived here.
_HISTORY = """SELECT e.nro, e.h, e.header, e.body, e.kind, f.t_recv
    FROM event e LEFT JOIN feed_entry f ON f.h = e.h
    WHERE e.entity = :id OR (e.entity IS NULL AND e.h >= :id AND e.h < :end)
    ORDER BY f.pos IS NULL, f.pos, e.nro"""
_REST = b"\xff" * (HASH_SIZE - ENTITY_SIZE)


def event_of(row: Sequence[Any]) -> Event:
    """Event of a row of ``EVENT_COLUMNS``."""
    return Event(*row)


def act_of(header: Header, body: bytes | None) -> Act | None:
    """Give the act of an event; None for what this program cannot read: it is kept all the same."""
    if body is None:
        return None
    try:
        content = decode_body(header.kind, header.v, body)
    except EventRefused:
        return None
    return None if isinstance(content, Unknown | Oficina | Equipo | Tabla) else content


def fact_of(h: bytes, header: Header, act: Act | None, t_recv: int | None = None) -> Fact:
    """Give the fact that the fold takes."""
    return Fact(h, act, header.at, header.sure, header.user, header.base, header.declared, t_recv)


@dataclass(frozen=True, slots=True)
class Found:
    """A case, and ``nro`` of its Ingreso among the events."""

    nro: int
    case: Solicitud


def load(connection: Connection, entity: bytes) -> Found | None:
    """Fold one case; None when its Ingreso is not here."""
    rows = raw(connection).execute(_HISTORY, {"id": entity, "end": entity + _REST})
    history, numbers = [], {}
    for nro, h, header, body, kind, t_recv in rows:
        # A header that nobody could read was kept under no kind; it tells no case anything.
        if kind and kind not in NOTICES:
            read = Header.decode(header)
            history.append(fact_of(h, read, act_of(read, body), t_recv))
            numbers[h] = nro
    case = fold(entity, history)
    return None if case is None else Found(numbers[case.facts[0].h], case)


def cases(connection: Connection, entities: Iterable[bytes]) -> Iterator[Found]:
    """Fold those of the entities that are cases."""
    for entity in entities:
        found = load(connection, entity)
        if found is not None:
            yield found


def all_ids(connection: Connection) -> list[bytes]:
    """Give the id of every case, in order of arrival."""
    rows = raw(connection).execute("SELECT h FROM event WHERE kind = 'Ingreso' ORDER BY nro")
    return [bytes(h[:ENTITY_SIZE]) for (h,) in rows]
