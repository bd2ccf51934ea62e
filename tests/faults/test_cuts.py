"""The line is cut, reset and left hanging in the middle of real exchanges, and is slow (R-11, I8, I18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.cuts import SCENES, agree, connect, cut_all, measure, opened
from tests.faults.proxy import How
from tests.support.postgres import empty

if TYPE_CHECKING:
    from pathlib import Path

MODEM, HALF_TRIP_S = 8_000, 0.3
"""64 kbit/s and 600 ms there and back."""


def test_r11_cut_reset_or_hung_at_any_byte_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    assert cut_all(tmp_path, step=797, hows=tuple(How), first=7) > 10


@pytest.mark.postgres
def test_r11_the_same_holds_for_a_centre_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    try:
        assert cut_all(tmp_path, step=1_999, hows=tuple(How), first=311, database=postgres_url) > 4
    finally:
        empty(postgres_url)


def test_i10_an_idle_exchange_and_a_case_over_a_modem_take_few_bytes(tmp_path: Path) -> None:
    for place in opened(tmp_path):
        measure(place, SCENES[1])
        place.line.count()
        place.one.sync()  # on the connection that stands
        up, down = place.line.count()
        assert up <= 300
        assert down <= 200
        place.line.rate, place.line.trip_s = MODEM, HALF_TRIP_S
        connect(place)
        SCENES[1].prepare(place)
        assert place.tried(place.one)  # a new case over a modem: one request
        up, down = place.line.count()
        assert up <= 900
        assert down <= 300
        agree(place)
