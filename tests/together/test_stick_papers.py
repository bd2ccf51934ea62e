"""Documents and beginnings on a stick: the bytes that an office with no line delivers, and gets."""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

import pytest

from oirs_central import blobs as central_blobs
from oirs_central.bundles import Verdict
from oirs_central.commands.sticks import NO_ROOM, sentence
from oirs_central.ledger import snapshots
from oirs_core.chain import b64
from oirs_core.wire.bundle import Facts, Writer
from oirs_core.wire.parts import CHUNK, Chunk, Told
from oirs_core.wire.seal import SealKey
from oirs_core.wire.unbundle import Reader
from oirs_desktop.sync.answers import Outcome
from oirs_desktop.sync.errors import Cancelled, Offline
from oirs_desktop.sync.fetch import Fetcher
from tests.support.blobs import Sending, is_whole, scan
from tests.support.sticks import carry, failing, file, post, usb
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oirs_desktop.sync.usb import Exported, Usb

BIG = scan(1, 2 * CHUNK + 5000)
SMALL = scan(2, 30_000)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    assert made.enrol("104").sync()
    yield made
    made.close()


@pytest.fixture
def sending(world: World) -> Sending:
    return Sending.of(world.counters[0])


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "pendrive"
    made.mkdir()
    return made


def by_hand(sending: Sending) -> Usb:
    return usb(sending.counter, sending.vault)


def out(sending: Sending, stick: Path, most: int | None = None) -> Exported:
    sending.counter.clock.ms += 1000
    return by_hand(sending).export(stick, documents_mb=most)


def waits(sending: Sending) -> int:
    return sending.sender.documents_waiting().count


def back(world: World, sending: Sending, stick: Path) -> list[Verdict]:
    world.clock.ms += 60_000
    told = [result.verdict for result in post(world, stick)]
    by_hand(sending).read(stick)
    return told


def parts_of(path: Path, seed: bytes) -> list[object]:
    with path.open("rb") as opened:
        reader = Reader(opened)
        assert reader.unlock(SealKey(seed))
        return list(reader.parts())


def test_t2_scans_go_by_stick_after_all_text_the_small_one_first(
    world: World, sending: Sending, stick: Path
) -> None:
    sending.file(BIG, SMALL)
    done = out(sending, stick)
    kinds = [type(part).__name__ for part in parts_of(stick / done.path, sending.counter.seed)]
    assert kinds == ["Ask", "Events", *["Chunk"] * 4]
    assert len(done.papers) == 2
    (result,) = post(world, stick)
    assert (result.verdict, result.papers) == (Verdict.NEW, 2)
    assert "Documentos completos: 2." in sentence(result)
    assert is_whole(world.central, BIG)
    assert is_whole(world.central, SMALL)
    assert waits(sending) == 2, "exported is not delivered"
    assert sending.counter.store.any_waiting(done.papers)
    read = by_hand(sending).read(stick)
    assert (read.papers, [taken.outcome for taken in read.files]) == (2, [Outcome.NEWS])
    assert waits(sending) == 0
    assert not sending.counter.store.any_waiting(done.papers)
    assert sending.counter.store.queue().pending == 0
    assert out(sending, stick).papers == ()


def test_line_and_stick_agree_about_a_document(world: World, sending: Sending, stick: Path) -> None:
    sending.file(BIG)
    assert sending.counter.sync()
    sending.line.fates = ["", "", "lost"]
    sending.sender.run()  # some chunks of another size went over the line
    out(sending, stick)
    sending.line.fates = ["", "answer"]
    sending.sender.run()  # and more while the stick was on its way
    assert back(world, sending, stick) == [Verdict.NEW]
    assert (waits(sending), is_whole(world.central, BIG)) == (0, True)
    assert sending.counter.sync()
    assert (waits(sending), world.central.blobs.verify()) == (0, [])


def test_i8_a_torn_stick_gives_the_chunks_that_were_whole_and_the_next_one_the_rest(
    world: World, sending: Sending, stick: Path, tmp_path: Path
) -> None:
    sending.file(BIG, SMALL)
    whole = stick / out(sending, stick).path
    size = whole.stat().st_size
    for n, cut in enumerate((size - 300, size - CHUNK, size - 2 * CHUNK)):
        place = tmp_path / f"torn-{n}"
        place.mkdir()
        (place / whole.name).write_bytes(whole.read_bytes()[:cut])
        assert post(world, place)[0].verdict is Verdict.TORN
    assert is_whole(world.central, SMALL)
    assert not is_whole(world.central, BIG)
    by_hand(sending).read(tmp_path / "torn-0")
    waiting = sending.counter.store.unheld()
    assert [one.held for one in waiting] == [2 * CHUNK], "go on from there"
    assert back(world, sending, stick) == [Verdict.NEW]
    assert (waits(sending), is_whole(world.central, BIG)) == (0, True)


def test_i4_documents_may_come_twice_and_in_any_order(
    world: World, sending: Sending, stick: Path, tmp_path: Path
) -> None:
    sending.file(BIG)
    first = out(sending, stick)
    later = tmp_path / "later"
    later.mkdir()
    sending.file(SMALL)
    out(sending, later)
    assert [result.verdict for result in post(world, later)] == [Verdict.NEW]
    assert [result.verdict for result in post(world, stick)] == [Verdict.KNOWN]
    assert [result.verdict for result in post(world, stick)] == [Verdict.KNOWN]
    for place in (stick, later, later):
        by_hand(sending).read(place)
    assert (waits(sending), first.papers != ()) == (0, True)
    assert is_whole(world.central, BIG)


def test_i6_an_older_word_of_the_centre_says_nothing_about_documents_any_more(
    world: World, sending: Sending, stick: Path
) -> None:
    sending.file(BIG)
    out(sending, stick)
    post(world, stick)
    for path in world.settings.data.glob("documents/*/*"):
        path.unlink()
    world.central.blobs.verify()
    world.clock.ms += 60_000
    sending.counter.clock.ms = world.clock.ms
    assert sending.counter.sync()
    by_hand(sending).read(stick)
    assert waits(sending) == 1, "it was whole then, and is not now"


def test_a_stick_takes_as_many_documents_as_it_is_told(sending: Sending, stick: Path) -> None:
    sending.file(*(scan(n, 300_000) for n in range(10, 14)))
    for most, whole in ((0, 0), (1, 3), (None, 4)):
        done = out(sending, stick, most)
        assert len(done.papers) == whole
        assert done.size <= (most if most is not None else 2) * 1_050_000 + 5000


def test_a_large_document_goes_in_parts_of_what_is_allowed(
    world: World, sending: Sending, stick: Path
) -> None:
    sending.file(scan(3, 1_500_000))
    for left in (500_000, 0):
        out(sending, stick, 1)
        assert back(world, sending, stick)[-1] is Verdict.NEW
        assert sum(one.size - one.held for one in sending.counter.store.unheld()) == left
    assert is_whole(world.central, scan(3, 1_500_000))


def test_t2_text_goes_alone_onto_a_stick_with_no_room_for_scans(
    world: World, sending: Sending, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending.file(BIG)
    monkeypatch.setattr(Writer, "_put", failing(4))  # header, request, text; the first chunk finds no room
    done = out(sending, stick)
    monkeypatch.undo()
    assert (done.papers, done.events, len(list(stick.iterdir()))) == ((), 2, 1)
    assert back(world, sending, stick) == [Verdict.NEW]
    assert (sending.counter.store.queue().pending, waits(sending)) == (0, 1)


def test_an_export_of_documents_tells_how_far_it_is_and_can_be_stopped(sending: Sending, stick: Path) -> None:
    sending.file(BIG, SMALL)
    heard: list[tuple[int, int]] = []
    by_hand(sending).export(stick, lambda *told: heard.append(told))
    assert heard == [(0, 5), (3, 5), (4, 5), (5, 5)]
    asked = count()
    with pytest.raises(Cancelled):
        by_hand(sending).export(stick / "..", cancelled=lambda: next(asked) > 3)


def test_t14_a_revoked_counter_brings_no_documents(world: World, sending: Sending, stick: Path) -> None:
    sending.file(SMALL)
    out(sending, stick)
    world.central.auth.revoke(sending.counter.key.id)
    assert [result.verdict for result in post(world, stick)] == [Verdict.REVOKED]
    assert not is_whole(world.central, SMALL)
    assert waits(sending) == 1


def forged(sending: Sending, stick: Path, *chunks: Chunk) -> None:
    """A file of this counter with chunks as somebody else would write them."""
    counter, (path,) = sending.counter, list(stick.iterdir())
    with path.open("rb") as opened:
        reader = Reader(opened)
        assert reader.unlock(SealKey(counter.seed))
        facts = Facts(**{name: getattr(reader.facts, name) for name in Facts.__struct_fields__})
        parts = [part for part in reader.parts() if part is not None and not isinstance(part, Chunk)]
    enrolment = counter.store.enrolment()
    assert enrolment is not None
    with path.open("wb") as again:
        readers = (enrolment.seal_key,)
        writer = Writer.begin(again, facts, counter.key.sign, readers, counter.world.random)
        for part in (*parts, *chunks):
            writer.append(part)
        writer.close()


def test_i16_chunks_that_nobody_wants_or_that_make_no_sense_stop_nothing(
    world: World, sending: Sending, stick: Path
) -> None:
    sending.file(SMALL)
    out(sending, stick)
    sha = sha256(SMALL).digest()
    wrong = SMALL[:100] + bytes(len(SMALL) - 100)
    chunks = [
        Chunk(b64(bytes(32)), 0, b64(SMALL)),
        Chunk("../../etc", 0, b64(SMALL)),
        Chunk(b64(sha), 0, "%%%"),
        Chunk(b64(sha), 5, b64(SMALL[5:])),
        Chunk(b64(sha), 0, b64(SMALL + b"more")),
        Chunk(b64(sha), 2**52, b64(SMALL)),
        Chunk(b64(sha), 0, b64(bytes(600_000))),
        Chunk(b64(sha), 0, b64(wrong)),
    ]
    forged(sending, stick, *chunks)
    assert back(world, sending, stick) == [Verdict.NEW]
    assert (sending.counter.store.queue().pending, waits(sending)) == (0, 1)
    (path,) = (one for one in stick.iterdir() if "envio" in one.name)
    path.unlink()
    out(sending, stick)
    assert back(world, sending, stick) == [Verdict.NEW]
    assert (waits(sending), is_whole(world.central, SMALL)) == (0, True)


def test_what_the_centre_will_not_have_is_told_on_the_stick_with_its_reason(
    world: World, sending: Sending, stick: Path
) -> None:
    sending.file(b"MZ this is no PDF" + bytes(5000), SMALL)
    out(sending, stick)
    back(world, sending, stick)
    waiting = sending.sender.documents_waiting()
    assert (waiting.count, [one.reason for one in waiting.blocked]) == (0, ["kind"])
    assert is_whole(world.central, SMALL)


def test_a_full_disk_of_the_centre_costs_documents_some_time_and_text_nothing(
    world: World, sending: Sending, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no")

    sending.file(SMALL)
    out(sending, stick)
    monkeypatch.setattr(central_blobs, "_write_at", full)
    (result,) = post(world, stick)
    assert (result.new, result.full, NO_ROOM in sentence(result)) == (2, True, True)
    monkeypatch.undo()
    assert back(world, sending, stick)[0] is Verdict.NEW
    assert waits(sending) == 0


def test_a_document_that_is_gone_from_this_machine_is_said_to_be(sending: Sending, stick: Path) -> None:
    sending.file(SMALL)
    sending.vault.forget(sha256(SMALL).hexdigest())
    assert out(sending, stick).papers == ()
    assert [one.reason for one in sending.sender.documents_waiting().blocked] == ["gone"]


def test_a_document_that_no_line_brings_comes_with_the_answer_of_a_stick(
    world: World, sending: Sending, stick: Path, tmp_path: Path
) -> None:
    case = sending.file(BIG, SMALL)
    out(sending, stick)
    back(world, sending, stick)
    other = Sending.of(world.enrol("104"))
    shas = [sha256(data).hexdigest() for data in (BIG, SMALL)]
    fetcher = Fetcher(other.vault.coming, other.line, other.counter.key, other.counter.store.wish)
    other.line.fates = ["lost"] * 3
    for sha in (shas[1], *shas[::-1]):
        with pytest.raises(Offline):
            fetcher.fetch(sha, 1, lambda *_: None, lambda: True)
    foreign = Sending.of(world.enrol("052"))
    foreign.counter.store.wish(shas[0])
    places = [tmp_path / name for name in ("other", "foreign")]
    for one, place in zip((other, foreign), places, strict=True):
        place.mkdir()
        out(one, place)
        post(world, place)
    read = by_hand(other).read(places[0])
    assert (read.came, [other.vault.get(sha) for sha in shas]) == (2, [BIG, SMALL])
    assert other.counter.store.wishes() == []
    assert by_hand(other).read(places[0]).came == 0
    assert by_hand(foreign).read(places[1]).came == 0
    assert foreign.counter.store.wishes() == [shas[0]]
    assert case.id in read.cases


# ---------------------------------------------------------------------- beginnings


@pytest.fixture
def grown(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """An office with a history that is worth a file, and some more."""
    monkeypatch.setattr(snapshots, "EVERY", 20)
    monkeypatch.setattr(snapshots, "PAGE_BYTES", 3000)
    counter = world.counters[0]
    for n in range(25):
        file(counter, f"Pregunta {n}")
    assert counter.sync()
    assert len(world.central.snapshots()) == 1
    file(counter, "Después")
    assert counter.sync()
    return world


def answered(world: World, stick: Path) -> Path:
    post(world, stick)
    (path,) = (one for one in stick.iterdir() if "respuesta" in one.name)
    return path


def test_i3_a_new_counter_begins_with_the_file_on_its_stick(grown: World, stick: Path) -> None:
    counter = grown.enrol("104")
    usb(counter).export(stick)
    path = answered(grown, stick)
    kinds = [type(part) for part in parts_of(path, counter.seed)]
    assert kinds[:2] == [Told, Chunk]
    assert kinds.count(Told) == 2
    (taken,) = usb(counter).read(stick).files
    assert (taken.outcome, taken.error) == (Outcome.NEWS, None)
    assert taken.events >= 26
    assert counter.store.dump() == grown.counters[0].store.dump()
    (taken,) = usb(counter).read(stick).files
    assert (taken.outcome, taken.error) == (Outcome.KNOWN, None)
    counter.restart()
    assert file(counter).ingreso.folio
    carry(grown, counter, stick)
    carry(grown, grown.counters[0], stick)
    assert counter.store.dump() == grown.counters[0].store.dump()


def test_i8_a_torn_beginning_is_left_and_a_damaged_one_not_sent(
    grown: World, stick: Path, tmp_path: Path
) -> None:
    counter = grown.enrol("104")
    usb(counter).export(stick)
    path, torn = answered(grown, stick), tmp_path / "torn.oirs"
    sizes = [len(part.data) for part in parts_of(path, counter.seed) if isinstance(part, Chunk)]
    torn.write_bytes(path.read_bytes()[: -path.stat().st_size // 2])
    (taken,) = usb(counter).read(torn).files
    assert (sizes != [], taken.error and taken.error.code) == (True, "answer_torn")
    for snapshot in grown.settings.data.rglob("*.osn"):
        data = snapshot.read_bytes()
        snapshot.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
    path.unlink()
    again = answered(grown, stick)
    assert {type(part) for part in parts_of(again, counter.seed)} == {Told}
    usb(counter).read(stick)
    assert counter.store.dump() == grown.counters[0].store.dump()
