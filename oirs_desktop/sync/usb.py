"""The way by hand: what waits goes to a folder, and the centre's answer comes back from one.

Exported is not delivered: that is what the answer shows.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from oirs_core.chain import b64
from oirs_core.wire import messages
from oirs_core.wire.bundle import Facts, Kind, Writer
from oirs_core.wire.names import file_name
from oirs_core.wire.parts import Ask, Events
from oirs_desktop.files import PART, flush_folder
from oirs_desktop.store import NotEnrolled
from oirs_desktop.sync.answers import Answers, Imported, nobody
from oirs_desktop.sync.errors import Cancelled, StickFull, StickUnready
from oirs_desktop.sync.stickpapers import Papers
from oirs_desktop.sync.sticks import stick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from oirs_core.signature import SigningKey
    from oirs_core.wire.seal import SealKey
    from oirs_desktop.session import Clock
    from oirs_desktop.store import Enrolment, Store
    from oirs_desktop.store.carrying import Placed, Stretch
    from oirs_desktop.sync.answers import Tell
    from oirs_desktop.sync.stickpapers import Bytes, Load

ROOM = 128 * 1024
"""Bytes of events in a segment, before compression."""
RELAYS = 64
"""Groups of others in a segment."""


def never() -> bool:
    """Never stop."""
    return False


class Exported(msgspec.Struct, frozen=True):
    """A file that was written. ``at``: ms UTC of this device; ``size``: bytes; ``events``: own ones in it.

    ``cases``: of which something waited. ``ends``: hashes of the last events in it, b64. ``papers``: the
    documents that are whole with it, by the first 8 bytes of their SHA-256, b64.
    """

    path: str
    events: int
    size: int
    at: int
    cases: int = 0
    ends: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


class _Progress:
    """Tells how far it is, and stops where somebody wants it."""

    def __init__(self, tell: Tell, cancelled: Callable[[], bool], total: int) -> None:
        self._tell, self._cancelled = tell, cancelled
        self._done, self._total = 0, total
        tell(0, total)

    def go_on(self) -> None:
        if self._cancelled():
            raise Cancelled

    def did(self, count: int) -> None:
        self._done += count
        self._tell(self._done, self._total)


class Usb:
    """Writes and reads the files of one counter. Not for several threads at once."""

    def __init__(
        self,
        store: Store,
        keys: tuple[SigningKey, SealKey],
        clock: Clock,
        random: Callable[[int], bytes],
        documents: Bytes | None = None,
    ) -> None:
        """``keys``: of this counter, to sign and to open. ``random``: that many random bytes.

        ``documents``: where their bytes lie; without it none goes onto a stick.
        """
        self._store = store
        self._documents = documents
        self._papers = None if documents is None else Papers(store, documents)
        self._key, self._seal = keys
        self._clock = clock
        self._random = random

    # ------------------------------------------------------------------ out

    def export(
        self,
        folder: Path,
        tell: Tell = nobody,
        cancelled: Callable[[], bool] = never,
        documents_mb: int | None = None,
    ) -> Exported:
        """Write all that waits into a new file of ``folder``, whole or not at all. StickError, StoreError.

        ``tell``: events and documents written, and how many there are; ``cancelled``: asked before each
        segment. ``documents_mb``: of documents, after all text, at most; None: as many as fit, 0: none.
        """
        enrolment = self._enrolment()
        papers = self._papers if documents_mb != 0 else None
        loads = papers.loads(folder, documents_mb) if papers is not None else []
        try:
            return self._export(folder, enrolment, loads, (tell, cancelled))
        except StickFull:
            if not loads:
                raise
        return self._export(folder, enrolment, [], (tell, cancelled))  # no scan holds text back

    def _export(
        self, folder: Path, enrolment: Enrolment, loads: list[Load], ears: tuple[Tell, Callable[[], bool]]
    ) -> Exported:
        stretches, cases = self._store.waiting(), self._store.cases_waiting()
        facts = self._facts(enrolment, stretches)
        self._store.asking(facts.id)  # first: an answer to a file that we do not know of takes nothing back
        path = folder / file_name(facts, enrolment.name)
        part = path.with_name(path.name + PART)
        progress = _Progress(*ears, facts.count + len(loads))
        try:
            with stick(), part.open("wb") as file:
                readers = (enrolment.seal_key, self._seal.public)
                writer = Writer.begin(file, facts, self._key.sign, readers, self._random)
                self._fill(writer, stretches, progress)
                papers = self._add(writer, loads, progress)
                writer.close()
                file.flush()
                os.fsync(file.fileno())
            with stick():
                part.replace(path)
                flush_folder(folder)
        except BaseException:
            _sweep(part)
            raise
        hashes = (self._store.hash_at(stretch.log, stretch.last) for stretch in stretches)
        ends = tuple(b64(h) for h in hashes if h is not None)
        done = Exported(str(path), facts.count, writer.size, facts.made, cases, ends, papers)
        self._store.note_export(done)
        return done

    def last_export(self) -> Exported | None:
        """Tell what was exported last; None when nothing ever was."""
        kept = self._store.note_export()
        return msgspec.json.decode(kept, type=Exported) if kept else None

    def _enrolment(self) -> Enrolment:
        enrolment = self._store.enrolment()
        if enrolment is None:
            raise NotEnrolled(reason="enrolment")
        if not enrolment.seal_key:
            raise StickUnready
        return enrolment

    def _facts(self, enrolment: Enrolment, stretches: Sequence[Stretch]) -> Facts:
        head = self._store.head()
        last = stretches[-1] if stretches else None
        first, end = (head.seq + 1, head.seq) if last is None else (last.after + 1, last.last)
        return Facts(
            Kind.UP,
            enrolment.institution,
            enrolment.office,
            b64(self._key.id),
            b64(head.log),
            first,
            end,
            sum(one.count for one in stretches),
            self._clock.now(),
            b64(self._random(16)),
            b64(self._seal.public),
        )

    def _fill(self, writer: Writer, stretches: Sequence[Stretch], progress: _Progress) -> None:
        writer.append(Ask(self._request()))
        if self._papers is not None and (wish := self._papers.wish()) is not None:
            writer.append(wish)
        for groups in _gathered(self._store.relays()):
            progress.go_on()
            writer.append(Events(groups))
        for stretch in stretches:
            while (batch := self._store.batch(stretch, ROOM, self._key.sign)) is not None:
                progress.go_on()
                writer.append(Events(batch.groups))
                progress.did(batch.count)
                stretch = stretch.from_seq(batch.seq)  # noqa: PLW2901 - what is left of it
        progress.go_on()

    def _add(self, writer: Writer, loads: list[Load], progress: _Progress) -> tuple[str, ...]:
        """Write documents; gives the names of those that are whole with it."""
        whole = []
        for load in loads:
            size = writer.size
            for chunk in self._papers.chunks(load) if self._papers is not None else ():
                progress.go_on()
                writer.append(chunk)
            progress.did(1)
            if load.whole and writer.size > size:
                whole.append(load.name)
        return tuple(whole)

    def _request(self) -> messages.Request:
        """Say where this counter stands: chains at its cursors, and some further back."""
        head, cursors = self._store.head(), self._store.cursors()
        here = tuple((feed, pos) for feed, pos, _ in cursors)
        return messages.Request(
            messages.PROTO,
            messages.SCHEMA,
            b64(head.log),
            head.seq,
            here,
            "",
            messages.MAX_CONTENT,
            vectors=self._store.vectors(),
            snapshots=True,
        )

    # ------------------------------------------------------------------ in

    def read(self, places: Path | Iterable[Path], tell: Tell = nobody) -> Imported:
        """Take in the answers among files and folders, in any order, again and again. StickError, StoreError.

        A file that cannot be taken is told of in the result; it stops no other. ``tell``: files read, of how
        many.
        """
        given = [places] if isinstance(places, Path) else list(places)
        keys = (self._key, self._seal)
        return Answers(self._store, keys, self._random, self._documents).read(given, tell)


def _gathered(relays: Iterable[Placed]) -> Iterable[tuple[Placed, ...]]:
    part: list[Placed] = []
    for placed in relays:
        part.append(placed)
        if len(part) == RELAYS:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def _sweep(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the stick is gone, and the half file with it
