"""What this counter itself wrote on a day, and where it sent cases lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam

from oirs_core.chain import ENTITY_SIZE, Header
from oirs_core.domain.events import Derivacion
from oirs_desktop.store import facts, projection, reading
from oirs_desktop.store.engine import raw
from oirs_desktop.store.tables import solicitud

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from oirs_core.domain.events import Act, Institucion
    from oirs_desktop.store.records import CaseRow

SLACK = 200
"""Events of other hours passed over before a day is taken for complete: a clock may have been set back."""
LATELY = 5_000
"""Events looked at for recent derivations: no index is worth it."""

_LOGS = "SELECT id, label FROM log WHERE own ORDER BY label"
_ENDS = "SELECT min(seq), max(seq) FROM event WHERE log = ?"
_HEADER = "SELECT header FROM event WHERE log = ? AND seq = ?"
_HASH = "SELECT h FROM event WHERE log = ? AND seq = ?"
_FROM = """SELECT e.seq, e.h, e.header, e.body, e.entity, f.t_recv
    FROM event e LEFT JOIN feed_entry f ON f.h = e.h WHERE e.log = ? AND e.seq >= ? ORDER BY e.seq"""
_MOVES = "SELECT header, body FROM event WHERE kind = 'Derivacion' AND nro > ? ORDER BY nro DESC"
_FILED = (
    reading.LINE.where(solicitud.c.nro >= bindparam("low"), solicitud.c.nro < bindparam("end"))
).order_by(solicitud.c.nro)


@dataclass(frozen=True, slots=True)
class OwnAct:
    """An event of this counter. ``log``: 8 bytes; ``label``: of its folios; ``at``: ms UTC of this device."""

    log: bytes
    label: str
    seq: int
    h: bytes
    entity: bytes
    at: int
    user: str
    act: Act | None
    delivered: bool


@dataclass(frozen=True, slots=True)
class LogHead:
    """The last event of the own log before some time; ``seq`` 0 and no hash when there is none."""

    seq: int = 0
    h: bytes = b""
    at: int = 0


class DayQueries:
    """The part of the ``Store`` that reads days. Times in ms UTC of this device."""

    def _read(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def own_acts(self, start: int, end: int) -> list[OwnAct]:
        """Events that this counter wrote from ``start`` until before ``end``, by log and order."""
        with self._read() as connection:
            logs = _logs(connection)
            return [act for log in logs for act in _acts(connection, log, start, end)]

    def own_head(self, end: int) -> LogHead:
        """Give the last own event before ``end``."""
        with self._read() as connection:
            heads = [_head(connection, log, end) for log, _ in _logs(connection)]
            return max(heads, key=lambda head: (head.at, head.seq), default=LogHead())

    def own_labels(self) -> frozenset[str]:
        """Labels of the folios that this counter gave."""
        with self._read() as connection:
            return frozenset(label for _, label in _logs(connection) if label)

    def filed(self, start: int, end: int) -> list[CaseRow]:
        """Cases filed from ``start`` until before ``end``, at whatever counter, oldest first."""
        low, high = projection.nro_of(start, 0), projection.nro_of(end, 0)
        with self._read() as connection:
            return reading.lines(connection, _FILED, low=low, end=high)

    def destinations(self, limit: int = 3) -> list[Institucion]:
        """Bodies that cases were handed on to lately, the last one first, each once."""
        with self._read() as connection:
            last = raw(connection).execute("SELECT max(nro) FROM event").fetchone()[0] or 0
            found: dict[str, Institucion] = {}
            for header, body in raw(connection).execute(_MOVES, (last - LATELY,)):
                act = facts.act_of(Header.decode(header), body)
                if isinstance(act, Derivacion):
                    found.setdefault(act.destino.clave or act.destino.nombre, act.destino)
                if len(found) >= limit:
                    break
            return list(found.values())


def _logs(connection: Connection) -> list[tuple[bytes, str]]:
    return [(bytes(log), label) for log, label in raw(connection).execute(_LOGS).fetchall()]


def _ends(connection: Connection, log: bytes) -> tuple[int, int]:
    first, last = raw(connection).execute(_ENDS, (log,)).fetchone()
    return (1, 0) if first is None else (first, last)


def _at(connection: Connection, log: bytes, seq: int) -> int:
    row = raw(connection).execute(_HEADER, (log, seq)).fetchone()
    return 0 if row is None else Header.decode(row[0]).at


def _first_since(connection: Connection, log: bytes, when: int) -> int:
    """Find by halves the first event at or after ``when``; one past the end when there is none."""
    low, high = _ends(connection, log)
    high += 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if _at(connection, log, middle) < when else (low, middle)
    return low


def _head(connection: Connection, log: bytes, end: int) -> LogHead:
    seq = _first_since(connection, log, end) - 1
    row = raw(connection).execute(_HASH, (log, seq)).fetchone()
    return LogHead() if row is None else LogHead(seq, bytes(row[0]), _at(connection, log, seq))


def _left(connection: Connection, entity: bytes, h: bytes) -> Act | None:
    """Give what is left of an act whose content is not here: the day still counts it."""
    found = facts.load(connection, entity)
    return next((fact.act for fact in found.case.facts if fact.h == h), None) if found else None


def _acts(connection: Connection, own: tuple[bytes, str], start: int, end: int) -> Iterator[OwnAct]:
    log, label = own
    first = _first_since(connection, log, start) - SLACK
    past = 0
    for seq, h, header, body, entity, t_recv in raw(connection).execute(_FROM, (log, first)):
        read = Header.decode(header)
        if start <= read.at < end:
            past = 0
            owner = bytes(entity or h[:ENTITY_SIZE])
            act = facts.act_of(read, body) if body is not None else _left(connection, owner, bytes(h))
            yield OwnAct(log, label, seq, bytes(h), owner, read.at, read.user, act, t_recv is not None)
        elif read.at >= end:
            past += 1
            if past > SLACK:
                return
