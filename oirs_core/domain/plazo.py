"""When an answer is due, counted as Ley 19.880 art. 25 says, and told so that a person can follow it."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oirs_core.domain.calendar import WEEKEND
from oirs_core.domain.dates import day_month, long_date, short_date, weekday_date
from oirs_core.domain.errors import HolidaysUnknown
from oirs_core.domain.events import Promesa

if TYPE_CHECKING:
    from datetime import datetime

    from oirs_core.domain.calendar import Calendar
    from oirs_core.domain.catalogue import Catalogue
    from oirs_core.domain.events import Oficina
    from oirs_core.domain.kinds import Kind
    from oirs_core.domain.rows import PlazoRow

HABILES, CORRIDOS, MESES = "dias_habiles", "dias_corridos", "meses"
UNITS = {HABILES: ("día hábil", "días hábiles"), CORRIDOS: ("día", "días corridos"), MESES: ("mes", "meses")}
VERIFIED = "si"
COUNT_RULE = "cualquiera: cómputo"
ONE_DAY = timedelta(days=1)

Skipped = tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Plazo:
    """A term and how it was counted.

    ``start``: legal date of the filing; ``days``: how many of ``unit`` (dias_habiles, dias_corridos,
    meses); ``skipped``: each day left out, with its reason. ``commitment``: promised by the office itself,
    and then ``norma`` and ``articulo`` are empty. ``rule``: norm of the count, or empty.
    """

    kind: Kind
    start: date
    days: int
    unit: str
    due: date
    norma: str = ""
    articulo: str = ""
    skipped: Skipped = ()
    commitment: bool = False
    rule: str = ""

    def promesa(self) -> Promesa:
        """Give what the event keeps of it."""
        return Promesa(self.due.isoformat(), self.days, self.unit, self.norma, self.articulo)

    @property
    def amount(self) -> str:
        """In words: «20 días hábiles»."""
        return f"{self.days} {UNITS[self.unit][self.days != 1]}"

    @property
    def basis(self) -> str:
        """Norm and article: «Ley 20.285, artículo 14»; empty for a commitment."""
        return _cite(self.norma, self.articulo)

    @property
    def sentence(self) -> str:
        """Give due date, term and norm in one line."""
        start = day_month(self.start) if self.start.year == self.due.year else short_date(self.start)
        if self.commitment:
            return f"Compromiso de la oficina: {long_date(self.due)}, {self.amount} desde el {start}."
        return f"Vence el {long_date(self.due)}: {self.amount} desde el {start} ({self.basis})."

    @property
    def explanation(self) -> tuple[str, ...]:
        """Tell the count line by line, with each day that was left out and why."""
        source = "compromiso de la oficina" if self.commitment else self.basis
        lines = [f"Plazo: {self.amount} ({source})."]
        if self.rule:
            lines.append(f"Regla de la cuenta: {self.rule}.")
        lines.append(f"Fecha legal de ingreso: {long_date(self.start)}. Se cuenta desde el día siguiente.")
        if self.skipped:
            left_out = "No se cuentan" if self.unit == HABILES else "El último día no es hábil y se corre"
            lines.append(f"{left_out}:")
            lines += [f"• {line}" for line in _skipped_lines(self.skipped)]
        lines.append(f"Último día: {long_date(self.due)}.")
        return tuple(lines)

    @property
    def summary(self) -> str:
        """Tell the count in a few sentences, for paper: weekends in a word, every holiday by its date."""
        source = "según el compromiso de esta oficina" if self.commitment else f"según {self.basis}"
        text = f"Son {self.amount}, {source}. Se cuentan desde el día siguiente al {day_month(self.start)}."
        if self.unit != HABILES or not self.skipped:
            return text
        holidays = [
            f"el {day_month(day)} ({reason})" for day, reason in self.skipped if reason not in WEEKEND
        ]
        if not holidays:
            return f"{text} No cuentan sábados ni domingos."
        *first, last = holidays
        middle = "".join(f", {holiday}" for holiday in first)
        return f"{text} No cuentan sábados, domingos{middle} ni {last}."


def legal_date(received: datetime, comuna: str, calendar: Calendar) -> date:
    """Give the date from which the law counts: the day itself, or the next business day (art. 25).

    ``received`` with a zone is read in that of the comuna; without one it is local already. A filing is
    never refused for want of a holiday table: beyond it only weekends are known.
    """
    if received.tzinfo is not None:
        received = received.astimezone(ZoneInfo(calendar.zone(comuna)))
    return _move_on(received.date(), comuna, calendar)[0]


def count(start: date, days: int, comuna: str, calendar: Calendar) -> tuple[date, Skipped]:
    """Count business days from the day after ``start``: the last one, and each day left out with its reason.

    Raises HolidaysUnknown when the count leaves the years whose holidays are known.
    """
    day, left, skipped = start, days, []
    while left:
        day += ONE_DAY
        _must_know(day, calendar)
        reason = calendar.reason(day, comuna)
        if reason is None:
            left -= 1
        else:
            skipped.append((day, reason))
    return day, tuple(skipped)


def plazo_for(kind: Kind, start: date, oficina: Oficina, catalogue: Catalogue) -> Plazo | None:
    """Give the term of a filing of this kind, from a verified norm or else the office's own commitment.

    None: no date may be printed. That is so too when the count runs beyond the known holidays, because a
    date that may be wrong by a holiday is worse than none.
    """
    row = _verified_row(kind, catalogue.plazos)
    days = int(row.plazo) if row else oficina.compromisos.get(kind.value, 0)
    if days < 1:
        return None
    unit = row.unidad if row else HABILES
    try:
        due, skipped = _due(start, days, unit, oficina.comuna, catalogue.calendar)
    except HolidaysUnknown:
        return None
    norma, articulo = (row.norma, row.articulo) if row else ("", "")
    rule = "" if unit == MESES else _count_rule(catalogue.plazos)
    return Plazo(kind, start, days, unit, due, norma, articulo, skipped, commitment=row is None, rule=rule)


def _verified_row(kind: Kind, plazos: tuple[PlazoRow, ...]) -> PlazoRow | None:
    """Give the office's term for a kind, if somebody has read its norm.

    A row named «kind: something» is another milestone (the citizen's own term, a correction), and two rows
    for one kind would need a rule to choose by, so neither is used.
    """
    fits = [
        row
        for row in plazos
        if row.verificado == VERIFIED
        and row.unidad in UNITS
        and row.plazo.isdecimal()
        and row.norma
        and row.articulo
        and (row.tipo_solicitud == kind.value or row.tipo_solicitud.startswith(f"{kind.value} ("))
    ]
    return fits[0] if len(fits) == 1 else None


def _count_rule(plazos: tuple[PlazoRow, ...]) -> str:
    rules = [row for row in plazos if row.tipo_solicitud == COUNT_RULE and row.verificado == VERIFIED]
    return _cite(rules[0].norma, rules[0].articulo) if rules else ""


def _cite(norma: str, articulo: str) -> str:
    return f"{norma}, artículo {articulo}" if articulo else norma


def _due(start: date, days: int, unit: str, comuna: str, calendar: Calendar) -> tuple[date, Skipped]:
    if unit == HABILES:
        return count(start, days, comuna, calendar)
    last = _add_months(start, days) if unit == MESES else start + days * ONE_DAY
    due, skipped = _move_on(last, comuna, calendar)
    _must_know(due, calendar)
    return due, skipped


def _add_months(start: date, amount: int) -> date:
    """From date to date; the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def _move_on(day: date, comuna: str, calendar: Calendar) -> tuple[date, Skipped]:
    skipped = []
    while (reason := calendar.reason(day, comuna)) is not None:
        skipped.append((day, reason))
        day += ONE_DAY
    return day, tuple(skipped)


def _must_know(day: date, calendar: Calendar) -> None:
    if not calendar.covers(day):
        raise HolidaysUnknown(field="feriados_cl", value=day.year)


def _skipped_lines(skipped: Skipped) -> list[str]:
    """Two days of one weekend share a line; every other day has its own."""
    days = {day for day, _reason in skipped}
    saturday, sunday = WEEKEND
    lines: list[str] = []
    for day, reason in skipped:
        if reason == saturday and day + ONE_DAY in days:
            lines.append(f"{_weekend(day)} (fin de semana)")
        elif reason in WEEKEND:
            if reason != sunday or day - ONE_DAY not in days:
                lines.append(f"{weekday_date(day)} (fin de semana)")
        else:
            lines.append(f"{weekday_date(day)} (feriado: {reason})")
    return lines


def _weekend(first: date) -> str:
    last = first + ONE_DAY
    start = f"{WEEKEND[0]} {first.day}" if first.month == last.month else weekday_date(first)
    return f"{start} y {weekday_date(last)}"
