from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from oirs_desktop.printing.printers import JobState, PrinterFailed
from oirs_desktop.printing.qt import QtPrinters, paint
from oirs_desktop.reports.receipt import PaperSize, render
from tests.support.paper import CODE, receipt

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def device(qapp: QApplication, tmp_path: Path) -> QPrinter:
    """Give Qt's own printer that writes a PDF, as the system's would take the page."""
    assert qapp is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    return printer


def painted(device: QPrinter) -> tuple[tuple[int, int], list[str]]:
    with pypdfium2.PdfDocument(device.outputFileName()) as document:
        width, height = document[0].get_size()
        image = document[0].render(scale=200 / 72).to_pil()
    codes = [found.text for found in zxingcpp.read_barcodes(image)]
    return (round(width / 72 * 25.4), round(height / 72 * 25.4)), codes


@pytest.mark.parametrize(
    ("size", "sides"),
    [(PaperSize.A4, (210, 297)), (PaperSize.A5, (210, 148)), (PaperSize.LETTER, (216, 279))],
)
def test_a_page_is_painted_at_its_size_and_its_code_is_legible(
    device: QPrinter, tmp_path: Path, size: PaperSize, sides: tuple[int, int]
) -> None:
    pdf = tmp_path / "in.pdf"
    pdf.write_bytes(render(receipt(), size))
    paint(pdf, device)
    assert painted(device) == (sides, [CODE])  # on the person's half only


def test_a_paper_that_the_printer_lacks_is_not_asked_for_and_nothing_is_cut(
    device: QPrinter, tmp_path: Path
) -> None:
    pdf = tmp_path / "in.pdf"
    pdf.write_bytes(render(receipt(), PaperSize.A4))
    letter = QPageSize(QPageSize.PageSizeId.Letter)
    device.setPageSize(letter)
    paint(pdf, device, [letter])
    assert painted(device) == ((216, 279), [CODE])


@pytest.mark.usefixtures("qapp")
def test_an_unknown_printer_is_a_failure_with_a_reason(tmp_path: Path) -> None:
    pdf = tmp_path / "in.pdf"
    pdf.write_bytes(render(receipt(), PaperSize.A5))
    with pytest.raises(PrinterFailed) as failed:
        QtPrinters().send(pdf, "Comprobante", "No hay")
    assert failed.value.data["reason"] == "none"
    assert QtPrinters().state("") is JobState.UNKNOWN
