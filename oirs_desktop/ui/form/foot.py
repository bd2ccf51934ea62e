"""The foot of the form: what may be done with it, and whether it is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from oirs_desktop.ui.look.i18n import hour, local, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.widgets import IconLabel, KeyButton, PrimaryButton

if TYPE_CHECKING:
    from oirs_core.domain.errors import OirsError
    from oirs_desktop.store import DraftRow
    from oirs_desktop.ui.look.theme import Theme


class Foot(QWidget):
    """Register, let wait, empty; between them the hour at which the draft was written."""

    def __init__(self, theme: Theme, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self.register = PrimaryButton(theme, tr("Registrar"), ("Ctrl+Return", "Ctrl+Enter"), icon="check")
        self.empty = KeyButton(theme, tr("Vaciar"), "Alt+I", icon="trash-2", kind="link")
        self.wait = KeyButton(theme, tr("Dejar en espera"), "F5", icon="hourglass", kind="link")
        self.note = IconLabel(theme, role=Text.SMALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        row.setSpacing(theme.px(8))
        # Tab and Enter come to what files the attention first, and last of all to what empties the page.
        row.addWidget(self.register)
        row.addWidget(self.wait)
        row.addWidget(self.note, 1)
        row.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignRight)
        self.calm()

    def calm(self) -> None:
        """Say what holds while nothing was typed."""
        self.note.set("", tr("Lo que escriba se guarda solo."))

    def saved(self, row: DraftRow) -> None:
        """Say when the draft was written."""
        at = hour(local(row.saved_at, self._zone))
        self.note.set("save", tr("Borrador guardado {hour}").format(hour=at), "good", short=at)

    def missed(self, _error: OirsError) -> None:
        """Say that the draft is on the screen only."""
        self.note.set("triangle-alert", tr("Borrador sin guardar: siga, está en pantalla."), "warning")
