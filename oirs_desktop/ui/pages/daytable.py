"""What the day's close shows of a day: the counts as a table, and the rest as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from oirs_desktop.reports.daybook import OUTCOME_WORDS, Said, counted, table
from oirs_desktop.ui.lists.timeline import breakable
from oirs_desktop.ui.look.i18n import number, tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.widgets import Card, PlainLabel

if TYPE_CHECKING:
    from oirs_desktop.store.dayrecords import Day
    from oirs_desktop.ui.look.theme import Theme


class Counts(Card):
    """The cases of the day by kind and by how they stand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._body: QWidget | None = None

    def tell(self, day: Day) -> None:
        """Write the table anew."""
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(self._theme.px(4))
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setColumnStretch(0, 1)
        for place, words in enumerate((*OUTCOME_WORDS.values(), "Total"), 1):
            grid.addWidget(PlainLabel(tr(words), Text.SMALL), 0, place, Qt.AlignmentFlag.AlignRight)
        rows = table(day)
        for line, (words, counts) in enumerate(rows, 1):
            role = Text.STRONG if line == len(rows) else Text.BODY
            grid.addWidget(PlainLabel(tr(words), role, wrap=True), line, 0)
            for place, amount in enumerate(counts, 1):
                shown = number(amount) if amount else "·"
                grid.addWidget(PlainLabel(shown, role), line, place, Qt.AlignmentFlag.AlignRight)
        self.column.addWidget(self._body)
        self.setAccessibleName(counted(len(day.cases), "atención", "atenciones"))


class Lines(Card):
    """What there is besides the counts: label at the left, words at the right, an icon where to look."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._body: QWidget | None = None
        self.said: tuple[Said, ...] = ()

    def tell(self, said: list[Said]) -> None:
        """Write the lines anew."""
        self.said = tuple(said)
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body, px = QWidget(), self._theme.px
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, one in enumerate(said):
            grid.addWidget(PlainLabel(tr(one.label), Text.STRONG), place, 0, top)
            sign = PlainLabel()
            icon, token = ("triangle-alert", "warning") if one.tone == "warning" else ("check", "good")
            sign.setPixmap(pixmap(icon, getattr(self._theme.tokens, token), px(20)))
            grid.addWidget(sign, place, 1, top)
            words = PlainLabel(breakable(one.text), wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(words, place, 2)
        self.column.addWidget(self._body)
