"""The window around the screens: keys, strip, toasts, work off its thread, and a light start."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oirs_core.domain.errors import FieldMissing, OirsError
from oirs_desktop import log
from oirs_desktop.store import QueueState, StoreNewer
from oirs_desktop.ui.kit.tasks import Bug, Tasks
from oirs_desktop.ui.look.i18n import long_day, moment, number
from oirs_desktop.ui.look.theme import Text, Theme, load_fonts
from oirs_desktop.ui.parts.toast import Toast
from oirs_desktop.ui.parts.widgets import Banner, PlainLabel
from oirs_desktop.ui.window.frame import Window
from oirs_desktop.ui.window.strip import CAUSES, Strip
from tests.support.keys import ALT, CTRL, Key
from tests.support.office import DAY, MINUTE, START
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.stage import Stage

ZONE = "America/Santiago"
HEAVY = ("sqlalchemy", "sqlcipher3", "reportlab", "requests", "cryptography", "pypdfium2", "PIL")


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Key.Key_F2, "nueva"),
        (Key.Key_F3, "busqueda"),
        (Key.Key_F8, "pendientes"),
        (Key.Key_F10, "envio"),
        (Key.Key_F1, "ayuda"),
    ],
)
def test_each_key_leads_to_its_screen_and_esc_back(desk: Stage, key: Key, name: str) -> None:
    desk.keys.press(key)
    desk.wait_for(name)
    assert desk.window.header.keys[name].isChecked()
    desk.keys.press(Key.Key_Escape)
    desk.wait_for("meson")


def test_a_training_office_has_its_frame_and_its_word(desk: Stage) -> None:
    picture = desk.window.grab().toImage()
    ratio = picture.devicePixelRatio()
    corners = [(2, 2), (2, 700), (1362, 700)]
    assert {picture.pixelColor(int(x * ratio), int(y * ratio)).name() for x, y in corners} == {"#ffd84d"}
    assert desk.window.header.training.isVisible()
    assert desk.window.header.training.text() == "CAPACITACIÓN"


def test_the_header_tells_office_official_and_time(desk: Stage) -> None:
    header = desk.window.header
    assert header.office.text() == "Delegación Presidencial Provincial de Palena"
    assert (header.clock.text(), header.day.text()) == ("10:42", "jue 26 nov")
    assert header.officials.currentText() == "Rosa Catrin"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_another_official_is_chosen_in_the_open_list_only_and_that_is_undone_by_a_key(desk: Stage) -> None:
    box, who = desk.keys.focus, desk.window.header.officials
    who.setFocus()
    for key in (Key.Key_Down, Key.Key_End, Key.Key_J):
        desk.keys.press(key)
    assert desk.office.desk.session.user.nombre == "Rosa Catrin"
    box.setFocus()
    desk.keys.press(Key.Key_O, CTRL)
    QTest.keyClick(who.view(), Key.Key_Down)
    QTest.keyClick(who.view(), Key.Key_Return)
    assert desk.office.desk.session.user.nombre == "Juan Soto"
    assert desk.toasts == ["Ahora atiende Juan Soto."]
    desk.until(lambda: desk.keys.focus is box)
    desk.keys.press(Key.Key_O, CTRL)
    QTest.keyClick(who.view().window(), Key.Key_Escape)
    desk.until(lambda: desk.keys.focus is box)
    desk.keys.press(Key.Key_Z, ALT)
    assert desk.office.desk.session.user.nombre == "Rosa Catrin"


def test_the_keys_of_the_header_stay_where_they_are_when_more_cases_wait(desk: Stage) -> None:
    header = desk.window.header
    places = []
    for count in (0, 9, 10, 42):
        header.show_pending(count)
        desk.rest()
        places.append([button.x() for button in (header.home, *header.keys.values())])
    desk.keys.press(Key.Key_F8)
    desk.rest()
    places.append([button.x() for button in (header.home, *header.keys.values())])
    assert places.count(places[0]) == len(places)
    assert header.home.shown_key == "Alt+Inicio"


def test_the_key_of_the_pending_cases_shows_how_many(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    desk.window.refresh()
    desk.rest()
    assert desk.window.header.keys["pendientes"].text() == "Pendientes 1"
    assert desk.window.strip.folio.words.text().startswith("Último 8K")


def test_the_focus_ring_stands_around_the_focused_field(desk: Stage) -> None:
    ring, field = desk.window.ring, desk.keys.focus
    assert ring.isVisible()
    assert ring.rect().width() == field.width() + 10
    assert ring.mapToGlobal(ring.rect().center()) == field.mapToGlobal(field.rect().center())


@pytest.mark.parametrize(
    ("state", "connected", "words"),
    [
        (
            QueueState(3, START, START - 44 * MINUTE, "offline", None, None),
            False,
            "Sin conexión desde las 09:58 · siga atendiendo, 3 por enviar",
        ),
        (
            QueueState(0, None, START - DAY, "", None, None),
            False,
            "Sin conexión desde ayer 10:42 · siga atendiendo, nada por enviar",
        ),
        (
            QueueState(2, START, None, "offline", None, None),
            False,
            "Sin conexión · siga atendiendo, 2 por enviar",
        ),
        (QueueState(2, START, START, "", None, None), True, "Conectado · 2 por enviar"),
        (
            QueueState(0, None, START, "", None, None, agreed=True),
            True,
            "Conectado · todo entregado a las 10:42",
        ),
        (QueueState(0, None, START, "", None, None), True, "Conectado · nada por enviar"),
    ],
)
def test_the_strip_says_the_truth_about_the_line(
    qtbot: QtBot, state: QueueState, connected: bool, words: str
) -> None:
    strip = Strip(Theme())
    qtbot.addWidget(strip)
    strip.show_queue(state, START, ZONE, connected=connected)
    assert strip.queue.words.text() == words


@pytest.mark.parametrize("code", ["", "offline", *CAUSES])
@pytest.mark.parametrize("documents", [0, 12])
def test_the_short_words_of_the_strip_fit_at_twice_the_size(qtbot: QtBot, code: str, documents: int) -> None:
    load_fonts()
    theme = Theme(scale=2.0)
    strip = Strip(theme)
    qtbot.addWidget(strip)
    strip.resize(1366 - 2 * theme.px(6), theme.px(40))  # inside the frame of the training office
    strip.show_printer(None)
    strip.show_folio("8KB-0A2R-0005-P")
    state = QueueState(12 if code else 0, START, START, code, None, None, agreed=not code)
    strip.show_queue(state, START, ZONE, connected=code != "offline", documents=documents)
    strip.grab()  # laid out
    words = strip.queue.words
    shown = QFontMetrics(theme.font(Text.SMALL)).horizontalAdvance(words.short or words.text())
    assert shown <= words.width()


def test_a_toast_can_be_taken_back_by_its_key_and_stays_in_the_history(desk: Stage) -> None:
    done: list[int] = []
    desk.window.say(Toast("Se vació.", lambda: done.append(1)))
    desk.keys.press(Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    assert done == [1]
    assert not desk.window.toasts.isVisible()
    assert desk.toasts == ["Se vació."]


def test_toasts_stand_whole_above_the_foot_and_their_words_are_not_cut(desk: Stage) -> None:
    desk.window.say(Toast("Se vació el formulario.", lambda: None))
    desk.window.say(Toast("Comprobante alterado. " + "No coincide con el caso guardado. " * 3, tone="danger"))
    QApplication.processEvents()
    stack = desk.window.toasts
    labels = [label for label in stack.findChildren(PlainLabel) if label.text()]
    assert len(labels) == 2
    assert [x.text() for x in labels if x.height() < max(38, x.heightForWidth(x.width()))] == []
    assert stack.geometry().bottom() < desk.window.stack.height()


def test_a_store_that_cannot_be_opened_is_explained_on_the_page(qtbot: QtBot) -> None:
    window = Window(Theme())
    qtbot.addWidget(window)
    window.fail(StoreNewer(schema=9, known=1))
    banner = window.findChild(Banner)
    assert banner is not None
    assert "más nueva" in banner.title.text()
    window.close()


def test_work_runs_off_the_window_thread_and_its_result_comes_back_to_it(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[object] = []
    app = QApplication.instance()
    assert app is not None
    tasks.run(
        threading.current_thread, lambda thread: seen.extend([thread, QThread.currentThread()]), seen.append
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] is not threading.main_thread()
    assert seen[1] is app.thread()


def test_a_known_error_is_handed_over_as_it_is(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[OirsError] = []

    def refuse() -> None:
        raise FieldMissing(field="materia")

    tasks.run(refuse, lambda _: None, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], FieldMissing)


def test_a_fault_of_the_program_gets_the_same_number_each_time(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    seen: list[OirsError] = []

    def fail() -> None:
        raise ZeroDivisionError("12.345.678-5")

    log.start(tmp_path, lambda: START)
    for _ in range(2):
        tasks.run(fail, lambda _: None, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    log.stop()
    assert isinstance(seen[0], Bug)
    assert seen[0].data == seen[1].data
    written = (tmp_path / log.FILE_NAME).read_text(encoding="utf-8")
    told = [json.loads(line) for line in written.splitlines()]
    assert [(line["event"], line["number"]) for line in told] == [("bug", int(seen[0].data["number"]))] * 2
    assert "12.345.678-5" not in written


def test_nothing_is_delivered_after_the_end(qtbot: QtBot) -> None:
    seen: list[object] = []
    made = Tasks()
    made.run(lambda: 1, seen.append, seen.append)
    made.close()
    qtbot.wait(20)
    assert seen == []


def test_the_window_is_painted_before_anything_heavy_is_read() -> None:
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from oirs_desktop.ui.window.frame import Window\n"
        "from oirs_desktop.ui.look.theme import Theme\n"
        "from oirs_desktop.ui.look.i18n import install_spanish\n"
        "import oirs_desktop.ui.pages.meson, oirs_desktop.ui.form.nueva, oirs_desktop.ui.paper.comprobante\n"
        "app = QApplication([]); install_spanish(app)\n"
        "theme = Theme(); theme.apply(app)\n"
        "window = Window(theme); window.show(); window.grab()\n"
        f"print(sorted(m for m in {HEAVY!r} if m in sys.modules))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.strip() == "[]"


def test_dates_and_numbers_read_as_people_say_them() -> None:
    assert long_day(date(2026, 12, 3)) == "jueves 3 de diciembre de 2026"
    assert number(20_000) == "20.000"
    assert moment(START, ZONE, START) == "10:42"
    assert moment(START - DAY, ZONE, START) == "ayer 10:42"
    assert moment(START - 9 * DAY, ZONE, START) == "mar 17 nov 10:42"
