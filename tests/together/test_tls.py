"""Over TLS with the project's own authority, also with a clock that is years wrong."""

from __future__ import annotations

import os
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from oirs_central.tls import issue
from oirs_desktop.commands.centre import Centre
from oirs_desktop.commands.machine import Invitation, World, enrol_machine, open_machine
from oirs_desktop.keystore import FileKeystore
from oirs_desktop.sync.client import Client
from oirs_desktop.sync.errors import AuthorityUnreadable, DeviceRefused, LinePlain, NotOurServer
from oirs_desktop.sync.trust import RELEASED_MS, Trust, check_line
from tests.support.office import DRAFT, OFFICE, HandClock, NoPrinter, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oirs_central.tls import Certificate

YEAR = 365 * 24 * 3600 * 1000
NOW = RELEASED_MS + YEAR // 12
UNSIGNED = b"OSY1" + bytes(100)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("central")
    made = Centre(folder)
    made.office(OFFICE)
    made.run("tls", "127.0.0.1")
    with made:
        assert made.url.startswith("https://")
        yield made


def authority(centre: Centre) -> str:
    return (centre.folder / "tls" / "ca.pem").read_text(encoding="ascii")


def ask(centre: Centre, trust: Trust) -> None:
    """Ask anything: to be refused by the centre itself proves that the line stands."""
    client = Client(centre.url, trust=trust)
    try:
        client.exchange(UNSIGNED)
    finally:
        client.close()


def at(ms: int, pem: str, known: int | None = None) -> Trust:
    return Trust(pem, lambda: ms, lambda: known)


@pytest.mark.parametrize(
    "clock", [NOW, 0, NOW - 17 * YEAR, NOW + 40 * YEAR], ids=["right", "1970", "2009", "2066"]
)
def test_i14_a_wrong_clock_does_not_close_the_line_to_our_own_authority(centre: Centre, clock: int) -> None:
    with pytest.raises((DeviceRefused, NotOurServer)) as told:
        ask(centre, at(clock, authority(centre)))
    assert told.value.__cause__ is None  # answered by the centre, not by the library


@pytest.mark.parametrize("clock", [NOW, 0])
def test_another_authority_is_refused_whatever_the_clock_says(
    centre: Centre, clock: int, tmp_path: Path
) -> None:
    other = issue(tmp_path / "tls", ["127.0.0.1"], NOW).authority.read_text(encoding="ascii")
    with pytest.raises(NotOurServer) as told:
        ask(centre, at(clock, other))
    assert "CERTIFICATE_VERIFY_FAILED" in str(told.value.__cause__)


def test_whom_the_system_trusts_does_not_include_ours(centre: Centre) -> None:
    with pytest.raises(NotOurServer):
        ask(centre, at(NOW, ""))


@pytest.mark.parametrize("issued", [-3 * YEAR, 3 * YEAR], ids=["expired", "not yet valid"])
def test_dates_count_while_the_clock_is_plausible_and_only_then(tmp_path: Path, issued: int) -> None:
    # OpenSSL looks at the clock of this machine, so here it is the certificate that lies at another time.
    made = issue(tmp_path / "tls", ["127.0.0.1"], time.time_ns() // 1_000_000 + issued)
    pem = made.authority.read_text(encoding="ascii")
    with answering(made) as url:
        for clock, refused in ((NOW, True), (0, False)):
            client = Client(url, trust=at(clock, pem))
            with pytest.raises(NotOurServer) as told:
                client.exchange(UNSIGNED)
            client.close()
            assert ("CERTIFICATE_VERIFY_FAILED" in str(told.value.__cause__)) is refused


class Portal(BaseHTTPRequestHandler):
    """Answers anything with a page."""

    def do_POST(self) -> None:
        self.send_response(404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - theirs
        """Keep the output of the tests clean."""


@contextmanager
def answering(certificate: Certificate) -> Iterator[str]:
    """Serve over TLS with a certificate, which may have any dates."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.chain, certificate.key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_counter_is_enrolled_and_synchronised_over_tls_with_a_clock_of_1970(
    centre: Centre, tmp_path: Path
) -> None:
    clock = HandClock(1_000)
    world = World(clock, os.urandom, NoPrinter(), tmp_path / "witnesses")
    keys = FileKeystore(tmp_path / "keys.json")
    invitation = Invitation(centre.url, centre.code(OFFICE.codigo), "Mesón 1", authority(centre))
    enrol_machine(tmp_path, keys, world, invitation).close()
    machine = open_machine(tmp_path, keys, world)
    try:
        machine.counter.desk.open(_draft())
        machine.sync()
        assert machine.store.queue().pending == 0
        assert machine.store.contact.offset_ms > 50 * YEAR  # type: ignore[operator] # the centre set it straight
    finally:
        machine.close()


def _draft() -> object:
    from oirs_desktop.desk import Draft  # noqa: PLC0415

    return Draft(**{**DRAFT, "persona": person("Rosa Elena")})  # type: ignore[arg-type]


def test_names_do_not_travel_in_the_clear() -> None:
    check_line("http://127.0.0.1:8470")
    check_line("https://central.example")
    with pytest.raises(LinePlain):
        check_line("http://central.example")


def test_a_file_that_is_no_certificate_is_said_so() -> None:
    with pytest.raises(AuthorityUnreadable):
        Client("https://central.example", trust=at(NOW, "no soy un certificado"))
