from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Anotacion, Cierre, Copia, Derivacion, Respuesta
from oirs_core.domain.kinds import Estado, Medio
from oirs_core.domain.solicitud import Flag
from oirs_desktop.app import tell
from oirs_desktop.commands.attentions import read_list
from oirs_desktop.commands.import_day import Importer
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.paper.comprobante import Comprobante
from oirs_desktop.ui.parts.widgets import Banner, PlainLabel
from tests.desktop.test_import_day import ROW, sheet, write
from tests.support.keys import CTRL, Key
from tests.support.office import DAY
from tests.support.paper import read
from tests.support.stage import Stage, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QScrollBar
    from pytestqt.qtbot import QtBot


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_case(qtbot, tmp_path, ago=2 * DAY) as opened:
        yield opened


def titles(stage: Stage) -> list[str]:
    return [story.title for story in stage.page(Caso).timeline.stories]


def save(stage: Stage) -> None:
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()


def answer_of_the_centre(stage: Stage) -> None:
    case = stage.case()
    stage.office.centre.write(Respuesta("Llamen al lunes."), case.id, case.status_ref)
    stage.office.deliver()
    stage.window.refresh(frozenset({case.id}))
    stage.rest()


def test_the_head_says_who_what_and_how_long(stage: Stage) -> None:
    head = stage.page(Caso).head
    assert head.folio.text() == "8KB-0A2R-0001-Z"
    assert head.estado.words.text() == "Ingresada"
    assert head.about.text() == "Consulta: Subsidio de aislamiento"
    assert head.person.words.text() == "Rosa Elena Millapán Hueque  ·  RUN 12.345.678-5"
    assert head.term.words.text() == "Vence en 3 días hábiles, el martes 1 de diciembre"


def long_history(stage: Stage) -> QScrollBar:
    for number in range(12):
        stage.office.desk.add(stage.case().id, Anotacion(f"Nota {number}."))
    stage.show_case(stage.case())
    stage.qtbot.wait(80)
    return stage.screen.area.verticalScrollBar()


@pytest.mark.parametrize("on_a_button", [False, True])
def test_the_page_scrolls_by_keys_wherever_no_text_is_written(stage: Stage, on_a_button: bool) -> None:
    bar = long_history(stage)
    if on_a_button:
        stage.page(Caso).rail.buttons["responder"].setFocus()
        stage.qtbot.wait(80)
    bar.setValue(0)
    seen = [0]
    forth = (
        (Key.Key_Down, Key.Key_PageDown) if on_a_button else (Key.Key_Down, Key.Key_PageDown, Key.Key_Space)
    )
    for key in forth:
        stage.keys.press(key)
        seen.append(bar.value())
    assert seen == sorted(set(seen))
    stage.keys.press(Key.Key_End)
    assert bar.value() == bar.maximum()
    stage.keys.press(Key.Key_Up)
    stage.keys.press(Key.Key_PageUp)
    assert 0 < bar.value() < bar.maximum()
    stage.keys.press(Key.Key_Home)
    assert bar.value() == 0


def test_while_one_answers_the_folio_and_the_name_stay_in_sight(stage: Stage) -> None:
    bar = long_history(stage)
    page = stage.page(Caso)
    assert not page.whose.isVisible()
    stage.keys.press(Key.Key_F6)
    bar.setValue(bar.maximum())
    assert page.whose.isVisible()
    assert page.whose.accessibleName().startswith("8KB-0A2R-0001-Z  ·  Rosa Elena Millapán Hueque")
    stage.keys.press(Key.Key_Escape)
    assert not page.whose.isVisible()


def test_after_an_answer_the_head_says_again_what_the_case_is(stage: Stage) -> None:
    bar = long_history(stage)
    stage.keys.press(Key.Key_F6)
    stage.keys.write("Se le explicó.")
    stage.qtbot.wait(80)
    assert bar.value() > 0
    save(stage)
    stage.qtbot.wait(80)
    assert bar.value() == 0
    assert stage.page(Caso).head.estado.words.text() == "Respondida"


def test_the_date_explains_itself_with_each_day_that_does_not_count(stage: Stage) -> None:
    head = stage.page(Caso).head
    assert not head.reasons.isVisible()
    head.why.setFocus()
    stage.keys.press(Key.Key_Space)
    assert head.reasons.isVisible()
    assert "sábado 28 y domingo 29 de noviembre (fin de semana)" in head.reasons.text()


def test_an_answer_is_written_and_saved_by_keys(stage: Stage) -> None:
    stage.keys.press(Key.Key_F6)
    stage.keys.write("Su carpeta está en revisión; el resultado sale en diciembre.")
    stage.keys.press(Key.Key_Tab)
    stage.keys.press(Key.Key_Right)
    save(stage)
    answer = stage.case().answer
    assert answer == Respuesta(
        "Su carpeta está en revisión; el resultado sale en diciembre.", Medio.TELEFONO, "Rosa Catrin"
    )
    assert titles(stage)[0] == "Se respondió por teléfono"
    assert stage.page(Caso).head.estado.words.text() == "Respondida"
    assert stage.page(Caso).panel is None
    assert "Se guardó la respuesta." in stage.toasts
    assert stage.office.sync.woken == 1


def test_an_empty_answer_says_what_is_missing_and_saves_nothing(stage: Stage) -> None:
    stage.keys.press(Key.Key_F6)
    save(stage)
    panel = stage.page(Caso).panel
    assert panel is not None
    assert panel.area.problem == "Falta el texto."
    assert stage.case().answer is None


def test_what_cannot_be_printed_is_refused_and_stays_on_the_screen(stage: Stage) -> None:
    stage.keys.press(Key.Key_F4)
    stage.keys.paste("uno\u0007dos")
    save(stage)
    panel = stage.page(Caso).panel
    assert panel is not None
    assert "no se puede imprimir" in panel.area.problem
    assert panel.area.text() == "uno\u0007dos"


def test_escape_puts_a_panel_away_and_keeps_its_text(stage: Stage) -> None:
    stage.keys.press(Key.Key_F4)
    stage.keys.write("a medias")
    stage.keys.press(Key.Key_Escape)
    assert stage.page(Caso).panel is None
    stage.keys.press(Key.Key_F6)
    stage.keys.press(Key.Key_F4)
    panel = stage.page(Caso).panel
    assert panel is not None
    assert panel.area.text() == "a medias"


def test_leaving_for_another_screen_keeps_what_was_being_written(stage: Stage) -> None:
    entity = stage.page(Caso).entity
    other = stage.office.file("Otra")
    stage.keys.press(Key.Key_F4)
    stage.keys.write("a medias")
    stage.window.go("caso", other.id)
    stage.rest()
    stage.window.go("caso", entity)
    stage.rest()
    stage.keys.press(Key.Key_F4)
    panel = stage.page(Caso).panel
    assert panel is not None
    assert panel.area.text() == "a medias"


def test_saving_twice_at_once_makes_one_note(stage: Stage) -> None:
    stage.keys.press(Key.Key_F4)
    stage.keys.write("Llamé a la señora.")
    stage.keys.press(Key.Key_Return, CTRL, times=20)
    stage.rest()
    assert sum(isinstance(fact.act, Anotacion) for fact in stage.case().facts) == 1


def test_a_case_is_handed_to_a_body_of_the_catalogue_with_10_keys(stage: Stage) -> None:
    stage.keys.press(Key.Key_F7)
    stage.keys.type("indap")
    stage.keys.press(Key.Key_Return)
    stage.keys.write("Ellos llevan los bonos.")
    save(stage)
    moved = stage.case().destination
    assert isinstance(moved, Derivacion)
    assert moved.destino.clave != ""
    assert moved.motivo == "Ellos llevan los bonos."
    assert titles(stage)[0] == f"Se derivó al {moved.destino.nombre}"
    assert stage.keys.count <= 10


def test_a_body_outside_the_catalogue_is_kept_as_typed(stage: Stage) -> None:
    stage.keys.press(Key.Key_F7)
    stage.keys.write("Junta de vecinos N° 4")
    stage.keys.press(Key.Key_Tab)
    save(stage)
    moved = stage.case().destination
    assert moved is not None
    assert (moved.destino.nombre, moved.destino.clave) == ("Junta de vecinos N° 4", "")


def test_closing_or_reopening_is_offered_as_it_fits_and_the_rest_always(stage: Stage) -> None:
    def offered() -> set[str]:
        return {name for name, button in stage.page(Caso).rail.buttons.items() if button.isVisible()}

    always = {"responder", "derivar", "anotar", "adjuntar", "corregir", "reimprimir"}
    assert offered() == always | {"cerrar"}
    stage.page(Caso).rail.buttons["cerrar"].setFocus()
    stage.keys.press(Key.Key_Space)
    stage.keys.write("La persona desistió.")
    save(stage)
    assert stage.case().estado is Estado.CERRADA
    assert offered() == always | {"reabrir"}
    stage.keys.press(Key.Key_F6)
    assert stage.page(Caso).panel is None
    assert stage.toasts[-1] == "El caso está cerrado. Para responder, reábralo primero con Alt+R."
    assert stage.page(Caso).rail.buttons["responder"].accessibleDescription() == "F6. Ahora no se puede."
    assert stage.page(Caso).rail.buttons["anotar"].accessibleDescription() == "F4"


def test_a_copy_is_written_down_and_its_paper_kept(stage: Stage) -> None:
    case = stage.case()
    stage.keys.press(Key.Key_F9)
    stage.until(lambda: stage.screen.name == "comprobante")
    stage.rest()
    after = stage.office.store.case(case.id)
    assert after is not None
    assert after.facts[-1].act == Copia(1)
    assert isinstance(stage.screen, Comprobante)
    assert stage.screen.state.title.text() == "Copia 1. El comprobante quedó guardado en PDF."
    assert stage.screen.paper is not None
    assert stage.screen.paper.pdf is not None
    assert stage.screen.paper.pdf.exists()


def test_news_arrives_while_one_writes_and_the_text_stays(stage: Stage) -> None:
    stage.keys.press(Key.Key_F4)
    stage.keys.write("a medias")
    answer_of_the_centre(stage)
    panel = stage.page(Caso).panel
    assert panel is not None
    assert panel.area.text() == "a medias"
    assert titles(stage) == ["Se respondió en persona", "Se recibió en la oficina"]
    assert [story.delivered for story in stage.page(Caso).timeline.stories] == [True, True]


def test_two_answers_at_once_are_shown_as_a_warning_in_words(stage: Stage) -> None:
    stage.office.desk.add(stage.case().id, Respuesta("Venga el martes."))
    answer_of_the_centre(stage)
    assert stage.case().flags == {Flag.TWO_ANSWERS}
    banner = stage.page(Caso).alerts.itemAt(0).widget()
    assert isinstance(banner, Banner)
    assert banner.title.text() == "Hay dos respuestas para este caso"
    assert titles(stage).count("Se respondió en persona") == 2


def test_work_on_a_case_that_was_closed_meanwhile_is_kept_as_a_proposal(stage: Stage) -> None:
    case = stage.case()
    stage.office.desk.add(case.id, Cierre("Desistió."))
    stage.office.deliver()
    stage.office.centre.write(Respuesta("Llamen al lunes."), case.id, case.status_ref)
    stage.office.deliver()
    stage.window.refresh(frozenset({case.id}))
    stage.rest()
    assert stage.case().estado is Estado.CERRADA
    story = stage.page(Caso).timeline.stories[0]
    assert story.text == "Llamen al lunes."
    assert story.note == "Llegó después del cierre: queda como propuesta y no cambió el caso."
    assert not story.struck
    banner = stage.page(Caso).alerts.itemAt(0).widget()
    assert isinstance(banner, Banner)
    assert banner.title.text() == "Llegó un movimiento después del cierre"


def test_what_has_not_been_sent_and_a_doubtful_hour_are_said(stage: Stage) -> None:
    stage.office.desk.add(stage.case().id, Anotacion("Sin línea."))
    stage.window.refresh(frozenset({stage.case().id}))
    stage.rest()
    newest, first = stage.page(Caso).timeline.stories
    assert (newest.delivered, first.delivered) == (False, True)
    assert newest.warning == "Hora no confiable"
    assert newest.when == "Hoy a las 10:42"


def test_a_case_that_is_not_here_says_how_to_find_it(stage: Stage) -> None:
    stage.window.go("caso", b"x" * 16)
    stage.rest()
    assert stage.page(Caso).lost.isVisible()
    assert not stage.page(Caso).head.isVisible()


def test_a_word_without_spaces_does_not_push_the_page_apart(stage: Stage) -> None:
    case = stage.office.file("Ana", relato="a" * 20_000)
    stage.window.go("caso", case.id)
    stage.rest()
    assert stage.page(Caso).area.horizontalScrollBar().maximum() == 0


def test_a_saturday_in_the_field_shows_both_dates_on_screen_and_on_paper(
    stage: Stage, tmp_path: Path
) -> None:
    row = {
        **ROW,
        "fecha_hora_local": "2026-10-10T11:02:10",  # the Monday after it is a holiday
        "lugar": "gobierno_en_terreno:Caleta Buena",
    }
    rows = read_list(write(tmp_path, sheet(row)))
    (outcome,) = Importer(stage.office.counter, stage.office.store, tell).run(rows)
    (case,) = stage.office.store.by_folio(outcome.folio)
    stage.window.go("caso", case.id)
    stage.rest()
    shown = " ".join(label.text() for label in stage.page(Caso).head.findChildren(PlainLabel))
    assert "sábado 10 de octubre a las 11:02, fecha declarada" in shown
    assert "Para el plazo cuenta desde el martes 13 de octubre" in shown
    words = read((tmp_path / "papers" / outcome.comprobante).read_bytes()).words
    assert "10-10-2026" in words
    assert "martes 13-10-2026, primer día hábil" in words
