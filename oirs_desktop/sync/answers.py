"""Answers of the centre that a stick brings: in any order, twice, torn or for somebody else, without harm."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from oirs_core.chain import b64, unb64
from oirs_core.domain.errors import EventRefused, OirsError
from oirs_core.wire import snapshot
from oirs_core.wire.bundle import SUFFIX, BundleRefused, Kind
from oirs_core.wire.messages import PROTO, Answer
from oirs_core.wire.parts import Chunk, Stood, Told
from oirs_core.wire.unbundle import Ending, Reader
from oirs_desktop.session import draw_log
from oirs_desktop.store import NotEnrolled, SyncRefused
from oirs_desktop.sync.errors import (
    AnswerChanged,
    AnswerEarly,
    AnswerForeign,
    AnswerMisfit,
    AnswerNewer,
    AnswerStrange,
    AnswerTorn,
    DeviceRefused,
)
from oirs_desktop.sync.stickpapers import Arriving
from oirs_desktop.sync.sticks import known, stick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from oirs_core.signature import SigningKey
    from oirs_core.wire.parts import Part
    from oirs_core.wire.seal import SealKey
    from oirs_desktop.store import Store
    from oirs_desktop.sync.snapshots import Offer
    from oirs_desktop.sync.stickpapers import Bytes

    Tell = Callable[[int, int], None]


def nobody(_done: int, _total: int) -> None:
    """Hear nothing."""


class Outcome(StrEnum):
    """What an answer brought."""

    NEWS = "news"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was read. ``events``: of the centre in it; ``error``: why not all of it was taken."""

    name: str
    outcome: Outcome
    events: int = 0
    error: OirsError | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """All files that were read. ``delivered``: own events that are no longer pending.

    ``papers``: own documents that became whole at the centre, by its word; ``came``: such as were asked for.
    """

    files: tuple[Taken, ...] = ()
    delivered: int = 0
    cases: frozenset[bytes] = frozenset()
    office: bool = False
    catalogue: bool = False
    papers: int = 0
    came: int = 0


@dataclass(slots=True)
class _News:
    cases: set[bytes] = field(default_factory=set)
    office: bool = False
    catalogue: bool = False
    events: int = 0
    papers: int = 0
    came: int = 0


class Answers:
    """Reads the files of one counter. Not for several threads at once."""

    def __init__(
        self,
        store: Store,
        keys: tuple[SigningKey, SealKey],
        random: Callable[[int], bytes],
        documents: Bytes | None = None,
    ) -> None:
        """``keys``: of this counter. ``random``: that many random bytes, for a new log.

        ``documents``: takes those that were asked for.
        """
        self._store = store
        self._documents = documents
        self._key, self._seal = keys
        self._random = random
        enrolment = store.enrolment()
        if enrolment is None:
            raise NotEnrolled(reason="enrolment")
        self._enrolment = enrolment

    def read(self, given: Sequence[Path], tell: Tell) -> Imported:
        """Take in the answers among files and folders. StickError, StoreError."""
        paths, news = _found(given), _News()
        before = self._store.queue().pending
        waiting, files, done = paths, {}, 0
        while waiting:
            for path in waiting:
                files[path] = self._take(path, news, asked=path in given)
                tell(done := min(done + 1, len(paths)), len(paths))
            early = [path for path in waiting if isinstance(_error(files[path]), AnswerEarly)]
            waiting = [] if len(early) == len(waiting) else early
        told = tuple(taken for path in paths if (taken := files[path]) is not None)
        delivered = before - self._store.queue().pending
        return Imported(
            told, delivered, frozenset(news.cases), news.office, news.catalogue, news.papers, news.came
        )

    def _take(self, path: Path, news: _News, *, asked: bool) -> Taken | None:
        """Take one file; None for what nobody asked for and is no answer."""
        before = (news.events, news.papers, news.came)
        try:
            with path.open("rb") as file:
                reader = Reader(file)
                if reader.facts.kind != Kind.DOWN and not asked:
                    return None
                self._open(reader)
                entries = self._absorb(reader, news)
        except OSError as why:
            return Taken(path.name, Outcome.REFUSED, error=known(why))
        except (BundleRefused, EventRefused) as why:
            newer = why.data.get("reason") == "newer"
            return Taken(path.name, Outcome.REFUSED, error=AnswerNewer() if newer else AnswerStrange())
        except SyncRefused as why:
            soon = why.data.get("reason") == "early"
            refused = AnswerEarly() if soon else AnswerMisfit(reason=str(why.data.get("reason")))
            return Taken(path.name, Outcome.REFUSED, news.events - before[0], refused)
        except (AnswerChanged, AnswerForeign, AnswerStrange, DeviceRefused) as why:
            return Taken(path.name, Outcome.REFUSED, error=why)
        error = None if reader.ending is Ending.WHOLE else AnswerTorn()
        outcome = Outcome.NEWS if (news.events, news.papers, news.came) != before else Outcome.KNOWN
        return Taken(path.name, outcome, entries, error)

    def _open(self, reader: Reader) -> None:
        facts, enrolment = reader.facts, self._enrolment
        if facts.kind != Kind.DOWN or facts.institution != enrolment.institution:
            raise AnswerStrange
        if facts.device != b64(self._key.id):
            raise AnswerForeign(office=facts.office)
        if not reader.is_by(enrolment.server_key) or not reader.unlock(self._seal):
            raise AnswerStrange
        if reader.check() is Ending.CHANGED:
            raise AnswerChanged

    def _absorb(self, reader: Reader, news: _News) -> int:
        entries, sound = 0, self._sound(reader)
        parts, arriving = reader.parts(), Arriving(self._store, self._documents)
        asks: list[str] = []
        for part in parts:
            if isinstance(part, Chunk):
                arriving.add(part)
            elif isinstance(part, Stood):
                self._store.note_announced()
                news.papers += self._store.heed_stands(part) if self._store.is_latest(asks) else 0
            if not isinstance(part, Told):
                continue
            answer = part.answer
            if answer.state != "ok":
                raise DeviceRefused(status=403)
            asks += part.to
            entries += sum(page.end - page.start for page in answer.pages)
            news.events += self._one(answer, news, latest=self._store.is_latest(asks))
            if answer.snapshot is not None and answer.snapshot == sound:
                entries += self._begin_with(answer, pieces(parts, sound), news)
        if reader.ending is Ending.WHOLE:
            self._store.answered(asks)
        news.came += arriving.count
        return entries

    def _sound(self, reader: Reader) -> Offer | None:
        """Give the snapshot of a file, if it is whole and the centre's, and leads beyond where we are."""
        parts = reader.parts()
        first = next(parts, None)
        offer = first.answer.snapshot if isinstance(first, Told) else None
        here = {feed: pos for feed, pos, _ in self._store.cursors()}
        if offer is None or offer[1] <= here.get(offer[0], offer[1]):
            return None
        try:
            name = snapshot.check_pieces(pieces(parts, offer), offer[3], self._enrolment.server_key)
        except EventRefused:
            return None  # torn: the pages come with another file
        return offer if b64(name) == offer[2] else None

    def _begin_with(self, answer: Answer, given: Iterator[bytes], news: _News) -> int:
        """Take in the pages of a snapshot, each as if it had come in an answer; gives how many entries."""
        feed, pos, _, size = answer.snapshot or ("", 0, "", 0)
        for page in snapshot.pages_of(given, size, feed):
            if page.end > next(at for name, at, _ in self._store.cursors() if name == feed):
                told = Answer(PROTO, answer.server_ms, "ok", 0, "", (replace(page, more=True),))
                news.events += self._one(told, news)
        return pos

    def _one(self, answer: Answer, news: _News, *, latest: bool = False) -> int:
        here = {feed: pos for feed, pos, _ in self._store.cursors()}
        if any(page.start > here.get(page.feed, 0) for page in answer.pages):
            raise SyncRefused(reason="early")
        absorbed = self._store.absorb_carried(answer, latest=latest)
        news.cases |= absorbed.cases
        news.office |= absorbed.office
        news.catalogue |= absorbed.catalogue
        if absorbed.rotate:
            log, label = draw_log(self._random)
            self._store.rotate(log, label, self._key.public, "elsewhere")
        after = {feed: pos for feed, pos, _ in self._store.cursors()}
        return sum(after[feed] != here[feed] for feed in after)


def pieces(parts: Iterator[Part | None], offer: Offer) -> Iterator[bytes]:
    """Give the bytes of a snapshot out of the segments that follow. EventRefused where one is missing."""
    at, size = 0, offer[3]
    while at < size:
        part = next(parts, None)
        if not isinstance(part, Chunk) or (part.sha, part.offset) != (offer[2], at) or not part.data:
            raise EventRefused(reason="shape")
        data = unb64(part.data)
        at += len(data)
        yield data


def _error(taken: Taken | None) -> OirsError | None:
    return None if taken is None else taken.error


def _found(places: Iterable[Path]) -> list[Path]:
    """Give files in the order in which the centre made them, as far as their beginning can be read."""
    found: list[tuple[int, Path]] = []
    with stick():
        for place in places:
            inside = sorted(place.rglob(f"*{SUFFIX}")) if place.is_dir() else [place]
            found.extend((_made(path), path) for path in inside)
    return list(dict.fromkeys(path for _, path in sorted(found)))


def _made(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return Reader(file).facts.made
    except (OSError, BundleRefused):
        return 0
