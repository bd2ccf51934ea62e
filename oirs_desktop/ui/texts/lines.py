"""One case in a list: what it shows, and in which group of the pending work it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import OPEN, Estado, Kind
from oirs_core.domain.search import fold_text
from oirs_desktop.ui.look.i18n import later, local, tr
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oirs_desktop.store import CaseRow

NOBODY = tr("Anónimo")
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A case as a list shows it. ``doc`` is masked; ``tone`` names a colour of the theme.

    ``light``: icon that says without colour how soon it is due.
    """

    head: ClassVar[bool] = False

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
    light: str = ""
    unsent: bool = False

    @property
    def standing(self) -> str:
        """Estado, with the mark of what was not sent where the due date takes the place of the note."""
        return f"{self.estado} · {tr('sin enviar')}" if self.unsent and self.due else self.estado

    @property
    def about(self) -> str:
        """Masked document and topic."""
        return "  ".join(part for part in (self.doc, self.materia) if part)

    @property
    def below(self) -> tuple[str, str]:
        """Give what stands under the estado, with its tone: a warning first, else the due date."""
        if self.flagged:
            return self.note, "warning"
        return (self.due, self.tone) if self.due else (self.note, "muted")

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for whoever listens to the screen."""
        parts = (self.folio, self.name, self.kind, self.materia, self.estado, self.due, self.note)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a group of lines."""

    head: ClassVar[bool] = True

    text: str
    count: int
    icon: str
    tone: str

    @property
    def spoken(self) -> str:
        """Its words and how many cases follow."""
        return f"{self.text}, {words.count(self.count, tr('caso'), tr('casos'))}"


def _came(row: CaseRow, zone: str) -> date:
    """Give the day from which the case counts where it was written down later, else the day it was filed."""
    filed = local(row.opened_at, zone).date()
    return min(filed, date.fromisoformat(row.fecha_legal)) if row.fecha_legal else filed


def line(row: CaseRow, now: int, zone: str) -> Line:
    """Put a row of the store in words. ``now``: ms UTC; ``zone``: IANA zone of the office."""
    today = local(now, zone).date()
    estado = Estado(row.estado)
    due, tone, light = _due(row, estado, today)
    if row.flagged or not due:
        light = "triangle-alert" if row.flagged else "" if row.delivered else "send"
    return Line(
        id=row.id,
        folio=Folio(row.folio).grouped,
        filed=words.short_date(_came(row, zone), today),
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
        light=light,
        unsent=not row.delivered,
    )


def _due(row: CaseRow, estado: Estado, today: date) -> tuple[str, str, str]:
    if estado not in OPEN or not row.vence:
        return "", "muted", ""
    vence = date.fromisoformat(row.vence)
    if vence < today:
        return tr("Venció {day}").format(day=_on(vence, today)), "danger", "octagon-alert"
    tone, light = ("warning", "clock") if vence == today else ("good", "calendar-clock")
    return tr("Vence {day}").format(day=_on(vence, today)), tone, light


def _on(day: date, today: date) -> str:
    if abs((day - today).days) <= 1:
        return words.spoken_day(day, today)
    return tr("el {day}").format(day=words.short_date(day, today))


def _note(row: CaseRow) -> str:
    if row.flagged:
        return tr("Necesita revisión")
    return "" if row.delivered else tr("Sin enviar")


def grouped(rows: Iterable[CaseRow], unsent: Iterable[CaseRow], now: int, zone: str) -> list[Heading | Line]:
    """Put open cases under four heads, by how soon they are due, and under a fifth others not sent.

    Each case stands once: an open one that was not sent bears its mark, and the words of the mark filter.
    The heads stand always, in the same order, so that an empty one says that there is nothing.
    """
    today = local(now, zone).date()
    groups: tuple[list[Line], ...] = ([], [], [], [], [])
    opened = {row.id: row for row in rows}
    for row in opened.values():
        groups[_group(row.vence, today)].append(line(row, now, zone))
    groups[-1].extend(line(row, now, zone) for row in unsent if row.id not in opened)
    items: list[Heading | Line] = []
    for (text, icon, tone), lines in zip(HEADS, groups, strict=True):
        items += [Heading(tr(text), len(lines), icon, tone if lines else "muted"), *lines]
    return items


HEADS = (
    (later("Vencidos"), "octagon-alert", "danger"),
    (later("Vencen hoy"), "clock", "warning"),
    (later("Esta semana"), "calendar-clock", "ink"),
    (later("Después o sin fecha"), "calendar", "muted"),
    (later("Respondidos sin enviar"), "send", "warning"),
)
"""The groups of the pending work: words, icon, tone."""


def _group(vence: str, today: date) -> int:
    """Give the place in ``HEADS``."""
    if not vence:
        return 3
    day = date.fromisoformat(vence)
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    if day < today:
        return 0
    if day == today:
        return 1
    return 2 if day <= sunday else 3


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the pending work is shown. ``text``: words that all must be found; empty: everything."""

    text: str = ""
    tipo: str = ""
    user: str = ""

    @property
    def open(self) -> bool:
        """Whether everything is shown."""
        return not (self.text.strip() or self.tipo or self.user)

    def fits(self, row: CaseRow) -> bool:
        """Tell whether a row is shown."""
        if (self.tipo and row.tipo != self.tipo) or (self.user and row.user != self.user):
            return False
        kind = words.KINDS[Kind(row.tipo)]
        mark = "" if row.delivered else tr("sin enviar")
        folio = f"{row.folio} {Folio(row.folio).grouped}"
        held = fold_text(f"{folio} {row.name} {row.materia} {kind} {row.doc} {mark}")
        return all(word in held for word in fold_text(self.text).split())
