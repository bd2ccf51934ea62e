"""After another size or other colours, keys go where they went before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from oirs_desktop.store import Recorded
from oirs_desktop.ui.paper.copies import CopyOf
from tests.support.keys import ALT, CTRL, Key
from tests.support.stage import Stage, show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

TEXT_FIELDS = {
    "meson": (),
    "nueva": (Key.Key_F2,),
    "caso": (Key.Key_F6,),
}


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    yield from show_window(qtbot, tmp_path)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setProperty("dressed", "")  # the next window dresses it again


def size(desk: Stage, key: Key, scale: float) -> None:
    """Change the size and let everything be built that is built later."""
    desk.keys.press(key, CTRL)
    desk.qtbot.waitUntil(lambda: desk.window.theme.scale == scale, timeout=5_000)
    desk.qtbot.waitUntil(lambda: not desk.window.ahead.kept, timeout=5_000)
    desk.rest()


def visit_all(desk: Stage) -> None:
    """Have each screen built with something in it, as at noon."""
    case = desk.office.file("Rosa Elena", salida="pendiente")
    for name, argument in (
        ("nueva", None),
        ("comprobante", Recorded(case, ())),
        ("caso", case.id),
        ("busqueda", "Rosa"),
        ("pendientes", None),
        ("meson", None),
    ):
        desk.window.go(name, argument)
        desk.rest()


def written(desk: Stage) -> str:
    focus = desk.keys.focus
    assert isinstance(focus, QLineEdit | QPlainTextEdit), focus
    return focus.text() if isinstance(focus, QLineEdit) else focus.toPlainText()


@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_keys_arrive_in_the_same_field_after_each_change_of_size(desk: Stage, name: str) -> None:
    visit_all(desk)
    if name == "caso":
        desk.window.go("caso", desk.office.store.recent(1)[0].id)
        desk.rest()
    for key in TEXT_FIELDS[name]:
        desk.keys.press(key)
        desk.rest()
    before = desk.keys.focus.accessibleName()
    desk.keys.write("12")
    for key, scale in ((Key.Key_Plus, 1.25), (Key.Key_0, 1.0)):
        size(desk, key, scale)
        assert desk.screen.name == name
        assert desk.keys.focus.isVisible()
        assert desk.keys.focus.accessibleName() == before
        desk.keys.write("3")
    desk.rest()
    assert written(desk) == "1233"


def test_keys_typed_while_the_window_is_dressed_are_not_lost(desk: Stage) -> None:
    visit_all(desk)
    desk.keys.press(Key.Key_Plus, CTRL)
    for place, symbol in enumerate("345"):
        QTimer.singleShot(place * 3, lambda symbol=symbol: desk.keys.write(symbol))
    desk.qtbot.waitUntil(lambda: desk.window.theme.scale == 1.25, timeout=5_000)
    desk.rest()
    desk.keys.write("6")
    assert written(desk).endswith("6")
    assert desk.keys.focus.isVisible()


def test_a_screen_that_is_filled_behind_takes_no_focus(desk: Stage) -> None:
    visit_all(desk)
    box = desk.keys.focus
    behind = desk.window.screens["comprobante"]
    behind.print.setFocus()  # type: ignore[attr-defined]
    assert desk.keys.focus is box


def test_a_copy_is_handed_out_once_however_often_its_paper_is_shown_anew(desk: Stage) -> None:
    case = desk.office.file("Rosa Elena")
    desk.window.go("comprobante", CopyOf(case.id))
    desk.rest()
    assert desk.kept(case.id).copies == 1
    size(desk, Key.Key_Plus, 1.25)
    desk.keys.press(Key.Key_V, ALT)
    desk.wait_for("caso")
    desk.keys.press(Key.Key_Escape)
    desk.wait_for("comprobante")
    assert desk.kept(case.id).copies == 1
