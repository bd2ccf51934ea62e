"""Real desktops and a real centre in one process; only the line between them is played."""

from __future__ import annotations

import random as chance
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from oirs_central.app import Central, build
from oirs_central.settings import Settings
from oirs_core.chain import b64
from oirs_core.domain.events import Funcionario, Oficina
from oirs_core.signature import SigningKey
from oirs_desktop.desk import Desk
from oirs_desktop.session import Session
from oirs_desktop.store.store import Store
from oirs_desktop.sync.client import EnrolAnswer
from oirs_desktop.sync.cycle import Cycle
from oirs_desktop.sync.errors import Offline

if TYPE_CHECKING:
    from pathlib import Path

INSTITUTION = "SGI"
START = 1_795_000_000_000
OFFICES = {"104": ("Palena", "10401"), "052": ("Isla de Pascua", "05201")}


class Fate(StrEnum):
    """What the line does to one exchange."""

    WHOLE = "whole"
    REQUEST_LOST = "request_lost"
    ANSWER_LOST = "answer_lost"
    TWICE = "twice"


@dataclass(slots=True)
class HandClock:
    """A clock that the test moves."""

    ms: int = START

    def now(self) -> int:
        """Return ms UTC; each look takes a millisecond."""
        self.ms += 1
        return self.ms


@dataclass(slots=True)
class Line:
    """Carries frames to the centre as the fates say; WHOLE when none is left."""

    world: World
    fates: list[Fate] = field(default_factory=list)

    def exchange(self, frame: bytes) -> bytes:
        """Carry one frame."""
        fate = self.fates.pop(0) if self.fates else Fate.WHOLE
        if fate is Fate.REQUEST_LOST:
            raise Offline
        answer = self.world.central.sync(frame)
        if fate is Fate.ANSWER_LOST:
            raise Offline
        return self.world.central.sync(frame) if fate is Fate.TWICE else answer


@dataclass(slots=True)
class Counter:
    """One desktop: folder, keys, clock, and the store while the program is open."""

    world: World
    name: str
    folder: Path
    key: SigningKey
    database: bytes
    clock: HandClock
    line: Line
    store: Store
    seed: bytes = b""
    batch: int | None = None
    _desk: Desk | None = None

    @property
    def office(self) -> str:
        """The office that it is enrolled in."""
        enrolment = self.store.enrolment()
        assert enrolment is not None
        return enrolment.office

    @property
    def desk(self) -> Desk:
        """A desk over the store as it is now, with an official of the office."""
        if self._desk is not None:
            return self._desk
        office, enrolment = self.store.office(), self.store.enrolment()
        assert office is not None
        assert enrolment is not None
        session = Session(office.funcionarios[0], office, enrolment)
        self._desk = Desk(self.store, session, self.clock, self.world.random)
        return self._desk

    def cycle(self) -> Cycle:
        """Make a conversation; ``batch`` bounds its pushes."""
        cycle = Cycle(self.store, self.line, self.key, self.clock, self.world.random)
        cycle.batch = self.batch or cycle.batch
        return cycle

    def sync(self, *fates: Fate) -> bool:
        """Hold one conversation; False when the line failed."""
        self.line.fates = list(fates)
        try:
            report = self.cycle().run()
        except Offline:
            return False
        if self._desk is not None and (report.office or report.catalogue):
            self._desk.reload()
        return True

    def restart(self) -> None:
        """Close the program and open it again."""
        self.store.close()
        self.store = Store.open(self.folder, self.database)
        self._desk = None


class World:
    """A centre with two offices, and counters enrolled in them."""

    def __init__(self, folder: Path, url: str = "", seed: int = 1) -> None:
        """``url``: database of the centre, empty for SQLite in ``folder``."""
        self.folder = folder
        self.chance = chance.Random(seed)
        self.clock = HandClock(START + 5)
        self.settings = Settings(folder / "central", url, institution=INSTITUTION)
        self.counters: list[Counter] = []
        self.central = self._build()
        for code, (name, comuna) in OFFICES.items():
            self.central.ledger.office(office(code, name, comuna))

    def _build(self) -> Central:
        return build(self.settings, self.clock.now, self.random)

    def random(self, size: int) -> bytes:
        """Give bytes from the seed."""
        return self.chance.randbytes(size)

    def restart_centre(self) -> None:
        """Stop the centre and start it again over the same database."""
        self.central.close()
        self.central = self._build()

    def enrol(self, office_code: str) -> Counter:
        """Add a counter to an office, by the wire's own enrolment."""
        name = f"Mesón {len(self.counters) + 1}"
        seed, log, database = self.random(32), self.random(8), self.random(32)
        key = SigningKey(seed)
        folder = self.folder / f"counter-{len(self.counters)}"
        store = Store.create(folder, database)
        feed = self.central.ledger.office_feed(office_code)
        asked = {
            "code": self.central.auth.new_code(feed),
            "public_key": b64(key.public),
            "log": b64(log),
            "name": name,
        }
        grant = EnrolAnswer.read(self.central.enrol(msgspec.json.encode(asked)))
        enrolment = grant.enrolment("http://127.0.0.1", name)
        store.enrol(enrolment, log, key.public)
        counter = Counter(self, name, folder, key, database, HandClock(), Line(self), store, seed)
        self.counters.append(counter)
        return counter

    def settle(self) -> None:
        """Sync everybody over a whole line until nobody has anything new to say."""
        for _ in range(2 + len(self.counters)):
            for counter in self.counters:
                assert counter.sync()

    def positions(self) -> dict[str, int]:
        """Give how many entries each counter's feeds have, summed over counters."""
        found: dict[str, int] = {}
        for counter in self.counters:
            for feed, pos, _ in counter.store.cursors():
                found[f"{counter.name} {feed}"] = pos
        return found

    def close(self) -> None:
        """Close every program."""
        for counter in self.counters:
            counter.store.close()
        self.central.close()


def office(code: str, name: str, comuna: str) -> Oficina:
    """Make an office with two invented officials."""
    made = Oficina(
        codigo=code,
        folio="",
        nombre=f"Delegación Presidencial Provincial de {name}",
        institucion="Servicio de Gobierno Interior",
        comuna=comuna,
        zona="America/Santiago",
        base="https://oirs.example.cl",
        funcionarios=(Funcionario("rosa", "Rosa Catrín"), Funcionario("luis", "Luis Oyarzo")),
        compromisos={"consulta": 5},
    )
    return replace(made, zona="Pacific/Easter") if code == "052" else made
