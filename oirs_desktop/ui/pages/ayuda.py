"""The help, with or without a line: the screen one came from first, then steps, troubles, words, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oirs_desktop.ui.kit.screen import Kit, Screen
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.choices import ChoiceRow
from oirs_desktop.ui.parts.widgets import Card, Columns, KeyButton, PlainLabel
from oirs_desktop.ui.texts.keytable import GROUPS, KEYS
from oirs_desktop.ui.texts.topics import STEPS, TOPICS, TROUBLES, WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oirs_desktop.ui.look.theme import Theme

FIRST = "meson"


class Ayuda(Screen):
    """The screen of the help. Its argument is the name of a screen."""

    name = "ayuda"
    title = tr("Ayuda")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.area.setProperty("noRing", True)
        self.area.setAccessibleName(self.title)
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        about = PlainLabel(tr("Ayuda"), Text.TITLE)
        about.set_tone("accent")
        self.heading = PlainLabel("", Text.TITLE, wrap=True)
        top.addWidget(about)
        top.addWidget(self.heading, 1)
        # The key itself belongs to the window: here it is only shown.
        preferences = KeyButton(theme, tr("Preferencias"), icon="settings")
        preferences.show_key("Ctrl+,")
        preferences.clicked.connect(lambda: self.go.emit("preferencias", None))
        top.addWidget(preferences)
        self.body.addLayout(top)
        self.rows = ChoiceRow(
            theme, tr("Ayuda de la pantalla"), [(name, tr(t.title)) for name, t in TOPICS.items()]
        )
        self.rows.changed.connect(self._show)
        self.topic = QVBoxLayout()
        self.topic.setSpacing(theme.px(8))
        card = Card(theme)
        card.column.addLayout(self.topic)
        self.body.addWidget(card)  # first: at 200 % little more than it is in sight
        self.body.addWidget(PlainLabel(tr("Ayuda de otra pantalla"), Text.STRONG))
        self.body.addWidget(self.rows)
        pair = Columns(theme, min_width=800)
        pair.add(_reading(theme), 5)
        pair.add(_keys(theme), 5)
        self.body.addWidget(pair)
        self.body.addStretch(1)
        self._shown = ""
        self._show(FIRST)

    def enter(self, argument: object) -> None:
        """Show the help of a screen; take the focus, so that arrows scroll."""
        if argument in TOPICS:
            self.rows.choose(argument)
            self._show(argument)
        self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> object:
        """Give which screen is explained."""
        return self._shown

    def take_back(self, kept: object) -> None:
        """Explain it again."""
        self.rows.choose(kept)

    def _show(self, name: object) -> None:
        if name == self._shown:
            return
        self._shown = str(name)
        while (item := self.topic.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.heading.setText(tr(TOPICS[self._shown].title))
        for line in TOPICS[self._shown].lines:
            self.topic.addWidget(PlainLabel(tr(line), wrap=True))


def _reading(theme: Theme) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(16))
    for card in (_steps(theme), _troubles(theme), _words(theme)):
        column.addWidget(card)
    column.addStretch(1)
    return part


def _steps(theme: Theme) -> Card:
    card = Card(theme, tr("Atender a una persona"))
    for place, step in enumerate(STEPS, 1):
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        mark = PlainLabel(str(place), Text.STRONG)
        mark.set_tone("accent")
        mark.setFixedWidth(theme.px(16))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(tr(step), wrap=True), 1)
        card.column.addLayout(row)
    return card


def _troubles(theme: Theme) -> Card:
    return _pairs(theme, tr("Si algo no anda"), TROUBLES)


def _words(theme: Theme) -> Card:
    return _pairs(theme, tr("Palabras"), WORDS)


def _pairs(theme: Theme, title: str, rows: Sequence[tuple[str, str]]) -> Card:
    card = Card(theme, title)
    for name, advice in rows:
        pair = QVBoxLayout()
        pair.setSpacing(theme.px(4))
        pair.addWidget(PlainLabel(tr(name), Text.STRONG, wrap=True))
        pair.addWidget(PlainLabel(tr(advice), wrap=True))
        card.column.addLayout(pair)
    return card


def _keys(theme: Theme) -> QWidget:
    """Make a card for each place; names of keys stand in one column."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(16))
    metrics = QFontMetrics(theme.font(Text.STRONG))
    width = max(metrics.horizontalAdvance(key.name) for key in KEYS) + theme.px(8)
    for group in GROUPS:
        card = Card(theme, tr(group.title))
        card.column.setSpacing(theme.px(8))
        for key in group.keys:
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            name = PlainLabel(key.name, Text.STRONG)
            name.set_tone("accent")
            name.setFixedWidth(width)
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(tr(key.what), wrap=True), 1)
            card.column.addLayout(row)
        column.addWidget(card)
    column.addStretch(1)
    return part
