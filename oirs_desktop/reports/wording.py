"""The words of the receipt: plain Spanish, usted, one idea a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oirs_core.domain.kinds import Medio, Salida

if TYPE_CHECKING:
    from datetime import date

    from oirs_desktop.reports.receipt import Receipt

TITLE = "COMPROBANTE DE INGRESO"
FOR_PERSON = "Para usted"
FOR_OFFICE = "Para la oficina"
TRAINING = "NO VÁLIDO - CAPACITACIÓN"
CLAVE = "Clave de seguimiento"
CONTINUES = "… (continúa en el expediente)"
ANSWER_CHARS = 600
DESTINATION_CHARS = 80
INSTITUTION_CHARS = 80

_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")

_PENDING = {
    Medio.PRESENCIAL: "Retire la respuesta en esta oficina.",
    Medio.TELEFONO: "Llamaremos a su teléfono para darle la respuesta.",
    Medio.CORREO: "La respuesta llegará a su correo electrónico.",
    Medio.CARTA: "La respuesta llegará por carta a su domicilio.",
}
_REFERRED = {
    Medio.PRESENCIAL: "Pregunte por la respuesta en esta oficina.",
    Medio.TELEFONO: "Pedimos que le respondan por teléfono.",
    Medio.CORREO: "Pedimos que le respondan por correo electrónico.",
    Medio.CARTA: "Pedimos que le respondan por carta.",
}


def short_day(value: date) -> str:
    """Write a date as offices do: ``jueves 26-11-2026``."""
    return f"{_DAYS[value.weekday()]} {value:%d-%m-%Y}"


def cut(text: str, limit: int, end: str = "…") -> str:
    """Shorten ``text`` to about ``limit`` characters at a space and say so with ``end``."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,.;:\n") + end


def answer(receipt: Receipt) -> str:
    """Give the answer given at the counter, in the short form that fits the paper."""
    return cut(receipt.answer.strip(), ANSWER_CHARS, CONTINUES)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the table. ``detail`` is never cut off together with a long ``value``."""

    label: str
    value: str
    detail: str = ""


def facts(receipt: Receipt) -> list[Fact]:
    """Give the table of the receipt: at most eight rows, and a ninth once something was corrected."""
    legal = f"{short_day(receipt.legal_date)}, primer día hábil" if receipt.legal_date else ""
    person = receipt.person or "Sin identificar"
    rows = [
        Fact("Recibido", f"{short_day(receipt.received)}, {receipt.received:%H:%M}"),
        Fact("Fecha legal", legal),
        Fact("Tipo", receipt.kind),
        Fact("Materia", receipt.materia),
        Fact("Persona", person, receipt.document),
        Fact("Representante", receipt.representative, receipt.representative_document),
        Fact("Derivado a", receipt.destination),
        Fact("Atendió", receipt.official),
        Fact("Corregido", receipt.corrected),
    ]
    return [row for row in rows if row.value]


def steps(receipt: Receipt) -> list[str]:
    """Give what happens next, in three sentences; two where there is no clave to ask with."""
    # "su consulta" reads well, "su derechos sobre datos personales" does not.
    kind = "solicitud" if " " in receipt.kind else receipt.kind.lower()
    happens = _happens(receipt, kind)
    if receipt.clave:
        happens.append(
            f"Para preguntar, muestre este papel o diga su folio {receipt.folio_grouped}"
            f" y su clave {receipt.clave}."
        )
    return happens


def _happens(receipt: Receipt, kind: str) -> list[str]:
    if receipt.since:
        return ["Esta copia repite lo que se anotó al ingresar.", receipt.since]
    if receipt.outcome is Salida.RESPONDIDA:
        how = (
            "La respuesta está escrita en este comprobante."
            if receipt.answer.strip()
            else "Si la quiere por escrito, pídala en esta oficina."
        )
        return [f"Respondimos su {kind} en esta atención.", how]
    if receipt.outcome is Salida.DERIVADA:
        where = cut(receipt.destination.rstrip(" ."), DESTINATION_CHARS) or "otro organismo"
        stop = "" if where.endswith("…") else "."
        return [f"Derivamos su {kind} a este organismo: {where}{stop}", _REFERRED[receipt.medio]]
    return [f"Su {kind} queda en trámite en esta oficina.", _PENDING[receipt.medio]]
