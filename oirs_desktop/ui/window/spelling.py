"""Marks words of long texts that the dictionary does not know, and offers others; it changes nothing."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.fields import TextBox
from oirs_desktop.ui.parts.speller import Speller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_core.domain.catalogue import Catalogue
    from oirs_desktop.ui.kit.screen import Kit
    from oirs_desktop.ui.window.frame import Window

WORD = re.compile(r"[^\W_]+")
SHORTEST = 3
KEY = "Ctrl+."


def doubtful_words(text: str) -> Iterator[tuple[int, str]]:
    """Give place and word of all that may be looked up: no capitals (names, acronyms), no figures."""
    for found in WORD.finditer(text):
        word = found[0]
        if len(word) >= SHORTEST and word.islower() and word.isalpha():
            yield found.start(), word


def catalogue_words(catalogue: Catalogue) -> set[str]:
    """Give the words of topics, bodies and places, which every counter writes."""
    names = [row.nombre for row in catalogue.materias.values()]
    names += [row.nombre for row in catalogue.instituciones.values()]
    names += [row.nombre for row in catalogue.comunas.values()]
    return {word.lower() for name in names for word in WORD.findall(name)}


class Marks(QSyntaxHighlighter):
    """Underlines the unknown words of one text, except the one that is being typed."""

    def __init__(self, box: TextBox, speller: Speller, color: str) -> None:
        """``color``: of the wave, beside which the word itself keeps its ink."""
        super().__init__(box.document())
        self._box, self._speller = box, speller
        self._wave = QTextCharFormat()
        self._wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._wave.setUnderlineColor(color)
        self._writing = -1
        self.on = True
        box.cursorPositionChanged.connect(self._moved)

    def highlightBlock(self, text: str) -> None:
        """Mark one paragraph (Qt calls this)."""
        if not self.on or self._speller.failed:
            return
        cursor = self._box.textCursor()
        here = cursor.positionInBlock() if cursor.block() == self.currentBlock() else -1
        new = []
        for place, word in doubtful_words(text):
            unknown = self._speller.unknown(word)
            if unknown is None:
                new.append(word)
            elif unknown and place + len(word) != here:
                self.setFormat(place, len(word), self._wave)
        if new:
            self._speller.ask(new)

    def _moved(self) -> None:
        """Look again at the paragraph whose last word was just left."""
        cursor = self._box.textCursor()
        before, self._writing = self._writing, cursor.blockNumber()
        document = self.document()
        for number in {before, self._writing} - {-1}:
            block = document.findBlockByNumber(number)
            if block.isValid() and not document.isEmpty():
                self.rehighlightBlock(block)


class Spelling(QObject):
    """Watches the long texts of one window. The dictionary is loaded when the first of them is written in."""

    def __init__(self, window: Window, kit: Kit, speller: Speller | None = None) -> None:
        super().__init__(window)
        self._window, self._kit = window, kit
        self.speller = speller or Speller(self)
        self.marks: dict[int, Marks] = {}
        self.menu: QMenu | None = None
        self._asked: tuple[TextBox, QTextCursor, QPoint] | None = None
        self._excused = False
        self.speller.learned.connect(self._repaint)
        self.speller.suggested.connect(self._offer)
        kit.tastes.changed.connect(self._switched)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focused)
        key = QShortcut(QKeySequence.fromString(KEY, QKeySequence.SequenceFormat.PortableText), window)
        key.activated.connect(self._pressed)

    def _focused(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not isinstance(now, TextBox) or now.window() is not self._window or now.isReadOnly():
            return
        if not self._kit.tastes.settings.spelling or id(now) in self.marks:
            return
        if not self._excused:
            self._excused = True
            desk = self._kit.counter.desk
            self._kit.tasks.run(
                lambda: catalogue_words(desk.catalogue), self.speller.excuse, lambda _error: None
            )
        mine = id(now)
        self.marks[mine] = Marks(now, self.speller, self._color())
        now.destroyed.connect(lambda: self.marks.pop(mine, None))
        # The key of the menu speaks to the box, the mouse to what it shows.
        now.installEventFilter(self)
        now.viewport().installEventFilter(self)

    def _color(self) -> str:
        return self._window.theme.tokens.danger

    def _repaint(self) -> None:
        for marks in self.marks.values():
            marks.rehighlight()

    def _switched(self, key: str) -> None:
        if key == "spelling":
            for marks in self.marks.values():
                marks.on = self._kit.tastes.settings.spelling
            self._repaint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put suggestions on top of the menu of a text."""
        if not isinstance(event, QContextMenuEvent):
            return False
        box = watched if isinstance(watched, TextBox) else watched.parent()
        if not isinstance(box, TextBox):
            return False
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            return self.ask(box, box.textCursor(), event.globalPos())
        return self.ask(box, box.cursorForPosition(event.pos()), event.globalPos())

    def _pressed(self) -> None:
        box = QApplication.focusWidget()
        if isinstance(box, TextBox):
            below = box.viewport().mapToGlobal(box.cursorRect().bottomLeft())
            self.ask(box, box.textCursor(), below)

    def ask(self, box: TextBox, cursor: QTextCursor, spot: QPoint) -> bool:
        """Ask for suggestions for the word at a place; False when that word is not in doubt."""
        if not self._kit.tastes.settings.spelling:
            return False
        cursor = QTextCursor(cursor)
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        if not self.speller.unknown(cursor.selectedText()):
            return False
        self._asked = box, cursor, spot
        self.speller.suggest(cursor.selectedText())
        return True

    def _offer(self, word: str, found: list[str]) -> None:
        if self._asked is None or self._asked[1].selectedText() != word:
            return
        box, cursor, spot = self._asked
        menu = self.menu = QMenu(box)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Sugerencias para {word}").format(word=word))
        for other in found:
            menu.addAction(other, partial(_replace, cursor, other))
        if not found:
            nothing = QAction(tr("Sin sugerencias"), menu)
            nothing.setEnabled(False)
            menu.addAction(nothing)
        menu.addSeparator()
        menu.addAction(tr("Dar por buena"), lambda: self.speller.excuse([word]))
        menu.popup(spot)
        if menu.actions()[0].isEnabled():
            menu.setActiveAction(menu.actions()[0])

    def close(self) -> None:
        """End the process of the dictionary."""
        self.speller.close()


def _replace(cursor: QTextCursor, word: str) -> None:
    """Put the word that the person chose; Ctrl+Z takes it back."""
    cursor.insertText(word)
