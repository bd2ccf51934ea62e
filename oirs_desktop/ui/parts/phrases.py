"""Frequent phrases: ``;plazo`` and a space in a long text become the sentence; ``;`` lists them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from oirs_core.domain.search import fold_text
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.fields import ENTER, plain
from oirs_desktop.ui.parts.options import Option, OptionList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from oirs_core.domain.rows import Frase
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.fields import TextBox

MARK = re.compile(r"(\S?);(\w{0,24})$")
"""A semicolon, what stands right before it, and what was typed after it."""
LIMIT, FEWEST = 5, 2
WIDTH = 640


class Phrases(QObject):
    """Watches one text box. ``known``: the phrases of the catalogue, put in when that was read.

    One Ctrl+Z takes a sentence out again and leaves what was typed. After a word the semicolon may be one
    of the language: the list is offered, but a space takes nothing.
    """

    def __init__(self, theme: Theme, box: TextBox) -> None:
        super().__init__(box)
        self._theme, self._box = theme, box
        self.known: Sequence[Frase] = ()
        self._frame = QFrame(box)
        self._frame.setObjectName("suggestions")
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(*[theme.px(4)] * 4)
        self.list = OptionList(theme, tr("Frases frecuentes"))
        column.addWidget(self.list)
        self._frame.hide()
        self.list.picked.connect(lambda option: self._put(str(option.value), ""))
        box.textChanged.connect(self._look)
        box.installEventFilter(self)

    @property
    def unfolded(self) -> bool:
        """Whether the list is in sight."""
        return self._frame.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that belong to the list, and the space that ends a short name."""
        if event.type() is QEvent.Type.FocusOut:
            self._frame.hide()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._takes(event):
            return True
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.text() == " ":
            return not self._glued() and self._expand()
        if not self.unfolded or not plain(event):
            return False
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.list.choose(1 if key == Qt.Key.Key_Down else -1)
        elif key in ENTER and self.list.chosen is not None:
            self._put(str(self.list.chosen.value), "")
        elif key == Qt.Key.Key_Escape:
            self._frame.hide()
        else:
            return False
        return True

    def _found(self) -> re.Match[str] | None:
        cursor = self._box.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        return None if cursor.hasSelection() else MARK.search(before)

    def _typed(self) -> str | None:
        """Give what stands after a semicolon before the cursor; None where there is no semicolon."""
        found = self._found()
        return None if found is None else found[2]

    def _glued(self) -> bool:
        """Whether a word stands right before the semicolon."""
        found = self._found()
        return found is not None and bool(found[1])

    def _look(self) -> None:
        typed = self._typed() if self._box.hasFocus() else None
        rows = [] if typed is None else self._matching(typed)
        self._frame.setVisible(bool(rows))
        if rows:
            self.list.fill(rows)
            self._place()

    def _matching(self, typed: str) -> list[Option]:
        wanted = fold_text(typed)
        hits = [row for row in self.known if fold_text(row.abreviatura).startswith(wanted)]
        return [Option(f";{row.abreviatura}  {row.texto}", value=row.abreviatura) for row in hits[:LIMIT]]

    def _expand(self) -> bool:
        typed = self._typed()
        if not typed:
            return False
        return self._put(fold_text(typed), " ")

    def _put(self, short: str, after: str) -> bool:
        """Put the sentence in the place of its short name; False when there is no such phrase."""
        texts = [row.texto for row in self.known if fold_text(row.abreviatura) == fold_text(short)]
        typed = self._typed()
        if not texts or typed is None:
            return False
        cursor, gap = self._box.textCursor(), " " if self._glued() else ""
        back = len(typed) + 1
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, back)
        cursor.insertText(gap + texts[0] + after)
        self._box.setTextCursor(cursor)
        self._frame.hide()
        return True

    def _place(self) -> None:
        """Stand under the cursor, or over it where there is more room in sight."""
        page = _page_of(self._box)
        if self._frame.parentWidget() is not page:
            self._frame.setParent(page)
            self._follow(page)
        cursor, gap = self._box.cursorRect(), self._theme.px(8)
        first = self._box.mapTo(page, cursor.topLeft())
        last = self._box.mapTo(page, cursor.bottomLeft())
        seen = page.visibleRegion().boundingRect()
        above, below = first.y() - seen.top() - gap, seen.bottom() - last.y() - gap
        rows = self.list.rows
        while len(rows) > FEWEST and self._height(rows) > max(above, below):
            rows = rows[:-1]
        self.list.fill(rows)
        height = self._height(rows)
        top = last.y() + gap if height <= below or below >= above else first.y() - gap - height
        width = min(self._theme.px(WIDTH), page.width() - 2 * gap)
        self._frame.setGeometry(max(0, min(last.x(), page.width() - width)), top, width, height)
        self._frame.show()
        self._frame.raise_()

    def _follow(self, page: QWidget) -> None:
        """Find another place when the page has scrolled after the focus, or a toast took its foot."""
        around = page.parentWidget()
        area = around.parentWidget() if around is not None else None
        if isinstance(area, QScrollArea):
            bar = area.verticalScrollBar()
            for moved in (bar.valueChanged, bar.rangeChanged):
                moved.connect(self._moved)

    def _moved(self) -> None:
        if self.unfolded:
            self._look()

    def _height(self, rows: Sequence[Option]) -> int:
        return sum(self._theme.px(row.height) for row in rows) + self._theme.px(8) + 2


def _page_of(box: QWidget) -> QWidget:
    """Give the page that scrolls, so that the list may reach over the card and moves with it."""
    host = box
    while (parent := host.parentWidget()) is not None:
        host = parent
        if host.objectName() == "page":
            break
    return host
