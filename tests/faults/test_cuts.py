"""The line is cut, reset and left hanging in the middle of real exchanges (R-11, I8, I18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.cuts import cut_all
from tests.faults.proxy import How

if TYPE_CHECKING:
    from pathlib import Path


def test_r11_cut_reset_or_hung_at_any_byte_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    assert cut_all(tmp_path, step=797, hows=tuple(How), first=7) > 10
