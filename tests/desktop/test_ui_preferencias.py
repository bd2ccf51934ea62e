"""Size and colours change at once, from anywhere, and nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from oirs_desktop.settings import FILE_NAME, Settings, load
from oirs_desktop.store import Recorded
from oirs_desktop.ui.look.theme import Look, Theme
from oirs_desktop.ui.pages.preferencias import NAMES, VALUES
from oirs_desktop.ui.parts.widgets import PlainLabel
from oirs_desktop.ui.texts.version import program_version
from oirs_desktop.ui.window.dressing import in_turns
from tests.support.keys import CTRL, Key
from tests.support.stage import Stage, show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    for shown in show_window(qtbot, tmp_path):
        assert shown.window.kit is not None
        shown.window.kit.tastes.path = tmp_path / FILE_NAME
        yield shown
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setProperty("dressed", "")  # the next window dresses it again


def wait_scale(desk: Stage, scale: float) -> None:
    desk.qtbot.waitUntil(lambda: desk.window.theme.scale == scale, timeout=5_000)
    desk.rest()


def test_ctrl_plus_enlarges_the_form_and_keeps_text_focus_and_cursor(desk: Stage, tmp_path: Path) -> None:
    desk.keys.press(Key.Key_F2)
    desk.keys.write("123")
    for _ in range(2):
        desk.keys.press(Key.Key_Tab)
    while not isinstance(desk.keys.focus, QPlainTextEdit):
        desk.keys.press(Key.Key_Tab)
    desk.keys.write("Pide cita")
    desk.keys.press(Key.Key_Left)
    desk.keys.press(Key.Key_Plus, CTRL)
    wait_scale(desk, 1.25)
    assert isinstance(desk.keys.focus, QPlainTextEdit)
    desk.keys.write("X")
    assert desk.keys.focus.toPlainText() == "Pide citXa"
    assert desk.screen.quien.line.text() == "123"  # type: ignore[attr-defined]
    assert load(tmp_path / FILE_NAME) == Settings(text_size=125)


def test_sizes_stop_at_their_ends_and_zero_is_normal(desk: Stage) -> None:
    for key, scale in ((Key.Key_Plus, 1.25), (Key.Key_Plus, 1.5), (Key.Key_Plus, 2.0), (Key.Key_0, 1.0)):
        desk.keys.press(key, CTRL)
        wait_scale(desk, scale)
    desk.keys.press(Key.Key_Minus, CTRL)
    assert desk.window.kit is not None
    assert desk.window.kit.tastes.settings.text_size == 100


def test_the_preferences_open_with_ctrl_comma_and_apply_what_the_arrows_choose(
    desk: Stage, tmp_path: Path
) -> None:
    desk.keys.press(Key.Key_Comma, CTRL)
    desk.wait_for("preferencias")
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("o")
    desk.qtbot.waitUntil(lambda: desk.window.theme.look is Look.DARK, timeout=5_000)
    desk.rest()
    assert desk.screen.name == "preferencias"
    assert desk.keys.focus.text() == "Oscuro"  # type: ignore[attr-defined]
    assert load(tmp_path / FILE_NAME).theme == "dark"
    shown = [label.text() for label in desk.screen.findChildren(PlainLabel) if label.isVisible()]
    assert program_version() in shown
    assert shown[shown.index("Aspecto", shown.index("Papel del comprobante")) :][:2] == ["Aspecto", "Oscuro"]


def test_what_support_asks_for_is_folded_and_says_where_each_setting_comes_from(desk: Stage) -> None:
    def shown() -> list[str]:
        return [label.text() for label in desk.screen.findChildren(PlainLabel) if label.isVisible()]

    technical = {FILE_NAME, "Pausa entre intentos (segundos)", "Detalle del registro técnico", "valor normal"}
    desk.keys.press(Key.Key_Comma, CTRL)
    desk.wait_for("preferencias")
    assert technical & set(shown()) == set()
    while desk.keys.focus.accessibleName() != "Para soporte":
        desk.keys.press(Key.Key_Tab)
    desk.keys.press(Key.Key_Return)
    texts = shown()
    assert technical <= set(texts)
    table = desk.screen.technical  # type: ignore[attr-defined] # of Preferencias
    assert table.width() >= desk.screen.sizes.width()  # type: ignore[attr-defined]
    start = texts.index(FILE_NAME)
    assert texts[texts.index("Tamaño", start) :][:3] == ["Tamaño", "100 %", "valor normal"]
    desk.keys.press(Key.Key_Return)
    assert technical & set(shown()) == set()


def test_a_receipt_in_sight_is_not_printed_again(desk: Stage) -> None:
    case = desk.office.file("Rosa Elena")
    desk.window.go("comprobante", Recorded(case, ()))
    desk.rest()
    made: list[object] = []
    paper = desk.office.counter.paper

    def count(*args: object, **how: object) -> object:
        made.append(how["send"])
        return paper(*args, **how)  # type: ignore[arg-type]

    desk.office.counter.paper = count  # type: ignore[method-assign, assignment]
    desk.window.wear(Theme(Look.LIGHT, 1.5))
    desk.rest()
    assert made == [False]
    assert desk.screen.folio.text()  # type: ignore[attr-defined]


def test_an_answer_half_written_stands_in_its_panel_again(desk: Stage) -> None:
    case = desk.office.file("Rosa Elena", salida="pendiente")
    desk.window.go("caso", case.id)
    desk.rest()
    desk.keys.press(Key.Key_F6)
    desk.keys.write("Se le ")
    desk.window.wear(Theme(Look.LIGHT, 1.5))
    desk.rest()
    desk.keys.write("avisó")
    assert desk.keys.focus.toPlainText() == "Se le avisó"  # type: ignore[attr-defined]


def test_a_fault_in_one_turn_is_raised_where_the_turns_were_asked_for() -> None:
    done: list[int] = []

    def turns() -> Iterator[None]:
        QTimer.singleShot(0, lambda: done.append(2))
        done.append(1)
        yield
        yield
        done.append(3)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_turns(turns())
    assert done == [1, 2, 3]  # what waited had its turn in between


def test_a_setting_that_cannot_be_kept_still_counts(desk: Stage, tmp_path: Path) -> None:
    assert desk.window.kit is not None
    (tmp_path / "no").write_text("a file where a folder should be")
    desk.window.kit.tastes.path = tmp_path / "no" / FILE_NAME
    desk.keys.press(Key.Key_Plus, CTRL)
    wait_scale(desk, 1.25)
    assert any("El cambio vale hasta cerrar" in text for text in desk.toasts)


def test_every_setting_has_a_name_and_its_values_have_words() -> None:
    assert {part.name for part in fields(Settings)} == set(NAMES)
    chosen = {c for part in fields(Settings) for c in part.metadata["choices"] if isinstance(c, str)}
    assert chosen <= set(VALUES)
