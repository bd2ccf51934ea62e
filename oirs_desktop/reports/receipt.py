"""The receipt as plain values, and its PDF (Ley 19.880 arts. 17 b, 18, 30)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from oirs_core.domain.kinds import Medio, Salida

if TYPE_CHECKING:
    from datetime import date, datetime


class PaperSize(StrEnum):
    """Paper in the printer. A4 and letter hold two copies, the other two hold one."""

    A4 = "a4"
    LETTER = "letter"
    A5 = "a5"
    ROLL80 = "roll80"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What stands on the paper; empty text means that the line is left out.

    ``folio``: 12 symbols; ``folio_grouped``: as printed. ``received``: time of the office.
    ``legal_date``: only when it differs from the day of ``received``. ``kind``: the printed word,
    capitalised. ``person``: the name to show; ``document`` and
    ``representative_document``: already masked. ``promise`` and
    ``explanation``: the sentences of the plazo by the rule of `docs/event.md`; both empty when
    nothing may be promised. ``code``: ``str(PaperCode)``. ``copy``: 0 original, n is COPIA n.
    ``corrected``: days and fields corrected since it was first printed, whose new values are shown.
    ``since``: on a copy, what became of the case after it was filed; empty when nothing did.
    """

    institution: str
    office: str
    folio: str
    folio_grouped: str
    clave: str
    received: datetime
    kind: str
    materia: str
    official: str
    outcome: Salida
    code: str
    address: str = ""
    phone: str = ""
    hours: str = ""
    legal_date: date | None = None
    person: str = ""
    document: str = ""
    representative: str = ""
    representative_document: str = ""
    destination: str = ""
    medio: Medio = Medio.PRESENCIAL
    answer: str = ""
    promise: str = ""
    explanation: str = ""
    copy: int = 0
    corrected: str = ""
    since: str = ""
    training: bool = False


def render(receipt: Receipt, size: PaperSize) -> bytes:
    """Draw the receipt: a PDF of one page, the same bytes for the same values."""
    # reportlab costs 100 ms: a counter that only searches never pays for it.
    from oirs_desktop.reports import roll, sheet  # noqa: PLC0415

    return roll.draw(receipt) if size is PaperSize.ROLL80 else sheet.draw(receipt, size)
