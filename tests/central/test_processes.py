"""Several writers at once, a server that is killed, and the commands as somebody types them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import TYPE_CHECKING

import pytest

from oirs_central.app import build, main
from oirs_core import chain
from tests.central.conftest import Chance, Clock
from tests.support.stranger import Counter, filing
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from oirs_central.app import Central
    from oirs_central.settings import Settings

    Enrol = Callable[..., Counter]

ROUNDS = 8
READY = re.compile(r"OIRS central escuchando en (http://127\.0\.0\.1:\d+)")


def test_two_writers_at_once_leave_no_gap(enrolled: Enrol, central: Central, settings: Settings) -> None:
    one, two = enrolled(1), enrolled(2)
    second = build(settings, Clock(), Chance())
    two.central = second
    failures: list[BaseException] = []

    def work(counter: Counter) -> None:
        try:
            for _ in range(ROUNDS):
                counter.write(filing())
                counter.sync()
        except BaseException as why:  # noqa: BLE001 - a thread must not swallow it
            failures.append(why)

    threads = [threading.Thread(target=work, args=(counter,)) for counter in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for counter in (one, two):
        counter.sync()
    assert one.office.pos == 1 + 2 + 2 * ROUNDS
    assert one.office.links == two.office.links
    assert central.ledger.verify() == []
    second.close()


def test_two_copies_of_one_counter_at_once_become_two_logs(
    enrolled: Enrol, central: Central, settings: Settings
) -> None:
    one = enrolled()
    two = one.twin()
    second = build(settings, Clock(), Chance())
    two.central = second
    one.write(filing("uno"))
    two.write(filing("dos"))
    threads = [threading.Thread(target=counter.ask) for counter in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert central.ledger.dump("o/SGI/082").count(b"\n") == 1
    assert central.ledger.verify() == []
    second.close()


class Away:
    """A centre in another process: frames over HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url

    def sync(self, frame: bytes) -> bytes:
        return self._post("/v1/sync", frame)

    def enrol(self, body: bytes) -> bytes:
        return self._post("/v1/enrol", body)

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        headers = {"Authorization": authorization}
        return self._ask(f"/v1/blob/{sha}?o={offset}", body, headers, "PUT")

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        headers = {"Authorization": authorization, "Range": f"bytes={first}-{last}"}
        return self._ask(f"/v1/blob/{sha}", None, headers, "GET")

    def _post(self, path: str, body: bytes) -> bytes:
        return self._ask(path, body, {}, "POST")

    def _ask(self, path: str, body: bytes | None, headers: dict[str, str], method: str) -> bytes:
        request = urllib.request.Request(self.url + path, data=body, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return bytes(answer.read())


@contextmanager
def serving(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "oirs_central", "serve", "--data", str(data), "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = READY.match(process.stdout.readline())
        assert line is not None
        yield process, line[1]
    finally:
        process.kill()
        process.communicate()


def run(*arguments: str) -> int:
    return main(list(arguments))


def test_a_server_killed_in_the_middle_keeps_what_it_answered_and_stops_in_order(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path))
    assert run("office", "082", "--training", *data) == 0
    capfd.readouterr()
    assert run("enrol", "082", *data) == 0
    code = capfd.readouterr().out.strip()
    with serving(tmp_path) as (process, url):
        counter = Counter(Away(url)).enrol(code)
        counter.write(filing())
        counter.sync()

        def flood() -> None:
            with suppress(OSError, HTTPException):
                while True:
                    counter.note()
                    counter.absorb(counter.ask())

        thread = threading.Thread(target=flood)
        thread.start()
        thread.join(0.3)
        process.kill()
        thread.join()
    kept = counter.office.pos
    assert kept > 3
    assert run("check", *data) == 0
    with serving(tmp_path) as (process, url):
        counter.central = Away(url)
        counter.sync()
        if os.name != "nt":
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
    assert counter.office.pos >= kept
    assert {event.h for event in counter.own} <= set(counter.office.hashes)
    assert run("check", *data) == 0


def test_an_office_is_made_changed_answered_and_dumped(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path), "--institution", "SGI")
    official = ("--funcionario", "asoto", "Ana Soto", "Encargada OIRS")
    assert (
        run("office", "082", "--base", "https://oirs.example", "--compromiso", "consulta=5", *official, *data)
        == 0
    )
    assert run("office", "022", "--training", *data) == 0
    assert run("office", "082", "--telefono", "+56 41 212 3456", *data) == 0
    central = build_at(tmp_path)
    office = central.ledger.office_config("082")
    assert office is not None
    assert (office.nombre, office.comuna, office.zona) == (
        "Delegación Presidencial Provincial de Arauco",
        "08201",
        "America/Santiago",
    )
    assert (office.folio, office.telefono, office.compromisos) == ("00", "+56 41 212 3456", {"consulta": 5})
    assert office.funcionarios[0].nombre == "Ana Soto"
    counter = Counter(central).enrol(central.auth.new_code("o/SGI/082"))
    folio = f"00K{counter.label}0001"
    counter.write(filing(folio + check_of(folio)))
    counter.sync()
    assert run("answer", folio + check_of(folio), "Debe traer su cédula.", "--user", "jefa", *data) == 0
    counter.sync()
    kinds = [chain.Header.decode(counter.events[h].header).kind for h in counter.office.hashes]
    assert kinds == ["Oficina", "Oficina", "Equipo", "Ingreso", "Respuesta"]
    capfd.readouterr()
    assert run("dump", "082", *data) == 0
    assert b"respondida" in capfd.readouterr().out.encode()
    central.close()


def build_at(folder: Path) -> Central:
    from oirs_central.settings import Settings  # noqa: PLC0415 - beside its use

    return build(Settings(folder), Clock(), Chance())


def check_of(folio: str) -> str:
    from oirs_core.domain.folio import check_symbol  # noqa: PLC0415 - beside its use

    return check_symbol(folio)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("enrol", "082"), 66),
        (("office", "999"), 66),
        (("office", "083"), 64),
        (("office", "083", "--training", "--compromiso", "consulta=siete"), 64),
        (("answer", "0000-0000", "x", "--user", "a"), 65),
        (("dump", "082", "--db", "postgresql://nobody@127.0.0.1:1/none"), 69),
        (("nothing",), 64),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_an_exit_code(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], command: tuple[str, ...], code: int
) -> None:
    try:
        got = run(*command, "--data", str(tmp_path))
    except SystemExit as stop:
        got = int(str(stop.code))
    assert got == code
    said = capfd.readouterr().err.strip()
    assert said
    assert "Traceback" not in said


def test_a_damaged_row_is_found(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("office", "082", "--training", "--data", str(tmp_path)) == 0
    central = build_at(tmp_path)
    with central.database.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE event SET body = x'7b7d' WHERE kind = 'Oficina'")
        connection.commit()
    central.close()
    assert run("check", "--data", str(tmp_path)) == 65
    assert "su contenido no es el que se recibió" in capfd.readouterr().out


def test_a_server_started_by_another_program_ends_with_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "oirs_central", "serve", "--with-stdin", "--data", str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, "--port", "0"], cwd=ROOT, stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdin.close()
        assert process.wait(timeout=20) == 0
