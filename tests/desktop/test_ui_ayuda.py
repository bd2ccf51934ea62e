"""F1 on each screen, and the one table of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.case.acts import FORMS
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.pages.ayuda import Ayuda
from oirs_desktop.ui.parts.widgets import PlainLabel
from oirs_desktop.ui.texts.keytable import KEYS
from oirs_desktop.ui.texts.topics import TOPICS
from oirs_desktop.ui.window.registry import SCREENS
from tests.support.keys import Key
from tests.support.stage import Stage, open_stage, show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

TYPED = {"Enter", "Tab", "Esc", ";"}
"""Keys that are no shortcut: the field that has the focus takes them."""
SAME = {"Alt+1": {"Alt+2", "Alt+3", "Alt+4", "Alt+5"}, "Ctrl++": {"Ctrl+="}}
"""Keys that stand in the line of another one, or are the same key without Shift."""
NAMES = {"Home": "Inicio", "Return": "Enter", "Left": "←", "Right": "→"}


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    for shown in show_window(qtbot, tmp_path):
        shown.office.file("Rosa Elena", salida="pendiente")
        yield shown


def help_page(desk: Stage) -> Ayuda:
    assert isinstance(desk.screen, Ayuda)
    return desk.screen


def test_f1_explains_the_screen_in_sight_and_esc_leads_back(desk: Stage) -> None:
    case = desk.office.store.recent(1)[0].id
    for name in SCREENS:
        if name == "ayuda":
            continue
        desk.window.go(name, case if name in {"caso", "comprobante"} else None)
        desk.rest()
        desk.keys.press(Key.Key_F1)
        assert help_page(desk).heading.text() == TOPICS[name].title
        desk.keys.press(Key.Key_F1)  # again: the same page
        assert help_page(desk).heading.text() == TOPICS[name].title
        desk.keys.press(Key.Key_Escape)
        assert desk.screen.name == name
        desk.rest()


def test_at_200_percent_the_text_is_in_sight_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    with open_stage(qtbot, tmp_path, scale=2.0) as stage:
        stage.raise_curtain()
        stage.keys.press(Key.Key_F1)
        stage.rest()
        QApplication.processEvents()
        view = help_page(stage).area.viewport()
        first = next(x for x in stage.screen.findChildren(PlainLabel) if x.text() == TOPICS["meson"].lines[0])
        assert first.mapTo(view, first.rect().bottomLeft()).y() < view.height()


def test_help_for_another_screen_is_chosen_with_the_arrows(desk: Stage) -> None:
    desk.keys.press(Key.Key_F1)
    page = help_page(desk)
    page.rows.setFocus()
    desk.keys.press(Key.Key_Right)
    assert page.heading.text() == TOPICS["nueva"].title


def test_what_is_typed_in_the_form_is_there_after_the_help(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.wait_for("nueva")
    assert isinstance(desk.screen, Nueva)
    relato = desk.screen.que.relato
    relato.box.setFocus()
    desk.keys.write("Pregunta por")
    desk.keys.press(Key.Key_F1)
    desk.keys.press(Key.Key_Escape)
    desk.keys.write(" el techo.")
    assert relato.text() == "Pregunta por el techo."


def test_what_is_typed_in_a_case_is_there_after_the_help(desk: Stage) -> None:
    desk.window.go("caso", desk.office.store.recent(1)[0].id)
    desk.rest()
    desk.keys.press(Key.Key_F6)
    desk.keys.write("Se le")
    desk.keys.press(Key.Key_F1)
    desk.keys.press(Key.Key_Escape)
    desk.rest()
    desk.keys.write(" avisó.")
    assert isinstance(desk.screen, Caso)
    assert desk.screen.panel is not None
    assert desk.screen.panel.area.text() == "Se le avisó."  # type: ignore[attr-defined]


def all_keys(desk: Stage) -> set[str]:
    """Walk through all screens and panels and collect the keys that they have, as a person calls them."""
    case = desk.office.store.recent(1)[0].id
    for name in SCREENS:
        desk.window.go(name, case if name in {"caso", "comprobante"} else None)
        desk.rest()
    desk.window.go("caso", case)
    desk.rest()
    found: set[str] = set()
    assert isinstance(desk.screen, Caso)
    for name in FORMS:
        desk.screen.begin(name)
        QApplication.processEvents()
        found |= {key.key().toString() for key in desk.window.findChildren(QShortcut)}
    for portable, name in NAMES.items():
        found = {key.replace(portable, name) for key in found}
    return found - {""}


def test_the_table_of_keys_names_every_key_of_the_program_and_no_other(desk: Stage) -> None:
    real = all_keys(desk)
    named = {key.name for key in KEYS}
    beside = {name for key, names in SAME.items() if key in named for name in names}
    assert real - named - beside == set()
    assert named - real - TYPED == set()
