"""The receipt on a sheet: A4 and letter hold the person's and the office's copy, A5 one.

Each copy is half a sheet, wider than high: office and folio on top; below, the facts on the left and
what the person has to know on the right; the notice, or the signatures, at the foot. Clave and code
are on the person's half only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oirs_desktop.reports import wording
from oirs_desktop.reports.columns import BETWEEN, fitted
from oirs_desktop.reports.notice import notice_for
from oirs_desktop.reports.page import (
    BOLD,
    LEADING,
    REGULAR,
    Flow,
    Style,
    close_page,
    millimetres,
    open_page,
    place_code,
    width_of,
)
from oirs_desktop.reports.receipt import PaperSize

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from oirs_desktop.reports.receipt import Receipt

SIZES = {
    PaperSize.A4: (millimetres(210), millimetres(297)),
    PaperSize.LETTER: (612.0, 792.0),
    PaperSize.A5: (millimetres(210), millimetres(148)),
}
SIDE = millimetres(14)
TOP = millimetres(9)
BOTTOM = millimetres(6)
CODE = millimetres(30)
BAND = millimetres(6)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a copy stands, in points from the lower left corner of the page."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.bottom + self.height

    @property
    def right(self) -> float:
        """Right edge."""
        return self.left + self.width


def draw(receipt: Receipt, size: PaperSize) -> bytes:
    """Give a PDF of one page."""
    width, height = SIZES[size]
    canvas, out = open_page(width, height, f"Comprobante {receipt.folio_grouped}", receipt.code)
    two = size is not PaperSize.A5
    half = height / 2 if two else height
    box = Box(SIDE, height - half + BOTTOM, width - 2 * SIDE, half - TOP - BOTTOM)
    _copy(canvas, receipt, box, office=False)
    if two:
        _tear(canvas, width, half)
        # Who reads the office's half must not be able to ask in the person's name.
        kept = replace(receipt, clave="")
        _copy(canvas, kept, Box(box.left, BOTTOM, box.width, box.height), office=True)
    return close_page(canvas, out)


def _tear(canvas: Canvas, width: float, y: float) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 3)
    canvas.line(0, y, width, y)
    canvas.restoreState()


def _copy(canvas: Canvas, receipt: Receipt, box: Box, *, office: bool) -> None:
    top = box.top
    if receipt.training:
        _edge(canvas, box)
        _band(canvas, box, top)
        top -= BAND + 6
    top = _head(canvas, receipt, box, top, office=office)
    bottom = _signatures(canvas, box) if office else _notice(canvas, receipt, box)
    room = top - bottom
    left, right = fitted(receipt, box.width, room)
    left.draw(canvas, box.left, top)
    right.draw(canvas, box.right - right.width, top)


def _band(canvas: Canvas, box: Box, top: float) -> None:
    canvas.saveState()
    canvas.rect(box.left, top - BAND, box.width, BAND, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont(BOLD, 14)
    canvas.drawCentredString(box.left + box.width / 2, top - BAND / 2 - 5, wording.TRAINING)
    canvas.restoreState()


def _edge(canvas: Canvas, box: Box) -> None:
    """Say it once more along the edge, where no text can lie: a copy without its band still shows it."""
    canvas.saveState()
    canvas.translate(box.left - millimetres(4), box.bottom + box.height / 2)
    canvas.rotate(90)
    canvas.setFont(BOLD, 18)
    canvas.drawCentredString(0, 0, wording.TRAINING)
    canvas.restoreState()


def _head(canvas: Canvas, receipt: Receipt, box: Box, top: float, *, office: bool) -> float:
    """Draw office, folio and code; give the height where the body begins. The code holds the clave too."""
    folio = _folio(receipt, wording.FOR_OFFICE if office else wording.FOR_PERSON)
    folio_left = box.right - folio.width
    if not office:
        place_code(canvas, box.right - CODE, top - CODE, CODE)
        folio_left -= CODE + millimetres(5)
    folio.draw(canvas, folio_left, top)
    who = _who(receipt, folio_left - box.left - millimetres(3.5))
    who.draw(canvas, box.left, top)
    below = top - max(CODE, who.height, folio.height) - 8
    canvas.setLineWidth(1)
    canvas.line(box.left, below, box.right, below)
    return below - 9


def _who(receipt: Receipt, width: float) -> Flow:
    """Set the office, as high as the code beside it at most."""
    tall = _who_in(receipt, width, 2)
    return tall if tall.height <= CODE + 2 else _who_in(receipt, width, 1)


def _who_in(receipt: Receipt, width: float, lines: int) -> Flow:
    flow = Flow(width)
    flow.text(receipt.institution, Style(9.5, limit=lines))
    flow.text(receipt.office, Style(14, bold=True, limit=lines))
    flow.gap(3)
    for line in (receipt.address, receipt.phone, receipt.hours):
        if line:
            flow.text(line, Style(9, limit=1))
    return flow


def _folio(receipt: Receipt, whose: str) -> Flow:
    wide = max(width_of(receipt.folio_grouped, BOLD, 24), millimetres(66)) + 1
    flow = Flow(wide)
    flow.beside(wording.TITLE, Style(8.5, bold=True))
    flow.text(whose, Style(8.5, indent=wide - width_of(whose, REGULAR, 8.5) - 0.5))
    flow.gap(2)
    flow.text(receipt.folio_grouped, Style(24, bold=True, limit=1))
    flow.gap(3)
    if receipt.clave:
        flow.text(wording.CLAVE, Style(8.5))
    if receipt.copy:
        # On the line of the clave, where the eye already is.
        label = f"COPIA {receipt.copy}"
        flow.beside(label, Style(16, bold=True, indent=wide - width_of(label, BOLD, 16) - 0.5))
    flow.text(receipt.clave or " ", Style(16, bold=True, limit=1))
    return flow


def _notice(canvas: Canvas, receipt: Receipt, box: Box) -> float:
    """Draw the notice at the foot; give the height above which the body must stay."""
    flow = Flow(box.width)
    flow.rule()
    flow.gap(4)
    institution = wording.cut(receipt.institution, wording.INSTITUTION_CHARS)
    for line in notice_for(receipt.received.date()).lines(institution):
        flow.text(line, Style(8.5, limit=2))
    flow.draw(canvas, box.left, box.bottom + flow.height)
    return box.bottom + flow.height + 6


def _signatures(canvas: Canvas, box: Box) -> float:
    """Leave two lines to sign on (Ley 19.880 art. 30 e); give the height above them."""
    wide = box.width / 2 - BETWEEN
    for left, label in (
        (box.left, "Firma de la persona"),
        (box.right - wide, "Firma y timbre de la oficina"),
    ):
        flow = Flow(wide)
        flow.rule()
        flow.gap(2)
        flow.text(label, Style(8.5))
        flow.draw(canvas, left, box.bottom + flow.height)
    return box.bottom + 8.5 * LEADING + 2 + millimetres(13)
