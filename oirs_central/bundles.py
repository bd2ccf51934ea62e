"""Files on a stick: what counters sent by hand is taken in, and what they lack is written for each.

Order, repetition and partial copies do not matter: a file is pushed as the line pushes, group by group.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from oirs_central.ledger.carried import Count
from oirs_central.ledger.errors import LedgerError
from oirs_central.ledger.snapshots import SnapshotUnknown
from oirs_core.chain import b64, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.wire.bundle import SUFFIX, BundleRefused, Facts, Kind, Writer
from oirs_core.wire.names import file_name
from oirs_core.wire.parts import Ask, Chunk, Events, Told, Wish
from oirs_core.wire.unbundle import Ending, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from oirs_central.ledger.carried import Carrier, Known
    from oirs_central.stock import Papers, Stock
    from oirs_core.signature import SigningKey
    from oirs_core.wire.messages import Request
    from oirs_core.wire.parts import Part
    from oirs_core.wire.seal import SealKey

PART = ".part"


class Verdict(StrEnum):
    """What became of a file. From NEW to MISSING something of it was taken; nothing of the others."""

    NEW = "new"
    KNOWN = "known"
    PARTLY = "partly"
    TORN = "torn"
    REVOKED = "revoked"
    MISSING = "missing"
    CHANGED = "changed"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"
    SEALED = "sealed"
    NEWER = "newer"
    ANSWER = "answer"
    OTHER = "other"
    UNREAD = "unread"


LATER = frozenset({Verdict.UNKNOWN, Verdict.MISSING})
"""Another file of the same stick may bring what these wait for."""


@dataclass(frozen=True, slots=True)
class Result:
    """One file. ``given``: events in it, ``new``: of them stored; office, label and name as enrolled.

    ``papers``: documents that are whole by it; ``full``: the centre had no room for others.
    """

    path: Path
    verdict: Verdict
    office: str = ""
    label: str = ""
    name: str = ""
    given: int = 0
    new: int = 0
    papers: int = 0
    full: bool = False


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one file brought."""

    count: Count
    request: Request | None
    papers: Papers
    wishes: tuple[str, ...]


@dataclass(slots=True)
class _Due:
    """A counter that is to have an answer: its latest word, and what its files brought.

    ``papers``: SHA-256 of the documents of which they held something; ``wishes``: of those asked for, b64.
    ``asks``: ids of all its files that ask.
    """

    who: Known
    facts: Facts
    request: Request | None = None
    count: Count = field(default_factory=Count)
    papers: dict[bytes, None] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()
    asks: list[str] = field(default_factory=list)


class Post:
    """Takes in what sticks bring and writes what they take back."""

    def __init__(
        self,
        stores: tuple[Carrier, Stock],
        institution: str,
        keys: tuple[SigningKey, SealKey],
        clock: Callable[[], int],
        random: Callable[[int], bytes],
    ) -> None:
        """``keys``: of the centre, to sign and to open. ``clock``: ms UTC. ``random``: that many bytes."""
        self._carrier, self._stock = stores
        self._institution = institution
        self._sign, self._seal = keys
        self._clock = clock
        self._random = random

    def take(self, places: Iterable[Path], out: Path, tell: Callable[[Result], None]) -> list[Path]:
        """Take every file of ``places`` (files, or folders with files) and write the answers to ``out``.

        ``tell`` hears of each file once; of an answer of ours only if it is named itself. Gives the answers.
        OSError when one cannot be written.
        """
        named = list(places)
        due: dict[str, _Due] = {}
        left = files(named)
        while left:
            results = [self._take(path, due) for path in left]
            later = [result for result in results if result.verdict in LATER]
            last = len(later) == len(left)
            for result in results:
                left_out = result.verdict is Verdict.ANSWER and result.path not in named
                if not left_out and (last or result not in later):
                    tell(result)
            left = [] if last else [result.path for result in later]
        return [path for one in due.values() if (path := self._answered(one, out)) is not None]

    def _take(self, path: Path, due: dict[str, _Due]) -> Result:
        try:
            with path.open("rb") as file:
                return self._read(path, Reader(file), due)
        except BundleRefused as why:
            newer = why.data.get("reason") == "newer"
            return Result(path, Verdict.NEWER if newer else Verdict.OTHER)
        except (EventRefused, LedgerError):
            return Result(path, Verdict.CHANGED)
        except OSError:
            return Result(path, Verdict.UNREAD)

    def _read(self, path: Path, reader: Reader, due: dict[str, _Due]) -> Result:
        facts = reader.facts
        refused = self._stranger(facts)
        who = None if refused else self._carrier.device(unb64(facts.device))
        if refused or who is None:
            return Result(path, refused or Verdict.UNKNOWN, facts.office)
        named = (who.office, who.label, who.name)
        if not reader.is_by(who.key):
            return Result(path, Verdict.CHANGED, *named)
        if not reader.unlock(self._seal):
            return Result(path, Verdict.SEALED, *named)
        ending = reader.check()
        if ending is Ending.CHANGED:
            return Result(path, Verdict.CHANGED, *named)
        brought = self._push(reader, who)
        self._note(due, who, facts, brought)
        count, papers = brought.count, brought.papers
        verdict = _verdict(who, facts, ending, count, papers)
        return Result(path, verdict, *named, count.given, count.new, papers.whole, papers.full)

    def _stranger(self, facts: Facts) -> Verdict | None:
        if facts.kind == Kind.DOWN:
            return Verdict.ANSWER
        if facts.kind not in {Kind.UP, Kind.JOURNAL}:
            return Verdict.NEWER
        return None if facts.institution == self._institution else Verdict.FOREIGN

    def _push(self, reader: Reader, who: Known) -> _Brought:
        count, request, log = Count(), None, unb64(reader.facts.log)
        papers = self._stock.papers(who.feed)
        wishes: tuple[str, ...] = ()
        for part in reader.parts():
            if isinstance(part, Ask):
                request = part.request
            elif isinstance(part, Events) and part.groups:
                groups = [group for _, group in part.groups]
                count = count + self._carrier.push(who, log, groups, self._clock())
            elif isinstance(part, Chunk) and not who.revoked:  # as over the line
                papers.take(part)
            elif isinstance(part, Wish):
                wishes = part.documents
        return _Brought(count, request, papers, wishes)

    def _note(self, due: dict[str, _Due], who: Known, facts: Facts, brought: _Brought) -> None:
        one = due.setdefault(facts.device, _Due(who, facts))
        one.count = one.count + brought.count
        one.papers |= dict.fromkeys(brought.papers.named)
        request = brought.request
        if request is not None:
            one.asks.append(facts.id)
        if request is not None and (one.request is None or facts.made >= one.facts.made):
            one.facts, one.request, one.wishes = facts, request, brought.wishes

    def _answered(self, due: _Due, out: Path) -> Path | None:
        """Write the answer of a counter; none where only its journal came, or it asks what no counter may."""
        if due.request is None:
            return None
        try:
            return self._answer(due, due.request, out)
        except SnapshotUnknown:  # something was erased from it just now
            return self._answer(due, msgspec.structs.replace(due.request, snapshots=False), out)
        except OSError:
            if not due.wishes:
                raise
            due.wishes = ()  # no room for documents: the text goes without
            return self._answer(due, due.request, out)
        except (EventRefused, LedgerError):
            return None

    def _answer(self, due: _Due, request: Request, out: Path) -> Path:
        who, asked, now = due.who, due.facts, self._clock()
        entries = 0 if who.revoked else self._carrier.lacks(who, request)
        made = (asked.log, asked.first, asked.last, entries, now, b64(self._random(16)))
        facts = Facts(Kind.DOWN, self._institution, who.office, asked.device, *made, b64(self._seal.public))
        path = out / file_name(facts, who.label)
        part = path.with_name(path.name + PART)
        out.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                readers = (unb64(asked.seal), self._seal.public)
                writer = Writer.begin(file, facts, self._sign.sign, readers, self._random)
                for told in self._parts(due, request, now):
                    writer.append(told)
                writer.close()
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return path

    def _parts(self, due: _Due, request: Request, now: int) -> Iterator[Part]:
        """Give what an answer holds: what a counter lacks, then how its documents stand."""
        asks = tuple(due.asks)
        for answer in self._carrier.answers(due.who, request, due.count, now, self._stock.sound):
            yield Told(answer, asks)
            asks = ()
            if answer.snapshot is not None:
                yield from self._stock.pieces(answer.snapshot)
        if not due.who.revoked:
            known = self._carrier.standing(due.who, now)
            yield from self._stock.stands(due.who.feed, known, due.papers, now)
            yield from self._stock.wanted(due.who.feed, due.wishes)


def files(places: Iterable[Path]) -> list[Path]:
    """Give the files that are named, and those of ours in the folders that are named and in theirs."""
    found: list[Path] = []
    for place in places:
        inside: Sequence[Path] = sorted(place.rglob(f"*{SUFFIX}")) if place.is_dir() else [place]
        found.extend(inside)
    return list(dict.fromkeys(found))


def _verdict(who: Known, facts: Facts, ending: Ending, count: Count, papers: Papers) -> Verdict:
    if who.revoked:
        return Verdict.REVOKED
    if ending is Ending.TORN or (ending is Ending.OPEN and facts.kind == Kind.UP):
        return Verdict.TORN
    if count.missing:
        return Verdict.MISSING
    if count.new == 0:
        return Verdict.NEW if papers.grown else Verdict.KNOWN
    return Verdict.NEW if count.new == count.given else Verdict.PARTLY
