"""Bytes of documents at the centre: whole or wanted, in their office only, whatever the line does."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from litestar.testing import TestClient

from oirs_central.api import web
from oirs_central.app import build
from oirs_central.auth import DeviceRevoked, RequestUnsigned
from oirs_central.blobs import DAY_MS, BlobAway, BlobRange, BlobUnknown
from oirs_core.chain import b64
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Adjunto
from oirs_core.domain.rules import MAX_CASE_FILES, MAX_FILE
from oirs_core.wire import blob as wire
from tests.central.conftest import OFFICES, Chance
from tests.support.stranger import filing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_central.app import Central
    from oirs_central.settings import Settings
    from tests.central.conftest import Clock
    from tests.support.stranger import Counter

    Enrol = Callable[..., Counter]

PDF = "application/pdf"
# What the database has no part in is tried on one of the two.
on_one = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def scan(n: int = 1, size: int = 3000) -> bytes:
    """Bytes that begin like a PDF and are the same each time."""
    body = b"".join(sha256(f"{n}/{k}".encode()).digest() for k in range(size // 32 + 1))
    return (b"%PDF-1.7\n" + body)[:size]


def digits(data: bytes) -> str:
    return sha256(data).hexdigest()


def announce(counter: Counter, *documents: bytes, **changes: object) -> None:
    """File a case and its documents, and bring both to the centre."""
    case = counter.write(filing()).creates
    for data in documents:
        fields = {
            "sha256": digits(data),
            "tipo": PDF,
            "tamano": len(data),
            "nombre": "escaneo.pdf",
            **changes,
        }
        counter.write(Adjunto(**fields), case)  # type: ignore[arg-type]
    counter.sync()


def short(data: bytes) -> str:
    return b64(sha256(data).digest()[:8])


def files(central: Central) -> list[Path]:
    return sorted(path for path in (central.settings.data / "documents").rglob("*") if path.is_file())


def test_a_document_is_sent_and_a_colleague_fetches_it(enrolled: Enrol) -> None:
    one, two, data = enrolled(1), enrolled(2), scan()
    announce(one, data)
    assert one.ask().blobs == ((short(data), 0),)
    assert two.ask().blobs == ()
    assert one.send(data) == (len(data), "whole", "")
    assert one.ask().blobs == ()
    assert two.fetch(digits(data), 0, 1999) + two.fetch(digits(data), 2000, 99_999) == data


@on_one
def test_i10_who_has_no_documents_is_told_of_none(enrolled: Enrol) -> None:
    one = enrolled()
    one.sync()
    assert one.ask().blobs == ()


def test_the_answer_lists_the_sixteen_smallest(enrolled: Enrol) -> None:
    one, all_of_them = enrolled(), [scan(n, 100 + n) for n in range(20)]
    announce(one, *all_of_them)
    assert one.ask().blobs == tuple((short(data), 0) for data in all_of_them[:16])


@on_one
def test_i8_a_document_goes_on_from_every_offset(enrolled: Enrol) -> None:
    one = enrolled()
    whole = [scan(n, 12) for n in range(11)]
    announce(one, *whole)
    for cut, data in enumerate(whole, start=1):
        assert one.put(digits(data), 0, data[:cut])[0] == cut
        assert one.put(digits(data), cut, data[cut:]) == (12, "whole", "")


def test_i4_a_chunk_sent_again_and_a_chunk_from_elsewhere_change_nothing(enrolled: Enrol) -> None:
    one, data = enrolled(), scan()
    announce(one, data)
    sha = digits(data)
    assert one.put(sha, 0, data[:1000]) == (1000, "partial", "")
    assert one.put(sha, 0, data[:1000]) == (1000, "partial", "")
    assert one.put(sha, 2000, data[2000:]) == (1000, "partial", "")
    assert one.put(sha, 1000, data[1000:] + b"more") == (1000, "partial", "")
    assert one.put(sha, 1000, b"") == (1000, "partial", "")
    assert one.put(sha, 1000, data[1000:])[1] == "whole"
    assert one.put(sha, 0, data[:1000]) == (3000, "whole", "")


@on_one
def test_i16_a_chunk_whose_check_sum_does_not_fit_is_not_taken(enrolled: Enrol, central: Central) -> None:
    one, data = enrolled(), scan()
    announce(one, data)
    assert one.put(digits(data), 0, data[:1000]) == (1000, "partial", "")
    assert one.put(digits(data), 1000, data[1000:2000], crc=7) == (1000, "partial", "")
    body = wire.with_crc(data[1000:])
    message = wire.put_message(one.key.id, sha256(data).digest(), 1000, body)
    changed = bytes([body[0] ^ 1]) + body[1:]
    with pytest.raises(EventRefused):  # changed on its way: no word about who sent it
        central.put_blob(digits(data), 1000, one.signed(message), changed)
    with pytest.raises(RequestUnsigned):
        central.put_blob(digits(data), 1001, one.signed(message), body)
    assert one.send(data)[1] == "whole"


@on_one
def test_wrong_bytes_begin_again_and_the_second_time_somebody_must_look(
    enrolled: Enrol, caplog: pytest.LogCaptureFixture
) -> None:
    one, data = enrolled(), scan()
    other = data[:-1] + b"?"
    announce(one, data, scan(2))
    sha = digits(data)
    assert one.put(sha, 0, other) == (0, "wanted", "")
    assert caplog.messages == []
    assert one.put(sha, 0, other) == (0, "blocked", "hash")
    assert caplog.messages == [f"document {sha} of o/SGI/082 blocked: hash"]
    assert one.put(sha, 0, b"") == (0, "blocked", "hash")
    assert one.ask().blobs == ((short(scan(2)), 0),)  # I11: the next one is not held up
    assert one.put(sha, 0, data) == (3000, "whole", "")  # i18: another try is a chunk from the start


def test_i11_what_is_too_large_or_of_another_kind_is_set_apart_and_stops_no_other(enrolled: Enrol) -> None:
    one, good = enrolled(), scan()
    announce(one, scan(2), tamano=MAX_FILE + 1)
    announce(one, scan(3), tipo="text/html")
    announce(one, scan(4), sha256="../../etc")
    program = b"MZ" + scan(5)
    announce(one, program, good)
    assert one.put(digits(scan(2)), 0, scan(2)) == (0, "blocked", "size")
    assert one.put(digits(scan(3)), 0, scan(3)) == (0, "blocked", "kind")
    assert one.put(digits(program), 0, program[:500]) == (0, "blocked", "kind")
    assert one.send(good)[1] == "whole"
    announce(one, scan(3))  # announced again, rightly
    assert one.send(scan(3))[1] == "whole"


@on_one
def test_a_case_keeps_25_mb_and_the_next_case_its_own(enrolled: Enrol) -> None:
    one = enrolled()
    big = [scan(n) for n in range(4)]
    announce(one, *big, tamano=MAX_FILE)
    stands = [one.put(digits(data), 0, b"") for data in big]
    assert MAX_CASE_FILES // MAX_FILE == 2
    assert stands == [(0, "wanted", "")] * 2 + [(0, "blocked", "case")] * 2
    announce(one, scan(9), tamano=MAX_FILE)
    assert one.put(digits(scan(9)), 0, b"")[1] == "wanted"


def test_i19_another_office_neither_gets_nor_learns_of_a_document(enrolled: Enrol, central: Central) -> None:
    one, far, data = enrolled(1), enrolled(3, OFFICES[1]), scan()
    announce(one, data)
    one.send(data)
    for ask in (lambda: far.fetch(digits(data), 0, 9), lambda: far.put(digits(data), 0, data)):
        with pytest.raises(BlobUnknown):
            ask()
    announce(far, data)
    assert far.ask().blobs == ((short(data), 0),)  # as if nobody had it
    with pytest.raises(BlobAway):
        far.fetch(digits(data), 0, 9)
    assert far.send(data)[1] == "whole"
    assert len(files(central)) == 2


@on_one
def test_a_range_lies_inside_of_the_document(enrolled: Enrol) -> None:
    one, data = enrolled(), scan()
    announce(one, data)
    one.send(data)
    assert one.fetch(digits(data), 2999, 2999) == data[2999:]
    for first, last in ((3000, 3001), (9, 8)):
        with pytest.raises(BlobRange):
            one.fetch(digits(data), first, last)
    with pytest.raises(BlobRange):
        one.put(digits(data), 0, bytes(wire.LARGEST_CHUNK + 1))


def test_i13_a_restored_centre_wants_again_what_it_lost(enrolled: Enrol, central: Central) -> None:
    one = enrolled()
    lost, damaged, begun, kept = (scan(n) for n in range(4))
    announce(one, lost, damaged, begun, kept)
    for data in (lost, damaged, kept):
        one.send(data)
    one.put(digits(begun), 0, begun[:1000])
    by_name = {path.name.removesuffix(".part"): path for path in files(central)}
    by_name[digits(lost)].unlink()
    by_name[digits(damaged)].write_bytes(b"%PDF-other")
    by_name[digits(begun)].unlink()
    assert len(central.blobs.verify()) == 2
    assert central.blobs.verify() == []
    assert one.put(digits(begun), 1000, begun[1000:]) == (0, "wanted", "")
    assert {sha for sha, at in one.ask().blobs if at == 0} == {short(d) for d in (lost, damaged, begun)}
    for data in (lost, damaged, begun):
        assert one.send(data)[1] == "whole"
        assert one.fetch(digits(data), 0, 5000) == data


def test_i13_a_file_that_outlived_its_row_is_not_sent_again(enrolled: Enrol, central: Central) -> None:
    one, data = enrolled(), scan()
    announce(one, data)
    one.send(data)
    place = "UPDATE blob SET state = 'wanted', held = 0"
    central.database.write(lambda connection: connection.exec_driver_sql(place))
    assert one.put(digits(data), 0, b"") == (3000, "whole", "")


def test_a_centre_that_stopped_between_any_two_steps_goes_on(
    enrolled: Enrol, central: Central, settings: Settings, clock: Clock
) -> None:
    one, data = enrolled(), scan()
    announce(one, data)
    sha = digits(data)
    one.put(sha, 0, data[:1000])
    part = files(central)[0]
    part.write_bytes(data[:1500])  # written and never told of
    assert one.put(sha, 1000, data[1000:2000]) == (2000, "partial", "")
    part.write_bytes(data)
    told = "UPDATE blob SET held = size"  # told of and not looked at
    central.database.write(lambda connection: connection.exec_driver_sql(told))
    again = build(settings, clock, Chance())
    one.central = again
    assert one.ask().blobs == ((short(data), 3000),)
    assert one.put(sha, 3000, b"") == (3000, "whole", "")
    again.close()


@on_one
def test_what_does_not_grow_for_90_days_is_forgotten(enrolled: Enrol, central: Central, clock: Clock) -> None:
    one, data = enrolled(), scan()
    announce(one, data)
    one.put(digits(data), 0, data[:1000])
    clock.now += 89 * DAY_MS
    assert central.blobs.sweep() == 0
    clock.now += 2 * DAY_MS
    assert one.put(digits(data), 1000, data[1000:]) == (0, "wanted", "")  # the first of a day sweeps
    assert files(central) == []


def test_a_colleague_relays_an_announcement_and_the_bytes_are_wanted_of_its_writer(enrolled: Enrol) -> None:
    one, two, data = enrolled(1), enrolled(2), scan()
    case = one.write(filing()).creates
    one.write(Adjunto(digits(data), PDF, len(data), "escaneo.pdf"), case)
    two.ask(two.request(groups=(one.group(one.own),)))
    one.sync()
    assert one.ask().blobs == ((short(data), 0),)
    assert two.ask().blobs == ()


@on_one
def test_garbage_is_a_problem_and_changes_nothing(enrolled: Enrol, central: Central) -> None:
    one, data = enrolled(), scan()
    announce(one, data)
    sha, body = digits(data), wire.with_crc(data)
    good = one.signed(wire.put_message(one.key.id, sha256(data).digest(), 0, body))
    wrong = [
        (sha, "-1", good, body, 400),
        (sha, "0" * 16 + "9" * 40, good, body, 400),
        (sha, "٣", good, body, 400),
        (sha, "", good, body, 400),
        (sha.upper(), "0", good, body, 400),
        ("..%2F..%2Fcentral.key", "0", good, body, 404),
        (sha[:-1], "0", good, body, 400),
        (sha, "0", "", body, 401),
        (sha, "0", "Basic " + good[5:], body, 401),
        (sha, "0", "OIRS " + b64(bytes(72)), body, 401),
        (sha, "0", good, b"", 400),
        (sha, "1", good, body, 401),
        ("0" * 64, "0", one.signed(wire.put_message(one.key.id, bytes(32), 0, body)), body, 404),
    ]
    with TestClient(web(central.api), raise_server_exceptions=False) as http:
        for name, offset, signed, content, status in wrong:
            headers = {"Authorization": signed}
            url = f"/v1/blob/{name}?o={offset}"
            assert http.put(url, content=content, headers=headers).status_code == status, (name, offset)
        for span in ("", "bytes=0-", "bytes=-5", "bytes=0-9,20-29", "bytes=9-1", "items=0-9"):
            headers = {"Authorization": good, "Range": span}
            assert http.get(f"/v1/blob/{sha}", headers=headers).status_code in {401, 416}
        assert (
            http.put(f"/v1/blob/{sha}?o=0", content=body, headers={"Authorization": good}).status_code == 200
        )
        message = wire.get_message(one.key.id, sha256(data).digest(), 10, 19)
        headers = {"Authorization": one.signed(message), "Range": "bytes=10-19"}
        got = http.get(f"/v1/blob/{sha}", headers=headers)
        assert (got.status_code, got.content) == (206, data[10:20])
        assert got.headers["content-range"] == "bytes 10-19/3000"


@on_one
def test_a_revoked_counter_neither_sends_nor_fetches(enrolled: Enrol, central: Central) -> None:
    one, data = enrolled(), scan()
    announce(one, data)
    one.send(data)
    central.auth.revoke(one.key.id)
    for ask in (lambda: one.fetch(digits(data), 0, 9), lambda: one.put(digits(data), 0, b"")):
        with pytest.raises(DeviceRevoked):
            ask()
