"""Which act fits which case. Checked before an event is written, never when one is folded."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, assert_never

from oirs_core.domain.enmienda import AMENDABLE, amended
from oirs_core.domain.errors import ActNotAllowed, FieldMissing, RoleMissing, ValueUnknown
from oirs_core.domain.events import (
    Act,
    Adjunto,
    Anotacion,
    Anulacion,
    Cierre,
    Copia,
    Derivacion,
    Enmienda,
    Funcionario,
    Ingreso,
    Institucion,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import DocType, Estado, Kind
from oirs_core.domain.persona import Persona
from oirs_core.domain.rut import Rut
from oirs_core.domain.text import LONG_CHARS, all_plain, check_text, required

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud

NEEDS_PERSON = frozenset(
    {
        Kind.PETICION,
        Kind.ACCESO_INFORMACION,
        Kind.AMPARO_CPLT,
        Kind.DERECHOS_DATOS,
    }
)
"""Kinds that open a procedure, which needs somebody to notify (Ley 19.880 art. 30 a)."""

MAX_ATTACHMENTS = 20
MAX_FILE = 10 * 2**20
MAX_CASE_FILES = 25 * 2**20
MIME = frozenset({"application/pdf", "image/jpeg", "image/png"})
SUPERVISOR = "supervisor"
ERASED = "suprimida"
"""In a refusal, in place of the estado: nothing is left that could be corrected."""
TAKEN_BACK_FOREVER = (Ingreso, Anulacion, Copia)
"""What no Anulacion may name: the filing, another Anulacion, and paper that is out of the house."""
PERSONA_TEXTS = tuple(part.name for part in fields(Persona))
_texts_of = attrgetter(*PERSONA_TEXTS)


def check(case: Solicitud | None, act: Act) -> None:
    """Raise a DomainError unless ``act`` may be added to ``case`` (None: it opens one)."""
    if isinstance(act, Ingreso):
        if case is not None:
            raise ActNotAllowed(act="Ingreso", estado=case.estado.value)
        _check_ingreso(act)
        return
    if case is None:
        raise ActNotAllowed(act=type(act).__name__, estado="")
    _check_estado(case.estado, act)
    _check_content(act)
    _check_against(case, act)


def check_role(user: Funcionario, office: tuple[Funcionario, ...], case: Solicitud, act: Act) -> None:
    """Raise RoleMissing for what only a supervisor may do: reopen, and take back another's act.

    Where the office has named no supervisor everybody may, so that no case can be stuck.
    """
    if user.rol == SUPERVISOR or not any(one.rol == SUPERVISOR for one in office):
        return
    if isinstance(act, Reapertura):
        raise RoleMissing(act="Reapertura")
    if isinstance(act, Anulacion):
        author = next((fact.user for fact in case.facts if fact.h.hex() == act.acto), "")
        if author != user.id:
            raise RoleMissing(act="Anulacion")


def _check_estado(estado: Estado, act: Act) -> None:
    closed = estado is Estado.CERRADA
    done = closed or estado is Estado.RESPONDIDA
    wrong = (
        (isinstance(act, Respuesta | Derivacion | Cierre) and closed)
        or (isinstance(act, Derivacion) and done)
        or (isinstance(act, Reapertura) and not done)
    )
    if wrong:
        raise ActNotAllowed(act=type(act).__name__, estado=estado.value)


def _check_content(act: Act) -> None:
    match act:
        case Anotacion() | Respuesta():
            required("texto", act.texto, LONG_CHARS)
        case Derivacion():
            check_institucion("destino", act.destino)
            check_text("motivo", act.motivo, LONG_CHARS)
        case Cierre() | Reapertura():
            required("motivo", act.motivo, LONG_CHARS)
        case Ingreso():
            _check_ingreso(act)
        case _:
            _check_about(act)


def _check_about(act: Enmienda | Anulacion | Adjunto | Copia) -> None:
    """Check acts about the record itself, which may come in any estado."""
    match act:
        case Enmienda():
            _check_enmienda(act)
        case Anulacion():
            check_text("motivo", act.motivo, LONG_CHARS)
        case Adjunto():
            _check_adjunto(act)
        case Copia():
            if act.n < 1:
                raise ValueUnknown(field="n", value=act.n)
        case _:
            assert_never(act)


def _check_enmienda(act: Enmienda) -> None:
    check_text("motivo", act.motivo, LONG_CHARS)
    if not act.cambios:
        raise FieldMissing(field="cambios")
    for cambio in act.cambios:
        if cambio.campo not in AMENDABLE:
            raise ValueUnknown(field="campo", value=cambio.campo)


def _check_adjunto(act: Adjunto) -> None:
    required("nombre", act.nombre)
    if act.tipo not in MIME:
        raise ValueUnknown(field="adjunto_tipo", value=act.tipo)
    if not 0 < act.tamano <= MAX_FILE:
        raise ValueUnknown(field="adjunto_tamano", value=act.tamano)
    if len(act.sha256) != len("00") * 32 or act.paginas < 1:
        raise ValueUnknown(field="adjunto", value=act.sha256)


def _check_against(case: Solicitud, act: Act) -> None:
    """Check what only the case can tell: the corrected filing holds, the act taken back is there."""
    if isinstance(act, Enmienda):
        if any(fact.erased and fact.kind == "Ingreso" for fact in case.facts):
            raise ActNotAllowed(act="Enmienda", estado=ERASED)
        ingreso = case.ingreso
        for cambio in act.cambios:
            ingreso = amended(ingreso, cambio.campo, cambio.valor)
        _check_ingreso(ingreso)
    elif isinstance(act, Anulacion):
        target = next((fact for fact in case.facts if fact.h.hex() == act.acto), None)
        if target is None or target.h in case.annulled or isinstance(target.act, TAKEN_BACK_FOREVER):
            raise ActNotAllowed(act="Anulacion", estado=case.estado.value)
    elif isinstance(act, Adjunto):
        held = sum(one.tamano for one in case.attachments)
        if held + act.tamano > MAX_CASE_FILES or len(case.attachments) >= MAX_ATTACHMENTS:
            raise ValueUnknown(field="adjuntos_total", value=held + act.tamano)


def _check_ingreso(act: Ingreso) -> None:
    required("materia", act.materia.texto)
    required("relato", act.relato, LONG_CHARS)
    for name in ("oficina", "comuna", "fecha_legal", "atiende"):
        required(name, getattr(act, name))
    check_text("localidad", act.localidad)
    if act.institucion is not None:
        check_institucion("institucion", act.institucion)
    if len(act.adjuntos) > MAX_ATTACHMENTS:
        raise ValueUnknown(field="adjuntos", value=len(act.adjuntos))
    for name in act.adjuntos:
        check_text("adjuntos", name)
    check_persona(act.tipo, act.persona)


def check_institucion(field: str, institucion: Institucion) -> None:
    """Refuse a body without a name; its catalogue key may be empty."""
    required(field, institucion.nombre)
    check_text(field, institucion.clave)


def check_persona(tipo: Kind, persona: Persona) -> None:
    """Check what the person gave; who gives nothing may still ask, complain and suggest."""
    texts = _texts_of(persona)
    if not all_plain(texts):
        for name, text in zip(PERSONA_TEXTS, texts, strict=True):
            check_text(name, text)
    if persona.doc_tipo is DocType.ANONIMO:
        if tipo in NEEDS_PERSON:
            raise FieldMissing(field="nombres")
        return
    required("nombres", persona.nombres)
    if persona.doc_tipo in {DocType.RUN, DocType.RUT_EMPRESA}:
        Rut.parse(persona.doc_numero)
    elif persona.doc_tipo is not DocType.SIN_DOCUMENTO:
        required("doc_numero", persona.doc_numero)
    if persona.representante_run:
        Rut.parse(persona.representante_run)
