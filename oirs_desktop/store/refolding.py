"""Bringing many cases up to date at once, after an answer of the centre.

Most of what comes back is one's own: it got its position, and nothing else is new. Such a case is told
delivered and not written again; the words of a case cost more than all else together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from oirs_core.chain import Header
from oirs_desktop.store import facts, projection
from oirs_desktop.store.engine import raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from oirs_desktop.store.facts import Place

FILING = "Ingreso"
_LAST = "SELECT ifnull(max(nro), 0) FROM event"
_CURSORS = "SELECT feed, pos FROM cursor"
_DELIVERED = "UPDATE solicitud SET delivered = ? WHERE nro = ? AND entity = ?"
_STANDS = "SELECT 1 FROM solicitud WHERE nro = ? AND entity = ?"


@dataclass(frozen=True, slots=True)
class Before:
    """Where the store stood: number of its last event, and the position in each feed."""

    nro: int
    cursors: dict[str, int]

    @classmethod
    def now(cls, connection: Connection) -> Before:
        """Remember it before an answer is taken in."""
        native = raw(connection)
        return cls(native.execute(_LAST).fetchone()[0], dict(native.execute(_CURSORS).fetchall()))

    def order(self, place: Place) -> tuple[bool, int, int]:
        """Give the place in the order of the fold that an event had."""
        shown = place.pos is not None and place.pos <= self.cursors.get(place.feed or "", 0)
        return place.order() if shown else (True, 0, place.nro)

    def has_all(self, history: Sequence[Place]) -> bool:
        """Whether nothing but positions is new, and they leave the order as it was."""
        if any(place.nro > self.nro for place in history):
            return False
        orders = [self.order(place) for place in history]
        return orders == sorted(orders)


def refold(connection: Connection, entities: Iterable[bytes], before: Before | None) -> frozenset[bytes]:
    """Bring the rows of cases up to date; returns those that are cases.

    ``before``: how the store stood when all rows were right, if since then events and positions were
    only added; None: fold them whatever they were.
    """
    changed: set[bytes] = set()
    waiting = iter(entities)
    while part := list(islice(waiting, facts.CHUNK)):
        known = set() if before is None else _delivered(connection, part, before)
        found = list(facts.cases(connection, [entity for entity in part if entity not in known]))
        projection.put_all(raw(connection), found)
        changed |= known | {one.case.id for one in found}
    return frozenset(changed)


def _delivered(connection: Connection, entities: Sequence[bytes], before: Before) -> set[bytes]:
    """Tell delivered where nothing else is new; gives those cases."""
    rows = []
    for entity, history in facts.places(connection, entities, whole=False).items():
        filings = [place for place in history if place.kind == FILING]
        if len(filings) == 1 and before.has_all(history):
            nro = projection.nro_of(Header.decode(filings[0].header).at, filings[0].nro)
            rows.append((history[-1].pos is not None, nro, entity))
    native = raw(connection)
    if native.executemany(_DELIVERED, rows).rowcount != len(rows):
        # Some are no case, though they look like one: nobody could read what was filed.
        rows = [row for row in rows if native.execute(_STANDS, row[1:]).fetchone() is not None]
    return {entity for _, _, entity in rows}
