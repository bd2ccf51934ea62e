from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from oirs_desktop.store import QueueState
from oirs_desktop.ui.kit.sending import Sending
from oirs_desktop.ui.outbox.envio import Envio
from oirs_desktop.ui.outbox.enviowords import clock_note, failure, sentence
from oirs_desktop.ui.parts.toast import Toast
from tests.support.keys import CTRL, Key
from tests.support.office import DAY, MINUTE, START
from tests.support.stage import Stage, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ZONE = "America/Santiago"
NEVER = QueueState(0, None, None, "", None, None)
YESTERDAY = START - DAY + 390 * MINUTE


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_stage(qtbot, tmp_path) as opened:
        opened.raise_curtain()
        yield opened


def envio(stage: Stage) -> Envio:
    stage.keys.press(Key.Key_F10)
    stage.rest()
    assert isinstance(stage.screen, Envio)
    return stage.screen


def told(queue: QueueState, cases: int) -> str:
    return sentence(Sending(queue, cases=cases), START, ZONE)


def test_it_says_how_many_wait_since_when_and_when_the_last_went() -> None:
    queue = replace(NEVER, pending=7, oldest_at=START - 44 * MINUTE, last_success=YESTERDAY)
    assert told(queue, 3) == (
        "3 casos por enviar; el más antiguo espera desde las 09:58; el último envío fue ayer a las 17:12."
    )
    assert told(queue, 1).startswith("1 caso por enviar; espera desde las 09:58; ")


def test_it_says_that_nothing_ever_went() -> None:
    queue = replace(NEVER, pending=1, oldest_at=START)
    assert told(queue, 1).endswith("; este equipo aún no ha logrado enviar nada.")


def test_all_is_delivered_only_after_a_success_with_nothing_left() -> None:
    assert told(NEVER, 0) == (
        "No hay nada por enviar; falta que la central lo confirme. Este equipo aún no ha logrado enviar nada."
    )
    done = replace(NEVER, last_success=START, agreed=True)
    assert told(done, 0) == "Todo está entregado. El último envío fue hoy a las 10:42."
    assert "Todo está entregado" not in told(replace(done, pending=1, oldest_at=START), 1)


@pytest.mark.parametrize(
    ("offset", "note"),
    [
        (60_000, ""),
        (300_000, "El reloj de este equipo va 5 minutos atrasado. Avise a informática."),
        (-300_000, "El reloj de este equipo va 5 minutos adelantado. Avise a informática."),
    ],
)
def test_a_wrong_clock_is_said(offset: int, note: str) -> None:
    assert clock_note(replace(NEVER, offset_ms=offset, offset_at=START)) == note


def test_the_cases_that_wait_are_listed_until_they_are_delivered(stage: Stage) -> None:
    case = stage.office.file("Rosa Elena")
    screen = envio(stage)
    assert [item.id for item in screen.list.items if hasattr(item, "id")] == [case.id]
    stage.office.deliver()
    stage.window.refresh(frozenset({case.id}))
    stage.rest()
    assert screen.said_now.words.text().startswith("Todo está entregado.")
    assert not screen.list.isVisible()


def test_the_screen_tells_the_reason_in_words_and_by_itself(stage: Stage) -> None:
    stage.office.file("Rosa Elena")
    screen = envio(stage)
    assert not screen.why.isVisible()
    stage.office.store.note_failure("offline", stage.office.clock.now())
    stage.until(screen.why.isVisible)
    assert screen.why.title.text() == "Sin conexión."


def test_one_may_try_now(stage: Stage) -> None:
    screen = envio(stage)
    stage.keys.press(Key.Key_Return, CTRL)
    stage.rest()
    assert stage.office.sync.woken == 1
    assert screen.why.title.text() == "Intentando enviar…"


def test_the_help_opens_with_f1_and_needs_no_line(stage: Stage) -> None:
    stage.keys.press(Key.Key_F1)
    stage.rest()
    assert stage.screen.name == "ayuda"


def test_what_was_said_for_some_seconds_can_be_read_again(stage: Stage) -> None:
    assert not envio(stage).notes_heading.isVisible()
    for text in ("uno", "dos"):
        stage.window.say(Toast(text))
    stage.keys.press(Key.Key_Escape)
    assert envio(stage).notes.text() == "·  dos\n·  uno"


def test_a_full_disk_while_receiving_does_not_say_that_a_case_was_lost() -> None:
    message = failure("disk_full")
    assert "NO se guardó" not in message.title
    assert "sigue guardado" in message.advice
