"""Who may ask: one-time codes, enrolled counters, the signature on each request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import and_, bindparam, func, insert, select, update

from oirs_central import comeback, tables
from oirs_central.refusals import (
    AuthError,
    CodeExpired,
    CodeUnknown,
    CodeUsed,
    DeviceKnown,
    DeviceRevoked,
    DeviceUnknown,
    RequestUnsigned,
)
from oirs_core import chain, signature
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Equipo
from oirs_core.domain.folio import ALPHABET, LABEL_LENGTH
from oirs_core.domain.text import required

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Row

    from oirs_central.engine import Database
    from oirs_core.domain.events import Content
    from oirs_core.wire.messages import Frame

CODE_SYMBOLS = 16  # 79 bits: nobody guesses one in the day that it lives
GROUP = 4
CODE_LIFE_MS = 24 * 60 * 60 * 1000
KEY_SIZE = 32
LOG_SIZE = 8
NAME_CHARS = 80
DIGITS = ALPHABET[:10]
LABEL = re.compile(f"[{DIGITS}][{ALPHABET}]{{{LABEL_LENGTH - 1}}}")
MARK = "*"
"""In a label that was drawn again before the notice of its first owner came back (`ledger/recovery.py`)."""
_KEY = select(tables.device.c.key, tables.device.c.feed, tables.device.c.revoked_ms).where(
    tables.device.c.id == bindparam("device")
)
SPOKEN = str.maketrans("OIL", "011", " -.\t\r\n")
__all__ = [
    "Application",
    "Auth",
    "AuthError",
    "CodeExpired",
    "CodeUnknown",
    "CodeUsed",
    "DeviceKnown",
    "DeviceRevoked",
    "DeviceUnknown",
    "Enrolled",
    "Grant",
    "RequestUnsigned",
]


@dataclass(frozen=True, slots=True)
class Application:
    """What a counter sends to be enrolled. ``public_key`` 32 bytes, ``log`` 8.

    ``again``: it was enrolled before, and proves that it still has the key.
    """

    code: str
    public_key: bytes
    log: bytes
    name: str
    again: comeback.Again | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """What the counter learns when it is enrolled."""

    device: bytes
    institution: str
    office: str
    label: str
    feeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A counter as the centre knows it. ``branches``: how often another copy of it wrote beside it."""

    device: bytes
    label: str
    name: str
    enrolled_ms: int
    revoked: bool
    branches: int


class Announce(Protocol):
    """Writes a notice of the centre into a feed, in the transaction of the caller."""

    def __call__(self, connection: Connection, feed: str, content: Content) -> object:
        """Write ``content``."""


class Auth:
    """Codes, counters and signatures."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], int],
        random: Callable[[int], bytes],
        announce: Announce,
        begin_log: Callable[[Connection, bytes, str, bytes], None],
    ) -> None:
        """``begin_log`` registers a log (label, feed, public key) in the ledger."""
        self._database = database
        self._clock = clock
        self._random = random
        self._announce = announce
        self._begin_log = begin_log

    def check(self, frame: Frame) -> None:
        """Raise AuthError unless an enrolled counter has signed this request."""
        self.office_of(frame.device, frame.signature, frame.signed)

    def office_of(self, device: bytes, signed: bytes, message: bytes) -> str:
        """Give the feed of the office whose counter has signed this message. AuthError."""
        with self._database.reading() as connection:
            row = connection.execute(_KEY, {"device": device}).first()
        if row is None:
            raise DeviceUnknown
        if not signature.verify(row.key, signed, message):
            raise RequestUnsigned
        if row.revoked_ms is not None:
            raise DeviceRevoked
        return str(row.feed)

    def new_code(self, feed: str) -> str:
        """Make a code that enrols one counter in an office within 24 hours: ``ABCD-EFGH-JKMN-PQRS``."""
        code = self._draw(ALPHABET, CODE_SYMBOLS)
        row = {"hash": _hash(code), "feed": feed, "expires_ms": self._clock() + CODE_LIFE_MS}
        self._database.write(lambda connection: connection.execute(insert(tables.enrol_code).values(row)))
        return "-".join(code[n : n + GROUP] for n in range(0, CODE_SYMBOLS, GROUP))

    def enrol(self, application: Application) -> Grant:
        """Enrol a counter; the same application again gets the same grant. AuthError, DomainError."""
        required("name", application.name, NAME_CHARS)
        if len(application.public_key) != KEY_SIZE or len(application.log) != LOG_SIZE:
            raise EventRefused(reason="shape")
        return self._database.write(lambda connection: self._enrol(connection, application))

    def counters(self, feed: str) -> list[Enrolled]:
        """List the counters of an office, the oldest first."""
        device, log = tables.device.c, tables.log.c
        forks = (
            select(func.count())
            .where(log.key == device.key, log.feed == device.feed, log.parent.is_not(None))
            .scalar_subquery()
        )
        columns = (device.id, device.label, device.name, device.enrolled_ms, device.revoked_ms)
        query = select(*columns, forks.label("forks")).where(device.feed == feed)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(device.enrolled_ms, device.label)).all()
        return [Enrolled(*row[:4], row.revoked_ms is not None, row.forks) for row in rows]

    def revoke(self, device: bytes) -> None:
        """Let a counter ask no more; what it has sent stays. DeviceUnknown."""
        query = update(tables.device).where(tables.device.c.id == device).values(revoked_ms=self._clock())
        if self._database.write(lambda connection: connection.execute(query).rowcount) == 0:
            raise DeviceUnknown

    def _enrol(self, connection: Connection, application: Application) -> Grant:
        hashed = _hash(application.code)
        code = tables.enrol_code.c
        query = select(code.feed, code.expires_ms, code.device).where(code.hash == hashed)
        row = connection.execute(query.with_for_update()).first()
        if row is None:
            raise CodeUnknown
        device = signature.key_id(application.public_key)
        if application.again is not None:
            comeback.check(row, application.again, application.public_key, application.log, application.code)
        elif row.device is not None:
            return self._again(connection, row.device, application)
        if row.device is None and row.expires_ms <= self._clock():
            raise CodeExpired
        office = connection.execute(select(tables.office).where(tables.office.c.feed == row.feed)).one()
        known = comeback.known(connection, device, row.feed) if application.again is not None else None
        if known is not None:
            grant = self._keep(connection, office, known, application)
        else:
            self._refuse_known(connection, device, application.log)
            grant = self._register(connection, office, device, application)
        used = update(tables.enrol_code).where(code.hash == hashed).values(device=device)
        connection.execute(used)
        return grant

    def _again(self, connection: Connection, device: bytes, application: Application) -> Grant:
        """Give the same grant again, to the same key and log only: the answer was lost on its way."""
        join = tables.device.join(tables.office, tables.office.c.feed == tables.device.c.feed)
        columns = (tables.device, tables.office.c.code)
        row = connection.execute(select(*columns).select_from(join).where(tables.device.c.id == device)).one()
        if row.key != application.public_key or row.log != application.log:
            raise CodeUsed
        return _grant(device, row.institution, row.code, row.label, row.feed)

    def _keep(
        self,
        connection: Connection,
        office: Row[*tuple[Any, ...]],
        known: Row[*tuple[Any, ...]],
        application: Application,
    ) -> Grant:
        """Grant what a counter has that we know after all. A mark on its label: somebody else got that."""
        label = known.label
        if MARK in label:
            label = self._free_label(connection, office.institution, "")
            row = update(tables.device).where(tables.device.c.id == known.id).values(label=label)
            connection.execute(row)
            self._tell(connection, office.feed, label, application)
        return _grant(known.id, office.institution, office.code, label, office.feed)

    def _refuse_known(self, connection: Connection, device: bytes, log: bytes) -> None:
        one = connection.execute(select(tables.device.c.id).where(tables.device.c.id == device)).first()
        other = connection.execute(select(tables.log.c.log).where(tables.log.c.log == log)).first()
        if one is not None or other is not None:
            raise DeviceKnown

    def _register(
        self, connection: Connection, office: Row[*tuple[Any, ...]], device: bytes, application: Application
    ) -> Grant:
        wished = application.again.label if application.again is not None else ""
        label = self._free_label(connection, office.institution, wished)
        row = {
            "id": device,
            "feed": office.feed,
            "key": application.public_key,
            "institution": office.institution,
            "label": label,
            "log": application.log,
            "name": application.name,
            "enrolled_ms": self._clock(),
        }
        connection.execute(insert(tables.device).values(row))
        self._begin_log(connection, application.log, office.feed, application.public_key)
        self._tell(connection, office.feed, label, application)
        return _grant(device, office.institution, office.code, label, office.feed)

    def _tell(self, connection: Connection, feed: str, label: str, application: Application) -> None:
        key = application.public_key
        notice = Equipo(chain.b64(signature.key_id(key)), chain.b64(key), label, application.name)
        self._announce(connection, feed, notice)

    def _free_label(self, connection: Connection, institution: str, wished: str) -> str:
        """Draw a label: a count would give one twice after the centre was restored from a backup.

        ``wished``: by whom we have forgotten, under which its folios are.
        """
        device = tables.device.c
        label = wished
        while True:
            query = select(device.id).where(and_(device.institution == institution, device.label == label))
            if LABEL.fullmatch(label) and connection.execute(query).first() is None:
                return label
            label = self._draw(DIGITS, 1) + self._draw(ALPHABET, LABEL_LENGTH - 1)

    def _draw(self, symbols: str, length: int) -> str:
        """Draw symbols, each equally likely."""
        fair = 256 - 256 % len(symbols)
        drawn = ""
        while len(drawn) < length:
            byte = self._random(1)[0]
            if byte < fair:
                drawn += symbols[byte % len(symbols)]
        return drawn


def _grant(device: bytes, institution: str, office: str, label: str, feed: str) -> Grant:
    return Grant(device, institution, office, label, (f"c/{institution}", feed))


def _hash(code: str) -> bytes:
    """As somebody typed it: any case, any separators, O for 0, I or L for 1."""
    return sha256(b"oirs-enrol-1" + code.upper().translate(SPOKEN).encode()).digest()
