"""Desk, receipt and paper in the right order: the case is on the disk before any paper is thought of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oirs_core.domain.events import Copia, Derivacion, Respuesta
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import DocType, Kind, Salida
from oirs_core.domain.rut import Rut
from oirs_core.signature import PaperCode
from oirs_desktop.desk import receipt_facts
from oirs_desktop.printing.printers import PrinterFailed
from oirs_desktop.reports.receipt import PaperSize, Receipt, render
from oirs_desktop.store import SeriesFull

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_core.domain.events import Oficina
    from oirs_core.domain.persona import Persona
    from oirs_core.domain.plazo import Plazo
    from oirs_core.domain.solicitud import Solicitud
    from oirs_core.signature import SigningKey
    from oirs_desktop.desk import Desk, Draft
    from oirs_desktop.printing.printers import Printers
    from oirs_desktop.store import Recorded

TITLE = "Comprobante"
SHOWN = 3
KIND_WORDS = {
    Kind.CONSULTA: "Consulta",
    Kind.RECLAMO: "Reclamo",
    Kind.SUGERENCIA: "Sugerencia",
    Kind.FELICITACION: "Felicitación",
    Kind.PETICION: "Petición",
    Kind.DENUNCIA: "Denuncia",
    Kind.ACCESO_INFORMACION: "Acceso a la información",
    Kind.AMPARO_CPLT: "Amparo ante el CPLT",
    Kind.DERECHOS_DATOS: "Derechos sobre datos personales",
}


class Problem(StrEnum):
    """Why a receipt is not on paper. The case is saved in each of these."""

    NONE = ""
    NO_PRINTER = "no_printer"
    PRINTER_FAILED = "printer_failed"
    NOT_KEPT = "not_kept"


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
        self.chosen = ""
        """Name of the printer that the settings choose; empty: the default one of the system."""

    def printer(self) -> str | None:
        """Name of the printer that receipts go to; None while they are only kept."""
        return self.chosen or self._printers.default()

    def register(self, draft: Draft) -> Recorded:
        """Commit a new case; its folio is final. DomainError when refused. No paper is waited for."""
        try:
            return self.desk.open(draft)
        except SeriesFull:  # 9999 folios this year: nobody at the counter has to know
            self.desk.begin_series(self._key.public)
            return self.desk.open(draft)

    def paper(self, case: Solicitud, copy: int = 0, *, send: bool = True) -> Paper:
        """Render a receipt, keep it, and send it to the default printer if there is one.

        ``copy``: 0 for the first, else the number after COPIA. ``send``: False keeps the file only.
        Never raises for want of paper, printer or room on the disk.
        """
        plazo = self.desk.plazo(case)
        data = render(self._receipt(case, plazo, copy), self.size)
        path = self._folder / _file_name(case, copy)
        try:
            write_whole(path, data)
        except OSError:
            return Paper(case, None, plazo, copy, Problem.NOT_KEPT)
        return Paper(case, path, plazo, copy, self._send(path, case) if send else Problem.NONE)

    def reprint(self, entity: bytes) -> Paper:
        """Record that a copy is handed out, then make it. DomainError when there is no such case."""
        case = self.desk.case(entity)
        copies = case.copies if case else 0
        case = self.desk.add(entity, Copia(copies + 1)).case
        return self.paper(case, case.copies)

    def _receipt(self, case: Solicitud, plazo: Plazo | None, copy: int) -> Receipt:
        office = self.desk.session.office
        code = PaperCode.make(office.base, receipt_facts(case), self._key)
        return receipt_of(case, office, plazo, str(code), copy)

    def _send(self, path: Path, case: Solicitud) -> Problem:
        printer = self.printer()
        if printer is None:
            return Problem.NO_PRINTER
        try:
            self._printers.send(path, f"{TITLE} {case.ingreso.folio}", printer)
        except PrinterFailed:
            return Problem.PRINTER_FAILED
        return Problem.NONE


def receipt_of(case: Solicitud, office: Oficina, plazo: Plazo | None, code: str, copy: int = 0) -> Receipt:
    """Give the plain values of a case's receipt. A copy says what the first one said."""
    ingreso, persona = case.ingreso, case.ingreso.persona
    first = case.facts[0]
    zone = ZoneInfo(office.zona)
    received = (
        datetime.fromisoformat(first.declared).astimezone(zone)
        if first.declared
        else datetime.fromtimestamp(first.at // 1000, tz=zone)
    )
    legal = date.fromisoformat(ingreso.fecha_legal)
    answer, moved = _outcome(case)
    return Receipt(
        institution=office.institucion,
        office=office.nombre,
        address=office.direccion,
        phone=office.telefono,
        hours=office.horario,
        folio=ingreso.folio,
        folio_grouped=Folio.parse(ingreso.folio).grouped,
        clave=ingreso.clave,
        received=received,
        legal_date=legal if legal != received.date() else None,
        kind=KIND_WORDS[ingreso.tipo],
        materia=ingreso.materia.texto,
        person=persona.shown_name,
        document=masked_document(persona),
        representative=persona.representante,
        representative_document=_masked_run(persona.representante_run),
        official=ingreso.atiende,
        outcome=Salida.RESPONDIDA if answer else Salida.DERIVADA if moved else Salida.PENDIENTE,
        answer=answer.texto if answer else "",
        destination=moved.destino.nombre if moved else "",
        medio=ingreso.medio,
        # Whoever takes the answer along waits for nothing: a date would only alarm.
        promise=plazo.sentence if plazo and not answer else "",
        explanation=plazo.summary if plazo and not answer else "",
        code=code,
        copy=copy,
        training=office.capacitacion,
    )


def _outcome(case: Solicitud) -> tuple[Respuesta | None, Derivacion | None]:
    """Give the act recorded in one go with the filing: same clock reading, same official."""
    first = case.facts[0]
    for fact in case.facts[1:]:
        if (fact.at, fact.user) != (first.at, first.user):
            continue
        if isinstance(fact.act, Respuesta):
            return fact.act, None
        if isinstance(fact.act, Derivacion):
            return None, fact.act
    return None, None


def masked_document(persona: Persona) -> str:
    """Show of a document only what tells its holder apart; a firm's RUT is public and stands whole."""
    number = persona.doc_numero
    match persona.doc_tipo:
        case DocType.RUN:
            return f"RUN {Rut.parse(number).masked}"
        case DocType.RUT_EMPRESA:
            return f"RUT {Rut.parse(number).pretty}"
        case DocType.PASAPORTE | DocType.DNI_EXTRANJERO:
            name = "Pasaporte" if persona.doc_tipo is DocType.PASAPORTE else "Documento"
            return f"{name} {'•' * max(0, len(number) - SHOWN)}{number[-SHOWN:]}"
        case _:
            return ""


def _masked_run(number: str) -> str:
    return f"RUN {Rut.parse(number).masked}" if number else ""


def _file_name(case: Solicitud, copy: int) -> str:
    return f"{case.ingreso.folio}{f'-copia-{copy}' if copy else ''}.pdf"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it stands there whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
