"""What a receipt says of a case: the plain values, taken out of its history."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oirs_core.domain.articles import to
from oirs_core.domain.dates import short_date
from oirs_core.domain.events import Cierre, Derivacion, Enmienda, Respuesta
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import OPEN, DocType, Kind, Salida
from oirs_core.domain.rut import Rut
from oirs_desktop.reports.receipt import Receipt

if TYPE_CHECKING:
    from oirs_core.domain.events import Oficina
    from oirs_core.domain.persona import Persona
    from oirs_core.domain.plazo import Plazo
    from oirs_core.domain.solicitud import Fact, Solicitud

SHOWN = 3
KIND_WORDS = {
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

FIELD_WORDS = {
    "doc_tipo": "tipo de documento",
    "doc_numero": "número de documento",
    "nombres": "nombre",
    "apellido_paterno": "primer apellido",
    "apellido_materno": "segundo apellido",
    "nombre_social": "nombre social",
    "telefono": "teléfono",
    "correo": "correo",
    "direccion": "dirección",
    "comuna": "comuna",
    "representante": "representante",
    "materia": "materia",
    "relato": "relato",
    "medio": "medio de respuesta",
}


def receipt_of(case: Solicitud, office: Oficina, plazo: Plazo | None, code: str, copy: int = 0) -> Receipt:
    """Give the plain values. A copy shows corrections and what became of the case, under the first code."""
    ingreso, persona = case.ingreso, case.ingreso.persona
    since = _since(case, ZoneInfo(office.zona)) if copy else ""
    received = _received(case.facts[0], ZoneInfo(office.zona))
    legal = date.fromisoformat(ingreso.fecha_legal)
    answer, moved = _outcome(case)
    # Whoever takes the answer along waits for nothing: a date would only alarm.
    waits = not answer and not (since and case.estado not in OPEN)
    return Receipt(
        institution=office.institucion,
        office=office.nombre,
        address=office.direccion,
        phone=office.telefono,
        hours=office.horario,
        folio=ingreso.folio,
        folio_grouped=Folio.parse(ingreso.folio).grouped,
        clave=ingreso.clave,
        received=received,
        legal_date=legal if legal != received.date() else None,
        kind=KIND_WORDS[ingreso.tipo],
        materia=ingreso.materia.texto,
        person=persona.shown_name,
        document=masked_document(persona),
        representative=persona.representante,
        representative_document=_masked_run(persona.representante_run),
        official=ingreso.atiende,
        outcome=Salida.RESPONDIDA if answer else Salida.DERIVADA if moved else Salida.PENDIENTE,
        answer=answer.texto if answer else "",
        destination=moved.destino.nombre if moved else "",
        medio=ingreso.medio,
        promise=plazo.sentence if plazo and waits else "",
        explanation=plazo.summary if plazo and waits else "",
        code=code,
        copy=copy,
        corrected=_corrected(case, ZoneInfo(office.zona)),
        since=since,
        training=office.capacitacion,
    )


def _corrected(case: Solicitud, zone: ZoneInfo) -> str:
    """Tell on which days which fields were corrected, without their values: paper is shown around."""
    days: dict[str, dict[str, None]] = {}
    for fact in case.facts:
        if isinstance(fact.act, Enmienda) and fact.h not in case.annulled:
            day = short_date(datetime.fromtimestamp(fact.at // 1000, tz=zone).date())
            names = (FIELD_WORDS.get(cambio.campo, "otro dato") for cambio in fact.act.cambios)
            days.setdefault(day, {}).update(dict.fromkeys(names))
    return "; ".join(f"el {day}: {', '.join(names)}" for day, names in days.items())


def _since(case: Solicitud, zone: ZoneInfo) -> str:
    """Tell in a sentence which estado the case has come to since it was filed; empty when none."""
    fact = next(fact for fact in case.facts if fact.h == case.status_ref)
    if fact is case.facts[0] or _same_go(case.facts[0], fact):
        return ""
    day = short_date(datetime.fromtimestamp(fact.at // 1000, tz=zone).date())
    match fact.act:
        case Respuesta():
            return f"Se respondió el {day}. Si no tiene la respuesta, pídala en esta oficina."
        case Derivacion(destino=where) if where.nombre:
            return f"Se derivó el {day} {to(where.nombre)}."
        case Derivacion():
            return f"Se derivó el {day}."
        case Cierre():
            return f"Se cerró el {day}."
        case _:
            return f"Sigue en trámite en esta oficina desde el {day}."


def _same_go(first: Fact, other: Fact) -> bool:
    """Whether an act was recorded in one go with the filing: same clock reading, same official."""
    return (other.at, other.user) == (first.at, first.user)


def _received(first: Fact, zone: ZoneInfo) -> datetime:
    """When it was filed, by the clock of the office."""
    if first.declared:
        return datetime.fromisoformat(first.declared).astimezone(zone)
    return datetime.fromtimestamp(first.at // 1000, tz=zone)


def _outcome(case: Solicitud) -> tuple[Respuesta | None, Derivacion | None]:
    """Give the act recorded in one go with the filing."""
    first = case.facts[0]
    for fact in case.facts[1:]:
        if not _same_go(first, fact) or fact.h in case.annulled or fact.erased:
            continue
        if isinstance(fact.act, Respuesta):
            return fact.act, None
        if isinstance(fact.act, Derivacion):
            return None, fact.act
    return None, None


def masked_document(persona: Persona) -> str:
    """Show of a document only what tells its holder apart; a firm's RUT is public and stands whole."""
    number = persona.doc_numero
    match persona.doc_tipo:
        case DocType.RUN:
            return f"RUN {Rut.parse(number).masked}"
        case DocType.RUT_EMPRESA:
            return f"RUT {Rut.parse(number).pretty}"
        case DocType.PASAPORTE | DocType.DNI_EXTRANJERO:
            name = "Pasaporte" if persona.doc_tipo is DocType.PASAPORTE else "Documento"
            return f"{name} {'•' * max(0, len(number) - SHOWN)}{number[-SHOWN:]}"
        case _:
            return ""


def _masked_run(number: str) -> str:
    return f"RUN {Rut.parse(number).masked}" if number else ""
