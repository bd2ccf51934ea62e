"""At every size of letters and in a longer language, nothing is cut and nothing lies over anything."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget

from oirs_desktop.store import Recorded
from oirs_desktop.ui.look.theme import Look
from oirs_desktop.ui.parts.widgets import PlainLabel
from oirs_desktop.ui.window.registry import SCREENS
from tests.support.cuts import cut, overlapping
from tests.support.keys import CTRL, Key
from tests.support.pseudo import Stretcher, escaped
from tests.support.stage import Stage, show_window
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ROUNDS = 50
STEPS = 40


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    yield from show_window(qtbot, tmp_path, Look.LIGHT, request.param)


def visit(desk: Stage, name: str) -> None:
    """Go to a screen that has something to show."""
    case = desk.office.store.case(desk.office.store.recent(1)[0].id)
    assert case is not None
    arguments = {"caso": case.id, "comprobante": Recorded(case, ()), "busqueda": "Rosa", "ayuda": "nueva"}
    desk.window.go(name, arguments.get(name))
    desk.rest()
    QApplication.processEvents()
    if name == "nueva":
        desk.keys.press(Key.Key_Return, CTRL)  # all complaints in sight
        QApplication.processEvents()


def settle_layout(desk: Stage) -> None:
    """Wait until heights have followed the widths: a page that turns is laid out in several rounds."""
    for _ in range(ROUNDS):
        if not cut(desk.window):
            return
        desk.qtbot.wait(20)


@pytest.mark.parametrize("desk", [1.0, 1.25, 1.5, 2.0], indirect=True)
def test_nothing_is_cut_or_covered_on_a_panel_of_1366_by_768(desk: Stage) -> None:
    assert desk.window.size() == QSize(1366, 768)
    desk.office.file("Rosa Elena", salida="pendiente")
    for name in SCREENS:
        visit(desk, name)
        settle_layout(desk)
        assert (name, cut(desk.window), overlapping(desk.window)) == (name, [], [])
        assert desk.screen.area.horizontalScrollBar().maximum() == 0, name


def out_of_sight(desk: Stage) -> str:
    """Name the focused control of the page when it is not in sight; of a high one, its cursor counts."""
    focus, view = desk.keys.focus, desk.screen.area.viewport()
    if not view.isAncestorOf(focus):
        return ""
    box = QRect(focus.mapTo(view, QPoint(0, 0)), focus.size())
    seen = view.rect().intersected(box).height()
    whole = seen >= min(box.height(), focus.fontMetrics().height())
    return "" if whole else f"{type(focus).__name__} {focus.accessibleName()}"


@pytest.mark.parametrize("desk", [2.0], indirect=True)
@pytest.mark.parametrize("name", SCREENS)
def test_the_focus_is_always_in_sight_at_200_percent(desk: Stage, name: str) -> None:
    desk.office.file("Rosa Elena", salida="pendiente")
    visit(desk, name)
    lost, first = [], desk.keys.focus
    for step in range(STEPS):
        desk.keys.press(Key.Key_Tab)
        QApplication.processEvents()
        lost.append(out_of_sight(desk))
        if step > 1 and desk.keys.focus is first:
            break
    assert [where for where in lost if where] == []


@pytest.mark.parametrize("desk", [2.0], indirect=True)
def test_a_form_that_was_kept_needs_no_scrolling_sideways_at_200_percent(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.keys.write("123456785")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    desk.until(lambda: "guardado" in desk.screen.foot.note.words.text())  # type: ignore[attr-defined]
    assert desk.screen.area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("desk", [2.0], indirect=True)
def test_the_row_that_enter_takes_is_in_sight_at_200_percent(desk: Stage) -> None:
    for name in ("Rosa Elena", "Rosa Inés", "Rosa Ester"):
        desk.office.file(name)
    desk.keys.write("Rosa")
    results, view = desk.screen.results, desk.screen.area.viewport()  # type: ignore[attr-defined]
    desk.until(lambda: bool(results.rows))
    desk.qtbot.wait(350)  # the page follows the focus once more by then
    for _ in range(3):
        desk.qtbot.wait(80)
        row = results.visualRect(results.currentIndex())
        assert view.rect().contains(QRect(results.mapTo(view, row.topLeft()), row.size()))
        desk.keys.press(Key.Key_Down)


@pytest.mark.parametrize("desk", [2.0], indirect=True)
def test_a_choice_made_by_arrows_stays_in_sight_when_the_window_is_dressed_anew(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    visit(desk, "preferencias")
    desk.keys.press(Key.Key_Tab)
    for look in (Look.LIGHT, Look.DARK):
        desk.keys.press(Key.Key_Down)
        desk.until(lambda look=look: desk.window.theme.look is look)
        desk.rest()
        desk.qtbot.wait(80)
        assert out_of_sight(desk) == ""
    assert "Oscuro" in desk.keys.focus.text()  # type: ignore[attr-defined]


@pytest.mark.parametrize("desk", [2.0], indirect=True)
def test_the_guide_above_the_form_leaves_the_field_in_sight(desk: Stage) -> None:
    desk.keys.press(Key.Key_G, CTRL)
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.qtbot.wait(100)
    focus, view = desk.keys.focus, desk.screen.area.viewport()
    assert focus.mapTo(view, focus.rect().bottomLeft()).y() < view.height()


KEYS_OF_THE_DAY = ("F1", "F2", "F3", "F8", "F9", "F10", "F12")


@pytest.mark.parametrize("desk", [1.0, 1.5, 2.0], indirect=True)
def test_every_key_of_the_day_and_the_state_of_the_counter_stand_at_every_size(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    header, strip = desk.window.header, desk.window.strip
    for name in SCREENS:
        visit(desk, name)
        shown = {button.shown_key for button in header.keys.values() if button.isVisible()}
        assert shown == set(KEYS_OF_THE_DAY)
        assert header.home.accessibleDescription() == "Alt+Inicio"
        assert all(button.accessibleName() for button in header.keys.values())
        assert header.office.accessibleName() == "Delegación Presidencial Provincial de Palena"
        assert strip.printer.isVisible()
        assert strip.queue.isVisible()
        right = max(button.geometry().right() for button in header.keys.values())
        assert right < header.width()


def test_planted_faults_are_noticed(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    one, other = PlainLabel("Muchas palabras en una línea", wrap=True), PlainLabel("Otra")
    for label in (one, other):
        label.setParent(page)
    one.setGeometry(0, 0, 60, 20)
    page.show()
    assert len(cut(page)) == 1
    assert len(overlapping(page)) == 1


NOT_OURS = {"cierre", "caso, corregir"}
"""They quote the daybook, Spanish as the law has it; and call fields by their names without the article."""


def walked(folder: Path, language: str, scale: float = 1.0) -> dict[str, Any]:
    """Walk all screens in another language, in a process of its own."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.support.pseudo", str(folder), language, str(scale)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_language_40_percent_longer_is_not_cut_and_no_text_escapes_it(tmp_path: Path, scale: float) -> None:
    found = walked(tmp_path / "data", "pseudo", scale)
    assert len(found.pop("header")) == 7
    assert {
        name: told["cut"] + told["over"] for name, told in found.items() if told["cut"] + told["over"]
    } == {}
    left = {name: told["escaped"] for name, told in found.items() if told["escaped"]}
    assert {name: texts for name, texts in left.items() if name not in NOT_OURS} == {}


def test_english_proves_the_way(tmp_path: Path) -> None:
    header = ["New", "Find", "Pending 1", "Data sending", "Reprint", "Close", "Help"]
    assert walked(tmp_path / "data", "en")["header"] == header


def test_the_stretched_language_keeps_places_and_finds_what_escaped() -> None:
    text = Stretcher().translate("", "Falta {field}.")
    assert text == "[Fâltâ {field}.éééé]"
    assert escaped(f"{text.format(field='RUN')} F2", []) == ""
    assert escaped("Falta [él RÛÑéé]", []) == "Falta"
    assert escaped("Rosa Elena [vîñöé]", ["Rosa Elena"]) == ""
