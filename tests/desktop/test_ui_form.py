"""What made an official hesitate in the form: lists, telephones, phrases, the way of the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Respuesta
from oirs_core.domain.kinds import Kind, Medio, Salida
from oirs_desktop.desk.templates import bundled
from oirs_desktop.ui.case.acts import ActPanel
from oirs_desktop.ui.case.correct import CorrectPanel
from oirs_desktop.ui.form.citizen import Citizen
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.pages.meson import Meson
from oirs_desktop.ui.parts.widgets import PlainLabel
from tests.support.keys import ALT, CTRL, Key
from tests.support.office import person

if TYPE_CHECKING:
    from tests.support.stage import Stage

RUN = "123456785"


def begin(desk: Stage, run: str = RUN) -> Nueva:
    """F2, number, Enter."""
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.type(run)
    desk.keys.press(Key.Key_Return)
    desk.rest()
    return desk.page(Nueva)


@pytest.mark.parametrize(("downs", "row"), [(0, 0), (1, 0), (2, 1), (3, 2)])
def test_the_first_arrow_goes_to_the_first_line_of_the_list(desk: Stage, downs: int, row: int) -> None:
    que = begin(desk).que
    que.materia.setFocus()
    desk.keys.type("arriendo" if row < 2 else "luz")
    rows = [option.value for option in que.materia.list.rows]
    desk.keys.press(Key.Key_Down, times=downs)
    desk.keys.press(Key.Key_Return)
    assert que.topic().codigo == rows[row]


# ---------------------------------------------------------------- finding


@pytest.mark.parametrize("zeros", [True, False])
def test_the_end_of_a_folio_is_found_as_printed_and_without_its_zeros(desk: Stage, zeros: bool) -> None:
    case = desk.office.file("Rosa Elena")
    number, check = case.ingreso.folio[-5:-1], case.ingreso.folio[-1]
    desk.keys.write(f"{number if zeros else int(number)}-{check}")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert desk.case().id == case.id


def test_a_folio_that_nobody_has_is_called_a_folio(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    desk.keys.write("98-4")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert desk.page(Meson).hint.text().startswith("Ese folio")


def test_the_number_of_who_spoke_for_a_child_finds_the_child(desk: Stage) -> None:
    child = person("Ana", representante="Marta Soto", representante_run="11111111-1")
    case = desk.office.file(persona=child)
    desk.keys.type("111111111")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert desk.case().id == case.id


# ---------------------------------------------------------------- phrases


def test_a_semicolon_after_a_word_offers_phrases_and_a_space_takes_none(desk: Stage) -> None:
    form = begin(desk)
    box = form.termina.fields["respuesta"].editor
    box.setFocus()
    desk.keys.write("Vino ayer;")
    assert form.phrases[1].unfolded
    desk.keys.write("folio ")
    assert box.text() == "Vino ayer;folio "  # type: ignore[attr-defined]
    desk.keys.write("y ;f")
    desk.keys.press(Key.Key_Return)
    assert box.text().startswith("Vino ayer;folio y Guarde su folio")  # type: ignore[attr-defined]


def test_what_a_person_tells_has_phrases_of_its_own(desk: Stage) -> None:
    form = begin(desk)
    form.que.relato.box.setFocus()
    desk.keys.write("No;v")
    assert [row.value for row in form.phrases[0].list.rows] == ["vuelve"]
    desk.keys.press(Key.Key_Return)
    assert form.que.text("relato").startswith("No La persona ya vino antes")


# ---------------------------------------------------------------- who does not stand at the counter


@pytest.mark.parametrize(("letters", "medio"), [("", Medio.PRESENCIAL), ("p", Medio.TELEFONO)])
def test_an_answer_goes_by_the_way_on_which_the_attention_came(
    desk: Stage, letters: str, medio: Medio
) -> None:
    form = begin(desk)
    desk.keys.write("Rosa")
    desk.keys.press(Key.Key_L, ALT)
    desk.keys.write(letters)
    form.que.materia.setFocus()
    desk.keys.write("vivienda")
    desk.keys.press(Key.Key_Return)
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("Pregunta.")
    desk.keys.press(Key.Key_3, ALT)
    desk.keys.press(Key.Key_Tab)
    desk.keys.write("Se le dijo.")
    desk.keys.press(Key.Key_Return, CTRL)
    desk.wait_for("comprobante")
    answer = desk.kept(desk.office.store.recent(1)[0].id).facts[1].act
    assert isinstance(answer, Respuesta)
    assert answer.medio is medio


def test_the_person_reads_telephone_mail_and_institution_inside_the_frame_of_training(desk: Stage) -> None:
    form = begin(desk)
    form.quien.fields["telefono"].editor.setFocus()
    desk.keys.write("987654321")
    form.quien.fields["correo"].editor.setFocus()
    desk.keys.write("rosa@correo.cl")
    form.que.institucion.setText("Serviu")
    form.que.relato.box.setFocus()
    desk.keys.press(Key.Key_M, CTRL)
    (page,) = [part for part in desk.window.findChildren(Citizen) if part.isVisible()]
    texts = {label.text().replace("\u200b", "") for label in page.findChildren(PlainLabel)}
    assert {"9 8765 4321", "rosa@correo.cl", "Serviu"} <= texts
    training = desk.office.desk.session.office.capacitacion
    assert (page.objectName() == "training") is training
    assert (page.layout().contentsMargins().left() > 0) is training


# ---------------------------------------------------------------- the card of the person


@pytest.mark.parametrize(
    ("typed", "shown", "kept", "note"),
    [
        ("987654321", "9 8765 4321", "987654321", ""),
        ("+56 9 8765-4321", "9 8765 4321", "987654321", ""),
        ("652234567", "65 2 234567", "652234567", ""),
        ("12345", "12345", "12345", "En Chile tiene 9 dígitos; este tiene 5 dígitos."),
        ("+5491123456789", "+5491123456789", "+5491123456789", ""),
        ("+54911", "+54911", "+54911", "Tiene 5 dígitos."),
    ],
)
def test_a_telephone_is_grouped_when_left_and_remarked_on_when_short(
    desk: Stage, typed: str, shown: str, kept: str, note: str
) -> None:
    quien = begin(desk).quien
    field = quien.fields["telefono"]
    field.editor.setFocus()
    desk.keys.write(typed)
    assert not field.note.text()
    desk.keys.press(Key.Key_Return)
    assert field.editor.text() == shown  # type: ignore[attr-defined]
    assert quien.persona().telefono == kept
    assert field.note.text().startswith(note)
    assert bool(field.note.text()) is bool(note)
    assert not quien.problems(Kind.CONSULTA)[1:]  # only the name is missing


def test_the_number_of_somebody_new_gets_its_points(desk: Stage) -> None:
    assert begin(desk).quien.line.text() == "12.345.678-5"
    desk.keys.press(Key.Key_F5)
    desk.rest()
    assert [row.title for row in desk.page(Meson).parked.list.rows] == ["12.345.678-5"]


def test_enter_passes_by_what_is_folded_and_space_opens_it_under_the_cursor(desk: Stage) -> None:
    form = begin(desk)
    quien = form.quien
    quien.fold.setFocus()
    desk.keys.press(Key.Key_Return)
    assert desk.keys.focus is form.que.tipo
    quien.fold.setFocus()
    desk.qtbot.wait(1)
    before = quien.fold.y()
    desk.keys.press(Key.Key_Space)
    desk.rest()
    assert quien.fold.y() == before
    agent = quien.fields["representante"]
    assert agent.isVisible()
    assert agent.mapTo(form, agent.rect().topLeft()).y() > quien.fold.mapTo(form, quien.rect().topLeft()).y()
    desk.keys.press(Key.Key_Return)
    assert desk.keys.focus is agent.editor
    desk.keys.press(Key.Key_Return, times=2)
    assert desk.keys.focus is quien.fields["nombre_social"].editor
    quien.last.setFocus()
    desk.keys.press(Key.Key_Return)  # not to the button that shows the text to the person
    assert desk.keys.focus is form.que.tipo
    desk.keys.press(Key.Key_M, ALT)
    assert not agent.isVisible()


def test_namesakes_at_the_counter_are_told_apart_by_what_differs(desk: Stage) -> None:
    born = {"fecha_nacimiento": "1958-02-03", "comuna": "10401"}
    desk.office.file(persona=person("Rosa", **born))
    other = {"fecha_nacimiento": "1990-02-03", "comuna": "10401", "telefono": "987654321"}
    desk.office.file(persona=person("Rosa", "11.111.111-1", **other))
    desk.keys.write("rosa mi")
    desk.until(lambda: desk.page(Meson).results.rows)
    first, second = (row.detail for row in desk.page(Meson).results.rows if row.icon == "user")
    assert "· nació en 1990 · teléfono •321 ·" in first
    assert "· nació en 1958 · teléfono •234 ·" in second
    assert "Chaitén" not in first


# ---------------------------------------------------------------- answers


def test_a_text_that_only_gives_notice_is_not_handed_over_silently(desk: Stage) -> None:
    case = desk.office.file(persona=person("Rosa", telefono="987654321"), salida=Salida.PENDIENTE)
    desk.show_case(case)
    desk.keys.press(Key.Key_F6)
    desk.rest()
    panel = next(part for part in desk.window.findChildren(ActPanel) if part.isVisible())
    ready = next(one for one in bundled() if one.codigo == "retirar")
    panel._fill(ready)
    assert panel.medio.value() is Medio.TELEFONO
    panel.medio.choose(Medio.PRESENCIAL)
    assert "todavía no entrega" in panel.medio_field.note.text()
    panel.area.box.selectAll()
    desk.keys.write("Se le entregó.")
    assert panel.medio_field.note.text() == ""


def test_a_telephone_is_corrected_only_where_its_number_changes(desk: Stage) -> None:
    desk.show_case(desk.office.file(persona=person("Rosa", telefono="9 8765 4321")))
    desk.keys.press(Key.Key_C, ALT)
    desk.rest()
    panel = next(part for part in desk.window.findChildren(CorrectPanel) if part.isVisible())
    field = panel.fields()["telefono"]
    assert panel._value("telefono") == "9 8765 4321"
    field.editor.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]
    desk.keys.write("4321")
    desk.keys.press(Key.Key_Tab)
    assert "9 dígitos" in field.note.text()
    assert panel._value("telefono") == "4321"
