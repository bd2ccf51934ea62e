"""Desk, receipt and paper in the right order: the case is on the disk before any paper is thought of."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from oirs_core.domain.errors import OirsError
from oirs_core.domain.events import Adjunto, Copia
from oirs_core.signature import PaperCode
from oirs_desktop.desk import receipt_facts
from oirs_desktop.files import write_whole
from oirs_desktop.printing.handover import Handover
from oirs_desktop.printing.papers import choose
from oirs_desktop.printing.printers import JobState, PrinterFailed
from oirs_desktop.reports.daybook import Desktop
from oirs_desktop.reports.daybook import render as render_day
from oirs_desktop.reports.facts import receipt_of
from oirs_desktop.reports.receipt import PaperSize, Receipt, render
from oirs_desktop.store import SeriesFull

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from oirs_core.domain.plazo import Plazo
    from oirs_core.domain.solicitud import Solicitud
    from oirs_core.signature import SigningKey
    from oirs_desktop.attachments.documents import Documents
    from oirs_desktop.desk import Desk, Draft
    from oirs_desktop.printing.printers import Printers
    from oirs_desktop.store import Recorded
    from oirs_desktop.store.dayrecords import Day

log = logging.getLogger("oirs.counter")
TITLE = "Comprobante"
DAYBOOKS = "cierres"


class Where(StrEnum):
    """Where the bytes of a document lie."""

    BOTH = "both"
    ON_ITS_WAY = "on_its_way"
    STUCK = "stuck"
    ELSEWHERE = "elsewhere"
    LOST = "lost"


_WHERE = {"waiting": Where.ON_ITS_WAY, "blocked": Where.STUCK}


class Problem(StrEnum):
    """Why a receipt is not on paper. The case is saved in each of these."""

    NONE = ""
    NO_PRINTER = "no_printer"
    PRINTER_FAILED = "printer_failed"
    WAITING = "waiting"
    NOT_KEPT = "not_kept"
    ROLL = "roll"


_PROBLEMS = {JobState.FAILED: Problem.PRINTER_FAILED, JobState.WAITING: Problem.WAITING}


@dataclass(frozen=True, slots=True)
class Paper:
    """A receipt after the attempt. ``pdf``: None when not even the file could be kept."""

    case: Solicitud
    pdf: Path | None
    plazo: Plazo | None
    copy: int = 0
    problem: str = Problem.NONE


class Counter:
    """What the window and the commands call."""

    def __init__(
        self,
        desk: Desk,
        key: SigningKey,
        printers: Printers,
        folder: Path,
        size: PaperSize = PaperSize.A4,
    ) -> None:
        """``key``: of this device, signs receipts; ``folder``: where their PDF are kept."""
        self.desk = desk
        self._key = key
        self._printers = printers
        self._folder = folder
        self.size = size
        self._handover = Handover()
        self.chosen = ""
        """Name of the printer that the settings choose; empty: the default one of the system."""
        self.documents: Documents | None = None
        """Where documents are taken in and kept."""

    def printer(self) -> str | None:
        """Name of the printer that receipts go to; None while they are only kept."""
        return self.chosen or self._printers.default()

    def printers(self) -> list[str]:
        """Names of the printers that the system knows. May take seconds: for a thread of its own."""
        return self._printers.names()

    def register(self, draft: Draft, papers: Sequence[Adjunto] = ()) -> Recorded:
        """Commit a new case; its folio is final. DomainError when refused. No paper is waited for.

        ``papers``: documents for it. One that cannot be added is missing in what comes back; the
        case stands all the same, so nothing is raised for it.
        """
        try:
            recorded = self.desk.open(draft)
        except SeriesFull:  # 9999 folios this year: nobody at the counter has to know
            self.desk.begin_series(self._key.public)
            recorded = self.desk.open(draft)
        for paper in papers:
            try:
                recorded = self.attach(recorded.case.id, paper)
            except OirsError as why:
                log.warning("document not added: %s", why.code)
        return recorded

    def attach(self, entity: bytes, paper: Adjunto) -> Recorded:
        """Add a document to a case; its bytes are safe before the case names them.

        DocumentRefused, DomainError.
        """
        if self.documents is not None:
            self.documents.keep((paper,))
        return self.desk.add(entity, paper)

    def where(self, case: Solicitud) -> dict[str, Where]:
        """Tell where each document of a case lies, by SHA-256; reads the store."""
        papers = [(fact.act, fact.t_recv) for fact in case.facts if isinstance(fact.act, Adjunto)]
        return {paper.sha256: self._where(paper, sent=t_recv is not None) for paper, t_recv in papers}

    def _where(self, paper: Adjunto, *, sent: bool) -> Where:
        stands = self.desk.document_state(paper.sha256)
        if self.documents is None or not self.documents.here(paper):
            return Where.LOST if stands == "blocked" else Where.ELSEWHERE
        # A colleague's that is here came from the centre; ours goes there after its act.
        return _WHERE.get(stands, Where.BOTH if sent else Where.ON_ITS_WAY)

    def paper(self, case: Solicitud, copy: int = 0, *, send: bool = True) -> Paper:
        """Render a receipt, keep it, and send it to the default printer if there is one.

        ``copy``: 0 for the first, else the number after COPIA. ``send``: False keeps the file only.
        Never raises for want of paper, printer or room on the disk.
        """
        plazo = self.desk.plazo(case)
        data = render(self._receipt(case, plazo, copy), self._size())
        path = self._folder / _file_name(case, copy)
        try:
            write_whole(path, data)
        except OSError:
            return Paper(case, None, plazo, copy, Problem.NOT_KEPT)
        paper = Paper(case, path, plazo, copy)
        return self.send(paper) if send else paper

    def send(self, paper: Paper) -> Paper:
        """Hand a kept receipt to the printer and look what becomes of it.

        Takes up to 20 s and needs no store: for a thread of its own, so that no case waits for paper.
        """
        title = f"{TITLE} {paper.case.ingreso.folio}"
        return replace(paper, problem=self._send(paper.pdf, title)) if paper.pdf else paper

    def reprint(self, entity: bytes, *, send: bool = True) -> Paper:
        """Record that a copy is handed out, then make it. DomainError when there is no such case."""
        case = self.desk.case(entity)
        copies = case.copies if case else 0
        case = self.desk.add(entity, Copia(copies + 1)).case
        return self.paper(case, case.copies, send=send)

    def _receipt(self, case: Solicitud, plazo: Plazo | None, copy: int) -> Receipt:
        office = self.desk.session.office
        code = PaperCode.make(office.base, receipt_facts(case), self._key)
        return receipt_of(case, office, plazo, str(code), copy)

    def daybook(self, day: Day) -> Path:
        """Where the daybook of a day is kept; there is none before the day was closed."""
        return self._folder.parent / DAYBOOKS / f"cierre-{day.day:%Y-%m-%d}.pdf"

    def desktop(self) -> Desktop:
        """Give whose days are closed here."""
        session = self.desk.session
        office = session.office
        names = {one.id: one.nombre for one in office.funcionarios}
        who = (office.institucion, office.nombre, session.enrolment.name, session.user.nombre)
        return Desktop(*who, names, office.zona, office.capacitacion)

    def close_day(self, day: Day) -> Path | None:
        """Write the daybook of a day, in the place of an earlier one; None when there is no room for it."""
        path = self.daybook(day)
        try:
            write_whole(path, render_day(day, self.desktop()))
        except OSError:
            return None
        return path

    def send_day(self, path: Path) -> Problem:
        """Hand a daybook to the printer, as ``send``; a roll is too narrow for it."""
        printer = self.printer()
        if printer is not None and self._size() is PaperSize.ROLL80:
            return Problem.ROLL
        return self._send(path, path.stem)

    def _send(self, path: Path, title: str) -> Problem:
        printer = self.printer()
        if printer is None:
            return Problem.NO_PRINTER
        try:
            state = self._handover.put(self._printers, path, title, printer)
        except PrinterFailed:
            return Problem.PRINTER_FAILED
        return _PROBLEMS.get(state, Problem.NONE)

    def _size(self) -> PaperSize:
        printer = self.printer()
        return PaperSize(choose(self._printers.sheets(printer), self.size)) if printer else self.size


def _file_name(case: Solicitud, copy: int) -> str:
    return f"{case.ingreso.folio}{f'-copia-{copy}' if copy else ''}.pdf"
