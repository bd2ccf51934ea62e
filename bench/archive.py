"""An office with many cases: our store and the floor's, filled with the same attentions.

The store's own writer makes every row, as it would one by one; only the transactions are larger, and
a new log is opened whenever the numbers of the last one are used up, as ten counters would have done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.attentions import Attentions, spread
from bench.counter_store import DATABASE_KEY, DEVICE, OFFICE, USER, label, log_id, make_store
from bench.register import record_of
from oirs_core.domain.events import Ingreso
from oirs_core.domain.folio import LAST_NUMBER
from oirs_desktop.store import NewAct, Stamp
from oirs_desktop.store import state as store_state
from oirs_desktop.store.engine import FILE_NAME, WRITE, make_engine
from oirs_desktop.store.writing import Writer

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from bench.raw_sqlite import RawSqlite
    from oirs_desktop.desk import Draft

BATCH = 2_000
SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Known:
    """A few of the cases that stand in the archive: what a person could ask for."""

    folio: str
    run: str
    name: str
    surnames: tuple[str, str]


def fill(folder: Path, raw: RawSqlite, cases: int, dice: random.Random) -> list[Known]:
    """Create the store in ``folder`` and fill both; return a sample of what is in them."""
    make_store(folder).close()
    engine = make_engine(folder / FILE_NAME, DATABASE_KEY)
    known: list[Known] = []
    try:
        for start in range(0, cases, BATCH):
            numbers = range(start, min(start + BATCH, cases))
            with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
                made = list(_record(connection, numbers, dice))
            raw.put(*(record_of(ingreso, n) for n, ingreso in zip(numbers, made, strict=True)))
            known += [_known(ingreso) for ingreso in made[:: max(1, cases // SAMPLE)]]
    finally:
        engine.dispose()
    return known


def _record(connection: Connection, numbers: range, dice: random.Random) -> Iterator[Ingreso]:
    attentions = Attentions()
    writer: Writer | None = None
    for n in numbers:
        if n and n % LAST_NUMBER == 0:
            number = n // LAST_NUMBER
            store_state.open_log(connection, log_id(number), label(number), DEVICE.public)
            writer = None
        stamp = _stamp(n)
        if writer is None:
            writer = Writer(connection, store_state.head(connection), OFFICE, stamp, dice.randbytes)
        writer.stamp = stamp
        act = ingreso_of(attentions.draft(n))
        case = writer.record([NewAct(act)], None).case
        yield case.ingreso


def _stamp(n: int) -> Stamp:
    when = spread(n).replace(tzinfo=ZoneInfo(OFFICE.zona))
    return Stamp(int(when.timestamp() * 1000), sure=True, user=USER.id)


def ingreso_of(draft: Draft) -> Ingreso:
    return Ingreso(
        tipo=draft.tipo,
        materia=draft.materia,
        relato=draft.relato,
        persona=draft.persona,
        oficina=OFFICE.codigo,
        comuna=OFFICE.comuna,
        fecha_legal="2026-10-01",
        atiende=USER.nombre,
        medio=draft.medio,
    )


def _known(ingreso: Ingreso) -> Known:
    persona = ingreso.persona
    surnames = (persona.apellido_paterno, persona.apellido_materno)
    return Known(ingreso.folio, persona.doc_numero, persona.full_name, surnames)
