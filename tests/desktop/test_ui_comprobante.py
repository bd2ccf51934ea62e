"""The receipt on screen: the folio first, the paper when it comes."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from oirs_core.domain.folio import Folio, spell
from oirs_core.domain.kinds import Salida
from oirs_desktop.store import Recorded
from oirs_desktop.ui.paper.comprobante import Comprobante
from tests.support.keys import Key
from tests.support.office import DAY
from tests.support.printer import Printer

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_core.domain.solicitud import Solicitud
    from tests.support.stage import Stage


class Slow(Printer):
    """A printer that holds on to what it is sent, and then fails."""

    free: Event
    called = False

    def send(self, pdf: Path, title: str, printer: str) -> str:
        self.called = self.broken = True
        assert self.free.wait(10)
        return super().send(pdf, title, printer)


def receipt(desk: Stage) -> Comprobante:
    assert isinstance(desk.screen, Comprobante)
    return desk.screen


def show(desk: Stage, **changes: object) -> Solicitud:
    case = desk.office.file("Rosa Elena", **changes)
    desk.window.go("comprobante", Recorded(case, ()))
    return case


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return document[0].get_textpage().get_text_range()
    finally:
        document.close()


def test_the_folio_shows_before_there_is_any_paper(desk: Stage) -> None:
    case = show(desk)
    screen = receipt(desk)
    assert screen.folio.text() == Folio(case.ingreso.folio).grouped
    assert screen.paper is None
    assert "cero cero cero uno" in screen.spoken.text()
    assert case.ingreso.clave in screen.clave.text()
    assert screen.folio.fontInfo().pixelSize() >= 37  # 28 pt


def test_the_paper_is_shown_as_it_was_kept(desk: Stage) -> None:
    show(desk)
    desk.rest()
    screen = receipt(desk)
    assert screen.paper is not None
    assert screen.paper.pdf is not None
    assert screen.folio.text() in text(screen.paper.pdf)
    picture = screen.view.picture.pixmap()
    assert not picture.isNull()
    colors = {picture.toImage().pixel(x, 40) for x in range(0, picture.width(), 3)}
    assert len(colors) > 1


def test_without_a_printer_it_says_so_and_the_next_person_can_come(desk: Stage) -> None:
    show(desk)
    desk.rest()
    assert "guardado" in receipt(desk).state.title.text()
    desk.keys.press(Key.Key_F2)
    desk.wait_for("nueva")


def test_print_without_a_printer_explains_and_the_file_opens_by_key(
    desk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return len(opened) < 3

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    show(desk)
    desk.rest()
    screen = receipt(desk)
    assert "Alt+P" in screen.state.advice.text()
    paper = screen.paper
    assert paper is not None
    assert paper.pdf is not None
    assert paper.pdf.name in screen.kept.where.text()
    assert str(paper.pdf.parent) in screen.kept.where.text().replace("\u200b", "")
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert screen.state.title.text() == "El comprobante queda guardado en PDF."
    assert "Cuando haya impresora, F9 lo imprime" in screen.state.advice.text()
    assert desk.keys.focus is screen.print
    desk.keys.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    desk.keys.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert opened == [str(paper.pdf)] * 2
    desk.keys.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert "no tiene con qué abrir PDF" in desk.toasts[-1]


def test_the_large_button_stays_in_sight_where_it_is_while_it_is_pressed(desk: Stage) -> None:
    desk.window.resize(1000, 600)
    show(desk)
    desk.rest()
    desk.qtbot.wait(400)
    places = []
    for _ in range(2):
        button, view = receipt(desk).print, desk.screen.area.viewport()
        places.append(button.mapTo(view, button.rect().bottomLeft()).y())
        desk.keys.press(Key.Key_Return)
        desk.rest()
        desk.qtbot.wait(100)
    assert places[0] == places[1] < desk.screen.area.viewport().height()


def test_a_printer_plugged_in_since_prints_what_was_to_be_printed_later(desk: Stage) -> None:
    show(desk)
    desk.rest()
    desk.office.counter._printers = printer = Printer()
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert receipt(desk).print.text() == "Imprimir"
    assert len(printer.sent) == 1


def test_the_key_of_the_term_has_an_answer_where_there_is_none(desk: Stage) -> None:
    show(desk, salida=Salida.RESPONDIDA, respuesta="Sí.")
    desk.rest()
    desk.keys.press(Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert desk.toasts[-1] == "Este caso no tiene un plazo que contar."


def test_the_large_button_promises_no_print_where_there_is_no_printer(desk: Stage) -> None:
    show(desk)
    desk.rest()
    assert receipt(desk).print.text() == "Imprimir luego"
    desk.office.counter._printers = Printer()
    show(desk)
    desk.rest()
    assert receipt(desk).print.text() == "Imprimir"


def test_the_clave_is_spelled_and_a_case_of_before_says_its_day(desk: Stage) -> None:
    case = show(desk)
    desk.rest()
    screen = receipt(desk)
    assert screen.clave_spoken.text() == f"Diga: {', '.join(map(spell, case.ingreso.clave))}"
    assert screen.saved.words.text() == "Caso guardado a las 10:42"
    before = desk.office.file("Pedro", ago=2 * DAY)
    desk.window.go("comprobante", before.id)
    desk.rest()
    assert screen.saved.words.text() == "Caso guardado el martes 24 de noviembre a las 10:42"
    assert (
        screen.state.advice.text()
        == "No hay impresora en este equipo: ábralo con Alt+P, o dicte folio y clave."
    )


def test_another_printer_is_chosen_beside_the_paper_and_kept(desk: Stage) -> None:
    printer = Printer()
    desk.office.counter._printers = printer
    show(desk)
    desk.rest()
    line = receipt(desk).kept.choice
    assert [line.itemText(n) for n in range(line.count())] == ["La que usa el equipo", "mesón", "pasillo"]
    line.setFocus()
    desk.keys.press(Key.Key_End)
    assert desk.office.counter.printer() == "pasillo"
    assert desk.screen.kit.tastes.settings.printer == "pasillo"
    show(desk)
    desk.rest()
    assert [one.printer for one in printer.sent] == ["mesón", "pasillo"]


def test_a_copy_without_a_printer_is_said_to_be_a_file(desk: Stage) -> None:
    show(desk)
    desk.rest()
    desk.keys.press(Key.Key_F9)
    desk.rest()
    assert receipt(desk).state.title.text() == "Copia 1. El comprobante quedó guardado en PDF."


@pytest.mark.parametrize("height", [700, 740])
def test_no_button_of_the_receipt_is_cut_on_an_old_panel(desk: Stage, height: int) -> None:
    desk.window.resize(1366, height)
    show(desk)
    desk.rest()
    screen = receipt(desk)
    view = screen.area.viewport()
    for button in (screen.print, screen.next, screen.kept.button, screen.copy, screen.see):
        foot = button.mapTo(view, button.rect().bottomLeft()).y()
        assert foot < view.height(), button.text()


def test_a_promised_date_unfolds_into_its_days(desk: Stage) -> None:
    show(desk)
    desk.rest()
    screen = receipt(desk)
    assert "3 de diciembre" in screen.promise.text()
    assert not screen.days.isVisible()
    while desk.keys.focus is not screen.unfold:
        desk.keys.press(Key.Key_Tab)
    desk.keys.press(Key.Key_Return)
    assert "sábado 28" in screen.days.text()
    assert screen.days.isVisible()


def test_what_was_answered_at_once_promises_nothing_more(desk: Stage) -> None:
    show(desk, salida=Salida.RESPONDIDA, respuesta="Se le explicó.")
    desk.rest()
    assert receipt(desk).promise.text() == "Se respondió en el mesón."


def test_the_printer_gets_the_paper_once_however_often_enter_is_pressed(desk: Stage) -> None:
    printer = Printer()
    desk.office.counter._printers = printer
    show(desk)
    desk.rest()
    desk.keys.press(Key.Key_Return, times=5)
    desk.rest()
    assert len(printer.sent) == 1
    assert "impresora" in receipt(desk).state.title.text()


def test_a_printer_that_failed_can_be_tried_again(desk: Stage) -> None:
    printer = Printer()
    printer.broken = True
    desk.office.counter._printers = printer
    case = show(desk)
    desk.rest()
    assert "guardado" in receipt(desk).state.title.text()
    assert desk.office.store.case(case.id) is not None
    printer.broken = False
    desk.keys.press(Key.Key_Return)
    desk.rest()
    assert len(printer.sent) == 1


def test_another_copy_is_recorded_and_says_so_on_paper(desk: Stage) -> None:
    case = show(desk)
    desk.rest()
    desk.keys.press(Key.Key_F9)
    desk.rest()
    again = desk.office.store.case(case.id)
    assert again is not None
    assert again.copies == 1
    paper = receipt(desk).paper
    assert paper is not None
    assert paper.pdf is not None
    assert "COPIA 1" in text(paper.pdf)


def test_a_case_of_before_is_shown_without_printing(desk: Stage) -> None:
    printer = Printer()
    desk.office.counter._printers = printer
    case = desk.office.file("Rosa Elena")
    desk.window.go("comprobante", case.id)
    desk.rest()
    desk.qtbot.waitUntil(lambda: receipt(desk).paper is not None)
    assert printer.sent == []


def test_a_printer_that_hangs_holds_up_neither_the_store_nor_the_next_receipt(desk: Stage) -> None:
    printer, free = Slow(), Event()
    printer.free = free
    desk.office.counter._printers = printer
    show(desk)
    desk.qtbot.waitUntil(lambda: printer.called)
    case = show(desk)
    try:
        desk.qtbot.waitUntil(lambda: shown_case(desk) == case.id, timeout=3_000)
        assert "Enviando" in receipt(desk).state.title.text()
        assert not free.is_set()
    finally:
        free.set()
    desk.rest()
    assert any("No salió en papel" in text for text in desk.toasts)
    assert "no se imprimió" in receipt(desk).state.title.text()


def shown_case(desk: Stage) -> bytes | None:
    paper = receipt(desk).paper
    return paper.case.id if paper else None
