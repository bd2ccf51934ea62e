"""The second durable copy: each day's own events, in a file of the format of the stick.

Written right after the commit by a thread of its own, so that no registration waits for it. What is still to
be written is a question to the store, never a list that could be lost.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from oirs_core.chain import b64
from oirs_core.wire.bundle import SUFFIX, BundleRefused, Facts, Kind, Writer
from oirs_core.wire.parts import Events, Marks, unpack
from oirs_core.wire.unbundle import Ending, Reader
from oirs_desktop import log
from oirs_desktop.files import flush_folder
from oirs_desktop.store import NotEnrolled
from oirs_desktop.sync.journalfiles import NAME, Keys, Place, first_marks, restore
from oirs_desktop.sync.sticks import stick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_core.wire.parts import Head
    from oirs_desktop.session import Clock
    from oirs_desktop.store import Enrolment, Store

ROOM = 128 * 1024
"""Bytes of events in a segment, before compression."""
DAY_MS = 24 * 3600 * 1000
HEADLESS = 8 * 1024
"""A header and the marks are smaller than this."""


@dataclass(slots=True)
class _Open:
    """The file that is written to. ``day``: ISO date in its name; ``changed``: heads that moved in it."""

    path: Path
    day: str
    writer: Writer
    changed: dict[str, Head]


class Journal:
    """The files of one counter. Any thread may call; writes take turns."""

    def __init__(
        self, store: Store, keys: Keys, place: Place, clock: Clock, today: Callable[[], str]
    ) -> None:
        """``today``: ISO date at the office, for the names of the files only."""
        self._store = store
        self._keys = keys
        self.place = place
        self._clock = clock
        self.today = today
        self._turn = threading.Lock()
        self._open: _Open | None = None
        self._read = False
        self._heads: dict[str, Head] = {}

    # ------------------------------------------------------------------ writing

    def write(self) -> int:
        """Append what lies beyond the files and flush it; how many events. StickError, StoreError.

        After a failure the file is read again, and its torn end cut, before anything else is written.
        """
        with self._turn, stick():
            try:
                return self._written()
            except FileNotFoundError:
                return self._written()  # somebody tidied up there: begin anew

    def _written(self) -> int:
        try:
            self._resume()
            return self._append()
        except BaseException:
            if self._open is not None:
                self._open.writer.file.close()
            self._read, self._open = False, None
            raise

    def lag(self) -> int:
        """How many own events stand in the store only. StickError, StoreError."""
        with self._turn, stick():
            self._resume()
            return sum(stretch.count for stretch in self._store.beyond(self._heads.values()))

    def is_ahead(self) -> bool:
        """Whether the files hold something that the store has lost. StickError, StoreError."""
        with self._turn, stick():
            self._resume()
            return self._store.missing(self._heads.values())

    def restore(self) -> int:
        """Put back what the store has lost; how many events. StickError, StoreError."""
        with self._turn, stick():
            return restore(self._store, self._keys, self.place)

    def tidy(self) -> int:
        """Remove files of old days that the centre holds; how many. The newest stays."""
        with self._turn, stick():
            files, gone = self.place.files(), 0
            for path, following in pairwise(files):
                if not self._is_done(path, following):
                    break
                path.unlink()
                gone += 1
            return gone

    def _is_done(self, path: Path, following: Path) -> bool:
        with path.open("rb") as old, following.open("rb") as newer:
            try:
                made, marks = Reader(old).facts.made, first_marks(Reader(newer), self._keys.seal)
            except BundleRefused:
                return False
        young = self._clock.now() - made <= self.place.days * DAY_MS
        return not young and marks is not None and self._store.held(marks.heads)

    def _append(self) -> int:
        done, day = 0, self.today()
        for stretch in self._store.beyond(self._heads.values()):
            left = stretch
            while (batch := self._store.batch(left, ROOM, self._keys.sign.sign)) is not None:
                current = self._file(day, left.after + 1)
                head = (b64(left.log), b64(batch.h), left.label, batch.seq)
                current.changed[head[0]] = self._heads[head[0]] = head
                current.writer.append(Events(batch.groups, tuple(current.changed.values())))
                done += batch.count
                left = left.from_seq(batch.seq)
        if self._open is not None and not self._open.writer.file.closed:
            _flush(self._open.writer)
            self._open.writer.file.close()
        return done

    def _file(self, day: str, first: int) -> _Open:
        """Give the file of the day, open at its end; the one before is closed with its footer."""
        current = self._open
        if current is not None and current.writer.file.closed:
            current.writer.file = current.path.open("r+b")
            if current.writer.file.seek(0, os.SEEK_END) != current.writer.size:
                current.writer.file.close()
                raise FileNotFoundError(current.path.name)  # somebody else was at it: read it again
        if current is not None and current.day == day:
            return current
        if current is not None:
            current.writer.close()
            _flush(current.writer)
            current.writer.file.close()
        self._open = self._begin(day, first)
        return self._open

    def _begin(self, day: str, first: int) -> _Open:
        files = self.place.files()
        number = int(files[-1].name[:6]) + 1 if files else 1
        path = self.place.folder / f"{number:06d}-{day}-diario{SUFFIX}"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        enrolment, head = self._enrolment(), self._store.head()
        facts = Facts(
            Kind.JOURNAL,
            enrolment.institution,
            enrolment.office,
            b64(self._keys.sign.id),
            b64(head.log),
            first,
            0,
            0,
            self._clock.now(),
            b64(self._keys.random(16)),
            b64(self._keys.seal.public),
        )
        readers = [key for key in (enrolment.seal_key, self._keys.seal.public) if key]
        granted, office = msgspec.Raw(self._store.granted()), self._store.office_notice()
        marks = Marks(granted, b64(head.log), tuple(self._heads.values()), office)
        file = path.open("xb")
        try:
            writer = Writer.begin(file, facts, self._keys.sign.sign, readers, self._keys.random)
            writer.append(marks)
            _flush(writer)
            flush_folder(path.parent)
        except BaseException:
            file.close()
            raise  # what there is of it holds nothing, and is taken away when the files are read again
        return _Open(path, day, writer, {})

    def _enrolment(self) -> Enrolment:
        enrolment = self._store.enrolment()
        if enrolment is None:
            raise NotEnrolled(reason="enrolment")
        return enrolment

    # ------------------------------------------------------------------ reading

    def _resume(self) -> None:
        """Read the newest file, once: where each log stood, and where to go on. A torn end is cut."""
        if self._read:
            return
        self._heads, self._open = {}, None
        for path in reversed(self.place.files()):
            try:
                self._resume_at(path)
                break
            except BundleRefused as why:
                # Cut down while it was begun: nothing stands in it. Any other is left alone.
                if why.data.get("reason") == "shape" and _is_empty(path):
                    path.unlink()
                else:
                    log.note("journal_strange")
        self._read = True

    def _resume_at(self, path: Path) -> None:
        with path.open("r+b") as file:
            reader = Reader(file)
            if not reader.is_by(self._keys.sign.public) or not reader.unlock(self._keys.seal):
                raise BundleRefused(reason="key")
            first = last = b""
            for _, packed in reader.walk():
                first, last = first or packed, packed
            marks, events = unpack(first) if first else None, unpack(last) if last else None
            if not isinstance(marks, Marks):
                raise BundleRefused(reason="shape")
            if reader.ending is Ending.TORN:
                file.truncate(reader.good)
                file.flush()
                os.fsync(file.fileno())
            changed = {head[0]: head for head in events.heads} if isinstance(events, Events) else {}
            self._heads = {head[0]: head for head in marks.heads} | changed
            if reader.ending in {Ending.OPEN, Ending.TORN} and reader.seal is not None:
                name = NAME.fullmatch(path.name)
                day = name[2] if name else ""
                digest, random = reader.digest, self._keys.random
                writer = Writer(file, reader.seal, random, digest, reader.count, reader.good)
                self._open = _Open(path, day, writer, changed)


def _is_empty(path: Path) -> bool:
    """Whether nothing was ever kept in a file: it ends before its first segment does."""
    try:
        with path.open("rb") as file:
            reader = Reader(file)
    except BundleRefused as why:
        return why.data.get("reason") == "shape" and path.stat().st_size < HEADLESS
    return path.stat().st_size - reader.start < HEADLESS


def _flush(writer: Writer) -> None:
    writer.file.flush()
    os.fsync(writer.file.fileno())
