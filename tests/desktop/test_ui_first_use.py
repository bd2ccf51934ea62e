"""What somebody who knows only the first page of the manual stumbled over, played by keys."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from oirs_core.domain.events import Copia
from oirs_core.domain.kinds import Salida
from oirs_core.domain.solicitud import Fact
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.pages.meson import Meson
from oirs_desktop.ui.parts.toast import Toast
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.stories import Place, told
from oirs_desktop.ui.texts.term import term
from tests.support.keys import Key
from tests.support.office import DAY

if TYPE_CHECKING:
    from tests.support.stage import Stage

PLACE = Place({"rosa": "Rosa Catrin"}, "America/Santiago", 1_795_700_520_000)


def test_the_history_tells_of_a_copy_only_what_is_known() -> None:
    story = told(Fact(b"h", Copia(2), PLACE.now, sure=True, user="rosa"), PLACE)
    assert story.title == "Se hizo la copia 2 del comprobante"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 26), "Tenía plazo hasta el jueves 3 de diciembre"),
        (date(2026, 12, 3), "Tenía plazo hasta hoy"),
        (date(2026, 12, 4), "Tenía plazo hasta ayer"),
    ],
)
def test_of_an_answered_case_a_date_to_come_is_not_told_as_past(desk: Stage, today: date, said: str) -> None:
    case = desk.office.file(salida=Salida.RESPONDIDA, respuesta="Se le explicó.")
    calendar = desk.office.desk.catalogue.calendar
    assert term(case, None, today, calendar).text == said


def covered(desk: Stage) -> list[str]:
    stack = desk.window.toasts
    assert stack.isVisible()
    buttons = [part for part in desk.screen.findChildren(QAbstractButton) if part.isVisible()]
    here = QRect(stack.mapToGlobal(QPoint(0, 0)), stack.size())
    places = [(part.text(), QRect(part.mapToGlobal(QPoint(0, 0)), part.size())) for part in buttons]
    foot = desk.window.stack.contentsRect().bottom()
    page = QRect(desk.window.stack.mapToGlobal(QPoint(0, 0)), desk.window.stack.size())
    page.setHeight(foot + 1)
    return [text for text, place in places if place.intersected(page).intersects(here)]


@pytest.mark.parametrize("height", [560, 700, 768])
def test_what_the_window_says_covers_no_button(desk: Stage, height: int) -> None:
    desk.window.resize(1366, height)
    case = desk.office.file(salida=Salida.RESPONDIDA, respuesta="Se le explicó.")
    desk.window.go("caso", case.id)
    desk.rest()
    desk.window.say(Toast("La respuesta quedó guardada.", tone="good"))
    QApplication.processEvents()
    assert covered(desk) == []
    desk.keys.press(Key.Key_F6)
    desk.qtbot.waitUntil(lambda: covered(desk) == [])
    desk.window.go("nueva")
    desk.window.say(Toast("Se vació el formulario.", lambda: None))
    QApplication.processEvents()
    assert covered(desk) == []


def test_what_was_said_of_one_case_leaves_with_it(desk: Stage) -> None:
    case, other = desk.office.file(), desk.office.file()
    desk.window.go("caso", case.id)
    desk.window.say(Toast("La respuesta quedó guardada.", tone="good"))
    desk.window.say(Toast("Se vació el formulario.", lambda: None))
    desk.window.go("caso", other.id)
    assert [line.toast.text for line in desk.window.toasts.lines()] == ["Se vació el formulario."]


def test_the_counter_is_one_click_or_one_key_away(desk: Stage) -> None:
    case, home = desk.office.file(), desk.window.header.home
    desk.keys.press(Key.Key_F3)
    desk.wait_for("busqueda")
    assert home.accessibleDescription() == "Alt+Inicio"
    desk.window.go("caso", case.id)
    assert home.accessibleDescription() == "Alt+Inicio"
    desk.keys.press(Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert desk.screen.name == "meson"
    desk.window.go("caso", case.id)
    QTest.mouseClick(home, Qt.MouseButton.LeftButton)
    assert desk.screen.name == "meson"


@pytest.mark.parametrize("before", [Key.Key_F8, Key.Key_F3])
def test_esc_leads_from_the_form_to_the_counter_as_it_says(desk: Stage, before: Key) -> None:
    desk.keys.press(before)
    desk.keys.press(Key.Key_F2)
    desk.wait_for("nueva")
    desk.keys.press(Key.Key_Escape)
    assert desk.screen.name == "meson"


def test_a_screen_is_entered_at_its_top_and_what_is_missing_is_seen_whole(desk: Stage) -> None:
    desk.window.resize(1366, 700)
    desk.keys.press(Key.Key_F2)
    desk.wait_for("nueva")
    bar = desk.screen.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    desk.keys.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert isinstance(desk.screen, Nueva)
    summary, view = desk.screen.summary, desk.screen.area.viewport()
    top = summary.mapTo(view, QPoint(0, 0)).y()
    assert 0 <= top < top + summary.height() <= view.height()
    bar.setValue(bar.maximum())
    desk.keys.press(Key.Key_F8)
    desk.keys.press(Key.Key_F2)
    assert bar.value() == 0


def form(desk: Stage) -> Nueva:
    assert isinstance(desk.screen, Nueva)
    return desk.screen


def test_words_that_no_table_knows_are_said_to_stay(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.wait_for("nueva")
    materia = form(desk).que.materia
    materia.setFocus()
    desk.keys.write("ovnis")
    assert [row.title for row in materia.list.rows] == ["No está en el catálogo: se guardará «ovnis»"]
    desk.keys.press(Key.Key_Return)
    assert (materia.text(), materia.value()) == ("ovnis", None)


def test_town_halls_of_the_province_are_offered_first_with_where_they_are(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.wait_for("nueva")
    line = form(desk).que.institucion
    line.setFocus()
    desk.keys.write("muni")
    assert line.list.rows[0].title == "Municipalidad de Chaitén"
    assert line.list.rows[0].aside == "Los Lagos"
    assert form(desk).que.fields["institucion"].note.text() == "De quién se trata."


@pytest.mark.parametrize(
    ("amount", "still_open", "said"),
    [(1, 0, "1 caso"), (1, 1, "1 caso en trámite"), (2, 1, "2 casos, 1 en trámite"), (3, 0, "3 casos")],
)
def test_cases_are_counted_in_words(amount: int, still_open: int, said: str) -> None:
    assert words.cases(amount, still_open) == said


def test_a_run_shows_the_person_and_under_her_the_case_that_is_still_open(desk: Stage) -> None:
    still_open = desk.office.file(ago=3 * DAY)
    for days in range(9):
        desk.office.file(ago=days * DAY // 24, salida=Salida.RESPONDIDA, respuesta="Se le explicó.")
    desk.keys.type("12345678-5")
    assert isinstance(desk.screen, Meson)
    results = desk.screen.results
    desk.qtbot.waitUntil(lambda: bool(results.rows))
    desk.rest()
    assert "10 casos, 1 en trámite" in results.rows[1].detail
    assert results.chosen == results.rows[1]
    desk.keys.press(Key.Key_Down)
    desk.keys.press(Key.Key_Return)
    desk.wait_for("caso")
    assert isinstance(desk.screen, Caso)
    assert desk.screen.entity == still_open.id
    desk.keys.press(Key.Key_Escape)
    desk.wait_for("meson")
    desk.keys.type("12345678-5")
    desk.qtbot.waitUntil(lambda: bool(results.rows))
    assert results.chosen == results.rows[1]
