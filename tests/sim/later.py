"""Steps beyond the plain exchange: sticks, erasure, old cases put away, verified backups, new counters."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from oirs_central.ledger import backup
from oirs_central.ledger.errors import FolioUnknown, NothingToErase
from oirs_central.settings import DATABASE_NAME
from oirs_core.chain import b64
from oirs_core.signature import SigningKey
from oirs_core.wire.seal import SealKey
from oirs_desktop.sync.client import EnrolAnswer
from oirs_desktop.sync.usb import Usb
from tests.sim.parts import CentreDown, Clock, Keystore, Machine
from tests.sim.template import template

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_central.app import Central
    from tests.sim.plan import Step

START = 1_795_000_000_000
OFFICES = ("104", "052")
OF_FEED = "FROM event e JOIN feed_entry f ON f.h = e.h WHERE f.feed = ?"
MONTH = 31 * 24 * 3_600_000
MOST = 7
"""Counters in one run."""


class Later:
    """A part of the world."""

    if TYPE_CHECKING:
        central: Central
        clock: Clock
        backups: list[dict[str, bytes]]
        machines: list[Machine]

        def random(self, size: int) -> bytes: ...
        def count(self, what: str) -> None: ...
        def _folder(self, name: str) -> Path: ...
        def start(self, machine: Machine, files: dict[str, bytes]) -> Machine: ...
        def do_centre_write(self, machine: Machine, step: Step) -> None: ...
        def do_sync(self, machine: Machine, step: Step) -> None: ...
        def positions(self) -> dict[str, int]: ...

    def stick(self, machine: Machine) -> Path:
        folder = machine.folder.parent / f"stick-{machine.office}"
        folder.mkdir(exist_ok=True)
        return folder

    def do_stick(self, machine: Machine, step: Step) -> None:
        """Write what waits to the office's stick; take the stick to the centre; read what it brings."""
        usb = Usb(
            machine.store, (machine.key, SealKey(machine.seed)), machine.clock, self.random, machine.papers
        )
        stick = self.stick(machine)
        machine.guard.note()
        out, over, back = ((1, 0, 0), (1, 1, 0), (0, 1, 1), (1, 1, 1))[step.a % 4]
        if out:
            usb.export(stick)
        if over:
            with suppress(CentreDown):
                self.central.post.take([stick], stick, lambda result: self.count(f"stick {result.verdict}"))
            self.positions()
        if back:
            for taken in usb.read(stick).files:
                self.count(f"stick {taken.outcome}")
            if step.b % 3 == 0:
                shutil.rmtree(stick)

    def do_erase(self, _machine: Machine, step: Step) -> None:
        """Take the personal data of a case out of history."""
        feed = self.central.ledger.office_feed(OFFICES[step.a % 2])
        with self.central.database.reading() as connection:
            query = f"SELECT e.h {OF_FEED} AND e.kind IN ('Ingreso', 'Anotacion')"
            known = connection.exec_driver_sql(query, (feed,)).scalars().all()
        if known:
            with suppress(CentreDown, NothingToErase, FolioUnknown):
                self.central.ledger.erase(bytes(known[step.b % len(known)]).hex(), "Resolución 77")

    def do_put_away(self, machine: Machine, step: Step) -> None:
        """Two months later: the content of old cases goes, where the centre has it in a verified backup."""
        if step.a % 3:
            self.clock.ms += 2 * MONTH
            self.do_centre_write(machine, step)
            self.do_centre_verified(machine, step)
            self.do_sync(machine, step._replace(a=0))
        self.count(f"put away {machine.store.put_away(1).cases}")

    def do_ask_back(self, machine: Machine, step: Step) -> None:
        archived = machine.archived()
        if archived:
            machine.store.ask_back(archived[step.a % len(archived)])

    def do_centre_verified(self, _machine: Machine, _step: Step) -> None:
        """A verified backup: from here on the centre can only be restored to this or to a later one."""
        path = self._folder("verified")
        with suppress(CentreDown):
            backup.backup(self.central.database, path, self.clock.now())
            self.backups = [{DATABASE_NAME: path.read_bytes()}]

    def do_join(self, _machine: Machine, step: Step) -> None:
        """A counter is enrolled; the centre may come to forget it."""
        if len(self.machines) >= MOST:
            return
        made, seed, log, office = template(), self.random(32), self.random(8), OFFICES[step.a % 2]
        key, name = SigningKey(seed), f"joined-{len(self.machines)}"
        asked = {
            "code": self.central.auth.new_code(self.central.ledger.office_feed(office)),
            "public_key": b64(key.public),
            "log": b64(log),
            "name": name,
        }
        grant = EnrolAnswer.read(self.central.enrol(msgspec.json.encode(asked)))
        machine = Machine(name, seed, made.database, Clock(START), Keystore(name), office)
        machine.joined = True
        self.start(machine, made.blank)
        machine.store.enrol(grant.enrolment("http://127.0.0.1", name), log, key.public)
        machine.guard.look()
