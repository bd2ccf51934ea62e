"""After print only amendments: a copy shows the words of the first paper and what was corrected since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Anulacion, Cambio, Enmienda
from oirs_core.signature import PaperCode, Verdict
from oirs_desktop.desk import receipt_facts
from oirs_desktop.reports.facts import receipt_of
from tests.support.office import DAY, open_office
from tests.support.paper import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = open_office(tmp_path)
    yield made
    made.store.close()


def correct(office: Office, entity: bytes, **values: str) -> bytes:
    cambios = tuple(Cambio(campo, valor) for campo, valor in values.items())
    return office.desk.add(entity, Enmienda(cambios)).hashes[0]


def test_a_copy_shows_what_holds_now_and_names_what_was_corrected(office: Office) -> None:
    case = office.file("Rosa Elena")
    correct(office, case.id, nombres="Rosa Ester", telefono="+56 9 1111 2222")
    office.clock.ms += DAY
    correct(office, case.id, materia="Bono de invierno")
    paper = office.counter.reprint(case.id, send=False)
    assert paper.pdf is not None
    words = read(paper.pdf.read_bytes()).words
    assert "COPIA 1" in words
    assert "Rosa Ester Millapán" in words
    assert "Rosa Elena" not in words
    assert "Bono de invierno" in words
    assert "el 26-11-2026: nombre, teléfono; el 27-11-2026: materia" in words
    assert "1111 2222" not in words


def test_a_correction_taken_back_is_not_on_the_copy(office: Office) -> None:
    case = office.file("Rosa Elena")
    h = correct(office, case.id, telefono="1")
    after = office.desk.add(case.id, Anulacion(h.hex())).case
    receipt = receipt_of(after, office.desk.session.office, None, "x", 1)
    assert receipt.corrected == ""


def test_the_code_of_the_first_paper_stays_genuine_after_a_correction(office: Office) -> None:
    case = office.file("Rosa Elena")
    code = PaperCode.make(office.desk.session.office.base, receipt_facts(case), office.made.key)
    correct(office, case.id, nombres="Rosa Ester")
    after = office.store.case(case.id)
    assert after is not None
    keys = {office.made.key.id: office.made.key.public}
    assert code.check(receipt_facts(after), keys) is Verdict.GENUINE
