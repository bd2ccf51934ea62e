"""Undo instead of questions, roles in words, and how few keys the daily acts take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from oirs_core.domain.events import Anotacion, Cierre, Copia, Funcionario, Respuesta
from oirs_core.domain.kinds import Estado, Salida
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.case.undoing import TOO_LATE
from oirs_desktop.ui.lists.timeline import StoryCard
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.toast import UNDO_MS, Toast, ToastLine
from tests.support.keys import ALT, CTRL, SHIFT, Key
from tests.support.office import SERVIU
from tests.support.stage import Stage, open_case, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_case(qtbot, tmp_path, delivered=False) as opened:
        yield opened


def save(stage: Stage) -> None:
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()


def undo(stage: Stage) -> None:
    stage.keys.press(Key.Key_Z, ALT)
    stage.rest()


@pytest.mark.parametrize(
    ("key", "modifiers", "said"),
    [
        (Key.Key_F4, None, "Se guardó la nota."),
        (Key.Key_F6, None, "Se guardó la respuesta."),
        (Key.Key_E, ALT, "Se cerró el caso."),
    ],
)
def test_what_was_written_is_taken_back_by_one_key(
    stage: Stage, key: Qt.Key, modifiers: Qt.KeyboardModifier | None, said: str
) -> None:
    stage.keys.press(key, modifiers or Qt.KeyboardModifier.NoModifier)
    stage.keys.write("Me equivoqué de caso.")
    save(stage)
    assert stage.toasts[-1] == said
    undo(stage)
    case = stage.case()
    assert case.estado is Estado.INGRESADA
    assert len(case.annulled) == 1
    assert len(case.facts) == 3
    newest, struck, _ = stage.page(Caso).timeline.stories
    assert newest.title.startswith("Se deshizo: ")
    assert struck.note == "Lo deshizo Rosa Catrin, hoy a las 10:42"
    assert struck.h == b""


def test_a_derivation_and_a_reopening_are_taken_back_too(stage: Stage) -> None:
    stage.keys.press(Key.Key_F7)
    stage.keys.write("Junta de vecinos")
    stage.keys.press(Key.Key_Tab)
    save(stage)
    assert stage.case().estado is Estado.DERIVADA
    undo(stage)
    assert stage.case().estado is Estado.INGRESADA
    stage.office.desk.add(stage.case().id, Cierre("Desistió."))
    stage.window.go("caso", stage.case().id)
    stage.rest()
    stage.keys.press(Key.Key_R, ALT)
    stage.keys.write("Volvió.")
    save(stage)
    assert stage.case().estado is Estado.EN_TRAMITE
    undo(stage)
    assert stage.case().estado is Estado.CERRADA


def test_the_text_is_in_its_panel_again_after_an_undo(stage: Stage) -> None:
    stage.keys.press(Key.Key_F6)
    stage.keys.write("Venga el lunes.")
    save(stage)
    undo(stage)
    stage.keys.press(Key.Key_F6)
    panel = stage.page(Caso).panel
    assert panel is not None
    assert panel.fields()["texto"].text() == "Venga el lunes."  # type: ignore[attr-defined]


def test_an_undo_from_another_screen_names_the_case_before_and_after(stage: Stage) -> None:
    stage.keys.press(Key.Key_F4)
    stage.keys.write("Nota.")
    save(stage)
    case = stage.case()
    stage.keys.press(Key.Key_F3)
    stage.rest()
    button = stage.window.toasts.lines()[0].findChild(QPushButton)
    assert button is not None
    assert button.text() == "Deshacer (0001-Z)  Alt+Z"
    undo(stage)
    assert len(stage.kept(case.id).annulled) == 1
    assert stage.toasts[-1] == ("Se deshizo en el caso 0001-Z: nota interna. Queda en su historia, tachado.")


def test_on_the_case_of_another_person_the_key_takes_nothing_back_and_says_where_to(stage: Stage) -> None:
    other = stage.office.file("Pedro")
    stage.keys.press(Key.Key_F4)
    stage.keys.write("Nota.")
    save(stage)
    mine = stage.case()
    stage.show_case(other)
    undo(stage)
    assert (stage.kept(mine.id).annulled, stage.kept(other.id).annulled) == (frozenset(), frozenset())
    assert stage.toasts[-1] == TOO_LATE


def test_a_notice_leaves_no_blank_at_the_foot_and_plain_words_make_room(stage: Stage) -> None:
    stack = stage.window.toasts
    for text in ("uno", "dos " * 20):
        stage.window.say(Toast(text))
    assert [line.toast.text for line in stack.lines()] == ["dos " * 20]
    stage.keys.press(Key.Key_F6)  # its buttons reach the foot
    page = stage.window.stack
    stage.until(lambda: page.contentsRect().height() < page.height())
    foot = page.height() - page.contentsRect().height()
    assert foot > 0
    assert foot - stack.height() <= 8
    assert page.width() - stack.width() <= 8


def test_when_the_notice_has_gone_the_key_says_where_it_can_still_be_undone(stage: Stage) -> None:
    stage.keys.press(Key.Key_F4)
    stage.keys.write("Nota.")
    save(stage)
    stage.window.toasts.lines()[-1].leave()
    undo(stage)
    assert stage.toasts[-1] == TOO_LATE
    assert stage.case().annulled == frozenset()


def test_the_key_takes_back_the_last_of_two_acts_and_then_the_one_before(stage: Stage) -> None:
    for text in ("primera", "segunda"):
        stage.keys.press(Key.Key_F4)
        stage.keys.write(text)
        save(stage)
    undo(stage)
    left = [act.texto for act in stage.case().acts if isinstance(act, Anotacion)]
    assert left == ["primera"]
    undo(stage)
    assert not any(isinstance(act, Anotacion) for act in stage.case().acts)


def test_the_undo_stays_for_ten_seconds(stage: Stage) -> None:
    assert UNDO_MS == 10_000
    stage.keys.press(Key.Key_F4)
    stage.keys.write("Nota.")
    save(stage)
    lines = stage.window.toasts.findChildren(ToastLine)
    assert [line.toast.undo is not None for line in lines] == [True]


def test_later_an_own_act_is_taken_back_in_the_history_and_that_of_another_is_not(stage: Stage) -> None:
    entity = stage.case().id
    stage.office.desk.add(entity, Anotacion("Mía."))
    stage.office.desk.sign_in(Funcionario("juan", "Juan Soto"))
    stage.office.desk.add(entity, Anotacion("De Juan."))
    stage.office.desk.sign_in(Funcionario("rosa", "Rosa Catrin"))
    stage.window.go("caso", entity)
    stage.rest()
    offered = {story.text: bool(story.h) for story in stage.page(Caso).timeline.stories}
    assert (offered["Mía."], offered["De Juan."]) == (True, False)
    mine = next(story for story in stage.page(Caso).timeline.stories if story.text == "Mía.")
    stage.page(Caso).timeline.undone.emit(mine.h)
    stage.rest()
    assert [act.texto for act in stage.case().acts if isinstance(act, Anotacion)] == ["De Juan."]


def test_after_undoing_in_the_history_one_is_still_at_that_act_and_letters_are_not_given_twice(
    stage: Stage,
) -> None:
    for text in ("primera", "segunda"):
        stage.keys.press(Key.Key_F4)
        stage.keys.write(text)
        save(stage)
    buttons = [b for b in stage.screen.findChildren(KeyButton) if "eshacer" in b.text() and b.isVisible()]
    assert [b.shown_key for b in buttons] == ["Alt+D", ""]
    buttons[0].setFocus()
    stage.keys.press(Key.Key_Return)
    stage.rest()
    assert [act.texto for act in stage.case().acts if isinstance(act, Anotacion)] == ["primera"]
    focus = stage.keys.focus
    assert isinstance(focus, StoryCard)
    assert focus.story.text == "segunda"
    assert focus.story.struck


def test_only_the_jefatura_reopens_and_the_program_says_so_before_one_writes(stage: Stage) -> None:
    desk = stage.office.desk
    boss = Funcionario("ines", "Inés Vera", rol="supervisor")
    office = replace(
        desk.session.office,
        funcionarios=(*desk.session.office.funcionarios, boss),
        folio=desk.session.office.folio,
    )
    desk.session = replace(desk.session, office=office)
    desk.add(stage.case().id, Cierre("Desistió."))
    stage.window.go("caso", stage.case().id)
    stage.rest()
    button = stage.page(Caso).rail.buttons["reabrir"]
    assert button.isEnabled()
    stage.keys.press(Key.Key_R, ALT)
    assert stage.page(Caso).panel is None
    assert stage.toasts[-1] == "Eso lo hace la jefatura de la oficina. Pídale que lo haga con su nombre."
    desk.sign_in(boss)
    stage.keys.press(Key.Key_R, ALT)
    assert stage.page(Caso).panel is not None


# --- budgets of keys


def test_a_ready_answer_and_the_closing_take_3_keys_of_8(stage: Stage) -> None:
    stage.keys.press(Key.Key_F6)
    stage.keys.press(Key.Key_3, ALT)
    stage.keys.press(Key.Key_Return, CTRL | SHIFT)
    stage.rest()
    case = stage.case()
    assert stage.keys.count <= 8
    assert case.estado is Estado.CERRADA
    assert case.answer is not None
    assert case.answer.texto.startswith("Rosa Elena Millapán Hueque: la respuesta de su caso 8KB-")
    assert "subsidio de aislamiento" in case.answer.texto
    assert stage.toasts[-1] == "Se guardó la respuesta y se cerró el caso."
    undo(stage)
    assert stage.case().estado is Estado.INGRESADA
    assert len(stage.case().annulled) == 2


def test_another_ready_answer_takes_the_place_of_the_first_and_typed_words_stay(stage: Stage) -> None:
    stage.keys.press(Key.Key_F6)
    stage.keys.write("Hola.")
    stage.keys.press(Key.Key_1, ALT)
    stage.keys.press(Key.Key_3, ALT)
    save(stage)
    answer = stage.case().answer
    assert isinstance(answer, Respuesta)
    assert answer.texto.startswith("Hola.\nRosa Elena")
    assert "está lista" in answer.texto
    assert "explicamos" not in answer.texto


def test_a_destination_used_lately_takes_3_keys_of_10(stage: Stage) -> None:
    stage.office.file("Otra", ago=1000, salida=Salida.DERIVADA, destino=SERVIU)
    stage.window.go("caso", stage.case().id)
    stage.rest()
    before = stage.keys.count
    stage.keys.press(Key.Key_F7)
    stage.keys.press(Key.Key_1, ALT)
    save(stage)
    moved = stage.case().destination
    assert stage.keys.count - before <= 10
    assert moved is not None
    assert moved.destino == SERVIU


@pytest.mark.parametrize("where", ["nueva", "meson", "envio"])
def test_the_last_receipt_is_named_anywhere_and_copied_at_the_second_key(stage: Stage, where: str) -> None:
    case = stage.case()
    stage.window.go(where, None)
    stage.rest()
    before = stage.keys.count
    stage.keys.press(Key.Key_F9)
    stage.rest()
    assert stage.toasts[-1] == "F9 otra vez imprime la copia de 0001-Z, Rosa Elena Millapán Hueque."
    assert (stage.screen.name, stage.kept(case.id).copies) == (where, 0)
    stage.keys.press(Key.Key_F9)
    stage.until(lambda: stage.screen.name == "comprobante")
    stage.rest()
    assert stage.keys.count - before <= 2
    assert stage.kept(case.id).facts[-1].act == Copia(1)


def test_any_receipt_is_named_before_it_is_copied_and_takes_9_keys(stage: Stage) -> None:
    wanted = stage.case()
    stage.office.file("Otra")
    before = stage.keys.count
    stage.keys.press(Key.Key_F3)
    stage.keys.type(wanted.ingreso.folio[-5:])
    stage.until(lambda: stage.screen.paper_of() == wanted.id)
    stage.keys.press(Key.Key_F9)
    stage.rest()
    assert stage.toasts[-1] == "F9 otra vez imprime la copia de 0001-Z, Rosa Elena Millapán Hueque."
    assert stage.kept(wanted.id).copies == 0
    stage.keys.press(Key.Key_F9)
    stage.until(lambda: stage.screen.name == "comprobante")
    stage.rest()
    assert stage.keys.count - before <= 9
    copied = stage.office.store.case(wanted.id)
    assert copied is not None
    assert copied.copies == 1


def test_a_yes_for_one_line_is_none_for_the_line_below(stage: Stage) -> None:
    stage.office.file("Otra", ago=1000)
    stage.keys.press(Key.Key_F8)
    stage.until(stage.screen.paper_of)
    stage.keys.press(Key.Key_F9)
    stage.rest()
    stage.keys.press(Key.Key_Down)
    stage.keys.press(Key.Key_F9)
    stage.rest()
    assert {said.split(",")[0] for said in stage.toasts} == {
        "F9 otra vez imprime la copia de 0001-Z",
        "F9 otra vez imprime la copia de 0002-X",
    }
    assert stage.screen.name == "pendientes"


def test_a_counter_without_cases_says_that_there_is_nothing_to_copy(qtbot: QtBot, tmp_path: Path) -> None:
    with open_stage(qtbot, tmp_path) as empty:
        empty.raise_curtain()
        empty.keys.press(Key.Key_F9)
        empty.rest()
        assert empty.toasts == ["Todavía no hay comprobantes de este mesón."]
