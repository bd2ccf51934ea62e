"""At every size of letters and in a language that is longer, nothing is cut and nothing lies over anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from oirs_desktop.store import Recorded
from oirs_desktop.ui.registry import SCREENS
from oirs_desktop.ui.theme import Look
from oirs_desktop.ui.widgets import PlainLabel
from tests.support.cuts import cut, overlapping
from tests.support.keys import CTRL, Key
from tests.support.window import Shown, show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Shown]:
    yield from show_window(qtbot, tmp_path, Look.LIGHT, request.param)


def visit(desk: Shown, name: str) -> None:
    """Go to a screen that has something to show."""
    case = desk.office.store.case(desk.office.store.recent(1)[0].id)
    assert case is not None
    arguments = {"caso": case.id, "comprobante": Recorded(case, ()), "busqueda": "Rosa", "ayuda": "nueva"}
    desk.window.go(name, arguments.get(name))
    desk.settle()
    QApplication.processEvents()
    if name == "nueva":
        desk.keys.press(Key.Key_Return, CTRL)  # all complaints in sight
        QApplication.processEvents()


@pytest.mark.parametrize("desk", [1.0, 1.25, 1.5, 2.0], indirect=True)
def test_nothing_is_cut_or_covered_on_a_panel_of_1366_by_768(desk: Shown) -> None:
    assert desk.window.size() == QSize(1366, 768)
    desk.office.file("Rosa Elena", salida="pendiente")
    for name in SCREENS:
        visit(desk, name)
        assert (name, cut(desk.window), overlapping(desk.window)) == (name, [], [])
        assert desk.screen.area.horizontalScrollBar().maximum() == 0, name


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
