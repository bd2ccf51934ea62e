"""When somebody else went on with our log (a clone, a restored copy), our tail gets a label of its own.

The hash does not cover the label: events stay what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from oirs_core.chain import b64, branch_label
from oirs_desktop.store import state
from oirs_desktop.store.tables import event, log

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AT = select(event.c.h).where(event.c.log == bindparam("log"), event.c.seq == bindparam("seq"))


def relabel(connection: Connection, old: bytes, first_seq: int, new: bytes) -> bool:
    """Move our tail of ``old`` from ``first_seq`` on to the label ``new``; whether there was one.

    The label follows from the hash of its first event, so a second call finds nothing to move.
    """
    h = connection.execute(_AT, {"log": old, "seq": first_seq}).scalar_one_or_none()
    if h is None or branch_label(old, h) != new:
        return False
    parent = connection.execute(select(log).where(log.c.id == old)).one()
    branch = insert(log).values(
        id=new, public_key=parent.public_key, label=parent.label, own=parent.own, durable_seq=0
    )
    connection.execute(branch.on_conflict_do_nothing())
    connection.execute(update(event).where(event.c.log == old, event.c.seq >= first_seq).values(log=new))
    if state.get(connection, "log") == b64(old):
        state.put(connection, "log", b64(new))
    return True


def set_aside(connection: Connection, old: bytes, first_seq: int) -> bool:
    """Move our tail away from where the centre holds other events; the label is the centre's rule."""
    h = connection.execute(_AT, {"log": old, "seq": first_seq}).scalar_one_or_none()
    return h is not None and relabel(connection, old, first_seq, branch_label(old, h))
