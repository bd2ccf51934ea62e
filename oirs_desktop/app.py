"""Builds the counter, once and in order; the only place that reads the clock and draws chance.

Nothing heavy is imported at the top: the window is painted first.
"""

# ruff: noqa: PLC0415 - everything heavy is imported where it is first needed
from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from oirs_core.domain.errors import OirsError
from oirs_desktop.commands import line
from oirs_desktop.commands.exits import DATA, EXIT_CODES, INTERRUPTED, OK

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from oirs_desktop.commands.machine import Machine, World
    from oirs_desktop.commands.training import Training
    from oirs_desktop.keystore import Keystore
    from oirs_desktop.ui.window.running import Running

KEYS = "keys.json"
PANEL = {"name": "S1", "x": 0, "y": 0, "width": 1366, "height": 768}
SCREEN = {"screens": [{**PANEL, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}


class SystemClock:
    """The clock of this device."""

    def now(self) -> int:
        """Device time, ms UTC."""
        return time.time_ns() // 1_000_000


class Place(NamedTuple):
    """Which counter to open. ``url``: where its centre is today, if not where it was at the enrolment."""

    folder: Path
    user: str = ""
    url: str = ""


def build_world() -> World:
    """Gather clock, chance and printers of this machine."""
    from oirs_desktop.commands.machine import World
    from oirs_desktop.printing.printers import system_printers

    return World(SystemClock(), os.urandom, system_printers())


def choose_folder(asked: Path | None) -> Path:
    """Give the data folder: the one asked for, that of the environment, or the user's own."""
    from oirs_desktop import paths

    given = asked or os.environ.get("OIRS_DATA")
    return Path(given) if given else paths.data_folder()


def choose_keystore(folder: Path, *, training: bool = False) -> Keystore:
    """Give the file in training, else the keystore of the system."""
    from oirs_desktop.keystore import FileKeystore, SystemKeystore

    path = folder / KEYS
    if training or path.is_file():
        return FileKeystore(path)
    return SystemKeystore(f"OIRS Desktop {folder.resolve()}")


def open_counter(place: Place) -> Machine:
    """Open the counter of a folder with all its parts."""
    from oirs_desktop import log
    from oirs_desktop.commands.machine import open_machine
    from oirs_desktop.paths import FolderReadOnly
    from oirs_desktop.settings import FILE_NAME, load

    try:
        keystore = choose_keystore(place.folder)
    except PermissionError as why:  # not even looking is allowed there
        raise FolderReadOnly from why
    machine = open_machine(place.folder, keystore, build_world(), place.user, place.url)
    log.start(place.folder, SystemClock().now, load(place.folder / FILE_NAME).log_level)
    return machine


def say(text: str) -> None:
    """Write a line on the terminal, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def tell(error: OirsError) -> str:
    """Put an error into a sentence."""
    from oirs_desktop.commands.words import WORDS
    from oirs_desktop.ui.texts.messages import explain

    words = WORDS[error.code](error.data) if error.code in WORDS else None
    if words is not None:
        return " ".join(words).strip()
    message = explain(error)
    return f"{message.title} {message.advice}".strip()


def main(arguments: list[str] | None = None) -> int:
    """Run a command, or the window; gives the exit code."""
    asked = line.parse(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return VERBS[asked.verb or "window"](asked)
    except OirsError as why:
        sys.stderr.write(tell(why) + "\n")
        return EXIT_CODES.get(why.code, DATA)
    except KeyboardInterrupt:
        return INTERRUPTED


def build_running(place: Place) -> Running:
    """Show the window over a data folder; needs the event loop to come to life."""
    from oirs_desktop.settings import FILE_NAME, Settings, SettingWrong, load
    from oirs_desktop.ui.window.running import Outside, Running

    try:
        settings = load(place.folder / FILE_NAME)
    except SettingWrong:
        settings = Settings()  # the page of the window will say which setting it is
    chance = random.SystemRandom().random
    return Running(Outside(place.folder, lambda: open_counter(place), SystemClock(), chance, settings))


def show_window(place: Place) -> int:
    """Open the window and stay until it is closed."""
    from PySide6.QtCore import QTimer

    running = build_running(place)
    for sent in (signal.SIGINT, signal.SIGTERM):
        # Later, not at once: a signal is taken in the middle of whatever runs.
        signal.signal(sent, lambda *_: QTimer.singleShot(0, running.window.close))
    running.app.exec()
    running.close()
    if running.problem is None:
        return OK
    sys.stderr.write(tell(running.problem) + "\n")
    return EXIT_CODES.get(running.problem.code, DATA)


def _window(asked: argparse.Namespace) -> int:
    return show_window(Place(choose_folder(asked.data), asked.user or ""))


def _enrol(asked: argparse.Namespace) -> int:
    from oirs_desktop.commands.again import enrol

    folder = choose_folder(asked.data)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    enrol(folder, choose_keystore(folder, training=asked.training), build_world(), asked, say)
    return OK


def _import(asked: argparse.Namespace) -> int:
    from oirs_desktop.commands.import_day import import_file

    with opened(asked) as machine:
        refused = import_file(machine, asked.file, asked.report, (asked.office, tell, say))
    return DATA if refused else OK


def _sync(asked: argparse.Namespace) -> int:
    with opened(asked) as machine:
        report = machine.sync()
        pending = machine.store.queue().pending
    say(f"Enviados {report.pushed} actos, {len(report.cases)} casos con novedades, {pending} por enviar.")
    return OK


def _verify(asked: argparse.Namespace) -> int:
    from oirs_desktop.commands.verify import verify

    with opened(asked) as machine:
        return OK if verify(machine, say) else DATA


def _stick(asked: argparse.Namespace) -> int:
    from oirs_desktop.commands.stick import export, read

    with opened(asked) as machine:
        out = asked.verb == "export"
        taken = export(machine, asked.folder, say) if out else read(machine, asked.places, (say, tell))
    return OK if taken else DATA


def _recover(asked: argparse.Namespace) -> int:
    from oirs_desktop.commands.stick import recover

    folder = choose_folder(asked.data)
    recover(folder, choose_keystore(folder), build_world(), say)
    return OK


def _day(asked: argparse.Namespace) -> int:
    from oirs_desktop.commands.day import Voice, play_day

    return OK if play_day(asked.file, asked.out, build_world(), Voice(say, tell)) else DATA


def _demo(asked: argparse.Namespace) -> int:
    from oirs_desktop.commands.training import open_training

    played = asked.morning or not has_display()
    folder = asked.data or (asked.out / "capacitacion" if played else training_folder())
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the centre is stopped in any case
    with open_training(folder, lambda f: choose_keystore(f, training=True), build_world(), say) as training:
        place = Place(training.counter, asked.user or "", training.centre.url)
        return play(place, training, asked.out) if played else show_window(place)


def play(place: Place, training: Training, out: Path) -> int:
    """Play a morning in the real window, with no screen."""
    from oirs_desktop.commands.morning import Stage, play_morning

    out.mkdir(parents=True, exist_ok=True)
    use_virtual_screen(out)
    from oirs_desktop.ui.window.hands import Hands

    running = build_running(place)
    hands = Hands(running)
    try:
        hands.wait(lambda: bool(hands.screen or running.problem), "abrir")
        if running.problem is not None or running.machine is None:
            raise running.problem or OirsError
        say("Sin pantalla: se simula una mañana en el mesón.")
        play_morning(Stage(hands, running.machine.store, training, out, say))
    finally:
        running.window.close()
    say(f"Imágenes, comprobantes y resumen en {out.resolve()}")
    return OK


def use_virtual_screen(folder: Path) -> None:
    """Give Qt a screen of the size of an old panel. Before its application is made."""
    path = folder / "pantalla.json"
    path.write_text(json.dumps(SCREEN), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"


def has_display() -> bool:
    """Tell whether a window can be shown to somebody."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def training_folder() -> Path:
    """Give the folder of the training office, apart from that of any real one."""
    from platformdirs import user_data_path

    return user_data_path("OIRS Capacitación", appauthor=False, roaming=False)


@contextmanager
def opened(asked: argparse.Namespace) -> Iterator[Machine]:
    """Open the counter that a command names, and close it after."""
    machine = open_counter(Place(choose_folder(asked.data), asked.user or ""))
    try:
        yield machine
    finally:
        machine.close()


VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "window": _window,
    "enrol": _enrol,
    "import-day": _import,
    "sync": _sync,
    "verify": _verify,
    "export": _stick,
    "import": _stick,
    "recover-journal": _recover,
    "day": _day,
    "demo": _demo,
}
