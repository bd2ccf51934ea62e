"""What was typed is never lost: drafts on the disk, attentions that wait, ten seconds to take back."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from oirs_core.domain.events import Funcionario
from oirs_core.domain.kinds import DocType
from oirs_desktop.store import DiskFull
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.look.theme import Look, Theme
from oirs_desktop.ui.pages.meson import Meson
from oirs_desktop.ui.parts.toast import UNDO_MS
from tests.support import half_typed
from tests.support.keys import CTRL, SHIFT, Key
from tests.support.stage import Stage, show_window
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
ALT = Qt.KeyboardModifier.AltModifier


def form(desk: Stage) -> Nueva:
    assert isinstance(desk.screen, Nueva)
    return desk.screen


def meson(desk: Stage) -> Meson:
    assert isinstance(desk.screen, Meson)
    return desk.screen


def begin(desk: Stage, number: str) -> None:
    """Begin an attention with a number and a word of the story."""
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.write(number)
    form(desk).que.relato.box.setFocus()
    desk.keys.write(f"Relato de {number}")


def park(desk: Stage, number: str) -> None:
    begin(desk, number)
    desk.keys.press(Key.Key_F5)
    desk.rest()


def press(desk: Stage, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.keys.press(key, modifiers)
    desk.rest()


def waiting(desk: Stage) -> list[str]:
    """Titles of the list on the first screen."""
    return [row.title for row in meson(desk).parked.list.rows]


def saved(desk: Stage) -> list[int]:
    return sorted(row.slot for row in desk.office.store.drafts())


def test_moving_to_another_field_writes_the_draft_and_says_when(desk: Stage) -> None:
    begin(desk, "AB")
    assert "guarda solo" in form(desk).foot.note.words.text()
    press(desk, Key.Key_Tab, SHIFT)
    assert form(desk).foot.note.words.text() == "Borrador guardado 10:42"
    assert len(desk.office.store.drafts()) == 1


def test_typing_on_without_moving_is_written_within_two_seconds(desk: Stage) -> None:
    begin(desk, "AB")
    desk.qtbot.waitUntil(
        lambda: "Relato de AB" in "".join(r.form for r in desk.office.store.drafts()), timeout=2_500
    )


def test_a_killed_program_finds_the_draft_as_it_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "tests.support.half_typed", str(tmp_path)]
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "kept\n"
        program.kill()
    for desk in show_window(qtbot, tmp_path):
        assert meson(desk).parked.title.text() == "En espera desde antes"
        assert waiting(desk) == ["12.345.678-4"]
        press(desk, Key.Key_F5)
        assert form(desk).quien.raw("doc_numero") == "12.345.678-4"
        assert form(desk).que.text("relato") == half_typed.RELATO


def test_closing_the_program_writes_the_last_words(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.write("99")
    assert saved(desk) == []
    form(desk).shelf.finish()
    assert '"doc_numero": "99"' in desk.office.store.drafts()[0].form


def test_f5_lets_an_attention_wait_and_f5_goes_on_with_it(desk: Stage) -> None:
    park(desk, "AB")
    assert waiting(desk) == ["AB"]
    assert meson(desk).parked.title.text() == "En espera"
    press(desk, Key.Key_F2)
    assert form(desk).is_blank
    press(desk, Key.Key_Escape)
    press(desk, Key.Key_F5)
    assert form(desk).que.text("relato") == "Relato de AB"


def test_arrows_and_enter_in_the_empty_box_choose_among_those_that_wait(desk: Stage) -> None:
    for number in ("AB", "CD", "EF"):
        park(desk, number)
    assert waiting(desk) == ["EF", "CD", "AB"]
    press(desk, Key.Key_Down)
    press(desk, Key.Key_Return)
    assert form(desk).quien.raw("doc_numero") == "CD"


def test_resuming_one_lets_the_other_wait_in_its_place(desk: Stage) -> None:
    park(desk, "AB")
    begin(desk, "CD")
    assert form(desk).parked.title.text() == "Otra en espera: AB."
    press(desk, Key.Key_R, ALT)
    assert form(desk).quien.raw("doc_numero") == "AB"
    press(desk, Key.Key_R, ALT)
    assert form(desk).quien.raw("doc_numero") == "CD"
    assert saved(desk) == [1, 2]


def test_a_sixth_is_told_and_stays_on_the_screen(desk: Stage) -> None:
    for number in "ABCDE":
        park(desk, number)
    begin(desk, "F")
    press(desk, Key.Key_F5)
    assert desk.screen.name == "nueva"
    assert "Ya hay cinco" in desk.toasts[-1]
    assert form(desk).que.text("relato") == "Relato de F"


def test_a_registered_attention_leaves_no_draft(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk, "12.345.678-5")
    desk.rest()
    form(desk).que.materia.setFocus()
    desk.keys.write("Barcaza")
    form(desk).termina.fields["respuesta"].editor.setFocus()
    desk.keys.write("Sí.")
    desk.rest()
    assert saved(desk) == [1]
    press(desk, Key.Key_Return, CTRL)
    assert desk.screen.name == "comprobante"
    press(desk, Key.Key_Escape)
    assert saved(desk) == []
    assert waiting(desk) == []


def test_an_attention_let_go_can_be_brought_back_for_ten_seconds(desk: Stage) -> None:
    park(desk, "AB")
    press(desk, Key.Key_X, ALT)
    assert waiting(desk) == []
    assert saved(desk) == []
    assert UNDO_MS == 10_000
    press(desk, Key.Key_Z, ALT)
    assert waiting(desk) == ["AB"]
    press(desk, Key.Key_Return)
    assert form(desk).que.text("relato") == "Relato de AB"


def test_letting_go_of_the_one_left_with_esc_empties_the_form(desk: Stage) -> None:
    begin(desk, "AB")
    press(desk, Key.Key_Escape)
    assert waiting(desk) == ["AB"]
    press(desk, Key.Key_X, ALT)
    press(desk, Key.Key_F2)
    assert form(desk).is_blank


def test_what_was_emptied_does_not_cover_what_was_begun_since(desk: Stage) -> None:
    begin(desk, "AB")
    form(desk).empty.click()
    begin(desk, "CD")
    press(desk, Key.Key_Z, ALT)
    assert form(desk).quien.raw("doc_numero") == "AB"
    assert form(desk).parked.title.text() == "Otra en espera: CD."


def test_another_official_finds_the_draft_and_whose_it_is(desk: Stage) -> None:
    park(desk, "AB")
    session = desk.office.desk.session
    desk.office.desk.session = replace(session, user=Funcionario("juan", "Juan Soto"))
    meson(desk).parked.load()
    assert meson(desk).parked.list.rows[0].detail == "sin materia todavía · Rosa Catrin"


def test_a_draft_that_cannot_be_written_is_told_and_tried_again(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(desk.office.store, "save_draft", full)
    begin(desk, "AB")
    press(desk, Key.Key_Tab)
    assert "sin guardar" in form(desk).foot.note.words.text()
    monkeypatch.undo()
    press(desk, Key.Key_Tab)
    assert form(desk).foot.note.words.text() == "Borrador guardado 10:42"


def test_another_size_of_letters_keeps_form_and_slot(desk: Stage) -> None:
    park(desk, "AB")
    begin(desk, "CD")
    press(desk, Key.Key_Tab)
    desk.window.wear(Theme(Look.DARK, 1.25))
    desk.rest()
    assert form(desk).quien.raw("doc_numero") == "CD"
    press(desk, Key.Key_Tab)
    assert saved(desk) == [1, 2]


@pytest.mark.parametrize("old", ["", "[1]", '{"quien": 3, "que": {"relato": 5}}', "no JSON"])
def test_a_draft_of_another_version_is_read_as_far_as_it_can_be(desk: Stage, old: str) -> None:
    desk.office.desk.save_draft(1, old)
    press(desk, Key.Key_F2)
    form(desk).take_back((old, form(desk).form()))
    assert form(desk).is_blank


def half_done(desk: Stage) -> Nueva:
    """Leave a form of somebody new in the middle of the story, and come back with F2."""
    press(desk, Key.Key_F2)
    desk.keys.write("12345678-5")
    press(desk, Key.Key_Return)
    desk.keys.write("José")
    form(desk).que.relato.box.setFocus()
    desk.keys.write("Vino")
    press(desk, Key.Key_F3)
    press(desk, Key.Key_F2)
    return form(desk)


def test_f2_over_a_form_half_done_says_whose_it_is_and_waits_in_the_number(desk: Stage) -> None:
    page = half_done(desk)
    desk.until(lambda: desk.toasts)
    assert "Sigue la atención de José. Enter continúa; otro documento comienza otra." in desk.toasts
    assert desk.keys.focus is page.quien.line


def test_the_point_of_a_firm_s_name_is_not_doubled(desk: Stage) -> None:
    page = half_done(desk)
    page.quien.fields["nombres"].editor.setText("Ñirres Ltda.")  # type: ignore[attr-defined]
    page._say_whose()
    assert desk.toasts[-1] == (
        "Sigue la atención de Ñirres Ltda. Enter continúa; otro documento comienza otra."
    )


def test_a_number_typed_over_a_form_half_done_begins_another_attention(desk: Stage) -> None:
    page = half_done(desk)
    desk.keys.write("11111111-1")
    press(desk, Key.Key_Return)
    assert page.quien.number() == "11111111-1"
    assert page.que.text("relato") == ""
    assert page.parked.title.text() == "Otra en espera: José."
    press(desk, Key.Key_R, ALT)
    assert (page.quien.number(), page.que.text("relato")) == ("12345678-5", "Vino")


def test_letters_typed_over_a_form_half_done_begin_another_attention_too(desk: Stage) -> None:
    page = half_done(desk)
    before = page.form()
    desk.keys.write("CD765432")
    press(desk, Key.Key_Return)
    assert page.quien.raw("doc_numero") == "CD765432"
    assert "Mayús+Tab" in page.quien.fields["doc_numero"].problem
    press(desk, Key.Key_Tab, SHIFT)
    press(desk, Key.Key_Right)
    assert page.quien.persona().doc_tipo is DocType.PASAPORTE
    assert (page.quien.number(), page.que.text("relato")) == ("CD765432", "")
    press(desk, Key.Key_Z, ALT)
    assert page.form() == before


def test_who_comes_back_with_esc_is_where_they_were(desk: Stage) -> None:
    page = half_done(desk)
    desk.keys.press(Key.Key_Return)
    assert desk.keys.focus is page.que.relato.box
    press(desk, Key.Key_F8)
    press(desk, Key.Key_Escape)
    assert desk.keys.focus is page.que.relato.box


def test_who_waits_already_is_taken_up_and_nobody_known_waits_with_nothing_typed(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    press(desk, Key.Key_F2)
    desk.keys.write("12345678-5")
    press(desk, Key.Key_Return)
    press(desk, Key.Key_Escape)
    desk.keys.write("11111111-1")  # nothing was typed for Rosa: she does not wait
    press(desk, Key.Key_Return)
    desk.wait_for("nueva")
    assert not form(desk).parked.isVisible()
    desk.keys.write("Ana")
    press(desk, Key.Key_Escape)
    desk.keys.write("12345678-5")
    press(desk, Key.Key_Return)
    desk.wait_for("nueva")
    assert form(desk).parked.title.text() == "Otra en espera: Ana."
    desk.keys.write("Luz")
    press(desk, Key.Key_Tab)
    press(desk, Key.Key_Escape)
    desk.keys.write("11111111-1")
    press(desk, Key.Key_Return)
    desk.wait_for("nueva")
    assert form(desk).quien.number() == "11111111-1"
    assert form(desk).parked.title.text() == "Otra en espera: Rosa Elena Millapán Hueque."
