"""The receipt on an 80 mm roll: 72 mm printable, as long as it needs, pure black."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_desktop.reports import wording
from oirs_desktop.reports.notice import notice_for
from oirs_desktop.reports.page import Flow, Style, close_page, millimetres, open_page, width_of

if TYPE_CHECKING:
    from oirs_desktop.reports.receipt import Receipt

WIDTH = millimetres(72)
MARGIN = millimetres(2)
CODE = millimetres(35)
LABEL = 76.0
BODY = Style(10)
STRONG = Style(10, bold=True)
CENTRED = Style(10, centred=True, limit=3)


def draw(receipt: Receipt) -> bytes:
    """Give a PDF of one page, 72 mm wide."""
    title = f"Comprobante {receipt.folio_grouped}"
    flow = Flow(WIDTH - 2 * MARGIN)
    canvas, out = open_page(WIDTH, WIDTH, title, receipt.code)
    _head(flow, receipt)
    _facts(flow, receipt)
    _next(flow, receipt)
    _foot(flow, receipt)
    height = flow.height + 2 * MARGIN
    canvas.setPageSize((WIDTH, height))
    flow.draw(canvas, MARGIN, height - MARGIN)
    return close_page(canvas, out)


def _training(flow: Flow, receipt: Receipt) -> None:
    if receipt.training:
        flow.rule(2)
        flow.gap(3)
        flow.text(wording.TRAINING, Style(13, bold=True, centred=True))
        flow.gap(4)
        flow.rule(2)
        flow.gap(8)


def _head(flow: Flow, receipt: Receipt) -> None:
    _training(flow, receipt)
    flow.text(receipt.institution, CENTRED)
    flow.text(receipt.office, Style(12, bold=True, centred=True, limit=3))
    for line in (receipt.address, receipt.phone, receipt.hours):
        if line:
            flow.text(line, CENTRED)
    flow.gap(8)
    flow.rule(1)
    flow.gap(8)
    flow.text("Comprobante de ingreso, folio", CENTRED)
    flow.text(receipt.folio_grouped, Style(_folio_size(receipt, flow), bold=True, centred=True))
    flow.gap(2)
    flow.text(wording.CLAVE, CENTRED)
    flow.text(receipt.clave, Style(16, bold=True, centred=True))
    if receipt.copy:
        flow.text(f"COPIA {receipt.copy}", Style(14, bold=True, centred=True))
    flow.gap(10)
    flow.code(CODE)
    flow.gap(12)


def _folio_size(receipt: Receipt, flow: Flow) -> float:
    """Give 20 points, or what fits the roll: some folios are all W."""
    wide = width_of(receipt.folio_grouped, Style(20, bold=True).font, 20)
    return min(20.0, 20.0 * flow.width / wide)


def _facts(flow: Flow, receipt: Receipt) -> None:
    flow.rule(1)
    flow.gap(6)
    for fact in wording.facts(receipt):
        flow.beside(fact.label, STRONG)
        flow.text(fact.value, Style(10, indent=LABEL, limit=4))
        if fact.detail:
            flow.text(fact.detail, Style(10, indent=LABEL, limit=1))
        flow.gap(2)
    flow.gap(4)


def _next(flow: Flow, receipt: Receipt) -> None:
    answer = wording.answer(receipt)
    for title, strong, text in (
        ("Plazo", receipt.promise, receipt.explanation),
        ("Respuesta", "", answer),
    ):
        if strong or text:
            flow.rule()
            flow.gap(6)
            flow.text(title, STRONG)
            flow.text(strong, STRONG)
            flow.text(text, BODY)
            flow.gap(6)
    flow.rule()
    flow.gap(6)
    flow.text("Qué sigue", STRONG)
    for number, step in enumerate(wording.steps(receipt), 1):
        flow.beside(f"{number}.", STRONG)
        flow.text(step, Style(10, indent=14))
        flow.gap(2)
    flow.gap(4)


def _foot(flow: Flow, receipt: Receipt) -> None:
    flow.rule()
    flow.gap(6)
    notice = notice_for(receipt.received.date())
    for line in notice.lines(wording.cut(receipt.institution, wording.INSTITUTION_CHARS)):
        flow.text(line, BODY)
        flow.gap(2)
    flow.gap(8)
    _training(flow, receipt)
    # A cutter takes the last millimetres: leave them white.
    flow.gap(millimetres(6))
