"""Against a real CUPS with a virtual printer: see docs/printing.md."""

from __future__ import annotations

import shutil
import socket
import time
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from oirs_desktop.counter import Problem
from oirs_desktop.desk import Draft
from oirs_desktop.printing.cups import CupsPrinters
from oirs_desktop.printing.handover import Handover
from oirs_desktop.printing.printers import JobState, PrinterFailed
from oirs_desktop.reports.receipt import PaperSize, render
from tests.support.cups import PATHS, NotHere, running, wait_for
from tests.support.office import DRAFT, open_office, person
from tests.support.paper import receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.cups import Cups
    from tests.support.office import Office


@pytest.fixture(scope="module")
def server() -> Iterator[Cups]:
    """Give the server with its queues: the printer as it is, one set to A4, a roll, one that hangs."""
    try:
        with running() as cups, socket.create_server(("127.0.0.1", 0)) as hung:
            cups.queue("Laser", cups.uri, "-m", "everywhere")
            cups.queue("Carta", cups.uri, "-m", "everywhere")
            cups.queue("Rollo", cups.uri, "-P", f"{cups.folder}/roll.ppd")
            cups.queue(
                "Colgada",
                f"ipp://localhost:{hung.getsockname()[1]}/ipp/print",
                "-P",
                f"{cups.folder}/roll.ppd",
            )
            yield cups
    except NotHere as why:
        pytest.skip(str(why))


@pytest.fixture
def cups(server: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    monkeypatch.setenv("CUPS_SERVER", server.server)
    monkeypatch.setenv("PATH", PATHS)
    if "ippeveprinter" not in server.running:
        server.switch_on()
    wait_for(lambda: all(CupsPrinters().sheets(name) for name in ("Laser", "Carta")))
    server.run("lpadmin", "-p", "Laser", "-o", "PageSize=A4")
    wait_for(lambda: CupsPrinters().sheets("Laser")[0].width == 210)
    return server


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path)
    opened.counter._printers = CupsPrinters()
    yield opened
    opened.store.close()


def text(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def sides(pdf: Path) -> tuple[int, int]:
    with pypdfium2.PdfDocument(pdf) as document:
        wide, high = document[0].get_size()
    return round(wide / 72 * 25.4), round(high / 72 * 25.4)


def drawn(tmp_path: Path, size: PaperSize) -> Path:
    pdf = tmp_path / f"{size}.pdf"
    pdf.write_bytes(render(receipt(), size))
    return pdf


def ended(job: str) -> JobState:
    printers = CupsPrinters()
    wait_for(lambda: printers.state(job) is not JobState.WAITING, 15)
    return printers.state(job)


@pytest.mark.parametrize(
    ("queue", "expected"), [("Laser", (210, 297)), ("Carta", (216, 279)), ("Rollo", (72, None))]
)
def test_a_receipt_reaches_the_tray_whole_and_in_the_size_of_the_paper_there(
    cups: Cups, office: Office, queue: str, expected: tuple[int, int | None]
) -> None:
    office.counter.chosen = queue
    case = office.counter.register(Draft(**{**DRAFT, "persona": person("Rosa")})).case  # type: ignore[arg-type]
    before = set(cups.captured)
    paper = office.counter.paper(case)
    assert paper.problem == Problem.NONE
    wait_for(lambda: set(cups.captured) - before)
    (tray,) = set(cups.captured) - before
    assert paper.pdf is not None
    assert text(tray) == text(paper.pdf)
    assert case.ingreso.folio.lower() in tray.name
    wide, high = sides(tray)
    assert (wide, high if expected[1] else None) == expected


def test_a_job_that_printed_is_told_from_one_that_did_not(cups: Cups, tmp_path: Path) -> None:
    printers = CupsPrinters()
    assert printers.names() == ["Carta", "Colgada", "Laser", "Rollo"]
    assert ended(printers.send(drawn(tmp_path, PaperSize.A4), "Bien", "Laser")) is JobState.DONE
    # What a program does that asks for a paper that the printer lacks: CUPS takes the job and drops it.
    told = cups.run("lp", "-d", "Laser", "-o", "media=Custom.612x396", str(drawn(tmp_path, PaperSize.A5)))
    assert ended(told.split()[3]) is JobState.FAILED


def test_a_paper_that_is_not_the_one_in_use_is_asked_for_by_its_name(cups: Cups, tmp_path: Path) -> None:
    before = set(cups.captured)
    assert ended(CupsPrinters().send(drawn(tmp_path, PaperSize.LETTER), "Carta", "Laser")) is JobState.DONE
    (tray,) = set(cups.captured) - before
    assert sides(tray) == (216, 279)


def test_a_paper_that_the_printer_lacks_is_refused_before_it_is_lost(cups: Cups, tmp_path: Path) -> None:
    before = len(cups.run("lpstat", "-W", "all", "-o").splitlines())
    for size, queue in ((PaperSize.A5, "Laser"), (PaperSize.ROLL80, "Laser"), (PaperSize.A4, "Rollo")):
        with pytest.raises(PrinterFailed) as failed:
            CupsPrinters().send(drawn(tmp_path, size), "Mal", queue)
        assert failed.value.data["reason"] == "paper"
    assert len(cups.run("lpstat", "-W", "all", "-o").splitlines()) == before


def test_a_printer_that_is_off_is_told_as_waiting_and_a_job_taken_away_as_failed(
    cups: Cups, tmp_path: Path
) -> None:
    cups.switch_off()
    before, handover, pdf = (
        len(cups.captured),
        Handover(lambda _: time.sleep(0.05)),
        drawn(tmp_path, PaperSize.A4),
    )
    assert handover.put(CupsPrinters(), pdf, "Apagada", "Laser") is JobState.WAITING
    assert handover.put(CupsPrinters(), pdf, "Apagada", "Laser") is JobState.WAITING
    assert len(cups.run("lpstat", "-o", "Laser").splitlines()) == 1
    job = cups.run("lpstat", "-o", "Laser").split()[0]
    cups.run("cancel", job)
    assert ended(job) is JobState.FAILED
    assert len(cups.captured) == before


def test_a_printer_that_hangs_holds_up_neither_the_case_nor_the_paper_for_long(
    cups: Cups, office: Office
) -> None:
    office.counter.chosen = "Colgada"
    office.counter._handover = Handover(lambda _: time.sleep(0.02))
    started = time.monotonic()
    case = office.counter.register(Draft(**{**DRAFT, "persona": person("Rosa")})).case  # type: ignore[arg-type]
    kept = office.counter.paper(case, send=False)
    assert time.monotonic() - started < 1
    assert office.counter.send(kept).problem == Problem.WAITING
    assert time.monotonic() - started < 5
    cups.run("cancel", "-a", "Colgada")


def test_a_print_server_that_hangs_costs_the_case_two_seconds_at_most_and_is_a_failure(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("lp") is None:
        pytest.skip("no lp: apt-get install cups-client")
    office.counter._printers = CupsPrinters(timeout=1.0)
    office.counter.chosen = "Laser"
    with socket.create_server(("127.0.0.1", 0)) as hung:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{hung.getsockname()[1]}")
        started = time.monotonic()
        case = office.counter.register(Draft(**{**DRAFT, "persona": person("Rosa")})).case  # type: ignore[arg-type]
        assert time.monotonic() - started < 0.5
        kept = office.counter.paper(case, send=False)
        assert kept.pdf is not None
        assert office.counter.send(kept).problem == Problem.PRINTER_FAILED
        assert time.monotonic() - started < 5
        started = time.monotonic()
        office.counter.paper(case, send=False)
        assert time.monotonic() - started < 0.5
