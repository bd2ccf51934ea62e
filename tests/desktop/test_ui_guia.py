"""The guided first attention, played by keys and by the mouse on the real screens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.look.theme import Look, Theme
from oirs_desktop.ui.pages.meson import Meson
from oirs_desktop.ui.window.guia import COUNT, DONE, LOOK_MS, RUN, STEPS
from tests.support.cuts import cut, overlapping
from tests.support.keys import CTRL, Key
from tests.support.stage import Stage, show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    for shown in show_window(qtbot, tmp_path):
        shown.office.file("Rosa Elena")
        yield shown


def at(desk: Stage) -> int:
    """Which step the bar shows once it has looked again."""
    desk.rest()
    QTest.qWait(LOOK_MS + 20)
    return desk.window.guide.step


def form(desk: Stage) -> Nueva:
    assert isinstance(desk.screen, Nueva)
    return desk.screen


def test_a_first_attention_is_led_from_the_counter_to_the_receipt_by_keys_alone(desk: Stage) -> None:
    keys, guide = desk.keys, desk.window.guide
    assert not guide.isVisible()
    keys.press(Key.Key_G, CTRL)
    assert (at(desk), guide.place.text()) == (1, f"1 de {COUNT}")
    keys.press(Key.Key_F2)
    assert at(desk) == 2
    assert RUN in guide.words.text()
    keys.write(RUN[:-1])
    assert at(desk) == 2  # the number is not whole yet
    keys.write(RUN[-1])
    keys.press(Key.Key_Return)
    assert at(desk) == 3
    keys.write("subsidio")
    assert at(desk) == 3  # still being chosen
    keys.press(Key.Key_Return)
    assert at(desk) == 4
    while keys.focus is not form(desk).que.relato.box:
        keys.press(Key.Key_Tab)
    keys.write("Pregunta por el techo.")
    keys.press(Key.Key_Tab)
    assert at(desk) == 5
    while keys.focus is not form(desk).termina.fields["respuesta"].editor:
        keys.press(Key.Key_Tab)
    keys.write("Se le explicó.")
    assert at(desk) == COUNT
    keys.press(Key.Key_Return, CTRL)
    desk.wait_for("comprobante")
    assert at(desk) == COUNT + 1
    assert guide.words.text().startswith(DONE)
    keys.press(Key.Key_F2)
    at(desk)
    assert not guide.isVisible()


def test_the_steps_follow_the_form_whatever_was_done_first(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.wait_for("nueva")
    form(desk).termina.fields["respuesta"].editor.setFocus()
    desk.keys.write("Se le explicó.")
    desk.keys.press(Key.Key_Escape)
    QTest.mouseClick(practice(desk).practice, Qt.MouseButton.LeftButton)
    assert at(desk) == 1
    QTest.mouseClick(desk.window.header.keys["nueva"], Qt.MouseButton.LeftButton)
    assert at(desk) == 2
    form(desk).quien.set_text("doc_numero", RUN)
    form(desk).quien.line.textEdited.emit(RUN)
    assert at(desk) == 3
    desk.keys.press(Key.Key_F8)
    assert at(desk) == 1  # the way back to the form
    desk.keys.press(Key.Key_F2)
    assert at(desk) == 3


def practice(desk: Stage) -> Meson:
    assert isinstance(desk.screen, Meson)
    return desk.screen


def test_esc_or_the_button_leaves_it_where_one_is(desk: Stage) -> None:
    desk.keys.press(Key.Key_G, CTRL)
    desk.keys.press(Key.Key_F2)
    desk.wait_for("nueva")
    desk.keys.press(Key.Key_F1)
    desk.keys.press(Key.Key_Escape)  # out of the help
    assert (desk.screen.name, desk.window.guide.going) == ("nueva", True)
    desk.keys.press(Key.Key_Escape)
    assert (desk.screen.name, desk.window.guide.going) == ("nueva", False)
    desk.keys.press(Key.Key_Escape)
    assert desk.screen.name == "meson"
    desk.keys.press(Key.Key_G, CTRL)
    QTest.mouseClick(desk.window.guide.stop, Qt.MouseButton.LeftButton)
    assert not desk.window.guide.isVisible()


def test_it_goes_on_in_other_colours(desk: Stage) -> None:
    desk.keys.press(Key.Key_G, CTRL)
    desk.keys.press(Key.Key_F2)
    assert at(desk) == 2
    desk.window.wear(Theme(Look.LIGHT, 1.25))
    assert at(desk) == 2
    assert desk.window.guide.words.text() == STEPS[0].text
    app = QApplication.instance()
    assert app is not None
    app.setProperty("dressed", "")


def test_a_real_office_is_offered_no_practice(desk: Stage) -> None:
    session = desk.office.desk.session
    desk.office.desk.session = replace(session, office=replace(session.office, capacitacion=False))
    assert practice(desk).practice.isVisible()
    desk.window.wear(desk.window.theme)
    assert practice(desk).practice.isHidden()
    desk.keys.press(Key.Key_G, CTRL)
    assert not desk.window.guide.going


def test_no_step_is_cut_with_letters_of_twice_the_size(qtbot: QtBot, tmp_path: Path) -> None:
    for desk in show_window(qtbot, tmp_path, Look.LIGHT, 2.0):
        guide = desk.window.guide
        for step in range(1, COUNT + 2):
            guide.begin(step)
            guide.tell(step)
            QTest.qWait(1)
            assert (step, cut(guide), overlapping(guide)) == (step, [], [])
