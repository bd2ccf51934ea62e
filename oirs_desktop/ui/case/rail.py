"""The acts of a case as a rail of buttons with their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from oirs_desktop.ui.case.acts import FORMS
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.buttons import KeyButton

if TYPE_CHECKING:
    from oirs_desktop.ui.look.theme import Theme

REPRINT = "reimprimir"


class Rail(QWidget):
    """The acts as buttons: one under the other, or in lines when there is no room at the side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        self.buttons = {
            f.name: KeyButton(theme, tr(f.label), f.keys or (), icon=f.icon) for f in FORMS.values()
        }
        self.buttons[REPRINT] = KeyButton(theme, tr("Reimprimir"), "F9", icon="printer")
        self.buttons[REPRINT].shortcuts[0].setEnabled(False)  # the key of the header does it
        for button in self.buttons.values():
            button.setParent(self)
        self._offered = frozenset(self.buttons)
        self._columns = 1
        self.arrange(1)

    def arrange(self, columns: int) -> None:
        """Lay the buttons out in so many columns."""
        for button in self.buttons.values():
            self._grid.removeWidget(button)
        shown = [button for name, button in self.buttons.items() if name in self._offered]
        for place, button in enumerate(shown):
            self._grid.addWidget(button, place // columns, place % columns)
        self._columns = columns

    def offer(self, names: frozenset[str], fits: frozenset[str]) -> None:
        """Show these acts; one that does not fit the case is dim, and says why when it is pressed."""
        self._offered = names | {REPRINT}
        for name, button in self.buttons.items():
            button.setVisible(name in self._offered)
            button.set_dim(name not in fits | {REPRINT})
        self.arrange(self._columns)
