"""Corrections in words: what stood there, what stands there now, and who wrote which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oirs_core.domain.enmienda import AMENDABLE, value_of
from oirs_core.domain.events import Enmienda
from oirs_core.domain.kinds import DocType, Medio
from oirs_core.domain.solicitud import fold
from oirs_desktop.ui.look.i18n import later, tr
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.messages import field_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oirs_core.domain.events import Cambio
    from oirs_core.domain.solicitud import Fact, Solicitud

BLANK = later("(en blanco)")
NAMES = {"medio": later("Cómo responder"), "nombres": later("Nombres")}
"""Labels as the form of a new attention has them, where the name of a field in a sentence is another."""
LONGEST = 160
"""Letters of a text that the history repeats: the whole stands in the form."""


@dataclass(frozen=True, slots=True)
class Change:
    """One corrected field, as it stood before and after, by its name in the event body."""

    campo: str
    old: str
    new: str
    held: bool = True


def label(campo: str) -> str:
    """``Teléfono`` for ``telefono``."""
    if campo in NAMES:
        return tr(NAMES[campo])
    return words.capital(field_name(campo).split(" ", 1)[-1])


def shown(campo: str, valor: str, comunas: Mapping[str, str]) -> str:
    """Put a value in words: closed lists and codes as the form shows them."""
    if campo == "medio":
        return words.MEDIOS[Medio(valor)]
    if campo == "doc_tipo":
        return words.DOC_TYPES[DocType(valor)]
    if campo == "comuna":
        return comunas.get(valor, valor) or tr(BLANK)
    valor = words.as_written(campo, valor)
    text = " ".join(valor.split())
    return (text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…") or tr(BLANK)


def changes(case: Solicitud) -> dict[bytes, tuple[Change, ...]]:
    """Give the changes of each correction, by the hash of its event, as they told when it came.

    ``held``: whether the new value was taken, or an earlier one was kept against it.
    """
    found = {}
    for place, fact in enumerate(case.facts):
        if not isinstance(fact.act, Enmienda):
            continue
        before, after = (fold(case.id, case.facts[:end]) for end in (place, place + 1))
        if before is None or after is None:
            continue
        found[fact.h] = tuple(
            Change(c.campo, value_of(before.ingreso, c.campo), c.valor, _held(after, c))
            for c in fact.act.cambios
            if c.campo in AMENDABLE
        )
    return found


def _held(case: Solicitud, cambio: Cambio) -> bool:
    return value_of(case.ingreso, cambio.campo) == cambio.valor


def told(change: Change, comunas: Mapping[str, str]) -> str:
    """``Teléfono: +56 9 1 → +56 9 2``."""
    old, new = (shown(change.campo, text, comunas) for text in (change.old, change.new))
    note = "" if change.held else tr(" (espera decisión)")
    return f"{label(change.campo)}: {old} → {new}{note}"


def writer(case: Solicitud, campo: str, valor: str) -> Fact:
    """Give the last event that put a value into a field: a correction, else the filing."""
    for fact in reversed(case.facts):
        if (
            isinstance(fact.act, Enmienda)
            and fact.h not in case.annulled
            and any(c.campo == campo and c.valor == valor for c in fact.act.cambios)
        ):
            return fact
    return case.facts[0]
