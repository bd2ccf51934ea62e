"""A solicitud is its history: its state is a pure fold of its events, the same on both sides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from oirs_core.domain.enmienda import Conflict, Filing
from oirs_core.domain.events import (
    Act,
    Adjunto,
    Anotacion,
    Anulacion,
    Cierre,
    Copia,
    Derivacion,
    Enmienda,
    Ingreso,
    Reapertura,
    Respuesta,
    Supresion,
)
from oirs_core.domain.kinds import Estado
from oirs_core.domain.supresion import KNOWN, without_erased

if TYPE_CHECKING:
    from collections.abc import Iterable


class Flag(StrEnum):
    """Why a person should look at a case again."""

    TWO_ANSWERS = "two_answers"
    LATE_ACT = "late_act"
    NEEDS_REVIEW = "needs_review"
    NEEDS_UPDATE = "needs_update"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as the fold sees it. ``act`` is None for kinds that this program does not know.

    ``t_recv``: reception time at the centre, ms UTC; None while it has not been seen there. ``kind``: as
    its header says. ``erased``: its body is gone, and ``act`` is what the kind alone tells. ``erasure``:
    what it takes out of the case.
    """

    h: bytes
    act: Act | None
    at: int
    sure: bool
    user: str
    base: bytes | None = None
    declared: str = ""
    t_recv: int | None = None
    kind: str = ""
    erased: bool = False
    erasure: Supresion | None = None


@dataclass(frozen=True, slots=True)
class Solicitud:
    """A case as it stands.

    ``filing``: what was filed, with its corrections. ``status_ref``: hash of the event that set
    ``estado``. ``annulled``: hashes of acts taken back; they stay among the facts.
    """

    id: bytes
    filing: Filing
    estado: Estado
    status_ref: bytes
    facts: tuple[Fact, ...]
    copies: int = 0
    flags: frozenset[Flag] = frozenset()
    annulled: frozenset[bytes] = field(default_factory=frozenset)

    @property
    def ingreso(self) -> Ingreso:
        """The filing as it holds now, corrections applied."""
        return self.filing.current

    @property
    def original(self) -> Ingreso:
        """The filing as it was printed."""
        act = self.facts[0].act
        return act if isinstance(act, Ingreso) else self.ingreso

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Corrections that did not see each other and wait for a person."""
        return self.filing.conflicts

    @property
    def opened_at(self) -> int:
        """When it was filed: device clock, ms UTC."""
        return self.facts[0].at

    @property
    def acts(self) -> tuple[Act, ...]:
        """What was done and holds, in order."""
        return tuple(f.act for f in self.facts if f.act is not None and f.h not in self.annulled)

    @property
    def erasures(self) -> tuple[Supresion, ...]:
        """What was taken out of it, in order: empty but for a case of which data were erased."""
        return tuple(f.erasure for f in self.facts if f.erasure is not None)

    @property
    def last_ref(self) -> bytes:
        """Hash of the last event: what an author of a correction has seen."""
        return self.facts[-1].h

    @property
    def answer(self) -> Respuesta | None:
        """The last answer given."""
        answers = [act for act in self.acts if isinstance(act, Respuesta)]
        return answers[-1] if answers else None

    @property
    def answer_count(self) -> int:
        """How many answers were given."""
        return sum(isinstance(act, Respuesta) for act in self.acts)

    @property
    def destination(self) -> Derivacion | None:
        """The last derivation."""
        moves = [act for act in self.acts if isinstance(act, Derivacion)]
        return moves[-1] if moves else None

    @property
    def attachments(self) -> tuple[Adjunto, ...]:
        """Documents added at the counter."""
        return tuple(act for act in self.acts if isinstance(act, Adjunto))


def fold(entity: bytes, facts: Iterable[Fact]) -> Solicitud | None:
    """State of a case from its facts in feed order, those not yet positioned last.

    Never raises: whatever history says, a case comes out, flagged where a person must look. None
    when its Ingreso is not among the facts.
    """
    history = without_erased(list(facts))
    first = next((f for f in history if isinstance(f.act, Ingreso)), None)
    if first is None or not isinstance(first.act, Ingreso):
        return None
    undone = _undone(history)
    annulled = frozenset(f.h for f in history if f is not first and f.h.hex() in undone)
    case = Solicitud(entity, Filing(first.act), Estado.INGRESADA, first.h, (first,), annulled=annulled)
    for fact in history:
        if fact is not first:
            case = _add(case, fact)
    return case


def step(case: Solicitud, fact: Fact) -> Solicitud:
    """Add one fact to a case: the same as folding all of them again."""
    if isinstance(fact.act, Anulacion) or fact.erasure is not None:
        return fold(case.id, (*case.facts, fact)) or case
    if fact.h.hex() in _undone(case.facts):
        case = replace(case, annulled=case.annulled | {fact.h})
    return _add(case, fact)


def _undone(facts: Iterable[Fact]) -> frozenset[str]:
    history = tuple(facts)
    said = {fact.act.acto for fact in history if isinstance(fact.act, Anulacion)}
    return frozenset(said.union(*(fact.erasure.anulados for fact in history if fact.erasure is not None)))


def _add(case: Solicitud, fact: Fact) -> Solicitud:
    case = replace(case, facts=(*case.facts, fact))
    act = fact.act
    if act is None or isinstance(act, Ingreso):
        return _beside(case, fact)
    if fact.h in case.annulled or isinstance(act, Adjunto | Anulacion):
        return case
    if isinstance(act, Anotacion):
        late = case.estado is Estado.CERRADA and fact.base not in {None, case.status_ref}
        return _flagged(case, Flag.LATE_ACT) if late else case
    if isinstance(act, Copia):
        return replace(case, copies=max(case.copies + 1, act.n))
    if isinstance(act, Enmienda):
        return _amend(case, fact, act)
    return _set_status(case, fact, act)


def _beside(case: Solicitud, fact: Fact) -> Solicitud:
    """Take in what moves nothing: unread acts, a second filing, an erasure and what it left."""
    if fact.act is not None:
        return _flagged(case, Flag.NEEDS_REVIEW)
    told = fact.erasure is not None or (fact.erased and fact.kind in KNOWN)
    return case if told else _flagged(case, Flag.NEEDS_UPDATE)


def _amend(case: Solicitud, fact: Fact, act: Enmienda) -> Solicitud:
    places = {f.h: place for place, f in enumerate(case.facts)}
    place = len(case.facts) - 1
    seen = place if fact.base is None else places.get(fact.base, -1)
    filing = case.filing
    for cambio in act.cambios:
        filing = filing.apply(cambio, fact.h, place, seen)
    flags = case.flags - {Flag.CONFLICT} | ({Flag.CONFLICT} if filing.conflicts else set())
    return replace(case, filing=filing, flags=frozenset(flags))


def _set_status(case: Solicitud, fact: Fact, act: Respuesta | Derivacion | Cierre | Reapertura) -> Solicitud:
    concurrent = fact.base is not None and fact.base != case.status_ref
    match act:
        case Respuesta():
            if concurrent and case.answer_count > 1:
                case = _flagged(case, Flag.TWO_ANSWERS)
            if concurrent and case.estado is Estado.CERRADA:
                return _flagged(case, Flag.LATE_ACT)
            return _moved(case, fact, Estado.RESPONDIDA, clash=concurrent and _crossed(case, act))
        case Derivacion() | Cierre():
            estado = Estado.DERIVADA if isinstance(act, Derivacion) else Estado.CERRADA
            return _moved(case, fact, estado, clash=concurrent and _crossed(case, act))
        case Reapertura():
            return replace(case, estado=Estado.EN_TRAMITE, status_ref=fact.h)
        case _:
            assert_never(act)


def _crossed(case: Solicitud, act: Respuesta | Derivacion | Cierre) -> bool:
    """Whether one hands the case on and the other ends it: neither may pass unseen, whichever came first."""
    if isinstance(act, Derivacion):
        return case.estado in {Estado.CERRADA, Estado.RESPONDIDA}
    waits = case.estado is Estado.EN_TRAMITE and Flag.NEEDS_REVIEW in case.flags
    return case.estado is Estado.DERIVADA or waits


def _moved(case: Solicitud, fact: Fact, estado: Estado, *, clash: bool) -> Solicitud:
    """Set the state; of two acts that clash neither does, and the case is open for a person to decide."""
    if clash:
        case, estado = _flagged(case, Flag.NEEDS_REVIEW), Estado.EN_TRAMITE
    return replace(case, estado=estado, status_ref=fact.h)


def _flagged(case: Solicitud, flag: Flag) -> Solicitud:
    return replace(case, flags=case.flags | {flag})
