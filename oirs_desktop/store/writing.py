"""Recording acts: events, folio, line and search row of a case in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count, repeat
from typing import TYPE_CHECKING

from oirs_core.chain import Event, Header, seal
from oirs_core.domain.events import Ingreso
from oirs_core.domain.folio import ALPHABET
from oirs_core.domain.rules import check
from oirs_core.domain.solicitud import Fact, Solicitud, fold, step
from oirs_core.wire.codec import encode_body, kind_of
from oirs_desktop.store import facts, projection, series
from oirs_desktop.store.engine import raw
from oirs_desktop.store.errors import NotEnrolled
from oirs_desktop.store.records import NewAct, Recorded, Stamp
from oirs_desktop.store.state import Head
from oirs_desktop.store.tables import event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection
    from sqlcipher3 import dbapi2

    from oirs_core.domain.events import Act, Oficina

SALT_SIZE = 16
CLAVE_LENGTH = 4
FAIR = 256 - 256 % len(ALPHABET)
"""Bytes from here on are drawn again, so that each symbol is as likely as any other."""
PROBE = b"\0" * 32

_COLUMNS = tuple(column.name for column in event.columns)
_INSERT = f"INSERT INTO event ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - our own names


def draw_clave(random: Callable[[int], bytes]) -> str:
    """Draw the clave de seguimiento: four symbols of the folio's alphabet."""
    drawn = ""
    while len(drawn) < CLAVE_LENGTH:
        fair = (byte for byte in random(CLAVE_LENGTH) if byte < FAIR)
        drawn += "".join(ALPHABET[byte % len(ALPHABET)] for byte in fair)
    return drawn[:CLAVE_LENGTH]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event to keep. ``entity``: what its header says, empty where it creates one."""

    event: Event
    kind: str
    entity: bytes
    sig: bytes | None = None

    def row(self, nro: int | None) -> tuple[object, ...]:
        """Give the columns in the order of the table; ``nro`` None: SQLite gives the next."""
        made = self.event
        parts = (made.h, made.log, made.seq, made.prev, made.header, made.salt, made.body, made.digest)
        return (nro, *parts, self.sig, self.kind, self.entity or None)


def keep(native: dbapi2.Connection, entries: Sequence[Entry], first_nro: int | None = None) -> None:
    """Write events. ``native``: SQLite's own connection."""
    numbers = repeat(None) if first_nro is None else count(first_nro)
    rows = [entry.row(nro) for entry, nro in zip(entries, numbers, strict=False)]
    native.executemany(_INSERT, rows)


@dataclass(slots=True)
class Writer:
    """One call of ``record``: the running head of the log and the running fold of the case."""

    connection: Connection
    head: Head
    office: Oficina | None
    stamp: Stamp
    random: Callable[[int], bytes]

    def record(self, acts: Sequence[NewAct], entity: bytes | None) -> Recorded:
        """Check, seal and write ``acts``; DomainError, SeriesFull, NotEnrolled leave nothing."""
        found = None if entity is None else facts.load(self.connection, entity)
        case = found.case if found else None
        fresh, nro = found is None, self.head.nro + 1
        entries: list[Entry] = []
        for new in acts:
            case, entry = self._add(case, new, fresh=fresh or bool(entries))
            entries.append(entry)
        if case is None:
            raise ValueError("no acts")
        native = raw(self.connection)
        keep(native, entries, nro)
        projection.put(native, facts.Found(found.nro if found else nro, case))
        return Recorded(case, tuple(entry.event.h for entry in entries))

    def _add(self, case: Solicitud | None, new: NewAct, *, fresh: bool) -> tuple[Solicitud, Entry]:
        act, base = new.act, new.base
        check(case, act)
        if case is None and isinstance(act, Ingreso):
            act = self._numbered(act)
        elif case is not None and fresh and base is None and _sets_estado(case, act):
            base = case.status_ref  # the official saw the estado that they set a moment ago
        kind, v = kind_of(act)
        stamp = self.stamp
        entity = b"" if case is None else case.id
        header = Header(kind, v, stamp.at, stamp.sure, stamp.user, entity, base, stamp.declared)
        salt = self.random(SALT_SIZE)
        made = seal(self.head.log, self.head.seq + 1, self.head.h, header.encode(), salt, encode_body(act))
        head = self.head
        self.head = Head(head.log, head.label, made.seq, made.h, head.nro + 1)
        fact = facts.fact_of(made.h, header, act)
        after = fold(made.creates, [fact]) if case is None else step(case, fact)
        if after is None:
            raise ValueError("a case begins with its Ingreso")
        return after, Entry(made, kind, entity)

    def _numbered(self, act: Ingreso) -> Ingreso:
        if self.office is None:
            raise NotEnrolled(reason="office")
        year = int(act.fecha_legal[:4])
        label = self.head.label
        folio = series.next_folio(self.connection, self.office.folio, year, label)
        return replace(act, folio=folio.text, clave=draw_clave(self.random))


def _sets_estado(case: Solicitud, act: Act) -> bool:
    probe = Fact(PROBE, act, 0, sure=False, user="")
    return step(case, probe).status_ref == PROBE
