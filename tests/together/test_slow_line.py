"""Registering while everything travels at 20 kbit/s: the real window, store, centre and line."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from oirs_central.app import build
from oirs_central.settings import Settings as CentralSettings
from oirs_desktop.app import SystemClock
from oirs_desktop.commands.centre import Centre
from oirs_desktop.commands.machine import Invitation, World, enrol_machine, open_machine
from oirs_desktop.desk import Draft
from oirs_desktop.keystore import FileKeystore
from oirs_desktop.settings import Settings
from oirs_desktop.ui.outbox.envio import Envio
from oirs_desktop.ui.window.hands import Hands
from oirs_desktop.ui.window.running import Outside, Running
from tests.faults.proxy import Proxy
from tests.support.office import DRAFT, OFFICE, NoPrinter, person
from tests.support.watchdog import Watchdog, store_watched

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from oirs_desktop.commands.machine import Machine

RATE = 2_500.0
"""Bytes a second: 20 kbit/s."""
CASES = 90
"""So many wait: they travel for many seconds."""
SHOWN_S = 2.0
"""From the key to the folio, on a busy machine; the first one loads what paper needs."""
STORY = "Pregunta cómo postular al subsidio para aislar el techo."


def opened(folder: Path, url: str) -> Machine:
    world = World(SystemClock(), os.urandom, NoPrinter(), folder / "witnesses")
    return open_machine(folder, FileKeystore(folder / "keys.json"), world, url=url)


def prepare(folder: Path, centre: Centre, code: str) -> None:
    """Enrol a counter and let many cases wait."""
    folder.mkdir()
    world = World(SystemClock(), os.urandom, NoPrinter(), folder / "witnesses")
    invitation = Invitation(centre.url, code, "Mesón 1")
    machine = enrol_machine(folder, FileKeystore(folder / "keys.json"), world, invitation)
    try:
        for n in range(CASES):
            story = f"{STORY} {os.urandom(90).hex()}"  # text that cannot be packed
            draft = {**DRAFT, "persona": person(f"Persona {n}"), "relato": story}
            machine.counter.desk.open(Draft(**draft))  # type: ignore[arg-type] # fields by name
    finally:
        machine.close()


def office_code(folder: Path) -> str:
    """Make an office; a code to join it."""
    central = build(CentralSettings(folder), SystemClock().now, os.urandom)
    try:
        central.ledger.office(replace(OFFICE, folio=""))
        return central.auth.new_code(central.ledger.office_feed(OFFICE.codigo))
    finally:
        central.close()


def register(hands: Hands, dog: Watchdog) -> float:
    """Serve somebody by keys; seconds from the last key to the folio."""
    steps = (
        ("F2", ""),
        ("", "123456785"),
        ("Return", ""),
        ("", "viv"),
        ("Return", ""),
        ("Tab", ""),
        ("", STORY),
        ("Alt+3", ""),
        ("Tab", ""),
        ("", "Se le explicó."),
    )
    for keys, text in steps:
        dog.step = keys or text
        if keys:
            hands.press(keys)
        else:
            hands.type(text)
    dog.step = "registrar"
    begun = time.monotonic()
    hands.press("Ctrl+Return")
    hands.wait(lambda: hands.screen == "comprobante", "registrar")
    return time.monotonic() - begun


def test_t19_registering_works_during_a_sync_at_20_kbit_and_the_window_is_never_held(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = office_code(tmp_path / "central")
    with Centre(tmp_path / "central") as centre:
        prepare(tmp_path / "counter", centre, code)
        port = int(centre.url.rsplit(":", 1)[1])
        with Proxy(port, rate=RATE) as slow, store_watched(monkeypatch) as traffic, Watchdog() as dog:
            quiet = Settings(spelling=False)
            folder = tmp_path / "counter"
            running = Running(
                Outside(folder, lambda: opened(folder, slow.url), SystemClock(), lambda: 0.5, quiet)
            )
            qtbot.addWidget(running.window)
            hands = Hands(running)
            dog.step = "abrir"
            hands.wait(lambda: bool(hands.screen), "abrir")
            machine = running.machine
            assert machine is not None
            hands.wait(lambda: "nueva" in running.window.screens, "preparar")
            hands.wait(lambda: machine.meter.traffic().waiting > 0, "enviar")
            seconds, held = [], []
            for _ in range(2):
                before = set(dog.holds)
                seconds.append(register(hands, dog))
                held.append({hold.step for hold in dog.holds if hold not in before})
            dog.step = "envio"
            hands.press("F10")
            hands.wait(lambda: hands.screen == "envio", "envio")
            screen = running.window.current
            assert isinstance(screen, Envio)
            hands.wait(screen.halt.isVisible, "detener")
            assert "Enviando: " in screen.pace.words.text()
            hands.press("Alt+X")  # what takes long can be stopped; the test need not wait for the rest
            # All of it happened while the cases were on their way.
            assert machine.meter.traffic().begun is not None
            places = list(traffic.places)
            assert machine.store.queue().pending > 0
            QApplication.processEvents()
            slow.drop()  # else the end would wait for what is on its way
            running.window.close()
            running.close()
    assert max(seconds) < SHOWN_S
    assert places == []
    # A machine may stumble; what the program does, it does again in the same step.
    assert held[0] & held[1] == set(), [str(hold) for hold in dog.holds]
