"""The person reads in large type what will be filed; no key of that page registers or loses anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.form.citizen import Citizen, second_screen
from oirs_desktop.ui.parts.widgets import PlainLabel
from tests.support.cuts import cut, overlapping
from tests.support.keys import CTRL, Key
from tests.support.stage import Stage, show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    yield from show_window(qtbot, tmp_path, scale=getattr(request, "param", 1.0))


def shown_page(desk: Stage) -> Citizen:
    desk.keys.press(Key.Key_F2)
    form = desk.screen
    form.quien.fields["nombres"].editor.setText("Rosa Elena")  # type: ignore[attr-defined]
    form.que.materia.setText("Techo")  # type: ignore[attr-defined]
    form.que.relato.box.set_text("Se llueve la casa desde mayo.\nPide ayuda.")  # type: ignore[attr-defined]
    form.que.relato.box.setFocus()  # type: ignore[attr-defined]
    desk.keys.press(Key.Key_M, CTRL)
    (page,) = [part for part in desk.window.findChildren(Citizen) if part.isVisible()]
    return page


@pytest.mark.parametrize("desk", [1.0, 2.0], indirect=True)
def test_the_page_covers_the_window_and_shows_the_text_in_large_type(desk: Stage) -> None:
    page = shown_page(desk)
    assert page.geometry() == desk.window.rect()
    labels = {label.text(): label for label in page.findChildren(PlainLabel)}
    relato = labels["Se llueve la casa desde mayo.\nPide ayuda."]
    assert relato.font().pixelSize() == round(30 * desk.window.theme.scale)
    assert {"Rosa Elena", "Techo", "En persona", "Lo que usted cuenta"} <= set(labels)
    assert "Se llueve la casa" in page.area.accessibleName()
    QApplication.processEvents()
    desk.qtbot.waitUntil(lambda: cut(page) == [], timeout=2_000)
    assert overlapping(page) == []


def test_enter_leads_to_the_button_that_registers_and_esc_to_the_text(desk: Stage) -> None:
    page = shown_page(desk)
    desk.qtbot.keyClick(page.area, Key.Key_Return)
    assert desk.keys.focus is desk.screen.register  # type: ignore[attr-defined]
    desk.keys.press(Key.Key_M, CTRL)
    desk.keys.press(Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(Citizen), timeout=2_000)
    assert desk.screen.name == "nueva"
    assert desk.keys.focus is desk.screen.que.relato.box  # type: ignore[attr-defined]


def test_nobody_agrees_to_what_was_not_shown_yet(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    desk.screen.que.relato.box.set_text("Se llueve la casa.\n" * 60)  # type: ignore[attr-defined]
    desk.keys.press(Key.Key_M, CTRL)
    (page,) = [part for part in desk.window.findChildren(Citizen) if part.isVisible()]
    bar = page.area.verticalScrollBar()
    desk.qtbot.waitUntil(page.more.isVisible)
    assert page.agree.text() == "Seguir leyendo"
    presses = 0
    while page.isVisible() and presses < 20:
        assert page.below or bar.value() == bar.maximum()
        desk.qtbot.keyClick(page.area, Key.Key_Return)
        presses += 1
    assert 3 <= presses < 20
    assert bar.value() == bar.maximum()


def test_a_usual_attention_is_read_without_scrolling_at_100_percent(desk: Stage) -> None:
    desk.keys.press(Key.Key_F2)
    form = desk.screen
    form.quien.fields["nombres"].editor.setText("Rosa Elena Millapán Hueque")  # type: ignore[attr-defined]
    form.quien.fields["telefono"].editor.setText("987654321")  # type: ignore[attr-defined]
    form.que.materia.setText("Bono de protección y aporte familiar permanente")  # type: ignore[attr-defined]
    form.que.relato.box.set_text("Pide saber el plazo. " * 8)  # type: ignore[attr-defined]
    form.termina.fields["respuesta"].box.set_text("Se le explica cómo postular. " * 5)  # type: ignore[attr-defined]
    desk.keys.press(Key.Key_M, CTRL)
    (page,) = [part for part in desk.window.findChildren(Citizen) if part.isVisible()]
    desk.qtbot.wait(50)
    assert not page.below
    assert page.agree.text() == "Está bien así"


@pytest.mark.parametrize("key", [(Key.Key_Return, CTRL), (Key.Key_F2, None), (Key.Key_F8, None)])
def test_no_key_reaches_what_lies_under_the_page(desk: Stage, key: tuple[Key, object]) -> None:
    page = shown_page(desk)
    before = len(desk.office.store.recent(9))
    if key[1] is None:
        desk.keys.press(key[0])
    else:
        desk.keys.press(key[0], CTRL)
    desk.rest()
    assert desk.screen.name == "nueva"
    assert len(desk.office.store.recent(9)) == before
    assert page.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_on_a_second_screen_it_is_a_window_of_its_own(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    second = "oirs_desktop.ui.form.citizen.second_screen"
    monkeypatch.setattr(second, lambda _window: QApplication.primaryScreen())
    page = shown_page(desk)
    assert page.isWindow()
    desk.qtbot.keyClick(page.area, Key.Key_Escape)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(Citizen), timeout=2_000)


def test_one_screen_is_no_second_screen(desk: Stage) -> None:
    assert second_screen(desk.window) is None
