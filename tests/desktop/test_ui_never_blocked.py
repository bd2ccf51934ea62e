"""The window is never held: a walk through all screens under the watchdog, on a good and on an old disk."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.paper.comprobante import Comprobante
from oirs_desktop.ui.window.frame import Window
from oirs_desktop.ui.window.patience import Patience
from tests.support.keys import ALT, CTRL, PLAIN, Key
from tests.support.papers import scanned_pdf
from tests.support.scans import Hand
from tests.support.stage import Stage, open_stage
from tests.support.watchdog import DISK_S, LIMIT_S, Hold, Watchdog, store_watched

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CARD = "https://portal.sidiv.registrocivil.cl/docstatus?RUN=12345678-5&type=CEDULA&serial=599000101"
STORY = "Pregunta cómo postular al subsidio para aislar el techo de su casa."
CASES = 60
"""So many stand in the lists."""
LEAST_WRITES = 10
"""Fewer, and the walk did not walk."""


class Tour:
    """One walk; after each key the window may work, as it does between two keys of a hand."""

    def __init__(self, stage: Stage, dog: Watchdog, paper: Path) -> None:
        self.stage, self.dog, self.paper = stage, dog, paper
        self.hand = Hand()

    def press(self, key: Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """One key."""
        self.stage.keys.press(key, modifiers)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Text, key by key."""
        for symbol in text:
            self.stage.keys.write(symbol)
            QApplication.processEvents()

    def seen(self, screen: str) -> None:
        """Wait for a screen and all that it asks for."""
        self.stage.until(lambda: self.stage.screen.name == screen and self.stage.tasks.idle)
        self.stage.qtbot.wait(60)

    def rest(self) -> None:
        """Wait for what runs."""
        self.stage.until(lambda: self.stage.tasks.idle)
        self.stage.qtbot.wait(60)

    def begin(self) -> None:
        self.stage.raise_curtain()
        self.stage.until(lambda: "nueva" in self.stage.window.screens)
        self.stage.window.reader.scanner.clock = self.hand.time
        self.rest()

    def register(self) -> None:
        self.press(Key.Key_F2)
        self.write("123456785")
        self.press(Key.Key_Return)
        self.rest()
        self.write("viv")
        self.press(Key.Key_Return)
        self.press(Key.Key_Tab)
        self.write(STORY)
        self.press(Key.Key_3, ALT)
        self.press(Key.Key_Tab)
        self.write("Se le explicó.")
        self.press(Key.Key_Return, CTRL)
        self.seen("comprobante")
        screen = self.stage.screen
        assert isinstance(screen, Comprobante)
        self.stage.until(lambda: screen.paper is not None)

    def draft(self) -> None:
        self.press(Key.Key_F2)
        self.write("11111111")
        form = self.stage.screen
        assert isinstance(form, Nueva)
        self.stage.until(lambda: form.foot.note.words.text().startswith("Borrador guardado"))
        self.press(Key.Key_F5)
        self.rest()

    def find(self) -> None:
        self.press(Key.Key_F3)
        self.write("millapan")
        self.rest()
        self.stage.until(self.stage.screen.paper_of)
        self.press(Key.Key_Down)
        self.press(Key.Key_Return)
        self.seen("caso")

    def answer(self) -> None:
        self.press(Key.Key_F6)
        self.press(Key.Key_3, ALT)
        self.press(Key.Key_Return, CTRL)
        self.rest()

    def derive(self) -> None:
        self.press(Key.Key_F7)
        self.write("indap")
        self.press(Key.Key_Return)
        self.press(Key.Key_Return, CTRL)
        self.rest()

    def correct(self) -> None:
        self.press(Key.Key_C, ALT)
        self.press(Key.Key_End)
        self.write("a")
        self.press(Key.Key_Return, CTRL)
        self.rest()

    def attach(self) -> None:
        self.press(Key.Key_J, CTRL)
        self.rest()
        self.write(str(self.paper))
        self.press(Key.Key_Return)
        self.stage.qtbot.wait(50)
        self.rest()
        self.press(Key.Key_Return, CTRL)
        self.rest()

    def look(self) -> None:
        button = next(
            b for b in self.stage.screen.findChildren(QPushButton) if b.accessibleName().startswith("Ver")
        )
        button.click()
        self.rest()
        self.press(Key.Key_Escape)

    def copy(self) -> None:
        self.press(Key.Key_F9)  # names whose it is
        self.rest()
        self.press(Key.Key_F9)
        self.seen("comprobante")

    def lists(self) -> None:
        for key, name in ((Key.Key_F8, "pendientes"), (Key.Key_F10, "envio"), (Key.Key_F1, "ayuda")):
            self.press(key)
            self.seen(name)
            self.press(Key.Key_Down)
        self.press(Key.Key_Comma, CTRL)
        self.seen("preferencias")

    def close_day(self) -> None:
        self.press(Key.Key_F12)
        self.seen("cierre")
        self.press(Key.Key_Return)
        self.rest()

    def scan(self) -> None:
        scanner = self.stage.window.reader.scanner
        self.hand.burst(CARD + "\r")
        self.stage.until(lambda: not scanner._taking)
        self.seen("nueva")

    def resize(self) -> None:
        """Over the form, the longest page; over the help, the one with most words; over a case."""
        self.grow(Key.Key_Plus, 1.25)
        self.press(Key.Key_F1)
        self.seen("ayuda")
        self.grow(Key.Key_Plus, 1.5)
        self.press(Key.Key_F8)
        self.seen("pendientes")
        self.press(Key.Key_Down)
        self.press(Key.Key_Return)
        self.seen("caso")
        self.grow(Key.Key_0, 1.0)

    def grow(self, key: Key, scale: float) -> None:
        """Change the size of all text over the screen in sight."""
        name = self.stage.screen.name
        self.dog.step = f"resize over {name}"
        self.press(key, CTRL)
        self.stage.until(lambda: self.stage.window.theme.scale == scale)
        self.seen(name)

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        """All of it, in order."""
        shown = (self.begin, self.register, self.draft, self.find, self.answer, self.derive, self.correct)
        return (
            *shown,
            self.attach,
            self.look,
            self.copy,
            self.lists,
            self.close_day,
            self.scan,
            self.resize,
        )

    def walk(self) -> None:
        """Take all steps."""
        for step in self.steps:
            self.dog.step = step.__name__
            step()


@dataclass(frozen=True)
class Walked:
    """What came of a walk. ``places``: from where the window's thread spoke to the store."""

    holds: list[Hold]
    places: list[str]
    writes: int

    @property
    def steps(self) -> set[str]:
        """Steps in which the window was held."""
        return {hold.step for hold in self.holds}


def forget_windows() -> None:
    """End what other tests left: new clothes of the application would dress each of their windows too."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, Window) and not window.isVisible():
            shiboken6.delete(window)


def toured(qtbot: QtBot, folder: Path, patch: pytest.MonkeyPatch, disk_s: float) -> Walked:
    """Walk once in a new counter, in the clothes of the real window."""
    folder.mkdir()
    forget_windows()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    paper = folder / "carta.pdf"
    paper.write_bytes(scanned_pdf(2))
    patch.setattr(qtbot, "addWidget", lambda _window: None)  # it ends here, not with the test
    with store_watched(patch) as traffic, open_stage(qtbot, folder) as stage:
        stage.window.theme.apply(app)
        app.setProperty("dressed", None)
        for _ in range(CASES):
            stage.office.file("Rosa Elena")
        traffic.places.clear()
        traffic.disk_s, traffic.writes = disk_s, 0
        gc.collect()
        gc.freeze()  # what the tests hold is not the program's: looking through it would hold the window
        with Watchdog() as dog:
            Tour(stage, dog, paper).walk()
        gc.unfreeze()
        traffic.disk_s = 0.0
        walked = Walked(dog.holds, list(traffic.places), traffic.writes)
    shiboken6.delete(stage.window)  # a second walk in the same test must not dress this window too
    return walked


@pytest.mark.parametrize("disk_s", [0.0, DISK_S], ids=["good disk", "old disk"])
def test_no_screen_ever_holds_the_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk_s: float
) -> None:
    walked = toured(qtbot, tmp_path / "1", monkeypatch, disk_s)
    assert walked.places == []
    assert walked.writes >= LEAST_WRITES
    if walked.holds:  # a machine may stumble; what the program does, it does again in the same step
        again = toured(qtbot, tmp_path / "2", monkeypatch, disk_s)
        assert [str(hold) for hold in walked.holds if hold.step in again.steps] == []


# --- that the watchdog bites


def held(qtbot: QtBot, do: Callable[[], object]) -> list[Hold]:
    done: list[bool] = []

    def all_of_it() -> None:
        do()
        done.append(True)

    with Watchdog() as dog:
        QTimer.singleShot(10, all_of_it)
        qtbot.waitUntil(lambda: bool(done))
        qtbot.wait(200)  # the last beat must be heard: on a busy machine it comes late
    return dog.holds


def a_slot_that_sleeps() -> None:
    time.sleep(0.08)


def a_slot_that_counts() -> None:
    # Longer: on a busy machine part of it is taken off as time without a processor.
    end = time.thread_time() + 0.25
    while time.thread_time() < end:
        pass


@pytest.mark.parametrize("slot", [a_slot_that_sleeps, a_slot_that_counts])
def test_a_slot_that_takes_too_long_is_found_and_named(qtbot: QtBot, slot: Callable[[], None]) -> None:
    named = [hold for hold in held(qtbot, slot) if slot.__name__ in hold.place]  # others may be the load's
    assert len(named) == 1
    assert named[0].seconds > LIMIT_S


def test_slots_that_take_20_ms_each_hold_nobody(qtbot: QtBot) -> None:
    def short() -> None:
        time.sleep(0.02)

    timer = QTimer()
    timer.setInterval(25)
    timer.timeout.connect(short)
    timer.start()
    assert held(qtbot, short) == []


def test_a_store_that_is_asked_on_the_thread_of_the_window_is_found_however_quick(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store_watched(monkeypatch) as traffic, open_stage(qtbot, tmp_path) as stage:
        stage.raise_curtain()
        traffic.places.clear()
        stage.tasks.run(stage.office.desk.recent, lambda _: None, stage.window.trouble)
        stage.rest()
        assert traffic.places == []
        QTimer.singleShot(0, stage.office.desk.recent)
        qtbot.wait(20)
        assert any("desk.py" in place for place in traffic.places)


def test_a_case_filed_on_the_thread_of_the_window_holds_it_on_an_old_disk(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store_watched(monkeypatch) as traffic, open_stage(qtbot, tmp_path) as stage:
        stage.raise_curtain()
        traffic.disk_s = DISK_S

        def file() -> None:
            for _ in range(5):
                stage.office.file("Rosa Elena")

        assert any("store" in hold.place for hold in held(qtbot, file))


# --- what takes long is said


def test_what_keeps_the_store_busy_for_a_second_is_said_once_and_work_goes_on(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_stage(qtbot, tmp_path) as stage:
        stage.raise_curtain()
        Patience(stage.tasks, stage.window)
        stage.tasks.run(lambda: time.sleep(0.2), lambda _: None, stage.window.trouble)
        stage.tasks.run(lambda: time.sleep(2.0), lambda _: None, stage.window.trouble)
        stage.keys.press(Key.Key_F3)
        stage.keys.write("rosa")
        qtbot.waitUntil(lambda: bool(stage.toasts))
        assert stage.toasts == ["El disco está ocupado: van 1 s. Puede seguir escribiendo; nada se pierde."]
        assert stage.keys.focus.text() == "rosa"  # type: ignore[attr-defined]
        stage.rest()
        assert len(stage.toasts) == 1
