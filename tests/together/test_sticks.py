"""Two counters and a centre with no line at all: everything goes by a stick, out and back."""

from __future__ import annotations

import shutil
from io import BytesIO
from itertools import product
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oirs_central.bundles import Verdict
from oirs_central.commands.sticks import sentence
from oirs_core.chain import b64
from oirs_core.domain.events import Respuesta
from oirs_core.wire.bundle import BundleRefused, Facts, Kind, Writer
from oirs_core.wire.parts import Ask, Events
from oirs_core.wire.seal import SealKey
from oirs_core.wire.unbundle import Reader
from oirs_desktop.store import Store
from oirs_desktop.sync.answers import Outcome
from oirs_desktop.sync.errors import Cancelled, StickError, StickGone
from tests.support.postgres import empty
from tests.support.sticks import carry, failing, file, post, usb
from tests.support.stranger import Counter as Stranger
from tests.support.stranger import filing
from tests.support.world import INSTITUTION, World, office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.world import Counter


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    first, second = made.enrol("104"), made.enrol("104")
    stick = tmp_path / "stick"
    for counter in (first, second):
        carry(made, counter, stick)
    carry(made, first, stick)
    yield made
    made.close()


@pytest.mark.postgres
def test_the_centre_takes_sticks_over_postgresql(tmp_path: Path, stick: Path, postgres_url: str) -> None:
    world = World(tmp_path, postgres_url)
    counter = world.enrol("104")
    carry(world, counter, stick)
    file(counter)
    assert carry(world, counter, stick).delivered == 1
    file(counter)
    usb(counter).export(stick)
    world.central.auth.revoke(counter.key.id)
    assert (post(world, stick)[0].verdict, world.central.ledger.verify()) == (Verdict.REVOKED, [])
    world.close()
    empty(postgres_url)


@given(st.binary(max_size=400), st.integers(0, 90))
@settings(max_examples=150, deadline=None)
def test_garbage_is_told_from_a_file_of_ours_in_one_look(garbage: bytes, at: int) -> None:
    for data in (garbage, b"OIRSBND1" + garbage, b"OIRSBND1" + len(garbage).to_bytes(4, "big") + garbage):
        with pytest.raises(BundleRefused):
            Reader(BytesIO(data[:at] + data))


def test_i1_i3_two_counters_agree_with_no_line_at_all(world: World, tmp_path: Path) -> None:
    first, second = world.counters
    case, other = file(first), file(second, "¿Y los sábados?")
    stick = tmp_path / "stick"
    assert carry(world, first, stick).delivered == 1
    assert carry(world, second, stick).delivered == 1
    world.central.ledger.add(case.ingreso.folio, Respuesta("A las nueve."), "centro")
    carry(world, first, stick)
    carry(world, second, stick)
    central = world.central.ledger.dump(world.central.ledger.office_feed("104"))
    assert first.store.dump() == second.store.dump() == central
    assert first.desk.case(other.id) is not None
    assert world.central.ledger.verify() == []


def test_exported_is_not_delivered_until_the_answer_is_read(world: World, tmp_path: Path) -> None:
    first, stick = world.counters[0], tmp_path / "stick"
    file(first)
    done = usb(first).export(stick)
    assert (done.events, usb(first).last_export()) == (1, done)
    assert "oirs-104-meson-1-" in done.path
    assert first.store.queue().pending == 1
    assert [result.verdict for result in post(world, stick)] == [Verdict.NEW]
    assert first.store.queue().pending == 1
    read = usb(first).read(stick)
    assert (read.delivered, [taken.outcome for taken in read.files]) == (1, [Outcome.NEWS])
    assert first.store.queue().pending == 0


def test_i4_files_may_come_twice_and_in_any_order(world: World, tmp_path: Path) -> None:
    first = world.counters[0]
    sticks = [tmp_path / f"stick-{n}" for n in range(3)]
    for stick in sticks:
        stick.mkdir()
        file(first)
        first.clock.ms += 60_000
        usb(first).export(stick)
    verdicts = [post(world, stick)[0].verdict for stick in (sticks[2], sticks[0], sticks[1], sticks[2])]
    assert verdicts == [Verdict.NEW, Verdict.KNOWN, Verdict.KNOWN, Verdict.KNOWN]
    for stick in (sticks[1], sticks[0], sticks[2], sticks[1]):
        usb(first).read(stick)
        assert first.store.queue().pending == 0
    assert first.store.dump() == world.central.ledger.dump(world.central.ledger.office_feed("104"))


def verdicts(world: World, stick: Path) -> list[Verdict]:
    return [result.verdict for result in post(world, stick)]


def only(stick: Path, word: str) -> Path:
    (found,) = (path for path in stick.iterdir() if word in path.name)
    return found


def errors(counter: Counter, stick: Path) -> list[str]:
    return [taken.error.code if taken.error else "" for taken in usb(counter).read(stick).files]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "pendrive"
    made.mkdir()
    return made


def test_a_torn_bundle_gives_what_was_whole_and_the_whole_one_the_rest(world: World, stick: Path) -> None:
    first = world.counters[0]
    for n in range(40):
        file(first, f"{n} " + "x" * 8000)
    usb(first).export(stick)
    path = only(stick, "envio")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 200])
    torn = post(world, stick)[0]
    assert torn.verdict is Verdict.TORN
    assert 0 < torn.new < 40
    path.write_bytes(whole)
    again = post(world, stick)[0]
    assert (again.verdict, again.new) == (Verdict.PARTLY, 40 - torn.new)
    assert usb(first).read(stick).delivered == 40


def test_i16_a_changed_byte_on_the_stick_is_refused_both_ways(world: World, stick: Path) -> None:
    first = world.counters[0]
    file(first)
    usb(first).export(stick)
    path = only(stick, "envio")
    whole = path.read_bytes()
    path.write_bytes(whole[:-300] + bytes([whole[-300] ^ 1]) + whole[-299:])
    assert verdicts(world, stick) == [Verdict.CHANGED]
    assert list(stick.iterdir()) == [path]
    path.write_bytes(whole)
    post(world, stick)
    answer = only(stick, "respuesta")
    good = answer.read_bytes()
    answer.write_bytes(good[:-100] + bytes([good[-100] ^ 1]) + good[-99:])
    before = first.store.cursors()
    assert errors(first, stick) == ["answer_changed"]
    assert first.store.cursors() == before
    answer.write_bytes(good[:-10])
    assert errors(first, stick) == ["answer_torn"]
    assert first.store.queue().pending == 0


def test_every_other_file_has_its_own_sentence(world: World, stick: Path, tmp_path: Path) -> None:
    first, second = world.counters
    usb(second).export(stick)
    path = only(stick, "envio")
    whole = path.read_bytes()
    (stick / "mayor.oirs").write_bytes(whole[:7] + b"2" + whole[8:])
    (stick / "otro.oirs").write_bytes(b"%PDF-1.7")
    assert sorted(verdicts(world, stick)) == ["known", "newer", "other"]
    sentences = {sentence(result) for result in post(world, stick)}
    assert len(sentences) == 3
    own = only(stick, "respuesta")
    assert sorted(errors(first, stick)) == ["answer_foreign", "answer_newer", "answer_strange"]
    assert usb(first).read([path]).files[0].error is not None  # asked for by name
    elsewhere = World(tmp_path / "other")
    elsewhere.central.post._institution = "OTRA"
    assert verdicts(elsewhere, stick).count(Verdict.FOREIGN) == 1
    elsewhere.central.post._institution = "SGI"
    assert verdicts(elsewhere, stick).count(Verdict.UNKNOWN) == 1
    elsewhere.close()
    assert usb(second).read([own]).files[0].error is None


def test_a_bundle_for_another_centre_stays_closed(world: World, stick: Path) -> None:
    first = world.counters[0]
    keys = world.central.post._seal
    usb(first).export(stick)
    world.central.post._seal = SealKey(b"another centre, another secret..")
    assert verdicts(world, stick) == [Verdict.SEALED]
    world.central.post._seal = keys
    assert verdicts(world, stick) == [Verdict.KNOWN]


def test_t14_what_a_revoked_counter_wrote_is_kept_apart_and_it_learns_nothing(
    world: World, stick: Path
) -> None:
    first, second = world.counters
    case = file(first)
    usb(first).export(stick)
    world.central.auth.revoke(first.key.id)
    result = post(world, stick)[0]
    assert (result.verdict, result.new) == (Verdict.REVOKED, 1)
    assert only(stick, "respuesta").stat().st_size < 2000
    assert errors(first, stick) == ["device_refused"]
    assert first.store.queue().pending == 1
    assert second.sync()
    assert second.desk.case(case.id) is not None
    assert world.central.ledger.verify() == []


def test_stick_and_line_mix_in_any_order(world: World, stick: Path) -> None:
    first, second = world.counters
    file(first)
    usb(first).export(stick)
    post(world, stick)
    late = only(stick, "respuesta")
    assert first.sync()
    file(second)
    assert second.sync()
    assert first.sync()  # the line is further than the stick by now
    before = first.store.cursors()
    assert usb(first).read([late]).files[0].outcome is Outcome.KNOWN
    assert first.store.cursors() == before
    file(first)
    assert first.sync()
    file(first)
    carry(world, first, stick)
    assert first.sync()
    assert second.sync()
    assert first.store.dump() == second.store.dump()


def test_an_answer_that_comes_before_an_earlier_one_waits_for_it(world: World, stick: Path) -> None:
    first, second = world.counters
    answers = []
    for n in range(2):
        place = stick / str(n)
        place.mkdir()
        file(second)
        assert second.sync()
        usb(first).export(place)
        post(world, place)
        answers.append(only(place, "respuesta"))
        if n == 0:
            copy = first.folder.with_name("copy")
            shutil.copytree(first.folder, copy)
            usb(first).read(place)
    first.store.close()
    first.store = Store.open(copy, first.database)  # put back: it never read the first answer
    assert [taken.error.code for taken in usb(first).read([answers[1]]).files if taken.error] == [
        "answer_early"
    ]
    assert [taken.error for taken in usb(first).read(reversed(answers)).files] == [None, None]


def test_i13_a_centre_put_back_from_a_backup_gets_everything_again_by_stick(
    world: World, stick: Path
) -> None:
    first, second = world.counters
    world.central.close()
    saved = world.folder / "saved"
    shutil.copytree(world.folder / "central", saved)
    world.central = world._build()
    file(first)
    file(second)
    for counter in (first, second, first):
        carry(world, counter, stick)
    assert first.store.queue().pending == second.store.queue().pending == 0
    world.central.close()
    shutil.rmtree(world.folder / "central")
    saved.rename(world.folder / "central")
    world.central = world._build()
    world.clock.ms += 60_000
    for counter in (first, first, second, first):
        carry(world, counter, stick)
    central = world.central.ledger.dump(world.central.ledger.office_feed("104"))
    assert first.store.dump() == second.store.dump() == central
    assert len(central.splitlines()) == 2
    assert world.central.ledger.verify() == []


def restored(world: World, saved: Path) -> None:
    """Put the centre back to what was copied."""
    world.central.close()
    shutil.rmtree(world.folder / "central")
    shutil.copytree(saved, world.folder / "central")
    world.central = world._build()


@pytest.fixture
def saved(world: World) -> Path:
    """Copy the centre as it is at the beginning."""
    world.central.close()
    saved = world.folder / "saved"
    shutil.copytree(world.folder / "central", saved)
    world.central = world._build()
    return saved


def test_i14_a_centre_whose_clock_was_years_ahead_is_believed_all_the_same(
    world: World, stick: Path, saved: Path
) -> None:
    first = world.counters[0]
    now = world.clock.ms
    world.clock.ms += 10 * 365 * 24 * 3_600_000
    file(first)
    carry(world, first, stick)
    assert first.store.queue().pending == 0
    restored(world, saved)
    world.clock.ms = now
    for _ in range(3):
        carry(world, first, stick)
    assert first.store.dump() == world.central.ledger.dump(world.central.ledger.office_feed("104"))
    assert len(first.store.dump().splitlines()) == 1


def test_i6_an_answer_to_a_file_from_before_the_line_spoke_takes_nothing_back(
    world: World, stick: Path, saved: Path
) -> None:
    first = world.counters[0]
    file(first)
    carry(world, first, stick)
    whole = world.folder / "whole"
    world.central.close()
    shutil.copytree(world.folder / "central", whole)
    world.central = world._build()
    stick.mkdir(exist_ok=True)
    usb(first).export(stick)
    restored(world, saved)
    post(world, stick)
    restored(world, whole)
    assert first.sync()
    before = first.store.cursors()
    usb(first).read(stick)
    assert first.store.cursors() == before


TROUBLES = ((28, "stick_full"), (5, "stick_gone"), (30, "stick_locked"))


def test_i1_a_stick_that_fails_at_any_write_leaves_no_file_and_loses_nothing(
    world: World, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.counters[0]
    file(first)
    for at, (number, code) in product(range(1, 5), TROUBLES):
        with monkeypatch.context() as patch:
            patch.setattr(Writer, "_put", failing(at, number))
            with pytest.raises(StickError) as why:
                usb(first).export(stick)
        assert why.value.code == code
        assert list(stick.iterdir()) == []
    assert carry(world, first, stick).delivered == 1


def test_an_export_can_be_stopped_and_tells_how_far_it_is(world: World, stick: Path) -> None:
    first, heard = world.counters[0], []
    for _ in range(3):
        file(first, "x" * 16000)
    with pytest.raises(Cancelled):
        usb(first).export(stick, lambda *told: heard.append(told), lambda: len(heard) > 1)
    assert heard[0] == (0, 3)
    assert list(stick.iterdir()) == []
    with pytest.raises(StickGone):
        usb(first).export(stick / "none")


def test_a_stick_may_carry_sixty_offices(tmp_path: Path) -> None:
    world = World(tmp_path)
    hub = tmp_path / "hub"
    hub.mkdir()
    for n in range(60):
        code = f"{300 + n}"
        world.central.ledger.office(office(code, f"Oficina {n}", "10401"))
        stranger = Stranger(world.central, n + 1)
        stranger.enrol(world.central.auth.new_code(world.central.ledger.office_feed(code)))
        stranger.write(filing())
        send_by_hand(world, stranger, code, hub)
    results = post(world, hub, tmp_path / "back")
    assert [(result.verdict, result.new) for result in results] == [(Verdict.NEW, 1)] * 60
    assert len({result.office for result in results}) == len(list((tmp_path / "back").iterdir())) == 60
    assert world.central.ledger.verify() == []
    world.close()


def send_by_hand(world: World, stranger: Stranger, code: str, folder: Path) -> None:
    """A file as somebody else's program writes it."""
    vectors = tuple((feed, 0, b64(bytes(32))) for feed in stranger.feeds)
    request = msgspec.structs.replace(stranger.request([]), vectors=vectors)
    log, made = b64(stranger.log), (1, 1, 1, 0, b64(bytes(16)))
    seal = SealKey(stranger.log * 4).public
    facts = Facts(Kind.UP, INSTITUTION, code, b64(stranger.key.id), log, *made, b64(seal))
    readers = (world.central.post._seal.public, seal)
    with (folder / f"{code}.oirs").open("wb") as out:
        writer = Writer.begin(out, facts, stranger.key.sign, readers, world.random)
        writer.append(Ask(request))
        writer.append(Events((("", stranger.group(stranger.own)),)))
        writer.close()
