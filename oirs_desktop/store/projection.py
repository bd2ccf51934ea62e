"""The disposable rows: one line and one search row for each case, made from its fold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from oirs_core.domain.kinds import OPEN
from oirs_desktop.store import facts
from oirs_desktop.store.engine import raw
from oirs_desktop.store.tables import SEARCH_COLUMNS, solicitud

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlcipher3 import dbapi2

    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.store.facts import Found

COLA = 5
EPOCH = 1_577_836_800_000
"""1 January 2020 in ms UTC. ``nro`` of a case is its time since then and 22 bits that keep equal
times apart, in order of arrival: newest first is then a walk along the primary key."""
NRO_BITS = 22
LAST_MS = (1 << 41) - 1

_COLUMNS = tuple(column.name for column in solicitud.columns)
_PUT = (
    f"INSERT INTO solicitud ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"  # noqa: S608 - our own names
    f" ON CONFLICT(nro) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[1:])}"
)
_SEARCH = (
    f"INSERT OR REPLACE INTO busca(rowid, {', '.join(SEARCH_COLUMNS)})"  # noqa: S608 - our own names
    f" VALUES (?{', ?' * len(SEARCH_COLUMNS)})"
)


def doc_key(number: str) -> str:
    """Write a document number in the one way in which numbers are compared."""
    return "".join(filter(str.isalnum, number.upper()))


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


def nro_of(opened_at: int, arrival: int) -> int:
    """Give the key of a case's rows. ``opened_at``: ms UTC; ``arrival``: nro of its Ingreso."""
    ms = min(max(opened_at - EPOCH, 0), LAST_MS)
    return (ms << NRO_BITS) | (arrival & ((1 << NRO_BITS) - 1))


def put(native: dbapi2.Connection, found: Found) -> None:
    """Write or renew the rows of a case. ``native``: SQLite's own connection."""
    put_all(native, [found])


def put_all(native: dbapi2.Connection, cases: Sequence[Found]) -> None:
    """Write or renew the rows of many cases."""
    numbered = [(nro_of(found.case.opened_at, found.nro), found.case) for found in cases]
    native.executemany(_PUT, [{"nro": nro, **row_of(case)} for nro, case in numbered])
    native.executemany(_SEARCH, [search_row(nro, case) for nro, case in numbered])


_AWAY = "SELECT entity FROM archived WHERE state = 0"


def rebuild(connection: Connection) -> None:
    """Drop all rows of cases and fold the whole history again; what was put away stays out of the lists."""
    connection.execute(delete(solicitud))
    raw(connection).execute("INSERT INTO busca(busca) VALUES ('delete-all')")
    away = {bytes(entity) for (entity,) in raw(connection).execute(_AWAY)}
    ids = [entity for entity in facts.all_ids(connection) if entity not in away]
    for start in range(0, len(ids), facts.CHUNK):
        put_all(raw(connection), list(facts.cases(connection, ids[start : start + facts.CHUNK])))
