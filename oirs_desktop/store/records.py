"""What goes into the store and what comes out of it: frozen, so that it may cross threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oirs_core.domain.events import Act
    from oirs_core.domain.persona import Persona
    from oirs_core.domain.solicitud import Solicitud
    from oirs_core.wire.messages import Group


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and by whom. ``at``: ms UTC of this device; ``declared``: ISO with offset, or empty."""

    at: int
    sure: bool
    user: str
    declared: str = ""


@dataclass(frozen=True, slots=True)
class NewAct:
    """An act to record. ``base``: ``status_ref`` that the official saw, for acts that set the estado."""

    act: Act
    base: bytes | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The case as it stands now, and the identity of each event just written."""

    case: Solicitud
    hashes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of any list. ``doc`` is the number as kept; ``opened_at`` in ms UTC; dates in ISO.

    ``delivered``: every event of the case was seen in the office's feed.
    """

    id: bytes
    folio: str
    tipo: str
    estado: str
    materia: str
    name: str
    doc: str
    opened_at: int
    fecha_legal: str
    vence: str
    user: str
    delivered: bool
    flagged: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who was here before: the latest data given, how often, when last (ms UTC), open cases."""

    persona: Persona
    attentions: int
    last_at: int
    open_cases: int = 0


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A form that waits. ``slot``: from 1; ``saved_at``: ms UTC; ``form``: JSON, read by the window only."""

    slot: int
    user: str
    saved_at: int
    form: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the centre granted. ``device``: 8 bytes; ``server_key``: 32; ``label``: of the folios.

    ``authority``: PEM of who vouches for the centre over TLS; empty: whom the system trusts.
    ``seal_key``: the centre's X25519 key, 32 bytes; empty in a store older than the files for sticks.
    """

    device: bytes
    institution: str
    office: str
    label: str
    feeds: tuple[str, ...]
    server_key: bytes
    server_url: str
    name: str
    authority: str = ""
    seal_key: bytes = b""


@dataclass(frozen=True, slots=True)
class QueueState:
    """How the exchange with the centre stands. Times in ms UTC of this device.

    ``offset_ms``: clock of the centre minus ours, learned at ``offset_at``. ``agreed``: nothing is pending,
    and both sides were proved to hold the same since the last act.
    """

    pending: int
    oldest_at: int | None
    last_success: int | None
    last_error: str
    offset_ms: int | None
    offset_at: int | None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """What to send: ``groups`` of ``size`` bytes; ``head_seq`` and ``head`` as they will stand then.

    ``more``: something is left; ``left``: how many events of the log that we write to. ``own``: of that
    log alone, and nothing that the centre lost waits to be given back: what follows may be sent at once.
    """

    log: bytes
    head_seq: int
    head: bytes
    groups: tuple[Group, ...]
    size: int
    more: bool
    left: int = 0
    own: bool = False


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What an answer changed. ``rotate``: somebody else went on with our log, open a new one."""

    cases: frozenset[bytes]
    office: bool
    catalogue: bool
    more: bool
    rotate: bool = False
