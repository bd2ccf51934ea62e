"""What goes wrong around the window, for real: disks, folders, files and servers that are not ours."""

from __future__ import annotations

import gc
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from oirs_desktop import app, paths
from oirs_desktop.keystore import FileKeystore, Secrets
from oirs_desktop.store import engine
from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.outbox.envio import Envio
from oirs_desktop.ui.parts.widgets import Banner
from tests.support.centre import KEY
from tests.support.keys import CTRL, Key, Keyboard
from tests.support.office import open_office
from tests.support.portal import open_portal
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from oirs_desktop.ui.window.running import Running

OBJECTS_OF_THE_PROGRAM = 50_000
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="limits and users of POSIX")


def enrolled(folder: Path) -> Path:
    """The data folder of an enrolled counter that nobody has open."""
    open_office(folder).store.close()
    FileKeystore(folder / "data" / app.KEYS).save(Secrets(KEY, sha256(b"m1").digest()))
    return folder / "data"


@contextmanager
def window(qtbot: QtBot, folder: Path, url: str = "http://127.0.0.1:1") -> Iterator[Running]:
    running = app.build_running(app.Place(folder, url=url))
    qtbot.addWidget(running.window)
    try:
        qtbot.waitUntil(lambda: running.window.current is not None or running.problem is not None)
        yield running
    finally:
        running.window.close()


def newer(folder: Path) -> None:
    later = engine.connect(folder / engine.FILE_NAME, KEY)
    later.execute("PRAGMA user_version = 99")
    later.close()


def plain(folder: Path) -> None:
    (folder / engine.FILE_NAME).unlink()
    other = sqlite3.connect(folder / engine.FILE_NAME)
    other.execute("CREATE TABLE x (y)")
    other.close()


def locked(folder: Path) -> None:
    (folder / app.KEYS).unlink()
    FileKeystore(folder / app.KEYS).save(Secrets(bytes(32), bytes(32)))


def gone(folder: Path) -> None:
    (folder / engine.FILE_NAME).unlink()


def emptied(folder: Path) -> None:
    (folder / engine.FILE_NAME).write_bytes(b"")


FAULTS = {
    "a newer schema": (newer, "Los datos son de una versión más nueva del programa."),
    "a file of another program": (plain, "Esa carpeta tiene datos de otro programa."),
    "another key": (locked, "La llave de este equipo no abre sus datos."),
    "no file": (gone, "Este equipo aún no tiene datos."),
    "an empty file": (emptied, "Los datos de este equipo están dañados."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_cannot_be_used_is_told_in_the_window(
    tmp_path: Path, qtbot: QtBot, capfd: pytest.CaptureFixture[str], fault: str
) -> None:
    plant, words = FAULTS[fault]
    folder = enrolled(tmp_path)
    plant(folder)
    before = [path.read_bytes() for path in folder.glob(engine.FILE_NAME)]
    with window(qtbot, folder) as running:
        assert banner(running).title.text() == words
        assert banner(running).advice.text()
    assert [path.read_bytes() for path in folder.glob(engine.FILE_NAME)] == before
    assert "Traceback" not in "".join(capfd.readouterr())


def banner(running: Running) -> Banner:
    page = running.window.stack.currentWidget()
    assert page is not None
    found = page.findChild(Banner)
    assert found is not None
    return found


def test_a_folder_of_the_network_or_of_a_cloud_is_told_in_the_window(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = tmp_path / "OneDrive - Gobierno"
    cloud.mkdir()
    local = enrolled(tmp_path)
    local.rename(cloud / "data")
    with window(qtbot, cloud / "data") as running:
        assert banner(running).title.text() == "Los datos no pueden estar en una carpeta de la nube."
    (cloud / "data").rename(local)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/datos {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(paths.check_local, "__defaults__", (mounts,))
    if sys.platform != "win32":
        with window(qtbot, local) as running:
            assert banner(running).title.text() == "Los datos no pueden estar en una carpeta de la red."


READ_ONLY = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from oirs_desktop import app
from oirs_desktop.ui.parts.widgets import Banner
folder = Path(sys.argv[1])

def look():
    running = app.build_running(app.Place(folder, url="http://127.0.0.1:1"))
    while running.problem is None and running.window.current is None:
        running.app.processEvents()
    banner = running.window.stack.currentWidget().findChild(Banner) if running.problem else None
    print(banner.title.text() if banner else "open")
    running.window.close()

look()
for path in folder.iterdir():
    path.chmod(0o755 if path.is_dir() else 0o444)
folder.chmod(0o555 if sys.argv[3] == "read" else 0o000)
if os.getuid() == 0:  # for root nothing is read-only
    os.setgid(65534); os.setuid(65534)
look()
"""


@POSIX
@pytest.mark.parametrize("right", ["read", "none"])
def test_a_folder_that_is_not_ours_to_write_is_told_in_the_window(tmp_path: Path, right: str) -> None:
    folder = enrolled(tmp_path)
    for path in folder.parents:
        if "pytest" in str(path):
            path.chmod(0o755)
    try:
        command = [sys.executable, "-c", READ_ONLY, str(folder), str(ROOT), right]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    finally:
        folder.chmod(0o755)
    assert done.stdout.splitlines() == ["open", "No hay permiso para guardar en esta carpeta."], done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def portal() -> Iterator[str]:
    """A server that answers everything with a page of HTML, as the network of a hotel does."""
    with open_portal() as opened:
        yield opened


def register(running: Running, keys: Keyboard, until: Callable[[Callable[[], bool]], None]) -> None:
    """Fill in a consulta by somebody new and press the button."""
    keys.press(Key.Key_F2)
    until(lambda: isinstance(running.window.current, Nueva))
    keys.write("11.111.111-1")
    keys.press(Key.Key_Return)
    until(lambda: running.tasks.idle)
    keys.write("José")
    form = running.window.current
    assert isinstance(form, Nueva)
    while keys.focus is not form.que.materia:
        keys.press(Key.Key_Tab)
    keys.write("Barcaza")
    keys.press(Key.Key_Tab, times=2)
    keys.write("Pregunta por la barcaza.")
    keys.press(Key.Key_Tab, times=2)
    keys.write("Sale a las ocho.")
    keys.press(Key.Key_Return, CTRL)
    until(lambda: running.tasks.idle)


def test_a_server_that_answers_html_is_told_where_one_looks_and_loses_nothing(
    tmp_path: Path, qtbot: QtBot, portal: str
) -> None:
    with window(qtbot, enrolled(tmp_path), portal) as running:
        keys = Keyboard(running.window)
        register(running, keys, qtbot.waitUntil)
        keys.press(Key.Key_F10)
        qtbot.waitUntil(lambda: isinstance(running.window.current, Envio))
        screen = running.window.current
        assert isinstance(screen, Envio)
        qtbot.waitUntil(lambda: screen.why.title.text() == "Respondió otra página, no el servidor.")
        assert "siguen guardados aquí" in screen.why.advice.text()
        assert screen.said_now.words.text().startswith("1 caso por enviar")


@POSIX
def test_a_disk_that_is_full_keeps_the_text_and_goes_on_when_there_is_room(
    tmp_path: Path, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    folder = enrolled(tmp_path)
    with window(qtbot, folder) as running:
        assert running.machine is not None
        assert running.schedule is not None
        store, schedule, keys = running.machine.store, running.schedule, Keyboard(running.window)
        qtbot.waitUntil(lambda: bool(store.queue().last_error))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        try:
            register(running, keys, qtbot.waitUntil)
            form = running.window.current
            assert isinstance(form, Nueva)
            assert form.summary.title.text() == "No hay espacio en el disco. El caso NO se guardó."
            assert form.que.text("relato") == "Pregunta por la barcaza."
            tries = schedule.failures
            schedule.wake(force=True)
            qtbot.waitUntil(lambda: schedule.failures > tries)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        keys.press(Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: running.window.current is not form)
        assert len(store.recent(10)) == 1
        tries = schedule.failures
        schedule.wake(force=True)
        qtbot.waitUntil(lambda: schedule.failures > tries)
    assert "Traceback" not in "".join(capfd.readouterr())


def test_the_window_is_not_held_by_a_search_for_garbage_in_what_stays(qtbot: QtBot, tmp_path: Path) -> None:
    before = gc.get_freeze_count()
    with window(qtbot, enrolled(tmp_path)):
        assert gc.get_freeze_count() > before + OBJECTS_OF_THE_PROGRAM
    assert gc.get_freeze_count() == 0
