"""Looks through what a counter keeps, and says it in figures."""

from __future__ import annotations

from collections import Counter as Tally
from hashlib import sha256
from typing import TYPE_CHECKING

from oirs_core.domain.folio import Folio
from oirs_desktop.commands.proof import read_dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.commands.machine import Machine


def verify(machine: Machine, say: Callable[[str], None]) -> bool:
    """Read every case, fold it, check its folio; whether all hold. Figures only, nobody's data."""
    dump = machine.store.dump()
    estados: Tally[str] = Tally()
    unreadable, doubled = 0, Tally(folio for _, folio in read_dump(dump))
    for entity, folio in read_dump(dump):
        case = machine.store.case(entity)
        if case is None or Folio.parse(folio).text != case.ingreso.folio:
            unreadable += 1
        else:
            estados[case.estado.value] += 1
    twice = sum(count > 1 for count in doubled.values())
    queue = machine.store.queue()
    say(f"{machine.counter.desk.session.office.nombre}. Casos: {sum(estados.values())}")
    for estado, count in sorted(estados.items()):
        say(f"  {estado.replace('_', ' ')}: {count}")
    say(f"  por enviar: {queue.pending}")
    say(f"  huella de los casos: {sha256(dump).hexdigest()[:16]}")
    if unreadable or twice:
        say(f"No calza: {unreadable} casos ilegibles, {twice} folios repetidos.")
    return not (unreadable or twice)
