"""The random machine: real desktops and a real centre, through faults, until they agree.

Nothing lost, nothing doubled, all agree, a further sync writes nothing: I1 to I4, I10 of the
protocol, for the histories that hypothesis finds.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from oirs_core.domain.errors import ActNotAllowed
from oirs_core.domain.events import (
    Act,
    Anotacion,
    Anulacion,
    Cambio,
    Cierre,
    Copia,
    Derivacion,
    Enmienda,
    Institucion,
    Materia,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import DocType, Kind, Salida
from oirs_core.domain.persona import Persona
from oirs_desktop.desk import Draft
from tests.support.postgres import empty
from tests.support.world import Fate, World

ACTS: tuple[Act, ...] = (
    Anotacion("Llamó para preguntar."),
    Respuesta("Se le explicó dónde ir."),
    Derivacion(Institucion("Servicio de Salud")),
    Cierre("Retiró su respuesta."),
    Reapertura("Trajo otro papel."),
    Copia(1),
    Enmienda((Cambio("telefono", "+56 9 1"), Cambio("nombres", "Otra Persona"))),
    Enmienda((Cambio("telefono", "+56 9 2"),)),
)
FATES = st.lists(st.sampled_from(list(Fate)), min_size=1, max_size=4)
PLACES = ("104", "104", "052")


class Offices(RuleBasedStateMachine):
    """Three counters of two offices, one centre, and a line that loses things."""

    def __init__(self, url: str = "") -> None:
        """``url``: database of the centre, empty for SQLite."""
        super().__init__()
        self.url = url
        self.folder = Path(tempfile.mkdtemp(prefix="oirs-machine-"))
        self.opened: dict[str, str] = {}
        self.acts = 0

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        """Enrol the counters; offices and colleagues come down with the first sync."""
        self.world = World(self.folder, self.url, seed)
        for code in PLACES:
            counter = self.world.enrol(code)
            counter.batch = 700
            counter.sync()

    @rule(who=st.integers(0, 2), salida=st.sampled_from(list(Salida)))
    def file(self, who: int, salida: Salida) -> None:
        """Somebody comes to a counter."""
        counter = self.world.counters[who]
        draft = Draft(
            Persona(DocType.SIN_DOCUMENTO, nombres=f"Persona {len(self.opened)}"),
            Kind.CONSULTA,
            Materia("Subsidio"),
            f"Pregunta {len(self.opened)}",
            salida,
            respuesta="Sí.",
            destino=Institucion("Municipalidad"),
        )
        case = counter.desk.open(draft).case
        assert case.ingreso.folio not in self.opened
        self.opened[case.ingreso.folio] = counter.office

    @precondition(lambda self: self.opened)
    @rule(who=st.integers(0, 2), which=st.integers(0, 99), act=st.sampled_from(ACTS))
    def act(self, who: int, which: int, act: Act) -> None:
        """An official acts on a case that this counter knows; others may do so at the same time."""
        desk = self.world.counters[who].desk
        rows = desk.search("persona")
        if not rows:
            return
        try:
            desk.add(rows[which % len(rows)].id, act)
        except ActNotAllowed:
            return
        self.acts += 1

    @precondition(lambda self: self.opened)
    @rule(who=st.integers(0, 2), which=st.integers(0, 99), back=st.integers(1, 4))
    def take_back(self, who: int, which: int, back: int) -> None:
        """An official takes back one of the last acts of a case."""
        desk = self.world.counters[who].desk
        rows = desk.search("persona")
        case = desk.case(rows[which % len(rows)].id) if rows else None
        if case is None:
            return
        with suppress(ActNotAllowed):
            desk.add(case.id, Anulacion(case.facts[-min(back, len(case.facts))].h.hex()))

    @precondition(lambda self: self.opened)
    @rule(which=st.integers(0, 99))
    def answer_at_centre(self, which: int) -> None:
        """Somebody at the centre answers a case that has arrived there."""
        folio = sorted(self.opened)[which % len(self.opened)]
        feed = self.world.central.ledger.office_feed(self.opened[folio])
        if f'"{folio}"'.encode() not in self.world.central.ledger.dump(feed):
            return
        try:
            self.world.central.ledger.add(folio, Respuesta("Desde la capital."), "centro")
        except ActNotAllowed:
            return
        self.acts += 1

    @rule(who=st.integers(0, 2), fates=FATES)
    def sync(self, who: int, fates: list[Fate]) -> None:
        """The line comes, and may go again."""
        self.world.counters[who].sync(*fates)

    @rule(who=st.integers(0, 2))
    def sync_whole(self, who: int) -> None:
        """The line holds for once."""
        self.world.counters[who].sync()

    @rule(who=st.integers(0, 3), hours=st.integers(-90_000, 90_000))
    def trouble(self, who: int, hours: int) -> None:
        """The power goes at a counter or at the centre; a clock comes back years off."""
        if who == len(self.world.counters):
            self.world.restart_centre()
            return
        counter = self.world.counters[who]
        counter.restart()
        # It must order nothing, and stay inside the years whose holidays are known.
        counter.clock.ms = max(1, counter.clock.ms + hours * 360_000)

    @invariant()
    def own_work_is_always_visible(self) -> None:
        """What a counter wrote it shows, delivered or not (I6)."""
        if not hasattr(self, "world"):
            return
        for folio, code in self.opened.items():
            homes = [c for c in self.world.counters if c.office == code and c.store.by_folio(folio)]
            assert homes, folio

    def teardown(self) -> None:
        """Let the line be whole, and compare everything with everything."""
        if hasattr(self, "world"):
            try:
                self._compare()
            finally:
                self.world.close()
                if self.url:
                    empty(self.url)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _compare(self) -> None:
        world = self.world
        world.settle()
        for code in set(PLACES):
            central = world.central.ledger.dump(world.central.ledger.office_feed(code))
            dumps = [c.store.dump() for c in world.counters if c.office == code]
            assert all(dump == central for dump in dumps)
            own = sorted(folio for folio, office in self.opened.items() if office == code)
            lines = central.splitlines()
            assert len(lines) == len(own)
            assert all(any(f'"{folio}"'.encode() in line for line in lines) for folio in own)
        assert all(counter.store.queue().pending == 0 for counter in world.counters)
        assert world.central.ledger.verify() == []
        before, dumps = world.positions(), [c.store.dump() for c in world.counters]
        world.settle()
        assert (world.positions(), [c.store.dump() for c in world.counters]) == (before, dumps)


ROUND = settings(
    max_examples=15,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestOffices = Offices.TestCase
TestOffices.settings = ROUND


@pytest.mark.postgres
def test_the_same_holds_on_postgresql(postgres_url: str) -> None:
    class OnPostgres(Offices):
        def __init__(self) -> None:
            super().__init__(postgres_url)

    shorter = settings(ROUND, max_examples=4, stateful_step_count=30)
    run_state_machine_as_test(OnPostgres, settings=shorter)
