"""Plays a whole list: a real centre, two counters for each office, everything synchronised and proven."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from oirs_core.domain.catalogue import Catalogue, fold_text
from oirs_core.domain.errors import FieldMissing, OirsError, ValueUnknown
from oirs_core.domain.events import Funcionario, Oficina
from oirs_core.domain.text import unprintable
from oirs_desktop.commands.attentions import read_list
from oirs_desktop.commands.centre import Centre
from oirs_desktop.commands.errors import CentreFailed
from oirs_desktop.commands.import_day import Importer, Outcome, Result, write_report
from oirs_desktop.commands.machine import Invitation, enrol_machine
from oirs_desktop.commands.proof import Office, prove, unique_folios
from oirs_desktop.keystore import FileKeystore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from oirs_core.domain.rows import Provincia
    from oirs_desktop.commands.attentions import Row
    from oirs_desktop.commands.machine import Machine, World

COUNTERS = 2
ROUNDS = 12
AT_ONCE = 2
MOST_OFFICIALS = 100
MARK = "oirs-day"
BASE = "https://capacitacion.example"


class Voice(NamedTuple):
    """``say``: a line for the terminal; ``tell``: the sentence of an error."""

    say: Callable[[str], None]
    tell: Callable[[OirsError], str]


def play_day(file: Path, out: Path, world: World, voice: Voice) -> bool:
    """Play, synchronise, prove; whether all holds. Leaves stores, receipts and report in ``out/day``.

    Raises ListRefused when the file is no list.
    """
    rows = read_list(file)
    folder = _fresh(out / "day")
    by_office, strange = _by_office(rows, Catalogue.seed().provincias, voice)
    voice.say(
        f"{len(rows)} filas de {len(by_office)} oficinas: se abre una central y dos mesones por oficina."
    )
    with Centre(folder / "central") as centre:
        offices = _set_up(by_office, folder, centre, world)
        try:
            _play(offices, by_office, voice)
            rounds = _synchronise(offices)
            problems = _prove(offices, by_office, centre, voice)
        finally:
            _close(offices)
    outcomes = [*strange, *(outcome for office in offices for outcome in office.outcomes)]
    _report(folder, outcomes, offices, problems, rounds)
    _tell(folder, outcomes, offices, problems, voice)
    return not problems


def _fresh(folder: Path) -> Path:
    """Empty our own folder of the last time; anybody else's is left alone and refused by the store."""
    if (folder / MARK).is_file():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    return folder


def _by_office(
    rows: Iterable[Row], provinces: Mapping[str, Provincia], voice: Voice
) -> tuple[dict[str, list[Row]], list[Outcome]]:
    """Sort the rows by office; those of no province are refused here."""
    known: dict[str, list[Row]] = defaultdict(list)
    strange = []
    for row in rows:
        code = row.peek("oficina").strip()
        if code in provinces:
            known[code].append(row)
        else:
            unknown = (
                ValueUnknown(field="oficina", value=code[:20]) if code else FieldMissing(field="oficina")
            )
            why = voice.tell(unknown)
            strange.append(Outcome(row.peek("n")[:20], row.line, code[:20], Result.REFUSED, motivo=why))
    return dict(sorted(known.items())), strange


def _set_up(by_office: Mapping[str, list[Row]], folder: Path, centre: Centre, world: World) -> list[Office]:
    provinces = Catalogue.seed().provincias

    def invite(code: str) -> list[Invitation]:
        centre.office(_office_of(provinces[code], by_office[code]))
        return [Invitation(centre.url, centre.code(code), f"Mesón {n}") for n in range(1, COUNTERS + 1)]

    # Two at a time: most of it is the start of the centre's commands.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        invited = list(pool.map(invite, by_office))
    offices = []
    for code, invitations in zip(by_office, invited, strict=True):
        places = [folder / f"{code}-meson-{n}" for n in range(1, COUNTERS + 1)]
        machines = [_machine(p, i, world) for p, i in zip(places, invitations, strict=True)]
        offices.append(Office(code, provinces[code].nombre, machines))
    return offices


def _machine(place: Path, invitation: Invitation, world: World) -> Machine:
    place.mkdir()
    return enrol_machine(place, FileKeystore(place / "keys.json"), world, invitation)


def _office_of(province: Provincia, rows: Iterable[Row]) -> Oficina:
    names = dict.fromkeys(row.peek("funcionario").strip() for row in rows)
    # Anybody else is printed all the same; these travel to the centre on a command line.
    fit = [name for name in names if name and name[0] != "-" and not unprintable(name)][:MOST_OFFICIALS]
    officials = tuple(Funcionario(fold_text(name).replace(" ", "."), name) for name in fit)
    return Oficina(
        codigo=province.codigo,
        folio="",
        nombre=province.delegacion,
        institucion="",
        comuna=province.capital_comuna,
        zona="",
        base=BASE,
        funcionarios=officials or (Funcionario("mesa", "Mesa de atención"),),
        capacitacion=True,
    )


def _play(offices: Iterable[Office], by_office: Mapping[str, list[Row]], voice: Voice) -> None:
    """Both counters of an office work without a line. Equal rows go to the same one."""
    for office in offices:
        importers = [Importer(m.counter, m.store, voice.tell) for m in office.machines]
        for row in by_office[office.code]:
            turn = crc32("\0".join(row.cells[1:]).encode()) % COUNTERS
            office.outcomes += importers[turn].run([row])
        voice.say(f"  {office.code} {office.name}: {len(office.taken)} casos")


def _synchronise(offices: Iterable[Office]) -> int:
    """Exchange until a whole round brings nothing to anybody; how many rounds it took."""
    machines = [machine for office in offices for machine in office.machines]
    for n in range(1, ROUNDS + 1):
        moved = [_exchange(machine) for machine in machines]  # all of them, whatever the first says
        if not any(moved):
            return n
    return ROUNDS


def _exchange(machine: Machine) -> bool:
    report = machine.sync()
    return bool(report.pushed or report.cases or report.office or report.catalogue)


def _prove(
    offices: list[Office], by_office: Mapping[str, list[Row]], centre: Centre, voice: Voice
) -> list[str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        dumps = list(pool.map(centre.dump, by_office))
    for office, dump in zip(offices, dumps, strict=True):
        office.findings = prove(office, dump)
        office.findings += _play_again(office, by_office[office.code], voice)
    problems = [f"{office.code}: {finding}" for office in offices for finding in office.findings]
    if not unique_folios(offices):
        problems.append("Dos oficinas entregaron el mismo folio.")
    if sum(_exchange(machine) for office in offices for machine in office.machines):
        problems.append("Un intercambio más todavía cambió algo.")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sound, after = pool.submit(_is_sound, centre), pool.submit(centre.dump, offices[0].code)
    if not sound.result():
        problems.append("La central encontró cadenas o firmas que no calzan.")
    if after.result() != dumps[0]:
        problems.append("La central cambió sin motivo.")
    return problems


def _is_sound(centre: Centre) -> bool:
    try:
        centre.check()
    except CentreFailed:
        return False
    return True


def _play_again(office: Office, rows: Iterable[Row], voice: Voice) -> list[str]:
    """Read the list once more at the second counter: it must know every case, also those of the first."""
    second = office.machines[-1]
    again = Importer(second.counter, second.store, voice.tell).run(rows)
    doubled = sum(outcome.resultado is Result.TAKEN for outcome in again)
    return [f"Una segunda lectura duplicó {doubled} casos."] if doubled else []


def _close(offices: Iterable[Office]) -> None:
    for office in offices:
        for machine in office.machines:
            machine.close()


def _report(
    folder: Path, outcomes: list[Outcome], offices: list[Office], problems: list[str], rounds: int
) -> None:
    write_report(folder / "filas.jsonl", sorted(outcomes, key=lambda outcome: outcome.linea))
    facts = {
        "filas": len(outcomes),
        "tomadas": sum(len(office.taken) for office in offices),
        "rechazadas": sum(outcome.resultado is Result.REFUSED for outcome in outcomes),
        "ya_estaban": sum(outcome.resultado is Result.THERE for outcome in outcomes),
        "oficinas": {office.code: len(office.taken) for office in offices},
        "rondas": rounds,
        "problemas": problems,
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    (folder / "resumen.json").write_text(text, encoding="utf-8", newline="\n")


def _tell(
    folder: Path, outcomes: list[Outcome], offices: list[Office], problems: list[str], voice: Voice
) -> None:
    say = voice.say
    say("")
    say(f"{'oficina':<28}{'filas':>7}{'casos':>7}{'ya estaban':>12}{'rechazadas':>12}   calza")
    for office in offices:
        there, refused = office.count(Result.THERE), office.count(Result.REFUSED)
        fits = "no" if office.findings else "sí"
        name = f"{office.code} {office.name}"[:27]
        say(f"{name:<28}{len(office.outcomes):>7}{len(office.taken):>7}{there:>12}{refused:>12}   {fits}")
    taken = sum(len(office.taken) for office in offices)
    there = sum(outcome.resultado is Result.THERE for outcome in outcomes)
    refusals = [outcome for outcome in outcomes if outcome.resultado is Result.REFUSED]
    say(f"{'total':<28}{len(outcomes):>7}{taken:>7}{there:>12}{len(refusals):>12}")
    for outcome in refusals:
        say(f"  fila {outcome.n} (línea {outcome.linea}): {outcome.motivo}")
    for problem in problems:
        say(f"NO CALZA  {problem}")
    if not problems:
        say(f"Los {taken} casos están en la central y en ambos mesones de su oficina, iguales byte a byte.")
        say("Nada se perdió ni se duplicó; otro intercambio no cambia nada; cada caso tiene su comprobante.")
    say(f"Detalle por fila: {folder / 'filas.jsonl'}")
