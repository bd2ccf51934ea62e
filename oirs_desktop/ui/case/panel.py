"""What the panels of a case share: they lie in the page, say what is missing, and Esc puts them away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from oirs_core.domain.errors import DomainError
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.buttons import KeyButton, PrimaryButton
from oirs_desktop.ui.parts.widgets import Banner, Card, Columns
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.events import Act
    from oirs_core.domain.kinds import Estado
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.fields import Field

COMMAND = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
ROOM_FOR_TWO, ROOM_FOR_THREE = 460, 760
"""Widths (100 % design) from which the buttons stand side by side."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a panel asks for. ``field``: the long text's name in the event; ``keys``: portable.

    ``said``: in the notice with its undo, once it is saved; ``not_now``: where the estado forbids it.
    """

    name: str
    title: str
    label: str
    keys: str
    icon: str
    save: str
    field: str
    asks: str
    said: str
    estados: frozenset[Estado]
    not_now: str = ""
    optional: bool = False


class Panel(Card):
    """One form. Subclasses fill ``self.column`` and then call ``close_with``."""

    saved = Signal(object)
    """The acts to record: a tuple of ``Act``."""

    closed = Signal()
    """Esc: put away, with the text kept."""

    writes: QPlainTextEdit | None = None
    """The field for a text, if there is one."""

    seen: Solicitud | None = None
    """The case as it stood when one began to write, where that matters."""

    def __init__(self, theme: Theme, form: Form) -> None:
        super().__init__(theme, tr(form.title))
        self.form, self.theme = form, theme
        self.banner = Banner(theme)
        self.banner.hide()
        self.column.addWidget(self.banner)

    def close_with(self, *more: KeyButton) -> None:
        """Add the buttons; ``more`` stand before the primary one. One under the other for want of room."""
        self.save = PrimaryButton(self.theme, tr(self.form.save), ("Ctrl+Return", "Ctrl+Enter"))
        self.save.clicked.connect(lambda _=False: self.finish())
        later = KeyButton(self.theme, tr("Dejar para después"), kind="link")
        later.clicked.connect(self.closed)
        later.show_key("Esc")
        # Its key is Esc: a space typed too soon after Tab must not close what one is writing.
        later.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = Columns(self.theme, ROOM_FOR_THREE if more else ROOM_FOR_TWO)
        row.add(later, 0)
        row.line.addStretch(1)
        for button in (*more, self.save):
            row.add(button, 0)
        self.column.addWidget(row)

    def finish(self, *more: Act) -> None:
        """Hand over what stands in the panel, and what follows from it."""
        try:
            acts = (*self.acts(), *more)
        except DomainError as error:
            self.complain(error)
            return
        self.saved.emit(acts)

    def acts(self) -> tuple[Act, ...]:
        """Make the acts of what stands in the panel. DomainError."""
        raise NotImplementedError

    def typed(self) -> object:
        """Give what stands in the panel now, to be kept."""
        raise NotImplementedError

    def put(self, typed: object) -> None:
        """Show what was typed before, without old complaints; None: nothing."""
        raise NotImplementedError

    def fields(self) -> dict[str, Field]:
        """Give the fields by their name in the event body."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the cursor where one begins to write."""
        raise NotImplementedError

    def missing_line(self) -> QLineEdit | None:
        """Give the line that must be filled before the text and is empty."""
        return None

    def resume(self) -> None:
        """Put the cursor where it was before another screen was shown."""
        before = self.focusWidget()
        if before in self.findChildren(QWidget):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:  # nothing in it had the focus yet
            self.take_focus()

    def clear_problems(self) -> None:
        """Take back every complaint."""
        self.banner.hide()
        for field in self.fields().values():
            field.set_problem("")

    def complain(self, error: OirsError) -> None:
        """Say at the field what is missing, or above the form what happened."""
        self.clear_problems()
        message = explain(error)
        name = "doc_numero" if error.code == "rut" else str(error.data.get("field", ""))
        field = self.fields().get(name)
        if field is not None:
            field.set_problem(f"{message.title} {message.advice}".strip())
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.banner.set(message.severity, message.title, message.advice)
        self.banner.show()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from going back a page while the panel is open."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the panel away; letters typed on a button belong to the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        if self.writes is not None and _is_letter(event):
            first = self.missing_line()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
                first.keyPressEvent(event)
                return
            self.writes.setFocus(Qt.FocusReason.OtherFocusReason)
            self.writes.insertPlainText(event.text())
            return
        super().keyPressEvent(event)


def _is_letter(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text.strip()) and text.isprintable() and not event.modifiers() & COMMAND


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
