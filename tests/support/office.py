"""One real counter for tests of the window: real store, desk and paper; clock and line are played."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oirs_core.domain.events import Funcionario, Institucion, Materia
from oirs_core.domain.kinds import DocType, Kind, Salida
from oirs_core.domain.persona import Persona
from oirs_desktop.attachments.documents import Documents
from oirs_desktop.attachments.vault import Vault
from oirs_desktop.counter import Counter
from oirs_desktop.desk import Desk, Draft
from oirs_desktop.session import Session
from oirs_desktop.settings import Settings
from oirs_desktop.store.engine import FILE_NAME
from oirs_desktop.ui.kit.sending import Outward
from oirs_desktop.ui.kit.tastes import Tastes
from tests.support.centre import KEY, Centre, chance
from tests.support.centre import OFFICE as PLAIN_OFFICE
from tests.support.centre import Counter as Enrolled

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.printing.papers import Sheet
    from oirs_desktop.printing.printers import JobState
    from oirs_desktop.store import Store

START = 1_795_700_520_000
"""Thursday 26 November 2026, 10:42 in Santiago, ms UTC."""
MINUTE = 60_000
DAY = 24 * 60 * MINUTE

ROSA = Funcionario("rosa", "Rosa Catrin")
OFFICE = replace(
    PLAIN_OFFICE,
    nombre="Delegación Presidencial Provincial de Palena",
    comuna="10401",
    compromisos={"consulta": 5, "reclamo": 20, "peticion": 20},
    funcionarios=(ROSA, Funcionario("juan", "Juan Soto")),
)


@dataclass(slots=True)
class HandClock:
    """A clock that the test moves; it stands still between."""

    ms: int = START

    def now(self) -> int:
        """Return ms UTC."""
        return self.ms


class NoPrinter:
    """No printer is installed."""

    def names(self) -> list[str]:
        """Give no queue."""
        return []

    def default(self) -> str | None:
        """Give no queue."""
        return None

    def sheets(self, printer: str) -> list[Sheet]:
        """Never called without a printer."""
        raise AssertionError(printer)

    def send(self, pdf: Path, title: str, printer: str) -> str:
        """Never called without a printer."""
        raise AssertionError(pdf, title, printer)

    def state(self, job: str) -> JobState:
        """Never called without a job."""
        raise AssertionError(job)


def quiet() -> Tastes:
    """Give the normal settings without the dictionary, whose process most tests have no use for."""
    return Tastes(None, Settings(spelling=False))


@dataclass(slots=True)
class Outlook(Outward):
    """What the window sees of a line that is never there."""

    store: Store
    connected: bool = False
    woken: int = 0

    def wake(self) -> None:
        """Count the calls."""
        self.woken += 1


@dataclass(slots=True)
class Office:
    """A counter and its parts."""

    made: Enrolled
    centre: Centre
    desk: Desk
    counter: Counter
    clock: HandClock
    sync: Outlook

    @property
    def store(self) -> Store:
        """The store of the counter."""
        return self.made.store

    def deliver(self) -> None:
        """Hold one conversation with the centre."""
        self.made.sync(self.centre)

    def file(self, nombres: str = "Rosa Elena", *, ago: int = 0, **changes: object) -> Solicitud:
        """Open a case ``ago`` ms before now."""
        self.clock.ms -= ago
        draft = {**DRAFT, "persona": person(nombres), **changes}
        case = self.desk.open(Draft(**draft)).case  # type: ignore[arg-type] # fields by name
        self.clock.ms += ago
        return case


def person(nombres: str, run: str = "12.345.678-5", **more: str) -> Persona:
    """Somebody with a RUN."""
    names = {"apellido_paterno": "Millapán", "apellido_materno": "Hueque", "telefono": "+56 9 5555 1234"}
    return Persona(DocType.RUN, run, nombres, **{**names, **more})


DRAFT: dict[str, object] = {
    "tipo": Kind.CONSULTA,
    "materia": Materia("Subsidio de aislamiento"),
    "relato": "Pregunta cómo postular al subsidio para aislar el techo de su casa.",
    "salida": Salida.PENDIENTE,
}
SERVIU = Institucion("Servicio de Vivienda y Urbanización Los Lagos")


def open_office(folder: Path) -> Office:
    """Enrol a new counter in ``folder`` and take what the centre says of its office; or open it again."""
    centre = Centre()
    centre.write(OFFICE)
    again = (folder / "data" / FILE_NAME).exists()
    made = Enrolled.reopen(folder / "data") if again else Enrolled.make(folder / "data", centre)
    enrolment = made.store.enrolment()
    if enrolment is None:
        raise AssertionError
    clock = HandClock()
    desk = Desk(made.store, Session(ROSA, OFFICE, enrolment), clock, made.random)
    counter = Counter(desk, made.key, NoPrinter(), folder / "papers")
    counter.documents = Documents(Vault(folder / "documents", KEY, chance("documents")))
    return Office(made, centre, desk, counter, clock, Outlook(made.store))
