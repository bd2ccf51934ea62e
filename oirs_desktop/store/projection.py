"""The disposable rows: one line and one search row for each case, made from its fold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from oirs_core.domain.kinds import OPEN
from oirs_desktop.store import facts
from oirs_desktop.store.tables import SEARCH_COLUMNS, event, solicitud

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from oirs_core.domain.solicitud import Solicitud

COLA = 5
EPOCH = 1_577_836_800_000
"""1 January 2020 in ms UTC. ``nro`` of a case is its time since then and 22 bits that keep equal
times apart, in order of arrival: newest first is then a walk along the primary key."""
NRO_BITS = 22
LAST_MS = (1 << 41) - 1

_NRO = (
    select(func.coalesce(func.max(solicitud.c.nro) + 1, bindparam("low")))
    .where(solicitud.c.nro.between(bindparam("low"), bindparam("high")))
    .scalar_subquery()
)
_INSERT = insert(solicitud).values(nro=_NRO).returning(solicitud.c.nro)
_UPDATE = update(solicitud).where(solicitud.c.entity == bindparam("which")).returning(solicitud.c.nro)
_SEARCH = (
    f"INSERT OR REPLACE INTO busca(rowid, {', '.join(SEARCH_COLUMNS)})"  # noqa: S608 - our own names
    f" VALUES (?{', ?' * len(SEARCH_COLUMNS)})"
)


def doc_key(number: str) -> str:
    """Write a document number in the one way in which numbers are compared."""
    return "".join(c for c in number.upper() if c.isalnum())


def row_of(case: Solicitud) -> dict[str, Any]:
    """Give the columns of a case's line."""
    ingreso = case.ingreso
    persona = ingreso.persona
    key = persona.key
    return {
        "entity": case.id,
        "folio": ingreso.folio,
        "cola": ingreso.folio[-COLA:],
        "tipo": ingreso.tipo.value,
        "estado": case.estado.value,
        "materia": ingreso.materia.texto,
        "name": persona.shown_name,
        "doc": persona.doc_numero,
        "doc_tipo": persona.doc_tipo.value if key else "",
        "doc_key": doc_key(persona.doc_numero) if key else "",
        "opened_at": case.opened_at,
        "fecha_legal": ingreso.fecha_legal,
        "vence": ingreso.promesa.vence if ingreso.promesa else "",
        "user": case.facts[0].user,
        "delivered": all(fact.t_recv is not None for fact in case.facts),
        "flagged": bool(case.flags),
        "open": case.estado in OPEN,
    }


def search_row(nro: int, case: Solicitud) -> tuple[Any, ...]:
    """Give the values of a case's search row, in the order of ``SEARCH_COLUMNS``."""
    ingreso = case.ingreso
    persona = ingreso.persona
    names = " ".join(dict.fromkeys((persona.full_name, persona.shown_name, persona.representante)))
    answer = case.answer.texto if case.answer else ""
    doc = f"{doc_key(persona.doc_numero)} {doc_key(persona.representante_run)}"
    return (nro, ingreso.folio, names, doc, ingreso.materia.texto, ingreso.relato, answer)


def add(connection: Connection, case: Solicitud) -> None:
    """Write the rows of a case that has none yet."""
    low = min(max(case.opened_at - EPOCH, 0), LAST_MS) << NRO_BITS
    bounds = {"low": low, "high": low | ((1 << NRO_BITS) - 1)}
    nro = connection.execute(_INSERT, {**row_of(case), **bounds}).scalar_one()
    connection.exec_driver_sql(_SEARCH, search_row(nro, case))


def put(connection: Connection, case: Solicitud, *, prose: bool = True) -> None:
    """Write or renew the rows of a case. ``prose`` False: its texts are those already searched."""
    columns = row_of(case)
    nro = connection.execute(_UPDATE, {**columns, "which": case.id}).scalar_one_or_none()
    if nro is None:
        add(connection, case)
    elif prose:
        connection.exec_driver_sql(_SEARCH, search_row(nro, case))


def refold(connection: Connection, entities: Iterable[bytes]) -> frozenset[bytes]:
    """Fold the entities anew and write their rows; returns those that are cases."""
    changed = set()
    for entity, case in facts.cases(connection, entities):
        if case is not None:
            put(connection, case)
            changed.add(entity)
    return frozenset(changed)


def rebuild(connection: Connection) -> None:
    """Drop all rows of cases and fold the whole history again."""
    connection.execute(delete(solicitud))
    connection.exec_driver_sql("INSERT INTO busca(busca) VALUES ('delete-all')")
    order = select(event.c.entity).group_by(event.c.entity).order_by(func.min(event.c.nro))
    refold(connection, connection.execute(order).scalars().all())
