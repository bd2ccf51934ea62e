from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Materia
from oirs_core.signature import PaperCode
from oirs_desktop.desk import receipt_facts
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.pages.busqueda import Busqueda
from oirs_desktop.ui.texts.lines import Line
from tests.support.keys import Key
from tests.support.office import DAY, OFFICE, person
from tests.support.stage import Stage, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_stage(qtbot, tmp_path) as opened:
        opened.office.file("Ángel", ago=3 * DAY, persona=person("Ángel", "9.876.543-3"))
        opened.office.file("José", ago=DAY, materia=Materia("Camino cortado"))
        opened.office.file("Rosa Elena")
        opened.raise_curtain()
        opened.keys.press(Key.Key_F3)
        opened.until(lambda: isinstance(opened.screen, Busqueda))
        yield opened


def busqueda(stage: Stage) -> Busqueda:
    assert isinstance(stage.screen, Busqueda)
    return stage.screen


def type_and_wait(stage: Stage, text: str) -> list[Line]:
    stage.keys.write(text)
    screen = busqueda(stage)
    stage.until(lambda: screen.results.text == text.strip() and stage.tasks.idle)
    return [item for item in screen.list.items if isinstance(item, Line)]


def opened_case(stage: Stage) -> Caso:
    stage.until(lambda: isinstance(stage.screen, Caso))
    stage.rest()
    assert isinstance(stage.screen, Caso)
    return stage.screen


def test_a_case_is_found_by_the_end_of_its_folio_with_at_most_7_keys(stage: Stage) -> None:
    case = stage.office.store.recent(1)[0]
    stage.keys.type(case.folio[-5:])
    stage.keys.press(Key.Key_Return)
    assert opened_case(stage).entity == case.id
    assert stage.keys.count <= 7


def test_enter_waits_for_the_result_of_what_was_typed(stage: Stage) -> None:
    type_and_wait(stage, "Rosa")
    busqueda(stage).box.selectAll()
    stage.keys.write("camino")
    stage.keys.press(Key.Key_Return)
    screen = opened_case(stage)
    assert screen.view is not None
    assert screen.view.case.ingreso.persona.nombres == "José"


def test_enter_does_not_choose_among_several_results_that_nobody_has_seen(stage: Stage) -> None:
    stage.keys.write("millapan")
    stage.keys.press(Key.Key_Return)
    stage.until(lambda: len(busqueda(stage).list.items) == 3)
    assert isinstance(stage.screen, Busqueda)


def test_names_are_found_without_accents_and_the_newest_comes_first(stage: Stage) -> None:
    assert [line.name.split()[0] for line in type_and_wait(stage, "millapan")] == ["Rosa", "José", "Ángel"]


def test_arrow_down_and_enter_open_the_second_result(stage: Stage) -> None:
    lines = type_and_wait(stage, "millapan")
    stage.keys.press(Key.Key_Down)
    stage.keys.press(Key.Key_Return)
    assert opened_case(stage).entity == lines[1].id


def test_a_run_finds_its_cases_and_is_not_readable_in_the_list(stage: Stage) -> None:
    lines = type_and_wait(stage, "9876543-3")
    assert [line.name.split()[0] for line in lines] == ["Ángel"]
    assert lines[0].doc == "•.•••.543-3"
    assert "9.876" not in lines[0].spoken


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("9.876.543-4", "El RUN no calza con su dígito verificador."),
        ("10.000.013-K", "Esa persona no tiene casos en este equipo."),
        ("0999Z", "No encontramos ese folio en este equipo."),
        ("zzzz", "No encontramos casos con esas palabras."),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(stage: Stage, typed: str, title: str) -> None:
    assert type_and_wait(stage, typed) == []
    screen = busqueda(stage)
    assert screen.empty.title.text() == title
    assert screen.empty.advice.text() != ""
    assert screen.empty.isVisible()


def test_before_anything_is_typed_it_says_what_may_be_typed(stage: Stage) -> None:
    assert busqueda(stage).empty.title.text().startswith("Escriba un folio")


def test_no_text_troubles_the_search(stage: Stage) -> None:
    for typed in ('" OR *', "<b>hola</b>", "=1+1", "(NEAR", "\u202eamor", "ñandú 🙂", "e\u0301a"):
        busqueda(stage).box.selectAll()
        type_and_wait(stage, typed)
    assert stage.toasts == []


def test_the_last_search_is_there_again_and_selected(stage: Stage) -> None:
    type_and_wait(stage, "camino")
    stage.keys.press(Key.Key_Return)
    opened_case(stage)
    stage.keys.press(Key.Key_Escape)
    stage.until(lambda: isinstance(stage.screen, Busqueda))
    assert busqueda(stage).box.selectedText() == "camino"


def test_the_code_of_a_receipt_is_judged_where_it_is_pasted_and_an_altered_one_is_told(stage: Stage) -> None:
    office = stage.office
    office.deliver()
    case = office.store.case(office.store.recent(1)[0].id)
    assert case is not None
    facts = receipt_facts(case)
    paper = str(PaperCode.make(OFFICE.base, facts, office.made.key))
    altered = str(PaperCode.make(OFFICE.base, replace(facts, fecha_legal="2026-01-02"), office.made.key))
    for code, title in ((paper, "Comprobante auténtico."), (altered, "Comprobante alterado.")):
        busqueda(stage).box.selectAll()
        # Pasted: the same keys at machine speed are a scan, which opens the case (test_ui_scanner).
        stage.keys.paste(code)
        screen = busqueda(stage)
        stage.until(lambda: screen.results.text == code and stage.tasks.idle)  # noqa: B023 - waited for here
        assert len([item for item in screen.list.items if isinstance(item, Line)]) == 1
        assert busqueda(stage).paper.title.text() == title
    busqueda(stage).box.selectAll()
    type_and_wait(stage, "millapan")
    assert not busqueda(stage).paper.isVisible()


def test_every_question_and_every_return_begins_at_the_newest_case(stage: Stage) -> None:
    rows = type_and_wait(stage, "camino")
    older = rows[0].id
    stage.keys.press(Key.Key_Return)
    assert opened_case(stage).entity == older
    stage.keys.press(Key.Key_F3)
    rows = type_and_wait(stage, "12345678-5")
    assert [row.id for row in rows][1] == older
    assert busqueda(stage).list.chosen == rows[0]
    stage.keys.press(Key.Key_Down)
    stage.keys.press(Key.Key_Return)
    assert opened_case(stage).entity == older
    stage.keys.press(Key.Key_Escape)
    stage.until(lambda: isinstance(stage.screen, Busqueda))
    stage.rest()
    assert busqueda(stage).list.chosen == rows[0]
