"""Counters and a centre that meet by files only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.domain.events import Materia
from oirs_core.domain.kinds import Kind, Salida
from oirs_core.domain.persona import Persona
from oirs_core.wire.bundle import Writer
from oirs_core.wire.seal import SealKey
from oirs_desktop.desk import Draft
from oirs_desktop.sync.usb import Usb

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_central.bundles import Result
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.sync.answers import Imported
    from oirs_desktop.sync.stickpapers import Bytes
    from tests.support.world import Counter, World


def failing(at: int, number: int = 28) -> Callable[[Writer, bytes], None]:
    """Write half of the ``at``-th piece, as a disk that fills up or is pulled out does. ``number``: errno."""
    real, left = Writer._put, [at]

    def put(self: Writer, data: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            self.file.write(data[: len(data) // 2])
            raise OSError(number, "no")
        real(self, data)

    return put


def usb(counter: Counter, documents: Bytes | None = None) -> Usb:
    """The way by hand of a counter. ``documents``: where their bytes lie."""
    keys = (counter.key, SealKey(counter.seed))
    return Usb(counter.store, keys, counter.clock, counter.world.random, documents)


def file(counter: Counter, relato: str = "¿A qué hora abren?") -> Solicitud:
    """Somebody comes to the counter."""
    draft = Draft(Persona(), Kind.CONSULTA, Materia("Horario"), relato, Salida.PENDIENTE)
    return counter.desk.open(draft).case


def post(world: World, stick: Path, out: Path | None = None) -> list[Result]:
    """The centre takes the stick and leaves its answers on it."""
    told: list[Result] = []
    world.central.post.take([stick], out or stick, told.append)
    return told


def carry(world: World, counter: Counter, stick: Path) -> Imported:
    """Out, to the centre, and back."""
    stick.mkdir(exist_ok=True)
    usb(counter).export(stick)
    post(world, stick)
    found = usb(counter).read(stick)
    for path in stick.iterdir():
        path.unlink()
    return found
