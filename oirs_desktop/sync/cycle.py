"""One conversation: push what is pending, acknowledge by pulling, until both sides agree."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from oirs_core import chain, signature
from oirs_core.domain.errors import EventRefused
from oirs_core.wire import dictionary, messages
from oirs_desktop.session import draw_log
from oirs_desktop.sync.errors import DictionaryUnknown, NoAgreement, NotOurServer, Offline, SyncError
from oirs_desktop.sync.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_core.signature import SigningKey
    from oirs_core.wire.messages import Answer
    from oirs_desktop.session import Clock
    from oirs_desktop.store import Absorbed, Push, Store
    from oirs_desktop.sync.snapshots import Beginning

MAX_ROUNDS = 10_000
MAX_REPAIRS = 8


class Exchange(Protocol):
    """Whatever carries a frame to the centre and its answer back.

    With an attribute ``overlaps`` that is true it is called on a thread of its own, one call at a time.
    """

    def exchange(self, frame: bytes) -> bytes:
        """Frame in, frame out; raises SyncError."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A request under way. ``cursors``: as it named them, with their chains; ``at``: ms of this device."""

    push: Push
    cursors: tuple[tuple[str, int, bytes], ...]
    frame: bytes
    fetch: tuple[str, ...]
    size: tuple[int, int]
    at: int
    answer: Future[bytes]


@dataclass(frozen=True, slots=True)
class Report:
    """What a conversation did. ``cases``: ids whose rows changed; ``hint_s``: when to come again."""

    pushed: int = 0
    rounds: int = 0
    cases: frozenset[bytes] = frozenset()
    office: bool = False
    catalogue: bool = False
    hint_s: int = 60


@dataclass(slots=True)
class _Tally:
    pushed: int = 0
    rounds: int = 0
    repairs: int = 0
    cases: set[bytes] = field(default_factory=set)
    office: bool = False
    catalogue: bool = False

    def add(self, push: Push, absorbed: Absorbed) -> None:
        self.rounds += 1
        self.pushed += sum(len(group.items) for group in push.groups)
        self.cases |= absorbed.cases
        self.office |= absorbed.office
        self.catalogue |= absorbed.catalogue


class Cycle:
    """Builds requests from the store, and lets the store absorb the answers."""

    def __init__(
        self,
        store: Store,
        carrier: Exchange,
        key: SigningKey,
        clock: Clock,
        random: Callable[[int], bytes],
    ) -> None:
        """``random``: gives that many random bytes (labels of a rotated log)."""
        self.store = store
        self.carrier = carrier
        self.key = key
        self.clock = clock
        self.random = random
        self.beginning: Beginning | None = None
        """Takes snapshots; without it everything comes in pages."""
        self.pace = Pace()
        self.batch = 0
        """Raw bytes of a push at most; 0: as the pace of the line says."""
        self._number = dictionary.NEWEST

    def run(self) -> Report:
        """Exchange until nothing is left either way. Raises SyncError; what was absorbed stays."""
        self.pace.begin()
        tally = _Tally()
        sent = self._send()
        for _ in range(MAX_ROUNDS):
            answer, middle = self._receive(sent)
            ahead = self._send_ahead(sent, answer)
            try:
                absorbed = self.store.absorb(answer, middle)
            except BaseException:
                self._drop(ahead)
                raise
            tally.add(sent.push, absorbed)
            if absorbed.rotate:
                self._rotate()
            if answer.state == "ok" and not self._goes_on(sent, answer, absorbed):
                return self._report(tally, answer)
            tally.repairs += answer.state != "ok"
            if tally.repairs > MAX_REPAIRS:
                break
            if ahead is None or absorbed.rotate:
                self._drop(ahead)
                ahead = self._send_next(answer)
            sent = ahead
        raise NoAgreement

    def _goes_on(self, sent: _Sent, answer: Answer, absorbed: Absorbed) -> bool:
        """Take a snapshot that was offered; whether there is anything else to ask for."""
        if answer.snapshot is not None and self.beginning is not None:
            # First: until then no page of that feed comes, nor with it the word of what was delivered.
            self.beginning.take(answer.snapshot)
            return True
        if sent.push.more or absorbed.more or absorbed.rotate:
            return True
        if sent.fetch and not answer.bodies:
            self.store.not_there(sent.fetch)
            return False
        return bool(self.store.wanted())

    def _send_next(self, answer: Answer) -> _Sent:
        """Ask again as the state of an answer wants it."""
        if answer.state == "ancestors":
            return self._send(answer.durable_seq + 1)
        return self._send(vectors=self.store.vectors() if answer.state == "differs" else ())

    def _report(self, tally: _Tally, answer: Answer) -> Report:
        return Report(
            tally.pushed,
            tally.rounds,
            frozenset(tally.cases),
            tally.office,
            tally.catalogue,
            answer.hint_s,
        )

    def _send(self, from_seq: int | None = None, vectors: tuple[tuple[str, int, str], ...] = ()) -> _Sent:
        return self._begin(self._push(from_seq), self.store.cursors(), vectors)

    def _send_ahead(self, sent: _Sent, answer: Answer) -> _Sent | None:
        """Send the next request before this answer is taken in, as if it were: both sides work at once.

        Only where the answer holds nothing but pages that continue what was asked, and only our own log
        was sent. Should the store refuse it, the next answer is dropped as if the line had lost it.
        """
        more = sent.push.more or any(page.more for page in answer.pages)
        plain = not (answer.cont or answer.relabel or answer.agreed or answer.snapshot or sent.fetch)
        if not (more and plain and sent.push.own and answer.state == "ok"):
            return None
        cursors = {feed: (pos, link) for feed, pos, link in sent.cursors}
        for page in answer.pages:
            if cursors.get(page.feed, (-1,))[0] != page.start:
                return None
            cursors[page.feed] = (page.end, _link(page.chain))
        after = tuple((feed, *cursors[feed]) for feed, _, _ in sent.cursors)
        return self._begin(self._push(sent.push.head_seq + 1), after)

    def _push(self, from_seq: int | None) -> Push:
        """Gather a batch of the size that suits the line."""
        push = self._gather(self.pace.push_room(), from_seq)
        taken = sum(len(group.items) for group in push.groups)
        if push.left and taken:
            room = self.pace.waiting(push.size * (taken + push.left) // taken)
            if push.size > room:
                push = self._gather(room, from_seq)
        return push

    def _gather(self, room: int, from_seq: int | None) -> Push:
        return self.store.push(min(room, self.batch or room), self.key.sign, from_seq)

    def _begin(
        self,
        push: Push,
        cursors: tuple[tuple[str, int, bytes], ...],
        vectors: tuple[tuple[str, int, str], ...] = (),
    ) -> _Sent:
        request = messages.Request(
            messages.PROTO,
            messages.SCHEMA,
            chain.b64(push.log),
            push.head_seq,
            tuple((feed, pos) for feed, pos, _ in cursors),
            chain.check8(push.head, (link for _, _, link in cursors)),
            self.pace.pull_room(),
            push.groups,
            vectors,
            self.store.wanted(),
            self.beginning is not None and self.beginning.willing,
        )
        payload = messages.pack(request, self._number)
        fitting = self.pace.too_large(len(payload), push.size)
        if fitting and push.own and sum(len(group.items) for group in push.groups) > 1:
            smaller = self._gather(fitting, push.groups[0].first_seq)
            if smaller.head_seq < push.head_seq and smaller.log == push.log:
                return self._begin(smaller, cursors, vectors)
        signed = self.key.sign(messages.request_message(self.key.id, payload))
        frame = messages.request_frame(self.key.id, signed, payload)
        size, at = (len(frame), push.size), self.clock.now()
        return _Sent(push, cursors, frame, request.fetch, size, at, self._carried(frame))

    def _carried(self, frame: bytes) -> Future[bytes]:
        """Send a frame; beside our own work where the carrier says that it may."""
        answer: Future[bytes] = Future()

        def carry(kept: type[BaseException]) -> None:
            try:
                answer.set_result(self.carrier.exchange(frame))
            except kept as why:  # raised again where the answer is waited for
                answer.set_exception(why)

        if getattr(self.carrier, "overlaps", False):
            # A daemon: a program that ends does not wait for the line.
            threading.Thread(target=carry, args=(BaseException,), name="line", daemon=True).start()
        else:
            carry(SyncError)
        return answer

    def _receive(self, sent: _Sent) -> tuple[Answer, int]:
        """Return the verified answer and the device time in the middle of the exchange, ms UTC."""
        try:
            raw = sent.answer.result()
        except Offline:
            self.pace.cut()
            raise
        except DictionaryUnknown:
            # An older centre: ask again in plain, and learn from its answer what it knows.
            if not self._number:
                raise
            self._number = 0
            return self._receive(self._begin(sent.push, sent.cursors))
        now = self.clock.now()
        answer = self._verified(sent.frame, raw)
        self._number = dictionary.common(messages.newest_held(raw))
        self.pace.went(now - sent.at, sent.size, (len(raw), messages.raw_size(raw)))
        return answer, (sent.at + now) // 2

    def _drop(self, sent: _Sent | None) -> None:
        """Leave an answer unread."""
        if sent is not None:
            sent.answer.exception()

    def _verified(self, frame: bytes, raw: bytes) -> Answer:
        enrolment = self.store.enrolment()
        try:
            signed, payload, answer = messages.read_answer(raw)
        except EventRefused as why:
            raise NotOurServer from why
        message = messages.answer_message(messages.frame_digest(frame), payload)
        if enrolment is None or not signature.verify(enrolment.server_key, signed, message):
            raise NotOurServer
        return answer

    def _rotate(self) -> None:
        """Somebody else went on with our log (a clone, a restored copy): write to a new one."""
        log, label = draw_log(self.random)
        self.store.rotate(log, label, self.key.public, "elsewhere")


def _link(text: str) -> bytes:
    try:
        return chain.unb64(text, chain.HASH_SIZE)
    except EventRefused as why:
        raise NotOurServer from why
