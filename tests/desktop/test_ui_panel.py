"""The panels of a case: what one needs is in sight, and nothing typed is lost, whatever key comes next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from oirs_desktop.store import DraftRow
from oirs_desktop.ui.case.acts import ActPanel
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.case.relato import FOLDED, Relato
from tests.support.keys import ALT, CTRL, Key
from tests.support.office import DAY, SERVIU
from tests.support.stage import Stage, open_case, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_case(qtbot, tmp_path) as opened:
        yield opened


def panel(stage: Stage) -> ActPanel:
    shown = stage.page(Caso).panel
    assert isinstance(shown, ActPanel)
    return shown


def scrolled(stage: Stage) -> int:
    return stage.page(Caso).area.verticalScrollBar().value()


@pytest.mark.parametrize("key", [Key.Key_F6, Key.Key_F7])
def test_what_the_person_asked_is_in_sight_while_one_answers_or_derives(stage: Stage, key: Key) -> None:
    stage.keys.press(key)
    asked = panel(stage).findChild(Relato)
    assert asked is not None
    assert asked.words.text() == stage.case().ingreso.relato
    assert not asked.more.isVisible()


def test_a_long_story_shows_its_beginning_and_all_of_it_by_key(stage: Stage) -> None:
    relato = "Llueve adentro desde mayo. " * 40
    long = stage.office.file("Ana", relato=relato)
    stage.show_case(long)
    stage.keys.press(Key.Key_F6)
    asked = panel(stage).findChild(Relato)
    assert asked is not None
    assert len(asked.words.text()) <= FOLDED + 2
    stage.keys.press(Key.Key_T, ALT)
    stage.until(lambda: asked.words.text() == relato.strip())
    assert panel(stage).area.box.hasFocus()


def test_after_the_help_the_page_and_the_cursor_are_where_they_were(stage: Stage) -> None:
    stage.window.resize(1000, 600)
    stage.keys.press(Key.Key_F6)
    stage.keys.write("Venga el lunes.")
    stage.keys.press(Key.Key_Tab)
    focused = stage.keys.focus
    stage.until(lambda: scrolled(stage) > 0)
    stage.qtbot.wait(60)
    before = scrolled(stage)
    stage.keys.press(Key.Key_F1)
    stage.wait_for("ayuda")
    stage.keys.press(Key.Key_Escape)
    stage.wait_for("caso")
    stage.qtbot.wait(60)
    assert (scrolled(stage), stage.keys.focus) == (before, focused)


def test_a_panel_put_away_with_words_in_it_says_how_they_come_back(stage: Stage) -> None:
    stage.keys.press(Key.Key_F7)
    stage.keys.write("Junta de vecinos")
    stage.keys.press(Key.Key_Escape)
    assert stage.page(Caso).panel is None
    assert stage.toasts == ["Lo escrito no se perdió: F7 lo trae de vuelta."]
    stage.keys.press(Key.Key_F7)
    assert panel(stage).destino.text() == "Junta de vecinos"


def test_a_panel_put_away_without_a_word_says_nothing(stage: Stage) -> None:
    stage.keys.press(Key.Key_F7)
    stage.keys.press(Key.Key_Escape)
    assert stage.page(Caso).panel is None
    assert stage.toasts == []


def begun(stage: Stage) -> list[str]:
    return [row.form for row in stage.office.store.drafts() if row.slot < 0]


def test_an_answer_half_written_is_there_when_the_program_ended_in_the_middle_of_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_case(qtbot, tmp_path) as stage:
        case = stage.case()
        stage.keys.press(Key.Key_F6)
        stage.keys.write("Venga el lunes con")
        stage.until(lambda: any("Venga el lunes con" in form for form in begun(stage)))
        assert stage.office.desk.day(date(2026, 11, 25)).drafts == 0  # no attention waits
    with open_stage(qtbot, tmp_path) as stage:
        stage.raise_curtain()
        stage.show_case(case)
        assert stage.toasts == ["Lo escrito no se perdió: F6 lo trae de vuelta."]
        stage.keys.press(Key.Key_F6)
        assert panel(stage).area.text() == "Venga el lunes con"
        stage.keys.press(Key.Key_Return, CTRL)
        stage.rest()
        assert stage.case().answer is not None
        assert begun(stage) == []


def test_what_was_begun_in_a_case_and_left_for_30_days_is_let_go(stage: Stage) -> None:
    shelf, now = stage.page(Caso).kit.shelf, stage.office.clock.now()
    old, new = (
        DraftRow(slot, "rosa", now - days * DAY, f"{slot} x\n{{}}") for slot, days in ((-1, 31), (-2, 29))
    )
    for row in (old, new):
        stage.office.store.save_draft(row)
    shelf._loaded([old, new])
    stage.rest()
    assert stage.office.store.drafts() == [new]


def test_one_tab_too_many_and_a_sentence_stays_a_sentence(stage: Stage) -> None:
    stage.office.file("Otra", ago=1000, salida="derivada", destino=SERVIU)
    stage.show_case(stage.case())
    stage.keys.press(Key.Key_F7)
    stage.keys.press(Key.Key_1, ALT)
    assert panel(stage).area.box.hasFocus()
    assert stage.window.ring.isVisible()
    stage.keys.press(Key.Key_Tab)
    assert panel(stage).save.hasFocus()
    stage.keys.write("Ellos llevan los bonos.")
    assert panel(stage).area.text() == "Ellos llevan los bonos."
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()
    moved = stage.case().destination
    assert moved is not None
    assert (moved.destino, moved.motivo) == (SERVIU, "Ellos llevan los bonos.")


def test_the_history_is_undone_by_the_key_on_its_button(stage: Stage) -> None:
    stage.keys.press(Key.Key_F4)
    stage.keys.write("Nota.")
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()
    stage.keys.press(Key.Key_D, ALT)
    stage.until(lambda: len(stage.case().annulled) == 1)


def test_every_button_in_sight_shows_its_key_or_underlines_a_letter(stage: Stage) -> None:
    for key in (Key.Key_F6, Key.Key_F7, Key.Key_F4):
        stage.keys.press(key)
        stage.keys.write("x")
        stage.rest()
        page = stage.page(Caso)
        mute = [
            button.text()
            for button in page.findChildren(QPushButton)
            if button.isVisible() and not getattr(button, "shown_key", "") and "&" not in button.text()
        ]
        assert mute == []
