"""Tells whether a row stands in the store already, so that a list read twice counts once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oirs_core.domain.kinds import DocType
from oirs_core.domain.rut import Rut

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.desk import Draft
    from oirs_desktop.store import CaseRow, Store

WORD = re.compile(r"[^\W\d_]{4,}")
PROBE_WORDS = 8
MANY = 10_000
NUMBERED = frozenset({DocType.RUN, DocType.RUT_EMPRESA})


def find_twin(store: Store, draft: Draft, zone: str) -> Solicitud | None:
    """Give the case with the same declared time, person and relato; ``zone``: the office's.

    Derived from the cases themselves: there is no list of imported rows that could be lost, and a
    row taken at the other counter is found as well once it has arrived here.
    """
    if draft.declared is None:
        return None
    when = draft.declared.replace(tzinfo=ZoneInfo(zone)).isoformat(timespec="seconds")
    for row in _candidates(store, draft):
        case = store.case(row.id)
        if case is not None and case.facts[0].declared == when and _is_same(case, draft):
            return case
    return None


def _candidates(store: Store, draft: Draft) -> list[CaseRow]:
    number = _number(draft)
    if number:
        return store.by_document(number, MANY)
    words = WORD.findall(draft.relato) or WORD.findall(draft.materia.texto)
    return store.search(" ".join(words[:PROBE_WORDS]), MANY) if words else []


def _number(draft: Draft) -> str:
    persona = draft.persona
    if persona.doc_tipo in NUMBERED:
        return str(Rut.parse(persona.doc_numero))
    return persona.doc_numero.strip() if persona.key else ""


def _is_same(case: Solicitud, draft: Draft) -> bool:
    old, new = case.ingreso.persona, draft.persona
    return (
        case.ingreso.relato == draft.relato
        and case.ingreso.tipo is draft.tipo
        and old.doc_tipo is new.doc_tipo
        and old.doc_numero == (_number(draft) or new.doc_numero)
        and old.full_name == new.full_name
    )
