"""A telephone: written in groups once the field is left, with a remark when it cannot be rung."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from oirs_core.domain.phone import digits_in, is_doubtful_phone, pretty_phone
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.fields import Field, TextLine
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from oirs_desktop.ui.look.theme import Theme


class PhoneLine(TextLine):
    """Tells when the focus leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell."""
        super().focusOutEvent(event)
        self.left.emit()


class PhoneField(Field):
    """The remark never keeps anybody from registering: people give what they have."""

    def __init__(self, theme: Theme, label: str, *, optional: bool = False) -> None:
        self.line = PhoneLine()
        super().__init__(theme, label, self.line, optional=optional)
        self.line.left.connect(self._settle)
        self.line.textChanged.connect(self._heard)

    def look(self) -> str:
        """Write the number in groups though the focus is still here, and give the remark, if there is one."""
        self._settle()
        return remark(self.line.text())

    def _heard(self) -> None:
        if self.line.hasFocus():
            self.set_hint("")
        else:
            self._settle()

    def _settle(self) -> None:
        text = self.line.text()
        if (shown := pretty_phone(text)) != text:
            self.line.setText(shown)
        self.set_hint(remark(shown), "triangle-alert" if is_doubtful_phone(shown) else "", "warning")


def remark(text: str) -> str:
    """Say what is odd about a telephone; empty where nothing is."""
    if not is_doubtful_phone(text):
        return ""
    counted = words.count(digits_in(text), tr("dígito"), tr("dígitos"))
    if text.strip().startswith("+"):
        return tr("Tiene {counted}. Revíselo con la persona.").format(counted=counted)
    return tr("En Chile tiene 9 dígitos; este tiene {counted}. Si es de otro país, anteponga +.").format(
        counted=counted
    )
