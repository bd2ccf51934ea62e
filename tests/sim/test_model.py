"""The shipped store and ledger against a model of lists: what must stand where after each step."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from oirs_core.domain.events import Anotacion
from oirs_desktop.store import NewAct, Stamp
from tests.sim.checks import entries, held
from tests.sim.parts import Machine, played, unsealed
from tests.sim.plan import Plan, Step
from tests.sim.template import scratch
from tests.sim.world import World, ingreso

OFFICE = "104"
HERE = st.integers(0, 1)
ANY = st.integers(0, 99)


@dataclass
class Desk:
    """What a counter must hold. ``arrived``: all events in the order in which they came here.

    ``seen``: the feed as it was last shown; what it wrote and did not see there is pending.
    """

    arrived: list[str]
    seen: list[str]
    wrote: set[str] = field(default_factory=set)

    @property
    def pending(self) -> int:
        return len(self.wrote - set(self.seen))


class Model:
    """One office: a feed and two counters, all lists. No signatures, chains, batches or pages."""

    def __init__(self, feed: list[str]) -> None:
        self.feed = list(feed)
        self.kept: list[str] | None = None
        self.desks = [Desk(list(feed), list(feed)) for _ in range(2)]

    def wrote(self, who: int, h: str) -> None:
        self.desks[who].arrived.append(h)
        self.desks[who].wrote.add(h)

    def agrees(self, desk: Desk) -> bool:
        return self.feed[: len(desk.seen)] == desk.seen

    def reached(self, desk: Desk) -> None:
        """A request came through: what stands on the same history is taken, in the order of its arrival."""
        if self.agrees(desk):
            self.feed += [h for h in desk.arrived if h in desk.wrote and h not in self.feed]

    def answered(self, desk: Desk) -> None:
        """A whole conversation: the centre gets back what it lost, the counter what it lacks."""
        self.feed += [h for h in desk.arrived if h not in self.feed]
        desk.seen = list(self.feed)
        desk.arrived += [h for h in self.feed if h not in desk.arrived]


class Office(RuleBasedStateMachine):
    """Steps that are done in the model and by the program."""

    def __init__(self) -> None:
        super().__init__()
        with unsealed():
            self.world = World(Plan(7, 3, False, ()), scratch())
        self.parts = played(self.world.power, narrow=False)
        self.parts.__enter__()
        self.machines = [m for m in self.world.machines if m.office == OFFICE]
        for machine in self.world.machines:
            self.world.talk(machine, self.world.cycle(machine, [])[0])
        self.model = Model(self.feed())
        self.cases: dict[str, bytes] = {}

    def feed(self) -> list[str]:
        return [str(row[0]) for row in entries(self.world, OFFICE)]

    @rule(who=HERE)
    def opens(self, who: int) -> None:
        machine = self.machines[who]
        stamp = Stamp(machine.clock.now(), sure=True, user="rosa")
        made = machine.store.record([NewAct(ingreso(len(self.cases), OFFICE))], stamp, self.world.random)
        h = made.hashes[0].hex().upper()
        self.cases[h] = made.case.id
        self.model.wrote(who, h)

    @precondition(lambda self: self.cases)
    @rule(who=HERE, which=ANY)
    def notes(self, who: int, which: int) -> None:
        machine, desk = self.machines[who], self.model.desks[who]
        known = [h for h in self.cases if h in desk.arrived]
        if known:
            entity = self.cases[known[which % len(known)]]
            stamp = Stamp(machine.clock.now(), sure=False, user="luis")
            acts = [NewAct(Anotacion("Llamó."))]
            made = machine.store.record(acts, stamp, self.world.random, entity)
            self.model.wrote(who, made.hashes[0].hex().upper())

    @rule(who=HERE)
    def talks(self, who: int) -> None:
        assert self.world.talk(self.machines[who], self.world.cycle(self.machines[who], [])[0])
        self.model.answered(self.model.desks[who])
        assert self.machines[who].store.dump() == self.central_dump()

    @rule(who=HERE, fate=st.sampled_from(["request_lost", "answer_lost"]))
    def talks_in_vain(self, who: int, fate: str) -> None:
        assert not self.world.talk(self.machines[who], self.world.cycle(self.machines[who], [fate])[0])
        if fate == "answer_lost":
            self.model.reached(self.model.desks[who])

    @rule(who=HERE)
    def loses_power(self, who: int) -> None:
        self.world.crash(self.machines[who])

    @rule()
    def backs_up_the_centre(self) -> None:
        self.world.backups = [self.world.centre_files()]
        self.model.kept = list(self.model.feed)

    @precondition(lambda self: self.model.kept is not None)
    @rule()
    def restores_the_centre(self) -> None:
        self.world.do_centre_restore(self.machines[0], Step("centre_restore"))
        self.model.feed = list(self.model.kept or [])

    @invariant()
    def everything_stands_where_the_model_says(self) -> None:
        assert self.feed() == self.model.feed
        for machine, desk in zip(self.machines, self.model.desks, strict=True):
            assert machine.store.queue().pending == desk.pending
            assert self.hashes(machine) == set(desk.arrived)

    def hashes(self, machine: Machine) -> set[str]:
        return held(machine) - self.catalogue()

    def catalogue(self) -> set[str]:
        return held(self.machines[0]) & held(self.world.machines[1])

    def central_dump(self) -> bytes:
        return self.world.central.ledger.dump(self.world.central.ledger.office_feed(OFFICE))

    def teardown(self) -> None:
        """Everybody talks once more: nothing is lost, whatever happened."""
        try:
            for who in (0, 1, 0):
                self.talks(who)
            written = set().union(*(desk.wrote for desk in self.model.desks))
            assert written <= set(self.feed())
        finally:
            self.parts.__exit__(None, None, None)
            self.world.close()
            shutil.rmtree(self.world.folder, ignore_errors=True)


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
