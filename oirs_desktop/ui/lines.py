"""One case in a list: what it shows, and in which group of the pending work it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import OPEN, Estado, Kind
from oirs_desktop.ui import words
from oirs_desktop.ui.i18n import local, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oirs_desktop.store import CaseRow

NOBODY = tr("Anónimo")
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A case as a list shows it. ``doc`` is masked; ``tone`` names a colour of the theme."""

    id: bytes
    folio: str
    filed: str
    kind: str
    name: str
    doc: str
    materia: str
    estado: str
    icon: str
    due: str
    tone: str
    note: str
    flagged: bool

    @property
    def about(self) -> str:
        """Masked document and topic."""
        return "  ".join(part for part in (self.doc, self.materia) if part)

    @property
    def below(self) -> tuple[str, str]:
        """Give what stands under the estado, with its tone: a warning first, else the due date."""
        return (self.note, "warning") if self.flagged else (self.due, self.tone)

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for whoever listens to the screen."""
        parts = (self.folio, self.name, self.kind, self.materia, self.estado, self.due, self.note)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a group of lines."""

    text: str
    count: int
    icon: str
    tone: str

    @property
    def spoken(self) -> str:
        """Its words and how many cases follow."""
        return f"{self.text}, {words.count(self.count, tr('caso'), tr('casos'))}"


def line(row: CaseRow, now: int, zone: str) -> Line:
    """Put a row of the store in words. ``now``: ms UTC; ``zone``: IANA zone of the office."""
    today = local(now, zone).date()
    estado = Estado(row.estado)
    due, tone = _due(row, estado, today)
    return Line(
        id=row.id,
        folio=Folio(row.folio).grouped,
        filed=words.short_date(local(row.opened_at, zone).date(), today),
        kind=words.KINDS[Kind(row.tipo)],
        name=row.name or NOBODY,
        doc=words.masked(row.doc),
        materia=row.materia,
        estado=words.ESTADOS[estado],
        icon=words.ESTADO_ICONS[estado],
        due=due,
        tone=tone,
        note=_note(row),
        flagged=row.flagged,
    )


def _due(row: CaseRow, estado: Estado, today: date) -> tuple[str, str]:
    if estado not in OPEN or not row.vence:
        return "", "muted"
    vence = date.fromisoformat(row.vence)
    if vence < today:
        return tr("Venció {day}").format(day=_on(vence, today)), "danger"
    tone = "warning" if vence == today else "muted"
    return tr("Vence {day}").format(day=_on(vence, today)), tone


def _on(day: date, today: date) -> str:
    if abs((day - today).days) <= 1:
        return words.spoken_day(day, today)
    return tr("el {day}").format(day=words.short_date(day, today))


def _note(row: CaseRow) -> str:
    if row.flagged:
        return tr("Necesita revisión")
    return "" if row.delivered else tr("Por enviar")


def grouped(rows: Iterable[CaseRow], now: int, zone: str) -> list[Heading | Line]:
    """Order open cases under four heads, by how soon they are due; empty groups are left out."""
    today = local(now, zone).date()
    groups: dict[str, list[Line]] = {head[0]: [] for head in HEADS}
    for row in rows:
        groups[_group(row.vence, today)].append(line(row, now, zone))
    items: list[Heading | Line] = []
    for text, icon, tone in HEADS:
        if groups[text]:
            items += [Heading(text, len(groups[text]), icon, tone), *groups[text]]
    return items


HEADS = (
    (tr("Vencidos"), "triangle-alert", "danger"),
    (tr("Vencen hoy"), "clock", "warning"),
    (tr("Esta semana"), "calendar-clock", "ink"),
    (tr("Después o sin fecha"), "calendar", "muted"),
)
"""The groups of the pending work: words, icon, tone."""


def _group(vence: str, today: date) -> str:
    if not vence:
        return HEADS[3][0]
    day = date.fromisoformat(vence)
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    if day < today:
        return HEADS[0][0]
    if day == today:
        return HEADS[1][0]
    return HEADS[2][0] if day <= sunday else HEADS[3][0]
