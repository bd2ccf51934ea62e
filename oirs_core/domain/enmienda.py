"""What of a filing may be corrected, and which of two corrections holds when neither saw the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from oirs_core.domain.errors import ValueUnknown
from oirs_core.domain.events import Ingreso, Materia
from oirs_core.domain.kinds import DocType, Medio

if TYPE_CHECKING:
    from oirs_core.domain.events import Cambio

IDENTITY = ("doc_tipo", "doc_numero", "nombres", "apellido_paterno", "apellido_materno")
"""Keep first, ask a person: two counters that correct a name at once do not settle it by order."""

CONTACT = ("nombre_social", "telefono", "correo", "direccion", "comuna", "representante")
"""Later in the feed holds; the other value is kept as a conflict."""

AMENDABLE = (*IDENTITY, *CONTACT, "materia", "relato", "medio")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two corrections of one field that did not see each other. ``other``: the value that does not hold.

    ``h``: hash of the Enmienda that came second in the feed. In IDENTITY it brought ``other``, for there
    the first holds; in all other fields it brought ``kept``, for there the later holds.
    """

    campo: str
    kept: str
    other: str
    h: bytes


def value_of(ingreso: Ingreso, campo: str) -> str:
    """Give what stands in an amendable field."""
    if campo == "materia":
        return ingreso.materia.texto
    if campo in {"relato", "medio"}:
        return str(getattr(ingreso, campo))
    return str(getattr(ingreso.persona, campo))


def amended(ingreso: Ingreso, campo: str, valor: str) -> Ingreso:
    """Give the filing with one field changed. ValueUnknown for other fields and unknown values."""
    try:
        if campo == "materia":
            return replace(ingreso, materia=Materia(valor))
        if campo == "relato":
            return replace(ingreso, relato=valor)
        if campo == "medio":
            return replace(ingreso, medio=Medio(valor))
        if campo == "doc_tipo":
            return replace(ingreso, persona=replace(ingreso.persona, doc_tipo=DocType(valor)))
    except ValueError as why:
        raise ValueUnknown(field=campo, value=valor) from why
    if campo not in AMENDABLE:
        raise ValueUnknown(field="campo", value=campo)
    change: dict[str, Any] = {campo: valor}
    return replace(ingreso, persona=replace(ingreso.persona, **change))


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing and its corrections so far.

    ``current``: as it holds now. ``setters``: by field, place in history of the correction that set it.
    """

    current: Ingreso
    setters: tuple[tuple[str, int], ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def apply(self, cambio: Cambio, h: bytes, place: int, seen: int) -> Filing:
        """Add one change. ``place``: of its Enmienda in history; ``seen``: of the last one its author saw."""
        campo, valor = cambio.campo, cambio.valor
        kept = value_of(self.current, campo) if campo in AMENDABLE else ""
        setter = dict(self.setters).get(campo, -1)
        if setter <= seen:
            settled = tuple(c for c in self.conflicts if c.campo != campo)
            return self._set(cambio, place, settled)
        if kept == valor:
            return self
        if campo in IDENTITY:
            return replace(self, conflicts=(*self.conflicts, Conflict(campo, kept, valor, h)))
        return self._set(cambio, place, (*self.conflicts, Conflict(campo, valor, kept, h)))

    def _set(self, cambio: Cambio, place: int, conflicts: tuple[Conflict, ...]) -> Filing:
        try:
            current = amended(self.current, cambio.campo, cambio.valor)
        except ValueUnknown:
            # A later program may correct more than this one knows: history keeps it.
            return self
        setters = {**dict(self.setters), cambio.campo: place}
        return Filing(current, tuple(sorted(setters.items())), conflicts)
