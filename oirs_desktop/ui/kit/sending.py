"""How the way to the centre stands, read in one go; and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oirs_desktop.sync.meter import Traffic

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.store import CaseRow, QueueState, Store
    from oirs_desktop.store.attention import Unread
    from oirs_desktop.sync.blobs import DocumentsWaiting, Sender
    from oirs_desktop.sync.meter import Meter
    from oirs_desktop.sync.usb import Exported
    from oirs_desktop.ui.kit.stickwork import StickWork

LISTED = 200
"""So many of the cases that wait are listed."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What the worker read.

    ``rows``: of the ``cases`` that wait, the newest. ``documents``: None where nothing sends them.
    ``export``: what was written to a stick last; ``answered``: all of it has reached the centre by now.
    ``series``: label and reason of a log that was begun by itself.
    """

    queue: QueueState
    rows: tuple[CaseRow, ...] = ()
    cases: int = 0
    documents: DocumentsWaiting | None = None
    export: Exported | None = None
    answered: bool = False
    unread: tuple[Unread, ...] = field(default=())
    series: tuple[str, str] = ("", "")
    settled: frozenset[bytes] = frozenset()
    """Blocked documents that somebody has seen."""


class Outward:
    """What a window may know and do. All that reads or writes the store runs as a task."""

    store: Store
    documents_out: Sender | None = None
    meter: Meter | None = None
    stick: StickWork | None = None

    def queue(self) -> QueueState:
        """State of the outbox."""
        return self.store.queue()

    def sending(self) -> Sending:
        """Read all that the screen of the outbox shows."""
        store, sender = self.store, self.documents_out
        export = self.stick.usb.last_export() if self.stick is not None else None
        return Sending(
            self.queue(),
            tuple(store.unsent(LISTED)),
            store.cases_waiting(),
            None if sender is None else sender.documents_waiting(),
            export,
            export is not None and self._arrived(export),
            tuple(store.unread()),
            store.new_series(),
            store.settled(),
        )

    def _arrived(self, export: Exported) -> bool:
        held = self.store.held([("", h, "", 0) for h in export.ends])
        return held and not self.store.any_waiting(export.papers)

    def cases_waiting(self) -> int:
        """Count the cases of which the centre has not shown everything yet."""
        return self.store.cases_waiting()

    def flagged(self, below: int = 0) -> tuple[list[Solicitud], int]:
        """Give flagged cases of one slice, and where the next begins; 0: no more."""
        return self.store.flagged(below)

    def settle(self, h: bytes) -> None:
        """Somebody has seen what cannot be read, or a document that cannot go on."""
        self.store.settle_unread(h)

    def series_read(self) -> None:
        """Somebody has read that a new series began."""
        self.store.series_read()

    def documents_waiting(self) -> DocumentsWaiting | None:
        """How documents stand on their way to the centre. None: nothing sends them."""
        return None if self.documents_out is None else self.documents_out.documents_waiting()

    def pause_documents(self, *, on: bool) -> None:
        """Stop the sending of documents or let it go on."""
        if self.documents_out is not None:
            self.documents_out.pause(on=on)

    def retry_document(self, sha: bytes) -> None:
        """Begin a blocked document anew."""
        if self.documents_out is not None:
            self.documents_out.retry(sha)

    def traffic(self) -> Traffic:
        """How the conversation stands; reads no store."""
        return Traffic() if self.meter is None else self.meter.traffic()

    def stop(self) -> None:
        """Let no other frame go out for a while; reads no store."""
        if self.meter is not None:
            self.meter.stop()
