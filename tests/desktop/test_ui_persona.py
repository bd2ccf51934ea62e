"""Who is served: minimal first, refusable questions, children, namesakes, the open case of before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from oirs_core.domain.edad import REFUSED
from oirs_core.domain.kinds import DocType, Medio
from oirs_desktop.reports.facts import receipt_of
from oirs_desktop.ui.form.nueva import Nueva
from tests.support.keys import CTRL, SHIFT, Key
from tests.support.office import DAY, person

if TYPE_CHECKING:
    from oirs_core.domain.events import Ingreso
    from oirs_desktop.ui.parts.fields import TextLine
    from tests.support.stage import Stage

ALT = Qt.KeyboardModifier.AltModifier
RUN = "123456785"


def form(desk: Stage) -> Nueva:
    assert isinstance(desk.screen, Nueva)
    return desk.screen


def press(desk: Stage, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.keys.press(key, modifiers)
    desk.rest()


def begin(desk: Stage, run: str = RUN) -> None:
    """F2, number, Enter."""
    press(desk, Key.Key_F2)
    desk.keys.type(run)
    press(desk, Key.Key_Return)


def put(desk: Stage, field: str, text: str) -> None:
    """Type into a field of the person."""
    form(desk).quien.fields[field].editor.setFocus()
    desk.keys.write(text)


def without_document(desk: Stage) -> None:
    press(desk, Key.Key_F2)
    desk.keys.press(Key.Key_Tab, SHIFT)
    desk.keys.write("s")


def finish(desk: Stage, materia: str = "viv") -> None:
    """Topic, story, answer, register."""
    form(desk).que.materia.setFocus()
    desk.keys.type(materia)
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("Pregunta por el subsidio.")
    desk.keys.press(Key.Key_Tab)
    while desk.keys.focus is not form(desk).termina.fields["respuesta"].editor:
        desk.keys.press(Key.Key_Tab)
    desk.keys.write("Se le explicó.")
    press(desk, Key.Key_Return, CTRL)


def filed(desk: Stage) -> Ingreso:
    assert desk.screen.name == "comprobante", [
        f.problem for c in form(desk).cards.values() for f in c.fields.values()
    ]
    case = desk.office.store.case(desk.office.store.recent(1)[0].id)
    assert case is not None
    return case.ingreso


def jump(desk: Stage, number: Key) -> None:
    desk.keys.press(number, ALT)


# ---------------------------------------------------------------- budgets


def test_somebody_new_with_two_surnames_and_a_telephone_takes_at_most_65_keys(desk: Stage) -> None:
    desk.keys.count = 0
    begin(desk)
    for text in ("Rosa Elena", "Soto", "Vera", "955551234"):
        desk.keys.type(text)
        desk.keys.press(Key.Key_Return)
    jump(desk, Key.Key_2)
    desk.keys.type("viv")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("Pregunta por el subsidio.")
    jump(desk, Key.Key_3)
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("Se le explicó.")
    press(desk, Key.Key_Return, CTRL)
    assert desk.keys.count <= 65
    persona = filed(desk).persona
    assert (persona.full_name, persona.telefono) == ("Rosa Elena Soto Vera", "955551234")
    assert persona.comuna == desk.office.desk.session.office.comuna


# ---------------------------------------------------------------- what is folded


def test_the_form_begins_with_few_questions(desk: Stage) -> None:
    press(desk, Key.Key_F2)
    assert not form(desk).quien.rest.isVisible()
    assert not form(desk).quien.fields["representante"].isVisible()
    assert form(desk).quien.medio() is Medio.PRESENCIAL


def test_every_question_of_the_statistics_can_be_refused_and_is_not_on_paper(desk: Stage) -> None:
    begin(desk)
    put(desk, "nombres", "Rosa")
    press(desk, Key.Key_M, ALT)
    for field in ("fecha_nacimiento", "nacionalidad"):
        put(desk, field, "prefi")
        desk.keys.press(Key.Key_Return)
    for field in ("genero", "pueblo_originario", "discapacidad"):
        form(desk).quien.fields[field].editor.setFocus()
        desk.keys.press(Key.Key_End)
    finish(desk)
    ingreso = filed(desk)
    persona = ingreso.persona
    answers = (persona.fecha_nacimiento, persona.nacionalidad, persona.genero, persona.pueblo_originario)
    assert {*answers, persona.discapacidad} == {REFUSED}
    case = desk.office.store.case(desk.office.store.recent(1)[0].id)
    assert case is not None
    assert REFUSED not in str(receipt_of(case, desk.office.desk.session.office, None, "code", 0))


def test_answers_are_kept_in_the_words_of_the_catalogue(desk: Stage) -> None:
    begin(desk)
    put(desk, "nombres", "Rosa")
    press(desk, Key.Key_M, ALT)
    put(desk, "nombre_social", "Rosi")
    put(desk, "fecha_nacimiento", "14-3-93")
    assert form(desk).quien.fields["fecha_nacimiento"].note.text() == "Tramo: 30 a 44 años"
    put(desk, "nacionalidad", "venezol")
    desk.keys.press(Key.Key_Return)
    put(desk, "genero", "f")
    put(desk, "pueblo_originario", "map")
    finish(desk)
    persona = filed(desk).persona
    assert (persona.nombre_social, persona.fecha_nacimiento) == ("Rosi", "1993-03-14")
    assert (persona.nacionalidad, persona.genero, persona.pueblo_originario) == ("VE", "Femenina", "Mapuche")
    assert persona.discapacidad == ""


@pytest.mark.parametrize(
    ("field", "typed"), [("fecha_nacimiento", "ayer"), ("nacionalidad", "Narnia"), ("comuna", "Narnia")]
)
def test_what_cannot_be_read_is_told_under_its_field_and_unfolded(
    desk: Stage, field: str, typed: str
) -> None:
    begin(desk)
    put(desk, "nombres", "Rosa")
    press(desk, Key.Key_M, ALT)
    form(desk).quien.fields[field].editor.clear()  # type: ignore[attr-defined]
    put(desk, field, typed)
    press(desk, Key.Key_M, ALT)
    finish(desk)
    assert desk.screen.name == "nueva"
    assert form(desk).quien.fields[field].problem
    assert form(desk).quien.fields[field].isVisible()


# ---------------------------------------------------------------- children


def test_below_14_the_adult_is_asked_for_in_the_words_of_the_law(desk: Stage) -> None:
    begin(desk)
    put(desk, "nombres", "Ana")
    press(desk, Key.Key_M, ALT)
    put(desk, "fecha_nacimiento", "27-11-2012")
    assert form(desk).quien.minor.isVisible()
    assert "14 años" in form(desk).quien.minor.title.text()
    assert "21.719" in form(desk).quien.minor.advice.text()
    finish(desk)
    assert form(desk).quien.fields["representante"].problem
    put(desk, "representante", "Marta Soto")
    put(desk, "representante_run", "11.111.111-1")
    press(desk, Key.Key_Return, CTRL)
    persona = filed(desk).persona
    assert (persona.representante, persona.representante_run) == ("Marta Soto", "11111111-1")


def test_at_14_nobody_is_needed_unless_the_origin_is_told_below_16(desk: Stage) -> None:
    begin(desk)
    put(desk, "nombres", "Ana")
    press(desk, Key.Key_M, ALT)
    put(desk, "fecha_nacimiento", "26-11-2012")
    assert form(desk).quien.problems(form(desk).que.kind()) == []
    put(desk, "pueblo_originario", "map")
    assert [field.label_text for field, _ in form(desk).quien.problems(form(desk).que.kind())] == [
        "Adulto que acompaña"
    ]


def test_a_child_who_was_here_before_is_still_a_child(desk: Stage) -> None:
    desk.office.file(persona=person("Ana", fecha_nacimiento="2015-05-05", representante="Marta"))
    begin(desk)
    assert form(desk).quien.age() == 11
    # The adult of the last visit is not taken for the one of today.
    assert form(desk).quien.text("representante") == ""
    assert form(desk).quien.fields["representante"].isVisible()


# ---------------------------------------------------------------- who it may be


def test_people_of_one_name_are_told_apart_by_number_and_last_visit(desk: Stage) -> None:
    desk.office.file(persona=person("Rosa"), ago=3 * DAY)
    desk.office.file(persona=person("Rosa", "11.111.111-1"))
    without_document(desk)
    put(desk, "nombres", "Rosa")
    desk.keys.press(Key.Key_Return)
    desk.keys.write("Millapán")
    press(desk, Key.Key_Return)
    first, second = (row.detail for row in form(desk).quien.same.list.rows)
    assert first.startswith("RUN ••.•••.111-1 · ")
    assert first.endswith(" 10:42")
    assert second.startswith("RUN ••.•••.678-5 · ")
    assert second.endswith(" lun 23 nov 10:42")
    desk.keys.press(Key.Key_Tab)
    assert desk.keys.focus is form(desk).quien.same.list
    desk.keys.press(Key.Key_Down)
    press(desk, Key.Key_Return)
    assert form(desk).quien.number() == "12345678-5"
    assert form(desk).quien.doc_tipo is DocType.RUN
    assert desk.keys.focus is form(desk).que.materia


def test_a_name_that_nobody_has_asks_nothing(desk: Stage) -> None:
    desk.office.file(persona=person("Rosa"))
    without_document(desk)
    put(desk, "nombres", "Zulema")
    desk.keys.press(Key.Key_Return)
    desk.keys.write("Oyarzo")
    press(desk, Key.Key_Return)
    assert not form(desk).quien.same.isVisible()
    assert form(desk).quien.comuna.value() == "10401"


def test_the_attentions_of_before_are_one_key_away_and_the_form_waits(desk: Stage) -> None:
    desk.office.file("Rosa Elena", ago=3 * DAY)
    desk.office.file("Rosa Elena", ago=2 * DAY)
    begin(desk)
    assert form(desk).quien.before.text() == "2 casos en trámite"
    press(desk, Key.Key_T, ALT)
    desk.wait_for("busqueda")
    press(desk, Key.Key_Escape)
    desk.wait_for("nueva")
    assert form(desk).quien.number() == "12345678-5"


# ---------------------------------------------------------------- the open case about the same


def name_matter(desk: Stage) -> None:
    begin(desk)
    desk.keys.write("Subsidio de aislamiento")
    press(desk, Key.Key_Tab)


def test_an_open_case_about_the_same_is_offered_and_not_imposed(desk: Stage) -> None:
    desk.office.file("Rosa Elena", ago=3 * DAY)
    name_matter(desk)
    assert "hace 3 días" in form(desk).matter.title.text()
    assert form(desk).matter.isVisible()
    desk.keys.press(Key.Key_Tab)
    assert desk.keys.focus is form(desk).matter.open_button
    desk.keys.press(Key.Key_Tab, times=2)
    assert desk.keys.focus is form(desk).que.relato.box
    press(desk, Key.Key_N, CTRL)
    assert not form(desk).matter.isVisible()
    form(desk).que.materia.setFocus()
    press(desk, Key.Key_Tab)
    assert not form(desk).matter.isVisible()


def test_the_open_case_is_one_key_away_and_the_form_waits(desk: Stage) -> None:
    case = desk.office.file("Rosa Elena", ago=3 * DAY)
    name_matter(desk)
    press(desk, Key.Key_A, ALT)
    desk.wait_for("caso")
    press(desk, Key.Key_Escape)
    desk.wait_for("nueva")
    assert form(desk).que.materia.text() == case.ingreso.materia.texto


@pytest.mark.parametrize(("ago", "who"), [(31 * DAY, RUN), (3 * DAY, "111111111")])
def test_no_case_is_offered_after_30_days_nor_of_another_person(desk: Stage, ago: int, who: str) -> None:
    desk.office.file("Rosa Elena", ago=ago)
    begin(desk, who)
    form(desk).que.materia.setFocus()
    desk.keys.write("Subsidio de aislamiento")
    press(desk, Key.Key_Tab)
    assert not form(desk).matter.isVisible()


# ---------------------------------------------------------------- drafts of people


def test_a_draft_of_somebody_known_keeps_what_was_changed_by_hand(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    begin(desk)
    form(desk).quien.unfold()
    line: TextLine = form(desk).quien.fields["telefono"].editor  # type: ignore[assignment]
    line.selectAll()
    put(desk, "telefono", "222")
    press(desk, Key.Key_F5)
    press(desk, Key.Key_F5)
    assert form(desk).quien.text("telefono") == "222"
    assert form(desk).quien.more.isVisible()
    assert form(desk).quien.before.text() == "1 caso en trámite"


def test_the_official_of_a_new_day_gets_ages_of_that_day(desk: Stage) -> None:
    begin(desk)
    press(desk, Key.Key_M, ALT)
    put(desk, "fecha_nacimiento", "27-11-2012")
    assert form(desk).quien.age() == 13
    desk.office.clock.ms += DAY
    press(desk, Key.Key_Escape)
    press(desk, Key.Key_F2)
    assert form(desk).quien.age() == 14
    assert replace(form(desk).quien.persona(), nombres="x").fecha_nacimiento == "2012-11-27"


def test_the_number_of_a_firm_makes_the_form_one_of_a_firm(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.keys.type("765432103")
    desk.qtbot.waitUntil(lambda: form(desk).quien.doc_tipo is DocType.RUT_EMPRESA)
    assert form(desk).quien.number() == "76543210-3"


def test_what_was_said_of_a_number_goes_when_it_changes(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.keys.type("111111111")
    desk.qtbot.waitUntil(lambda: "correcto" in form(desk).quien.known.words.text())
    desk.keys.press(Key.Key_Backspace)
    assert "correcto" not in form(desk).quien.known.words.text()
