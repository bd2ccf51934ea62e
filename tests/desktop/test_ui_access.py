"""Every control has a name, can be reached by Tab, and is not cut at any size of letters."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from oirs_desktop.store import Recorded
from oirs_desktop.ui.case.acts import FORMS
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.look.theme import Look
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.widgets import ElidedLabel, PlainLabel
from oirs_desktop.ui.window.registry import SCREENS
from tests.support.keys import Key
from tests.support.stage import Stage, show_window
from tests.support.tree import MODULES, relative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    yield from show_window(qtbot, tmp_path, Look.LIGHT, getattr(request, "param", 1.0))


def visit(desk: Stage, name: str) -> QWidget:
    """Go to a screen that has something to show."""
    case = desk.office.file("Rosa Elena")
    arguments = {"caso": case.id, "comprobante": Recorded(case, ()), "busqueda": "Rosa", "ayuda": "nueva"}
    desk.window.go(name, arguments.get(name))
    desk.rest()
    QApplication.processEvents()
    return desk.screen


def controls(root: QWidget) -> list[QWidget]:
    return [
        part
        for part in root.findChildren(QWidget)
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
    ]


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(p).__name__} in {type(p.parentWidget()).__name__}" for p in controls(root) if not _spoken(p)
    ]


def _spoken(part: QWidget) -> str:
    face = QAccessible.queryAccessibleInterface(part)
    return face.text(QAccessible.Text.Name) if face is not None else ""


def test_every_control_has_a_name_and_a_screen_has_at_most_25(desk: Stage) -> None:
    for name in SCREENS:
        screen = visit(desk, name)
        assert nameless(desk.window) == [], name
        assert len(controls(screen)) <= 25, name


def test_every_panel_of_a_case_and_all_of_the_form_can_be_heard(desk: Stage) -> None:
    visit(desk, "caso")
    for name in FORMS:
        desk.page(Caso).begin(name)
        desk.rest()
        assert nameless(desk.window) == [], name
    visit(desk, "nueva")
    form = desk.page(Nueva)
    form.quien.show_rest(shown=True)
    form.donde.line.click()
    desk.rest()
    assert nameless(desk.window) == []


def test_a_planted_nameless_field_is_noticed(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QLineEdit(page)
    page.show()
    assert nameless(page) == ["QLineEdit in QWidget"]


@pytest.mark.parametrize("desk", [1.0, 1.5, 2.0], indirect=True)
def test_no_button_and_no_line_of_text_is_cut(desk: Stage) -> None:
    for name in SCREENS:
        visit(desk, name)
        assert cut(desk.window) == [], name
        assert desk.screen.area.horizontalScrollBar().maximum() == 0, name


def test_a_planted_cut_text_is_noticed(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    label = PlainLabel("Muchas palabras en una línea")
    label.setParent(page)
    label.setFixedWidth(40)
    page.show()
    assert len(cut(page)) == 1


def cut(root: QWidget) -> list[str]:
    parts = [p for p in root.findChildren(QWidget) if p.isVisible()]
    buttons = [p for p in parts if isinstance(p, KeyButton)]
    lines = [
        p for p in parts if isinstance(p, PlainLabel) and not isinstance(p, ElidedLabel) and not p.wordWrap()
    ]
    narrow = [p for p in [*buttons, *lines] if _narrow(p)]
    return [f"{p.text()}: {p.width()} < {p.sizeHint().width()}" for p in narrow]


def _narrow(part: KeyButton | PlainLabel) -> bool:
    return bool(part.text()) and part.width() < part.sizeHint().width()


@pytest.mark.parametrize("name", ["meson", "nueva", "comprobante", "caso"])
def test_tab_comes_round_and_misses_nothing(desk: Stage, name: str) -> None:
    screen = visit(desk, name)
    seen: set[int] = set()
    for _ in range(60):
        seen.add(id(desk.keys.focus))
        desk.keys.press(Key.Key_Tab)
    unchecked = [p for p in controls(screen) if isinstance(p, QAbstractButton) and _sleeping(p)]
    missed = [p for p in controls(screen) if id(p) not in seen and p not in unchecked]
    assert [f"{type(p).__name__} {p.accessibleName()}" for p in missed] == []


def _sleeping(button: QAbstractButton) -> bool:
    """A radio button that is not the chosen one: arrows reach it."""
    return button.group() is not None and not button.isChecked()


HEAVY = re.compile(r"\bQ(\w*Dialog|MessageBox|Tree\w+|Wizard|TableView|TableWidget)\b")


def imported(text: str) -> str:
    """Give the names that a module takes from others."""
    takes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    return " ".join(name.name for node in takes for name in node.names)


def test_nothing_asks_in_a_dialog_and_lists_stand_in_the_place_of_trees() -> None:
    assert HEAVY.search(imported("from PySide6.QtWidgets import QLabel, QMessageBox"))
    ours = [path for path in MODULES if relative(path).startswith("oirs_desktop/")]
    found = [relative(path) for path in ours if HEAVY.search(imported(path.read_text(encoding="utf-8")))]
    assert found == []
