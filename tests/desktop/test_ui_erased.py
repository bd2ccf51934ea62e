"""A case of which data were taken out by a resolution, as the official sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Respuesta, Resto, Supresion
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.parts.widgets import Banner
from tests.support.office import DAY
from tests.support.paper import read
from tests.support.stage import Stage, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WHY = "Resolución exenta 77 de 2026"


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_case(qtbot, tmp_path, ago=2 * DAY) as opened:
        yield opened


def test_the_case_says_in_plain_words_that_its_data_were_erased(stage: Stage) -> None:
    case, centre = stage.case(), stage.office.centre
    answered = centre.write(Respuesta("Llamen a Rosa."), case.id, case.status_ref)
    filed = case.ingreso
    resto = Resto(filed.folio, filed.clave, filed.tipo, filed.oficina, filed.comuna, filed.fecha_legal)
    centre.write(Supresion((case.facts[0].h.hex(), answered.h.hex()), WHY, resto), case.id)
    stage.office.deliver()
    stage.window.refresh(frozenset({case.id}))
    stage.rest()
    page = stage.page(Caso)
    assert page.head.about.text() == "Consulta: datos suprimidos"
    assert page.head.folio.text() == "8KB-0A2R-0001-Z"
    assert page.head.person.words.text() == "Datos suprimidos"
    assert page.head.contact.isHidden()
    banners = [banner.title.text() for banner in page.findChildren(Banner)]
    assert f"Datos suprimidos por {WHY}" in banners
    told = [(story.title, story.text) for story in page.timeline.stories]
    assert told[1:] == [("Se respondió", "Datos suprimidos."), ("Se recibió el caso", "Datos suprimidos.")]
    assert told[0][0] == "Se suprimieron datos personales"
    assert WHY in told[0][1]
    assert [story.h for story in page.timeline.stories] == [b"", b"", b""]


def test_a_copy_of_its_receipt_can_still_be_made(stage: Stage) -> None:
    case, centre = stage.case(), stage.office.centre
    filed = case.ingreso
    resto = Resto(filed.folio, filed.clave, filed.tipo, filed.oficina, filed.comuna, filed.fecha_legal)
    centre.write(Supresion((case.facts[0].h.hex(),), WHY, resto), case.id)
    stage.office.deliver()
    paper = stage.office.counter.reprint(case.id, send=False)
    assert paper.pdf is not None
    text = read(paper.pdf.read_bytes()).words
    assert "8KB-0A2R-0001-Z" in text
    assert "Rosa" not in text
