"""Which act fits which case, and what an Ingreso needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oirs_core.domain.errors import (
    ActNotAllowed,
    DomainError,
    FieldMissing,
    RutRefused,
    TextTooLong,
    TextUnprintable,
    ValueUnknown,
)
from oirs_core.domain.events import (
    Act,
    Anotacion,
    Cierre,
    Copia,
    Derivacion,
    Ingreso,
    Institucion,
    Materia,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import DocType, Estado, Kind
from oirs_core.domain.persona import Persona
from oirs_core.domain.rules import MAX_ATTACHMENTS, NEEDS_PERSON, check, check_persona
from oirs_core.domain.solicitud import Fact, Solicitud

ROSA = Persona(DocType.RUN, "12345678-5", "Rosa", "Ñanco")
INGRESO = Ingreso(
    tipo=Kind.CONSULTA,
    materia=Materia("Subsidio"),
    relato="Pregunta por el subsidio.",
    persona=ROSA,
    oficina="022",
    comuna="02201",
    fecha_legal="2026-10-01",
    atiende="Jocelyn Godoy",
)
SII = Institucion("Servicio de Impuestos Internos", "SII")
ACTS: dict[str, Act] = {
    "Ingreso": INGRESO,
    "Anotacion": Anotacion("nota"),
    "Respuesta": Respuesta("respuesta"),
    "Derivacion": Derivacion(SII),
    "Cierre": Cierre("listo"),
    "Reapertura": Reapertura("falta algo"),
    "Copia": Copia(1),
}
ALWAYS = {"Anotacion", "Copia"}
ALLOWED = {
    None: {"Ingreso"},
    Estado.INGRESADA: ALWAYS | {"Respuesta", "Derivacion", "Cierre"},
    Estado.DERIVADA: ALWAYS | {"Respuesta", "Derivacion", "Cierre"},
    Estado.EN_TRAMITE: ALWAYS | {"Respuesta", "Derivacion", "Cierre"},
    Estado.RESPONDIDA: ALWAYS | {"Respuesta", "Cierre", "Reapertura"},
    Estado.CERRADA: ALWAYS | {"Reapertura"},
}


def case_in(estado: Estado) -> Solicitud:
    return Solicitud(b"c" * 10, INGRESO, estado, b"h", (Fact(b"h", INGRESO, 0, sure=True, user="u"),))


def refusal(act: Act, case: Solicitud | None = None) -> DomainError:
    with pytest.raises(DomainError) as why:
        check(case, act)
    return why.value


@pytest.mark.parametrize("estado", ALLOWED)
@pytest.mark.parametrize("name", ACTS)
def test_an_act_fits_some_estados_only(estado: Estado | None, name: str) -> None:
    case = case_in(estado) if estado else None
    if name in ALLOWED[estado]:
        check(case, ACTS[name])
    else:
        why = refusal(ACTS[name], case)
        assert isinstance(why, ActNotAllowed)
        assert why.data == {"act": name, "estado": estado.value if estado else ""}


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (replace(INGRESO, materia=Materia(" ")), "materia"),
        (replace(INGRESO, relato="\n"), "relato"),
        (replace(INGRESO, oficina=""), "oficina"),
        (replace(INGRESO, comuna=""), "comuna"),
        (replace(INGRESO, fecha_legal=""), "fecha_legal"),
        (replace(INGRESO, atiende=""), "atiende"),
        (replace(INGRESO, institucion=Institucion("", "SII")), "institucion"),
        (replace(INGRESO, persona=replace(ROSA, nombres=" ")), "nombres"),
    ],
)
def test_an_ingreso_lacks_nothing_that_the_paper_needs(act: Ingreso, field: str) -> None:
    why = refusal(act)
    assert isinstance(why, FieldMissing)
    assert why.data == {"field": field}


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (Anotacion(" "), FieldMissing),
        (Respuesta(""), FieldMissing),
        (Cierre(""), FieldMissing),
        (Derivacion(Institucion("")), FieldMissing),
        (Anotacion("a" * 20_001), TextTooLong),
        (Derivacion(SII, "\0"), TextUnprintable),
        (Copia(0), ValueUnknown),
    ],
)
def test_an_act_without_content_is_refused(act: Act, kind: type[DomainError]) -> None:
    assert isinstance(refusal(act, case_in(Estado.INGRESADA)), kind)


def test_a_reopening_says_why() -> None:
    assert isinstance(refusal(Reapertura(" "), case_in(Estado.CERRADA)), FieldMissing)


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (replace(INGRESO, relato="a" * 20_001), TextTooLong),
        (replace(INGRESO, materia=Materia("a" * 201)), TextTooLong),
        (replace(INGRESO, relato="a\0b"), TextUnprintable),
        (replace(INGRESO, localidad="\x1b"), TextUnprintable),
        (replace(INGRESO, adjuntos=("a",) * (MAX_ATTACHMENTS + 1)), ValueUnknown),
        (replace(INGRESO, adjuntos=("a\0",)), TextUnprintable),
        (replace(INGRESO, persona=replace(ROSA, direccion="a" * 201)), TextTooLong),
        (replace(INGRESO, persona=replace(ROSA, correo="\r")), TextUnprintable),
    ],
)
def test_what_cannot_be_kept_is_refused(act: Ingreso, kind: type[DomainError]) -> None:
    assert isinstance(refusal(act), kind)


@pytest.mark.parametrize("tipo", Kind)
def test_somebody_anonymous_may_ask_complain_and_suggest(tipo: Kind) -> None:
    if tipo not in NEEDS_PERSON:
        check_persona(tipo, Persona())
        return
    with pytest.raises(FieldMissing):
        check_persona(tipo, Persona())


@pytest.mark.parametrize("tipo", Kind)
@pytest.mark.parametrize(
    "persona",
    [
        ROSA,
        Persona(DocType.RUN, "12.345.678-5", "Rosa"),
        Persona(DocType.PASAPORTE, "AB 12345/x", "Žofie"),
        Persona(DocType.DNI_EXTRANJERO, "V-12.345.678", "María"),
        Persona(DocType.SIN_DOCUMENTO, "", "Juan"),
        Persona(DocType.RUT_EMPRESA, "76086428-5", "Áridos Ltda.", representante="Rosa Ñanco"),
        Persona(
            DocType.RUT_EMPRESA, "76086428-5", "Áridos", representante="R", representante_run="12345678-5"
        ),
    ],
    ids=lambda value: value.doc_tipo.value if isinstance(value, Persona) else None,
)
def test_a_named_person_may_do_everything_with_any_document_or_none(tipo: Kind, persona: Persona) -> None:
    check_persona(tipo, persona)


@pytest.mark.parametrize(
    ("persona", "kind"),
    [
        (Persona(DocType.RUN, "12345678-4", "Rosa"), RutRefused),
        (Persona(DocType.RUN, "", "Rosa"), RutRefused),
        (Persona(DocType.RUT_EMPRESA, "AB12345", "Áridos"), RutRefused),
        (Persona(DocType.PASAPORTE, " ", "Žofie"), FieldMissing),
        (Persona(DocType.DNI_EXTRANJERO, "", "María"), FieldMissing),
        (Persona(DocType.SIN_DOCUMENTO), FieldMissing),
        (
            Persona(DocType.RUT_EMPRESA, "76086428-5", "Áridos", representante_run="12345678-4"),
            RutRefused,
        ),
    ],
)
def test_a_document_that_does_not_fit_is_refused(persona: Persona, kind: type[DomainError]) -> None:
    with pytest.raises(kind):
        check_persona(Kind.CONSULTA, persona)


@pytest.mark.parametrize(
    ("persona", "shown"),
    [
        (Persona(), ""),
        (ROSA, "Rosa Ñanco"),
        (replace(ROSA, nombre_social="Rocío"), "Rocío Ñanco"),
        (replace(ROSA, nombre_social="Rocío Ñanco"), "Rocío Ñanco"),
        (replace(ROSA, nombre_social="Rosa"), "Rosa Ñanco"),
        (replace(ROSA, apellido_paterno="", nombre_social="Rocío"), "Rocío"),
    ],
)
def test_the_nombre_social_is_the_name_to_say(persona: Persona, shown: str) -> None:
    assert persona.shown_name == shown


def test_two_attentions_are_of_one_person_by_their_document() -> None:
    passport = Persona(DocType.PASAPORTE, "ab12", "Žofie")
    assert passport.key == replace(passport, doc_numero="AB12", nombres="Zofie").key == ("pasaporte", "AB12")
    assert Persona(DocType.SIN_DOCUMENTO, "x", "Juan").key is None
    assert Persona().key is None
