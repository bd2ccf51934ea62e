"""The training office: a centre on this machine, invented officials, and a counter enrolled in it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from oirs_core.domain.events import Funcionario, Oficina
from oirs_desktop.commands.centre import Centre
from oirs_desktop.commands.errors import AlreadyEnrolled
from oirs_desktop.commands.machine import Invitation, enrol_machine, open_machine
from oirs_desktop.commands.visitors import DONE, MARK, receive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from oirs_desktop.commands.machine import World
    from oirs_desktop.keystore import Keystore

OFFICE = Oficina(
    codigo="104",
    folio="",
    nombre="Delegación Presidencial Provincial de Palena",
    institucion="Servicio de Gobierno Interior",
    comuna="10401",
    zona="",
    base="https://capacitacion.example",
    direccion="Libertador Bernardo O'Higgins 254, Chaitén",
    telefono="+56 65 255 0000",
    horario="lunes a viernes, 8:30 a 14:00",
    compromisos={"consulta": 5, "reclamo": 20, "sugerencia": 20, "felicitacion": 20, "peticion": 20},
    funcionarios=(
        Funcionario("rosa.catrin", "Rosa Catrin Millar", "Encargada OIRS"),
        Funcionario("juan.soto", "Juan Soto Barría", "Apoyo de mesón"),
        Funcionario("ines.vera", "Inés Vera Oyarzo", "Gobierno en Terreno"),
    ),
    capacitacion=True,
)
"""Everybody in it is invented; the commitments are for exercise only."""


class Training(NamedTuple):
    """``centre`` runs; ``counter`` is the data folder of the enrolled counter."""

    centre: Centre
    counter: Path


@contextmanager
def open_training(
    folder: Path, keystore_of: Callable[[Path], Keystore], world: World, say: Callable[[str], None]
) -> Iterator[Training]:
    """Start the centre in ``folder``, stop it at the end; the first time, enrol the counter and fill it.

    The invented people are filed through the desk, each under the official who is said to have served them.
    """
    counter = folder / "meson"
    with Centre(folder / "central") as centre:
        say(f"Central de capacitación en {centre.url}")
        keystore = keystore_of(counter)
        if keystore.load() is None or not (counter / ENROLLED).is_file():
            counter.mkdir(parents=True, exist_ok=True)
            centre.office(OFFICE)
            invitation = Invitation(centre.url, centre.code(OFFICE.codigo), "Mesón 1")
            with suppress(AlreadyEnrolled):  # interrupted the last time, right before the end
                enrol_machine(counter, keystore, world, invitation).close()
            (counter / ENROLLED).touch()
            say(f"Mesón inscrito en {OFFICE.nombre}")
        _people(counter, keystore, world, say)
        yield Training(centre, counter)


def _people(counter: Path, keystore: Keystore, world: World, say: Callable[[str], None]) -> None:
    mark = counter / MARK
    if mark.is_file() and DONE in mark.read_text(encoding="utf-8"):
        return
    machine = open_machine(counter, keystore, world)
    try:
        say(f"Atenciones inventadas para practicar: {receive(machine)}")
    finally:
        machine.close()


ENROLLED = "inscrito"
"""Stands in the folder once the enrolment has come to its end, so that an interrupted one is done again."""
