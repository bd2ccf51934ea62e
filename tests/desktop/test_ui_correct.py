"""Amend instead of edit: only what differs is recorded, the history tells old and new, conflicts wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit

from oirs_core.domain.events import Cambio, Enmienda
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.case.conflicts import ConflictCard
from oirs_desktop.ui.case.correct import CorrectPanel
from tests.support.keys import ALT, CTRL, Key
from tests.support.stage import Stage, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_case(qtbot, tmp_path) as opened:
        yield opened


def opened(stage: Stage) -> CorrectPanel:
    stage.keys.press(Key.Key_C, ALT)
    panel = stage.page(Caso).panel
    assert isinstance(panel, CorrectPanel)
    return panel


def retype(stage: Stage, panel: CorrectPanel, name: str, text: str) -> None:
    editor = panel.fields()[name].editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    stage.keys.write(text)


def save(stage: Stage) -> None:
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()


def told_by_another(stage: Stage, base: bytes, **values: str) -> None:
    """Another counter corrected the case without having seen what came after ``base``."""
    case = stage.case()
    cambios = tuple(Cambio(campo, valor) for campo, valor in values.items())
    stage.office.centre.write(Enmienda(cambios), case.id, base)
    stage.office.deliver()
    stage.window.refresh(frozenset({case.id}))
    stage.rest()


def test_only_what_differs_becomes_a_correction_and_the_history_tells_old_and_new(stage: Stage) -> None:
    panel = opened(stage)
    retype(stage, panel, "telefono", "+56 9 1111 2222")
    retype(stage, panel, "motivo", "Lo dictó mal.")
    save(stage)
    case = stage.case()
    assert case.facts[-1].act == Enmienda((Cambio("telefono", "9 1111 2222"),), "Lo dictó mal.")
    assert case.facts[-1].base == case.facts[-2].h
    story = stage.page(Caso).timeline.stories[0]
    assert story.title == "Se corrigió lo ingresado"
    assert story.text == "Teléfono: 9 5555 1234 → 9 1111 2222\nMotivo: Lo dictó mal."
    assert stage.toasts[-1] == "Se corrigió el caso."
    stage.keys.press(Key.Key_Z, ALT)
    stage.rest()
    assert stage.case().ingreso.persona.telefono == "+56 9 5555 1234"


def test_a_mistyped_letter_of_a_name_is_mended_with_8_keys(stage: Stage) -> None:
    stage.keys.press(Key.Key_C, ALT)
    stage.keys.press(Key.Key_End)
    stage.keys.press(Key.Key_Backspace)
    stage.keys.type("ita")
    save(stage)
    assert stage.case().ingreso.persona.nombres == "Rosa Elenita"
    assert stage.keys.count <= 8


def test_nothing_changed_is_said_and_nothing_recorded(stage: Stage) -> None:
    panel = opened(stage)
    save(stage)
    assert panel.banner.title.text() == "Falta la corrección."
    assert len(stage.case().facts) == 1


def test_a_wrong_run_is_told_at_its_field_and_a_right_one_is_written_in_its_one_form(stage: Stage) -> None:
    panel = opened(stage)
    retype(stage, panel, "doc_numero", "11111112")
    save(stage)
    assert "dígito verificador" in panel.fields()["doc_numero"].problem
    retype(stage, panel, "doc_numero", "111111111")
    save(stage)
    act = stage.case().facts[-1].act
    assert act == Enmienda((Cambio("doc_numero", "11111111-1"),))


def test_closed_lists_and_codes_are_told_in_words(stage: Stage) -> None:
    panel = opened(stage)
    panel._fields["medio"].editor.setFocus()
    stage.keys.type("p")
    retype(stage, panel, "comuna", "Chait")
    stage.keys.press(Key.Key_Return)
    save(stage)
    case = stage.case()
    assert {c.campo: c.valor for c in case.facts[-1].act.cambios} == {  # type: ignore[union-attr]
        "comuna": "10401",
        "medio": "telefono",
    }
    assert stage.page(Caso).timeline.stories[0].text == (
        "Comuna: (en blanco) → Chaitén\nCómo responder: en persona → por teléfono"
    )


def test_a_correction_that_comes_while_one_writes_is_not_overwritten_in_silence(stage: Stage) -> None:
    base = stage.case().last_ref
    panel = opened(stage)
    retype(stage, panel, "telefono", "1111")
    told_by_another(stage, base, telefono="2222")
    save(stage)  # remarks on four digits
    save(stage)
    assert [(c.kept, c.other) for c in stage.case().conflicts] == [("1111", "2222")]


def test_a_conflict_shows_both_values_with_their_authors_and_is_settled_by_a_button(stage: Stage) -> None:
    base = stage.case().last_ref
    stage.office.desk.add(stage.case().id, Enmienda((Cambio("nombres", "Rosita"),)))
    stage.office.deliver()
    told_by_another(stage, base, nombres="Rosa Ester")
    card = stage.page(Caso).alerts.itemAt(0).widget()
    assert isinstance(card, ConflictCard)
    assert card.title.text() == "Dos correcciones no coinciden: Nombres"
    said = " ".join(label.text() for label in card.findChildren(type(card.title)))
    for part in ("Rosita", "Lo escribió Rosa Catrin", "Rosa Ester", "Lo escribió centro"):
        assert part in said
    card.buttons[1].setFocus()
    stage.keys.press(Key.Key_Space)
    stage.rest()
    case = stage.case()
    assert case.conflicts == ()
    assert case.ingreso.persona.nombres == "Rosa Ester"
    assert stage.page(Caso).alerts.count() == 0
    stage.keys.press(Key.Key_Z, ALT)
    stage.rest()
    assert len(stage.case().conflicts) == 1


def test_what_was_being_corrected_is_there_again_after_another_screen(stage: Stage) -> None:
    panel = opened(stage)
    retype(stage, panel, "correo", "rosa@example.cl")
    stage.keys.press(Key.Key_Escape)
    panel = opened(stage)
    save(stage)
    assert stage.case().ingreso.persona.correo == "rosa@example.cl"


def test_a_telephone_that_cannot_be_rung_is_remarked_on_once_before_it_is_saved(stage: Stage) -> None:
    panel = opened(stage)
    retype(stage, panel, "telefono", "98765439")
    save(stage)
    assert "este tiene 8" in panel.fields()["telefono"].editor.accessibleDescription()
    assert stage.case().ingreso.persona.telefono == "+56 9 5555 1234"
    save(stage)
    assert stage.case().ingreso.persona.telefono.replace(" ", "").endswith("98765439")
