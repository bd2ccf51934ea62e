"""A list of cases in two-line rows, painted from the theme, moved through by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE, Text, Theme
from oirs_desktop.ui.parts.rowmodel import RowModel
from oirs_desktop.ui.texts.lines import Heading, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 72
TALL_HEIGHT = 104
NARROW = 720
"""In a list narrower than this (100 % design) a row takes three lines."""
HEAD_HEIGHT, LOW_HEAD_HEIGHT = 48, 36
PAD = 16
FOLIO_SHARE = 0.23
STATE_SHARE = 0.23


class CaseDelegate(QStyledItemDelegate):
    """Paints a row: folio and date, person and topic, where it stands and until when."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give the height of a row; the width is the list's."""
        narrow = self._narrow
        if isinstance(index.data(Qt.ItemDataRole.UserRole), Heading):
            height = LOW_HEAD_HEIGHT if narrow else HEAD_HEIGHT
        else:
            height = TALL_HEIGHT if narrow else ROW_HEIGHT
        return QSize(self._theme.px(320), self._theme.px(height))

    @property
    def _narrow(self) -> bool:
        view = self.parent()
        return isinstance(view, QListView) and view.viewport().width() < self._theme.px(NARROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        item = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if isinstance(item, Heading):
            self._head(painter, rect, item)
        else:
            self._ground(painter, rect, state)
            px = self._theme.px
            box = rect.adjusted(px(PAD), px(10), -px(PAD), -px(10))
            (self._tall if self._narrow else self._wide)(painter, box, item)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        px, color = self._theme.px, self._theme.color
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("selection"))
            painter.fillRect(rect.x(), rect.y(), px(6), rect.height(), color("accent"))
            return
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("hover"))
        painter.setPen(QPen(color("hairline"), 1))
        painter.drawLine(rect.left() + px(PAD), rect.bottom(), rect.right() - px(PAD), rect.bottom())

    def _head(self, painter: QPainter, rect: QRect, head: Heading) -> None:
        px = self._theme.px
        painter.fillRect(rect, self._theme.color("bg"))
        box = rect.adjusted(px(PAD), px(2 if self._narrow else 8), -px(PAD), 0)
        self._icon(painter, box, head.icon, head.tone)
        box.setLeft(box.left() + px(ICON_SIZE + 8))
        self._text(painter, box, head.text, Text.STRONG, head.tone)
        width = QFontMetrics(self._theme.font(Text.STRONG)).horizontalAdvance(head.text)
        box.setLeft(box.left() + width + px(12))
        self._text(painter, box, str(head.count), Text.STRONG, "muted")

    def _wide(self, painter: QPainter, box: QRect, item: Line) -> None:
        px = self._theme.px
        left, right = round(box.width() * FOLIO_SHARE), round(box.width() * STATE_SHARE)
        first = QRect(box.x(), box.y(), left, box.height())
        last = QRect(box.right() - right, box.y(), right, box.height())
        middle = QRect(first.right(), box.y(), last.left() - first.right() - px(PAD), box.height())
        self._pair(painter, first, (item.folio, Text.STRONG, "ink"), (f"{item.filed}  {item.kind}", "muted"))
        self._pair(painter, middle, (item.name, Text.BODY, "ink"), (item.about, "muted"))
        self._icon(painter, QRect(last.x(), last.y(), last.width(), last.height() // 2), item.icon, "muted")
        last.setLeft(last.left() + px(ICON_SIZE + 8))
        if item.light:
            lower = QRect(last.x(), last.y(), last.width(), last.height())
            lower.setTop(last.y() + last.height() // 2)
            lower.setLeft(last.left() - px(ICON_SIZE + 8))
            self._icon(painter, lower, item.light, item.below[1])
        self._pair(painter, last, (item.standing, Text.BODY, "ink"), item.below)

    def _tall(self, painter: QPainter, box: QRect, item: Line) -> None:
        px, third = self._theme.px, box.height() // 3
        half = QRect(box.center().x(), box.y(), box.width() // 2, third)
        whole = QRect(box.x(), box.y(), box.width(), third)
        over = QRect(box.x(), box.y(), box.width() // 2 - px(8), third)
        self._text(painter, over, item.folio, Text.STRONG, "ink")
        self._icon(painter, half, item.icon, "muted")
        half.setLeft(half.left() + px(ICON_SIZE + 8))
        where = " · ".join(part for part in (item.standing, item.below[0].lower()) if part)
        tone = item.below[1] if item.below[1] in {"danger", "warning"} else "ink"
        self._text(painter, half, where, Text.SMALL, tone)
        self._text(painter, whole.translated(0, third), item.name, Text.BODY, "ink")
        about = f"{item.filed}  {item.kind}  {item.about}"
        self._text(painter, whole.translated(0, 2 * third), about, Text.SMALL, "muted")

    def _pair(
        self, painter: QPainter, box: QRect, over: tuple[str, Text, str], under: tuple[str, str]
    ) -> None:
        half = box.height() // 2
        self._text(painter, QRect(box.x(), box.y(), box.width(), half), *over)
        lower = QRect(box.x(), box.y() + half, box.width(), box.height() - half)
        self._text(painter, lower, under[0], Text.SMALL, under[1])

    def _text(self, painter: QPainter, box: QRect, text: str, role: Text, token: str) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _icon(self, painter: QPainter, box: QRect, name: str, token: str) -> None:
        size = self._theme.px(ICON_SIZE)
        picture = pixmap(name, self._theme.color(token).name(), size)
        painter.drawPixmap(box.x(), box.y() + (box.height() - size) // 2, size, size, picture)


class CaseList(QListView):
    """The rows, their selection and the keys that move through them."""

    opened = Signal(object)
    """Id (16 bytes) of the case to open: Enter or a click."""

    left = Signal()
    """Arrow up on the first row."""

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        self._model = RowModel[Heading | Line](self)
        self.setModel(self._model)
        self.setItemDelegate(CaseDelegate(theme, self))
        self.setAccessibleName(label)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.clicked.connect(self._open)

    @property
    def items(self) -> Sequence[Heading | Line]:
        """What stands in the list."""
        return self._model.rows

    @property
    def chosen(self) -> Line | None:
        """The selected case."""
        item = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return item if isinstance(item, Line) else None

    def fill(self, items: Sequence[Heading | Line], *, afresh: bool = False) -> None:
        """Put other rows in; the chosen case stays chosen if it is still there, else the first one.

        ``afresh``: another question was asked, so the first one is chosen.
        """
        before = self.chosen.id if self.chosen and not afresh else None
        self._model.fill(items)
        cases = [(row, item.id) for row, item in enumerate(items) if isinstance(item, Line)]
        same = [row for row, entity in cases if entity == before]
        if cases:
            self.setCurrentIndex(self._model.index((same or [cases[0][0]])[0], 0))

    def step(self, by: int) -> None:
        """Choose the case ``by`` rows further down (negative: up), headings not counted."""
        rows = [row for row, item in enumerate(self.items) if isinstance(item, Line)]
        if not rows:
            return
        here = self.currentIndex().row()
        place = rows.index(here) if here in rows else 0
        target = min(max(place + by, 0), len(rows) - 1)
        self.setCurrentIndex(self._model.index(rows[target], 0))
        self.scrollTo(self.currentIndex())
        self._bring_page()

    def _bring_page(self) -> None:
        """Scroll the page around the list too, for at 200 % the list is higher than the window."""
        page: QWidget | None = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        inner = page.widget() if page is not None else None
        if page is not None and inner is not None:
            box = self.visualRect(self.currentIndex())
            spot = self.viewport().mapTo(inner, box.center())
            page.ensureVisible(spot.x(), spot.y(), 0, box.height())

    def open_chosen(self) -> None:
        """Open the selected case, if there is one."""
        if self.chosen is not None:
            self.opened.emit(self.chosen.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows again: a narrower list has higher ones."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter opens."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}
        key = Qt.Key(event.key())
        if key in steps:
            before = self.currentIndex().row()
            self.step(steps[key])
            if steps[key] < 0 and self.currentIndex().row() == before:
                self.left.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_chosen()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        item = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(item, Line):
            self.opened.emit(item.id)
