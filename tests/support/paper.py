"""Receipts to print, and what a reader with a scanner sees of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import zxingcpp

from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import Medio, Salida
from oirs_core.signature import PaperCode, ReceiptFacts, SigningKey
from oirs_desktop.reports.receipt import PaperSize, Receipt, render

KEY = SigningKey(bytes(range(32)))
FOLIO = Folio.build("8K", 2026, "6A2R", 42)
FACTS = ReceiptFacts(FOLIO.text, "7KQ2", "2026-11-26", "104", bytes(range(32)))
CODE = str(PaperCode.make("https://oirs.dpp-palena.gob.cl", FACTS, KEY))


def receipt(**changes: Any) -> Receipt:  # noqa: ANN401 - one of the many fields
    """Give a pending consulta of Chaitén, changed as the test needs."""
    plain = Receipt(
        institution="Delegación Presidencial Provincial de Palena",
        office="Oficina OIRS Chaitén",
        address="Av. Corcovado 245, Chaitén",
        phone="+56 65 273 1234",
        hours="Lunes a viernes, 9:00 a 14:00",
        folio=FOLIO.text,
        folio_grouped=FOLIO.grouped,
        clave="7KQ2",
        received=datetime(2026, 11, 26, 10, 43, tzinfo=ZoneInfo("America/Santiago")),
        kind="Consulta",
        materia="Subsidio de aislamiento",
        person="Rosa Elena Millapán Hueque",
        document="RUN ••.•••.678-5",
        official="Rosa Catrín",
        outcome=Salida.PENDIENTE,
        medio=Medio.CORREO,
        code=CODE,
        promise="Le responderemos a más tardar el viernes 11 de diciembre de 2026.",
        explanation="Son 10 días hábiles. No se cuenta el 8 de diciembre (Inmaculada Concepción).",
    )
    return replace(plain, **changes)


@dataclass(frozen=True)
class Read:
    """A PDF as a reader sees it. ``words``: all text in one line; ``boxes`` in points."""

    pages: int
    width: float
    height: float
    words: str
    boxes: tuple[tuple[float, float, float, float], ...]
    codes: tuple[str, ...]


def read(pdf: bytes, dpi: int = 200) -> Read:
    """Read text, places and codes of the first page."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        width, height = page.get_size()
        text = page.get_textpage()
        words = " ".join(text.get_text_bounded().split())
        boxes = tuple(text.get_rect(n) for n in range(text.count_rects()))
        image = page.render(scale=dpi / 72, grayscale=True).to_pil()
        codes = tuple(found.text for found in zxingcpp.read_barcodes(image))
        return Read(len(document), width, height, words, boxes, codes)


def printed(size: PaperSize, **changes: Any) -> Read:  # noqa: ANN401
    """Render a receipt and read it back."""
    return read(render(receipt(**changes), size))
