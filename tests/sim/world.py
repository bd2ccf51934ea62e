"""One run: the shipped counters and the shipped centre, through every fault that a plan names."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING

from oirs_central.app import build
from oirs_central.refusals import DeviceUnknown
from oirs_central.settings import DATABASE_NAME, Settings
from oirs_core.chain import Header, seal
from oirs_core.domain.errors import DomainError
from oirs_core.domain.events import (
    Anotacion,
    Anulacion,
    Cambio,
    Cierre,
    Derivacion,
    Enmienda,
    Ingreso,
    Institucion,
    Materia,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import DocType, Kind
from oirs_core.domain.persona import Persona
from oirs_desktop.session import draw_log
from oirs_desktop.store import NewAct, Stamp, engine, refolding, state
from oirs_desktop.store.store import Store
from oirs_desktop.store.writing import Entry, keep
from oirs_desktop.sync.copies import Guard
from oirs_desktop.sync.cycle import Cycle
from oirs_desktop.sync.errors import DeviceRefused, NotOurServer, Offline, ServerBusy
from tests.sim.later import MOST, OF_FEED, OFFICES, START, Later
from tests.sim.papers import Papers
from tests.sim.parts import (
    CentreDown,
    Clock,
    Fuse,
    Keystore,
    Line,
    Machine,
    Power,
    PowerCut,
    Violation,
    put_files,
    share,
)
from tests.sim.template import Seat, template

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sim.plan import Plan, Step

HOUR = 3_600_000
INJECTED = (Offline, ServerBusy)
WHOLE = ("whole",) * 3
FATES = (*WHOLE, "request_lost", "answer_lost", "twice", "old", "power_before", "power_after")
CENTRE_FILES = (DATABASE_NAME, f"{DATABASE_NAME}-wal")


def ingreso(n: int, office: str, relato: str = "") -> Ingreso:
    persona = Persona(DocType.SIN_DOCUMENTO, nombres=f"Persona {n}")
    text = relato or f"Pregunta {n}"
    return Ingreso(
        Kind.CONSULTA, Materia("Subsidio"), text, persona, office, "10401", f"202{6 + n % 2}-11-25", "Rosa"
    )


ACTS = (
    Anotacion("Llamó para preguntar."),
    Respuesta("Se le explicó dónde ir."),
    Derivacion(Institucion("Delegación de Isla de Pascua", "052")),
    Cierre("Retiró su respuesta."),
    Reapertura("Trajo otro papel."),
    Enmienda((Cambio("telefono", "+56 9 1"), Cambio("nombres", "Otra Persona"))),
    Enmienda((Cambio("telefono", "+56 9 2"),)),
)


@dataclass
class World(Later, Papers):
    """The state of a run."""

    plan: Plan
    folder: Path
    power: Power = field(default_factory=Power)
    frames: list[tuple[str, bytes]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    backups: list[dict[str, bytes]] = field(default_factory=list)
    machines: list[Machine] = field(default_factory=list)
    written: int = 0
    made: int = 0

    def __post_init__(self) -> None:
        self.rng = Random(self.plan.seed ^ 0x5EED)
        self.clock = Clock(START)
        made = template()
        self.settings = self._centre_folder(made.centre)
        self.central = build(self.settings, self.clock.now, self.random)
        self._watch_centre()
        for n in range(self.plan.counters):
            self.add(made.seats[n], f"m{n}")
        self.forwarder: Machine | None = None
        if any(step.op == "forward" for step in self.plan.steps):
            self.forwarder = self.add(made.seats[-1], "forwarder")

    def _watch_centre(self) -> None:
        share("centre", self.central.database.engine)
        self.watching = sqlite3.connect(self.settings.data / DATABASE_NAME, isolation_level=None)

    def random(self, size: int) -> bytes:
        return self.rng.randbytes(size)

    def count(self, what: str) -> None:
        self.counts[what] += 1

    # ------------------------------------------------------------------ machines

    def _folder(self, name: str) -> Path:
        self.made += 1
        return self.folder / f"{name}-{self.made}"

    def _centre_folder(self, files: dict[str, bytes]) -> Settings:
        folder = self._folder("centre")
        put_files(folder, files)
        key = {name: data for name, data in template().centre.items() if name not in CENTRE_FILES}
        for name, data in key.items():
            (folder / name).write_bytes(data)
        return Settings(folder, institution="SGI")

    def add(self, seat: Seat, name: str) -> Machine:
        keystore = Keystore(name)
        machine = Machine(name, seat.seed, seat.database, Clock(START), keystore, seat.office)
        return self.start(machine, seat.files)

    def start(self, machine: Machine, files: dict[str, bytes]) -> Machine:
        """Open the program over these files, as `commands/machine.py` does."""
        machine.folder = self._folder(machine.name)
        put_files(machine.folder, files)
        store = Store.open(machine.folder, machine.database)
        machine.store, machine.fuse = store, Fuse()
        share("counter", store._engine)
        self.power.fuses[id(store._engine)] = machine.fuse
        machine.guard = Guard(store, machine.keystore, machine.key.public, self.random)  # type: ignore[arg-type]
        if store.enrolment() is not None:
            machine.guard.look()
        machine.rewound, machine.sizes, machine.answers = True, [], machine.answers
        if machine not in self.machines:
            self.machines.append(machine)
        return machine

    def stop(self, machine: Machine) -> None:
        self.power.fuses.pop(id(machine.store._engine), None)
        machine.store.close()
        shutil.rmtree(machine.folder, ignore_errors=True)

    def crash(self, machine: Machine, files: dict[str, bytes] | None = None) -> None:
        """The power goes, and the program is started again over what the disk holds."""
        held = machine.files() if files is None else files
        self.stop(machine)
        self.start(machine, held)

    def pick(self, step: Step) -> Machine:
        return self.machines[step.who % len(self.machines)]

    # ------------------------------------------------------------------ what happens

    def run(self) -> None:
        for step in self.plan.steps:
            self.count(step.op)
            machine = self.pick(step)
            machine.sizes.append(machine.wal_size())
            try:
                getattr(self, f"do_{step.op}")(machine, step)
            except PowerCut:
                self.count("cut")
                self.crash(machine)

    def do_write(self, machine: Machine, step: Step) -> None:
        """Open a case, or act on one that this counter knows."""
        if machine.store.office() is None:
            return  # enrolled a moment ago: its office has not come down
        known = machine.store.recent(9)
        if machine is self.forwarder or not known or step.a % 5 < 2:
            acts = [ingreso(step.b, machine.office), Respuesta("Sí.")][: 1 + (step.b % 3 == 0)]
            self.record(machine, [NewAct(act) for act in acts], None)
            return
        row = known[step.a % len(known)]
        case = machine.store.case(row.id)
        assert case is not None
        act = ACTS[step.b % len(ACTS)]
        if step.b % 11 == 0:
            act = Anulacion(case.facts[-1].h.hex())
        base = case.last_ref if isinstance(act, Enmienda) else None
        with suppress(DomainError):
            self.record(machine, [NewAct(act, base)], row.id)

    def record(self, machine: Machine, acts: list[NewAct], entity: bytes | None) -> None:
        stamp = Stamp(machine.clock.now(), sure=True, user="rosa")
        made = machine.store.record(acts, stamp, self.random, entity)
        self.written += 1
        seen = machine.store.case(made.case.id)
        if seen is None or seen.facts[-1].h != made.hashes[-1]:
            raise Violation("I6 what was just written is not seen")

    def cycle(self, machine: Machine, fates: list[str], step: Step | None = None) -> tuple[Cycle, Line]:
        line = Line(self, machine, fates)
        made = Cycle(machine.store, line, machine.key, machine.clock, self.random)
        self.begin_with_files(machine, made, line)
        if self.plan.narrow and step is not None:
            made.batch = 300 + step.b
        return made, line

    def talk(self, machine: Machine, cycle: Cycle, *expected: type[Exception]) -> bool:
        """Hold one conversation; whether it came to its end. Nothing but what was played may stop it."""
        machine.guard.note()
        try:
            cycle.run()
        except (*INJECTED, *expected):
            return False
        except DeviceRefused as why:
            if not machine.joined:
                raise Violation(f"I18 {machine.name} is not known any more") from why
            machine.refused = True  # until a colleague gives the notice of its enrolment back
            return False
        except PowerCut:
            raise
        except Exception as why:
            told = f"{type(why).__name__} {getattr(why, 'data', why)} {self.refusals[-1:]}"
            raise Violation(f"I11 a conversation of {machine.name} ended in {told}") from why
        finally:
            self.watch(machine)
        machine.refused = False
        return True

    def watch(self, machine: Machine) -> None:
        """A position never falls but where the centre lost something (I6); positions have no gaps (I5)."""
        now = {feed: pos for feed, pos, _ in machine.store.cursors()}
        fell = any(pos < machine.cursors.get(feed, 0) for feed, pos in now.items())
        if fell and not machine.rewound:
            raise Violation(f"I6 a position of {machine.name} fell")
        machine.cursors, machine.rewound = now, machine.rewound and not fell
        self.positions()

    def positions(self) -> dict[str, int]:
        query = "SELECT f.feed, f.head, count(e.pos), coalesce(max(e.pos), 0) FROM feed f"
        query += " LEFT JOIN feed_entry e ON e.feed = f.feed GROUP BY f.feed"
        rows = self.watching.execute(query).fetchall()
        for feed, head, count, last in rows:
            if not head == count == last:
                raise Violation(f"I5 {feed}: {count} entries, the last at {last}, the head at {head}")
        return {feed: head for feed, head, _, _ in rows}

    def do_sync(self, machine: Machine, step: Step) -> None:
        rng = Random(step.a * 1000 + step.b)
        fates = [] if step.a % 3 == 0 else [rng.choice(FATES) for _ in range(step.a % 5)]
        cycle, line = self.cycle(machine, fates, step)
        if step.b % 4 == 0:
            line.between = lambda: self.do_write(machine, step)
        self.talk(machine, cycle, *([NotOurServer] if "old" in fates else []))

    def do_overlap(self, machine: Machine, step: Step) -> None:
        """A second conversation begins and ends while the first waits for an answer."""
        first, line = self.cycle(machine, [], step)
        second, _ = self.cycle(machine, ["whole", "answer_lost"] if step.a % 2 else [], step)
        line.between = lambda: self.talk(machine, second)
        self.talk(machine, first)

    def do_late(self, _machine: Machine, step: Step) -> None:
        if self.frames:
            _, frame = self.frames[step.a % len(self.frames)]
            with suppress(CentreDown, DeviceUnknown):  # it may have been put back to before that counter
                self.central.sync(frame)
            self.positions()

    def do_power(self, machine: Machine, step: Step) -> None:
        machine.fuse.left, machine.fuse.before = step.a % 3, step.b % 2 == 0
        try:
            self.do_sync(machine, step._replace(a=0)) if step.a % 4 else self.do_write(machine, step)
        finally:
            machine.fuse.left = -1

    def do_lying(self, machine: Machine, step: Step) -> None:
        """The disk had said of the last commits that they were kept."""
        files, wal = machine.files(), engine.FILE_NAME + "-wal"
        size = machine.sizes[-1 - step.a % min(4, len(machine.sizes))]
        if wal in files and size <= len(files[wal]):
            files[wal] = files[wal][:size]
            self.crash(machine, files)

    def do_clock(self, machine: Machine, step: Step) -> None:
        jump = (step.a - 500) * 24 * HOUR * (1 + step.b % 20)
        clock = self.clock if step.who % 3 == 0 else machine.clock
        clock.ms = max(1, clock.ms + jump)

    def do_backup(self, machine: Machine, _step: Step) -> None:
        machine.backups = [*machine.backups, machine.files()][-3:]

    def do_restore(self, machine: Machine, step: Step) -> None:
        if machine.backups:
            self.crash(machine, machine.backups[step.a % len(machine.backups)])

    def do_copy(self, machine: Machine, _step: Step) -> None:
        """Copy the folder to a machine that knows nothing of it."""
        self._double(machine, Keystore(f"other {self.made}"), clone=False)

    def do_twin(self, machine: Machine, _step: Step) -> None:
        """Copy a machine whole: two of the same, which nothing outside the folder can tell apart."""
        self._double(machine, Keystore(machine.keystore.machine, machine.keystore.mark), clone=True)

    def _double(self, machine: Machine, keystore: Keystore, *, clone: bool) -> None:
        if len(self.machines) >= MOST:
            return
        name = f"{machine.name}'"
        clock = Clock(machine.clock.ms)
        other = Machine(name, machine.seed, machine.database, clock, keystore, machine.office)
        other.joined = machine.joined
        other.papers.held = dict(machine.papers.held)
        other.clone = machine.clone = clone or machine.clone
        other.backups = list(machine.backups)
        self.start(other, machine.files())

    def do_rotate(self, machine: Machine, _step: Step) -> None:
        log, label = draw_log(self.random)
        machine.store.rotate(log, label, machine.key.public)

    def do_skew(self, machine: Machine, step: Step) -> None:
        """Write as a later program on this machine would: a kind, version or field not known; or nonsense."""
        rows = machine.store.recent(5)
        entity = rows[step.a % len(rows)].id if rows else b""
        kind, v, body = (
            ("Invento", 1, b'{"x":1}'),
            ("Anotacion", 7, b'{"texto":"de otra forma"}'),
            ("Anotacion", 1, b'{"nuevo":true,"texto":"con un campo mas"}'),
            ("Anotacion", 1, b'{"otro":1}'),
            ("Oficina", 1, b'{"codigo":"104"}'),
            ("", 1, b"{}"),
        )[step.b % 6]
        header = Header(kind, v, machine.clock.now(), sure=False, user="rosa", entity=entity).encode()
        raw = header if kind else b'["x"]'
        store = machine.store
        with store._turn, store._write() as connection:
            head = state.head(connection)
            made = seal(head.log, head.seq + 1, head.h, raw, self.random(16), body)
            keep(engine.raw(connection), [Entry(made, kind, entity if kind else b"")], head.nro + 1)
            store._head = None
            refolding.refold(connection, [entity], None)

    def do_forward(self, _machine: Machine, step: Step) -> None:
        """Write to the other office what was sent there: a device like any other, which repeats nothing."""
        forwarder = self.forwarder
        assert forwarder is not None
        told = {row.materia: row for row in forwarder.store.recent(99)}
        feed = self.central.ledger.office_feed("104")
        query = f"SELECT e.h {OF_FEED} AND e.kind = 'Derivacion'"
        with self.central.database.reading() as connection:
            sent = [bytes(row.h).hex() for row in connection.exec_driver_sql(query, (feed,)).all()]
        for h in sent:
            if h not in told:
                act = replace(ingreso(0, "052"), materia=Materia(h))
                self.record(forwarder, [NewAct(act)], None)
        cycle, _ = self.cycle(forwarder, [], step)
        self.talk(forwarder, cycle)

    # ------------------------------------------------------------------ the centre

    def do_centre_write(self, _machine: Machine, step: Step) -> None:
        """Somebody at the centre answers a case that has arrived there."""
        query = f"SELECT e.entity {OF_FEED} AND e.kind = 'Ingreso'"
        feed = self.central.ledger.office_feed(OFFICES[step.a % 2])
        with self.central.database.reading() as connection:
            known = connection.exec_driver_sql(query, (feed,)).scalars().all()
        with suppress(CentreDown):
            if known:
                entity = bytes(known[step.b % len(known)])
                self.central.ledger.write(feed, Respuesta("Desde la capital."), "centro", entity)

    def do_centre_backup(self, _machine: Machine, _step: Step) -> None:
        self.backups = [*self.backups, self.centre_files()][-4:]

    def centre_files(self) -> dict[str, bytes]:
        folder = self.settings.data
        return {name: path.read_bytes() for name in CENTRE_FILES if (path := folder / name).exists()}

    def do_centre_restore(self, _machine: Machine, step: Step) -> None:
        if not self.backups:
            return
        self.watching.close()
        self.central.close()
        shutil.rmtree(self.settings.data)
        self.settings = self._centre_folder(self.backups[step.a % len(self.backups)])
        self.central = build(self.settings, self.clock.now, self.random)
        self._watch_centre()
        self.central.blobs.verify(read=False)  # as it does before it serves
        for machine in self.machines:
            machine.rewound = True

    def do_centre_fails(self, machine: Machine, step: Step) -> None:
        self.power.centre.left = 0
        try:
            self.do_sync(machine, step)
        finally:
            self.power.centre.left = -1

    def close(self) -> None:
        for machine in self.machines:
            machine.store.close()
        self.watching.close()
        self.central.close()
