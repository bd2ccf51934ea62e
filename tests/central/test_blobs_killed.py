"""A centre that is killed while a document comes: what it said to have, it has."""

from __future__ import annotations

import http.client
import threading
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from oirs_core.domain.events import Adjunto
from oirs_core.wire import blob as wire
from oirs_desktop.sync.client import Client
from oirs_desktop.sync.errors import DeviceRefused, DocumentAway
from tests.central.test_processes import Away, run, serving
from tests.support.blobs import PDF, scan
from tests.support.stranger import Counter, filing

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 32 * 1024
SIZE = 8_000_000


def test_i17_a_centre_killed_in_mid_chunk_holds_every_byte_that_it_said_to_hold(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path))
    run("office", "082", "--training", *data)
    capfd.readouterr()
    run("enrol", "082", *data)
    code = capfd.readouterr().out.strip()
    document = scan(1, SIZE)
    sha = sha256(document).hexdigest()
    told = [0]
    with serving(tmp_path) as (process, url):
        counter = Counter(Away(url)).enrol(code)
        case = counter.write(filing()).creates
        counter.write(Adjunto(sha, PDF, SIZE, "escaneo.pdf"), case)
        counter.sync()
        line = half_a_chunk(url, counter, sha, document)

        def flood() -> None:
            with suppress(OSError, http.client.HTTPException):
                while told[-1] < SIZE:
                    told.append(counter.put(sha, told[-1], document[told[-1] : told[-1] + CHUNK])[0])

        thread = threading.Thread(target=flood)
        thread.start()
        thread.join(0.25)
        process.kill()
        thread.join()
        line.close()
    assert 0 < told[-1] < SIZE
    with serving(tmp_path) as (process, url):
        counter.central = Away(url)
        held = dict(counter.ask().blobs)
        assert told[-1] <= next(iter(held.values())) <= told[-1] + CHUNK
        assert counter.send(document, wire.LARGEST_CHUNK) == (SIZE, "whole", "")
        talk_as_the_desktop_does(url, counter, document)
    assert run("check", *data) == 0


def half_a_chunk(url: str, counter: Counter, sha: str, document: bytes) -> http.client.HTTPConnection:
    """Begin to send, and never end: nothing of it counts, and nobody else waits for it."""
    body = wire.with_crc(document[:CHUNK])
    message = wire.put_message(counter.key.id, bytes.fromhex(sha), 0, body)
    line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    line.putrequest("PUT", f"/v1/blob/{sha}?o=0")
    line.putheader("Authorization", counter.signed(message))
    line.putheader("Content-Length", str(len(body)))
    line.endheaders(body[: CHUNK // 2])
    return line


def talk_as_the_desktop_does(url: str, counter: Counter, document: bytes) -> None:
    digest, key = sha256(document).digest(), counter.key
    client = Client(url)
    message = wire.get_message(key.id, digest, SIZE - 9, SIZE)
    header = counter.signed(message)
    assert client.get_blob(digest.hex(), SIZE - 9, SIZE, header) == document[-9:]
    body = wire.with_crc(b"")
    header = counter.signed(wire.put_message(key.id, digest, 7, body))
    assert wire.read_stand(client.put_blob(digest.hex(), 7, header, body))[2] == wire.Stand(SIZE, "whole")
    with pytest.raises(DeviceRefused):
        client.put_blob(digest.hex(), 8, header, body)
    header = counter.signed(wire.put_message(key.id, bytes(32), 0, body))
    with pytest.raises(DocumentAway):
        client.put_blob("00" * 32, 0, header, body)
    client.close()
