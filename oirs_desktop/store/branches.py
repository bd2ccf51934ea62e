"""When somebody else went on with our log (a clone, a restored copy), a tail gets a label of its own.

The hash does not cover the label: events stay what they are. A label is a hint on both sides; the one
that the centre uses is taken over as soon as it is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from oirs_core.chain import b64, branch_label
from oirs_desktop.store import state
from oirs_desktop.store.tables import event, log

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

CHUNK = 500

_AT = select(event.c.h).where(event.c.log == bindparam("log"), event.c.seq == bindparam("seq"))
_LAST = select(event.c.h).where(event.c.log == bindparam("log")).order_by(event.c.seq.desc()).limit(1)
_other = event.alias()
_TAKEN = (
    select(func.min(event.c.seq))
    .join(_other, _other.c.seq == event.c.seq)
    .where(event.c.log == bindparam("old"), event.c.seq >= bindparam("first"))
    .where(_other.c.log == bindparam("new"))
)


def relabel(connection: Connection, old: bytes, first_seq: int, new: bytes) -> bool:
    """Move the tail of ``old`` from ``first_seq`` on to the label ``new``; whether one of our own was moved.

    The label follows from the hash of its first event, so a second call finds nothing to move. Of another's
    log, which we gave back, it is no reason to doubt ours.
    """
    h = connection.execute(_AT, {"log": old, "seq": first_seq}).scalar_one_or_none()
    if h is None or branch_label(old, h) != new:
        return False
    _move(connection, old, first_seq, new)
    return bool(connection.execute(select(log.c.own).where(log.c.id == old)).scalar_one())


def set_aside(connection: Connection, old: bytes, first_seq: int) -> None:
    """Move a tail away from where the centre holds other events; the label is the centre's rule."""
    h = connection.execute(_AT, {"log": old, "seq": first_seq}).scalar_one()
    _move(connection, old, first_seq, branch_label(old, h))


def _move(connection: Connection, old: bytes, first: int, new: bytes) -> None:
    """Move a tail; from where the new label is taken already, to a branch of that one."""
    while True:
        _begin(connection, old, new)
        found = {"old": old, "first": first, "new": new}
        taken = connection.execute(_TAKEN, found).scalar_one()
        tail = update(event).where(event.c.log == old, event.c.seq >= first)
        if taken is None:
            connection.execute(tail.values(log=new))
            break
        connection.execute(tail.where(event.c.seq < taken).values(log=new))
        h = connection.execute(_AT, {"log": old, "seq": taken}).scalar_one()
        first, new = taken, branch_label(new, h)
    if state.get(connection, "log") == b64(old):
        state.put(connection, "log", b64(new))


def adopt(connection: Connection, hashes: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """File known events under the label that the centre uses; whether the end of our own log was moved."""
    moved = False
    if state.get(connection, "log") == b64(old):
        moved = connection.execute(_LAST, {"log": old}).scalar() in hashes
    for start in range(0, len(hashes), CHUNK):
        part = event.c.h.in_(hashes[start : start + CHUNK])
        connection.execute(update(event).where(event.c.log == old, part).values(log=new))
    if moved:
        _begin(connection, old, new)
        state.put(connection, "log", b64(new))
    return moved


def _begin(connection: Connection, old: bytes, new: bytes) -> None:
    """Register a label for the same writer, whose folios go on with the label they had."""
    parent = connection.execute(select(log).where(log.c.id == old)).one()
    row = {"public_key": parent.public_key, "label": parent.label, "own": parent.own}
    made = insert(log).values(id=new, durable_seq=0, **row)
    # Where it was learnt from the centre's page it has no label for folios yet.
    named = made.on_conflict_do_update(
        index_elements=["id"], set_={"label": parent.label}, where=log.c.label == ""
    )
    connection.execute(named)
