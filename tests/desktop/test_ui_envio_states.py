"""The screen of the outbox says no more than was proved, and nothing in it is a dead end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from oirs_core.domain.events import Anotacion, Cambio, Enmienda, Ingreso
from oirs_desktop.store import QueueState
from oirs_desktop.store.blobs import Blocked
from oirs_desktop.sync.blobs import DocumentsWaiting
from oirs_desktop.sync.meter import Traffic
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.kit.sending import Sending
from oirs_desktop.ui.outbox.envio import Envio
from oirs_desktop.ui.outbox.enviowords import by_hand, documents_line, left, pace, sentence, span, whole
from tests.support.keys import ALT, Key
from tests.support.office import DAY, START
from tests.support.outward import newer_act, refused
from tests.support.stage import Stage, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ZONE = "America/Santiago"
MB = 1_000_000
SENT = QueueState(0, None, START, "", None, None, agreed=True)
STUCK = Blocked(b"1" * 32, b"2" * 10, "Plano.dwg", "kind")


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_stage(qtbot, tmp_path) as opened:
        yield opened


def shown(stage: Stage) -> Envio:
    stage.raise_curtain()
    stage.keys.press(Key.Key_F10)
    stage.rest()
    assert isinstance(stage.screen, Envio)
    return stage.screen


def documents(count: int = 0, *blocked: Blocked) -> DocumentsWaiting:
    return DocumentsWaiting(count, count * 170_000, 0, 20 * MB, paused=False, blocked=blocked)


def told(sending: Sending) -> str:
    return sentence(sending, START, ZONE).removesuffix(" El último envío fue hoy a las 10:42.")


# --- what was proved


def test_t8_all_is_delivered_only_when_both_sides_agree_by_hash_and_documents_are_whole() -> None:
    assert told(Sending(SENT)) == "Todo está entregado."
    assert told(Sending(SENT, documents=documents())) == "Todo está entregado."
    for less in (
        Sending(replace(SENT, agreed=False)),
        Sending(SENT, documents=documents(2)),
        Sending(SENT, documents=documents(0, STUCK)),
    ):
        assert "Todo está entregado" not in told(less)
        assert not whole(less)
    assert told(Sending(SENT, documents=documents(2))) == "Los casos están entregados; faltan 2 documentos."
    assert told(Sending(SENT, documents=documents(1))) == "Los casos están entregados; falta 1 documento."


def test_t8_the_store_agrees_after_an_exchange_and_not_after_the_next_act(stage: Stage) -> None:
    office = stage.office
    case = office.file()
    assert not office.store.queue().agreed
    office.deliver()
    assert office.store.queue().agreed
    office.desk.add(case.id, Anotacion("Llamó."))
    assert not office.store.queue().agreed
    office.deliver()
    assert office.store.queue().agreed
    office.store.note_failure("offline", START)
    assert office.store.queue().agreed  # a line that is down takes nothing back
    office.store.note_failure("no_agreement", START)
    assert not office.store.queue().agreed


def test_t8_a_new_log_agrees_only_when_the_centre_has_seen_it(stage: Stage) -> None:
    office = stage.office
    office.file()
    office.deliver()
    office.store.rotate(b"newlog12", "0A2T", office.made.key.public)
    assert office.store.queue().pending == 0
    assert not office.store.queue().agreed
    office.deliver()
    assert office.store.queue().agreed


# --- how fast


def test_it_says_how_much_is_left_and_how_long_that_takes() -> None:
    fast = Traffic(begun=9.0, up=30_000, speed=2_400.0)
    assert left(200, fast, gone=60) == "Faltan unos 100 KB: unos 40 s a esta velocidad."
    assert left(200, Traffic()) == "Faltan unos 68 KB."
    assert left(4, Traffic()) == "Faltan menos de 2 KB."
    assert left(0, fast) == ""
    assert [span(s) for s in (4, 62, 600, 9_000)] == [
        "unos segundos",
        "unos 60 s",
        "unos 10 min",
        "unas 2 horas",
    ]


def test_a_long_exchange_shows_how_far_it_is_and_can_be_stopped(stage: Stage) -> None:
    stopped: list[int] = []
    stage.office.file()
    flow = [Traffic()]
    sync = stage.office.sync
    sync.traffic = lambda: flow[0]  # type: ignore[method-assign]
    sync.stop = lambda: stopped.append(1)  # type: ignore[method-assign]
    screen = shown(stage)
    assert not screen.halt.isVisible()
    flow[0] = Traffic(begun=12.0, up=8_000, speed=2_500.0, waiting=9_000)
    stage.until(screen.halt.isVisible)
    assert screen.pace.words.text().startswith("Enviando: 0 de 1 movimiento, 8 KB.")
    stage.keys.press(Key.Key_X, ALT)
    assert stopped == [1]


def test_a_line_that_does_not_answer_is_not_called_connected_and_no_time_is_foretold(stage: Stage) -> None:
    quiet = Traffic(begun=24.0, speed=2_500.0, waiting=900, silent=24.0)
    assert pace(3, quiet, 0, 3) == ("hourglass", "Esperando a la central hace 24 s.")
    assert pace(3, replace(quiet, silent=9.0), 0, 3)[1].startswith("Enviando: 0 de 3")
    stopped = Traffic(speed=2_500.0, held=500.0)
    assert pace(3, stopped, 0, 0) == ("clock", "Faltan menos de 2 KB.")
    shown(stage)
    stage.office.file()
    stage.office.sync.traffic = lambda: quiet  # type: ignore[method-assign]
    stage.office.sync.connected = True
    stage.window.refresh()
    stage.rest()
    assert stage.window.strip.queue.words.text().startswith("Esperando a la central hace 24 s")


def test_the_whole_of_an_exchange_is_no_less_than_what_waits_on_coming_back(stage: Stage) -> None:
    screen = shown(stage)
    stage.keys.press(Key.Key_F2)
    stage.wait_for("nueva")
    for _ in range(3):
        stage.office.file()
    waiting = stage.office.store.queue().pending
    stage.office.sync.traffic = lambda: Traffic(begun=12.0, up=800)  # type: ignore[method-assign]
    stage.keys.press(Key.Key_F10)
    stage.until(lambda: screen.pace.words.text().startswith(f"Enviando: 0 de {waiting} movimientos, "))


# --- documents


def test_documents_wait_within_the_budget_and_may_be_paused(stage: Stage) -> None:
    spent = DocumentsWaiting(2, 340_000, 20 * MB, 20 * MB, paused=False, blocked=())
    assert documents_line(spent) == (
        "2 documentos por enviar, 340 KB. Hoy van 20 MB de 20 MB. El resto sigue mañana."
    )
    assert documents_line(replace(spent, paused=True)).endswith("Están en pausa; los casos se envían igual.")
    waiting, asked = [documents(2)], []
    sync = stage.office.sync
    sync.documents_waiting = lambda: waiting[0]  # type: ignore[method-assign]
    sync.documents_out = sync  # type: ignore[assignment] # gives what waits
    sync.pause_documents = lambda *, on: asked.append(on)  # type: ignore[method-assign]
    screen = shown(stage)
    assert screen.documents.said.text().startswith("2 documentos por enviar, 340 KB.")
    stage.keys.press(Key.Key_P, ALT)
    stage.rest()
    assert asked == [True]


def test_a_document_that_cannot_go_on_says_why_and_may_be_put_aside(stage: Stage) -> None:
    sync = stage.office.sync
    sync.documents_waiting = lambda: documents(0, STUCK)  # type: ignore[method-assign]
    sync.documents_out = sync  # type: ignore[assignment]
    stage.office.deliver()
    screen = shown(stage)
    assert screen.said_now.words.text().startswith("Los casos están entregados; hay documentos detenidos.")
    button = next(b for b in buttons(screen) if b.accessibleName() == "Dar por visto: Plano.dwg")
    button.click()
    stage.until(lambda: not screen.documents.isVisible())
    assert screen.said_now.words.text().startswith("Los casos están entregados.")


def buttons(screen: Envio) -> list:  # type: ignore[type-arg] # of KeyButton
    from oirs_desktop.ui.parts.buttons import KeyButton  # noqa: PLC0415 - only to look for them

    return [b for b in screen.findChildren(KeyButton) if b.isVisible()]


# --- what a person must decide or see


def test_a_conflict_shows_both_values_and_writers_and_leads_to_where_it_is_decided(stage: Stage) -> None:
    office = stage.office
    case = office.file()
    office.deliver()
    seen = office.store.case(case.id)
    assert seen is not None
    office.desk.add(case.id, Enmienda((Cambio("telefono", "+56 9 1111 2222"),), "Lo dictó mal."))
    office.deliver()
    office.centre.write(Enmienda((Cambio("telefono", "+56 9 3333 4444"),)), case.id, seen.last_ref)
    office.deliver()
    screen = shown(stage)
    stage.until(screen.issues.isVisible)
    text = "\n".join(label.text() for label in labels(screen.issues)).replace("\N{ZERO WIDTH SPACE}", "")
    assert "Teléfono tiene dos valores" in text
    assert "«9 1111 2222»" in text
    assert "«9 3333 4444»" in text
    assert "lo escribió Rosa Catrin, hoy a las 10:42" in text
    stage.keys.press(Key.Key_C, ALT)
    stage.wait_for("caso")
    assert stage.page(Caso).entity == case.id


def labels(part: object) -> list:  # type: ignore[type-arg] # of PlainLabel
    from oirs_desktop.ui.parts.widgets import PlainLabel  # noqa: PLC0415 - only to look for them

    return part.findChildren(PlainLabel)  # type: ignore[attr-defined]


def test_i18_an_act_that_the_centre_cannot_read_is_written_again_as_a_note(stage: Stage) -> None:
    office = stage.office
    case = office.file()
    done = office.desk.add(case.id, Anotacion("Pide que la llamen."))
    refused(office, done.hashes[0])
    screen = shown(stage)
    assert [button.text() for button in screen.issues.buttons] == [
        "Escribir como nota",
        "Abrir el caso",
        "Dar por visto",
    ]
    stage.keys.press(Key.Key_C, ALT)
    stage.until(lambda: not screen.issues.isVisible())
    kept = office.store.case(case.id)
    assert kept is not None
    last = kept.facts[-1].act
    assert isinstance(last, Anotacion)
    assert last.texto == "Se repite lo que la central no pudo leer: Nota interna. Pide que la llamen."
    assert office.store.unread() == []


def test_i18_a_filing_that_the_centre_cannot_read_is_registered_again(stage: Stage) -> None:
    office = stage.office
    case = office.file()
    refused(office, case.facts[0].h)
    screen = shown(stage)
    assert isinstance(office.store.unread()[0].act, Ingreso)
    assert screen.issues.buttons[0].text() == "Registrar otra vez"
    stage.keys.press(Key.Key_C, ALT)
    stage.wait_for("nueva")
    assert isinstance(stage.screen, Nueva)


def test_i18_what_a_later_program_wrote_is_told_and_leaves_the_list_when_seen(stage: Stage) -> None:
    office = stage.office
    case = office.file()
    office.deliver()
    h = newer_act(office, case.id)
    assert [(one.h, one.reason, one.own) for one in office.store.unread()] == [(h, "newer", False)]
    screen = shown(stage)
    assert screen.issues.buttons[0].text() == "Copiar para informática"
    stage.keys.press(Key.Key_C, ALT)
    copied = QApplication.clipboard().text()
    assert h.hex() in copied
    assert "Rosa" not in copied  # I19
    screen.issues.buttons[-1].click()
    stage.until(lambda: office.store.unread() == [])
    stage.until(lambda: not screen.issues.isVisible())


def test_a_new_series_is_told_in_one_line_until_it_was_read(stage: Stage) -> None:
    office = stage.office
    office.store.rotate(b"newlog12", "9F4K", office.made.key.public, "copy")
    screen = shown(stage)
    assert screen.series.title.text() == "Este equipo comenzó la serie 9F4K."
    stage.keys.press(Key.Key_E, ALT)
    stage.until(lambda: not screen.series.isVisible())
    assert office.store.new_series() == ("", "")


def test_what_waits_for_a_day_may_go_by_hand() -> None:
    waiting = QueueState(1, START - 2 * DAY, None, "offline", None, None)
    assert by_hand(waiting, START) == "La espera pasa de un día. Con Alt+L se lleva todo en un pendrive."
    assert by_hand(replace(waiting, oldest_at=START), START) == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("device_refused", "El servidor no reconoce este equipo."),
        ("not_our_server", "Respondió otra página, no el servidor."),
        ("schema_old", "Hay una versión nueva."),
        ("sync_stopped", "Usted detuvo el envío."),
    ],
)
def test_each_reason_has_its_sentence_and_what_to_do(stage: Stage, code: str, words: str) -> None:
    stage.office.store.note_failure(code, START)
    screen = shown(stage)
    assert screen.why.title.text() == words
    assert screen.why.advice.text()


def test_strip_and_screen_count_the_same(stage: Stage) -> None:
    case = stage.office.file()
    stage.office.desk.add(case.id, Anotacion("Llamó."))
    screen = shown(stage)
    assert screen.said_now.words.text().startswith("1 caso por enviar; ")
    assert stage.window.strip.queue.words.text().endswith("1 por enviar")
