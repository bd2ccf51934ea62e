"""Reading again, after an upgrade, what an earlier program kept without understanding it.

The bytes were kept as they came; only the rows made of them are renewed, and only of cases that asked for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from oirs_core.chain import ENTITY_SIZE
from oirs_core.domain.events import VERSIONS
from oirs_desktop.store import erasing, notices, refolding, state
from oirs_desktop.store.engine import raw

if TYPE_CHECKING:
    from sqlalchemy import Connection

KINDS = "kinds"
"""Name of the note of the kinds and versions that the rows were made with."""

_FLAGGED = "SELECT entity FROM solicitud WHERE flagged"
_UNREAD = f"""SELECT substr(h, 1, {ENTITY_SIZE}) FROM event WHERE kind = 'Ingreso'
    AND substr(h, 1, {ENTITY_SIZE}) NOT IN (SELECT entity FROM solicitud UNION SELECT entity FROM archived)"""  # noqa: S608


def _kinds() -> str:
    return json.dumps({kind: version for kind, (_, version) in sorted(VERSIONS.items())})


def is_due(connection: Connection) -> bool:
    """Whether the rows were made by a program that knew other kinds."""
    return state.get(connection, KINDS) != _kinds()


def reread(connection: Connection) -> None:
    """Heed what was not understood before, and renew the rows of cases that hold such events."""
    granted = state.enrolment(connection)
    if granted is not None:
        erasing.settle(connection, 0, granted.server_key)
        notices.rebuild(connection, granted.server_key)
    native = raw(connection)
    found = [*native.execute(_FLAGGED), *native.execute(_UNREAD)]
    refolding.refold(connection, [bytes(entity) for (entity,) in found], None)
    state.put(connection, KINDS, _kinds())
