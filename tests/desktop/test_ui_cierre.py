"""The day's close as the official sees it: F12, look, Enter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from oirs_core.domain.events import Copia
from oirs_core.domain.kinds import Salida
from oirs_desktop.ui.pages.cierre import Cierre
from oirs_desktop.ui.pages.pendientes import Pendientes
from oirs_desktop.ui.parts.widgets import PlainLabel
from tests.support.keys import ALT, Key
from tests.support.office import DAY, SERVIU
from tests.support.printer import Printer
from tests.support.stage import Stage, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_stage(qtbot, tmp_path) as opened:
        opened.raise_curtain()
        yield opened


def cierre(stage: Stage) -> Cierre:
    stage.keys.press(Key.Key_F12)
    stage.rest()
    assert isinstance(stage.screen, Cierre)
    return stage.screen


def told(screen: Cierre, label: str) -> str:
    return next(said.text for said in screen.lines.said if said.label == label)


def close(stage: Stage) -> None:
    stage.keys.press(Key.Key_Return)
    stage.rest()


def test_the_day_is_closed_with_2_keys_of_4_and_its_book_is_kept(stage: Stage) -> None:
    case = stage.office.file("Rosa", salida=Salida.RESPONDIDA, respuesta="Sí.")
    stage.office.desk.add(case.id, Copia(1))
    screen = cierre(stage)
    assert told(screen, "Folios").startswith("8KB-0A2R-0001-Z. Sin saltos")
    assert told(screen, "Reimpresiones") == "1: COPIA 1 de 8KB-0A2R-0001-Z."
    close(stage)
    assert stage.keys.count <= 4
    assert screen.day is not None
    assert stage.office.counter.daybook(screen.day).name == "cierre-2026-11-26.pdf"
    assert stage.office.counter.daybook(screen.day).exists()
    assert screen.state.title.text() == "El libro del día quedó guardado."
    assert screen.finish.text() == "Cerrar otra vez"
    assert "otro equipo" in screen.state.advice.text()


def test_the_folder_of_the_book_is_named_and_opened_by_a_key(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    screen = cierre(stage)
    assert screen.day is not None
    folder = stage.office.counter.daybook(screen.day).parent
    close(stage)
    told_folder = screen.state.advice.text().replace("\u200b", "")
    assert f"Archivo cierre-2026-11-26.pdf, en la carpeta {folder}" in told_folder
    stage.keys.press(Key.Key_P, ALT)
    assert opened == [QUrl.fromLocalFile(str(folder))]
    assert stage.toasts == ["Este equipo no tiene con qué abrir carpetas. Está donde se indica."]


def test_what_waits_is_said_before_the_day_is_closed_and_a_second_enter_closes(stage: Stage) -> None:
    stage.office.desk.save_draft(1, json.dumps({"relato": "Pide"}))
    screen = cierre(stage)
    assert screen.day is not None
    book = stage.office.counter.daybook(screen.day)
    assert screen.unfinished.title.text() == "Queda 1 borrador."
    close(stage)
    assert not book.exists()
    assert screen.unfinished.advice.text() == "Enter otra vez cierra igual."
    assert screen.finish.text() == "Cerrar igual"
    close(stage)
    assert book.exists()
    assert stage.keys.count <= 4
    stage.keys.press(Key.Key_B, ALT)
    stage.rest()
    assert stage.screen.name == "meson"


def test_pending_is_one_number_and_the_cases_of_the_day_have_another_word(stage: Stage) -> None:
    stage.office.file("Ayer", ago=DAY)
    stage.office.file("Ana", salida=Salida.DERIVADA, destino=SERVIU)
    stage.office.file("Eva")
    stage.window.refresh()
    screen = cierre(stage)
    heads = [label.text() for label in screen.counts.findChildren(PlainLabel)]
    assert heads[:5] == ["Respondidas", "Derivadas", "En trámite", "Cerradas", "Total"]
    assert stage.window.header.keys["pendientes"].accessibleName() == "Pendientes 3"
    stage.keys.press(Key.Key_F8)
    stage.rest()
    assert isinstance(stage.screen, Pendientes)
    assert stage.screen.count.text().startswith("3 casos abiertos.")


def test_with_a_printer_the_book_comes_out(stage: Stage) -> None:
    printer = Printer()
    stage.office.counter._printers = printer
    stage.office.file("Rosa")
    screen = cierre(stage)
    close(stage)
    assert [one.title for one in printer.sent] == ["cierre-2026-11-26"]
    assert screen.state.title.text() == "El libro del día se envió a la impresora."


def test_a_day_without_people_can_be_closed_all_the_same(stage: Stage) -> None:
    screen = cierre(stage)
    assert screen.empty.title.text() == "Hoy no hubo atenciones: no hay nada que cerrar."
    assert (screen.finish.text(), screen.finish.property("kind")) == ("Cerrar igual", "key")
    assert not screen.counts.isVisible()
    close(stage)
    assert screen.day is not None
    assert stage.office.counter.daybook(screen.day).exists()


def test_keys_lead_to_the_day_before_and_back_but_not_to_tomorrow(stage: Stage) -> None:
    stage.office.file("Ayer", ago=DAY)
    screen = cierre(stage)
    stage.keys.press(Key.Key_Left, ALT)
    stage.rest()
    assert screen.heading.text() == "Cierre de otro día"
    assert "miércoles 25 de noviembre de 2026" in screen.about.text()
    assert "1 atención" in screen.about.text()
    stage.keys.press(Key.Key_Right, ALT, times=2)
    stage.rest()
    assert screen.heading.text() == "Cierre del día"
    assert stage.toasts == ["Ese día aún no llega."]


def test_a_full_disk_is_told_and_the_cases_are_safe(stage: Stage) -> None:
    stage.office.file("Rosa")
    screen = cierre(stage)
    assert screen.day is not None
    folder = stage.office.counter.daybook(screen.day).parent
    folder.write_text("a file stands where the folder should be")
    close(stage)
    assert screen.state.title.text() == "No hay espacio en el disco para el libro del día."


def test_what_waits_to_be_sent_leads_to_its_screen(stage: Stage) -> None:
    stage.office.file("Rosa")
    screen = cierre(stage)
    assert told(screen, "Por enviar").startswith("1 movimiento de este día; 1 en total")
    assert screen.pending.isVisible()
    screen.pending.click()
    stage.rest()
    assert stage.screen.name == "envio"
