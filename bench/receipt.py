"""A receipt as PDF, against a bare reportlab page whose code is drawn by reportlab's own widget.

The floor holds the same texts as strings, line by line, on the same paper with the same bundled
fonts. Goal: half its time, because the widget alone costs more than the whole receipt should.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from bench.figure import Figure, Goal, alternating, at_most, median, timed
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import Salida
from oirs_core.signature import PaperCode, ReceiptFacts, SigningKey
from oirs_desktop.reports.notice import notice_for
from oirs_desktop.reports.page import REGULAR, glyphs
from oirs_desktop.reports.receipt import PaperSize, Receipt, render
from oirs_desktop.reports.sheet import SIZES

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_LINE, LEFT, SIZE, LEADING = 40, 40, 9, 12
CODE_SIDE = 90


def example() -> Receipt:
    """Give a receipt with every part that is usual: an answer of three lines, a promise, a document."""
    folio = Folio.build("8K", 2026, "A2RT", 42)
    facts = ReceiptFacts(folio.text, "7H2K", "2026-10-01", "022", bytes(32))
    code = PaperCode.make("https://oirs.example.cl", facts, SigningKey(bytes(32)))
    return Receipt(
        institution="Delegación Presidencial Provincial de El Loa",
        office="OIRS El Loa",
        folio=folio.text,
        folio_grouped=folio.grouped,
        clave=facts.clave,
        received=datetime(2026, 10, 1, 9, 41, 56, tzinfo=UTC),
        kind="Consulta",
        materia="Apostilla de título universitario",
        official="Jocelyn Godoy Araya",
        outcome=Salida.PENDIENTE,
        code=str(code),
        address="Avda. Granaderos 2300, Calama",
        phone="+56 55 200 0000",
        hours="lunes a viernes, 9 a 14 h",
        person="Miguelángel José Briceño D'Amico",
        document="••.•••.659-6",
        promise="Se le responderá a más tardar el viernes 30 de octubre de 2026.",
        explanation="20 días hábiles desde el jueves 1 de octubre; no cuenta el lunes 12 de octubre.",
        training=True,
    )


def plain(receipt: Receipt, width: float, height: float) -> bytes:
    """Draw the floor: every text of the receipt once, one under the other, and the widget's code."""
    glyphs()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), initialFontName=REGULAR)
    canvas.setFont(REGULAR, SIZE)
    y = height - FIRST_LINE
    for text in texts(receipt):
        for line in simpleSplit(text, REGULAR, SIZE, width - 2 * LEFT):
            canvas.drawString(LEFT, y, line)
            y -= LEADING
    widget = QrCodeWidget(receipt.code, barLevel="M")
    left, bottom, right, top = widget.getBounds()
    scale = [CODE_SIDE / (right - left), 0, 0, CODE_SIDE / (top - bottom), 0, 0]
    drawing = Drawing(CODE_SIDE, CODE_SIDE, transform=scale)
    drawing.add(widget)
    renderPDF.draw(drawing, canvas, width - LEFT - CODE_SIDE, LEFT)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def texts(receipt: Receipt) -> list[str]:
    fields = (getattr(receipt, name) for name in Receipt.__slots__ if name != "code")
    return [str(value) for value in fields if value] + notice_for(receipt.received.date()).lines(
        "la Delegación"
    )


def run(*, tiny: bool) -> Iterator[Figure]:
    repeats = 1 if tiny else 60
    yield _figure(PaperSize.A4, repeats, at_most(0.5))
    yield _figure(PaperSize.ROLL80, repeats, None)


def _figure(size: PaperSize, repeats: int, goal: Goal | None) -> Figure:
    receipt = example()
    width, height = SIZES[PaperSize.A4]
    first = timed(lambda: render(receipt, size))
    ours, floors = alternating(
        repeats,
        lambda: timed(lambda: render(receipt, size)),
        lambda: timed(lambda: plain(receipt, width, height)),
    )
    return Figure(
        bench="receipt",
        figure=f"render_{size.value}",
        value=median(ours),
        unit="ms",
        floor=median(floors),
        goal=goal,
        n=repeats,
        note=f"the first {first:.0f} ms; {len(render(receipt, size)) / 1000:.0f} kB",
    )
