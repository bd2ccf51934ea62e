"""How much time a case has left, in words, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from oirs_core.domain.errors import ValueUnknown
from oirs_core.domain.kinds import OPEN
from oirs_core.domain.plazo import CORRIDOS, HABILES, UNITS
from oirs_desktop.ui.look.i18n import local, tr
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oirs_core.domain.calendar import Calendar
    from oirs_core.domain.events import Institucion
    from oirs_core.domain.plazo import Plazo
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.counter import Counter, Where

SOON = 3
"""So many days before the end a case is marked."""


@dataclass(frozen=True, slots=True)
class Term:
    """A sentence with its icon and tone (a colour of the theme), and the count line by line."""

    text: str
    icon: str
    tone: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as read by the worker, with what the screen says of its term.

    ``destinations``: bodies that cases were handed on to lately. ``where``: of each document, by SHA-256.
    """

    case: Solicitud
    term: Term
    destinations: tuple[Institucion, ...] = ()
    where: Mapping[str, Where] = field(default_factory=dict)


def read_view(counter: Counter, entity: bytes, now: int) -> CaseView | None:
    """Read a case and count its term; it reads the store, so it runs as a task. ``now``: ms UTC."""
    desk = counter.desk
    case = desk.case(entity)
    if case is None:
        return None
    today = local(now, desk.session.office.zona).date()
    told = term(case, desk.plazo(case), today, desk.catalogue.calendar)
    return CaseView(case, told, tuple(desk.destinations()), counter.where(case))


def term(case: Solicitud, plazo: Plazo | None, today: date, calendar: Calendar) -> Term:
    """Say how long there is left until the date on the receipt."""
    promesa = case.ingreso.promesa
    if promesa is None:
        return Term(tr("Sin fecha comprometida"), "calendar", "muted")
    vence = date.fromisoformat(promesa.vence)
    why = plazo.explanation if plazo else ()
    if case.estado not in OPEN:
        # In time or too late is for the reader to see; true of a day to come and of one gone by.
        return Term(
            tr("Tenía plazo hasta {day}").format(day=words.spoken_day(vence, today)), "calendar", "muted", why
        )
    days, unit = _left(case, vence, today, calendar)
    text = words.capital(words.due(vence, today, days, UNITS[unit]))
    if vence < today:
        return Term(text, "octagon-alert", "danger", why)
    if days <= SOON:
        return Term(text, "clock", "warning", why)
    return Term(text, "calendar-clock", "good", why)


def _left(case: Solicitud, vence: date, today: date, calendar: Calendar) -> tuple[int, str]:
    """Count in the unit of the promise; a comuna that the table lacks is counted in plain days."""
    promesa, comuna = case.ingreso.promesa, case.ingreso.comuna
    if promesa is not None and promesa.unidad == HABILES:
        try:
            return words.counting_days(today, vence, lambda d: calendar.reason(d, comuna) is None), HABILES
        except ValueUnknown:
            pass  # a case of another catalogue: plain days are still true
    return (vence - today).days, CORRIDOS
