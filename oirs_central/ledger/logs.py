"""A log: one writer's events, or the tail that a fork of one left behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, select

from oirs_central import tables
from oirs_central.engine import among
from oirs_core import chain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

CHUNK = 400

# Built once: putting a statement together costs more than running it.
_LOG, _EVENT = tables.log.c, tables.event.c
_FIND = select(tables.log).where(_LOG.log == bindparam("log"))
_OF_FEED = select(tables.log).where(_LOG.feed == bindparam("feed")).order_by(_LOG.log)
_LAST = select(func.max(_EVENT.seq)).where(_EVENT.log == bindparam("log"))
_AT = select(_EVENT.h).where(_EVENT.log == bindparam("log"), _EVENT.seq == bindparam("seq"))
_KNOWN = "SELECT h, log, seq, quarantine, body IS NULL FROM event WHERE h {}"


@dataclass(frozen=True, slots=True)
class Log:
    """``root``: prev of the event with seq ``first``. ``key``: public key of the writer."""

    log: bytes
    feed: str
    key: bytes
    root: bytes
    first: int = 1
    parent: bytes | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """An event, or the root of a log, to which a pushed run may be chained."""

    log: Log
    prev: bytes


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a known event stands. ``bare``: without its body."""

    log: bytes
    seq: int
    quarantine: str | None
    bare: bool = False


def find(connection: Connection, log: bytes) -> Log | None:
    """Give a log by its label."""
    row = connection.execute(_FIND, {"log": log}).first()
    return None if row is None else Log(row.log, row.feed, row.key, row.root, row.first, row.parent)


def add(connection: Connection, log: Log) -> None:
    """Register a log."""
    row = {
        "log": log.log,
        "feed": log.feed,
        "key": log.key,
        "root": log.root,
        "first": log.first,
        "parent": log.parent,
    }
    connection.execute(insert(tables.log).values(row))


def of_feed(connection: Connection, feed: str) -> list[Log]:
    """Every log whose events stand in a feed."""
    rows = connection.execute(_OF_FEED, {"feed": feed})
    return [Log(row.log, row.feed, row.key, row.root, row.first, row.parent) for row in rows]


def last_seq(connection: Connection, log: bytes) -> int:
    """Give the seq of the last event held of a log; 0 when there is none."""
    return connection.execute(_LAST, {"log": log}).scalar() or 0


def hash_at(connection: Connection, log: bytes, seq: int) -> bytes | None:
    """Identity of one event of a log."""
    found: bytes | None = connection.execute(_AT, {"log": log, "seq": seq}).scalar()
    return found


def known(connection: Connection, hashes: Sequence[bytes]) -> dict[bytes, Filed]:
    """Give those of ``hashes`` that the ledger holds, and where."""
    found: dict[bytes, Filed] = {}
    for start in range(0, len(hashes), CHUNK):
        part = hashes[start : start + CHUNK]
        for h, log, seq, quarantine, bare in among(connection, _KNOWN, part):
            found[bytes(h)] = Filed(bytes(log), seq, quarantine, bool(bare))
    return found


def origins(
    connection: Connection, feed: str, label: bytes, first: int, keys: Sequence[bytes]
) -> Iterator[Origin]:
    """To what a run that begins at ``first`` may be chained, the likeliest first.

    A label is no more than a hint: the event may stand under that of a branch by now, or the centre
    may have lost the branch. The signature tells which origin is the right one.
    """
    logs = sorted(of_feed(connection, feed), key=lambda log: log.log != label)
    if first == 1:
        if all(log.log != label for log in logs):
            for key in keys:
                root = chain.log_root(label, key)
                yield Origin(Log(label, feed, key, root), root)
        for log in logs:
            if log.first == 1 and log.parent is None:
                yield Origin(log, log.root)
        return
    for log in logs:
        h = hash_at(connection, log.log, first - 1)
        if h is not None:
            yield Origin(log, h)
