"""A day of one counter as plain values: gathered by the desk, shown by the window, printed by the daybook."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from oirs_core.domain.folio import ALPHABET

if TYPE_CHECKING:
    from datetime import date

    from oirs_core.domain.kinds import Kind
    from oirs_desktop.store.records import CaseRow

CODE_LENGTH = 8


class Outcome(StrEnum):
    """How a case of the day stands."""

    RESPONDIDA = "respondida"
    DERIVADA = "derivada"
    PENDIENTE = "pendiente"
    CERRADA = "cerrada"


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of a series with no case of the day. ``other_day``: ms UTC when the first was filed."""

    first: int
    last: int
    other_day: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Folios of one label given on the day, from ``first`` to ``last`` (12 symbols)."""

    label: str
    first: str
    last: str
    count: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A reprint: folio, its number, when (ms UTC)."""

    folio: str
    n: int
    at: int


@dataclass(frozen=True, slots=True)
class Undone:
    """An act taken back: folio, class of the act, by whom (user id) and when (ms UTC)."""

    folio: str
    act: str
    user: str
    at: int


@dataclass(frozen=True, slots=True)
class Head:
    """Where the own log stood at the end of the day. ``code``: eight symbols to read out; empty: no log."""

    seq: int
    h: bytes
    at: int

    @property
    def code(self) -> str:
        """First 40 bits or so of the hash in the alphabet of the folio."""
        if not self.h:
            return ""
        number, symbols = int.from_bytes(self.h[:8]), ""
        for _ in range(CODE_LENGTH):
            number, place = divmod(number, len(ALPHABET))
            symbols += ALPHABET[place]
        return symbols


@dataclass(frozen=True, slots=True)
class Day:
    """All that the close shows.

    ``table``: (kind, outcome) and how many; ``later``: acts on other cases than these, by word;
    ``corrections``: of these; ``unsent``: acts of the day that the centre has not shown yet, ``pending``:
    of all days; ``drafts``: forms that wait.
    """

    day: date
    cases: tuple[CaseRow, ...]
    table: dict[tuple[Kind, Outcome], int]
    series: tuple[Series, ...]
    later: dict[str, int]
    corrections: int
    copies: tuple[Copied, ...]
    undone: tuple[Undone, ...]
    unsent: int
    pending: int
    drafts: int
    head: Head

    @property
    def quiet(self) -> bool:
        """Whether nobody was served."""
        return not self.cases
