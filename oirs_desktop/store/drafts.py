"""Attentions that were begun and not registered: what stood in the form, kept whole and as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from oirs_desktop.store.records import DraftRow
from oirs_desktop.store.tables import draft

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

_ALL = select(draft.c.slot, draft.c.user, draft.c.saved_at, draft.c.form).order_by(
    draft.c.saved_at.desc(), draft.c.slot.desc()
)


class Drafts:
    """The part of the store that keeps forms. No events: nobody but this counter ever sees them."""

    def _read(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def _write(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def save_draft(self, row: DraftRow) -> None:
        """Keep a form in its slot, in the place of what stood there. DiskFull."""
        values = {"user": row.user, "saved_at": row.saved_at, "form": row.form}
        made = insert(draft).values(slot=row.slot, **values)
        with self._write() as connection:
            connection.execute(made.on_conflict_do_update(index_elements=["slot"], set_=values))

    def drafts(self) -> list[DraftRow]:
        """List the forms that wait, the latest first."""
        with self._read() as connection:
            return [DraftRow(*row) for row in connection.execute(_ALL)]

    def drop_draft(self, slot: int) -> None:
        """Let a form go; an empty slot stays empty."""
        with self._write() as connection:
            drop(connection, slot)


def drop(connection: Connection, slot: int) -> None:
    """Let a form go within a transaction: it became a case."""
    connection.execute(delete(draft).where(draft.c.slot == slot))
