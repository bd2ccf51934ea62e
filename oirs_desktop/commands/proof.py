"""Proves that nothing was lost and nothing doubled between two counters of an office and the centre."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oirs_core.chain import unb64
from oirs_core.domain.folio import canonical
from oirs_desktop.commands.import_day import Result
from oirs_desktop.commands.machine import RECEIPTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from oirs_desktop.commands.import_day import Outcome
    from oirs_desktop.commands.machine import Machine

PDF = b"%PDF-"


@dataclass(slots=True)
class Office:
    """One office of the list: its two counters and what became of each of its rows."""

    code: str
    name: str
    machines: list[Machine]
    outcomes: list[Outcome] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def taken(self) -> list[Outcome]:
        """Rows that became a case."""
        return [outcome for outcome in self.outcomes if outcome.resultado is Result.TAKEN]

    def count(self, result: Result) -> int:
        """How many rows ended so."""
        return sum(outcome.resultado is result for outcome in self.outcomes)


def prove(office: Office, central: bytes) -> list[str]:
    """Compare both counters with the canonical dump of the centre; sentences, empty when all is well."""
    findings = []
    dumps = [machine.store.dump() for machine in office.machines]
    for machine, dump in zip(office.machines, dumps, strict=True):
        if dump != central:
            findings.append(f"{machine.folder.name} no calza con la central.")
    rows = read_dump(central)
    given = [canonical(outcome.folio) for outcome in office.taken]
    stand = [folio for _, folio in rows]
    findings += _differences(given, stand)
    ids = [entity for entity, _ in rows]
    findings += [f"{m.folder.name} tiene casos de otra oficina." for m in office.machines if _strays(m, ids)]
    findings += _papers(office)
    return findings


def read_dump(dump: bytes) -> list[tuple[bytes, str]]:
    """Give id and folio of each case of a canonical dump."""
    lines = [json.loads(line) for line in dump.splitlines() if line]
    return [(unb64(line[0]), line[1]) for line in lines]


def _differences(given: Sequence[str], stand: Sequence[str]) -> list[str]:
    findings = []
    lost = set(given) - set(stand)
    more = set(stand) - set(given)
    if lost:
        findings.append(f"Faltan {len(lost)} casos en la central.")
    if more:
        findings.append(f"Sobran {len(more)} casos en la central.")
    if len(set(given)) != len(given):
        findings.append("Un folio se entregó dos veces.")
    if len(set(stand)) != len(stand):
        findings.append("Un folio está dos veces en la central.")
    return findings


def _strays(machine: Machine, ids: Iterable[bytes]) -> bool:
    own = machine.counter.desk.session.office.codigo
    cases = (machine.store.case(entity) for entity in ids)
    return any(case is not None and case.ingreso.oficina != own for case in cases)


def _papers(office: Office) -> list[str]:
    folders = [machine.folder / RECEIPTS for machine in office.machines]
    missing = [outcome.n for outcome in office.taken if not _is_pdf(folders, outcome.comprobante)]
    return [f"Faltan {len(missing)} comprobantes."] if missing else []


def _is_pdf(folders: Iterable[Path], name: str) -> bool:
    if not name:
        return False
    found = [folder / name for folder in folders if (folder / name).is_file()]
    return len(found) == 1 and found[0].read_bytes()[: len(PDF)] == PDF


def unique_folios(offices: Iterable[Office]) -> bool:
    """Tell whether no two cases of any offices share a folio."""
    folios = [outcome.folio for office in offices for outcome in office.taken]
    return len(set(folios)) == len(folios)
