"""Who sits at the counter, in which office, and what time it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from oirs_core.domain.folio import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_core.domain.events import Funcionario, Oficina
    from oirs_desktop.store import Enrolment
    from oirs_desktop.store.contact import Contact

TRUST_MS = 24 * 3600 * 1000
"""A clock offset learned from the centre is believed for so long (`docs/event.md`)."""

UNNAMED = "sin-nombre"
"""User id of an official whom the office's list does not name."""


class Clock(Protocol):
    """The wall clock of this device."""

    def now(self) -> int:
        """Device time, ms UTC."""
        ...


LETTERS = "".join(symbol for symbol in ALPHABET if symbol.isalpha())


def draw_log(random: Callable[[int], bytes]) -> tuple[bytes, str]:
    """Draw a new log with no line: its id, and a label that begins with a letter (`docs/event.md`)."""
    raw = random(12)
    label = LETTERS[raw[8] % len(LETTERS)] + "".join(ALPHABET[byte % len(ALPHABET)] for byte in raw[9:])
    return raw[:8], label


@dataclass(frozen=True, slots=True)
class Session:
    """The official who works now, the office as last received, and this counter's enrolment."""

    user: Funcionario
    office: Oficina
    enrolment: Enrolment


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of the clock. ``at``: device, ms UTC; ``best``: corrected by the centre, ms UTC.

    ``sure``: the correction was learned within the last 24 h.
    """

    at: int
    best: int
    sure: bool

    def local(self, zone: str) -> datetime:
        """Best known time in an IANA zone, whole seconds."""
        return datetime.fromtimestamp(self.best // 1000, tz=UTC).astimezone(ZoneInfo(zone))


def read_clock(clock: Clock, contact: Contact) -> Moment:
    """Read the device clock and say how far it can be trusted.

    A clock that was set back since the last contact makes the age negative: then it is not trusted.
    """
    at = clock.now()
    if contact.offset_ms is None or contact.offset_at is None:
        return Moment(at, at, sure=False)
    age = at - contact.offset_at
    if not 0 <= age <= TRUST_MS:
        return Moment(at, at, sure=False)
    return Moment(at, at + contact.offset_ms, sure=True)
