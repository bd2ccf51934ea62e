"""The panel that adds documents to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from oirs_desktop.attachments.errors import DocumentRefused, Reason
from oirs_desktop.ui.case.panel import Form, Panel
from oirs_desktop.ui.paper.adjuntos import Adjuntos

if TYPE_CHECKING:
    from oirs_core.domain.events import Act, Adjunto
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.ui.kit.screen import Kit
    from oirs_desktop.ui.parts.fields import Field


class PaperPanel(Panel):
    """The list of documents; they are added together, each as an act of its own."""

    def __init__(self, kit: Kit, form: Form, case: Solicitud) -> None:
        super().__init__(kit.theme, form)
        self._kit = kit
        self.adjuntos = Adjuntos(kit, keys="")  # Ctrl+J opens this panel
        self.adjuntos.held = case.attachments
        self.column.addWidget(self.adjuntos)
        self.close_with()
        self.closed.connect(self.adjuntos.readings.stop)

    def finish(self, *more: Act) -> None:
        """Make sure that the bytes are kept before the case names them, then hand the acts over."""
        documents, papers = self._kit.counter.documents, self.adjuntos.papers()
        if self.adjuntos.readings.busy or documents is None or not papers:
            self.complain(DocumentRefused(Reason.NONE if not papers else Reason.BUSY))
            return
        hand_over = super().finish
        self._kit.tasks.apart(lambda: documents.keep(papers), lambda _: hand_over(*more), self.complain)

    def acts(self) -> tuple[Act, ...]:
        """Give one act for each document."""
        return self.adjuntos.papers()

    def typed(self) -> object:
        """Give the list."""
        return self.adjuntos.papers()

    def put(self, typed: object) -> None:
        """Show the list as it was."""
        self.clear_problems()
        self.adjuntos.put(cast("tuple[Adjunto, ...]", typed or ()))

    def fields(self) -> dict[str, Field]:
        """No field has a name in the event."""
        return {}

    def take_focus(self) -> None:
        """Open the field for a file."""
        self.adjuntos.begin()
