"""Joining one's own office again: the centre had forgotten this counter, or is another one now.

The history stays as it is. What changes is what the centre is believed to hold.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import update

from oirs_core.chain import GENESIS
from oirs_desktop.store import asks, projection, purge, relay, state
from oirs_desktop.store.engine import raw
from oirs_desktop.store.tables import cursor, log

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from oirs_desktop.store.records import Enrolment

_STRANGERS = "SELECT DISTINCT public_key FROM log WHERE NOT own"


def enrol(
    connection: Connection, before: Enrolment, granted: Enrolment, log_id: bytes, public_key: bytes
) -> None:
    """Keep a new grant. Where it has another label, ``log_id`` is written to from now on.

    Another key of the centre: it is one that knows nothing, so all that is here has no position there.
    """
    state.keep_enrolment(connection, granted)
    if granted.label != before.label:
        state.open_log(connection, log_id, granted.label, public_key)
    if granted.server_key != before.server_key:
        _begin_anew(connection)


def _begin_anew(connection: Connection) -> None:
    native = raw(connection)
    native.execute("DELETE FROM feed_entry")
    connection.execute(update(cursor).values(pos=0, chain=GENESIS))
    connection.execute(update(log).values(durable_seq=0))
    for name in (purge.BACKED, purge.WHOLE, relay.WANTED, asks.OPEN):
        state.drop(connection, name)
    # The new centre can vouch for none of these until it enrols them: what it could not take is not sent.
    keys = [bytes(key).hex() for (key,) in native.execute(_STRANGERS)]
    state.put(connection, relay.STRANGERS, json.dumps(keys))
    projection.rebuild(connection)
