"""What the one box answers, in words and rows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from oirs_core.domain.errors import RutRefused
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import Estado, Kind
from oirs_core.domain.rut import Rut
from oirs_desktop.ui import words
from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.options import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oirs_desktop.store import CaseRow, PersonRow

LIMIT = 7
MOST_PEOPLE = 4
"""With cases to show as well, people take at most so many of the rows."""

HINTS = {
    "new_person": "Esa persona no tiene atenciones aquí. Enter: atenderla.",
    "run_wrong": "El dígito verificador no corresponde. Revise el RUN con la persona.",
    "folio_wrong": "Ese folio tiene un símbolo cambiado. Compare con el comprobante.",
    "no_folio": "Ese folio no está en este equipo. Revise si es de otra oficina.",
    "code_wrong": "Ese código no es de un comprobante nuestro. Busque por folio o RUN.",
    "code_elsewhere": "Ese comprobante es de un caso que no está en este equipo.",
    "nothing": "No encontramos nada así. Pruebe con el RUN, o pulse F2 para una atención nueva.",
}
VERDICTS = {
    "genuine": ("good", "Comprobante auténtico.", "Coincide con el caso guardado."),
    "altered": (
        "danger",
        "Comprobante alterado.",
        "No coincide con el caso guardado.",
    ),
    "unknown_key": ("warning", "No se pudo comprobar la firma.", "La hizo un equipo que aquí no se conoce."),
}


def sentence_of(hint: str) -> str:
    """Give the sentence of a ``Hint``; empty when the list says it all."""
    return tr(HINTS[hint]) if hint in HINTS else ""


def verdict_of(verdict: str) -> tuple[str, str, str]:
    """Tone, title and advice for a scanned receipt."""
    tone, title, advice = VERDICTS[verdict]
    return tone, tr(title), tr(advice)


def rows_of(people: Sequence[PersonRow], cases: Sequence[CaseRow]) -> list[Option]:
    """Two groups with their titles, at most seven rows in all."""
    shown = people[: MOST_PEOPLE if cases else LIMIT]
    rows: list[Option] = []
    if shown:
        rows += [Option(tr("Personas"), head=True), *map(person_row, shown)]
    if cases:
        rows += [Option(tr("Casos"), head=True), *map(case_row, cases[: LIMIT - len(shown)])]
    return rows


def person_row(row: PersonRow) -> Option:
    """Show a person who was here before; the document masked, as in every list."""
    persona = row.persona
    name = persona.shown_name or tr("Sin nombre")
    document = f"{words.DOC_TYPES[persona.doc_tipo]} {words.masked(persona.doc_numero)}"
    seen = words.count(row.attentions, tr("atención antes"), tr("atenciones antes"))
    return Option(name, f"{document} · {seen}", tr("Atender"), "user", persona, ink="accent")


def case_row(row: CaseRow) -> Option:
    """Show a case: folio and state, person and topic."""
    estado = Estado(row.estado)
    title = f"{Folio(row.folio).grouped}  ·  {row.name or tr('Anónimo')}"
    detail = f"{words.KINDS[Kind(row.tipo)]} · {row.materia}"
    return Option(title, detail, words.ESTADOS[estado], words.ESTADO_ICONS[estado], row.id)


def recent_row(row: CaseRow, when: str) -> Option:
    """Show a case of today: as ``case_row``, with the hour."""
    option = case_row(row)
    return replace(option, aside=f"{option.aside} · {when}")


def run_in(text: str) -> str:
    """Give the RUN that a person typed, or that stands in the address of a scanned identity card."""
    scanned = re.search(r"RUN=([0-9]{6,8}-?[0-9Kk])", text)
    try:
        return str(Rut.parse(scanned[1] if scanned else text))
    except RutRefused:
        return ""
