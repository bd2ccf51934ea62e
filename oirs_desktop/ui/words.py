"""Dates, spans and closed lists in the words of the counter: Chilean Spanish, local office time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from oirs_core.domain.dates import long_date as full_date
from oirs_core.domain.dates import weekday_date
from oirs_core.domain.errors import RutRefused
from oirs_core.domain.kinds import DocType, Estado, Kind, Lugar, Medio
from oirs_core.domain.rut import Rut
from oirs_desktop.ui.i18n import local, number, short_day

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = {
    Kind.CONSULTA: "Consulta",
    Kind.RECLAMO: "Reclamo",
    Kind.SUGERENCIA: "Sugerencia",
    Kind.FELICITACION: "Felicitación",
    Kind.PETICION: "Petición",
    Kind.DENUNCIA: "Denuncia",
    Kind.ACCESO_INFORMACION: "Acceso a la información",
    Kind.AMPARO_CPLT: "Amparo ante el CPLT",
    Kind.DERECHOS_DATOS: "Derechos sobre datos personales",
}
ESTADOS = {
    Estado.INGRESADA: "Ingresada",
    Estado.DERIVADA: "Derivada",
    Estado.EN_TRAMITE: "En trámite",
    Estado.RESPONDIDA: "Respondida",
    Estado.CERRADA: "Cerrada",
}
ESTADO_ICONS = {
    Estado.INGRESADA: "inbox",
    Estado.DERIVADA: "corner-up-right",
    Estado.EN_TRAMITE: "hourglass",
    Estado.RESPONDIDA: "circle-check",
    Estado.CERRADA: "lock",
}
MEDIOS = {
    Medio.PRESENCIAL: "en persona",
    Medio.TELEFONO: "por teléfono",
    Medio.CORREO: "por correo electrónico",
    Medio.CARTA: "por carta",
}
LUGARES = {
    Lugar.OFICINA: "en la oficina",
    Lugar.TERRENO: "en Gobierno en Terreno",
    Lugar.TELEFONO: "por teléfono",
    Lugar.CARTA: "por carta",
    Lugar.CORREO: "por correo electrónico",
}
DOC_TYPES = {
    DocType.RUN: "RUN",
    DocType.RUT_EMPRESA: "RUT",
    DocType.PASAPORTE: "Pasaporte",
    DocType.DNI_EXTRANJERO: "Documento extranjero",
    DocType.SIN_DOCUMENTO: "Sin documento",
    DocType.ANONIMO: "Anónimo",
}
SHOWN = 3
"""How many characters of a document that is no RUN stay readable in a list."""


def long_date(day: date, today: date) -> str:
    """``martes 2 de diciembre``; with its year when that is not this year."""
    return weekday_date(day) if day.year == today.year else full_date(day)


def spoken_day(day: date, today: date) -> str:
    """``hoy``, ``ayer``, ``mañana`` or ``el martes 2 de diciembre``."""
    near = {-1: "ayer", 0: "hoy", 1: "mañana"}
    return near.get((day - today).days) or f"el {long_date(day, today)}"


def spoken_moment(ms: int, now: int, zone: str) -> str:
    """``hoy a las 10:42``; both in ms UTC."""
    when = local(ms, zone)
    return f"{spoken_day(when.date(), local(now, zone).date())} a las {when:%H:%M}"


def declared(text: str, today: date) -> tuple[str, date]:
    """Read a declared date (ISO, offset): ``el lunes 3 de marzo a las 09:10`` at its own hour; its day."""
    when = datetime.fromisoformat(text)
    return f"{spoken_day(when.date(), today)} a las {when:%H:%M}", when.date()


def since(ms: int, now: int, zone: str) -> str:
    """``desde las 09:58`` when that was today, else ``desde ayer a las 17:12``."""
    when = local(ms, zone)
    if when.date() == local(now, zone).date():
        return f"desde las {when:%H:%M}"
    return f"desde {spoken_moment(ms, now, zone)}"


def short_date(day: date, today: date) -> str:
    """For lists: ``jue 26 nov``, and ``jue 26 nov 2025`` when that is not this year."""
    return short_day(day) + ("" if day.year == today.year else f" {day.year}")


def count(amount: int, one: str, many: str) -> str:
    """``1 caso``, ``3 casos``, ``1.204 casos``."""
    return f"{number(amount)} {one if amount == 1 else many}"


def counting_days(start: date, end: date, counts: Callable[[date], bool]) -> int:
    """Days after ``start`` up to ``end`` that count; negative when ``end`` lies before ``start``."""
    first, last, sign = (start, end, 1) if end >= start else (end, start, -1)
    span = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sign * sum(1 for day in span if counts(day))


def due(vence: date, today: date, days: int, unit: tuple[str, str]) -> str:
    """``vence en 3 días hábiles, el martes 2 de diciembre``. ``unit``: the day word, one and many."""
    on = spoken_day(vence, today)
    if on in {"hoy", "mañana"}:
        return f"vence {on}, {long_date(vence, today)}"
    if vence > today:
        return f"vence en {count(days, *unit)}, {on}"
    if on == "ayer" or not days:
        return f"venció {on}"
    return f"venció hace {count(-days, *unit)}, {on}"


def masked(text: str) -> str:
    """Show only the end of a document, as in lists, so that the next person cannot read it."""
    try:
        return Rut.parse(text).masked if text else ""
    except RutRefused:
        shown = min(SHOWN, len(text) // 2)
        return "•" * (len(text) - shown) + text[len(text) - shown :]


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
