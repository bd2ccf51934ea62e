"""Printers of Windows, by Qt and with no dialog: each page goes as an image drawn by pdfium."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from oirs_desktop.printing.papers import Sheet
from oirs_desktop.printing.pdfium import PDFIUM
from oirs_desktop.printing.printers import JobState, PrinterFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DPI = 300


class QtPrinters:
    """The printers that Qt lists."""

    def names(self) -> list[str]:
        """Give the printers by name."""
        return list(QPrinterInfo.availablePrinterNames())

    def default(self) -> str | None:
        """Give the system's default printer."""
        return QPrinterInfo.defaultPrinterName() or None

    def sheets(self, printer: str) -> list[Sheet]:
        """Give the paper that the printer is set to; Qt's list of the others would say nothing more."""
        size = QPrinterInfo.printerInfo(printer).defaultPageSize()
        if not size.isValid():
            return []
        sides = size.size(QPageSize.Unit.Millimeter)
        return [Sheet.of(sides.width(), sides.height())]

    def send(self, pdf: Path, title: str, printer: str) -> str:
        """Paint the PDF on the printer; Qt gives no job id. Raises PrinterFailed."""
        if not pdf.is_file():
            raise PrinterFailed(reason="file")
        info = QPrinterInfo.printerInfo(printer)
        if info.isNull():
            raise PrinterFailed(reason="none")
        device = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        device.setDocName(title)
        paint(pdf, device, () if info.supportsCustomPageSizes() else info.supportedPageSizes())
        return ""

    def state(self, job: str) -> JobState:  # noqa: ARG002 - the other way knows its jobs
        """Qt cannot tell: the official sees the paper."""
        return JobState.UNKNOWN


def paint(pdf: Path, device: QPrinter, papers: Sequence[QPageSize] = ()) -> None:
    """Draw every page of the PDF at its own size, smaller where the paper is.

    ``papers``: what the printer takes, empty for anything. A paper that it lacks is never asked
    for: a spooler may cancel such a job without a word.
    """
    pages = _drawn(pdf)
    width, height = pages[0].width, pages[0].height
    size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point)
    # Separate setters: one setPageLayout with margins of zero is silently ignored.
    if not papers or any(size.isEquivalentTo(paper) for paper in papers):
        device.setPageSize(size)
    wide = width > height
    device.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    device.setFullPage(True)
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterFailed(reason="refused")
    try:
        for number, page in enumerate(pages):
            if number and not device.newPage():
                raise PrinterFailed(reason="refused")
            _paint_page(painter, device, page)
    finally:
        painter.end()


class _Page(NamedTuple):
    """A page as an image, and its sides in points."""

    image: QImage
    width: float
    height: float


def _drawn(pdf: Path) -> list[_Page]:
    # The window shows the same paper meanwhile: PDFium works for one thread at a time.
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        pages = []
        for page in document:
            bitmap = page.render(scale=DPI / 72, prefer_bgrx=True, rev_byteorder=False)
            form = QImage.Format.Format_RGB32
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form)
            pages.append(_Page(image.copy(), *page.get_size()))
            page.close()
    return pages


def _paint_page(painter: QPainter, device: QPrinter, page: _Page) -> None:
    paper = device.pageLayout().fullRectPixels(device.resolution())
    width, height = (length * device.resolution() / 72 for length in (page.width, page.height))
    shrink = min(1.0, paper.width() / width, paper.height() / height)
    painter.drawImage(QRectF(0, 0, width * shrink, height * shrink), page.image)
