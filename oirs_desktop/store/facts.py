"""Rows of the history to the facts that the fold takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from oirs_core.chain import Event, Header
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Equipo, Oficina, Tabla
from oirs_core.domain.solicitud import Fact, Solicitud, fold
from oirs_core.wire.codec import Unknown, decode_body
from oirs_desktop.store.tables import event, feed_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from oirs_core.domain.events import Act

NOTICES = frozenset(cls.__name__ for cls in (Oficina, Equipo, Tabla))
CHUNK = 200

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
_HISTORY = (
    select(
        event.c.entity,
        event.c.h,
        event.c.header,
        event.c.body,
        event.c.kind,
        feed_entry.c.t_recv,
        feed_entry.c.pos,
    )
    .select_from(event.outerjoin(feed_entry, feed_entry.c.h == event.c.h))
    .where(event.c.entity.in_(bindparam("entities", expanding=True)))
    .order_by(feed_entry.c.pos.is_(None), feed_entry.c.pos, event.c.nro)
)


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


def cases(connection: Connection, entities: Iterable[bytes]) -> Iterator[tuple[bytes, Solicitud | None]]:
    """Fold each of the entities; None for those whose Ingreso is not here."""
    wanted = list(entities)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        facts: dict[bytes, list[Fact]] = {entity: [] for entity in part}
        for entity, h, header, body, kind, t_recv, _ in connection.execute(_HISTORY, {"entities": part}):
            # A header that nobody could read was kept under no kind; it tells no case anything.
            if kind and kind not in NOTICES:
                read = Header.decode(header)
                facts[entity].append(fact_of(h, read, act_of(read, body), t_recv))
        for entity, history in facts.items():
            yield entity, fold(entity, history)


def load(connection: Connection, entity: bytes) -> Solicitud | None:
    """Fold one case."""
    return next(case for _, case in cases(connection, [entity]))
