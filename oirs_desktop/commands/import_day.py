"""Takes a list of attentions through the same desk, rules and receipts as the form."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from oirs_core.domain.catalogue import fold_text
from oirs_core.domain.errors import DomainError, OirsError
from oirs_core.domain.events import Funcionario
from oirs_core.domain.folio import Folio
from oirs_desktop.commands.attentions import draft_of, read_list
from oirs_desktop.commands.errors import OfficeOther, RowRefused
from oirs_desktop.commands.twins import find_twin
from oirs_desktop.session import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from oirs_core.domain.events import Oficina
    from oirs_desktop.commands.attentions import Row
    from oirs_desktop.commands.machine import Machine
    from oirs_desktop.counter import Counter
    from oirs_desktop.store import Store


Tell = Callable[[OirsError], str]
"""Gives the sentence of an error."""


class Result(StrEnum):
    """What became of a row."""

    TAKEN = "tomada"
    THERE = "ya_estaba"
    ELSEWHERE = "otra_oficina"
    REFUSED = "rechazada"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the report. ``linea``: of the file; ``comprobante``: name of the PDF."""

    n: str
    linea: int
    oficina: str
    resultado: Result
    folio: str = ""
    motivo: str = ""
    comprobante: str = ""


class Importer:
    """Plays rows on one counter. ``tell``: the sentence for a refusal."""

    def __init__(self, counter: Counter, store: Store, tell: Tell) -> None:
        self._counter = counter
        self._desk = counter.desk
        self._store = store
        self._tell = tell
        self._officials = {fold_text(user.nombre): user for user in self.office.funcionarios}

    @property
    def office(self) -> Oficina:
        """The office whose rows are taken."""
        return self._desk.session.office

    def run(self, rows: Iterable[Row]) -> Iterator[Outcome]:
        """Take the rows one by one, each committed before the next.

        What the rules refuse is reported and passed over; a fault of the store (a full disk) is
        raised, and a second run goes on where the first ended.
        """
        for row in rows:
            yield self._take(row)

    def _take(self, row: Row) -> Outcome:
        n, office = row.peek("n")[:20], row.peek("oficina").strip()
        try:
            if row.values and office != self.office.codigo:
                return Outcome(n, row.line, office, Result.ELSEWHERE)
            draft = draft_of(row, self._desk.catalogue)
            twin = find_twin(self._store, draft, self.office.zona)
            if twin is not None:
                folio = Folio.parse(twin.ingreso.folio).grouped
                return Outcome(n, row.line, office, Result.THERE, folio)
            self._desk.sign_in(self._official(row.values["funcionario"]))
            case = self._counter.register(draft).case
        except (DomainError, RowRefused) as why:
            return Outcome(n, row.line, office, Result.REFUSED, motivo=self._tell(why))
        paper = self._counter.paper(case, send=False)
        folio = Folio.parse(case.ingreso.folio).grouped
        name = paper.pdf.name if paper.pdf else ""
        return Outcome(n, row.line, office, Result.TAKEN, folio, "", name)

    def _official(self, name: str) -> Funcionario:
        known = self._officials.get(fold_text(name))
        return known or Funcionario(UNNAMED, name.strip())


def write_report(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write the report row by row: CSV when the name ends so, else a JSON object a line."""
    records = [asdict(outcome) for outcome in outcomes]
    if path.suffix.lower() == ".csv":
        sheet = io.StringIO(newline="")
        writer = csv.DictWriter(sheet, [*Outcome.__slots__], lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        text = sheet.getvalue()
    else:
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8", newline="\n")


def summary(outcomes: Iterable[Outcome]) -> str:
    """One sentence for the end of the report."""
    count = Tally(outcome.resultado for outcome in outcomes)
    return (
        f"Tomadas: {count[Result.TAKEN]}. Ya estaban: {count[Result.THERE]}. "
        f"De otra oficina: {count[Result.ELSEWHERE]}. Rechazadas: {count[Result.REFUSED]}."
    )


def import_file(
    machine: Machine, file: Path, report: Path | None, way: tuple[str, Tell, Callable[[str], None]]
) -> int:
    """Take a file on one counter and say row by row what became of it; how many were refused.

    ``way``: the office expected or empty, the sentence of an error, and a line on the terminal. Raises
    ListRefused, OfficeOther, StoreError; the report then tells what was taken before.
    """
    expected, tell, say = way
    own = machine.counter.desk.session.office.codigo
    if expected not in {"", own}:
        raise OfficeOther(office=own)
    rows = read_list(file)
    outcomes: list[Outcome] = []
    try:
        for outcome in Importer(machine.counter, machine.store, tell).run(rows):
            outcomes.append(outcome)
            say(_line(outcome))
    finally:
        if report is not None:
            write_report(report, outcomes)
    say(summary(outcomes))
    return sum(outcome.resultado is Result.REFUSED for outcome in outcomes)


def _line(outcome: Outcome) -> str:
    told = outcome.folio or outcome.motivo or outcome.oficina
    return f"fila {outcome.n} (línea {outcome.linea}): {outcome.resultado.value.replace('_', ' ')}  {told}"
