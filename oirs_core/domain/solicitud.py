"""A solicitud is its history: its state is a pure fold of its events, the same on both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from oirs_core.domain.events import (
    Act,
    Anotacion,
    Cierre,
    Copia,
    Derivacion,
    Ingreso,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import Estado

if TYPE_CHECKING:
    from collections.abc import Iterable


class Flag(StrEnum):
    """Why a person should look at a case again."""

    TWO_ANSWERS = "two_answers"
    LATE_ACT = "late_act"
    NEEDS_REVIEW = "needs_review"
    NEEDS_UPDATE = "needs_update"


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as the fold sees it. ``act`` is None for kinds that this program does not know.

    ``t_recv``: reception time at the centre, ms UTC; None while it has not been seen there.
    """

    h: bytes
    act: Act | None
    at: int
    sure: bool
    user: str
    base: bytes | None = None
    declared: str = ""
    t_recv: int | None = None


@dataclass(frozen=True, slots=True)
class Solicitud:
    """A case as it stands. ``status_ref``: hash of the event that set ``estado``."""

    id: bytes
    ingreso: Ingreso
    estado: Estado
    status_ref: bytes
    facts: tuple[Fact, ...]
    copies: int = 0
    flags: frozenset[Flag] = frozenset()

    @property
    def opened_at(self) -> int:
        """When it was filed: device clock, ms UTC."""
        return self.facts[0].at

    @property
    def answer(self) -> Respuesta | None:
        """The last answer given."""
        answers = [fact.act for fact in self.facts if isinstance(fact.act, Respuesta)]
        return answers[-1] if answers else None

    @property
    def answer_count(self) -> int:
        """How many answers were given."""
        return sum(isinstance(fact.act, Respuesta) for fact in self.facts)

    @property
    def destination(self) -> Derivacion | None:
        """The last derivation."""
        moves = [fact.act for fact in self.facts if isinstance(fact.act, Derivacion)]
        return moves[-1] if moves else None


def fold(entity: bytes, facts: Iterable[Fact]) -> Solicitud | None:
    """State of a case from its facts in feed order, those not yet positioned last.

    Never raises: whatever history says, a case comes out, flagged where a person must look. None
    when its Ingreso is not among the facts.
    """
    history = list(facts)
    first = next((f for f in history if isinstance(f.act, Ingreso)), None)
    if first is None or not isinstance(first.act, Ingreso):
        return None
    case = Solicitud(entity, first.act, Estado.INGRESADA, first.h, (first,))
    for fact in history:
        if fact is not first:
            case = step(case, fact)
    return case


def step(case: Solicitud, fact: Fact) -> Solicitud:
    """Add one fact to a case."""
    case = replace(case, facts=(*case.facts, fact))
    act = fact.act
    if act is None or isinstance(act, Ingreso):
        return _flagged(case, Flag.NEEDS_UPDATE if act is None else Flag.NEEDS_REVIEW)
    if isinstance(act, Anotacion):
        late = case.estado is Estado.CERRADA and fact.base not in {None, case.status_ref}
        return _flagged(case, Flag.LATE_ACT) if late else case
    if isinstance(act, Copia):
        return replace(case, copies=max(case.copies + 1, act.n))
    return _set_status(case, fact, act)


def _set_status(case: Solicitud, fact: Fact, act: Respuesta | Derivacion | Cierre | Reapertura) -> Solicitud:
    concurrent = fact.base is not None and fact.base != case.status_ref
    match act:
        case Respuesta():
            if concurrent and case.answer_count > 1:
                case = _flagged(case, Flag.TWO_ANSWERS)
            if concurrent and case.estado is Estado.CERRADA:
                return _flagged(case, Flag.LATE_ACT)
            return replace(case, estado=Estado.RESPONDIDA, status_ref=fact.h)
        case Derivacion() | Cierre():
            if concurrent and _closed_against_derived(case, act):
                review = _flagged(case, Flag.NEEDS_REVIEW)
                return replace(review, estado=Estado.EN_TRAMITE, status_ref=fact.h)
            estado = Estado.DERIVADA if isinstance(act, Derivacion) else Estado.CERRADA
            return replace(case, estado=estado, status_ref=fact.h)
        case Reapertura():
            return replace(case, estado=Estado.EN_TRAMITE, status_ref=fact.h)
        case _:
            assert_never(act)


def _closed_against_derived(case: Solicitud, act: Derivacion | Cierre) -> bool:
    if isinstance(act, Derivacion):
        return case.estado is Estado.CERRADA
    return case.estado is Estado.DERIVADA


def _flagged(case: Solicitud, flag: Flag) -> Solicitud:
    return replace(case, flags=case.flags | {flag})
