"""What header and strip show of the counter, read in one go on the store's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oirs_core.domain.folio import Folio

if TYPE_CHECKING:
    from oirs_desktop.store import QueueState
    from oirs_desktop.ui.kit.screen import Kit


@dataclass(frozen=True)
class Facts:
    """State of the outbox in cases, printer, last folio in groups, number of open cases."""

    queue: QueueState
    printer: str | None
    folio: str
    pending: int
    documents: int = 0
    """Of ours, that the centre lacks."""
    silent: float = 0.0
    """Seconds for which the centre has not answered; 0 while nothing is asked."""


def read_facts(kit: Kit) -> Facts:
    """Read them; runs as a task."""
    last, documents = kit.counter.desk.recent(1), kit.sync.documents_waiting()
    queue = kit.sync.queue()
    # In cases, as the screen of the outbox counts them; acts where no case is known.
    waiting = kit.sync.cases_waiting() if queue.pending else 0
    return Facts(
        queue=replace(queue, pending=waiting or queue.pending),
        printer=kit.counter.printer(),
        folio=Folio(last[0].folio).grouped if last else "",
        pending=len(kit.counter.desk.open_cases()),
        documents=0 if documents is None else documents.count,
        silent=kit.sync.traffic().silent if kit.sync.connected else 0.0,
    )
