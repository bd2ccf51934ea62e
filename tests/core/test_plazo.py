"""When an answer is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_core.domain.catalogue import Catalogue
from oirs_core.domain.errors import HolidaysUnknown
from oirs_core.domain.events import Oficina, Promesa
from oirs_core.domain.kinds import Kind
from oirs_core.domain.plazo import Plazo, count, legal_date, plazo_for
from oirs_core.resources import resource

TABLES = {path.stem: path.read_text(encoding="utf-8") for path in resource("catalogues").glob("*.csv")}
CATALOGUE = Catalogue.from_csv(TABLES)
CALENDAR = CATALOGUE.calendar
CALAMA, CHILLAN, SAN_CARLOS, RAPA_NUI, PUNTA_ARENAS = "02201", "16101", "16301", "05201", "12101"
OFICINA = Oficina("022", "8K", "DPP El Loa", "DPP", CALAMA, "America/Santiago", "https://oirs.example.cl")
ZONE = ZoneInfo(OFICINA.zona)
ACCESO = Kind.ACCESO_INFORMACION


def plazo(kind: Kind, start: date, oficina: Oficina = OFICINA, catalogue: Catalogue = CATALOGUE) -> Plazo:
    found = plazo_for(kind, start, oficina, catalogue)
    assert found is not None
    return found


def with_plazos(*rows: str) -> Catalogue:
    first = TABLES["plazos"].split("\n", 1)[0]
    return Catalogue.from_csv({**TABLES, "plazos": "\n".join((first, *rows))})


@pytest.mark.parametrize(
    ("start", "due"),
    [(date(2020, 11, 12), date(2020, 12, 11)), (date(2023, 7, 24), date(2023, 8, 22))],
    ids=["receipt of 2020", "receipt of 2023"],
)
def test_golden_dates_of_two_real_receipts(start: date, due: date) -> None:
    assert count(start, 20, CALAMA, CALENDAR)[0] == due
    assert plazo(ACCESO, start).due == due


def test_a_local_holiday_puts_off_the_date_in_its_comuna_only() -> None:
    start = date(2026, 8, 10)
    assert count(start, 10, CHILLAN, CALENDAR)[0] == date(2026, 8, 25)
    assert count(start, 10, SAN_CARLOS, CALENDAR)[0] == date(2026, 8, 24)


def test_each_day_left_out_is_told_with_its_reason() -> None:
    _due, skipped = count(date(2026, 9, 15), 3, CALAMA, CALENDAR)
    assert [(day.day, why) for day, why in skipped] == [
        (18, "Independencia Nacional"),
        (19, "sábado"),
        (20, "domingo"),
    ]


@given(st.dates(date(2020, 1, 1), date(2029, 6, 30)), st.integers(1, 60), st.sampled_from([CALAMA, CHILLAN]))
def test_every_day_of_a_count_is_either_counted_or_explained(start: date, days: int, comuna: str) -> None:
    due, skipped = count(start, days, comuna, CALENDAR)
    left_out = {day for day, _why in skipped}
    counted = [d for n in range((due - start).days) if (d := start + timedelta(n + 1)) not in left_out]
    assert len(counted) == days
    assert counted[-1] == due
    assert all(CALENDAR.reason(day, comuna) is None for day in counted)
    assert dict(skipped) == {day: CALENDAR.reason(day, comuna) for day in left_out}


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (datetime(2026, 10, 1, 9, 41, 56, tzinfo=ZONE), date(2026, 10, 1)),
        (datetime(2026, 10, 3, 11, 0, tzinfo=ZONE), date(2026, 10, 5)),
        (datetime(2026, 10, 10, 11, 0, tzinfo=ZONE), date(2026, 10, 13)),
        (datetime(2026, 9, 18, 0, 0, tzinfo=ZONE), date(2026, 9, 21)),
    ],
    ids=["Thursday", "Saturday", "Saturday before a holiday", "holiday before a weekend"],
)
def test_a_filing_on_a_day_off_counts_from_the_next_business_day(received: datetime, expected: date) -> None:
    assert legal_date(received, CALAMA, CALENDAR) == expected
    assert legal_date(received.replace(tzinfo=None), CALAMA, CALENDAR) == expected


def test_a_saturday_filing_is_counted_from_tuesday() -> None:
    start = legal_date(datetime(2026, 10, 3, 11, 0, tzinfo=ZONE), CALAMA, CALENDAR)
    assert count(start, 1, CALAMA, CALENDAR)[0] == date(2026, 10, 6)


@pytest.mark.parametrize(
    ("utc", "comuna", "expected"),
    [
        (datetime(2026, 6, 3, 3, 30, tzinfo=UTC), CALAMA, date(2026, 6, 2)),
        (datetime(2026, 6, 3, 3, 30, tzinfo=UTC), PUNTA_ARENAS, date(2026, 6, 3)),
        (datetime(2026, 1, 7, 3, 30, tzinfo=UTC), CALAMA, date(2026, 1, 7)),
        (datetime(2026, 6, 3, 5, 30, tzinfo=UTC), RAPA_NUI, date(2026, 6, 2)),
        # Santiago puts the clock back at midnight of 4 April 2026: 23:30 comes twice that Saturday.
        (datetime(2026, 4, 5, 2, 30, tzinfo=UTC), CALAMA, date(2026, 4, 6)),
        (datetime(2026, 4, 5, 3, 30, tzinfo=UTC), CALAMA, date(2026, 4, 6)),
    ],
)
def test_the_day_is_that_of_the_comuna(utc: datetime, comuna: str, expected: date) -> None:
    assert legal_date(utc, comuna, CALENDAR) == expected


def test_a_filing_is_taken_in_a_year_without_a_holiday_table() -> None:
    assert legal_date(datetime(2031, 1, 4, 10, 0, tzinfo=ZONE), CALAMA, CALENDAR) == date(2031, 1, 6)


def test_no_date_is_promised_beyond_the_known_holidays() -> None:
    assert plazo(ACCESO, date(2030, 11, 28)).due == date(2030, 12, 27)
    with pytest.raises(HolidaysUnknown) as why:
        count(date(2030, 12, 20), 20, CALAMA, CALENDAR)
    assert why.value.data == {"field": "feriados_cl", "value": 2031}
    assert plazo_for(ACCESO, date(2030, 12, 20), OFICINA, CATALOGUE) is None


def test_only_access_to_information_has_a_norm_that_somebody_read() -> None:
    start = date(2026, 11, 12)
    with_norm = {kind for kind in Kind if plazo_for(kind, start, OFICINA, CATALOGUE)}
    assert with_norm == {ACCESO}
    assert plazo(ACCESO, start).promesa() == Promesa("2026-12-11", 20, "dias_habiles", "Ley 20.285", "14")


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not ACCESO])
def test_another_kind_has_the_commitment_of_its_office_named_as_such(kind: Kind) -> None:
    office = replace(OFICINA, compromisos={kind.value: 10})
    found = plazo(kind, date(2026, 11, 12), office)
    assert found.commitment
    assert found.promesa() == Promesa("2026-11-26", 10, "dias_habiles")
    assert found.sentence.startswith("Compromiso de la oficina: jueves 26 de noviembre de 2026, ")
    assert "Ley" not in found.sentence
    assert found.explanation[0] == "Plazo: 10 días hábiles (compromiso de la oficina)."


def test_a_commitment_does_not_replace_the_law() -> None:
    office = replace(OFICINA, compromisos={"acceso_informacion": 40})
    assert plazo(ACCESO, date(2026, 11, 12), office).days == 20


@pytest.mark.parametrize("days", [0, -3])
def test_a_commitment_of_no_days_is_none(days: int) -> None:
    office = replace(OFICINA, compromisos={"consulta": days})
    assert plazo_for(Kind.CONSULTA, date(2026, 11, 12), office, CATALOGUE) is None


def test_a_term_verified_later_comes_with_the_table() -> None:
    reform = with_plazos("derechos_datos_personales (todos),30,dias_corridos,si,Ley 21.719,11,leído,si")
    found = plazo(Kind.DERECHOS_DATOS, date(2026, 12, 3), catalogue=reform)
    assert found.due == date(2027, 1, 4)
    assert found.skipped == ((date(2027, 1, 2), "sábado"), (date(2027, 1, 3), "domingo"))
    assert "El último día no es hábil y se corre:" in found.explanation


def test_months_run_from_date_to_date() -> None:
    reform = with_plazos("peticion,6,meses,no,Ley 19.880,27,leído,si")
    assert plazo(Kind.PETICION, date(2026, 8, 31), catalogue=reform).due == date(2027, 3, 1)
    assert plazo(Kind.PETICION, date(2026, 11, 12), catalogue=reform).due == date(2027, 5, 12)
    assert plazo(Kind.PETICION, date(2026, 11, 12), catalogue=reform).amount == "6 meses"


@pytest.mark.parametrize(
    "rows",
    [
        ("consulta,20,dias_habiles,no,Ley X,1,,no",),
        ("consulta,20,dias_habiles,no,Ley X,1,,",),
        ("consulta: otro hito,20,dias_habiles,no,Ley X,1,,si",),
        ("consulta,20,dias_habiles,no,,,,si",),
        ("consulta,20,dias_habiles,no,Ley X,,,si",),
        ("consulta,,dias_habiles,no,Ley X,1,,si",),
        ("consulta,24,horas,no,Ley X,1,,si",),
        ("consulta (a),20,dias_habiles,no,Ley X,1,,si", "consulta (b),2,dias_habiles,no,Ley X,2,,si"),
    ],
)
def test_a_row_that_is_not_verified_whole_and_alone_gives_no_date(rows: tuple[str, ...]) -> None:
    assert plazo_for(Kind.CONSULTA, date(2026, 11, 12), OFICINA, with_plazos(*rows)) is None


def test_the_sentence_says_date_term_and_norm() -> None:
    assert plazo(ACCESO, date(2026, 11, 12)).sentence == (
        "Vence el viernes 11 de diciembre de 2026: 20 días hábiles desde el 12 de noviembre "
        "(Ley 20.285, artículo 14)."
    )
    assert "desde el 24-12-2026 (" in plazo(ACCESO, date(2026, 12, 24)).sentence


def test_the_explanation_lists_every_day_that_was_left_out() -> None:
    office = replace(OFICINA, compromisos={"reclamo": 7})
    assert plazo(Kind.RECLAMO, date(2026, 10, 29), office).explanation == (
        "Plazo: 7 días hábiles (compromiso de la oficina).",
        "Regla de la cuenta: Ley 19.880, artículo 25.",
        "Fecha legal de ingreso: jueves 29 de octubre de 2026. Se cuenta desde el día siguiente.",
        "No se cuentan:",
        "• sábado 31 de octubre y domingo 1 de noviembre (fin de semana)",
        "• sábado 7 y domingo 8 de noviembre (fin de semana)",
        "Último día: lunes 9 de noviembre de 2026.",
    )
    christmas = plazo(ACCESO, date(2026, 12, 24)).explanation
    assert "• viernes 25 de diciembre (feriado: Navidad)" in christmas
    assert "• viernes 1 de enero (feriado: Año Nuevo)" in christmas


def test_one_day_is_said_in_the_singular_and_without_an_empty_list() -> None:
    office = replace(OFICINA, compromisos={"consulta": 1})
    found = plazo(Kind.CONSULTA, date(2026, 11, 11), office)
    assert found.amount == "1 día hábil"
    assert len(found.explanation) == 4


def test_the_paper_names_holidays_by_date_and_weekends_in_a_word() -> None:
    oficina = replace(OFICINA, compromisos={"consulta": 5})
    assert plazo(Kind.CONSULTA, date(2026, 12, 3), oficina).summary == (
        "Son 5 días hábiles, según el compromiso de esta oficina. Se cuentan desde el día siguiente al "
        "3 de diciembre. No cuentan sábados, domingos ni el 8 de diciembre (Inmaculada Concepción)."
    )
