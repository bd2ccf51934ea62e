"""Scans as bursts of keys, whatever has the focus; and typing that is none."""

from __future__ import annotations

import base64
import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from oirs_core.domain.kinds import DocType, Kind
from oirs_core.signature import PaperCode
from oirs_desktop.desk import receipt_facts
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.form.nueva import Nueva
from tests.support.keys import CTRL, PLAIN, SHIFT, Key
from tests.support.office import OFFICE
from tests.support.scans import LAYOUTS, Hand, garble
from tests.support.stage import Stage, show_window
from tests.support.tree import MODULES, relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from oirs_core.domain.solicitud import Solicitud

TABLE = Path(__file__).parents[1] / "data/cedula_qr_samples.csv"
SAMPLES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
DESKTOP = [path for path in MODULES if relative(path).startswith("oirs_desktop/")]
ROSA = "https://portal.sidiv.registrocivil.cl/docstatus?RUN=12345678-5&type=CEDULA&serial=599000101&mrz=599000101985031493103142"
NAMED = ROSA.replace("12345678-5", "33400008-7") + "&name=MAR%CDA%20JOS%C9%20%20%D1ANCO%20IB%C1%D1EZ"


class Counter:
    """A window, a scanner before it, and no browser behind it."""

    def __init__(self, shown: Stage) -> None:
        self.shown, self.hand = shown, Hand()
        shown.window.reader.scanner.clock = self.hand.time

    def scan(self, text: str, end: str = "\r") -> None:
        """Scan and wait for what follows."""
        self.hand.burst(text + end)
        scanner = self.shown.window.reader.scanner
        self.shown.qtbot.waitUntil(lambda: not scanner._taking, timeout=3_000)
        self.shown.rest()

    @property
    def form(self) -> Nueva:
        """The form, which must be in sight."""
        assert isinstance(self.shown.screen, Nueva)
        return self.shown.screen


@pytest.fixture
def counter(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    for shown in show_window(qtbot, tmp_path):
        yield Counter(shown)
    assert opened == []


def payload(row: dict[str, str]) -> str:
    return base64.b64decode(row["payload_base64_latin1"]).decode("latin-1")


def code(counter: Counter, case: Solicitud) -> str:
    return str(PaperCode.make(OFFICE.base, receipt_facts(case), counter.shown.office.made.key))


def focus_on(counter: Counter, place: str) -> None:
    """Bring the focus to the box, the text or the button."""
    if place == "box":
        assert isinstance(counter.shown.keys.focus, QLineEdit)
        return
    counter.shown.keys.press(Key.Key_F2)
    counter.shown.wait_for("nueva")
    pill = counter.form.quien.docs.focusProxy()
    assert pill is not None
    relato = counter.form.que.fields["relato"].editor
    places: dict[str, QWidget] = {"relato": relato, "button": counter.form.register, "pill": pill}
    places[place].setFocus()
    assert counter.shown.keys.focus is places[place]


PLACES = ["box", "relato", "button", "pill"]


def test_every_sample_on_every_keyboard_begins_the_attention_of_its_person(counter: Counter) -> None:
    for row in SAMPLES:
        for keyboard in LAYOUTS:
            counter.shown.window.go("meson")
            counter.scan(garble(payload(row), keyboard))
            name = " ".join(row["nombre_o_apellido"].split())
            assert counter.form.quien.number() == row["run"], (row["id"], keyboard)
            assert counter.form.quien.persona().full_name.upper() == name, (row["id"], keyboard)
            counter.form.empty.click()


@pytest.mark.parametrize("place", PLACES)
def test_an_old_card_is_read_with_any_focus_and_leaves_nothing_behind(counter: Counter, place: str) -> None:
    focus_on(counter, place)
    counter.scan(payload(SAMPLES[7]))
    person = counter.form.quien.persona()
    assert (person.doc_numero, person.full_name) == ("34100003-3", "Álamos")
    assert counter.form.que.text("relato") == ""
    assert counter.shown.keys.focus is counter.form.quien.fields["nombres"].editor
    assert not counter.form.summary.problems


@pytest.mark.parametrize("place", PLACES)
def test_a_scanned_consulta_takes_at_most_ten_keys(counter: Counter, place: str) -> None:
    shown = counter.shown
    shown.office.file("Rosa Elena")
    focus_on(counter, place)
    keys = shown.keys
    keys.count = 0
    counter.scan(garble(ROSA, "latam"))
    assert counter.form.quien.persona().full_name == "Rosa Elena Millapán Hueque"
    assert keys.focus is counter.form.que.fields["materia"].editor
    assert counter.form.que.text("relato") == ""
    keys.type("sub")
    shown.rest()
    keys.press(Key.Key_Return)
    keys.press(Key.Key_Tab)
    keys.write("Pregunta por el subsidio.")
    keys.press(Key.Key_Tab)
    keys.press(Key.Key_Tab)
    keys.write("Se le explicó.")
    keys.press(Key.Key_Return, CTRL)
    shown.wait_for("comprobante")
    assert keys.count <= 10


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("keyboard", LAYOUTS)
def test_a_scanned_receipt_opens_its_case_with_no_key_at_all(
    counter: Counter, place: str, keyboard: str
) -> None:
    case = counter.shown.office.file("Rosa Elena")
    focus_on(counter, place)
    counter.scan(garble(code(counter, case), keyboard))
    assert isinstance(counter.shown.screen, Caso)
    assert any("auténtico" in text for text in counter.shown.toasts)


def test_a_field_stands_as_before_with_its_cursor_and_selection(counter: Counter) -> None:
    focus_on(counter, "relato")
    box = counter.form.que.fields["relato"].editor
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText("Llueve 🙂 adentro\ndesde mayo")
    cursor = box.textCursor()
    cursor.setPosition(20)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    counter.scan("https://www.example.cl/menu")
    after = box.textCursor()
    assert box.toPlainText() == "Llueve 🙂 adentro\ndesde mayo"
    assert (after.anchor(), after.position()) == (20, 7)


def test_a_line_stands_as_before_with_its_selection(counter: Counter) -> None:
    focus_on(counter, "relato")
    line = counter.form.quien.fields["correo"].editor
    assert isinstance(line, QLineEdit)
    line.setText("+56 9 5555 1234")
    line.setFocus()
    line.setSelection(10, -4)
    counter.scan("https://www.example.cl/menu")
    assert (line.text(), line.selectedText(), line.cursorPosition()) == ("+56 9 5555 1234", "5555", 6)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_scan_over_an_open_menu_closes_it_and_is_read(counter: Counter) -> None:
    focus_on(counter, "relato")
    box = counter.form.que.fields["relato"].editor
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText("Llueve adentro")
    box.selectAll()
    reason = QContextMenuEvent.Reason.Keyboard
    spot = box.mapToGlobal(QPoint(5, 5))
    QApplication.sendEvent(box.viewport(), QContextMenuEvent(reason, QPoint(5, 5), spot))
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    handle = counter.shown.window.windowHandle()
    counter.shown.qtbot.wait(50)  # the menu is painted: the scanner's own clock would take that for a pause
    counter.hand.ms += 1_000
    for symbol in f"{ROSA}\r":
        counter.hand.ms += 5
        QTest.keyClick(handle, ord(symbol), SHIFT if symbol.isupper() else PLAIN)
    counter.shown.until(lambda: not counter.shown.window.reader.scanner._taking)
    counter.shown.rest()
    assert QApplication.activePopupWidget() is None
    assert box.toPlainText() == "Llueve adentro"
    assert counter.form.quien.persona().doc_numero == "12345678-5", counter.shown.toasts


def test_a_strange_code_is_told_and_can_be_typed_after_all(counter: Counter) -> None:
    focus_on(counter, "relato")
    counter.scan("https://www.example.cl/menu")
    assert counter.form.que.text("relato") == ""
    toast = counter.shown.window.toasts.history[-1]
    assert "no es de una cédula" in toast.text
    assert toast.undo is not None
    toast.undo()
    assert counter.form.que.text("relato") == "https://www.example.cl/menu"


def test_a_password_keeps_nothing_of_a_scan(counter: Counter) -> None:
    word = QLineEdit(counter.shown.window)
    word.setEchoMode(QLineEdit.EchoMode.Password)
    word.setText("clave")
    word.show()
    word.setFocus()
    counter.scan("https://www.example.cl/menu")
    assert (word.text(), counter.shown.window.toasts.history[-1].undo) == ("clave", None)
    counter.scan(ROSA)
    assert word.text() == "clave"


@pytest.mark.parametrize("end", ["", "\t", "\r\n"])
def test_a_scan_may_end_in_nothing_a_tab_or_two_keys(counter: Counter, end: str) -> None:
    counter.scan(ROSA, end)
    assert counter.form.quien.number() == "12345678-5"
    assert counter.shown.keys.focus is counter.form.quien.fields["nombres"].editor


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ROSA[:48], "a medias"),
        (ROSA[3:], "a medias"),
        (ROSA.replace("3142", "3143"), "no se leyó bien"),
        (ROSA.replace("678-5", "678-6"), "dígito verificador"),
    ],
)
def test_a_bad_reading_says_what_to_do_and_types_nothing(counter: Counter, text: str, words: str) -> None:
    focus_on(counter, "relato")
    counter.scan(text, "")
    assert words in counter.shown.toasts[-1]
    assert counter.form.que.text("relato") == ""
    assert counter.form.quien.text("doc_numero") == ""


def test_a_receipt_read_in_part_is_not_called_altered(counter: Counter) -> None:
    case = counter.shown.office.file("Rosa Elena")
    counter.scan(code(counter, case)[:-9])
    assert "a medias" in counter.shown.toasts[-1]


def test_a_card_read_in_part_gives_its_run_and_says_so(counter: Counter) -> None:
    counter.scan(ROSA[:-18])
    assert counter.form.quien.number() == "12345678-5"
    assert "una parte" in counter.shown.toasts[-1]


def test_control_characters_go_nowhere(counter: Counter) -> None:
    counter.scan("\x1d".join([ROSA[:20], ROSA[20:]]) + "\x04")
    assert counter.form.quien.number() == "12345678-5"


def test_the_card_of_the_next_person_leaves_the_running_attention_waiting(counter: Counter) -> None:
    counter.scan(NAMED)
    assert counter.form.quien.persona().full_name == "María José Ñanco Ibáñez"
    counter.form.que.fields["relato"].editor.setFocus()
    counter.hand.burst("Pide un certificado.", gap=80)
    counter.scan(NAMED)
    assert counter.form.que.text("relato") == "Pide un certificado."
    counter.scan(ROSA)
    assert counter.form.quien.number() == "12345678-5"
    assert counter.form.que.text("relato") == ""
    assert counter.form.parked.isVisible()
    assert "María José" in counter.form.parked.title.text()


def test_a_card_goes_into_the_text_that_is_still_nobody_s(counter: Counter) -> None:
    focus_on(counter, "relato")
    counter.hand.burst("Pide un certificado.", gap=80)
    counter.scan(NAMED)
    assert counter.form.que.text("relato") == "Pide un certificado."
    assert counter.form.quien.number() == "33400008-7"
    assert not counter.form.parked.isVisible()


def test_what_somebody_anonymous_told_gets_no_name(counter: Counter) -> None:
    focus_on(counter, "relato")
    counter.form.quien.docs.choose(DocType.ANONIMO)
    counter.hand.burst("Denuncia a su jefe.", gap=80)
    counter.scan(NAMED)
    assert counter.form.que.text("relato") == ""
    assert counter.form.parked.isVisible()


def test_a_run_half_typed_gives_way_to_the_card(counter: Counter) -> None:
    focus_on(counter, "relato")
    counter.form.quien.line.setFocus()
    counter.hand.burst("3340", gap=80)
    counter.scan(NAMED)
    assert counter.form.quien.number() == "33400008-7"
    assert not counter.form.parked.isVisible()


def test_ordinary_typing_and_pasting_is_left_alone(counter: Counter) -> None:
    focus_on(counter, "relato")
    relato = counter.form.que.fields["relato"].editor
    typed = [
        ("Vive en https://www.example.cl/lugar 12345678-5", 2),
        ("https://lenta.example.cl", 60),
        ("httpd 12345678901234567890", 2),
        ("34100003-3", 2),
    ]
    for text, gap in typed:
        counter.form.que.set_text("relato", "")
        counter.hand.burst(text, gap)
        assert counter.form.que.text("relato") == text
    counter.form.que.set_text("relato", "")
    counter.shown.keys.paste(ROSA)
    assert counter.form.que.text("relato") == ROSA
    assert counter.shown.keys.focus is relato


def test_letters_on_a_row_of_choices_still_choose(counter: Counter) -> None:
    focus_on(counter, "pill")
    counter.hand.burst("p", gap=2)
    assert counter.form.quien.doc_tipo.value == "pasaporte"
    counter.hand.burst("r", gap=2)
    assert counter.form.quien.doc_tipo.value == "run"
    assert counter.form.que.kind() is Kind.CONSULTA


def test_keys_that_waited_on_a_button_reach_it_when_they_are_no_code(counter: Counter) -> None:
    focus_on(counter, "button")
    counter.hand.burst("ht", gap=2)
    counter.hand.more("\r", gap=2)
    assert counter.form.summary.problems


def test_no_module_can_open_an_address() -> None:
    ways = re.compile(r"openUrl\((?!QUrl\.fromLocalFile\()|webbrowser|setOpenExternalLinks|urlopen")
    assert ways.search("QDesktopServices.openUrl(url)")
    assert [relative(path) for path in DESKTOP if ways.search(path.read_text(encoding="utf-8"))] == []
