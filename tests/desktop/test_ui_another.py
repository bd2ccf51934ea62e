"""Another document is another person: nothing of the one before stays, however their form got here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from oirs_core.domain.kinds import DocType
from oirs_core.domain.persona import Persona
from oirs_desktop.ui.form.drafting import draft_of
from oirs_desktop.ui.form.nueva import Nueva
from tests.support.keys import ALT, CTRL, SHIFT, Key
from tests.support.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_core.domain.events import Ingreso

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
KNOWN, NEW, OTHER = "12345678-5", "11111111-1", "22222222-2"
MINE = ("Elena", "Juan", "Catalán", "955551234", "juan@x.cl", "Casa 2", "Juanita", "Prefiero no")


def form(desk: Stage) -> Nueva:
    return desk.page(Nueva)


def press(desk: Stage, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.keys.press(key, modifiers)
    desk.rest()


def put(desk: Stage, field: str, text: str) -> None:
    form(desk).quien.set_text(field, text)


def attend(desk: Stage, run: str) -> None:
    """Type an attention of somebody known or new, with all that may be asked of them."""
    press(desk, Key.Key_F2)
    desk.keys.write(run)
    press(desk, Key.Key_Return)
    if run == NEW:
        put(desk, "nombres", "Juan")
        put(desk, "apellido_paterno", "Catalán")
        put(desk, "correo", "juan@x.cl")
        put(desk, "direccion", "Casa 2")
        put(desk, "nombre_social", "Juanita")
        form(desk).quien.put_comuna("10401")
        form(desk).quien.statistics.choices["genero"].setCurrentIndex(1)
    put(desk, "telefono", "955551234")
    form(desk).que.materia.setFocus()
    desk.keys.write("Mi materia")
    press(desk, Key.Key_Tab)


def typed(desk: Stage) -> None:
    desk.rest()


def resumed(desk: Stage) -> None:
    press(desk, Key.Key_F5)
    press(desk, Key.Key_F5)


def zoomed(desk: Stage) -> None:
    press(desk, Key.Key_Plus, CTRL)
    desk.wait_for("nueva")


def restarted(desk: Stage) -> None:
    """Begin the program anew on what lies on the disk."""
    form(desk)._keep()
    desk.rest()
    desk.window.close()
    again = Stage(desk.qtbot, desk.office)
    desk.window, desk.tasks, desk.keys = again.window, again.tasks, again.keys
    desk.qtbot.addWidget(desk.window)
    desk.raise_curtain()
    press(desk, Key.Key_F5)
    desk.wait_for("nueva")


def to_document(desk: Stage, kind: DocType) -> None:
    form(desk).quien.docs.setFocus()
    while form(desk).quien.doc_tipo is not kind:
        press(desk, Key.Key_Right)


def to_number(desk: Stage) -> None:
    line = form(desk).quien.line
    line.setFocus()
    line.selectAll()
    desk.keys.write(OTHER)
    desk.rest()


def what_would_be_filed(desk: Stage) -> str:
    draft = draft_of(form(desk))
    return f"{draft.persona} {draft.materia} {draft.relato} {form(desk).quien.state()}"


ARRIVALS = (typed, resumed, zoomed, restarted)


@pytest.mark.parametrize("run", [KNOWN, NEW])
@pytest.mark.parametrize("arrive", ARRIVALS)
def test_nothing_of_the_person_before_stays_under_another_document(
    desk: Stage, arrive: Callable[[Stage], None], run: str
) -> None:
    desk.office.file("Rosa Elena")
    attend(desk, run)
    arrive(desk)
    name = form(desk).quien.name_typed
    assert "955551234" in what_would_be_filed(desk)
    for kind in DocType:
        if kind is DocType.RUN:
            to_number(desk)
        else:
            to_document(desk, kind)
        found = what_would_be_filed(desk)
        assert not [text for text in (*MINE, "Mi materia", "Rosa") if text in found], found
        assert desk.toasts[-1].startswith("Quedó en espera la atención de ")
        press(desk, Key.Key_Z, ALT)
        assert form(desk).quien.name_typed == name
        assert "955551234" in what_would_be_filed(desk)
        assert form(desk).shelf.waiting == []


def test_somebody_anonymous_after_a_form_taken_up_again_is_filed_with_nothing_of_it(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    attend(desk, KNOWN)
    resumed(desk)
    press(desk, Key.Key_F2)
    press(desk, Key.Key_Tab, SHIFT)
    desk.keys.press(Key.Key_Right, times=4)
    desk.rest()
    assert form(desk).quien.doc_tipo is DocType.ANONIMO
    form(desk).que.materia.setText("Calle a oscuras")
    form(desk).que.relato.box.set_text("Tres postes.")
    form(desk).termina.fields["respuesta"].box.set_text("Se avisará.")  # type: ignore[attr-defined]
    press(desk, Key.Key_Return, CTRL)
    desk.wait_for("comprobante")
    ingreso: Ingreso = desk.kept(desk.office.store.recent(1)[0].id).ingreso
    assert ingreso.persona == Persona()
    assert ingreso.materia.texto == "Calle a oscuras"


def test_with_five_waiting_document_and_person_stay_together(desk: Stage) -> None:
    for number in range(5):
        press(desk, Key.Key_F2)
        desk.keys.write(f"X{number}")
        form(desk).que.relato.box.setFocus()
        desk.keys.write("Espera")
        press(desk, Key.Key_F5)
    attend(desk, NEW)
    form(desk).quien.docs.setFocus()
    press(desk, Key.Key_Right)
    assert form(desk).quien.doc_tipo is DocType.RUN
    assert form(desk).quien.name_typed == "Juan Catalán"
    to_number(desk)
    assert form(desk).quien.number() == NEW


def test_a_number_alone_is_not_shown_to_the_next_person(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    press(desk, Key.Key_F2)
    desk.keys.write(KNOWN)
    press(desk, Key.Key_Return)
    press(desk, Key.Key_F8)
    press(desk, Key.Key_F2)
    desk.until(lambda: form(desk).is_blank)
    assert not form(desk).parked.isVisible()
    assert "Rosa" not in "".join(desk.toasts)
    press(desk, Key.Key_Z, ALT)
    assert form(desk).quien.number() == KNOWN


def test_a_number_mended_before_anything_was_told_lets_nobody_wait(desk: Stage) -> None:
    press(desk, Key.Key_F2)
    desk.keys.write("11111111-1")
    desk.rest()
    form(desk).quien.line.selectAll()
    desk.keys.write(OTHER)
    press(desk, Key.Key_Return)
    assert form(desk).quien.number() == OTHER
    assert form(desk).shelf.waiting == []


def test_enter_and_tab_after_the_end_come_to_register_and_last_to_empty(desk: Stage) -> None:
    attend(desk, NEW)
    press(desk, Key.Key_3, ALT)
    press(desk, Key.Key_Right)
    press(desk, Key.Key_Return)
    assert desk.keys.focus is form(desk).register
    press(desk, Key.Key_Tab)
    assert desk.keys.focus is form(desk).foot.wait
    press(desk, Key.Key_Tab)
    assert desk.keys.focus is form(desk).empty


def test_what_was_emptied_waits(desk: Stage) -> None:
    attend(desk, NEW)
    form(desk).empty.click()
    desk.rest()
    assert form(desk).quien.name_typed == " "
    assert [row.form for row in form(desk).shelf.waiting]
    desk.window.toasts.clear()
    press(desk, Key.Key_R, ALT)
    assert form(desk).quien.name_typed == "Juan Catalán"


def test_nothing_speaks_of_an_attention_that_was_put_to_wait(desk: Stage) -> None:
    attend(desk, NEW)
    press(desk, Key.Key_F8)
    press(desk, Key.Key_F2)
    desk.until(lambda: any(text.startswith("Sigue la atención") for text in desk.toasts))
    press(desk, Key.Key_F5)
    assert not [line for line in desk.window.toasts.lines() if "Sigue" in line.toast.text]


def test_the_run_of_somebody_who_waits_takes_up_what_was_begun(desk: Stage) -> None:
    attend(desk, NEW)
    press(desk, Key.Key_F5)
    attend(desk, OTHER)
    put(desk, "nombres", "Ana")
    press(desk, Key.Key_F5)
    press(desk, Key.Key_F2)
    desk.keys.write(NEW)
    desk.rest()
    assert form(desk).parked.title.text() == "Otra en espera: Juan Catalán."
    press(desk, Key.Key_Return)
    assert form(desk).quien.name_typed == "Juan Catalán"
    assert form(desk).que.materia.text() == "Mi materia"
    assert len(form(desk).shelf.waiting) == 1


def test_the_run_that_is_in_hand_typed_again_goes_on_with_it(desk: Stage) -> None:
    attend(desk, NEW)
    press(desk, Key.Key_F8)
    press(desk, Key.Key_F2)
    desk.keys.write(NEW)
    press(desk, Key.Key_Return)
    assert form(desk).que.materia.text() == "Mi materia"
    assert form(desk).shelf.waiting == []


def known_under_another_name(desk: Stage) -> None:
    """Take up a form of Pedro whose RUN was registered for Rosa Elena meanwhile."""
    press(desk, Key.Key_F2)
    desk.keys.write(KNOWN)
    press(desk, Key.Key_Return)
    put(desk, "nombres", "Pedro")
    put(desk, "apellido_paterno", "Ule")
    form(desk).que.materia.setText("Calle a oscuras")
    form(desk).que.relato.box.set_text("Tres postes.")
    form(desk).termina.fields["respuesta"].box.set_text("Se avisará.")  # type: ignore[attr-defined]
    press(desk, Key.Key_F5)
    desk.office.file("Rosa Elena")
    press(desk, Key.Key_F5)


def test_somebody_known_is_not_renamed_by_a_form_that_waited_before_one_was_asked(desk: Stage) -> None:
    known_under_another_name(desk)
    cases = len(desk.office.store.recent(9))
    press(desk, Key.Key_Return, CTRL)
    assert len(desk.office.store.recent(9)) == cases
    assert "Rosa Elena" in form(desk).quien.fields["nombres"].problem
    assert desk.keys.focus is form(desk).quien.fields["nombres"].editor
    press(desk, Key.Key_Return, CTRL)
    desk.wait_for("comprobante")
    assert len(desk.office.store.recent(9)) == cases + 1


def test_the_name_of_the_person_known_is_registered_with_no_question(desk: Stage) -> None:
    known_under_another_name(desk)
    put(desk, "nombres", "ROSA")
    put(desk, "apellido_paterno", form(desk).quien._base.apellido_paterno)
    press(desk, Key.Key_Return, CTRL)
    desk.wait_for("comprobante")


def test_the_focus_comes_back_to_the_document_that_is_chosen(desk: Stage) -> None:
    attend(desk, NEW)
    to_document(desk, DocType.PASAPORTE)
    resumed(desk)
    press(desk, Key.Key_1, ALT)
    press(desk, Key.Key_Tab, SHIFT)
    assert form(desk).quien.doc_tipo is DocType.RUN
    assert desk.keys.focus.text() == "RUN"  # type: ignore[attr-defined]
