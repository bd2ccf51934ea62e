"""What made an official hesitate in the form: lists, telephones, phrases, the way of the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_desktop.ui.nueva import Nueva
from tests.support.keys import ALT, CTRL, SHIFT, Key

if TYPE_CHECKING:
    from tests.support.stage import Stage

RUN = "123456785"


def begin(desk: Stage, run: str = RUN) -> Nueva:
    """F2, number, Enter."""
    desk.keys.press(Key.Key_F2)
    desk.rest()
    desk.keys.type(run)
    desk.keys.press(Key.Key_Return)
    desk.rest()
    return desk.page(Nueva)


@pytest.mark.parametrize(("downs", "row"), [(0, 0), (1, 0), (2, 1), (3, 2)])
def test_the_first_arrow_goes_to_the_first_line_of_the_list(desk: Stage, downs: int, row: int) -> None:
    que = begin(desk).que
    que.materia.setFocus()
    desk.keys.type("arriendo" if row < 2 else "luz")
    rows = [option.value for option in que.materia.list.rows]
    desk.keys.press(Key.Key_Down, times=downs)
    desk.keys.press(Key.Key_Return)
    assert que.topic().codigo == rows[row]
