from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from oirs_desktop import app
from oirs_desktop.commands import exits
from oirs_desktop.commands.import_day import Outcome, Result
from oirs_desktop.commands.line import USAGE, parse
from oirs_desktop.commands.machine import Machine
from oirs_desktop.commands.proof import Office as Proven
from oirs_desktop.commands.proof import prove
from oirs_desktop.keystore import FileKeystore, Secrets
from oirs_desktop.store.engine import FILE_NAME
from tests.desktop.test_import_day import ROW, sheet, write
from tests.support.centre import KEY
from tests.support.office import open_office

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of an enrolled counter that nobody has open."""
    open_office(tmp_path).store.close()
    FileKeystore(tmp_path / "data" / app.KEYS).save(Secrets(KEY, sha256(b"m1").digest()))
    return tmp_path / "data"


def test_without_an_order_the_window_is_meant() -> None:
    asked = parse([])
    assert (asked.verb, asked.data, asked.user) == ("", None, None)


def test_the_folder_may_stand_before_or_after_the_order(tmp_path: Path) -> None:
    for words in (["--data", str(tmp_path), "sync"], ["sync", "--data", str(tmp_path)]):
        assert parse(words).data == tmp_path


def test_a_wrong_order_is_answered_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main(["bailar"])
    assert ended.value.code == USAGE
    said = capsys.readouterr().err
    assert said.startswith("uso: oirs-desktop")
    assert "invalid choice" not in said


def test_a_folder_without_a_store_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / app.KEYS).write_text("", encoding="utf-8")
    FileKeystore(tmp_path / app.KEYS).save(Secrets(KEY, KEY))
    assert app.main(["verify", "--data", str(tmp_path)]) == exits.NO_INPUT
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_a_machine_that_was_never_enrolled_is_told_so_and_not_about_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.main(["import-day", "lista.csv", "--data", str(tmp_path)]) == exits.NO_INPUT
    assert capsys.readouterr().err == "Este equipo aún no tiene datos. Únalo a su oficina para comenzar.\n"


def test_an_import_reports_on_the_terminal_and_in_a_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = write(tmp_path, sheet(ROW, {**ROW, "n": "2", "tipo": "queja"})), tmp_path / "r.csv"
    order = ["import-day", str(path), "--data", str(folder), "--report", str(report)]
    assert app.main(order) == app.DATA
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("fila 1 (línea 2): tomada  ")
    assert said[1] == "fila 2 (línea 3): rechazada  No conocemos el tipo «queja»."
    assert said[2] == "Tomadas: 1. Ya estaban: 0. De otra oficina: 0. Rechazadas: 1."
    assert report.read_text(encoding="utf-8").count("\n") == 3
    assert app.main(["verify", "--data", str(folder)]) == app.OK
    assert "Casos: 1" in capsys.readouterr().out


def test_an_import_for_another_office_takes_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["import-day", str(write(tmp_path, sheet(ROW))), "--office", "104", "--data", str(folder)]
    assert app.main(order) == app.DATA
    assert "Este equipo es de la oficina 084." in capsys.readouterr().err


def test_an_official_whom_nobody_knows_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["verify", "--data", str(folder), "--user", "Nadie"]) == app.DATA
    assert "«Nadie» no está entre los funcionarios" in capsys.readouterr().err


def test_an_enrolment_without_a_line_can_be_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["enrol", "http://127.0.0.1:1", "ABC", "--training", "--data", str(tmp_path / "new")]
    for _ in range(2):
        assert app.main(order) == exits.BUSY
    assert app.main(["verify", "--data", str(tmp_path / "new")]) == exits.NO_INPUT
    assert "Traceback" not in capsys.readouterr().err


PAINTED_WITHOUT = (
    "sqlalchemy",
    "reportlab",
    "requests",
    "cryptography",
    "keyring",
    "msgspec",
    "oirs_desktop.store",
)
HEAVY = f"""
import sys
from pathlib import Path
from oirs_desktop import app
running = app.build_running(app.Place(Path("nowhere")))
running.app.processEvents()
assert running.window.isVisible()
print([name for name in {PAINTED_WITHOUT} if name in sys.modules])
"""


def test_the_window_is_painted_before_anything_heavy_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.qt_log_ignore("does not support raise")  # offscreen has no other windows
def test_a_second_start_gives_a_sentence_and_brings_the_first_window_up(folder: Path, qtbot: QtBot) -> None:
    running = app.build_running(app.Place(folder, url="http://127.0.0.1:1"))
    qtbot.addWidget(running.window)
    try:
        qtbot.waitUntil(lambda: running.window.current is not None, timeout=10_000)
        running.window.showMinimized()
        second = subprocess.Popen(
            [sys.executable, "-m", "oirs_desktop", "--data", str(folder)], stderr=subprocess.PIPE, text=True
        )
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
        _, said = second.communicate()
        assert second.returncode == exits.BUSY
        assert "ya está abierto" in said
        assert not running.window.isMinimized()
    finally:
        running.window.close()
    assert app.main(["verify", "--data", str(folder)]) == app.OK


def test_a_window_that_cannot_open_its_store_says_so_on_its_page(tmp_path: Path, qtbot: QtBot) -> None:
    FileKeystore(tmp_path / app.KEYS).save(Secrets(KEY, KEY))
    (tmp_path / FILE_NAME).write_bytes(b"")
    running = app.build_running(app.Place(tmp_path))
    qtbot.addWidget(running.window)
    qtbot.waitUntil(lambda: running.problem is not None, timeout=10_000)
    assert running.problem is not None
    assert running.problem.code == "store_damaged"
    assert running.window.isVisible()
    running.window.close()


def test_the_proof_notices_a_case_lost_and_one_too_many(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    case = office.file()
    nothing: list[Any] = [None] * (len(fields(Machine)) - 4)
    machine = Machine(tmp_path, office.store, office.made.key, office.counter, *nothing)
    taken = Outcome("1", 2, "084", Result.TAKEN, case.ingreso.folio, "", "nada.pdf")
    dump = office.store.dump()
    assert prove(Proven("084", "Prueba", [machine], [taken]), dump) == ["Faltan 1 comprobantes."]
    lost = prove(Proven("084", "Prueba", [machine], [taken]), b"")
    assert "Faltan 1 casos en la central." in lost
    assert any("no calza" in finding for finding in lost)
    assert "Sobran 1 casos en la central." in prove(Proven("084", "Prueba", [machine], []), dump)
    office.store.close()
