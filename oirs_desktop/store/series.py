"""Folio numbers: one row for each label and year, raised inside the case's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.domain.errors import FolioRefused
from oirs_core.domain.events import Ingreso
from oirs_core.domain.folio import LAST_NUMBER, Folio
from oirs_desktop.store.engine import raw
from oirs_desktop.store.errors import SeriesFull

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from oirs_core.domain.events import Act

_NEXT = (
    "INSERT INTO serie(label, year, last) VALUES (?, ?, 1)"
    " ON CONFLICT(label, year) DO UPDATE SET last = last + 1 RETURNING last"
)
_RAISE = (
    "INSERT INTO serie(label, year, last) VALUES (?, ?, ?)"
    " ON CONFLICT(label, year) DO UPDATE SET last = max(last, excluded.last)"
)


def next_folio(connection: Connection, office: str, year: int, label: str) -> Folio:
    """Take the next number of a label and year; SeriesFull after the last one."""
    number = int(raw(connection).execute(_NEXT, (label, year)).fetchone()[0])
    if number > LAST_NUMBER:
        raise SeriesFull(label=label, year=year)
    return Folio.build(office, year, label, number)


def note_used(connection: Connection, act: Act | None) -> None:
    """Never give again a number that comes back from the centre to a store that had lost it."""
    if not isinstance(act, Ingreso):
        return
    try:
        folio = Folio.parse(act.folio)
        year = int(act.fecha_legal[:4])
    except (FolioRefused, ValueError):
        return
    raw(connection).execute(_RAISE, (folio.label, year, folio.number))
