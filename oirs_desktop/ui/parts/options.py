"""A short list of options under a text field: rows painted from the theme, chosen by the field's own keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE, Text
from oirs_desktop.ui.parts.rowmodel import RowModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oirs_desktop.ui.look.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

HEAD_HEIGHT = 36
ONE_LINE = 44
TWO_LINES = 60
MARK = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One row. ``head``: a group's title, which cannot be chosen. ``ink``: colour of the icon and aside."""

    title: str
    detail: str = ""
    aside: str = ""
    icon: str = ""
    value: object = None
    head: bool = False
    ink: str = "muted"

    @property
    def spoken(self) -> str:
        """The row in one sentence."""
        return ", ".join(part for part in (self.title, self.detail, self.aside) if part)

    @property
    def height(self) -> int:
        """Pixels of the 100 % design."""
        if self.head:
            return HEAD_HEIGHT
        return TWO_LINES if self.detail else ONE_LINE


class OptionDelegate(QStyledItemDelegate):
    """Paints a row: icon, title over detail, aside at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of a row."""
        option: Option = index.data(Qt.ItemDataRole.UserRole)
        return QSize(self._theme.px(160), self._theme.px(option.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        px, color = self._theme.px, self._theme.color
        row: Option = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if row.head:
            self._text(painter, rect.adjusted(px(16), px(6), -px(16), 0), row.title, Text.SMALL, "muted")
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, color("selection"))
                painter.fillRect(QRect(rect.x(), rect.y(), px(MARK), rect.height()), color("accent"))
            elif state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(rect, color("hover"))
            self._row(painter, rect.adjusted(px(16), px(6), -px(16), -px(6)), row)
        painter.restore()

    def _row(self, painter: QPainter, box: QRect, row: Option) -> None:
        px = self._theme.px
        if row.icon:
            size = px(ICON_SIZE)
            spot = (box.x(), box.center().y() - size // 2 + 1)
            painter.drawPixmap(*spot, pixmap(row.icon, getattr(self._theme.tokens, row.ink), size))
            box.setLeft(box.left() + size + px(12))
        if row.aside:
            width = QFontMetrics(self._theme.font(Text.SMALL)).horizontalAdvance(row.aside)
            side = QRect(box.right() - width, box.y(), width + 1, box.height())
            self._text(painter, side, row.aside, Text.SMALL, row.ink)
            box.setRight(side.left() - px(16))
        if not row.detail:
            self._text(painter, box, row.title, Text.BODY, "ink")
            return
        half = box.height() // 2
        over = QRect(box.x(), box.y(), box.width(), half)
        self._text(painter, over, row.title, Text.STRONG, "ink")
        self._text(painter, over.translated(0, half), row.detail, Text.SMALL, "muted")

    def _text(self, painter: QPainter, box: QRect, text: str, role: Text, ink: str) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.color(ink))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class OptionList(QListView):
    """The rows as high as they need; the focus stays in the field, which moves the choice."""

    picked = Signal(object)
    """The option that was clicked."""

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        self._theme = theme
        self._model = RowModel[Option](self)
        self.setModel(self._model)
        self.setItemDelegate(OptionDelegate(theme, self))
        self.setProperty("bare", True)
        self.setAccessibleName(label)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.picked.emit(index.data(Qt.ItemDataRole.UserRole)))

    @property
    def chosen(self) -> Option | None:
        """The option that Enter takes."""
        option = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return option if isinstance(option, Option) else None

    @property
    def rows(self) -> Sequence[Option]:
        """What stands in the list."""
        return self._model.rows

    def fill(self, rows: Sequence[Option]) -> None:
        """Put other rows in; the first that can be chosen is chosen."""
        self._model.fill(rows)
        self.setFixedHeight(sum(self._theme.px(row.height) for row in rows) + 2)
        self.choose(0)

    def choose(self, step: int) -> None:
        """Choose another row; it stops at both ends."""
        rows = [n for n, row in enumerate(self._model.rows) if not row.head]
        if not rows:
            return
        here = self.currentIndex().row()
        place = rows.index(here) if here in rows else 0
        target = rows[min(max(place + step, 0), len(rows) - 1)]
        self.setCurrentIndex(self._model.index(target, 0))

    def bring(self) -> None:
        """Scroll the page around to the row that Enter takes, where letters are too large for all rows."""
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        page = area.widget() if area is not None else None
        if area is not None and page is not None:
            row = self.visualRect(self.currentIndex())
            middle = self.mapTo(page, row.center())
            area.ensureVisible(middle.x(), middle.y(), 0, row.height() // 2 + self._theme.px(4))
