"""A correction as the form gives it: only what differs from what was shown becomes a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.domain.enmienda import AMENDABLE, value_of
from oirs_core.domain.errors import ValueUnknown
from oirs_core.domain.events import Cambio, Enmienda
from oirs_core.domain.kinds import DocType
from oirs_core.domain.rut import Rut

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from oirs_core.domain.events import Ingreso

WITH_CHECK_DIGIT = frozenset({DocType.RUN, DocType.RUT_EMPRESA})
NUMBERLESS = frozenset({DocType.SIN_DOCUMENTO, DocType.ANONIMO})


def enmienda_of(
    shown: Ingreso, values: Mapping[str, str], motivo: str, comunas: Container[str] = ()
) -> Enmienda:
    """Make the act of the fields as they stand in the form now. ``shown``: as they stood when it opened.

    RUN and RUT come out in their one form: RutRefused; another comuna than ``comunas``: ValueUnknown.
    An Enmienda without changes is refused by the rules when it is recorded.
    """
    wanted = {**{campo: value_of(shown, campo) for campo in AMENDABLE}, **values}
    number_type = DocType(wanted["doc_tipo"])
    if number_type in NUMBERLESS:
        wanted["doc_numero"] = ""
    changed = {campo for campo in AMENDABLE if wanted[campo] != value_of(shown, campo)}
    if number_type in WITH_CHECK_DIGIT and changed & {"doc_tipo", "doc_numero"}:
        wanted["doc_numero"] = str(Rut.parse(wanted["doc_numero"]))
    if "comuna" in changed and wanted["comuna"] and wanted["comuna"] not in comunas:
        raise ValueUnknown(field="comuna", value=wanted["comuna"][:20])
    cambios = (Cambio(campo, wanted[campo]) for campo in AMENDABLE)
    return Enmienda(tuple(one for one in cambios if one.valor != value_of(shown, one.campo)), motivo)


def settling(campo: str, valor: str) -> Enmienda:
    """Choose between two corrections that did not see each other; recorded after both were seen."""
    return Enmienda((Cambio(campo, valor),), "Se eligió entre dos correcciones.")
