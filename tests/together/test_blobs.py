"""Documents of a counter reach the centre and a colleague, whatever the line does; text goes first."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
import pytest

from oirs_core.chain import b64
from oirs_core.domain.events import Anotacion
from oirs_core.wire.messages import Answer
from oirs_desktop.sync.blobs import MEGABYTE
from oirs_desktop.sync.errors import DocumentAway, FetchStopped, NotOurServer, Offline
from oirs_desktop.sync.fetch import Fetcher
from tests.support.blobs import Sending, draft, is_whole, scan
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KB = 1024
DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def sending(world: World) -> Sending:
    made = Sending.of(world.enrol("104"))
    made.talk()
    return made


def test_t2_a_case_with_three_scans_whose_line_is_cut_in_the_second(world: World, sending: Sending) -> None:
    scans = [scan(n, 40 * KB + n) for n in range(3)]
    case = sending.file(*scans)
    chunks_of_the_first = 3  # 8, 16 and 16 KiB
    sending.line.fates = [""] * chunks_of_the_first + ["answer"]
    assert sending.talk()
    # The text arrived, all of it, before the first byte of a scan; the scans are on their way.
    feed = world.central.ledger.office_feed("104")
    assert case.ingreso.folio.encode() in world.central.ledger.dump(feed)
    assert sending.counter.store.queue().pending == 0
    assert [is_whole(world.central, data) for data in scans] == [True, False, False]
    assert sending.talk()
    assert all(is_whole(world.central, data) for data in scans)
    largest = max(length for _, _, length in sending.line.carried)
    total = sum(map(len, scans))
    assert total <= sending.sent() <= total + largest  # I8


def test_a_new_case_waits_for_one_chunk_of_a_scan_and_no_longer(sending: Sending) -> None:
    sending.file(scan(1, 200 * KB))
    rung = []
    sending.sender.again = lambda: rung.append(len(sending.line.carried))
    carry = sending.line.put_blob

    def carry_and_register(sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        if len(sending.line.carried) == 1:
            sending.counter.desk.open(draft())
        return carry(sha, offset, authorization, body)

    sending.line.put_blob = carry_and_register  # type: ignore[method-assign]
    sending.talk()
    assert rung == [2]
    assert sending.counter.store.queue().pending == 1
    sending.talk()
    assert sending.counter.store.queue().pending == 0


def test_small_documents_go_first_and_what_is_nearly_there_before_them(sending: Sending) -> None:
    large, small = scan(1, 100 * KB), scan(2, 3 * KB)
    case = sending.file(large)
    sending.line.fates = [""] * 3 + ["lost"]
    sending.talk()
    sending.attach(case.id, small)
    before = len(sending.line.carried)
    sending.talk()
    order = [sha for sha, _, _ in sending.line.carried[before:]]
    assert order[0] == sha256(small).hexdigest()
    assert set(order[1:]) == {sha256(large).hexdigest()}


@pytest.mark.parametrize("fate", ["lost", "answer"])
def test_i8_a_line_that_is_cut_at_every_chunk_repeats_one_chunk_each(
    world: World, sending: Sending, fate: str
) -> None:
    data = scan(1, 60 * KB)
    sending.file(data)
    for _ in range(40):
        sending.line.fates = ["", fate] if fate == "lost" else [fate]
        sending.talk()
        if is_whole(world.central, data):
            break
    assert is_whole(world.central, data)
    sending.line.fates = []
    sending.talk()
    assert sending.counter.store.blob_totals().count == 0
    starts = [offset for _, offset, _ in sending.line.carried]
    assert starts == sorted(starts)  # never back behind what the centre holds


def test_i10_nothing_is_sent_or_written_when_all_is_there(sending: Sending) -> None:
    sending.file(scan())
    sending.talk()
    carried = list(sending.line.carried)
    changes = _changes(sending)
    sending.talk()
    assert sending.line.carried == carried
    assert _changes(sending) == changes


def _changes(sending: Sending) -> int:
    """How often the file of the store was written to."""
    with sending.counter.store._read() as connection:
        return int(connection.exec_driver_sql("PRAGMA data_version").scalar() or 0)


def test_the_budget_of_the_day_is_never_passed_and_the_next_day_goes_on(sending: Sending) -> None:
    data = scan(1, 50 * KB)
    sending.sender.budget = 30 * KB
    sending.file(data)
    sending.talk()
    waiting = sending.sender.documents_waiting()
    assert (waiting.count, waiting.sent_today, waiting.budget) == (1, sending.sent(), 30 * KB)
    assert 30 * KB - 8 * KB < sending.sent() <= 30 * KB
    sending.talk()
    assert sending.sent() <= 30 * KB
    sending.counter.clock.ms += DAY_MS
    sending.counter.world.clock.ms += DAY_MS  # the centre corrects the counter's clock
    assert sending.sender.documents_waiting().sent_today == 0
    sending.talk()
    assert sending.sender.documents_waiting().count == 0
    assert sending.sent() == len(data)


def test_paused_documents_wait_over_a_restart_and_text_does_not(world: World, sending: Sending) -> None:
    sending.sender.pause(on=True)
    case = sending.file(scan())
    sending.talk()
    assert sending.line.carried == []
    assert sending.counter.store.queue().pending == 0
    sending.counter.restart()
    again = Sending.of(sending.counter)
    again.talk()
    waiting = again.sender.documents_waiting()
    assert (waiting.paused, waiting.count, waiting.bytes) == (True, 1, 40_000)
    again.counter.desk.add(case.id, Anotacion("Volverá mañana"))
    again.sender.pause(on=False)
    again.talk()
    assert is_whole(world.central, scan())


def test_i18_a_blocked_document_has_a_reason_and_a_way_on(world: World, sending: Sending) -> None:
    lost, good = scan(1), scan(2, 50 * KB)
    case = sending.file(lost, good)
    digest = sha256(lost).digest()
    path = sending.vault._folder / sending.vault.name_of(digest)
    kept = path.read_bytes()
    path.unlink()
    sending.talk()
    blocked = sending.sender.documents_waiting().blocked
    assert [(one.sha, one.entity, one.name, one.reason) for one in blocked] == [
        (digest, case.id, "hoja 0.pdf", "gone")
    ]
    assert is_whole(world.central, good)  # I11
    sending.talk()
    assert sending.counter.store.blob_state(digest) == "blocked"  # the list of the centre changes nothing
    path.write_bytes(kept)
    sending.sender.retry(digest)
    sending.talk()
    assert sending.sender.documents_waiting().blocked == ()
    assert is_whole(world.central, lost)


def test_i13_a_restored_centre_gets_again_what_it_lost(world: World, sending: Sending) -> None:
    one, two = scan(1), scan(2)
    sending.file(one, two)
    sending.talk()
    for path in (world.settings.data / "documents").rglob(sha256(one).hexdigest()):
        path.unlink()
    assert world.central.blobs.verify(read=False) != []
    before = sending.sent()
    sending.talk()
    assert is_whole(world.central, one)
    assert sending.sent() - before == len(one)


def test_a_document_of_which_the_centre_lost_the_act_waits_for_the_act(
    world: World, sending: Sending
) -> None:
    data, other = scan(1), scan(2, 50 * KB)
    sending.file(data, other)
    sending.sender.pause(on=True)
    sending.talk()
    gone = sha256(data).digest()
    world.central.database.write(
        lambda connection: connection.exec_driver_sql(f"DELETE FROM blob WHERE sha = x'{gone.hex()}'")
    )
    sending.sender.pause(on=False)
    sending.talk()
    assert is_whole(world.central, other)
    assert sending.sender.documents_waiting().count == 1


def test_the_chunk_follows_the_speed_of_the_line(sending: Sending) -> None:
    sender = sending.sender
    sizes = []
    for seconds in (0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 60.0):
        sender._adapt(sender.chunk, seconds)
        sizes.append(sender.chunk // KB)
    assert sizes == [16, 32, 64, 128, 256, 512, 512, 34]
    sender._adapt(sender.chunk, 3600.0)
    assert sender.chunk == 8 * KB
    assert MEGABYTE == 1_000_000


def fetcher(sending: Sending) -> Fetcher:
    """Give a counter a line of its own for documents on their way down."""
    made = Fetcher(sending.vault.coming, sending.line, sending.counter.key)
    made.chunk = 8 * KB
    made.timer = iter(range(0, 10**9, 4)).__next__  # type: ignore[assignment]
    return made


def test_a_colleague_fetches_a_document_on_demand_and_goes_on_after_a_cut(
    world: World, sending: Sending
) -> None:
    data = scan(1, 50 * KB)
    sha = sha256(data).hexdigest()
    sending.file(data)
    sending.talk()
    two = Sending.of(world.enrol("104"))
    two.talk()
    assert two.line.carried == []  # nothing comes unasked
    assert not two.vault.has(sha)
    two.line.fates = ["", "", "lost"]
    told: list[tuple[int, int]] = []
    with pytest.raises(Offline):
        fetcher(two).fetch(sha, len(data), lambda *at: told.append(at), lambda: True)
    assert not two.vault.has(sha)
    assert data[:100] not in b"".join(path.read_bytes() for path in two.vault.coming.folder.iterdir())
    before = len(two.line.carried)
    again = Sending.of(two.counter)  # the program was closed meanwhile
    again.line.carried = two.line.carried
    fetcher(again).fetch(sha, len(data), lambda *at: told.append(at), lambda: True)
    assert again.vault.get(sha) == data
    assert again.line.carried[before][1] == two.line.carried[before - 1][1]  # from where it was cut
    assert told == sorted(told)
    assert list(two.vault.coming.folder.iterdir()) == []


def test_a_fetch_that_is_no_longer_wanted_stops_and_keeps_what_came(world: World, sending: Sending) -> None:
    data = scan(1, 50 * KB)
    sha = sha256(data).hexdigest()
    sending.file(data)
    sending.talk()
    two = Sending.of(world.enrol("104"))
    two.talk()
    wanted = iter((True, True, False))
    with pytest.raises(FetchStopped):
        fetcher(two).fetch(sha, len(data), lambda *_: None, lambda: next(wanted))
    assert two.vault.coming.so_far(sha) == data[: 16 * KB]


def test_i16_what_is_not_the_document_is_never_shown(world: World, sending: Sending) -> None:
    data = scan(1, 20 * KB)
    sha = sha256(data).hexdigest()
    sending.file(data)
    two = Sending.of(world.enrol("104"))
    sending.counter.sync()
    with pytest.raises(DocumentAway):  # announced, and still on the other counter
        fetcher(two).fetch(sha, len(data), lambda *_: None, lambda: True)
    sending.talk()
    two.vault.coming.add(sha, 0, b"%PDF-1.7 of somebody else")
    with pytest.raises(NotOurServer):
        fetcher(two).fetch(sha, len(data), lambda *_: None, lambda: True)
    assert not two.vault.has(sha)
    fetcher(two).fetch(sha, len(data), lambda *_: None, lambda: True)
    assert two.vault.get(sha) == data


def test_i16_a_page_of_a_hotel_moves_no_document(world: World, sending: Sending) -> None:
    data = scan()
    sending.file(data)
    put = sending.line.put_blob
    for page in (b"<html>Acepte las condiciones</html>", b"", bytes(64) + b'[40000,"whole",""]'):
        sending.line.put_blob = lambda *_, page=page: page  # type: ignore[method-assign]
        sending.talk()
        assert sending.sender.documents_waiting().count == 1
    sending.line.put_blob = put  # type: ignore[method-assign]
    sending.talk()
    assert is_whole(world.central, data)


def test_a_list_that_makes_no_sense_is_passed_over(sending: Sending) -> None:
    data = scan()
    sending.file(data)
    sending.talk()
    mine = b64(sha256(data).digest()[:8])
    nonsense = (("", 0), ("!", 0), (mine[:4], 0), (mine, -1), (mine, 10**30), (b64(bytes(99)), 0))
    answer = Answer(1, sending.counter.clock.now(), "ok", 0, "", (), blobs=nonsense)
    sending.counter.store.absorb(answer, sending.counter.clock.now())
    assert sending.counter.store.blob_totals().count == 0
    sane = msgspec.structs.replace(answer, blobs=((mine, 7),))
    sending.counter.store.absorb(sane, sending.counter.clock.now())
    assert [(out.sha, out.held) for out in sending.counter.store.outgoing()] == [(sha256(data).digest(), 7)]
