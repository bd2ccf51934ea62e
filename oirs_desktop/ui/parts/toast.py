"""A short notice above the strip: for six seconds, or for ten with its undo where there is one.

It stands where it covers nothing that can be pressed or typed into; where there is no such place, the
page makes room at its foot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE
from oirs_desktop.ui.parts.widgets import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.ui.look.theme import Theme

SHOWN_MS = 6_000
UNDO_MS = 10_000
ALARM_MS = 20_000
LOOK_MS = 300
"""So often a toast looks whether something to press has come under it."""
WIDTH = 640
MARGIN = 16
EDGE = 4
IN_USE = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
ICONS = {"info": "info", "good": "circle-check", "warning": "triangle-alert", "danger": "octagon-alert"}


@dataclass(frozen=True)
class Toast:
    """What to say; ``undo`` is called when the person takes it back. ``tone``: as ``Message.severity``.

    ``entity``: the case that it changed, ``folio`` its short folio; empty where there is none.
    """

    text: str
    undo: Callable[[], None] | None = None
    tone: str = "info"
    entity: bytes = b""
    folio: str = ""
    kind: str = ""
    """Of one kind only the newest is in sight; empty: it stands for itself."""
    stands: Callable[[], bool] | None = None
    """Whether it is still so; what is no longer so goes, with its undo."""


class ToastLine(QFrame):
    """One toast on screen."""

    left = Signal()

    pressed = Signal()
    """Its key was pressed."""

    button: QPushButton

    def __init__(self, toast: Toast, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.toast = toast
        self.gone = False
        self.key: QShortcut | None = None
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(12))
        sign = PlainLabel()
        sign.setPixmap(pixmap(ICONS.get(toast.tone, "info"), theme.tokens.bg, theme.px(ICON_SIZE)))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        text = self._text = PlainLabel(toast.text, wrap=True)
        text.setMinimumHeight(theme.px(38))
        row.addWidget(text, 1)
        if toast.undo is not None:
            row.addWidget(self._undo_button(toast.undo))
        self.setAccessibleName(toast.text)

    def _undo_button(self, undo: Callable[[], None]) -> QPushButton:
        what = tr("Deshacer ({folio})").format(folio=self.toast.folio) if self.toast.folio else tr("Deshacer")
        button = QPushButton(f"{what}  Alt+Z")
        button.clicked.connect(undo)
        button.clicked.connect(self.leave)
        self.key = QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Z), button)
        self.key.activated.connect(self.pressed)
        self.button, self._what = button, what
        return button

    def give_key(self, *, on: bool) -> None:
        """Let the key work, and show it, or take it away; the button stays."""
        if self.key is not None:
            self.key.setEnabled(on)
            self.button.setText(f"{self._what}  Alt+Z" if on else self._what)

    def leave(self) -> None:
        """Make room; the toast stays in the history."""
        self.gone = True
        self.hide()
        self.left.emit()
        self.deleteLater()

    def wide(self) -> int:
        """Width at which the words take one line, in pixels."""
        self._text.ensurePolished()
        words = self._text.fontMetrics().horizontalAdvance(self.toast.text)
        others = [self._row.itemAt(place) for place in range(self._row.count())]
        rest = sum(item.sizeHint().width() for item in others if item and item.widget() is not self._text)
        margins = self._row.contentsMargins()
        gaps = self._row.spacing() * self._row.count() + margins.left() + margins.right()
        return words + rest + gaps

    def tall(self, width: int) -> int:
        """Height that the words need at a width, in pixels."""
        for part in (self, *self.findChildren(QWidget)):
            part.ensurePolished()
        self._row.invalidate()
        return max(self._row.totalHeightForWidth(width), self._row.totalMinimumSize().height())


class ToastStack(QWidget):
    """The toasts of the window, newest lowest; it floats above the strip and takes no focus."""

    pushed = Signal()
    """The page ends above the toasts now."""

    missed = Signal()
    """The key that takes back was pressed, and there is nothing left to take back."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.history: list[Toast] = []
        self.in_sight: Callable[[], bytes | None] = lambda: None
        """The case in sight; empty: somebody's form; None: neither."""
        self._sure: ToastLine | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._make_way)
        self._late = QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Z), parent)
        self._late.setContext(Qt.ShortcutContext.WindowShortcut)
        self._late.activated.connect(self.missed)
        self.hide()

    def add(self, toast: Toast) -> None:
        """Show ``toast`` for its seconds and keep it in the history; plain words make room for it at once."""
        self.history.append(toast)
        self.clear()
        for line in self.lines():
            if toast.kind and line.toast.kind == toast.kind:
                line.leave()
        line = ToastLine(toast, self.theme, self)
        self._column.addWidget(line)
        line.left.connect(self.place)
        line.left.connect(self._give_key)
        line.pressed.connect(lambda: self._take_back(line))
        shown = ALARM_MS if toast.tone == "danger" else SHOWN_MS if toast.undo is None else UNDO_MS
        QTimer.singleShot(shown, line, line.leave)
        self._give_key()
        self.show()
        self.place()

    def clear(self, entity: bytes = b"") -> None:
        """Put away what was said of a case that is no longer in sight; not an alarm.

        ``entity``: the case that is in sight now, if it is one: what would undo an act of another goes too.
        """
        for line in self.lines():
            of_another = bool(entity) and bool(line.toast.entity) and line.toast.entity != entity
            if of_another or (line.toast.undo is None and line.toast.tone != "danger"):
                line.leave()

    def _take_back(self, line: ToastLine) -> None:
        """Undo; what was done in the case of another person only at the second press, after naming it."""
        toast, seen = line.toast, self.in_sight()
        if toast.stands is not None and not toast.stands():
            line.leave()
            self.missed.emit()
        elif toast.entity and seen is not None and seen != toast.entity and line is not self._sure:
            self._sure = line
            self.add(
                Toast(tr("Eso fue en el caso {folio}. Alt+Z otra vez lo deshace.").format(folio=toast.folio))
            )
        else:
            line.button.click()

    def _give_key(self) -> None:
        """Let the key take back what was done last."""
        undoable = [line for line in self.findChildren(ToastLine) if line.key is not None and not line.gone]
        for line in undoable:
            line.give_key(on=line is undoable[-1])
        self._late.setEnabled(not undoable)

    def place(self) -> None:
        """Stand above the foot of the parent, at most as wide as the page, beside what can be used."""
        parent = self.parentWidget()
        if parent is None:
            return
        if not self.lines():
            self._look.stop()
            self.hide()
            parent.setContentsMargins(0, 0, 0, 0)
            return
        free = None if parent.contentsMargins().bottom() else self._beside(parent)
        if free is None:  # a bar over the whole width, above which the page ends: no part of it stays blank
            edge = self.theme.px(EDGE)
            size = self._size(parent, parent.width() - 2 * edge)
            parent.setContentsMargins(0, 0, 0, size.height() + 2 * edge)
            self.pushed.emit()
            free = _spots(parent, size, edge)[0]
        self.setGeometry(free)
        self.raise_()
        self._look.start()

    def _beside(self, parent: QWidget) -> QRect | None:
        """Find a place at the foot that covers nothing in use."""
        size, used = self._size(parent), in_use(parent, self)
        return next((spot for spot in _spots(parent, size, self.theme.px(MARGIN)) if _free(spot, used)), None)

    def lines(self) -> list[ToastLine]:
        """Give the toasts in sight, oldest first."""
        return [line for line in self.findChildren(ToastLine) if not line.gone]

    def _size(self, parent: QWidget, width: int = 0) -> QRect:
        """Give the size of all of them. ``width``: in pixels; 0: as wide as the words."""
        widest = max(line.wide() for line in self.lines())
        width = width or min(widest, self.theme.px(WIDTH), parent.width() - 2 * self.theme.px(MARGIN))
        heights = [line.tall(width) for line in self.lines()]
        return QRect(0, 0, width, sum(heights) + self._column.spacing() * (len(heights) - 1))

    def _make_way(self) -> None:
        for line in self.lines():
            if line.toast.stands is not None and not line.toast.stands():
                line.leave()
        parent = self.parentWidget()
        if parent is not None and not _free(self.geometry(), in_use(parent, self)):
            self.place()


def in_use(page: QWidget, but: QWidget) -> list[QRect]:
    """Give the places, seen from ``page``, of what can be pressed or typed into; not what lies in ``but``."""
    found: list[QRect] = []
    for part in page.findChildren(QWidget):
        if isinstance(part, IN_USE) and part.isVisible() and not but.isAncestorOf(part):
            seen = _seen(part, page)
            if not seen.isEmpty():
                found.append(seen)
    return found


def _seen(part: QWidget, page: QWidget) -> QRect:
    """Cut what has been scrolled out of sight; what a toast covers still counts."""
    seen, holder = part.rect(), part
    while holder is not page and (above := holder.parentWidget()) is not None:
        seen = seen.translated(holder.pos()).intersected(above.rect())
        holder = above
    return seen


def _free(spot: QRect, used: list[QRect]) -> bool:
    return not any(spot.intersects(other) for other in used)


def _spots(page: QWidget, size: QRect, margin: int) -> list[QRect]:
    """Give the places to stand at the foot, the best first: in the middle, right, left."""
    columns = ((page.width() - size.width()) // 2, page.width() - size.width() - margin, margin)
    return [size.translated(x, page.height() - size.height() - margin) for x in columns]
