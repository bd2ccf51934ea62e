"""Unknown words are marked, never changed; the dictionary lives in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from oirs_core.domain.catalogue import Catalogue
from oirs_desktop.ui.parts.spellchild import Dictionary, answer
from oirs_desktop.ui.parts.speller import Speller
from oirs_desktop.ui.window.spelling import catalogue_words, doubtful_words
from tests.support.keys import CTRL, Key
from tests.support.stage import Stage, show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WAVE = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary()


def test_the_dictionary_knows_chile_and_the_counter(dictionary: Dictionary) -> None:
    known = ["subsidio", "pololo", "computador", "mantención", "postulación", "isapre", "aislación"]
    assert dictionary.unknown(known) == []
    assert dictionary.unknown(["descricpion", "habia"]) == ["descricpion", "habia"]
    assert answer(dictionary, {"suggest": "descricpion"}) == {"word": "descricpion", "list": ["descripción"]}


def test_names_figures_and_short_words_are_not_looked_up() -> None:
    text = "Rosa de Chaitén pide a SERVIU 25kg y un techo"
    assert [word for _, word in doubtful_words(text)] == ["pide", "techo"]


def test_words_of_the_catalogue_are_excused(dictionary: Dictionary) -> None:
    words = catalogue_words(Catalogue.seed())
    assert {"chaitén", "vivienda"} <= words
    assert dictionary.unknown(["chaitén"]) == ["chaitén"]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    for shown in show_window(qtbot, tmp_path):
        tastes = shown.window.spelling._kit.tastes
        tastes.set(shown.tasks, shown.window.trouble, "spelling", True)
        yield shown


def write(desk: Stage, text: str) -> QPlainTextEdit:
    desk.keys.press(Key.Key_F2)
    box = desk.screen.que.relato.box  # type: ignore[attr-defined]
    box.setFocus()
    desk.rest()
    desk.keys.write(text)
    assert isinstance(box, QPlainTextEdit)
    return box


def marked(box: QPlainTextEdit) -> list[str]:
    found = []
    block = box.document().firstBlock()
    while block.isValid():
        waves = [part for part in block.layout().formats() if part.format.underlineStyle() == WAVE]
        found += [block.text()[part.start : part.start + part.length] for part in waves]
        block = block.next()
    return found


def test_a_word_is_marked_when_it_is_finished_and_the_text_stays_as_typed(desk: Stage) -> None:
    box = write(desk, "Pide una descricpion")
    spelling = desk.window.spelling
    desk.qtbot.waitUntil(lambda: spelling.speller.unknown("descricpion") is True, timeout=5_000)
    assert marked(box) == []
    desk.keys.write(" de Chaitén")
    desk.qtbot.waitUntil(lambda: marked(box) == ["descricpion"], timeout=5_000)
    assert box.toPlainText() == "Pide una descricpion de Chaitén"


@pytest.mark.qt_log_ignore("This plugin does not support")  # raising a menu offscreen
def test_ctrl_period_offers_words_and_enter_takes_the_first(desk: Stage) -> None:
    box = write(desk, "La descricpion")
    spelling = desk.window.spelling
    desk.qtbot.waitUntil(lambda: spelling.speller.unknown("descricpion") is True, timeout=5_000)
    desk.keys.press(Key.Key_Period, CTRL)
    desk.qtbot.waitUntil(lambda: spelling.menu is not None and spelling.menu.isVisible(), timeout=5_000)
    menu = spelling.menu
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["descripción", "", "Dar por buena"]
    desk.qtbot.keyClick(menu, Key.Key_Return)
    assert box.toPlainText() == "La descripción"
    box.undo()
    assert box.toPlainText() == "La descricpion"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_marked_word_offers_to_let_it_be(desk: Stage) -> None:
    box = write(desk, "kuchenes y mas")
    spelling = desk.window.spelling
    desk.qtbot.waitUntil(lambda: marked(box) == ["kuchenes"], timeout=5_000)
    spot = box.cursorRect(box.cursorForPosition(QPoint(20, 12))).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, box.viewport().mapToGlobal(spot))
    QApplication.sendEvent(box.viewport(), event)
    desk.qtbot.waitUntil(lambda: spelling.menu is not None, timeout=5_000)
    assert spelling.menu is not None
    spelling.menu.actions()[-1].trigger()
    assert marked(box) == []
    spelling.menu.close()


def test_switched_off_nothing_is_marked(desk: Stage) -> None:
    box = write(desk, "La descricpion es")
    desk.qtbot.waitUntil(lambda: marked(box) == ["descricpion"], timeout=5_000)
    desk.window.spelling._kit.tastes.set(desk.tasks, desk.window.trouble, "spelling", False)
    assert marked(box) == []


def test_without_its_process_text_is_written_as_before(qtbot: QtBot) -> None:
    speller = Speller(arguments=("-c", "raise SystemExit(1)"))
    speller.ask(["palabra"])
    qtbot.waitUntil(lambda: speller.failed, timeout=5_000)
    speller.ask(["otra"])
    assert speller.unknown("palabra") is None
    speller.close()
