"""What every screen is, and the kit that it works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractSlider, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from oirs_desktop.ui.kit.shelf import Shelf
from oirs_desktop.ui.kit.tastes import Tastes
from oirs_desktop.ui.look.theme import PAGE_WIDTH, Theme
from oirs_desktop.ui.parts.reveal import reveal
from oirs_desktop.ui.parts.toast import Toast
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.counter import Counter
    from oirs_desktop.session import Clock
    from oirs_desktop.store import QueueState
    from oirs_desktop.sync.blobs import DocumentsWaiting
    from oirs_desktop.sync.meter import Traffic
    from oirs_desktop.ui.kit.sending import Sending
    from oirs_desktop.ui.kit.stickwork import StickWork
    from oirs_desktop.ui.kit.tasks import Tasks

LAID_OUT_MS = 40
"""What a screen shows anew has its place by then; earlier the page would scroll to where it is not."""


_KEYS, _STEPS = Qt.Key, QAbstractSlider.SliderAction
SCROLLS = {
    _KEYS.Key_Up: _STEPS.SliderSingleStepSub,
    _KEYS.Key_Down: _STEPS.SliderSingleStepAdd,
    _KEYS.Key_PageUp: _STEPS.SliderPageStepSub,
    _KEYS.Key_PageDown: _STEPS.SliderPageStepAdd,
    _KEYS.Key_Space: _STEPS.SliderPageStepAdd,
    _KEYS.Key_Home: _STEPS.SliderToMinimum,
    _KEYS.Key_End: _STEPS.SliderToMaximum,
}
"""What these keys do with the page, on every screen, where the control with the focus does not want them."""
LINE = 48


class SyncView(Protocol):
    """What the window may know of the synchronisation, and do about it (`ui/sending.Outward`)."""

    stick: StickWork | None

    @property
    def connected(self) -> bool:
        """Whether the last try reached the centre."""
        ...

    def queue(self) -> QueueState:
        """State of the outbox; reads the store, so it runs as a task."""
        ...

    def sending(self) -> Sending:
        """All that the screen of the outbox shows; reads the store."""
        ...

    def cases_waiting(self) -> int:
        """Count the cases of which the centre has not shown everything yet; reads the store."""
        ...

    def flagged(self, below: int = 0) -> tuple[list[Solicitud], int]:
        """Give flagged cases of one slice, and where the next begins; reads the store."""
        ...

    def documents_waiting(self) -> DocumentsWaiting | None:
        """How documents stand on their way; reads the store."""
        ...

    def settle(self, h: bytes) -> None:
        """Somebody has seen it; writes to the store."""
        ...

    def series_read(self) -> None:
        """Somebody has read that a new series began; writes to the store."""
        ...

    def pause_documents(self, *, on: bool) -> None:
        """Stop the sending of documents or let it go on; writes to the store."""
        ...

    def retry_document(self, sha: bytes) -> None:
        """Begin a blocked document anew; writes to the store."""
        ...

    def traffic(self) -> Traffic:
        """How the conversation stands."""
        ...

    def wake(self) -> None:
        """Try now."""
        ...

    def stop(self) -> None:
        """Send nothing for a while."""
        ...


@dataclass(frozen=True)
class Kit:
    """What the screens work with; built once."""

    counter: Counter
    tasks: Tasks
    theme: Theme
    clock: Clock
    sync: SyncView
    tastes: Tastes = field(default_factory=Tastes)
    shelf: Shelf = field(default_factory=Shelf)
    home: QWidget | None = None
    """Where screens are shown. One that is built there need not be dressed twice."""

    @property
    def zone(self) -> str:
        """IANA zone of the office."""
        return self.counter.desk.session.office.zona


class Screen(QWidget):
    """One page of the window. Subclasses fill ``self.body`` (a column) and set name and title."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""

    notices: Sequence[Toast] = ()
    """What was said in this window, the oldest first; set by whoever shows the screen."""

    go = Signal(str, object)
    """Screen name and its frozen argument: meson None, nueva Persona|DraftRow|None, caso bytes,
    comprobante bytes|Recorded, busqueda str, pendientes None, envio None, ayuda str.
    Name ``back``: where we came from."""

    said = Signal(object)
    """A ``Toast``."""

    def __init__(self, kit: Kit, *, width: int = PAGE_WIDTH) -> None:
        """``width``: of the column in pixels of the 100 % design."""
        super().__init__(kit.home)
        self.kit = kit
        self.scrolled = 0
        """Which part of the page was in sight when another screen was shown, in pixels from its top."""
        theme = kit.theme
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.verticalScrollBar().setSingleStep(theme.px(LINE))
        page = QWidget()
        page.setObjectName("page")
        self.column = QWidget(page)
        self.column.setMaximumWidth(theme.px(width))
        self.column.setProperty("ringHost", True)
        self.body = QVBoxLayout(self.column)
        self.body.setContentsMargins(*[theme.px(24)] * 4)
        self.body.setSpacing(theme.px(16))
        centred = QHBoxLayout(page)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(self.column, 1000)
        centred.addStretch(1)
        self.area.setWidget(page)
        whole = self.above = QVBoxLayout(self)
        """Before its last part, the page, stands what does not scroll."""
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll the page."""
        step = SCROLLS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.area.verticalScrollBar().triggerAction(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the focus in sight when the page loses height, as to the guide above it."""
        super().resizeEvent(event)
        if event.size().height() < event.oldSize().height():
            QTimer.singleShot(0, self, self.show_focus)

    def show_focus(self) -> None:
        """Scroll so that the focused control is seen with its message."""
        focused = self.focusWidget()
        if focused is not None:
            reveal(self.area, focused, self.kit.theme.px(72))

    def show_both(self, upper: QWidget, lower: QWidget) -> None:
        """Scroll to the top of ``upper`` unless ``lower`` would then not be seen whole."""
        inner, margin = self.column, self.kit.theme.px(16)
        top = max(0, upper.mapTo(inner, upper.rect().topLeft()).y() - margin)
        foot = lower.mapTo(inner, lower.rect().bottomLeft()).y() + 1
        if foot - top <= self.area.viewport().height():
            self.area.verticalScrollBar().setValue(top)

    def scroll_back(self) -> None:
        """Show the part of the page that was in sight before: one comes back to it with Esc."""
        bar, value = self.area.verticalScrollBar(), self.scrolled
        bar.setValue(value)
        QTimer.singleShot(LAID_OUT_MS, self, lambda: bar.setValue(value))

    def enter(self, argument: object) -> None:
        """Shown: load what ``argument`` names and take focus."""

    def refresh(self, cases: frozenset[bytes]) -> None:
        """Those cases changed (a synchronisation brought news)."""

    def leave(self) -> None:
        """Another screen is shown; what was typed stays."""

    def keep(self) -> object:
        """Give what is typed, for the same screen built anew in other colours or another size."""
        return None

    def take_back(self, kept: object) -> None:
        """Put in what ``keep`` of the screen before gave; called before ``enter``."""

    def paper_of(self) -> bytes | None:
        """Give the case whose receipt F9 copies; None: the last one of this counter."""
        return None

    def say(self, text: str, tone: str = "info") -> None:
        """Show a toast. ``tone``: info, good, warning or danger."""
        self.said.emit(Toast(text, tone=tone))

    def trouble(self, error: OirsError) -> None:
        """Say in a toast what did not work; screens with a better place override it."""
        message = explain(error)
        self.said.emit(Toast(f"{message.title} {message.advice}".strip(), tone=message.severity))
