from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.errors import DomainError
from oirs_core.domain.events import Cambio, Derivacion, Enmienda, Materia, Respuesta
from oirs_core.domain.kinds import DocType, Salida
from oirs_core.domain.persona import Persona
from oirs_core.signature import PaperCode, Verdict
from oirs_desktop.counter import Problem
from oirs_desktop.desk import Draft, receipt_facts
from oirs_desktop.reports.facts import masked_document
from tests.support.office import DRAFT, SERVIU, open_office, person
from tests.support.paper import read
from tests.support.printer import QUEUES, Printer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path)
    yield opened
    opened.store.close()


def draft(**changes: object) -> Draft:
    return Draft(**{**DRAFT, "persona": person("Rosa Elena"), **changes})  # type: ignore[arg-type]


def words(pdf: Path | None) -> str:
    assert pdf is not None
    return read(pdf.read_bytes()).words


def test_a_receipt_is_kept_with_its_signed_code_and_its_promise(office: Office) -> None:
    case = office.counter.register(draft()).case
    paper = office.counter.paper(case)
    assert (paper.problem, paper.copy) == (Problem.NO_PRINTER, 0)
    assert paper.pdf is not None
    assert paper.pdf.name == f"{case.ingreso.folio}.pdf"
    text = words(paper.pdf)
    assert "jueves 3 de diciembre de 2026" in text
    assert "12.345" not in text
    code = PaperCode.parse(read(paper.pdf.read_bytes()).codes[0])
    assert code.check(receipt_facts(case), office.store.devices()) is Verdict.GENUINE


def test_who_takes_the_answer_along_is_promised_no_date(office: Office) -> None:
    case = office.counter.register(draft(salida=Salida.RESPONDIDA, respuesta="Postule en mayo.")).case
    text = words(office.counter.paper(case).pdf)
    assert "Postule en mayo." in text
    assert "Compromiso" not in text


def test_a_copy_says_what_the_first_said_and_its_number(office: Office) -> None:
    case = office.counter.register(draft(salida=Salida.DERIVADA, destino=SERVIU)).case
    office.clock.ms += 60_000
    office.desk.add(case.id, Respuesta("Llegó después."))
    paper = office.counter.reprint(case.id)
    assert (paper.copy, paper.case.copies) == (1, 1)
    assert paper.pdf is not None
    assert paper.pdf.name.endswith("-copia-1.pdf")
    text = words(paper.pdf)
    assert "COPIA 1" in text
    assert "Llegó después." not in text
    assert "Se respondió el" in text
    assert office.counter.reprint(case.id).copy == 2


def test_a_copy_shows_the_corrected_name_and_what_became_of_the_case(office: Office) -> None:
    case = office.counter.register(draft(salida=Salida.PENDIENTE, respuesta="")).case
    office.clock.ms += 60_000
    office.desk.add(case.id, Enmienda((Cambio("nombres", "Rosalía"),)))
    office.desk.add(case.id, Derivacion(SERVIU))
    text = words(office.counter.reprint(case.id).pdf)
    assert "Rosalía" in text
    assert "nombre" in text
    assert "Se derivó el" in text
    assert "queda en trámite" not in text


def test_no_copy_of_a_case_that_is_not_here(office: Office) -> None:
    with pytest.raises(DomainError):
        office.counter.reprint(bytes(10))


def test_the_default_printer_gets_the_paper(office: Office) -> None:
    printer = Printer()
    office.counter._printers = printer  # type: ignore[assignment]
    case = office.counter.register(draft()).case
    paper = office.counter.paper(case)
    assert paper.problem == Problem.NONE
    assert printer.sent == [(paper.pdf, f"Comprobante {case.ingreso.folio}", QUEUES[0])]
    assert office.counter.paper(case, send=False).pdf == paper.pdf
    assert len(printer.sent) == 1


def test_a_printer_that_fails_leaves_case_and_file(office: Office) -> None:
    office.counter._printers = Printer(broken=True)  # type: ignore[assignment]
    case = office.counter.register(draft()).case
    paper = office.counter.paper(case)
    assert paper.problem == Problem.PRINTER_FAILED
    assert paper.pdf is not None
    assert paper.pdf.is_file()
    assert office.desk.case(case.id) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_receipt_that_finds_no_room_leaves_the_case_and_no_half_file(
    office: Office, tmp_path: Path
) -> None:
    case = office.counter.register(draft()).case
    import resource  # noqa: PLC0415 - there is none on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))  # the system refuses, as a full disk does
    try:
        paper = office.counter.paper(case)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (paper.problem, paper.pdf) == (Problem.NOT_KEPT, None)
    assert list((tmp_path / "papers").iterdir()) == []
    assert office.counter.paper(case).pdf is not None


def test_a_full_series_of_folios_goes_on_in_a_new_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = office.counter.register(draft()).case.ingreso.folio
    monkeypatch.setattr("oirs_desktop.store.series.LAST_NUMBER", 1)
    second = office.counter.register(draft(materia=Materia("Otra"))).case.ingreso.folio
    assert first[7:11] == second[7:11] == "0001"
    assert second[3].isalpha()
    office.deliver()
    assert len(office.desk.recent(5)) == 2


def test_a_document_shows_only_its_end() -> None:
    assert masked_document(person("Rosa", "12345678-5")) == "RUN ••.•••.678-5"
    assert masked_document(Persona(DocType.PASAPORTE, "AB123456")) == "Pasaporte •••••456"
    assert masked_document(Persona(DocType.RUT_EMPRESA, "76123456-0")) == "RUT 76.123.456-0"
    assert masked_document(Persona(DocType.SIN_DOCUMENTO, "", "José")) == ""
