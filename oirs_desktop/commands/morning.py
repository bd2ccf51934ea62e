"""A morning at the counter, played through the keyboard of the real window against a real centre."""

from __future__ import annotations

import json
import shutil
from collections import Counter as Tally
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import DocType, Estado
from oirs_core.domain.rut import Rut
from oirs_desktop.commands.machine import RECEIPTS
from oirs_desktop.commands.training import OFFICE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.commands.training import Training
    from oirs_desktop.store import Store

CLOSED_BY_CENTRE = (
    "La central revisó su presentación: la visita en terreno quedó agendada para el primer martes del mes "
    "próximo, entre 10:00 y 12:00."
)


DOCUMENTS = {"RUN": DocType.RUN, "Pasaporte": DocType.PASAPORTE}
"""Documents of the morning as the form calls them; anonymous people have none."""


class Hands(Protocol):
    """The keyboard and the eyes."""

    keys: int

    @property
    def screen(self) -> str:
        """Name of the screen in sight."""

    def type(self, text: str) -> None:
        """Type text."""

    def press(self, keys: str) -> None:
        """Press a key."""

    def to(self, name: str) -> None:
        """Press Tab until a control has the focus."""

    def choose(self, words: str) -> None:
        """Press arrows until an option is chosen."""

    def settle(self) -> None:
        """Let work come to its end."""

    def wait(self, done: Callable[[], bool], step: str) -> None:
        """Wait."""

    def shot(self, path: Path) -> None:
        """Take a picture."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One person at the counter. Empty: not typed. ``kind`` and ``outcome`` in the words of the form."""

    document: str
    number: str
    names: tuple[str, ...]
    kind: str
    topic: str
    story: str
    outcome: str
    said: str = ""
    name: str = ""


VISITS = (
    Visit(
        *("RUN", "16234567-2", ("María Isolina", "Hueque", "Raín"), "Consulta"),
        topic="Subsidio de aislamiento térmico",
        story="Pregunta cómo postular al subsidio para aislar su casa. Vive con su mamá, de 82 años.",
        outcome="Se responde ahora",
        said="Se explica el llamado vigente y se entrega la lista de documentos.",
        name="persona-nueva",
    ),
    Visit(
        *("RUN", "16.234.567-2", ("María Isolina", "Hueque", "Raín"), "Petición"),
        topic="Visita en terreno",
        story="Vuelve y pide que la visiten: no puede bajar al pueblo. El camino está bueno hasta el río.",
        outcome="Queda pendiente",
        name="persona-que-vuelve",
    ),
    Visit(
        *("Pasaporte", "AB123456", ("Wilmer José", "Peña", "Güerere"), "Consulta"),
        topic="Residencia temporal",
        story="Es extranjero y quiere saber qué pasa mientras su solicitud de residencia está en trámite.",
        outcome="Se responde ahora",
        said="Se le muestra dónde ver el estado de su solicitud y se le explica el certificado en trámite.",
        name="extranjero",
    ),
    Visit(
        *("Anónimo", "", (), "Sugerencia"),
        topic="Sala de espera",
        story="Sugiere poner un asiento a la sombra: la gente mayor espera de pie y al sol.",
        outcome="Queda pendiente",
        name="sugerencia-anonima",
    ),
    Visit(
        *("RUN", "9876543-3", ("Ñancupil José", "D'Amico", "Núñez"), "Reclamo"),
        topic="Cobro de agua",
        story="Reclama por tres boletas con el mismo consumo, aunque la casa estuvo vacía en invierno.",
        outcome="Se deriva",
        said="Superintendencia de Servicios Sanitarios",
        name="reclamo-derivado",
    ),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the morning is played. ``store``: of the counter, to look at; it is never written from here."""

    hands: Hands
    store: Store
    training: Training
    out: Path
    say: Callable[[str], None]

    def shot(self, number: int, name: str) -> None:
        """Keep a picture."""
        self.hands.shot(self.out / f"{number:02d}-{name}.png")


def play_morning(stage: Stage) -> None:
    """Play it; pictures, receipts and the summary lie in ``stage.out`` afterwards."""
    hands = stage.hands
    stage.out.mkdir(parents=True, exist_ok=True)
    hands.wait(lambda: hands.screen == "meson", "abrir")
    stage.shot(1, "meson")
    cases = []
    for number, visit in enumerate(VISITS, start=2):
        cases.append(_attend(stage, visit, number))
        stage.say(f"  {Folio.parse(cases[-1].ingreso.folio).grouped}  {visit.kind}: {visit.topic}")
    _find_by_folio(stage, cases[0])
    _answer_at_centre(stage, cases[1])
    hands.press("F10")
    hands.wait(lambda: stage.store.queue().pending == 0, "envío")
    stage.shot(10, "envio-de-datos")
    _keep_receipts(stage, cases)
    _count(stage, cases)


def _attend(stage: Stage, visit: Visit, number: int) -> Solicitud:
    """Serve one person from F2 to the receipt."""
    hands = stage.hands
    before = {row.id for row in stage.store.recent(50)}
    hands.press("F2")
    hands.wait(lambda: hands.screen == "nueva", "nueva atención")
    _fill_who(stage, visit)
    hands.to("Tipo")
    hands.choose(visit.kind)
    hands.to("Materia")
    hands.type(visit.topic)
    hands.to("Relato")
    hands.type(visit.story)
    hands.to("Cómo termina")
    hands.choose(visit.outcome)
    if visit.said:
        hands.to("Se deriva a" if visit.outcome == "Se deriva" else "Respuesta")
        hands.type(visit.said)
    stage.shot(number, visit.name)
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.screen == "comprobante", f"registrar {visit.name}")
    new = next(row for row in stage.store.recent(5) if row.id not in before)
    case = stage.store.case(new.id)
    if case is None:
        raise LookupError(new.folio)
    paper = stage.training.counter / RECEIPTS / f"{case.ingreso.folio}.pdf"
    hands.wait(paper.is_file, "comprobante")
    if number == 2:  # noqa: PLR2004 - one receipt on screen is enough
        stage.shot(8, "comprobante")
    return case


def _fill_who(stage: Stage, visit: Visit) -> None:
    hands = stage.hands
    if visit.document != "RUN":
        hands.to("Documento")
        hands.choose(visit.document)
    if visit.number:
        hands.to("RUN" if visit.document == "RUN" else "Número")
        hands.type(visit.number)
    if _is_known(stage.store, visit):
        hands.press("Return")  # everything about the person is there already
        return
    for label, text in zip(("Nombres", "Primer apellido", "Segundo apellido"), visit.names, strict=False):
        hands.to(label)
        hands.type(text)


def _is_known(store: Store, visit: Visit) -> bool:
    doc_tipo = DOCUMENTS.get(visit.document)
    if doc_tipo is None:
        return False
    number = str(Rut.parse(visit.number)) if doc_tipo is DocType.RUN else visit.number
    return store.person(doc_tipo.value, number) is not None


def _find_by_folio(stage: Stage, case: Solicitud) -> None:
    """Type the last five symbols into the one box; Enter opens the case."""
    hands = stage.hands
    hands.press("Escape")
    while hands.screen != "meson":
        hands.press("Escape")
    before = hands.keys
    hands.type(case.ingreso.folio[-5:])
    hands.press("Return")
    hands.wait(lambda: hands.screen == "caso", "buscar por folio")
    stage.say(f"  Caso encontrado por folio con {hands.keys - before} teclas")
    stage.shot(7, "caso-por-folio")


def _answer_at_centre(stage: Stage, case: Solicitud) -> None:
    """Somebody answers at the centre; with the next exchange the answer stands at the counter."""
    hands, folio = stage.hands, case.ingreso.folio
    hands.press("F10")
    hands.wait(lambda: stage.store.queue().pending == 0, "enviar")
    stage.training.centre.answer(folio, CLOSED_BY_CENTRE, "central", "Marta Oyarzún, Nivel central")

    def arrived() -> bool:
        now = stage.store.case(case.id)
        return now is not None and now.estado is Estado.RESPONDIDA

    hands.to("Probar ahora")
    hands.press("Space")
    hands.wait(arrived, "respuesta de la central")
    while hands.screen != "meson":
        hands.press("Escape")
    hands.type(folio[-5:])
    hands.press("Return")
    hands.wait(lambda: hands.screen == "caso", "caso respondido")
    stage.shot(9, "respuesta-de-la-central")
    stage.say("  La respuesta escrita en la central llegó al mesón")


def _keep_receipts(stage: Stage, cases: list[Solicitud]) -> None:
    folder = stage.out / "comprobantes"
    folder.mkdir(exist_ok=True)
    for case in cases:
        name = f"{case.ingreso.folio}.pdf"
        shutil.copyfile(stage.training.counter / RECEIPTS / name, folder / name)


def _count(stage: Stage, cases: list[Solicitud]) -> None:
    """Write the summary, counted from the database of the centre."""
    office = OFFICE.codigo
    dump = stage.training.centre.dump(office)
    rows = [json.loads(line) for line in dump.splitlines()]
    stand = {row[1] for row in rows}
    facts = {
        "oficina": office,
        "casos_en_la_central": len(rows),
        "por_estado": dict(sorted(Tally(row[2] for row in rows).items())),
        "de_esta_manana": sum(case.ingreso.folio in stand for case in cases),
        "teclas": stage.hands.keys,
        "mesón_igual_a_la_central": stage.store.dump() == dump,
        "revisión": stage.training.centre.check(),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    (stage.out / "resumen.json").write_text(text, encoding="utf-8", newline="\n")
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in facts.items()]
    (stage.out / "resumen.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    for line in lines:
        stage.say(f"  {line}")
