"""What the one box answers, in words and rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from oirs_core.domain.cedula import parse
from oirs_core.domain.edad import birth_of
from oirs_core.domain.errors import CedulaRefused, RutRefused
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import DocType, Estado, Kind
from oirs_core.domain.persona import Persona
from oirs_core.domain.rut import Rut
from oirs_core.domain.search import fold_text
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.options import Option
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from oirs_core.domain.catalogue import Catalogue
    from oirs_core.domain.cedula import Cedula
    from oirs_desktop.store import CaseRow, PersonRow

LIMIT = 7
MOST_PEOPLE = 4
"""With cases to show as well, people take at most so many of the rows."""

SHOWN_DIGITS = 3

HINTS = {
    "new_person": "Esa persona no tiene atenciones aquí. Enter: atenderla.",
    "brought": "Vino por otra persona. Con F2 comienza una atención a su propio nombre.",
    "run_wrong": "El dígito verificador no corresponde. Revise el RUN con la persona.",
    "folio_wrong": "Ese folio tiene un símbolo cambiado. Compare con el comprobante.",
    "no_folio": "Ese folio no está en este equipo. Revise si es de otra oficina.",
    "archived": "Ese caso está archivado en la central. Ya se pidió: llega con la conexión.",
    "code_wrong": "Ese código no es de un comprobante nuestro. Busque por folio o RUN.",
    "code_elsewhere": "Ese comprobante es de un caso que no está en este equipo.",
    "code_short": "La lectura quedó a medias. Pase el código otra vez.",
    "code_strange": "Ese código no es de una cédula ni de un comprobante nuestro.",
    "card_wrong": "La cédula no se leyó bien. Pásela otra vez o escriba el RUN.",
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


class Tell(NamedTuple):
    """How to say a moment (ms UTC), and a comuna by its code."""

    last: Callable[[int], str]
    comuna: Callable[[str], str]


def comuna_words(catalogue: Catalogue | None) -> Callable[[str], str]:
    """Give what says a comuna by its code; nothing while the tables are not read."""

    def say(code: str) -> str:
        row = catalogue.comunas.get(code) if catalogue is not None else None
        return row.nombre if row is not None else ""

    return say


def sentence_of(hint: str) -> str:
    """Give the sentence of a ``Hint``; empty when the list says it all."""
    return tr(HINTS[hint]) if hint in HINTS else ""


def verdict_of(verdict: str) -> tuple[str, str, str]:
    """Tone, title and advice for a scanned receipt."""
    tone, title, advice = VERDICTS[verdict]
    return tone, tr(title), tr(advice)


def rows_of(people: Sequence[PersonRow], cases: Sequence[CaseRow], tell: Tell) -> list[Option]:
    """Two groups with their titles, at most seven rows in all."""
    shown = people[: MOST_PEOPLE if cases else LIMIT]
    rows: list[Option] = []
    if shown:
        rows += [Option(tr("Personas"), head=True), *people_rows(shown, tell)]
    if cases:
        rows += [Option(tr("Casos"), head=True), *map(case_row, cases[: LIMIT - len(shown)])]
    return rows


def people_rows(people: Sequence[PersonRow], tell: Tell) -> list[Option]:
    """Show people; namesakes with what tells them apart."""
    names = Counter(fold_text(row.persona.shown_name) for row in people)
    alike = {name: [row for row in people if fold_text(row.persona.shown_name) == name] for name in names}
    return [
        person_row(row, tell.last(row.last_at), apart(row, alike[fold_text(row.persona.shown_name)], tell))
        for row in people
    ]


def apart(row: PersonRow, alike: Sequence[PersonRow], tell: Tell) -> tuple[str, ...]:
    """Say in which a person differs from those of the same name: year of birth, comuna, telephone."""
    parts = [_marks(one, tell) for one in alike]
    mine = _marks(row, tell)
    return tuple(text for place, text in enumerate(mine) if text and len({p[place] for p in parts}) > 1)


def _marks(row: PersonRow, tell: Tell) -> tuple[str, ...]:
    persona = row.persona
    born = birth_of(persona.fecha_nacimiento)
    return (
        tr("nació en {year}").format(year=born.year) if born is not None else "",
        tell.comuna(persona.comuna),
        tr("teléfono •{end}").format(end=persona.telefono[-SHOWN_DIGITS:]) if persona.telefono else "",
    )


def person_row(row: PersonRow, last: str = "", marks: Sequence[str] = ()) -> Option:
    """Show a person who was here before, the document masked; ``marks``, ``last``: tell namesakes apart."""
    persona = row.persona
    name = persona.shown_name or tr("Sin nombre")
    document = f"{words.DOC_TYPES[persona.doc_tipo]} {words.masked(persona.doc_numero)}"
    seen = words.cases(row.attentions, row.open_cases)
    if last:
        seen += tr("; el último, {when}").format(when=last)
    return Option(name, " · ".join((document, *marks, seen)), tr("Atender"), "user", persona, ink="accent")


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


def card_in(text: str) -> Cedula | None:
    """Give what a scanned identity card says, or None when it is something else."""
    try:
        return parse(text)
    except CedulaRefused:
        return None


def person_in(text: str) -> Persona:
    """Give the person whose RUN was typed or whose card was scanned, with the name that it tells."""
    card = card_in(text)
    if card is not None:
        return card.persona
    try:
        return Persona(DocType.RUN, str(Rut.parse(text)))
    except RutRefused:
        return Persona(DocType.RUN)
