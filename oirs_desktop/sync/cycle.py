"""One conversation: push what is pending, acknowledge by pulling, until both sides agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from oirs_core import chain, signature
from oirs_core.domain.errors import EventRefused
from oirs_core.wire import messages
from oirs_desktop.session import draw_log
from oirs_desktop.sync.errors import NoAgreement, NotOurServer, Offline

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_core.signature import SigningKey
    from oirs_core.wire.messages import Answer, Request
    from oirs_desktop.session import Clock
    from oirs_desktop.store import Absorbed, Push, Store
    from oirs_desktop.sync.snapshots import Beginning

SMALLEST_BATCH = 4 * 1024
FIRST_BATCH = 32 * 1024
LARGEST_BATCH = 256 * 1024
MAX_ROUNDS = 10_000
MAX_REPAIRS = 4


class Exchange(Protocol):
    """Whatever carries a frame to the centre and its answer back."""

    def exchange(self, frame: bytes) -> bytes:
        """Frame in, frame out; raises SyncError."""


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
        self.batch = FIRST_BATCH
        self.beginning: Beginning | None = None
        """Takes snapshots; without it everything comes in pages."""

    def run(self) -> Report:
        """Exchange until nothing is left either way. Raises SyncError; what was absorbed stays."""
        tally = _Tally()
        from_seq: int | None = None
        vectors: tuple[tuple[str, int, str], ...] = ()
        for _ in range(MAX_ROUNDS):
            push = self.store.push(self.batch, self.key.sign, from_seq)
            request = self._request(push, vectors)
            answer, middle = self._ask(request)
            absorbed = self.store.absorb(answer, middle)
            tally.add(push, absorbed)
            from_seq, vectors = None, ()
            if absorbed.rotate:
                self._rotate()
            if answer.state == "ancestors":
                from_seq = answer.durable_seq + 1
            elif answer.state == "differs":
                vectors = self.store.vectors()
            elif not (push.more or absorbed.more or absorbed.rotate or self._goes_on(request, answer)):
                return self._report(tally, answer)
            tally.repairs += answer.state != "ok"
            if tally.repairs > MAX_REPAIRS:
                break
        raise NoAgreement

    def _goes_on(self, request: Request, answer: Answer) -> bool:
        """Take a snapshot that was offered; whether there is anything else to ask for."""
        if answer.snapshot is not None and self.beginning is not None:
            self.beginning.take(answer.snapshot)
            return True
        if request.fetch and not answer.bodies:
            self.store.not_there(request.fetch)
            return False
        return bool(self.store.wanted())

    def _report(self, tally: _Tally, answer: Answer) -> Report:
        return Report(
            tally.pushed,
            tally.rounds,
            frozenset(tally.cases),
            tally.office,
            tally.catalogue,
            answer.hint_s,
        )

    def _request(self, push: Push, vectors: tuple[tuple[str, int, str], ...]) -> Request:
        cursors = self.store.cursors()
        return messages.Request(
            messages.PROTO,
            messages.SCHEMA,
            chain.b64(push.log),
            push.head_seq,
            tuple((feed, pos) for feed, pos, _ in cursors),
            chain.check8(push.head, (link for _, _, link in cursors)),
            LARGEST_BATCH,
            push.groups,
            vectors,
            self.store.wanted(),
            self.beginning is not None and self.beginning.willing,
        )

    def _ask(self, request: Request) -> tuple[Answer, int]:
        """Return the verified answer and the device time in the middle of the exchange, ms UTC."""
        payload = messages.pack(request)
        signed = self.key.sign(messages.request_message(self.key.id, payload))
        frame = messages.request_frame(self.key.id, signed, payload)
        sent = self.clock.now()
        try:
            raw = self.carrier.exchange(frame)
        except Offline:
            self.batch = max(SMALLEST_BATCH, self.batch // 2)
            raise
        self.batch = min(LARGEST_BATCH, self.batch * 3 // 2)
        return self._verified(frame, raw), (sent + self.clock.now()) // 2

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
