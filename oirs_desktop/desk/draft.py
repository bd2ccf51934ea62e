"""An attention before it is a case: what the form holds, and the acts that it becomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oirs_core.domain.errors import FieldMissing, ValueUnknown
from oirs_core.domain.events import Derivacion, Respuesta
from oirs_core.domain.kinds import DocType, Lugar, Medio, Salida
from oirs_core.domain.rut import Rut
from oirs_core.domain.text import LONG_CHARS, required

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import datetime

    from oirs_core.domain.events import Institucion, Materia
    from oirs_core.domain.kinds import Kind
    from oirs_core.domain.persona import Persona


SPOKE_BY = {Lugar.TELEFONO: Medio.TELEFONO, Lugar.CARTA: Medio.CARTA, Lugar.CORREO: Medio.CORREO}
"""Who did not stand at a counter got the answer by the way on which the attention came."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An attention as the form or a list gives it. Texts as typed; numbers need not be canonical.

    ``declared``: when it took place, if not now; without a zone it is in the office's own.
    ``slot``: of the saved form that it was typed in; 0: none.
    """

    persona: Persona
    tipo: Kind
    materia: Materia
    relato: str
    salida: Salida = Salida.RESPONDIDA
    respuesta: str = ""
    destino: Institucion | None = None
    motivo: str = ""
    lugar: Lugar = Lugar.OFICINA
    localidad: str = ""
    medio: Medio = Medio.PRESENCIAL
    institucion: Institucion | None = None
    adjuntos: tuple[str, ...] = ()
    declared: datetime | None = None
    slot: int = 0


def canonical_persona(persona: Persona, comunas: Container[str]) -> Persona:
    """Write RUN and RUT in their one form; RutRefused, or ValueUnknown for another comuna."""
    number, agent = persona.doc_numero, persona.representante_run
    if persona.doc_tipo in {DocType.RUN, DocType.RUT_EMPRESA}:
        number = str(Rut.parse(number))
    if agent:
        agent = str(Rut.parse(agent))
    if persona.comuna and persona.comuna not in comunas:
        raise ValueUnknown(field="comuna", value=persona.comuna[:20])
    if (number, agent) == (persona.doc_numero, persona.representante_run):
        return persona
    return replace(persona, doc_numero=number, representante_run=agent)


def outcome_acts(draft: Draft, firma: str) -> tuple[Respuesta | Derivacion, ...]:
    """Give the act by which the attention ended; FieldMissing names the field of the form."""
    match draft.salida:
        case Salida.RESPONDIDA:
            texto = required("respuesta", draft.respuesta, LONG_CHARS)
            return (Respuesta(texto, SPOKE_BY.get(draft.lugar, Medio.PRESENCIAL), firma),)
        case Salida.DERIVADA:
            if draft.destino is None:
                raise FieldMissing(field="destino")
            return (Derivacion(draft.destino, draft.motivo),)
        case Salida.PENDIENTE:
            return ()
