"""What somebody who knows only the first page of the manual stumbled over, played by keys."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Copia
from oirs_core.domain.kinds import Salida
from oirs_core.domain.solicitud import Fact
from oirs_desktop.ui.stories import Place, told
from oirs_desktop.ui.term import term
from tests.support.window import Shown, show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PLACE = Place({"rosa": "Rosa Catrin"}, "America/Santiago", 1_795_700_520_000)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    yield from show_window(qtbot, tmp_path)


def test_the_history_tells_of_a_copy_only_what_is_known() -> None:
    story = told(Fact(b"h", Copia(2), PLACE.now, sure=True, user="rosa"), PLACE)
    assert story.title == "Se hizo la copia 2 del comprobante"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 26), "El plazo vencía el jueves 3 de diciembre"),
        (date(2026, 12, 3), "El plazo vencía hoy"),
        (date(2026, 12, 4), "El plazo era ayer"),
    ],
)
def test_of_an_answered_case_a_date_to_come_is_not_told_as_past(desk: Shown, today: date, said: str) -> None:
    case = desk.office.file(salida=Salida.RESPONDIDA, respuesta="Se le explicó.")
    calendar = desk.office.desk.catalogue.calendar
    assert term(case, None, today, calendar).text == said
