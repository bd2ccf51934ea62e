"""Age, brackets, and when an adult speaks for a child."""

from __future__ import annotations

from datetime import date

import pytest

from oirs_core.domain.edad import age_on, birth_of, needs_adult, tramo


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 11, 26), date(2026, 11, 25), 13),
        (date(2012, 11, 26), date(2026, 11, 26), 14),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_a_birthday_counts_from_its_own_day(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("age", "words"),
    [(13, "0 a 13 años"), (14, "14 a 17 años"), (74, "60 a 74 años"), (101, "75 años o más")],
)
def test_the_brackets_join_without_a_gap(age: int, words: str) -> None:
    assert tramo(age) == words


@pytest.mark.parametrize(
    ("age", "sensitive", "needed"),
    [(13, False, True), (14, False, False), (15, True, True), (16, True, False)],
)
def test_below_14_an_adult_speaks_and_below_16_for_sensitive_data(
    age: int,
    sensitive: bool,
    needed: bool,
) -> None:
    assert needs_adult(age, sensitive=sensitive) is needed


@pytest.mark.parametrize("text", ["", "No Revelado", "2026-02-30"])
def test_what_is_no_day_of_birth_gives_no_age(text: str) -> None:
    assert birth_of(text) is None
