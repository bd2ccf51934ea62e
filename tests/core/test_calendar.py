"""Which days count, and where."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from oirs_core.domain.calendar import Calendar
from oirs_core.domain.catalogue import Catalogue
from oirs_core.domain.errors import ValueUnknown

CATALOGUE = Catalogue.seed()
CALENDAR = CATALOGUE.calendar
SANTIAGO, CALAMA, ANCUD, PUNTA_ARENAS, COYHAIQUE = "13101", "02201", "10202", "12101", "11101"
RAPA_NUI, JUAN_FERNANDEZ, ANTARTICA, PALENA, CHILLAN = "05201", "05104", "12202", "10404", "16101"

HEADER = "fecha,nombre,regiones,provincias,comunas,ambito,tipo,irrenunciable,estado,nueva"
COMUNAS = """codigo,nombre,provincia,region
10201,Castro,102,10
10101,Puerto Montt,101,10
12101,Punta Arenas,121,12"""


def calendar(*rows: str) -> Calendar:
    return Calendar.from_csv("\n".join((HEADER, *rows)), COMUNAS)


def with_holiday(day: date) -> set[str]:
    return {code for code in CATALOGUE.comunas if CALENDAR.holiday(day, code)}


@pytest.mark.parametrize("year", range(2020, 2031))
def test_20_august_is_a_holiday_in_chillan_and_chillan_viejo_and_nowhere_else(year: int) -> None:
    assert with_holiday(date(year, 8, 20)) == {"16101", "16106"}


def test_20_august_2026_is_a_working_day_in_san_carlos() -> None:
    assert CALENDAR.reason(date(2026, 8, 20), "16301") is None
    assert CALENDAR.reason(date(2026, 8, 20), CHILLAN) == "Nacimiento del Prócer de la Independencia"


def test_21_september_2024_holds_in_magallanes_and_chiloe() -> None:
    expected = {c.codigo for c in CATALOGUE.comunas.values() if c.region == "12" or c.provincia == "102"}
    assert with_holiday(date(2024, 9, 21)) == expected
    assert {PUNTA_ARENAS, ANTARTICA, ANCUD} < expected
    assert PALENA not in expected


def test_7_june_holds_in_arica_only() -> None:
    assert {CATALOGUE.comunas[code].region for code in with_holiday(date(2027, 6, 7))} == {"15"}


def test_a_national_holiday_holds_everywhere() -> None:
    assert with_holiday(date(2026, 9, 18)) == set(CATALOGUE.comunas)


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 12, 31), date(2020, 12, 31)])
def test_a_bank_holiday_is_a_working_day(day: date) -> None:
    assert CALENDAR.reason(day, SANTIAGO) is None


def test_an_election_is_no_reason_of_its_own() -> None:
    assert CALENDAR.holiday(date(2021, 5, 15), SANTIAGO) is None
    assert CALENDAR.reason(date(2021, 5, 15), SANTIAGO) == "sábado"


def test_weekends_are_known_for_ever_and_holidays_for_eleven_years() -> None:
    assert CALENDAR.reason(date(2045, 1, 1), SANTIAGO) == "domingo"
    assert [year for year in range(2010, 2040) if CALENDAR.covers(date(year, 7, 1))] == list(
        range(2020, 2031)
    )


def test_the_three_lists_of_a_row_are_united() -> None:
    days = calendar("2026-03-02,Fiesta,12,101,10201,regional,civil,no,vigente,x")
    assert all(days.holiday(date(2026, 3, 2), code) == "Fiesta" for code in ("12101", "10101", "10201"))


def test_a_region_beside_one_of_its_comunas_only_says_where_it_lies() -> None:
    days = calendar("2026-03-02,Fiesta,10,,10201,comunal,civil,no,vigente,x")
    assert days.holiday(date(2026, 3, 2), "10201") == "Fiesta"
    assert days.holiday(date(2026, 3, 2), "10101") is None


def test_a_holiday_that_is_not_yet_law_puts_nothing_off() -> None:
    days = calendar(
        "2026-03-02,Anunciado,,,,nacional,civil,no,previsto,x",
        "2026-03-03,Dudoso,,,,nacional,civil,no,por_confirmar,x",
    )
    assert days.reason(date(2026, 3, 2), "10101") is None
    assert days.reason(date(2026, 3, 3), "10101") is None


def test_a_year_with_regional_rows_only_is_not_known() -> None:
    days = calendar("2031-06-09,Fiesta,12,,,regional,civil,no,vigente,x")
    assert not days.covers(date(2031, 6, 9))


@pytest.mark.parametrize(
    "row",
    [
        "2026-02-30,Fiesta,,,,nacional,civil,no,vigente,x",
        "mañana,Fiesta,,,,nacional,civil,no,vigente,x",
        "2026-03-02,Fiesta,9,,,regional,civil,no,vigente,x",
        "2026-03-02,Fiesta,,999,,regional,civil,no,vigente,x",
        "2026-03-02,Fiesta,,,00000,comunal,civil,no,vigente,x",
        "2026-03-02,Fiesta",
    ],
)
def test_a_row_that_would_hold_nowhere_or_never_is_refused(row: str) -> None:
    with pytest.raises(ValueUnknown) as why:
        calendar(row)
    assert why.value.data["field"] == "feriados_cl"


def test_a_table_without_a_needed_column_is_refused() -> None:
    with pytest.raises(ValueUnknown) as why:
        Calendar.from_csv("fecha,nombre\n", COMUNAS)
    assert why.value.data == {"field": "feriados_cl", "value": "tipo"}


@pytest.mark.parametrize(
    ("comuna", "zone"),
    [
        (SANTIAGO, "America/Santiago"),
        (PALENA, "America/Santiago"),
        (JUAN_FERNANDEZ, "America/Santiago"),
        (COYHAIQUE, "America/Coyhaique"),
        (PUNTA_ARENAS, "America/Punta_Arenas"),
        (ANTARTICA, "America/Punta_Arenas"),
        (RAPA_NUI, "Pacific/Easter"),
    ],
)
def test_each_comuna_has_its_zone_and_the_bundle_knows_it(comuna: str, zone: str) -> None:
    assert CALENDAR.zone(comuna) == zone
    assert ZoneInfo(zone).key == zone


@pytest.mark.parametrize(
    ("comuna", "summer", "winter"),
    [(SANTIAGO, -3, -4), (PUNTA_ARENAS, -3, -3), (COYHAIQUE, -3, -3), (RAPA_NUI, -5, -6)],
)
def test_the_clock_changes_in_santiago_and_rapa_nui_only(comuna: str, summer: int, winter: int) -> None:
    zone = ZoneInfo(CALENDAR.zone(comuna))
    for month, hours in ((1, summer), (7, winter)):
        offset = datetime(2026, month, 15, tzinfo=UTC).astimezone(zone).utcoffset()
        assert offset is not None
        assert offset.total_seconds() == hours * 3600


def test_an_unknown_comuna_has_neither_days_nor_zone() -> None:
    for ask in (CALENDAR.zone, lambda code: CALENDAR.reason(date(2026, 8, 22), code)):
        with pytest.raises(ValueUnknown):
            ask("99999")
