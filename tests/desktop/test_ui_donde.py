"""Where and when: one line for here and now, unfolded for the field, the letter and the day before."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from oirs_core.domain.kinds import Kind, Lugar
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.parts.dates import parse_day, parse_hour
from tests.support.keys import CTRL, Key
from tests.support.office import DAY

if TYPE_CHECKING:
    from tests.support.stage import Stage

ALT = Qt.KeyboardModifier.AltModifier
TODAY = date(2026, 11, 26)


def form(desk: Stage) -> Nueva:
    assert isinstance(desk.screen, Nueva)
    return desk.screen


def unfold(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.press(Key.Key_L, ALT)


def put(desk: Stage, field: str, text: str) -> None:
    form(desk).donde.fields[field].editor.setFocus()
    desk.keys.write(text)
    desk.rest()


def register(desk: Stage) -> None:
    """Fill in the rest and press the button."""
    form(desk).quien.line.setFocus()
    desk.keys.write("12.345.678-5")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    form(desk).que.materia.setFocus()
    desk.keys.write("Agua")
    form(desk).que.relato.box.setFocus()
    desk.keys.write("Pregunta.")
    form(desk).termina.fields["respuesta"].editor.setFocus()
    desk.keys.write("Se responde.")
    desk.keys.press(Key.Key_Return, CTRL)
    desk.rest()


def test_here_and_now_is_one_folded_line(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.rest()
    assert form(desk).donde.line.accessibleName() == "Lugar y fecha: en la oficina, ahora."
    assert form(desk).donde.said.text() == "En la oficina, ahora"
    assert not form(desk).donde.isVisible()
    assert not form(desk).donde.legal.isVisible()


def test_the_field_needs_its_place_which_stays_for_the_next_person(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    unfold(desk)
    desk.keys.write("g")
    register(desk)
    assert form(desk).donde.fields["localidad"].problem
    put(desk, "localidad", "Villa Santa Lucía")
    desk.keys.press(Key.Key_Return, CTRL)
    desk.wait_for("comprobante")
    case = desk.office.store.case(desk.office.store.recent(1)[0].id)
    assert case is not None
    assert (case.ingreso.lugar, case.ingreso.localidad) == (Lugar.TERRENO, "Villa Santa Lucía")
    desk.keys.press(Key.Key_F2)
    desk.rest()
    assert form(desk).donde.said.text() == "En Gobierno en Terreno, Villa Santa Lucía, ahora"
    assert form(desk).is_blank


def test_an_attention_of_another_day_is_declared_with_its_hour(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    unfold(desk)
    put(desk, "dia", "24-11")
    put(desk, "hora", "9:15")
    assert form(desk).donde.said.text().endswith("el martes 24 de noviembre a las 09:15")
    assert "ingresado después" in form(desk).donde.note.words.text()
    register(desk)
    case = desk.office.store.case(desk.office.store.recent(1)[0].id)
    assert case is not None
    assert case.facts[0].declared == "2026-11-24T09:15:00-03:00"
    assert case.ingreso.fecha_legal == "2026-11-24"
    desk.keys.press(Key.Key_F2)
    desk.rest()
    assert form(desk).donde.declared() is None


def test_the_legal_day_is_shown_where_it_is_another(desk: Stage) -> None:
    unfold(desk)
    put(desk, "dia", "21/11/2026")
    put(desk, "hora", "11")
    assert "cuentan desde el lunes 23 de noviembre" in form(desk).donde.note.words.text()
    desk.keys.press(Key.Key_L, ALT)
    assert form(desk).donde.legal.isVisible()


def test_on_a_saturday_in_the_field_the_legal_day_is_seen_without_unfolding(desk: Stage) -> None:
    desk.office.clock.ms += 2 * DAY
    desk.keys.press(Key.Key_F2)
    desk.rest()
    assert "cuentan desde el lunes 30 de noviembre" in form(desk).donde.legal.words.text()
    assert form(desk).donde.legal.isVisible()


def test_the_promise_counts_from_the_declared_day(desk: Stage) -> None:
    desk_ = desk.office.desk
    then = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - local to the office, as typed
    now, before = desk_.preview(Kind.CONSULTA), desk_.preview(Kind.CONSULTA, then)
    assert now is not None
    assert before is not None
    assert (now.due - before.due).days == 6


@pytest.mark.parametrize(
    ("dia", "hora", "field"),
    [
        ("31-02", "10:00", "dia"),
        ("24-11", "", "hora"),
        ("24-11", "25:00", "hora"),
        ("27-11-2026", "8", "dia"),
    ],
)
def test_a_moment_that_cannot_be_is_told(desk: Stage, dia: str, hora: str, field: str) -> None:
    unfold(desk)
    put(desk, "dia", dia)
    put(desk, "hora", hora)
    assert [found is form(desk).donde.fields[field] for found, _ in form(desk).donde.problems()] == [True]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24-11-2026", date(2026, 11, 24)),
        ("24/11/26", date(2026, 11, 24)),
        ("24.11", date(2026, 11, 24)),
        ("27-11", date(2025, 11, 27)),
        ("14-3-93", date(1993, 3, 14)),
        ("24112026", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("29-2-2025", None),
        ("hoy", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("10:30", time(10, 30)),
        ("1030", time(10, 30)),
        ("930", time(9, 30)),
        ("9", time(9)),
        ("24", None),
        ("x", None),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hour: time | None) -> None:
    assert parse_hour(text) == hour
