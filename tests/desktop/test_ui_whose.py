"""Who is served is always in sight, and no word meant for one place lands in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from oirs_core.domain.catalogue import Catalogue
from oirs_core.domain.kinds import Kind, Salida
from oirs_desktop.ui.form.naming import capitals
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.texts.corrections import Change, told
from oirs_desktop.ui.texts.words import as_written
from tests.support.keys import ALT, CTRL, SHIFT, Key
from tests.support.stage import open_stage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def form(desk: Stage) -> Nueva:
    return desk.page(Nueva)


def press(desk: Stage, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.keys.press(key, modifiers)
    desk.rest()


def attend(desk: Stage, run: str) -> None:
    press(desk, Key.Key_F2)
    desk.keys.write(run)
    press(desk, Key.Key_Return)


def line(desk: Stage) -> str:
    """What the fixed line says; it must be in sight."""
    whose = form(desk).whose
    assert whose.isVisible()
    assert not form(desk).area.isAncestorOf(whose)
    return whose.spoken


def test_the_line_names_whoever_is_served(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    press(desk, Key.Key_F2)
    assert line(desk) == "Nueva atención"
    attend(desk, "12345678-5")
    assert line(desk) == "Rosa Elena Millapán Hueque · 12.345.678-5"
    form(desk).que.relato.box.setFocus()
    desk.keys.write("Vino")
    press(desk, Key.Key_F5)
    attend(desk, "11111111-1")
    assert line(desk) == "Persona nueva · 11.111.111-1"
    press(desk, Key.Key_R, ALT)
    assert line(desk) == "Rosa Elena Millapán Hueque · 12.345.678-5"
    form(desk).quien.docs.setFocus()
    desk.keys.write("a")
    assert line(desk) == "Anónimo"


def test_a_card_says_whose_attention_waits_now(desk: Stage) -> None:
    desk.office.file("Rosa Elena")
    attend(desk, "11111111-1")
    form(desk).quien.set_text("nombres", "Tomás")
    desk.window.go("nueva", desk.office.store.person("run", "12345678-5").persona)  # type: ignore[union-attr]
    desk.rest()
    assert desk.toasts[-1] == "Quedó en espera la atención de Tomás."
    assert line(desk).startswith("Rosa Elena")
    press(desk, Key.Key_R, ALT)  # back: nobody says any more that he waits
    waits = "Quedó en espera la atención de Tomás."
    desk.until(lambda: waits not in [one.toast.text for one in desk.window.toasts.lines()])
    assert form(desk).quien.text("nombres") == "Tomás"


@pytest.mark.parametrize(("typed", "salida"), [("q", Salida.PENDIENTE), ("ss", Salida.DERIVADA)])
def test_a_first_letter_chooses_the_end(desk: Stage, typed: str, salida: Salida) -> None:
    attend(desk, "11111111-1")
    form(desk).termina.salidas.setFocus()
    desk.keys.write(typed)
    if typed == "ss":
        desk.keys.write("s")
    chosen = form(desk).termina.salida()
    assert chosen is salida


@pytest.mark.parametrize("story", ["Se quemó el techo.", "queda lejos", "Vive sola"])
def test_a_story_typed_on_the_end_chooses_nothing_and_says_where_one_is(desk: Stage, story: str) -> None:
    attend(desk, "11111111-1")
    form(desk).termina.salidas.setFocus()
    desk.keys.write(story)
    assert form(desk).termina.salida() is Salida.RESPONDIDA
    assert desk.toasts.count("Está en Cómo termina; el relato está más arriba.") == 1


@pytest.mark.parametrize(("typed", "kind"), [("reclamo", Kind.RECLAMO), ("reclama por", Kind.CONSULTA)])
def test_a_kind_may_be_spelled_and_a_story_is_none(desk: Stage, typed: str, kind: Kind) -> None:
    attend(desk, "11111111-1")
    form(desk).que.tipo.setFocus()
    desk.keys.write(typed)
    assert form(desk).que.kind() is kind
    assert ("Está en Tipo; el relato está más abajo." in desk.toasts) is (kind is Kind.CONSULTA)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("juan pablo", "Juan Pablo"),
        ("de la cruz", "De la Cruz"),
        ("ñancupil", "Ñancupil"),
        ("McDonald", "McDonald"),
        ("SOTO", "SOTO"),
        ("soto-vera", "Soto-Vera"),
        ("", ""),
    ],
)
def test_small_letters_alone_become_a_name(typed: str, written: str) -> None:
    assert capitals(typed) == written


def test_a_name_gets_its_capitals_once_and_the_comuna_says_where_it_comes_from(desk: Stage) -> None:
    attend(desk, "11111111-1")
    for text in ("juan", "catalán"):
        desk.keys.write(text)
        press(desk, Key.Key_Return)
    assert form(desk).quien.name_typed == "Juan Catalán"
    assert form(desk).quien.fields["comuna"].note.text() == "La de la oficina. Cámbiela si es otra."
    nombres = form(desk).quien.fields["nombres"].editor
    nombres.setFocus()
    desk.keys.press(Key.Key_A, CTRL)
    desk.keys.write("juan")
    press(desk, Key.Key_Return)
    assert form(desk).quien.raw("nombres") == "juan"
    form(desk).quien.comuna.setFocus()
    desk.keys.write("x")
    assert form(desk).quien.fields["comuna"].note.text() == ""


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_line_of_the_list_of_topics_is_seen_whole(qtbot: QtBot, tmp_path: Path, scale: float) -> None:
    with open_stage(qtbot, tmp_path, scale=scale) as desk:
        desk.raise_curtain()
        attend(desk, "11111111-1")
        press(desk, Key.Key_2, ALT)
        desk.keys.write("pens")
        qtbot.wait(320)
        page, topic = form(desk), form(desk).que.materia
        box, view = topic.list, page.area.viewport()
        assert topic.unfolded
        assert box.rows[-1].title.startswith("Dejar «pens»")
        if scale < 2:
            assert view.rect().contains(box.mapTo(page.area, QPoint(0, 0)))
            assert view.rect().contains(box.mapTo(page.area, QPoint(0, box.height() - 1)))
        desk.keys.press(Key.Key_Down, times=len(box.rows))
        marked = box.visualRect(box.currentIndex())
        assert view.rect().contains(box.mapTo(page.area, marked.center()))
        assert view.rect().contains(box.mapTo(page.area, marked.bottomLeft()))


def test_a_new_attention_begins_at_the_top_of_its_page(desk: Stage) -> None:
    attend(desk, "11111111-1")
    press(desk, Key.Key_3, ALT)
    desk.qtbot.wait(320)
    assert form(desk).area.verticalScrollBar().value() > 0
    form(desk).empty.click()
    desk.qtbot.wait(320)
    assert form(desk).area.verticalScrollBar().value() == 0


def test_only_the_likeliest_meaning_comes_before_what_is_called_so() -> None:
    rows = [row.nombre for row in Catalogue.seed().search_materias("bono")]
    assert rows.index("Bono de protección y programas de acompañamiento") == 1
    assert rows.index("Otros beneficios estatales") == 2


def test_of_notices_that_let_one_take_a_draft_back_one_is_in_sight(desk: Stage) -> None:
    for run in ("11111111-1", "22222222-2", "33333333-3"):
        attend(desk, run)
        form(desk).quien.set_text("nombres", "Ana")
    press(desk, Key.Key_Tab, SHIFT)
    assert len([row for row in desk.window.toasts.lines() if row.toast.undo is not None]) == 1


@pytest.mark.parametrize(
    ("campo", "kept", "shown"),
    [
        ("telefono", "987654321", "9 8765 4321"),
        ("telefono", "98765439", "98765439"),
        ("representante_run", "17654321-3", "17.654.321-3"),
        ("doc_numero", "CD-765432", "CD-765432"),
        ("correo", "9-8@x.cl", "9-8@x.cl"),
    ],
)
def test_numbers_have_one_shape_everywhere(campo: str, kept: str, shown: str) -> None:
    assert as_written(campo, kept) == shown
    assert told(Change(campo, "", kept), {}).endswith(f"→ {shown}")


def test_the_number_of_who_speaks_for_somebody_gets_its_points_and_is_kept_without(desk: Stage) -> None:
    attend(desk, "11111111-1")
    press(desk, Key.Key_M, ALT)
    editor = form(desk).quien.fields["representante_run"].editor
    editor.setFocus()
    desk.keys.write("176543213")
    press(desk, Key.Key_Tab)
    assert form(desk).quien.state()["representante_run"] == "17.654.321-3"
    assert form(desk).quien.persona().representante_run == "17654321-3"
