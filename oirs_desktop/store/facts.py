"""Rows of the history to the facts that the fold takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from oirs_core.chain import ENTITY_SIZE, HASH_SIZE, Event, Header
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Equipo, Notice, Oficina, Supresion, Tabla
from oirs_core.domain.solicitud import Fact, Solicitud, fold
from oirs_core.wire.codec import Unknown, decode_body
from oirs_desktop.store import state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.tables import event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from oirs_core.domain.events import Act, Content

ERASURE = Supresion.__name__
_WRITER = "SELECT l.public_key FROM event e JOIN log l ON l.id = e.log WHERE e.h = ?"
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
# Events of many cases at once: those that name their entity, and the one that creates it.
_HISTORIES = """WITH wanted(id, stop) AS (VALUES {wanted})
    SELECT w.id, e.nro, e.kind, e.header, f.feed, f.pos, {more} FROM wanted w CROSS JOIN event e
    LEFT JOIN feed_entry f ON f.h = e.h WHERE e.entity = w.id
    UNION ALL
    SELECT w.id, e.nro, e.kind, e.header, f.feed, f.pos, {more} FROM wanted w CROSS JOIN event e
    LEFT JOIN feed_entry f ON f.h = e.h WHERE e.entity IS NULL AND e.h >= w.id AND e.h < w.stop"""
CHUNK = 100
"""Cases asked for at once: SQLite keeps the statement of this length prepared."""
_REST = b"\xff" * (HASH_SIZE - ENTITY_SIZE)


def event_of(row: Sequence[Any]) -> Event:
    """Event of a row of ``EVENT_COLUMNS``."""
    return Event(*row)


def content_of(header: Header, body: bytes | None) -> Content | None:
    """Give the content of an event; None for what this program cannot read: it is kept all the same."""
    if body is None:
        return None
    try:
        content = decode_body(header.kind, header.v, body)
    except EventRefused:
        return None
    return None if isinstance(content, Unknown) else content


def act_of(header: Header, body: bytes | None) -> Act | None:
    """Give the act of an event; None for a notice, and for what this program cannot read."""
    content = content_of(header, body)
    return None if isinstance(content, Notice) else content


def fact_of(h: bytes, header: Header, act: Act | None, t_recv: int | None = None) -> Fact:
    """Give the fact that the fold takes."""
    return Fact(
        h, act, header.at, header.sure, header.user, header.base, header.declared, t_recv, header.kind
    )


def _told(connection: Connection, place: Place) -> Fact:
    """Give the fact of an event as it stands here: with its body, without it, or taking others' out."""
    header = Header.decode(place.header)
    if place.body is None:
        return replace(fact_of(place.h, header, None, place.t_recv), erased=True)
    if place.kind != ERASURE:
        return fact_of(place.h, header, act_of(header, place.body), place.t_recv)
    content = content_of(header, place.body)
    heeded = isinstance(content, Supresion) and _is_of_the_centre(connection, place.h)
    erasure = content if heeded and isinstance(content, Supresion) else None
    return replace(fact_of(place.h, header, None, place.t_recv), erasure=erasure)


def _is_of_the_centre(connection: Connection, h: bytes) -> bool:
    """Whether an event stands in a log of the centre: of anybody else nobody heeds such a notice."""
    granted = state.enrolment(connection)
    key = raw(connection).execute(_WRITER, (h,)).fetchone()
    return granted is not None and key is not None and bytes(key[0]) == granted.server_key


@dataclass(frozen=True, slots=True)
class Found:
    """A case, and ``nro`` of its Ingreso among the events."""

    nro: int
    case: Solicitud


class Place(NamedTuple):
    """One event of a case. ``pos`` and ``t_recv``: None while the centre has not shown it."""

    entity: bytes
    nro: int
    kind: str
    header: bytes
    feed: str | None
    pos: int | None
    h: bytes = b""
    body: bytes | None = None
    t_recv: int | None = None

    def order(self) -> tuple[bool, int, int]:
        """Feed order; what has no position yet comes last, as it arrived here."""
        return (self.pos is None, self.pos or 0, self.nro)


def places(connection: Connection, entities: Sequence[bytes], *, whole: bool) -> dict[bytes, list[Place]]:
    """Give the events of each entity in the order of the fold; ``whole``: with hash, body and time."""
    found: dict[bytes, list[Place]] = {}
    sql = _HISTORIES.format(
        wanted=", ".join(["(?, ?)"] * len(entities)), more="e.h, e.body, f.t_recv" if whole else "x''"
    )
    values = [value for entity in entities for value in (entity, entity + _REST)]
    for row in raw(connection).execute(sql, values):
        found.setdefault(row[0], []).append(Place(*row))
    for history in found.values():
        history.sort(key=Place.order)
    return found


def load(connection: Connection, entity: bytes) -> Found | None:
    """Fold one case; None when its Ingreso is not here."""
    return next(cases(connection, [entity]), None)


def cases(connection: Connection, entities: Iterable[bytes]) -> Iterator[Found]:
    """Fold those of the entities that are cases."""
    waiting = iter(entities)
    while part := list(islice(waiting, CHUNK)):
        known = places(connection, part, whole=True)
        for entity in part:
            found = _folded(connection, entity, known.get(entity, ()))
            if found is not None:
                yield found


def _folded(connection: Connection, entity: bytes, history: Sequence[Place]) -> Found | None:
    told, numbers = [], {}
    for place in history:
        # A header that nobody could read was kept under no kind; it tells no case anything.
        if place.kind and place.kind not in NOTICES:
            told.append(_told(connection, place))
            numbers[place.h] = place.nro
    case = fold(entity, told)
    return None if case is None else Found(numbers[case.facts[0].h], case)


def all_ids(connection: Connection) -> list[bytes]:
    """Give the id of every case, in order of arrival."""
    rows = raw(connection).execute("SELECT h FROM event WHERE kind = 'Ingreso' ORDER BY nro")
    return [bytes(h[:ENTITY_SIZE]) for (h,) in rows]
