"""The day's close: what this counter did on a day, so that papers and screen can be compared."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oirs_core.domain.events import (
    Anulacion,
    Cierre,
    Copia,
    Derivacion,
    Enmienda,
    Ingreso,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.folio import LAST_NUMBER, Folio
from oirs_core.domain.kinds import Estado, Kind
from oirs_desktop.store.dayrecords import Copied, Day, Gap, Head, Outcome, Series, Undone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from oirs_core.domain.events import Act, Oficina
    from oirs_desktop.store import CaseRow, Store
    from oirs_desktop.store.daily import OwnAct

LOOK_BACK = 20
"""Numbers before the first of the day that are looked for, to find a gap over night."""


OUTCOMES = {
    Estado.RESPONDIDA: Outcome.RESPONDIDA,
    Estado.DERIVADA: Outcome.DERIVADA,
    Estado.CERRADA: Outcome.CERRADA,
    Estado.INGRESADA: Outcome.PENDIENTE,
    Estado.EN_TRAMITE: Outcome.PENDIENTE,
}
LATER = {
    Respuesta: "respuestas",
    Derivacion: "derivaciones",
    Cierre: "cierres",
    Reapertura: "reaperturas",
    Enmienda: "correcciones",
}
"""Acts on cases of other days, by the word for many of them."""


def span(day: date, zone: str) -> tuple[int, int]:
    """First instant of a day of the office and of the next one, ms UTC; a day may have 23 or 25 hours."""
    edges = (datetime.combine(d, time(), ZoneInfo(zone)) for d in (day, day + timedelta(days=1)))
    start, end = (round(edge.timestamp() * 1000) for edge in edges)
    return start, end


def read_day(store: Store, office: Oficina, day: date, drafts: int) -> Day:
    """Gather the day of this counter; it reads the store."""
    start, end = span(day, office.zona)
    acts = store.own_acts(start, end)
    own = {act.entity for act in acts if isinstance(act.act, Ingreso)}
    cases = tuple(row for row in store.filed(start, end) if row.id in own)
    folios = {row.id: row.folio for row in cases}
    head = store.own_head(end)
    return Day(
        day=day,
        cases=cases,
        table=dict(Counter((Kind(row.tipo), OUTCOMES[Estado(row.estado)]) for row in cases)),
        series=_series(store, office, cases),
        later=_later(acts, own),
        corrections=sum(isinstance(one.act, Enmienda) and one.entity in own for one in acts),
        copies=_copies(store, acts, folios),
        undone=_undone(store, acts, folios),
        unsent=sum(not one.delivered for one in acts),
        pending=store.queue().pending,
        drafts=drafts,
        head=Head(head.seq, head.h, head.at),
    )


def _later(acts: Iterable[OwnAct], own: set[bytes]) -> dict[str, int]:
    words = (LATER.get(type(one.act)) for one in acts if one.entity not in own and one.act is not None)
    return dict(Counter(word for word in words if word))


def _folio(store: Store, entity: bytes, folios: dict[bytes, str]) -> str:
    if entity not in folios:
        case = store.case(entity)
        folios[entity] = case.ingreso.folio if case else ""
    return folios[entity]


def _copies(store: Store, acts: Iterable[OwnAct], folios: dict[bytes, str]) -> tuple[Copied, ...]:
    return tuple(
        Copied(_folio(store, one.entity, folios), one.act.n, one.at)
        for one in acts
        if isinstance(one.act, Copia)
    )


def _undone(store: Store, acts: Iterable[OwnAct], folios: dict[bytes, str]) -> tuple[Undone, ...]:
    found = []
    for one in acts:
        if isinstance(one.act, Anulacion):
            case = store.case(one.entity)
            facts = case.facts if case else ()
            what: Act | None = next((f.act for f in facts if f.h.hex() == one.act.acto), None)
            name = type(what).__name__ if what is not None else ""
            found.append(Undone(_folio(store, one.entity, folios), name, one.user, one.at))
    return tuple(found)


def _series(store: Store, office: Oficina, cases: Sequence[CaseRow]) -> tuple[Series, ...]:
    by_label: dict[tuple[str, int], dict[int, str]] = {}
    for row in cases:
        folio = Folio(row.folio)
        by_label.setdefault((folio.label, int(row.fecha_legal[:4])), {})[folio.number] = row.folio
    made = []
    for (label, year), numbers in sorted(by_label.items()):
        first, last = min(numbers), max(numbers)

        def look(number: int, label: str = label, year: int = year) -> CaseRow | None:
            rows = store.by_folio(Folio.build(office.folio, year, label, number).text, 1)
            return rows[0] if rows else None

        missing = [n for n in range(first + 1, last) if n not in numbers]
        for number in range(first - 1, max(0, first - LOOK_BACK), -1):
            if look(number) is not None:
                break
            missing.insert(0, number)
        gaps = tuple(_gaps(missing, {n: found.opened_at for n in missing if (found := look(n)) is not None}))
        made.append(Series(label, numbers[first], numbers[last], len(numbers), gaps))
    return tuple(made)


def _gaps(missing: Sequence[int], elsewhere: dict[int, int]) -> Iterable[Gap]:
    """Join neighbours that have the same explanation."""
    run: list[int] = []
    for number in [*missing, LAST_NUMBER + 2]:
        joins = run and number == run[-1] + 1 and (number in elsewhere) == (run[-1] in elsewhere)
        if run and not joins:
            yield Gap(run[0], run[-1], elsewhere.get(run[0]))
            run = []
        run.append(number)
