"""What a case still is when data were taken out of its history.

Erasure takes bodies; headers stay. So what remains is decided from the header and from the notice of the
centre, and never from whether the bytes are still there: whoever has erased them already and whoever has not
yet fold the same case.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from oirs_core.domain.events import (
    Act,
    Anotacion,
    Cierre,
    Copia,
    Derivacion,
    Enmienda,
    Ingreso,
    Institucion,
    Materia,
    Reapertura,
    Respuesta,
    Supresion,
)
from oirs_core.domain.kinds import DocType
from oirs_core.domain.persona import Persona

if TYPE_CHECKING:
    from oirs_core.domain.events import Resto
    from oirs_core.domain.solicitud import Fact

HASH = re.compile(r"[0-9a-f]{64}")
HUSKS: dict[str, Act] = {
    "Anotacion": Anotacion(""),
    "Respuesta": Respuesta(""),
    "Derivacion": Derivacion(Institucion("")),
    "Cierre": Cierre(""),
    "Reapertura": Reapertura(""),
    "Enmienda": Enmienda(()),
    "Copia": Copia(0),
}
"""What the kind alone tells: an erased answer has answered, an erased correction corrects nothing."""

KNOWN = frozenset({*HUSKS, "Ingreso", "Adjunto", "Anulacion"})
"""Kinds of act whose erased body leaves nothing for a later program to read."""

PERSONAL = frozenset(KNOWN - {"Copia"})
"""Kinds whose body may tell who somebody is; a Copia holds a number."""


def hashes_of(notice: Supresion) -> list[bytes]:
    """Give the events that a notice names; what is no hash names nothing, and stops nothing."""
    return [bytes.fromhex(text) for text in notice.hechos if HASH.fullmatch(text)]


def without_erased(history: list[Fact]) -> list[Fact]:
    """Give the history with the husks of erased acts in their places."""
    named = {h: fact.erasure for fact in history if fact.erasure is not None for h in fact.erasure.hechos}
    if not named and not any(fact.erased for fact in history):
        return history
    return [
        _husk(fact, named.get(fact.h.hex())) if fact.erased or fact.h.hex() in named else fact
        for fact in history
    ]


def _husk(fact: Fact, notice: Supresion | None) -> Fact:
    if fact.kind == "Ingreso":
        return replace(fact, act=_filing(notice.resto if notice else None), erased=True)
    return replace(fact, act=HUSKS.get(fact.kind), erased=True)


def _filing(resto: Resto | None) -> Ingreso | None:
    """Give what stays of a filing; None while the notice that says it has not come."""
    if resto is None:
        return None
    return Ingreso(
        resto.tipo,
        Materia(""),
        "",
        Persona(DocType.ANONIMO),
        resto.oficina,
        resto.comuna,
        resto.fecha_legal,
        "",
        resto.folio,
        resto.clave,
    )
