"""Documents at the counter: chosen, dropped, pasted or scanned, ticked, looked at and recorded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from oirs_core.domain.kinds import DocType
from oirs_desktop.attachments.folders import Scans, listing
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.kit.chooser import Chooser
from oirs_desktop.ui.paper.arrivals import source_of
from oirs_desktop.ui.parts import places
from tests.support.keys import CTRL, Key
from tests.support.papers import scan as sheet
from tests.support.papers import scanned_pdf, scripted_pdf, with_zip, written
from tests.support.stage import Stage, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from oirs_core.domain.events import Adjunto
    from oirs_desktop.ui.paper.adjuntos import Adjuntos


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "escaner"
    folder.mkdir()
    (folder / "antiguo.pdf").write_bytes(scripted_pdf())
    os.utime(folder / "antiguo.pdf", (1_000_000_000, 1_000_000_000))
    return folder


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, scans: Path) -> Iterator[Stage]:
    with open_stage(qtbot, tmp_path) as opened:
        assert opened.office.counter.documents is not None
        opened.office.counter.documents.scans = scans
        opened.raise_curtain()
        opened.keys.press(Key.Key_F2)
        opened.rest()
        yield opened


def nueva(stage: Stage) -> Adjuntos:
    assert isinstance(stage.screen, Nueva)
    return stage.screen.adjuntos


def rested(stage: Stage, adjuntos: Adjuntos) -> None:
    stage.until(lambda: stage.tasks.idle and not adjuntos.readings.busy)
    QApplication.processEvents()


def bring(stage: Stage, adjuntos: Adjuntos, path: Path) -> None:
    """Ctrl+J, the whole path, Enter."""
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    stage.keys.write(str(path))
    stage.keys.press(Key.Key_Return)
    rested(stage, adjuntos)


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def fill(stage: Stage) -> None:
    """Write the shortest attention."""
    screen = stage.screen
    assert isinstance(screen, Nueva)
    screen.quien.docs.choose(DocType.ANONIMO)
    screen.que.set_text("materia", "Cesantía")
    screen.que.set_text("relato", "Trae la carta de despido.")
    screen.termina.set_text("respuesta", "Se recibió la copia.")


def test_a_file_is_chosen_ticked_and_recorded_with_the_case(stage: Stage, tmp_path: Path) -> None:
    fill(stage)
    adjuntos = nueva(stage)
    bring(stage, adjuntos, file(tmp_path, "carta.bin", scanned_pdf(1)))
    assert not adjuntos.chooser.isVisible()
    stage.keys.press(Key.Key_Space)
    (paper,) = adjuntos.papers()
    assert (paper.nombre, paper.tipo, paper.cotejado) == ("carta.bin", "application/pdf", True)
    stage.keys.press(Key.Key_Return, CTRL)
    assert stage.screen.summary.problems == []
    stage.until(lambda: stage.screen.name == "comprobante")
    stage.rest()
    row = stage.office.store.recent(1)[0]
    case = stage.office.store.case(row.id)
    assert case is not None
    assert case.attachments == (paper,)
    assert stage.office.counter.documents is not None
    assert stage.office.counter.documents.vault.get(paper.sha256).startswith(b"%PDF")
    assert adjuntos.papers() == ()


def test_a_refused_file_says_why_and_the_focus_goes_back_to_the_text(stage: Stage, tmp_path: Path) -> None:
    screen, adjuntos = stage.screen, nueva(stage)
    assert isinstance(screen, Nueva)
    screen.que.relato.box.setFocus()
    bring(stage, adjuntos, file(tmp_path, "virus.pdf", with_zip(scripted_pdf())))
    assert adjuntos.banner.isVisible()
    assert adjuntos.banner.title.text() == "virus.pdf: Ese archivo lleva otro archivo adentro."
    assert adjuntos.papers() == ()
    assert stage.keys.focus is screen.que.relato.box


def test_the_limits_stand_in_the_form(stage: Stage) -> None:
    labels = [label.text() for label in nueva(stage).findChildren(type(nueva(stage).banner.title))]
    assert any("10 MB" in text and "25 MB" in text and "no el original" in text for text in labels)


def test_the_same_document_twice_is_taken_once(stage: Stage, tmp_path: Path) -> None:
    adjuntos, path = nueva(stage), file(tmp_path, "a.pdf", scripted_pdf())
    bring(stage, adjuntos, path)
    bring(stage, adjuntos, path)
    assert len(adjuntos.papers()) == 1
    assert "ya está" in adjuntos.banner.title.text()


def test_the_newest_files_of_a_folder_are_listed_and_narrowed_by_typing(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "Descargas"
    folder.mkdir()
    for name in ("boleta.pdf", "cédula.jpg", "planilla.xlsx"):
        file(folder, name, scripted_pdf())
    adjuntos = nueva(stage)
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    stage.keys.write(str(folder))
    stage.keys.press(Key.Key_Return)
    stage.rest()
    rows = adjuntos.chooser.list.rows
    assert {row.title for row in rows if row.icon == "file-text"} == {"boleta.pdf", "cédula.jpg"}
    assert [row.title for row in rows if row.aside == "subir"] == [tmp_path.name]
    stage.keys.write("cedu")
    assert [row.title for row in adjuntos.chooser.list.rows] == ["cédula.jpg"]
    stage.keys.press(Key.Key_Return)
    rested(stage, adjuntos)
    assert [paper.nombre for paper in adjuntos.papers()] == ["cédula.jpg"]


def test_the_folder_used_last_comes_again_with_ways_up_and_to_a_stick(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "PENDRIVE"
    stick.mkdir()
    file(stick, "carta.pdf", scripted_pdf())
    monkeypatch.setattr(places, "_plugged", lambda: [places.Spot(stick, "PENDRIVE", "pendrive o disco")])
    monkeypatch.setattr(Chooser, "last", tmp_path)
    adjuntos = nueva(stage)
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    stage.keys.write("pendr")
    stage.keys.press(Key.Key_Return)
    stage.rest()
    assert adjuntos.chooser.list.rows[0].title == "carta.pdf"
    stage.keys.press(Key.Key_Escape)
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    assert adjuntos.chooser.list.rows[0].title == "carta.pdf"
    stage.keys.press(Key.Key_Backspace)
    stage.rest()
    assert adjuntos.chooser.folder == tmp_path


def test_the_first_folder_is_that_of_the_downloads_or_the_next_that_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {QStandardPaths.StandardLocation.DocumentsLocation: str(tmp_path)}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: there.get(place, "/no/such"))
    assert places.first_folder() == tmp_path


def test_esc_closes_the_field_and_gives_the_focus_back(stage: Stage) -> None:
    screen, adjuntos = stage.screen, nueva(stage)
    assert isinstance(screen, Nueva)
    screen.que.relato.box.setFocus()
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    stage.keys.press(Key.Key_Escape)
    assert stage.screen is screen
    assert not adjuntos.chooser.isVisible()
    assert stage.keys.focus is screen.que.relato.box


def test_a_picture_on_the_clipboard_is_pasted_from_the_text_and_text_stays_text(stage: Stage) -> None:
    screen, adjuntos = stage.screen, nueva(stage)
    assert isinstance(screen, Nueva)
    screen.que.relato.box.setFocus()
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QApplication.clipboard().setImage(image)
    stage.keys.press(Key.Key_V, CTRL)
    rested(stage, adjuntos)
    assert [paper.nombre for paper in adjuntos.papers()] == ["Imagen pegada.png"]
    assert stage.keys.focus is screen.que.relato.box
    stage.keys.paste("Trae la carta.")
    assert screen.que.text("relato") == "Trae la carta."
    assert len(adjuntos.papers()) == 1


def test_files_are_dropped_anywhere_on_the_page(stage: Stage, tmp_path: Path) -> None:
    adjuntos = nueva(stage)
    mime = QMimeData()
    paths = [file(tmp_path, "a.pdf", scripted_pdf()), file(tmp_path, "b.png", written(sheet(2), "PNG"))]
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    screen = stage.screen
    assert isinstance(screen, Nueva)
    text = screen.que.relato.box.viewport()  # a field of text, which would write the path of the file
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(text, QDragEnterEvent(QPoint(5, 5), copy, mime, button, none))
    QApplication.sendEvent(text, QDropEvent(QPoint(5, 5), copy, mime, button, none))
    rested(stage, adjuntos)
    assert [paper.nombre for paper in adjuntos.papers()] == ["a.pdf", "b.png"]
    assert screen.que.text("relato") == ""


def test_a_scan_is_offered_once_it_has_stopped_growing_and_taken_by_enter(stage: Stage, scans: Path) -> None:
    adjuntos = nueva(stage)
    stage.rest()
    file(scans, "escaneo.pdf", scanned_pdf(1))
    stage.until(adjuntos.offer.isVisible)
    assert adjuntos.offer.title.text() == "Llegó del escáner: escaneo.pdf."
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    assert adjuntos.chooser.list.chosen is not None
    assert adjuntos.chooser.list.chosen.title == "escaneo.pdf"
    stage.keys.press(Key.Key_Return)
    rested(stage, adjuntos)
    assert [paper.nombre for paper in adjuntos.papers()] == ["escaneo.pdf"]
    assert not adjuntos.offer.isVisible()


def test_a_growing_file_and_one_that_was_there_before_are_not_offered(scans: Path) -> None:
    watched = Scans(scans)
    assert watched.look() == ()
    file(scans, "nuevo.pdf", b"%PDF-")
    assert watched.look() == ()
    file(scans, "nuevo.pdf", b"%PDF-1.7")
    assert watched.look() == ()
    assert watched.look() == (scans / "nuevo.pdf",)
    assert watched.look() == ()
    assert Scans(scans / "no-esta").look() == ()
    assert listing(scans).entries[-1].path.name == "antiguo.pdf"


def test_a_draft_keeps_its_documents(stage: Stage, tmp_path: Path) -> None:
    adjuntos = nueva(stage)
    bring(stage, adjuntos, file(tmp_path, "a.pdf", scripted_pdf()))
    papers, kept = adjuntos.papers(), adjuntos.state()
    adjuntos.put(())
    adjuntos.restore(kept)
    assert adjuntos.papers() == papers
    adjuntos.restore({"adjuntos": "[{]"})
    assert adjuntos.papers() == ()


def test_a_document_that_is_still_read_never_lands_with_the_next_person(stage: Stage, tmp_path: Path) -> None:
    fill(stage)
    adjuntos = nueva(stage)
    adjuntos.take([source_of(file(tmp_path, "larga.pdf", scanned_pdf(6)))])
    stage.keys.press(Key.Key_Return, CTRL)
    assert "Todavía se lee un documento" in stage.toasts[-1]
    stage.keys.press(Key.Key_F5)
    stage.keys.press(Key.Key_F2)
    rested(stage, adjuntos)
    assert adjuntos.papers() == ()
    assert adjuntos.banner.title.text() == "larga.pdf: El documento no se adjuntó."


def test_a_case_is_filed_even_when_one_of_its_documents_is_gone(stage: Stage, tmp_path: Path) -> None:
    fill(stage)
    bring(stage, nueva(stage), file(tmp_path, "a.pdf", scripted_pdf()))
    (taken,) = (tmp_path / "documents" / "taken").iterdir()
    taken.unlink()
    stage.keys.press(Key.Key_Return, CTRL)
    stage.until(lambda: stage.screen.name == "comprobante")
    assert "Falta un documento" in "".join(stage.toasts)


def test_killed_between_the_bytes_and_the_act_the_case_stands_without_it_and_no_file_is_half(
    stage: Stage,
) -> None:
    documents, case = stage.office.counter.documents, stage.office.file("Rosa Elena")
    assert documents is not None
    paper = documents.take("a.pdf", scripted_pdf())
    documents.keep((paper,))  # and here the counter ends
    again = stage.office.store.case(case.id)
    assert again is not None
    assert again.attachments == ()
    assert documents.vault.get(paper.sha256).startswith(b"%PDF")
    assert stage.office.counter.attach(case.id, paper).case.attachments == (paper,)


@pytest.fixture
def caso(stage: Stage) -> Caso:
    case = stage.office.file("Rosa Elena")
    stage.window.go("caso", case.id)
    stage.rest()
    assert isinstance(stage.screen, Caso)
    return stage.screen


def attach(stage: Stage, caso: Caso, path: Path) -> None:
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    assert caso.panel is not None
    bring(stage, caso.panel.adjuntos, path)  # type: ignore[attr-defined] # the panel of documents
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()


def held(stage: Stage, caso: Caso) -> tuple[Adjunto, ...]:
    assert caso.entity is not None
    case = stage.office.store.case(caso.entity)
    assert case is not None
    return case.attachments


def test_all_files_of_the_list_are_in_sight_and_a_document_begins_at_its_head(
    stage: Stage, caso: Caso, tmp_path: Path
) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf", "d.pdf"):
        file(tmp_path, name, scanned_pdf(1))
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    assert caso.panel is not None
    chooser = caso.panel.adjuntos.chooser  # type: ignore[attr-defined] # the panel of documents
    stage.keys.write(f"{tmp_path}/")
    stage.keys.press(Key.Key_Return)
    stage.until(lambda: whole(caso, chooser.list) and whole(caso, chooser.field))
    stage.keys.press(Key.Key_Escape)
    attach(stage, caso, tmp_path / "a.pdf")
    caso.timeline.looked.emit(caso.timeline.stories[0].paper)
    stage.until(lambda: caso.viewer.height() > caso.area.viewport().height())
    stage.qtbot.wait(400)  # the focus is followed so long
    assert whole(caso, caso.viewer.title)
    assert whole(caso, caso.viewer.close_button)


def whole(caso: Caso, part: QWidget) -> bool:
    """Whether nothing of it is cut by the edge of the page."""
    view = caso.area.viewport()
    return view.rect().contains(QRect(part.mapTo(view, QPoint(0, 0)), part.size()))


def test_a_document_is_added_to_a_case_looked_at_and_taken_back(
    stage: Stage, caso: Caso, tmp_path: Path
) -> None:
    attach(stage, caso, file(tmp_path, "carta.pdf", scanned_pdf(2)))
    assert [paper.nombre for paper in held(stage, caso)] == ["carta.pdf"]
    assert caso.panel is None
    assert caso.timeline.stories[0].title == "Se adjuntó carta.pdf"
    caso.timeline.looked.emit(caso.timeline.stories[0].paper)
    stage.rest()
    assert caso.viewer.isVisible()
    first = caso.viewer.picture.image
    assert first.width() >= 700
    stage.until(lambda: caso.viewer.picture.height() > 1.4 * caso.viewer.picture.width())
    bar = caso.area.verticalScrollBar()
    stage.until(lambda: bar.maximum() > bar.value())
    before = bar.value()
    stage.keys.press(Key.Key_Down)
    assert bar.value() > before
    stage.keys.press(Key.Key_PageDown)
    stage.rest()
    assert caso.viewer.where.text() == "Página 2 de 2"
    assert caso.viewer.picture.image != first
    stage.keys.press(Key.Key_Escape)
    assert stage.screen is caso
    assert not caso.viewer.isVisible()
    toast = stage.window.toasts.history[-1]
    assert toast.undo is not None
    toast.undo()
    stage.rest()
    assert held(stage, caso) == ()


def test_a_document_changed_on_the_disk_is_not_shown(stage: Stage, caso: Caso, tmp_path: Path) -> None:
    attach(stage, caso, file(tmp_path, "carta.pdf", scripted_pdf()))
    (kept,) = [path for path in (tmp_path / "documents").iterdir() if path.is_file()]
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    caso.timeline.looked.emit(caso.timeline.stories[0].paper)
    stage.rest()
    assert caso.viewer.said.text().startswith("El documento guardado está alterado")


def test_nothing_chosen_is_said_in_the_panel(stage: Stage, caso: Caso) -> None:
    stage.keys.press(Key.Key_J, CTRL)
    stage.rest()
    stage.keys.press(Key.Key_Return, CTRL)
    assert caso.panel is not None
    assert caso.panel.banner.title.text() == "Falta elegir un documento."
