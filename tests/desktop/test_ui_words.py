from __future__ import annotations

from datetime import date

import pytest

from oirs_core.domain.events import Copia
from oirs_core.domain.kinds import DocType, Estado, Kind, Lugar, Medio
from oirs_core.domain.solicitud import Fact, Flag
from oirs_desktop.ui.lists.timeline import breakable
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.stories import FLAGS, Place, told

THURSDAY = date(2026, 11, 26)
DAYS = ("día hábil", "días hábiles")
PLACE = Place({"rosa": "Rosa Catrin"}, "America/Santiago", 1_795_700_520_000)


@pytest.mark.parametrize(
    ("vence", "days", "said"),
    [
        (date(2026, 12, 1), 3, "vence en 3 días hábiles, el martes 1 de diciembre"),
        (date(2026, 11, 27), 1, "vence mañana, viernes 27 de noviembre"),
        (date(2026, 11, 26), 0, "vence hoy, jueves 26 de noviembre"),
        (date(2026, 11, 25), -1, "venció ayer"),
        (date(2026, 11, 24), -2, "venció hace 2 días hábiles, el martes 24 de noviembre"),
        (date(2025, 12, 30), -230, "venció hace 230 días hábiles, el martes 30 de diciembre de 2025"),
        (date(2027, 1, 4), 25, "vence en 25 días hábiles, el lunes 4 de enero de 2027"),
    ],
)
def test_time_left_is_said_as_a_person_would(vence: date, days: int, said: str) -> None:
    assert words.due(vence, THURSDAY, days, DAYS) == said


def test_only_days_that_count_are_counted_in_both_directions() -> None:
    def is_workday(day: date) -> bool:
        return day.weekday() < 5

    assert words.counting_days(THURSDAY, date(2026, 12, 1), is_workday) == 3
    assert words.counting_days(THURSDAY, date(2026, 11, 20), is_workday) == -4
    assert words.counting_days(date(2026, 11, 29), date(2026, 11, 27), is_workday) == 0
    assert words.due(date(2026, 11, 27), date(2026, 11, 29), 0, DAYS) == "venció el viernes 27 de noviembre"


@pytest.mark.parametrize(
    ("document", "shown"),
    [("12345678-5", "••.•••.678-5"), ("P1234567", "•••••567"), ("A1", "•1"), ("", "")],
)
def test_a_list_shows_only_the_end_of_a_document(document: str, shown: str) -> None:
    assert words.masked(document) == shown


def test_every_value_of_the_closed_lists_has_words() -> None:
    assert set(words.KINDS) == set(Kind)
    assert set(words.ESTADOS) == set(words.ESTADO_ICONS) == set(Estado)
    assert set(words.MEDIOS) == set(Medio)
    assert set(words.LUGARES) == set(Lugar)
    assert set(words.DOC_TYPES) == set(DocType)
    assert set(FLAGS) == set(Flag)


def test_a_declared_date_keeps_its_own_hour_and_is_not_doubted() -> None:
    fact = Fact(b"h", Copia(1), PLACE.now, sure=False, user="rosa", declared="2026-11-24T09:10:00-06:00")
    story = told(fact, PLACE)
    assert story.when == "El martes 24 de noviembre a las 09:10 (fecha declarada)"
    assert story.warning == ""


def test_an_act_of_a_newer_program_is_shown_as_such() -> None:
    story = told(Fact(b"h", None, PLACE.now, sure=True, user="juan"), PLACE)
    assert story.title == "Movimiento de una versión más nueva"
    assert story.who == "juan"


def test_a_long_word_may_break_and_a_sentence_stays_as_it_is() -> None:
    assert breakable("a" * 70).count("\u200b") == 2
    assert breakable("Rosa Elena Millapán Hueque") == "Rosa Elena Millapán Hueque"
