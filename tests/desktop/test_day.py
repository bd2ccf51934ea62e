"""The day's close: counts, folios, gaps, copies, acts taken back, and where the log stood."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Anotacion, Anulacion, Cambio, Copia, Enmienda, Respuesta
from oirs_core.domain.folio import ALPHABET, Folio
from oirs_core.domain.kinds import Kind, Salida
from oirs_desktop.desk.day import Gap, Outcome, span
from tests.support.office import DAY, SERVIU, open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.office import Office

TODAY = date(2026, 11, 26)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = open_office(tmp_path)
    yield made
    made.store.close()


def skip_numbers(office: Office, numbers: int) -> None:
    """Raise the series as a store does that finds its own old numbers at the centre."""
    with office.store._write() as connection:
        connection.exec_driver_sql(f"UPDATE serie SET last = last + {numbers}")


def test_cases_are_counted_by_kind_and_by_how_they_stand(office: Office) -> None:
    office.file("Ana", salida=Salida.RESPONDIDA, respuesta="Sí.")
    office.file("Eva", salida=Salida.DERIVADA, destino=SERVIU)
    office.file("Luz", tipo=Kind.RECLAMO)
    office.file("Ayer", ago=DAY)
    day = office.desk.day(TODAY)
    assert day.table == {
        (Kind.CONSULTA, Outcome.RESPONDIDA): 1,
        (Kind.CONSULTA, Outcome.DERIVADA): 1,
        (Kind.RECLAMO, Outcome.PENDIENTE): 1,
    }
    assert [row.name.split()[0] for row in day.cases] == ["Ana", "Eva", "Luz"]
    assert [row.name.split()[0] for row in office.desk.day(TODAY - timedelta(days=1)).cases] == ["Ayer"]


def test_work_on_cases_of_other_days_is_counted_apart(office: Office) -> None:
    old = office.file("Ayer", ago=DAY)
    office.desk.add(old.id, Respuesta("Ya está."))
    new = office.file("Hoy")
    office.desk.add(new.id, Respuesta("Ya está."))
    office.desk.add(new.id, Enmienda((Cambio("telefono", "1"),)))
    office.desk.add(old.id, Enmienda((Cambio("telefono", "2"),)))
    office.desk.add(old.id, Enmienda((Cambio("telefono", "3"),)))
    day = office.desk.day(TODAY)
    assert day.later == {"respuestas": 1, "correcciones": 2}
    assert day.corrections == 1


def test_the_first_and_the_last_folio_frame_the_day(office: Office) -> None:
    first, _, last = (office.file(name) for name in ("Ana", "Eva", "Luz"))
    (series,) = office.desk.day(TODAY).series
    assert (series.first, series.last, series.count) == (first.ingreso.folio, last.ingreso.folio, 3)
    assert series.gaps == ()


def test_a_number_that_was_never_given_is_a_gap_and_says_so(office: Office) -> None:
    office.file("Ana")
    skip_numbers(office, 2)
    office.file("Eva")
    assert office.desk.day(TODAY).series[0].gaps == (Gap(2, 3),)


def test_a_number_of_another_day_explains_its_gap(office: Office) -> None:
    office.file("Ana")
    office.clock.ms -= 5 * DAY  # the clock was wrong for one attention
    strayed = office.file("Eva")
    office.clock.ms += 5 * DAY
    office.file("Luz")
    day = office.desk.day(TODAY)
    assert [row.name.split()[0] for row in day.cases] == ["Ana", "Luz"]
    assert day.series[0].gaps == (Gap(2, 2, strayed.opened_at),)


def test_a_gap_over_night_is_found_before_the_first_folio_of_the_day(office: Office) -> None:
    office.file("Ayer", ago=DAY)
    skip_numbers(office, 1)
    office.file("Hoy")
    assert office.desk.day(TODAY).series[0].gaps == (Gap(2, 2),)


def test_copies_and_acts_taken_back_are_listed_with_their_folio(office: Office) -> None:
    case = office.file("Ana")
    office.desk.add(case.id, Copia(1))
    note = office.desk.add(case.id, Anotacion("Llamó."))
    office.desk.add(case.id, Anulacion(note.hashes[0].hex()))
    day = office.desk.day(TODAY)
    assert [(one.folio, one.n) for one in day.copies] == [(case.ingreso.folio, 1)]
    assert [(one.folio, one.act, one.user) for one in day.undone] == [
        (case.ingreso.folio, "Anotacion", "rosa")
    ]


def test_what_is_still_to_be_sent_is_counted_for_the_day_and_for_all(office: Office) -> None:
    office.file("Ayer", ago=DAY)
    office.file("Hoy")
    day = office.desk.day(TODAY)
    assert (day.unsent, day.pending) == (1, 2)
    office.deliver()
    day = office.desk.day(TODAY)
    assert (day.unsent, day.pending) == (0, 0)


def test_the_head_of_the_log_is_that_of_the_end_of_the_day(office: Office) -> None:
    old = office.file("Ayer", ago=DAY)
    office.file("Hoy")
    yesterday, today = (office.desk.day(d).head for d in (TODAY - timedelta(days=1), TODAY))
    assert (yesterday.seq, today.seq) == (1, 2)
    assert yesterday.h == old.facts[0].h
    assert len(today.code) == 8
    assert set(today.code) <= set(ALPHABET)
    assert replace(today, h=b"\x01" + today.h[1:]).code != today.code


def test_cases_of_other_counters_do_not_enter_the_close(office: Office) -> None:
    case = office.file("Ana")
    office.deliver()
    office.centre.write(Respuesta("Del centro."), case.id, case.status_ref)
    office.deliver()
    day = office.desk.day(TODAY)
    assert day.later == {}
    assert len(day.cases) == 1


def test_a_quiet_day_is_told_apart(office: Office) -> None:
    day = office.desk.day(TODAY)
    assert day.quiet
    assert day.head.code == ""
    office.file("Ana")
    assert not office.desk.day(TODAY).quiet


def test_a_day_in_which_the_clock_changes_has_its_own_length() -> None:
    start, end = span(date(2026, 9, 6), "America/Santiago")  # summer time begins
    assert end - start == 23 * 3_600_000
    assert Folio.parse("8KB0A2R0001Z").number == 1


def test_recent_destinations_come_last_first_and_once(office: Office) -> None:
    indap = replace(SERVIU, nombre="INDAP")
    for place in (SERVIU, indap, SERVIU):
        office.file("Ana", salida=Salida.DERIVADA, destino=place)
    assert [one.nombre for one in office.desk.destinations()] == [SERVIU.nombre, "INDAP"]


def test_the_last_case_of_this_counter_is_known(office: Office) -> None:
    office.file("Ana")
    last = office.file("Eva")
    assert office.desk.own_last() == last.id
