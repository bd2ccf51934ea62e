"""The way to the centre in tests of the window: by hand over a real centre, and acts that nobody can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from oirs_core import chain
from oirs_desktop.counter import Counter
from tests.support.centre import NOW
from tests.support.office import START, HandClock, NoPrinter, Office, Outlook
from tests.support.sticks import usb
from tests.support.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_desktop.ui.kit.tasks import Tasks
    from tests.support.world import Counter as Enrolled


@dataclass
class Road:
    """A counter whose centre is real and is reached by files, or by a line that the test plays."""

    world: World
    counter: Enrolled
    office: Office

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Enrol a counter of Palena and let it learn its office."""
        world = World(folder)
        made = world.enrol("104")
        world.clock.ms = made.clock.ms = START - 60_000
        made.sync()
        clock = HandClock()
        made.clock = clock  # type: ignore[assignment] # both tell the time
        counter = Counter(made.desk, made.key, NoPrinter(), folder / "papers")
        office = Office(made, None, made.desk, counter, clock, Outlook(made.store))  # type: ignore[arg-type]
        return cls(world, made, office)

    def give_stick(self, tasks: Tasks) -> None:
        """Let the window carry by hand."""
        from oirs_desktop.ui.kit.stickwork import StickWork  # noqa: PLC0415 - needs Qt

        self.office.sync.stick = StickWork(usb(self.counter), tasks, lambda _: None)

    def close(self) -> None:
        """Close counter and centre."""
        self.world.close()


def newer_act(office: Office, entity: bytes) -> bytes:
    """Somebody with a later program adds an act to a case; its hash."""
    centre = office.centre
    log, key = centre.log, centre.key
    seq, prev = centre.head(log, key.public)
    header = chain.Header("Visita", 1, NOW, sure=True, user="juan", entity=entity)
    made = chain.seal(log, seq + 1, prev, header.encode(), bytes(16), b'{"donde":"casa"}')
    centre.keep(made, (made.seq, chain.b64(key.sign(chain.group_message(made.seq, made.h)))))
    office.deliver()
    while office.store.look_for_unread():
        continue
    return made.h


def refused(office: Office, h: bytes) -> None:
    """The centre says that it cannot read an act of ours."""
    office.deliver()
    office.store.absorb(office.centre.answer(quarantined=(chain.b64(h),)), NOW)
