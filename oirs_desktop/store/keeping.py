"""The part of the store that keeps less: archived cases, erased data, documents that must go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from oirs_core.wire.messages import PROTO, Answer
from oirs_desktop.store import absorb, erasing, purge, rereading, state
from oirs_desktop.store.engine import raw

if TYPE_CHECKING:
    import threading
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from oirs_core.domain.events import Oficina
    from oirs_core.wire.messages import Page
    from oirs_desktop.store.purge import Archived, PutAway

MERGE_PAGES = 64


class Keeping:
    """Each verb is one short transaction: nobody at the counter waits for it."""

    _turn: threading.RLock
    _head: state.Head | None
    _office: Oficina | None

    if TYPE_CHECKING:

        def _read(self) -> AbstractContextManager[Connection]: ...
        def _write(self) -> AbstractContextManager[Connection]: ...
        def note_announced(self) -> None: ...  # noqa: D102 - of the documents

    def reread(self) -> Self:
        """After an upgrade, read again what an earlier program could not."""
        with self._read() as connection:
            if rereading.is_due(connection):
                with self._write() as writer:
                    rereading.reread(writer)
        return self

    def absorb_page(self, page: Page) -> None:
        """Take one page of a snapshot in, as if it had come in an answer. SyncRefused changes nothing."""
        with self._turn, self._write() as connection:
            self._head = self._office = None
            durable = state.durable(connection)
            absorb.Absorber.begin(connection).absorb(Answer(PROTO, 0, "snapshot", durable, "", (page,)))

    def put_away(self, months: int, after: int = 0) -> PutAway:
        """Put a few old cases away that are safe elsewhere; ``after``: where the slice before ended."""
        self.note_announced()  # what names a document is emptied too
        with self._write() as connection:
            granted = state.enrolment(connection)
            feed = f"o/{granted.institution}/{granted.office}" if granted else ""
            return purge.put_away(connection, feed, months, after)

    def archived(self, folio: str) -> list[Archived]:
        """Find archived cases by a whole folio, or by its last five symbols."""
        with self._read() as connection:
            return purge.archived(connection, folio)

    def ask_back(self, entity: bytes) -> bool:
        """Ask for an archived case: it comes with the next exchange. False when it is none."""
        with self._write() as connection:
            return purge.ask_back(connection, entity)

    def wanted(self) -> tuple[str, ...]:
        """Hashes (base64url) of the events whose bodies are to come back."""
        with self._read() as connection:
            return purge.wanted(connection)

    def not_there(self, hashes: tuple[str, ...]) -> None:
        """Note that the centre could not give these back: their cases are asked for no more."""
        with self._write() as connection:
            purge.give_up(connection, hashes)

    def backed(self) -> dict[str, int]:
        """Tell how far each feed lies in a verified backup of the centre."""
        with self._read() as connection:
            return purge.backed(connection)

    def tidy(self) -> bool:
        """Let the words of gone cases go from the search, a little at a time; whether there is more to do.

        Where none went this only reads: it is asked after each exchange, and to empty the log of the file
        costs flushes for which a registration would have to wait.
        """
        with self._read() as connection:
            if not purge.is_untidy(connection):
                return False
        with self._write() as connection:
            more = purge.tidy(connection, MERGE_PAGES)
        if not more:
            self._empty_log()
            with self._write() as connection:
                purge.tidied(connection)
        return more

    def _empty_log(self) -> None:
        # The write-ahead log keeps pages as they were until it is written over.
        with self._turn, self._read() as connection:
            raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def erased_documents(self) -> tuple[str, ...] | None:
        """Documents whose bytes must go from here (SHA-256, hexadecimal); None: nothing was erased."""
        with self._read() as connection:
            return erasing.documents(connection)

    def documents_gone(self) -> None:
        """Note that they did."""
        with self._write() as connection:
            erasing.forgotten(connection)
