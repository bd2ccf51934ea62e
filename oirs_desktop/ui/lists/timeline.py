"""The history of a case as cards, newest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE, Text
from oirs_desktop.ui.parts.buttons import MARKED, KeyButton
from oirs_desktop.ui.parts.widgets import Card, PlainLabel, restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.texts.stories import Story

FOLDED = 600
"""A longer text shows so many characters until the person asks for the rest."""
LONG_WORD = re.compile(r"(\S{30})(?=\S)")
BADGE = 40


def breakable(text: str) -> str:
    """Let a word of more than 30 characters break, for a label would push the page apart."""
    return LONG_WORD.sub("\\1\u200b", text)


class Badge(QWidget):
    """The icon of an act on the thread that ties the cards together."""

    def __init__(self, theme: Theme, icon: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self._first, self._last = first, last
        self.setFixedWidth(theme.px(BADGE))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the thread, the disc and the icon."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, middle = theme.px(BADGE), self.width() // 2
        top = theme.px(16)
        painter.setPen(QPen(theme.color("line"), theme.px(2)))
        start = top + size // 2 if self._first else 0
        end = top + size // 2 if self._last else self.height()
        painter.drawLine(middle, start, middle, end)
        painter.setBrush(theme.color("surface"))
        edge = theme.px(2)
        painter.drawEllipse(QRect(0, top, size, size).adjusted(edge, edge, -edge, -edge))
        icon = theme.px(ICON_SIZE)
        spot = (size - icon) // 2
        picture = pixmap(self._icon, theme.tokens.accent, icon)
        painter.drawPixmap(spot, top + spot, icon, icon, picture)
        painter.end()
        event.accept()


class StoryCard(Card):
    """One act: what, the text, who and when, whether the centre has it; struck through once taken back."""

    undone = Signal(object)
    """Hash of the act that the person takes back."""

    looked = Signal(object)
    """The ``Adjunto`` that the person wants to see."""

    def __init__(self, theme: Theme, story: Story, taken: set[str] | None = None) -> None:
        """``taken``: letters that cards of newer acts use for their buttons; grows by those of this one."""
        super().__init__(theme)
        self.setProperty("ringHost", True)
        self._taken = set() if taken is None else taken
        self.story = story
        self._full = breakable(story.text)
        self.column.setContentsMargins(*[theme.px(16)] * 4)
        self.column.setSpacing(theme.px(8))
        self.column.addLayout(self._top(theme, story))
        self._text = PlainLabel(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setText(self._folded())
        self.column.addWidget(self._text)
        self._text.setVisible(bool(story.text))  # not before: it would flash as a window of its own
        if len(self._full) > FOLDED:
            self._more = KeyButton(theme, self._mark(tr("&Leer todo")), icon="chevron-down", kind="link")
            self._more.clicked.connect(self._unfold)
            self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        if story.note:
            note = PlainLabel(breakable(story.note), Text.SMALL, wrap=True)
            note.set_tone("warning")
            self.column.addWidget(note)
        if story.struck:
            strike(self._text)
        self.column.addLayout(self._foot(theme, story))
        state = tr("En la central") if story.delivered else tr("Por enviar")
        by = f"{story.who}, {story.when}. {story.note}".strip()
        self.setAccessibleName(f"{story.title}. {story.text} {by} {state}")

    def _top(self, theme: Theme, story: Story) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        title = PlainLabel(breakable(story.title), Text.STRONG, wrap=True)
        if story.struck:
            strike(title)
        row.addWidget(title, 1)
        icon, token, word = ("send", "warning", tr("Por enviar"))
        if story.delivered:
            icon, token, word = ("check", "good", tr("En la central"))
        row.addWidget(_sign(theme, icon, token), 0, Qt.AlignmentFlag.AlignTop)
        state = PlainLabel(word, Text.SMALL)
        state.set_tone(token)
        row.addWidget(state, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _foot(self, theme: Theme, story: Story) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(PlainLabel(f"{story.when}  ·  {story.who}", Text.SMALL, wrap=True), 1)
        if story.warning:
            row.addWidget(_sign(theme, "triangle-alert", "warning"))
            label = PlainLabel(story.warning, Text.SMALL)
            label.set_tone("warning")
            row.addWidget(label)
        if story.paper is not None:
            look = KeyButton(theme, self._mark(tr("&Ver")), icon="eye", kind="line")
            look.setAccessibleName(tr("Ver {name}").format(name=story.paper.nombre))
            look.clicked.connect(lambda: self.looked.emit(story.paper))
            row.addWidget(look)
        if story.h:
            undo = KeyButton(theme, self._mark(tr("&Deshacer")), icon="undo-2", kind="line")
            undo.setAccessibleName(tr("Deshacer: {act}").format(act=story.title))
            undo.clicked.connect(lambda: self.undone.emit(story.h))
            row.addWidget(undo)
        return row

    def _mark(self, words: str) -> str:
        """Give a button its letter; where a newer act has it, none."""
        letters = set(MARKED.findall(words))
        if letters & self._taken:
            return words.replace("&", "")
        self._taken |= letters
        return words

    def _folded(self) -> str:
        return self._full if len(self._full) <= FOLDED else f"{self._full[:FOLDED].rstrip()} …"

    def _unfold(self) -> None:
        self._text.setText(self._full)
        self._more.hide()


def strike(label: PlainLabel) -> None:
    """Strike the words through."""
    restyle(label, "struck", value=True)


def _sign(theme: Theme, icon: str, token: str) -> PlainLabel:
    sign = PlainLabel()
    sign.setPixmap(pixmap(icon, getattr(theme.tokens, token), theme.px(16)))
    return sign


class Timeline(QWidget):
    """All cards of a case; written anew when it changes."""

    written = Signal()
    """The cards were written."""

    undone = Signal(object)
    """Hash of the act that the person takes back."""

    looked = Signal(object)
    """The ``Adjunto`` that the person wants to see."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._stories: tuple[Story, ...] = ()
        self._cards: list[StoryCard] = []
        self._taken: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def stories(self) -> tuple[Story, ...]:
        """What is told, newest first."""
        return self._stories

    def tell(self, stories: Sequence[Story]) -> None:
        """Show these acts; nothing moves when they are the ones already shown."""
        if tuple(stories) == self._stories:
            return
        kept = self._focused()
        if kept:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # where a control ends, Qt passes its focus on
        self._stories = tuple(stories)
        self._cards, self._taken = [], set()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, story in enumerate(self._stories):
            self._column.addWidget(self._row(story, number))
        if kept:
            card = self._cards[max(0, len(self._cards) - kept)]
            card.show()
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        self.written.emit()

    def _focused(self) -> int:
        """Give the card that has the focus, counted from the oldest one; 0: none of them."""
        focus = QApplication.focusWidget()
        for place, card in enumerate(self._cards):
            if focus is not None and (focus is card or card.isAncestorOf(focus)):
                return len(self._cards) - place
        return 0

    def _row(self, story: Story, number: int) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(12))
        last = number == len(self._stories) - 1
        row.addWidget(Badge(self._theme, story.icon, first=number == 0, last=last))
        holder = QVBoxLayout()
        holder.setContentsMargins(0, self._theme.px(4), 0, self._theme.px(8))
        card = StoryCard(self._theme, story, self._taken)
        self._cards.append(card)
        card.undone.connect(self.undone)
        card.looked.connect(self.looked)
        holder.addWidget(card)
        row.addLayout(holder, 1)
        return line
