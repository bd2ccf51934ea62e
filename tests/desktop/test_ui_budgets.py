"""The ten daily tasks in one window: how many keys each takes, how often and how long the hands must wait.

Text of one's own is not counted (``write``); digits, letters that narrow a list and names are (``type``).
The seconds are those in which this process worked, so a busy machine changes nothing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Copia, Derivacion, Materia, Respuesta
from oirs_core.domain.kinds import DocType, Estado, Salida
from oirs_core.signature import PaperCode
from oirs_desktop.desk import receipt_facts
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.pages.busqueda import Busqueda
from oirs_desktop.ui.pages.cierre import Cierre
from tests.support.keys import ALT, CTRL, SHIFT, Key
from tests.support.office import OFFICE, SERVIU, open_office, person
from tests.support.scans import Hand
from tests.support.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from oirs_core.domain.events import Act
    from oirs_core.domain.solicitud import Solicitud

WALKS = Path(__file__).parents[2] / "docs/walks.md"
RUN = "123456785"
CARD = "https://portal.sidiv.registrocivil.cl/docstatus?RUN=12345678-5&type=CEDULA&serial=599000101"
CASES = 300
"""So many stand in the day's book."""


class Walk:
    """One task: ``keys`` pressed, ``waits`` in which the hands had to stop, ``seconds`` of work in those."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.keys = stage.keys
        self.keys.count = 0
        self.waits, self.seconds = 0, 0.0
        self.hand = Hand()
        stage.window.reader.scanner.clock = self.hand.time

    def wait(self, true: Callable[[], object]) -> None:
        """Stop until something is seen on the screen."""
        begun = time.process_time()
        self.stage.until(true)
        self.waits += 1
        self.seconds += time.process_time() - begun

    def arrive(self, screen: str) -> None:
        """Wait for a screen, and for what it shows."""
        self.wait(lambda: self.stage.screen.name == screen and self.stage.tasks.idle)

    def scan(self, text: str) -> None:
        """Hold a code before the scanner; no key of the official's."""
        self.hand.burst(text + "\r")
        scanner = self.stage.window.reader.scanner
        self.wait(lambda: not scanner._taking and self.stage.tasks.idle)

    @property
    def form(self) -> Nueva:
        """The form, which must be in sight."""
        assert isinstance(self.stage.screen, Nueva)
        return self.stage.screen

    def last(self) -> Solicitud:
        """The case filed last."""
        case = self.stage.office.store.case(self.stage.office.store.recent(1)[0].id)
        assert case is not None
        return case

    def again(self, case: Solicitud) -> Solicitud:
        """Read a case anew."""
        now = self.stage.office.store.case(case.id)
        assert now is not None
        return now

    def show(self, case: Solicitud) -> None:
        """Lay a case before the official; no part of the task."""
        self.stage.window.go("caso", case.id)
        self.stage.rest()
        self.keys.count = 0


@pytest.fixture(scope="module")
def opened(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One window for all tasks, as at a counter."""
    del qapp  # it must be there before a window
    office = open_office(tmp_path_factory.mktemp("counter"))
    stage = Stage(None, office)  # type: ignore[arg-type] # each test puts its own in
    office.file("Rosa Elena")
    yield stage
    stage.window.close()
    stage.tasks.close()
    office.store.close()


@pytest.fixture
def walk(opened: Stage, qtbot: QtBot) -> Walk:
    opened.qtbot = qtbot
    if opened.window.kit is None:
        opened.raise_curtain()
    opened.window.activateWindow()
    qtbot.waitActive(opened.window)
    opened.window.go("meson", None)
    opened.rest()
    return Walk(opened)


def tell(walk: Walk) -> None:
    """Topic, story, answer: from the topic to the receipt."""
    walk.keys.type("viv")
    walk.keys.press(Key.Key_Return)
    walk.keys.press(Key.Key_Tab)
    walk.keys.write("Pregunta por el subsidio.")
    walk.keys.press(Key.Key_3, ALT)
    walk.keys.press(Key.Key_Tab)
    walk.keys.write("Se le explicó.")
    walk.keys.press(Key.Key_Return, CTRL)
    walk.arrive("comprobante")


def register_known(walk: Walk) -> None:
    walk.keys.press(Key.Key_F2)
    walk.keys.type(RUN)
    walk.keys.press(Key.Key_Return)
    walk.wait(lambda: walk.stage.tasks.idle)
    tell(walk)
    case = walk.last()
    assert case.ingreso.persona.full_name == "Rosa Elena Millapán Hueque"
    assert case.ingreso.materia.codigo
    assert isinstance(case.facts[1].act, Respuesta)


def register_scanned(walk: Walk) -> None:
    before = walk.last()
    walk.scan(CARD)
    assert walk.form.quien.persona().full_name == "Rosa Elena Millapán Hueque"
    tell(walk)
    assert walk.last().id != before.id


def register_new(walk: Walk) -> None:
    walk.keys.press(Key.Key_F2)
    walk.keys.type("111111111")
    walk.keys.press(Key.Key_Return)
    walk.wait(lambda: walk.stage.tasks.idle)
    for text in ("Rosa Elena", "Soto", "Vera", "955551234"):
        walk.keys.type(text)
        walk.keys.press(Key.Key_Return)
    walk.keys.press(Key.Key_2, ALT)
    tell(walk)
    persona = walk.last().ingreso.persona
    assert (persona.full_name, persona.telefono) == ("Rosa Elena Soto Vera", "955551234")
    assert persona.comuna == walk.stage.office.desk.session.office.comuna


def register_foreign(walk: Walk) -> None:
    walk.keys.press(Key.Key_F2)
    walk.keys.press(Key.Key_Tab, SHIFT)
    walk.keys.type("s")
    walk.keys.press(Key.Key_Tab)
    for text in ("Wilner", "Joseph"):
        walk.keys.type(text)
        walk.keys.press(Key.Key_Return)
    walk.keys.press(Key.Key_2, ALT)
    tell(walk)
    persona = walk.last().ingreso.persona
    assert (persona.full_name, persona.doc_tipo) == ("Wilner Joseph", DocType.SIN_DOCUMENTO)


def find_folio(walk: Walk) -> None:
    wanted = walk.stage.office.file("Elena")
    walk.keys.press(Key.Key_F3)
    walk.keys.type(wanted.ingreso.folio[-5:])
    walk.keys.press(Key.Key_Return)
    walk.arrive("caso")
    assert walk.stage.screen.paper_of() == wanted.id


def find_run(walk: Walk) -> None:
    her = person("Elena", "22.222.222-2")
    wanted = walk.stage.office.file(ago=1000, persona=her)
    walk.stage.office.file(persona=her)
    walk.keys.press(Key.Key_F3)
    walk.keys.type("222222222")
    screen = walk.stage.screen
    assert isinstance(screen, Busqueda)
    walk.wait(lambda: screen.results.text == "222222222")
    while screen.paper_of() != wanted.id:
        walk.keys.press(Key.Key_Down)
    walk.keys.press(Key.Key_Return)
    walk.arrive("caso")
    assert walk.stage.screen.paper_of() == wanted.id


def find_scan(walk: Walk) -> None:
    case = walk.stage.office.file("Elena")
    walk.scan(str(PaperCode.make(OFFICE.base, receipt_facts(case), walk.stage.office.made.key)))
    walk.arrive("caso")
    assert walk.stage.screen.paper_of() == case.id


def answer(walk: Walk) -> None:
    case = walk.stage.office.file("Elena", materia=Materia("Techo"))
    walk.show(case)
    walk.keys.press(Key.Key_F6)
    walk.keys.press(Key.Key_3, ALT)
    walk.keys.press(Key.Key_Return, CTRL | SHIFT)
    walk.wait(lambda: walk.stage.tasks.idle)
    assert walk.again(case).estado is Estado.CERRADA
    assert walk.again(case).answer is not None


def derive(walk: Walk) -> None:
    walk.stage.office.file("Otra", salida=Salida.DERIVADA, destino=SERVIU)
    case = walk.stage.office.file("Elena")
    walk.show(case)
    walk.keys.press(Key.Key_F7)
    walk.keys.type("indap")
    walk.keys.press(Key.Key_Return)
    walk.keys.write("Ellos llevan los bonos.")
    walk.keys.press(Key.Key_Return, CTRL)
    walk.wait(lambda: walk.stage.tasks.idle)
    moved = walk.again(case).destination
    assert isinstance(moved, Derivacion)
    assert moved.destino.clave


def copy_last(walk: Walk) -> None:
    case = walk.stage.office.file("Elena")
    walk.keys.press(Key.Key_F9)  # names it
    walk.wait(lambda: is_named(walk, case))
    walk.keys.press(Key.Key_F9)
    walk.arrive("comprobante")
    assert copies(walk.again(case)) == [Copia(1)]


def copy_any(walk: Walk) -> None:
    case = walk.stage.office.file("Elena")
    walk.stage.office.file("Otra")
    walk.keys.press(Key.Key_F3)
    walk.keys.type(case.ingreso.folio[-5:])
    walk.wait(lambda: walk.stage.screen.paper_of() == case.id)
    walk.keys.press(Key.Key_F9)  # names it
    walk.wait(lambda: is_named(walk, case))
    walk.keys.press(Key.Key_F9)
    walk.arrive("comprobante")
    assert copies(walk.again(case)) == [Copia(1)]


def is_named(walk: Walk, case: Solicitud) -> bool:
    said = walk.stage.toasts[-1] if walk.stage.toasts else ""
    return said.startswith(f"F9 otra vez imprime la copia de {case.ingreso.folio[-5:-1]}")


def copies(case: Solicitud) -> list[Act]:
    return [fact.act for fact in case.facts if isinstance(fact.act, Copia)]


def correct(walk: Walk) -> None:
    case = walk.stage.office.file("Rosa Elena")
    walk.show(case)
    walk.keys.press(Key.Key_C, ALT)
    walk.keys.press(Key.Key_End)
    walk.keys.press(Key.Key_Backspace)
    walk.keys.type("ita")
    walk.keys.press(Key.Key_Return, CTRL)
    walk.wait(lambda: walk.stage.tasks.idle)
    assert walk.again(case).ingreso.persona.nombres == "Rosa Elenita"


def close_day(walk: Walk) -> None:
    for _ in range(CASES):
        walk.stage.office.file("Elena")
    walk.keys.press(Key.Key_F12)
    walk.arrive("cierre")
    walk.keys.press(Key.Key_Return)
    screen = walk.stage.screen
    assert isinstance(screen, Cierre)
    walk.wait(lambda: screen.state.isVisible() and walk.stage.tasks.idle)
    assert screen.day is not None
    assert walk.stage.office.counter.daybook(screen.day).exists()


@dataclass(frozen=True)
class Task:
    """What may be spent: ``keys``, ``seconds`` of the system's (quality.md C.3), ``waits`` of the hands."""

    play: Callable[[Walk], None]
    words: str
    keys: int
    seconds: float
    waits: int = 1


TASKS = (
    Task(register_known, "Register somebody known, RUN typed", 20, 0.8, 2),
    Task(register_scanned, "The same, identity card scanned", 10, 1.6, 2),
    Task(register_new, "Register somebody new", 65, 0.8, 2),
    Task(register_foreign, "Register a foreigner without document", 65, 0.8),
    Task(find_folio, "Find by folio", 7, 0.3),
    Task(find_run, "Find by RUN and pick", 13, 0.3, 2),
    Task(find_scan, "Find by scanning the receipt", 0, 1.0, 2),
    Task(answer, "Answer with a template and close", 8, 0.3),
    Task(derive, "Derive", 10, 0.3),
    Task(copy_last, "Reprint the last receipt", 2, 1.0, waits=2),
    Task(copy_any, "Reprint any receipt", 9, 1.0, 3),
    Task(correct, "Correct a mistake", 8, 0.3),
    Task(close_day, "Close the day (300 cases)", 4, 3.0, 2),
)


def written(words: str) -> list[int]:
    """Give the numbers that stand in the table of the walks behind a task: allowed, taken, waits."""
    rows = [line.strip("| ").split("|") for line in WALKS.read_text("utf-8").splitlines() if "|" in line]
    return next(([int(cell) for cell in row[1:4]] for row in rows if row[0].strip() == words), [])


@pytest.mark.parametrize("task", TASKS, ids=[task.play.__name__ for task in TASKS])
def test_a_task_takes_no_more_keys_and_waits_than_it_may(walk: Walk, task: Task) -> None:
    task.play(walk)
    assert walk.keys.count <= task.keys
    assert walk.waits <= task.waits
    assert walk.seconds <= task.seconds
    assert written(task.words) == [task.keys, walk.keys.count, walk.waits]
