"""Frequent phrases and the topic of before: fewer keys for what is said every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.catalogue import Catalogue
from oirs_core.domain.events import Materia
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.parts.fields import TextBox
from tests.support.keys import CTRL, Key

if TYPE_CHECKING:
    from oirs_desktop.ui.parts.phrases import Phrases
    from tests.support.stage import Stage

PLAZO = next(row.texto for row in Catalogue.seed().frases if row.abreviatura == "plazo")
HOUR = 3_600_000


def form(desk: Stage) -> Nueva:
    assert isinstance(desk.screen, Nueva)
    return desk.screen


def answer(desk: Stage) -> TextBox:
    """Go to the answer."""
    desk.keys.press(Key.Key_F2)
    desk.rest()
    box: TextBox = form(desk).termina.fields["respuesta"].editor  # type: ignore[assignment]
    box.setFocus()
    return box


def phrases(desk: Stage) -> Phrases:
    return form(desk).phrases[1]


def test_a_short_name_and_a_space_become_the_sentence(desk: Stage) -> None:
    box = answer(desk)
    desk.keys.write("Sí. ;plazo ")
    assert box.text() == f"Sí. {PLAZO} "
    desk.keys.press(Key.Key_Z, CTRL)
    assert box.text() == "Sí. ;plazo"


def test_a_semicolon_lists_the_phrases_and_letters_narrow_them(desk: Stage) -> None:
    box = answer(desk)
    desk.keys.write(";")
    assert phrases(desk).unfolded
    assert phrases(desk).list.rows[0].title.startswith(";plazo ")
    desk.keys.write("p")
    assert [row.value for row in phrases(desk).list.rows] == ["plazo", "paciencia"]
    desk.keys.press(Key.Key_Return)
    assert box.text() == PLAZO
    assert not phrases(desk).unfolded


def test_esc_folds_the_list_and_stays_in_the_form(desk: Stage) -> None:
    box = answer(desk)
    desk.keys.write(";p")
    desk.keys.press(Key.Key_Escape)
    assert desk.screen.name == "nueva"
    assert not phrases(desk).unfolded
    assert box.text() == ";p"


@pytest.mark.parametrize("text", ["Sí;plazo ", "; plazo ", ";nada ", "hola ; mundo ", ";plazo\n"])
def test_a_semicolon_of_the_language_stays_one(desk: Stage, text: str) -> None:
    box = answer(desk)
    desk.keys.paste(text.rstrip(" "))
    desk.keys.write(" " * (len(text) - len(text.rstrip(" "))))
    assert box.text() == text


def test_the_list_stays_in_sight_when_the_page_scrolls_after_the_focus(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.rest()
    page, one = form(desk), form(desk).phrases[1]
    page.termina.fields["respuesta"].editor.setFocus()
    desk.keys.write(";")
    bar, list_ = page.area.verticalScrollBar(), one.list
    for place in (bar.maximum(), bar.maximum() - 120):
        bar.setValue(place)
        top = list_.mapTo(page.area.viewport(), list_.rect().topLeft()).y()
        assert 0 <= top < page.area.viewport().height() - list_.height()


def test_phrases_stand_in_the_answer_to_a_case_too(desk: Stage) -> None:
    desk.window.go("caso", desk.office.file("Rosa Elena").id)
    desk.rest()
    desk.keys.press(Key.Key_F6)
    desk.rest()
    while not isinstance(desk.keys.focus, TextBox):
        desk.keys.press(Key.Key_Tab)
    box = desk.keys.focus
    box.selectAll()
    desk.keys.write(";plazo ")
    assert box.text() == f"{PLAZO} "


def test_the_topic_of_this_hour_is_offered_first_and_forgotten_after_it(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    desk.keys.press(Key.Key_F2)
    desk.rest()
    que = form(desk).que
    que.remember(_topic(), desk.office.clock.now())
    assert que.fields["materia"].note.text() == f"Última: {_topic().texto}. ↓ la toma."
    que.materia.setFocus()
    desk.keys.press(Key.Key_Down)
    desk.keys.press(Key.Key_Return)
    assert que.topic() == _topic()
    que.materia.clear()
    desk.keys.press(Key.Key_Escape)
    desk.office.clock.ms += HOUR + 1
    desk.keys.press(Key.Key_F2)
    desk.rest()
    assert que.fields["materia"].note.text() == que.materia.placeholderText() == ""
    que.materia.setFocus()
    desk.keys.press(Key.Key_Down)
    assert not que.materia.unfolded


def _topic() -> Materia:
    row = Catalogue.seed().search_materias("vivienda")[0]
    return Materia(row.nombre, row.codigo)
