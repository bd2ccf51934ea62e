"""An undo never reaches another person's case by surprise, and a notice that is no longer true goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.case.undoing import TOO_LATE, TOO_LATE_HERE, too_late
from oirs_desktop.ui.parts.toast import Toast
from tests.support.keys import ALT, CTRL, Key
from tests.support.office import SERVIU
from tests.support.stage import Stage, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_case(qtbot, tmp_path, delivered=False) as opened:
        yield opened


def note(stage: Stage, text: str = "Nota.") -> None:
    stage.keys.press(Key.Key_F4)
    stage.keys.write(text)
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()


def undo(stage: Stage) -> None:
    stage.keys.press(Key.Key_Z, ALT)
    stage.rest()


def test_from_a_form_the_undo_names_the_case_and_works_at_the_second_key(stage: Stage) -> None:
    note(stage)
    case = stage.case()
    stage.keys.press(Key.Key_F2)
    stage.wait_for("nueva")
    undo(stage)
    assert stage.kept(case.id).annulled == frozenset()
    assert stage.toasts[-1] == "Eso fue en el caso 0001-Z. Alt+Z otra vez lo deshace."
    undo(stage)
    assert len(stage.kept(case.id).annulled) == 1


def test_only_the_newest_notice_shows_the_key(stage: Stage) -> None:
    note(stage, "primera")
    note(stage, "segunda")
    shown = [line.button.text() for line in stage.window.toasts.lines()]
    assert shown == ["Deshacer (0001-Z)", "Deshacer (0001-Z)  Alt+Z"]


def test_undone_in_the_history_the_notice_goes_and_the_text_is_in_its_panel(stage: Stage) -> None:
    stage.office.file("Otra", ago=1000, salida="derivada", destino=SERVIU)
    stage.show_case(stage.case())
    stage.keys.press(Key.Key_F7)
    stage.keys.press(Key.Key_1, ALT)
    stage.keys.write("Lleva los bonos.")
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()
    stage.keys.press(Key.Key_D, ALT)
    stage.rest()
    stage.until(lambda: all(line.toast.undo is None for line in stage.window.toasts.lines()))
    undo(stage)
    assert stage.toasts[-1] == TOO_LATE
    stage.keys.press(Key.Key_F7)
    panel = stage.page(Caso).panel
    assert panel is not None
    assert panel.typed().text == "Lleva los bonos."  # type: ignore[attr-defined]
    assert panel.typed().destino == SERVIU  # type: ignore[attr-defined]


def test_a_notice_that_is_no_longer_true_goes_by_itself(stage: Stage) -> None:
    true = [True]
    stage.window.say(Toast("Espera Rosa.", lambda: None, stands=lambda: true[0]))
    assert [line.toast.text for line in stage.window.toasts.lines()] == ["Espera Rosa."]
    true[0] = False
    stage.until(lambda: not stage.window.toasts.lines())


def test_in_a_form_the_late_key_names_what_brings_the_attention_back() -> None:
    assert too_late(waits=True) == TOO_LATE_HERE


def test_letters_on_a_button_go_to_the_destination_while_it_is_empty(stage: Stage) -> None:
    stage.keys.press(Key.Key_F7)
    panel = stage.page(Caso).panel
    assert panel is not None
    panel.save.setFocus()
    stage.keys.write("serviu")
    assert (panel.typed().destino.nombre, panel.typed().text) == ("serviu", "")  # type: ignore[attr-defined]


def test_a_body_typed_as_the_reason_is_told_to_be_the_reason(stage: Stage) -> None:
    stage.office.file("Otra", ago=1000, salida="derivada", destino=SERVIU)
    stage.show_case(stage.case())
    stage.keys.press(Key.Key_F7)
    stage.keys.press(Key.Key_1, ALT)
    panel = stage.page(Caso).panel
    assert panel is not None
    stage.keys.write("indap")
    note = panel.fields()["motivo"].note
    assert note.text() == f"Esto es el motivo. El caso va a {SERVIU.nombre}; Mayús+Tab lo cambia."
    stage.keys.write(" no lleva esto")
    assert not note.isVisible()
