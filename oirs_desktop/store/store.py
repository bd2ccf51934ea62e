"""The store of one counter: every write is one transaction, every error one of ours."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from oirs_desktop import paths
from oirs_desktop.store import (
    absorb,
    asks,
    attention,
    engine,
    facts,
    migrate,
    notices,
    outbox,
    projection,
    reading,
    state,
    writing,
)
from oirs_desktop.store.blobs import BlobQueries
from oirs_desktop.store.carrying import Carrying
from oirs_desktop.store.contact import Contact
from oirs_desktop.store.daily import DayQueries
from oirs_desktop.store.drafts import Drafts, drop
from oirs_desktop.store.errors import NotEnrolled, StoreExists, StoreMissing, translated
from oirs_desktop.store.identity import Identity
from oirs_desktop.store.keeping import Keeping
from oirs_desktop.store.tables import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from oirs_core.domain.events import Oficina
    from oirs_core.domain.solicitud import Solicitud
    from oirs_core.wire.messages import Answer
    from oirs_desktop.paths import FolderLock
    from oirs_desktop.store.records import (
        Absorbed,
        CaseRow,
        NewAct,
        PersonRow,
        Push,
        QueueState,
        Recorded,
        Stamp,
    )

DOUBTS = frozenset({"no_agreement", "sync_refused", "sync_broken"})
"""After these nobody may say any more that both sides hold the same."""


class Store(Identity, Drafts, DayQueries, Carrying, BlobQueries, Keeping, attention.Attention):
    """One encrypted file in one folder, open in one instance. Any thread may call; writes take turns."""

    def __init__(self, database: Engine, lock: FolderLock) -> None:
        """Use ``create`` or ``open``."""
        self._engine = database
        self._lock = lock
        self._turn = threading.RLock()
        self._writer: Connection | None = None
        self._head: state.Head | None = None
        self._office: Oficina | None = None
        with self._read() as connection:
            self._contact = Contact.load(connection)

    @classmethod
    def create(cls, folder: Path, key: bytes) -> Self:
        """Make a new store. StoreExists when one stands there; ``key``: 32 bytes."""
        return cls._begin(folder, key, new=True)

    @classmethod
    def open(cls, folder: Path, key: bytes) -> Self:
        """Open the store of a folder. StoreMissing, and the refusals of `store/errors.py`."""
        return cls._begin(folder, key, new=False)

    @classmethod
    def _begin(cls, folder: Path, key: bytes, *, new: bool) -> Self:
        with translated():
            paths.check_local(folder)
            path = folder / engine.FILE_NAME
            if path.exists() == new:
                raise StoreExists if new else StoreMissing
            paths.prepare(folder)
            lock = paths.FolderLock(folder)
            database = engine.make_engine(path, key)
            try:
                schema = 0 if new else engine.check_file(path, key)
                if schema < SCHEMA:
                    migrate.upgrade(database, path, key, schema)
                return cls(database, lock).reread()
            except BaseException:
                database.dispose()
                lock.release()
                raise

    def close(self) -> None:
        """Close the file and let other instances in."""
        with self._turn:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._engine.dispose()
            self._lock.release()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        # One moment for all that is read, also by statements that SQLAlchemy does not see.
        with translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._turn, translated():
            if self._writer is None:
                self._writer = engine.writer(self._engine)
            try:
                with engine.writing(self._writer):
                    yield self._writer
            except BaseException:
                # After a full disk SQLAlchemy refuses the connection for ever: the next write takes another.
                writer, self._writer = self._writer, None
                writer.close()
                raise

    # ------------------------------------------------------------------ writing

    def record(
        self,
        acts: Sequence[NewAct],
        stamp: Stamp,
        random: Callable[[int], bytes],
        entity: bytes | None = None,
        slot: int = 0,
    ) -> Recorded:
        """Check and write acts of one case, all or nothing. DomainError, SeriesFull, DiskFull.

        ``slot``: of the form that becomes this case, which goes in the same transaction; 0: none.
        """
        with self._turn:
            try:
                with self._write() as connection:
                    head = self._head or state.head(connection)
                    if self._office is None:
                        self._office = notices.office(connection)
                    writer = writing.Writer(connection, head, self._office, stamp, random)
                    recorded = writer.record(acts, entity)
                    if slot:
                        drop(connection, slot)
            except BaseException:
                self._head = None  # a commit that failed may yet have reached the disk: read it again
                raise
            self._head = writer.head
            return recorded

    # ------------------------------------------------------------------ reading

    def case(self, entity: bytes) -> Solicitud | None:
        """Fold a case; None when it is not here."""
        with self._read() as connection:
            found = facts.load(connection, entity)
            return None if found is None else found.case

    def by_folio(self, text: str, limit: int = 7) -> list[CaseRow]:
        """Find a whole folio, or one by its last four or five symbols."""
        with self._read() as connection:
            return reading.by_folio(connection, text, limit)

    def by_document(self, number: str, limit: int = 50) -> list[CaseRow]:
        """Find the cases of a document number, written in any way."""
        with self._read() as connection:
            return reading.by_document(connection, number, limit)

    def with_document(self, number: str, limit: int = 50) -> list[CaseRow]:
        """Find the cases in which a document stands: of the person, or of who spoke for them."""
        with self._read() as connection:
            return reading.with_document(connection, number, limit)

    def search(self, text: str, limit: int = 50) -> list[CaseRow]:
        """Find cases that hold all the words, newest first."""
        with self._read() as connection:
            return reading.search(connection, text, limit)

    def recent(self, limit: int = 3) -> list[CaseRow]:
        """List the latest cases."""
        with self._read() as connection:
            return reading.recent(connection, limit)

    def open_cases(self, limit: int = 500) -> list[CaseRow]:
        """List cases that need work, by due date; those without one last."""
        with self._read() as connection:
            return reading.open_cases(connection, limit)

    def unsent(self, limit: int = 200) -> list[CaseRow]:
        """List cases of which the centre has not shown everything yet."""
        with self._read() as connection:
            return reading.unsent(connection, limit)

    def person(self, doc_tipo: str, number: str) -> PersonRow | None:
        """Give the latest data of the person with this document."""
        with self._read() as connection:
            return reading.person(connection, doc_tipo, number)

    def people(self, text: str, limit: int = 5) -> list[PersonRow]:
        """Find people with a document by name or number, latest visit first."""
        with self._read() as connection:
            return reading.people(connection, text, limit)

    def office(self) -> Oficina | None:
        """Give the office as the centre last set it."""
        with self._read() as connection:
            return notices.office(connection)

    def devices(self) -> dict[bytes, bytes]:
        """Give the public key of each counter of the office, by device id."""
        with self._read() as connection:
            return notices.devices(connection)

    def tables(self) -> dict[str, str]:
        """Give the CSV text of each catalogue table that came down, by name."""
        with self._read() as connection:
            return notices.tables(connection)

    @property
    def contact(self) -> Contact:
        """Tell when the centre was last reached, without a look at the disk: each act needs it."""
        return self._contact

    def queue(self) -> QueueState:
        """Tell how the exchange with the centre stands."""
        with self._read() as connection:
            head = state.head(connection).h.hex() if self._contact.agreed else ""
            return self._contact.queue(*outbox.pending(connection), head)

    def dump(self) -> bytes:
        """Give the canonical dump of the cases of the office's feed."""
        with self._read() as connection:
            granted = state.enrolment(connection)
            if granted is None:
                raise NotEnrolled(reason="enrolment")
            return reading.dump(connection, f"o/{granted.institution}/{granted.office}")

    # ------------------------------------------------------------------ sync

    def cursors(self) -> tuple[tuple[str, int, bytes], ...]:
        """Give position and chain of each feed followed, sorted by feed."""
        with self._read() as connection:
            return state.cursors(connection)

    def vectors(self) -> tuple[tuple[str, int, str], ...]:
        """Give chains at some earlier positions, for the round after a disagreement."""
        with self._read() as connection:
            return absorb.vectors(connection)

    def push(self, max_bytes: int, sign: Callable[[bytes], bytes], from_seq: int | None = None) -> Push:
        """Gather what to send, signed; at least one event when any is pending."""
        with self._read() as connection:
            push = outbox.push(connection, max_bytes, sign, from_seq)
            if push.more:
                engine.forget_pages(connection)
            return push

    def absorb(self, answer: Answer, now: int) -> Absorbed:
        """Take in an answer whole, or raise SyncRefused and change nothing. ``now``: ms UTC."""
        with self._turn:
            self._head = self._office = None
            with self._write() as connection:
                absorbed = absorb.Absorber.begin(connection).absorb(answer)
                asks.close_all(connection)
                contact = self._contact.heard(now, answer)
                agreed = attention.agreement(connection, answer, absorbed)
                contact = replace(contact, agreed=agreed).keep(connection, self._contact)
                attention.note_refused(connection, answer.quarantined)
            self._contact = contact
            return absorbed

    def note_failure(self, code: str, now: int) -> None:  # noqa: ARG002 - kept for the journal
        """Remember why the last exchange failed. ``code``: of the error; ``now``: ms UTC."""
        with self._turn:
            agreed = "" if code in DOUBTS else self._contact.agreed
            contact = replace(self._contact, last_error=code, agreed=agreed)
            if contact != self._contact:
                with self._write() as connection:
                    contact = contact.keep(connection, self._contact)
            self._contact = contact

    def rebuild(self) -> None:
        """Drop all projections and fold the history again: after an upgrade of the fold."""
        with self._turn, self._write() as connection:
            granted = state.enrolment(connection)
            projection.rebuild(connection)
            if granted is not None:
                notices.rebuild(connection, granted.server_key)
