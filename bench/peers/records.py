"""The records of the common workload, 1.2 KB of JSON each, as filings at a counter."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from oirs_core.domain.events import Ingreso, Materia
from oirs_core.domain.kinds import DocType, Kind
from oirs_core.domain.persona import Persona
from oirs_desktop.store import NewAct, Stamp, state
from oirs_desktop.store.writing import Writer

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

    from oirs_core.domain.events import Oficina
    from oirs_desktop.store import Store

FIRST_YEAR, PER_YEAR = 2026, 9_000
"""A label gives 9,999 numbers a year: so many records are filed in each."""
BATCH = 2_000
AT = 1_790_000_000_000
USER = "jgodoy"


def ingreso_of(record: dict[str, Any], number: int, office: Oficina) -> Ingreso:
    """Everything that the record says, the history as text; its folio begins the relato and counts it."""
    history = "\n".join(" ".join(event.values()) for event in record["eventos"])
    names = record["nombre"].split()
    return Ingreso(
        tipo=Kind.CONSULTA,
        materia=Materia(record["tipo"]),
        relato=f"{record['folio']} {record['descripcion']}\n{history}",
        persona=Persona(DocType.RUN, record["run"].replace(".", ""), " ".join(names[:2]), *names[2:4]),
        oficina=office.codigo,
        comuna=office.comuna,
        fecha_legal=f"{FIRST_YEAR + number // PER_YEAR}-10-01",
        atiende="Jocelyn Godoy Araya",
        localidad=record["comuna"],
    )


def load(store: Store, office: Oficina, acts: Sequence[tuple[int, Ingreso]], dice: random.Random) -> None:
    """File many with the store's own writer, in large transactions."""
    waiting = iter(acts)
    while part := list(islice(waiting, BATCH)):
        with store._write() as connection:  # noqa: SLF001 - the product has no door for thousands at once
            writer = Writer(connection, state.head(connection), office, _stamp(0), dice.randbytes)
            for number, act in part:
                writer.stamp = _stamp(number)
                writer.record([NewAct(act)], None)
    store._head = None  # noqa: SLF001 - the next single save reads where the log ends


def load_one(store: Store, acts: Iterable[tuple[int, Ingreso]], dice: random.Random) -> None:
    """File one after the other, as at a counter."""
    for number, act in acts:
        store.record([NewAct(act)], _stamp(number), dice.randbytes)


def _stamp(number: int) -> Stamp:
    return Stamp(AT + number * 1000, sure=True, user=USER)
