"""Out to a stick and back in the real window: exported is not delivered until the answer was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_desktop.ui.kit.stickwork import Doing
from oirs_desktop.ui.outbox.envio import Envio
from tests.support.keys import ALT, Key
from tests.support.outward import Road
from tests.support.stage import Stage
from tests.support.sticks import file, post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    made = Road.open(tmp_path / "world")
    yield made
    made.close()


@pytest.fixture
def stage(qtbot: QtBot, road: Road) -> Iterator[Stage]:
    made = Stage(qtbot, road.office)
    qtbot.addWidget(made.window)
    road.give_stick(made.tasks)
    made.raise_curtain()
    yield made
    made.window.close()
    made.tasks.close()


def envio(stage: Stage) -> Envio:
    stage.keys.press(Key.Key_F10)
    stage.rest()
    assert isinstance(stage.screen, Envio)
    return stage.screen


def carry(stage: Stage, key: Key, folder: str) -> None:
    """Press a key, write the folder, and wait for the end."""
    work = stage.office.sync.stick
    assert work is not None
    stage.keys.press(key, ALT)
    stage.keys.write(folder)
    stage.keys.press(Key.Key_Return)
    stage.until(lambda: work.doing is None and work.result is not None)
    stage.rest()


def test_t16_exported_is_not_delivered_until_the_answer_was_read(
    stage: Stage, road: Road, tmp_path: Path
) -> None:
    stick = tmp_path / "PENDRIVE"
    stick.mkdir()
    file(road.counter)
    file(road.counter)
    screen = envio(stage)
    carry(stage, Key.Key_L, str(stick))
    assert ": 2 casos, " in screen.stick.result.title.text()
    assert screen.stick.result.advice.text() == "Exportado no es entregado: falta traer la respuesta."
    stage.until(lambda: screen.stick.last.text().endswith("falta traer su respuesta."))
    assert screen.said_now.words.text().startswith("2 casos por enviar")
    post(road.world, stick)
    carry(stage, Key.Key_T, str(stick))
    assert screen.stick.result.title.text().startswith("Llegó la respuesta: 2 movimientos entregados")
    stage.until(lambda: screen.stick.last.text().endswith("Todo lo que llevaba llegó a la central."))
    # The answer of the centre carries its chain: both sides agree, with no line at all.
    stage.until(lambda: screen.said_now.words.text().startswith("Todo está entregado."))
    carry(stage, Key.Key_T, str(stick))
    assert screen.stick.result.title.text() == "Se leyó el pendrive: no había nada nuevo."
    assert "ya se había recibido: nada cambió." in screen.stick.files.text()


def test_t16_a_line_that_comes_first_counts_as_well(stage: Stage, road: Road, tmp_path: Path) -> None:
    file(road.counter)
    screen = envio(stage)
    carry(stage, Key.Key_L, str(tmp_path))
    road.counter.sync()
    stage.until(lambda: screen.stick.last.text().endswith("Todo lo que llevaba llegó a la central."))


def test_each_file_has_one_line_with_its_sentence(stage: Stage, road: Road, tmp_path: Path) -> None:
    stick = tmp_path / "PENDRIVE"
    stick.mkdir()
    file(road.counter)
    screen = envio(stage)
    carry(stage, Key.Key_L, str(stick))
    out = tmp_path / "answers"
    post(road.world, stick, out)
    whole = next(path for path in out.rglob("*.oirs"))
    (out / "cortado.oirs").write_bytes(whole.read_bytes()[:-40])
    carry(stage, Key.Key_T, str(out))
    lines = screen.stick.files.text().splitlines()
    assert len(lines) == 2
    assert any("le falta el final" in line for line in lines)


def test_a_folder_that_is_not_there_is_said_at_the_field(stage: Stage, tmp_path: Path) -> None:
    screen = envio(stage)
    stage.keys.press(Key.Key_L, ALT)
    stage.keys.write(str(tmp_path / "nowhere"))
    stage.keys.press(Key.Key_Return)
    stage.until(lambda: screen.stick.chooser.field.problem)
    stage.keys.press(Key.Key_Escape)
    assert screen.stick.take.hasFocus()
    assert stage.screen is screen


def test_a_folder_without_answers_says_so(stage: Stage, tmp_path: Path) -> None:
    screen = envio(stage)
    empty = tmp_path / "empty"
    empty.mkdir()
    carry(stage, Key.Key_T, str(empty))
    assert screen.stick.result.title.text() == "No hay respuestas de la central en esa carpeta."


def test_a_long_export_is_told_and_stopped_and_leaves_nothing(
    stage: Stage, road: Road, tmp_path: Path
) -> None:
    stick = tmp_path / "PENDRIVE"
    stick.mkdir()
    file(road.counter)
    work = stage.office.sync.stick
    assert work is not None
    screen = envio(stage)
    work.doing = Doing(out=True, folder="E:", done=120, total=300)
    work.changed.emit()
    assert screen.stick.progress.text() == "Guardando en E:: 120 de 300 movimientos y documentos."
    stage.keys.press(Key.Key_D, ALT)
    assert screen.stick.progress.text() == "Deteniendo…"
    real = work.usb.export
    work.usb.export = lambda folder, tell, _: real(folder, tell, lambda: True)  # type: ignore[method-assign]
    work.doing = None
    carry(stage, Key.Key_L, str(stick))
    assert screen.stick.result.title.text() == "Se detuvo: no quedó ningún archivo."
    assert list(stick.iterdir()) == []
