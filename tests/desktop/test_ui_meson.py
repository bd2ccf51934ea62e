"""The one box of the counter, by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.folio import Folio
from oirs_core.signature import PaperCode, SigningKey
from oirs_desktop.desk import receipt_facts
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.pages.meson import Meson
from tests.support.keys import Key
from tests.support.office import OFFICE

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud
    from tests.support.stage import Stage


def meson(desk: Stage) -> Meson:
    assert isinstance(desk.screen, Meson)
    return desk.screen


def titles(desk: Stage) -> list[str]:
    return [row.title for row in meson(desk).results.rows]


def look_up(desk: Stage, text: str) -> None:
    """Type and wait for the answer."""
    desk.keys.write(text)
    desk.qtbot.waitUntil(lambda: meson(desk)._shown_for == text.strip(), timeout=3_000)


def code(desk: Stage, case: Solicitud, key: SigningKey | None = None) -> str:
    return str(PaperCode.make(OFFICE.base, receipt_facts(case), key or desk.office.made.key))


def test_the_box_has_the_focus_and_an_empty_office_says_what_to_do(desk: Stage) -> None:
    assert desk.keys.focus is meson(desk).box
    assert meson(desk).nobody.isVisible()
    assert not meson(desk).recent.isVisible()


def test_results_come_in_two_groups_and_the_first_is_chosen(desk: Stage) -> None:
    case = desk.office.file("Rosa Elena")
    look_up(desk, "millapan")
    assert titles(desk)[0] == "Personas"
    assert titles(desk)[2] == "Casos"
    assert Folio(case.ingreso.folio).grouped in titles(desk)[3]
    chosen = meson(desk).results.chosen
    assert chosen is not None
    assert chosen.title == "Rosa Elena Millapán Hueque"
    assert "12.345" not in chosen.spoken


def test_at_most_seven_rows_are_shown(desk: Stage) -> None:
    for _ in range(9):
        desk.office.file("Rosa Elena")
    look_up(desk, "rosa")
    assert sum(not row.head for row in meson(desk).results.rows) == 7


def test_enter_on_a_person_begins_an_attention_with_their_data(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    look_up(desk, "rosa")
    desk.keys.press(Key.Key_Return)
    desk.wait_for("nueva")
    assert isinstance(desk.screen, Nueva)
    assert desk.screen.quien.persona().full_name == "Rosa Elena Millapán Hueque"
    assert desk.keys.focus is desk.screen.que.materia


def test_a_case_is_found_by_the_end_of_its_folio_in_seven_keys(desk: Stage) -> None:
    case = desk.office.file("Rosa Elena")
    desk.keys.count = 0
    desk.keys.type(case.ingreso.folio[-5:])
    desk.keys.press(Key.Key_Return)
    desk.wait_for("caso")
    assert desk.keys.count <= 7


@pytest.mark.parametrize(
    "typed",
    [
        "12.345.678-5",
        "123456785",
        "https://portal.sidiv.registrocivil.cl/docstatus?RUN=12345678-5&type=CEDULA&serial=1",
    ],
)
def test_enter_on_a_run_that_nobody_knows_begins_with_that_run(desk: Stage, typed: str) -> None:
    desk.keys.write(typed)
    desk.keys.press(Key.Key_Return)
    desk.wait_for("nueva")
    assert isinstance(desk.screen, Nueva)
    assert desk.screen.quien.number() == "12345678-5"
    assert desk.keys.focus is desk.screen.quien.fields["nombres"].editor


def test_a_wrong_run_is_explained_and_stays_in_the_box(desk: Stage) -> None:
    look_up(desk, "12.345.678-4")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert "dígito verificador" in meson(desk).hint.text()
    assert meson(desk).box.text() == "12.345.678-4"


def test_a_scanned_receipt_opens_its_case_and_is_called_genuine(desk: Stage) -> None:
    case = desk.office.file("Rosa Elena")
    desk.keys.write(code(desk, case))
    desk.keys.press(Key.Key_Return)
    desk.wait_for("caso")
    assert any("auténtico" in text for text in desk.toasts)


def test_a_receipt_with_a_changed_signature_is_called_altered(desk: Stage) -> None:
    first, second = desk.office.file("Rosa Elena"), desk.office.file("Juan")
    forged = code(desk, first).split("#")[0] + "#" + code(desk, second).split("#")[1]
    desk.keys.write(forged)
    desk.keys.press(Key.Key_Return)
    desk.wait_for("caso")
    assert any("alterado" in text for text in desk.toasts)


def test_a_receipt_of_a_counter_that_nobody_knows_is_not_called_genuine(desk: Stage) -> None:
    case = desk.office.file("Rosa Elena")
    desk.keys.write(code(desk, case, SigningKey(b"z" * 32)))
    desk.keys.press(Key.Key_Return)
    desk.wait_for("caso")
    assert any("No se pudo comprobar" in text for text in desk.toasts)


@pytest.mark.parametrize("typed", ['""', "rosa AND (", "<b>*</b>", "ñ' OR 1=1 --", "\u202eabc", "🙂🙂"])
def test_any_text_may_be_typed_into_the_box(desk: Stage, typed: str) -> None:
    desk.office.file("Rosa Elena")
    look_up(desk, typed)
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert desk.screen.name == "meson"
    assert meson(desk).hint.isVisible()


def test_the_last_attentions_stand_under_the_box(desk: Stage) -> None:
    for name in ("Ana", "Luz", "Eva", "Ida"):
        desk.office.file(name)
    desk.keys.press(Key.Key_F8)
    desk.keys.press(Key.Key_Escape)
    desk.wait_for("meson")
    shown = [row.title for row in meson(desk).recent.rows]
    assert [title.split("·")[1].split()[0] for title in shown] == ["Ida", "Eva", "Luz"]


def test_esc_empties_the_box_before_it_means_anything_else(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    look_up(desk, "rosa")
    desk.keys.press(Key.Key_Escape)
    assert meson(desk).box.text() == ""
    assert not meson(desk).found_card.isVisible()
