"""Dates, spans and closed lists in the words of the counter: Chilean Spanish, local office time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from oirs_core.domain.errors import RutRefused
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import DocType, Estado, Kind, Lugar, Medio
from oirs_core.domain.phone import pretty_phone
from oirs_core.domain.rut import Rut
from oirs_desktop.ui.look.i18n import day_and_month, local, long_day, number, short_day, tr

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = {
    Kind.CONSULTA: tr("Consulta"),
    Kind.RECLAMO: tr("Reclamo"),
    Kind.SUGERENCIA: tr("Sugerencia"),
    Kind.FELICITACION: tr("Felicitación"),
    Kind.PETICION: tr("Petición"),
    Kind.DENUNCIA: tr("Denuncia"),
    Kind.ACCESO_INFORMACION: tr("Acceso a la información"),
    Kind.AMPARO_CPLT: tr("Amparo ante el CPLT"),
    Kind.DERECHOS_DATOS: tr("Derechos sobre datos personales"),
}
ESTADOS = {
    Estado.INGRESADA: tr("Ingresada"),
    Estado.DERIVADA: tr("Derivada"),
    Estado.EN_TRAMITE: tr("En trámite"),
    Estado.RESPONDIDA: tr("Respondida"),
    Estado.CERRADA: tr("Cerrada"),
}
ESTADO_ICONS = {
    Estado.INGRESADA: "inbox",
    Estado.DERIVADA: "corner-up-right",
    Estado.EN_TRAMITE: "hourglass",
    Estado.RESPONDIDA: "circle-check",
    Estado.CERRADA: "lock",
}
MEDIOS = {
    Medio.PRESENCIAL: tr("en persona"),
    Medio.TELEFONO: tr("por teléfono"),
    Medio.CORREO: tr("por correo electrónico"),
    Medio.CARTA: tr("por carta"),
}
LUGARES = {
    Lugar.OFICINA: tr("en la oficina"),
    Lugar.TERRENO: tr("en Gobierno en Terreno"),
    Lugar.TELEFONO: tr("por teléfono"),
    Lugar.CARTA: tr("por carta"),
    Lugar.CORREO: tr("por correo electrónico"),
}
DOC_TYPES = {
    DocType.RUN: tr("RUN"),
    DocType.RUT_EMPRESA: tr("RUT"),
    DocType.PASAPORTE: tr("Pasaporte"),
    DocType.DNI_EXTRANJERO: tr("Documento extranjero"),
    DocType.SIN_DOCUMENTO: tr("Sin documento"),
    DocType.ANONIMO: tr("Anónimo"),
}
SHOWN = 3
"""How many characters of a document that is no RUN stay readable in a list."""


def long_date(day: date, today: date) -> str:
    """``martes 2 de diciembre``; with its year when that is not this year."""
    return day_and_month(day) if day.year == today.year else long_day(day)


def spoken_day(day: date, today: date) -> str:
    """``hoy``, ``ayer``, ``mañana`` or ``el martes 2 de diciembre``."""
    near = {-1: tr("ayer"), 0: tr("hoy"), 1: tr("mañana")}
    return near.get((day - today).days) or tr("el {day}").format(day=long_date(day, today))


def spoken_moment(ms: int, now: int, zone: str) -> str:
    """``hoy a las 10:42``; both in ms UTC."""
    when = local(ms, zone)
    return _at(spoken_day(when.date(), local(now, zone).date()), when)


def _at(day: str, when: datetime) -> str:
    return tr("{day} a las {hour}").format(day=day, hour=f"{when:%H:%M}")


def declared(text: str, today: date) -> tuple[str, date]:
    """Read a declared date (ISO, offset): ``el lunes 3 de marzo a las 09:10`` at its own hour; its day."""
    when = datetime.fromisoformat(text)
    return _at(spoken_day(when.date(), today), when), when.date()


def since(ms: int, now: int, zone: str) -> str:
    """``desde las 09:58`` when that was today, else ``desde ayer a las 17:12``."""
    when = local(ms, zone)
    if when.date() == local(now, zone).date():
        return tr("desde las {hour}").format(hour=f"{when:%H:%M}")
    return tr("desde {moment}").format(moment=spoken_moment(ms, now, zone))


def short_date(day: date, today: date) -> str:
    """For lists: ``jue 26 nov``, and ``jue 26 nov 2025`` when that is not this year."""
    return short_day(day) + ("" if day.year == today.year else f" {day.year}")


def count(amount: int, one: str, many: str) -> str:
    """``1 caso``, ``3 casos``, ``1.204 casos``."""
    return f"{number(amount)} {one if amount == 1 else many}"


def cases(amount: int, still_open: int) -> str:
    """``1 caso``, ``1 caso en trámite``, ``2 casos, 1 en trámite``."""
    told = count(amount, tr("caso"), tr("casos"))
    if not still_open:
        return told
    pattern = tr("{cases} en trámite") if amount == still_open else tr("{cases}, {open} en trámite")
    return pattern.format(cases=told, open=number(still_open))


def counting_days(start: date, end: date, counts: Callable[[date], bool]) -> int:
    """Days after ``start`` up to ``end`` that count; negative when ``end`` lies before ``start``."""
    first, last, sign = (start, end, 1) if end >= start else (end, start, -1)
    span = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sign * sum(1 for day in span if counts(day))


def due(vence: date, today: date, days: int, unit: tuple[str, str]) -> str:
    """``vence en 3 días hábiles, el martes 2 de diciembre``. ``unit``: the day word, one and many."""
    on = spoken_day(vence, today)
    one, many = (tr(word) for word in unit)
    ahead = (vence - today).days
    if ahead in {0, 1}:
        return tr("vence {day}, {date}").format(day=on, date=long_date(vence, today))
    if ahead > 0:
        return tr("vence en {days}, {day}").format(days=count(days, one, many), day=on)
    if ahead == -1 or not days:
        return tr("venció {day}").format(day=on)
    return tr("venció hace {days}, {day}").format(days=count(-days, one, many), day=on)


def masked(text: str) -> str:
    """Show only the end of a document, as in lists, so that the next person cannot read it."""
    try:
        return Rut.parse(text).masked if text else ""
    except RutRefused:
        shown = min(SHOWN, len(text) // 2)
        return "•" * (len(text) - shown) + text[len(text) - shown :]


def as_written(campo: str, valor: str) -> str:
    """Write a telephone in its groups, a RUN or RUT with its points; other fields as kept."""
    if campo == "telefono":
        return pretty_phone(valor)
    if campo not in {"doc_numero", "representante_run"} or "-" not in valor:
        return valor
    try:
        return Rut.parse(valor).pretty
    except RutRefused:
        return valor


def pretty(doc_tipo: DocType, text: str) -> str:
    """Write the document in full with its name: ``RUN 12.345.678-5``."""
    label = DOC_TYPES[doc_tipo]
    try:
        return f"{label} {Rut.parse(text).pretty}" if text else label
    except RutRefused:
        return f"{label} {text}"


def capital(text: str) -> str:
    """First letter in upper case; the rest as it stands."""
    return text[:1].upper() + text[1:]


def short_folio(folio: str) -> str:
    """``0016-5``: what tells the cases of one counter apart; ``folio``: as it stands in the event."""
    return "-".join(Folio(folio).groups[2:])


def saved(at: int, now: int, zone: str) -> str:
    """Say when a case was filed, with its day unless that is today. ``at``, ``now``: ms UTC."""
    when = local(at, zone)
    if when.date() == local(now, zone).date():
        return tr("Caso guardado a las {hour}").format(hour=f"{when:%H:%M}")
    return tr("Caso guardado {moment}").format(moment=spoken_moment(at, now, zone))
