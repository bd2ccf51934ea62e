"""Type-ahead over a catalogue: free text is always kept when nobody picks a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.fields import TextLine
from oirs_desktop.ui.parts.options import Option, OptionList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from oirs_desktop.ui.look.theme import Theme

LIMIT = 7
FEWEST = 3
AROUND = 56
"""Pixels at 100 % that label, gap and edge take beside line and list."""
WIDTH = 440
SOON_MS = (0, 60)
"""At once, and when the page has closed the gap that the message left."""
FROM_LETTERS = 2
"""Fewer letters than this suggest nothing."""


class Suggest(TextLine):
    """A text line with suggestions under it.

    ``source(text, limit)`` gives options from memory (it runs at every key, so it must be quick). One
    option without a value only says something, for example that nothing was found.
    The first row is marked and Enter takes it. The first Down goes into the list, to that row: whoever
    counts the lines begins with the first. Tab leaves the text as typed, Esc folds the list.
    """

    picked = Signal(object)
    """Value of the option taken."""

    def __init__(self, theme: Theme, source: Callable[[str, int], Sequence[Option]], label: str) -> None:
        super().__init__()
        self._theme, self._source = theme, source
        self._value: object = None
        self._value_text = ""
        self._inside = False
        self.offers = False
        """Whether the source has something to offer for an empty line: Down shows it."""
        self._box = QFrame(self)
        self._box.setObjectName("suggestions")
        column = QVBoxLayout(self._box)
        column.setContentsMargins(*[theme.px(4)] * 4)
        self.list = OptionList(theme, tr("Sugerencias de {label}").format(label=label))
        column.addWidget(self.list)
        self._box.hide()
        self.list.picked.connect(self._take)
        self.textEdited.connect(self._look)

    def value(self) -> object:
        """Value of the row taken, or of the one whose words were typed in full; None for free text."""
        return self._value if self.text().strip() == self._value_text else None

    def set_value(self, text: str, value: object) -> None:
        """Put words and value in."""
        self.setText(text)
        self._value, self._value_text = value, text.strip()
        self.fold()

    @property
    def unfolded(self) -> bool:
        """Whether the list is in sight."""
        return self._box.isVisible()

    def fold(self) -> None:
        """Put the list away; what was typed stays."""
        self._box.hide()

    def _look(self, text: str) -> None:
        wanted = text.strip()
        enough = len(wanted) >= FROM_LETTERS or (self.offers and not wanted)
        limit = self._limit()
        rows = list(self._source(wanted, limit)) if enough else []
        if not rows:
            self.fold()
            return
        if wanted and any(row.value is not None for row in rows) and all(row.title != wanted for row in rows):
            words = tr("Dejar «{text}» como está").format(text=wanted)
            rows = [*rows[: limit - 1], Option(words, icon="pencil", value=None)]
        self._inside = False
        self.list.fill(rows)
        self._unfold()
        for after in SOON_MS:
            QTimer.singleShot(after, self, self._settle)

    def _limit(self) -> int:
        """Count the rows that are seen whole under the line, also in large letters."""
        area = self._area()
        if area is None:
            return LIMIT
        free = area.viewport().height() - self.height() - self._theme.px(AROUND)
        return max(FEWEST, min(LIMIT, free // self._theme.px(Option("").height)))

    def _area(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above

    def _unfold(self) -> None:
        host = self._host()
        if self._box.parentWidget() is not host:
            self._box.setParent(host)
        height = self.list.height() + self._theme.px(8)
        place = self.mapTo(host, QPoint(0, self.height() + self._theme.px(4)))
        if place.y() + height > host.height() and place.y() - self.height() > height:
            place = self.mapTo(host, QPoint(0, -height - self._theme.px(4)))
        width = max(self.width(), self._theme.px(WIDTH))
        left = max(0, min(place.x(), host.width() - width - self._theme.px(16)))
        self._box.setGeometry(left, place.y(), width, height)
        self._box.show()
        self._box.raise_()

    def _settle(self) -> None:
        """Stand right after a message above went away, and scroll so that all rows are seen."""
        if not self.unfolded:
            return
        self._unfold()
        above = self._area()
        if above is not None:
            above.ensureWidgetVisible(self._box, 0, self._theme.px(16))
            above.ensureWidgetVisible(self, 0, self._theme.px(40))
            above.ensureWidgetVisible(self, 0, self._theme.px(16))  # last: one must see what one types

    def _host(self) -> QWidget:
        """Give the page that scrolls, so that the list may reach over the card and moves with it."""
        host: QWidget = self
        while (parent := host.parentWidget()) is not None:
            host = parent
            if host.objectName() == "page":
                break
        return host

    def _take(self, option: Option) -> None:
        if option.value is None:
            self.set_value(self.text(), None)
        else:
            self.set_value(option.title, option.value)
        self.picked.emit(self._value)
        if self.hasFocus():
            self.focusNextChild()

    def enter_pressed(self) -> None:
        """Take the chosen row, or move on."""
        chosen = self.list.chosen
        if self.unfolded and chosen is not None:
            self._take(chosen)
        else:
            super().enter_pressed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the choice, Esc folds the list before it means anything else."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return
        if key == Qt.Key.Key_Escape and self.unfolded:
            self.fold()
            return
        super().keyPressEvent(event)

    def _step(self, rows: int) -> None:
        """Move in the list; the first step unfolds it or goes into it, and stands on the first row."""
        if not self.unfolded:
            self._look(self.text())
        elif self._inside or rows < 0:
            self.list.choose(rows)
            self.list.bring()
        self._inside = True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever typed the words of a row in full meant that row."""
        super().focusOutEvent(event)
        if self.value() is None and self.unfolded:
            wanted = self.text().strip().casefold()
            same = [row for row in self.list.rows if row.value is not None and row.title.casefold() == wanted]
            if same:
                self.set_value(same[0].title, same[0].value)
        QTimer.singleShot(0, self, self.fold)
