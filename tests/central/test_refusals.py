"""What the centre does not take, and that nothing changes when it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import zstandard
from litestar.testing import TestClient

from oirs_central.api import MAX_BODY, web
from oirs_central.auth import CODE_LIFE_MS, DeviceRevoked, DeviceUnknown, RequestUnsigned
from oirs_central.ledger.errors import FeedForeign
from oirs_core import chain
from oirs_core.wire import messages
from tests.support.stranger import AT, Counter, filing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from litestar import Litestar

    from oirs_central.app import Central
    from tests.central.conftest import Clock

    Enrol = Callable[..., Counter]


@pytest.fixture
def http(central: Central) -> Iterator[TestClient[Litestar]]:
    with TestClient(web(central.api), raise_server_exceptions=False) as client:
        yield client


def frame_of(content: bytes) -> bytes:
    return messages.MAGIC + b"\0" + bytes(72) + content


GARBAGE = {
    "nothing": b"",
    "a page of a portal": b"<html><body>Bienvenido</body></html>",
    "another magic": b"OSY2" + bytes(100),
    "no zstd": frame_of(b"not compressed"),
    "no JSON": frame_of(zstandard.compress(b"\xff\xfe")),
    "JSON of another shape": frame_of(zstandard.compress(b'{"proto":1}')),
    "deep JSON": frame_of(zstandard.compress(b"[" * 100_000)),
    "a bomb": frame_of(zstandard.compress(bytes(9 << 20))),
}


def test_garbage_is_a_problem_and_changes_nothing(http: TestClient[Litestar], central: Central) -> None:
    before = heads(central)
    for name, content in GARBAGE.items():
        answer = http.post("/v1/sync", content=content)
        assert answer.status_code == 400, name
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] in {"event", "domain"}
    assert heads(central) == before


def heads(central: Central) -> list[Any]:
    with central.database.reading() as connection:
        return list(connection.exec_driver_sql("SELECT feed, head FROM feed ORDER BY feed").fetchall())


def test_too_large_a_body_and_unknown_addresses_are_problems(http: TestClient[Litestar]) -> None:
    assert http.post("/v1/sync", content=bytes(MAX_BODY + 1)).status_code == 413
    for answer in (http.get("/nada"), http.get("/v1/sync")):
        assert answer.status_code in {404, 405}
        assert answer.headers["content-type"] == "application/problem+json"
    assert http.get("/healthz").json()["status"] == "ok"


def broken_groups(counter: Counter) -> dict[str, messages.Group]:
    good = counter.group(counter.own)
    items = good.items
    salt = (items[0][0], "x", items[0][2])
    erased = (items[0][0], None, msgspec.Raw(b"7"))
    large = (items[0][0], items[0][1], msgspec.Raw(b'"' + b"x" * chain.MAX_BODY + b'"'))
    change = msgspec.structs.replace
    return {
        "seq 0": change(good, first_seq=0),
        "no events": change(good, items=()),
        "no log": change(good, log="x"),
        "salt": change(good, items=(salt,)),
        "digest": change(good, items=(erased,)),
        "size": change(good, items=(large,)),
        "no signature": change(good, sig="", sig_seq=0),
        "a signature of somebody else": change(good, sig=chain.b64(bytes(64))),
    }


def test_a_broken_group_refuses_the_whole_request(enrolled: Enrol, http: TestClient[Litestar]) -> None:
    counter = enrolled()
    counter.write(filing())
    before = heads(counter.central)
    for name, group in broken_groups(counter).items():
        request = counter.request(groups=(counter.group(counter.own), group))
        assert http.post("/v1/sync", content=counter.frame(request)).status_code == 400, name
    assert heads(counter.central) == before


def test_a_request_must_be_signed_by_a_counter_that_may_ask(enrolled: Enrol, central: Central) -> None:
    counter, nobody = enrolled(), Counter(central, 9)
    frame = bytearray(counter.frame(counter.request()))
    frame[20] ^= 1
    with pytest.raises(RequestUnsigned):
        central.sync(bytes(frame))
    nobody.feeds = counter.feeds
    with pytest.raises(DeviceUnknown):
        central.sync(nobody.frame(nobody.request()))
    central.auth.revoke(counter.key.id)
    with pytest.raises(DeviceRevoked):
        central.sync(counter.frame(counter.request()))


def test_a_counter_follows_its_own_office_and_writes_there_only(
    enrolled: Enrol, http: TestClient[Litestar]
) -> None:
    mine, theirs = enrolled(1), enrolled(2, "022")
    mine.write(filing())
    request = mine.request(cursors=(("o/SGI/022", 0),))
    answer = http.post("/v1/sync", content=mine.frame(request))
    assert (answer.status_code, answer.json()["code"]) == (403, "feed_foreign")
    theirs.write(filing())
    theirs.sync()
    with pytest.raises(FeedForeign):
        mine.ask(mine.request(groups=(theirs.group(theirs.own),)))
    theirs.log = b"elsewhere"[:8]
    theirs.root, theirs.own = chain.log_root(theirs.log, theirs.key.public), []
    theirs.write(filing())
    assert mine.ask(mine.request(groups=(theirs.group(theirs.own), mine.group(mine.own)))).state == "ok"
    assert mine.sync().state == "ok"
    assert not set(mine.office.hashes) & {event.h for event in theirs.own}


def header_of(kind: str) -> bytes:
    return chain.Header(kind, 1, AT, sure=True, user="ana").encode()


ODD = {
    "a body of another shape": (header_of("Cierre"), b'{"motivo":7}'),
    "a header that is none": (b'["Cierre"]', b"{}"),
    "a kind with a NUL": (header_of("Ci\0rre"), b"{}"),
    "a table set by a counter": (header_of("Tabla"), b'{"csv":"a","nombre":"plazos"}'),
}


def test_what_cannot_be_read_is_kept_positioned_and_set_apart(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    counter.sync()
    odd = [counter.write_raw(header, body) for header, body in ODD.values()]
    good = counter.write(filing())
    request = counter.request()
    answer = counter.ask(request)
    assert answer.quarantined == tuple(chain.b64(event.h) for event in odd)
    assert counter.ask(request).quarantined == answer.quarantined
    counter.absorb(answer)
    assert counter.office.hashes[-5:] == [*(event.h for event in odd), good.h]
    assert central.ledger.dump("o/SGI/082").count(b"\n") == 0
    assert central.ledger.verify() == []


def test_an_act_of_a_later_program_is_no_fault(enrolled: Enrol) -> None:
    counter = enrolled()
    counter.write_raw(header_of("Prorroga"), b'{"dias":3}')
    counter.write_raw(chain.Header("Cierre", 2, AT, sure=True, user="ana").encode(), b'{"otra":3}')
    assert counter.ask().quarantined == ()


# enrolment


def apply(central: Central, counter: Counter, code: str, **changes: str) -> dict[str, Any]:
    asked = {
        "code": code,
        "public_key": chain.b64(counter.key.public),
        "log": chain.b64(counter.log),
        "name": "Mesón",
    }
    return dict(msgspec.json.decode(central.enrol(msgspec.json.encode(asked | changes))))


def test_the_same_application_gets_the_same_answer(central: Central) -> None:
    code = central.auth.new_code("o/SGI/082")
    counter = Counter(central, 3)
    first = apply(central, counter, code)
    assert apply(central, counter, code.lower().replace("-", " ")) == first
    assert first["feeds"] == ["c/SGI", "o/SGI/082"]
    assert first["label"][0].isdigit()
    assert len(first["label"]) == 4


def test_a_code_enrols_one_counter_within_a_day(
    central: Central, http: TestClient[Litestar], clock: Clock
) -> None:
    code, late = central.auth.new_code("o/SGI/082"), central.auth.new_code("o/SGI/082")
    apply(central, Counter(central, 3), code)

    def status(asked_code: str, counter: Counter, **changes: str) -> int:
        asked = {"public_key": chain.b64(counter.key.public), "log": chain.b64(counter.log), "name": "x"}
        return http.post("/v1/enrol", json=asked | {"code": asked_code} | changes).status_code

    assert status(code, Counter(central, 4)) == 409
    assert status("AAAA-BBBB-CCCC-DDDD", Counter(central, 4)) == 404
    assert status(late, Counter(central, 3)) == 409
    assert status(late, Counter(central, 4), public_key="x") == 400
    assert status(late, Counter(central, 4), name="") == 400
    assert http.post("/v1/enrol", content=b"{").status_code == 400
    clock.now += CODE_LIFE_MS
    assert status(late, Counter(central, 4)) == 410


def test_codes_are_kept_as_hashes_only(central: Central) -> None:
    code = central.auth.new_code("o/SGI/082").replace("-", "")
    with central.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM enrol_code").fetchall()
    assert len(code) * 4.95 > 64
    assert code.encode() not in repr(rows).encode()
