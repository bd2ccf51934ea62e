"""The way by hand as commands, with a counter put together as the program does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_central import app as central
from oirs_desktop import app
from oirs_desktop.commands.machine import World as Outside
from oirs_desktop.commands.machine import open_machine
from oirs_desktop.desk import Draft
from oirs_desktop.keystore import FileKeystore, Secrets
from oirs_desktop.sync.scribe import Copied
from tests.support.office import DRAFT, HandClock, NoPrinter, person
from tests.support.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from oirs_desktop.commands.machine import Machine
    from tests.support.world import Counter


class Desk:
    """A counter whose office has come down, with its keys in a file; the program is closed."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.counter: Counter = self.world.enrol("104")
        self.counter.sync()
        self.counter.store.close()
        self.folder = self.counter.folder
        self.keys = FileKeystore(self.folder / app.KEYS)
        self.keys.save(Secrets(self.counter.database, self.counter.seed))
        self.world.central.close()
        self.clock = HandClock()

    def open(self) -> Machine:
        outside = Outside(self.clock, self.world.random, NoPrinter(), self.world.folder / "witness")
        return open_machine(self.folder, self.keys, outside)

    def file(self, *names: str) -> list[str]:
        machine = self.open()
        draft = {**DRAFT}
        found = [
            machine.counter.register(Draft(**{**draft, "persona": person(name)})).case.ingreso.folio  # type: ignore[arg-type]
            for name in names
        ]
        machine.close()
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_out_to_the_centre_and_back_by_commands_alone(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick, data = tmp_path / "pendrive", ["--data", str(desk.folder)]
    stick.mkdir()
    desk.file("Rosa", "Luz")
    assert app.main(["export", str(stick), *data]) == app.OK
    assert "2 actos" in capsys.readouterr().out
    order = ["bundle", str(stick), "--out", str(stick), "--data", str(tmp_path / "central")]
    assert central.main(order) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("(oficina 104, Mesón 1): se recibieron 2 actos.")
    assert said[1] == "Respuestas: 1."
    assert app.main(["import", str(stick), *data]) == app.OK
    assert "Entregados 2 actos, 2 casos con novedades, 0 por enviar." in capsys.readouterr().out
    assert app.main(["import", str(stick), *data]) == app.OK
    assert "Ya se había recibido: nada cambió." in capsys.readouterr().out


def test_a_lost_store_comes_back_by_a_command(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    folios = desk.file("Rosa", "Luz")
    for path in desk.folder.glob("oirs.db*"):
        path.unlink()
    data = ["--data", str(desk.folder)]
    assert app.main(["recover-journal", *data]) == app.OK
    assert capsys.readouterr().out == "Recuperados 2 actos desde el diario.\n"
    assert app.main(["verify", *data]) == app.OK
    assert "Casos: 2" in capsys.readouterr().out
    assert app.main(["recover-journal", *data]) == app.OK
    assert capsys.readouterr().out == "Recuperados 0 actos desde el diario.\n"
    machine = desk.open()
    assert {row.folio for row in machine.store.recent(9)} == set(folios)
    machine.close()
    for path in (desk.folder / "journal").iterdir():
        path.unlink()
    (desk.folder / "oirs.db").unlink()
    assert app.main(["recover-journal", *data]) != app.OK
    assert capsys.readouterr().err == (
        "No hay un diario de este equipo que se pueda abrir. Nada se cambió. Avise a informática.\n"
    )


def test_i12_a_store_put_back_from_a_backup_is_healed_at_the_start_and_begins_a_new_log(desk: Desk) -> None:
    desk.file("Rosa")
    old = (desk.folder / "oirs.db").read_bytes()
    (lost,) = desk.file("Luz")
    (desk.folder / "oirs.db").write_bytes(old)
    (fresh,) = desk.file("Ana")
    machine = desk.open()
    assert {row.folio for row in machine.store.recent(9)} >= {lost, fresh}
    assert lost[3:7] != fresh[3:7]  # the label: a number is never given twice
    machine.close()


def test_the_second_copy_is_written_by_its_own_thread_and_tells_how_far_behind_it_is(desk: Desk) -> None:
    machine = desk.open()
    machine.counter.register(Draft(**{**DRAFT, "persona": person("Rosa")}))  # type: ignore[arg-type]
    for _ in range(200):
        if machine.scribe.copied() == Copied():
            break
        machine.scribe._thread.join(0.02)
    assert machine.scribe.copied() == Copied()
    machine.close()
    settings = desk.folder / "settings.toml"
    nowhere = desk.folder / "app.txt"
    nowhere.write_text("", encoding="utf-8")
    settings.write_text(f'journal_folder = "{(nowhere / "x").as_posix()}"\n', encoding="utf-8")
    machine = desk.open()
    machine.counter.register(Draft(**{**DRAFT, "persona": person("Luz")}))  # type: ignore[arg-type]
    machine.scribe.write()
    assert machine.scribe.copied() == Copied(2, "stick_gone")  # the new folder has nothing yet
    machine.close()
