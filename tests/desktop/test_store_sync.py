"""What comes from the centre is verified, taken whole, and taken once."""

from __future__ import annotations

from dataclasses import replace
from shutil import copytree
from typing import TYPE_CHECKING

import msgspec
import pytest

from oirs_core import chain
from oirs_core.domain.events import Anotacion, Equipo, Oficina, Respuesta, Tabla
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import Estado
from oirs_core.signature import SigningKey, verify
from oirs_core.wire.messages import Answer, Others, Page
from oirs_desktop.store import NewAct, Store, SyncRefused
from oirs_desktop.store.engine import raw
from tests.support.centre import FEED, KEY, NOW, OFFICE, STAMP, Centre, Counter, chance, ingreso

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Pair = tuple[Centre, Counter, Counter]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    centre = Centre()
    a, b = (
        Counter.make(tmp_path / "a", centre, "a", "0A2R"),
        Counter.make(tmp_path / "b", centre, "b", "0B2R"),
    )
    yield centre, a, b
    a.store.close()
    b.store.close()


def opened(counter: Counter, n: int = 1) -> bytes:
    return counter.store.record([NewAct(ingreso(n))], STAMP, counter.random).case.id


def changes(counter: Counter) -> int:
    with counter.store._write() as connection:
        return int(raw(connection).execute("SELECT total_changes()").fetchone()[0])


def test_two_counters_of_an_office_agree(pair: Pair) -> None:
    centre, a, b = pair
    first, second = opened(a), opened(b, 2)
    for counter in (a, b, a):
        counter.sync(centre)
    a.store.record([NewAct(Anotacion("de a"))], STAMP, a.random, second)
    b.store.record([NewAct(Respuesta("de b"))], STAMP, b.random, first)
    for counter in (a, b, a, b):
        counter.sync(centre)
    assert a.store.dump() == b.store.dump()
    assert a.store.dump().count(b"\n") == 1
    case = a.store.case(first)
    assert case is not None
    assert case.estado is Estado.RESPONDIDA


def test_delivered_means_seen_in_the_feed_not_sent(pair: Pair) -> None:
    centre, a, _ = pair
    case = opened(a)
    push = a.store.push(1 << 20, a.key.sign)
    centre.take(push.groups, a.key.public)  # the answer was lost
    assert [row.id for row in a.store.unsent()] == [case]
    assert (a.store.queue().pending, a.store.queue().oldest_at) == (1, NOW)
    a.sync(centre)
    assert (a.store.unsent(), a.store.queue().pending, a.store.queue().oldest_at) == ([], 0, None)
    assert len([entry for entry in centre.entries if entry.event.log == a.log]) == 1


def test_the_same_answer_twice_changes_nothing(pair: Pair) -> None:
    centre, a, b = pair
    opened(b)
    b.sync(centre)
    opened(a)
    answer = a.sync(centre)
    before = a.store.dump(), a.store.cursors(), a.store.recent(9), changes(a)
    absorbed = a.store.absorb(answer, NOW)
    assert absorbed.cases == frozenset()
    assert (a.store.dump(), a.store.cursors(), a.store.recent(9), changes(a)) == before


def test_an_idle_exchange_writes_nothing(pair: Pair) -> None:
    centre, a, _ = pair
    a.sync(centre)
    before = changes(a)
    a.sync(centre)
    assert changes(a) == before
    assert a.store.queue().last_success == NOW


def test_office_devices_and_tables_come_down(pair: Pair) -> None:
    centre, a, b = pair
    assert a.store.office() == OFFICE
    a.sync(centre)
    assert a.store.devices() == {a.key.id: a.key.public, b.key.id: b.key.public}
    centre.write(replace(OFFICE, nombre="Nueva"))
    centre.write(Tabla("materias", "codigo\nx\n"))
    push = a.store.push(1000, a.key.sign)
    absorbed = a.store.absorb(centre.answer(centre.page(a.store.cursors()[0][1], push.log)), NOW)
    assert (absorbed.office, absorbed.catalogue) == (True, True)
    assert a.store.tables() == {"materias": "codigo\nx\n"}
    office = a.store.office()
    assert office is not None
    assert office.nombre == "Nueva"


def test_a_counter_cannot_set_the_office(pair: Pair) -> None:
    centre, a, b = pair
    centre.add(b.log, b.key, replace(OFFICE, nombre="Falsa"))
    a.sync(centre)
    assert a.store.office() == OFFICE
    a.store.rebuild()
    assert a.store.office() == OFFICE


def test_a_log_is_known_by_the_notice_just_before_it(pair: Pair) -> None:
    centre, a, _ = pair
    key = SigningKey(b"n" * 32)
    centre.write(Equipo(chain.b64(key.id), chain.b64(key.public), "0C2R", "c"))
    for n in range(3):
        made = centre.add(b"logdelc0", key, ingreso(n, folio="8KA0C2R0001F"))
    a.sync(centre)
    assert a.store.case(made.creates) is not None


def _cut(page: Page, **change: object) -> Page:
    return msgspec.structs.replace(page, **change)


def _other(page: Page, change: Callable[[Others], Others]) -> Page:
    items = [change(item) if isinstance(item, Others) else item for item in page.items]
    return _cut(page, items=tuple(items))


def _unsigned_by_us(item: Others) -> Others:
    forged = chain.b64(SigningKey(b"f" * 32).sign(b"x"))
    return msgspec.structs.replace(item, group=msgspec.structs.replace(item.group, sig=forged))


def _body_changed(item: Others) -> Others:
    header, salt, body = item.group.items[0]
    other = msgspec.Raw(bytes(body).replace(b"secreto", b"publico"))
    return msgspec.structs.replace(
        item, group=msgspec.structs.replace(item.group, items=((header, salt, other),))
    )


FAULTS: dict[str, Callable[[Page], Page]] = {
    "a later page": lambda page: _cut(page, start=page.start + 1),
    "another chain": lambda page: _cut(page, chain=chain.b64(bytes(32))),
    "another end": lambda page: _cut(page, end=page.end + 1),
    "another feed": lambda page: _cut(page, feed="o/otra/001"),
    "an entry left out": lambda page: _cut(page, items=page.items[1:]),
    "a forged signature": lambda page: _other(page, _unsigned_by_us),
    "a changed body": lambda page: _other(page, _body_changed),
    "another time": lambda page: _other(page, lambda item: msgspec.structs.replace(item, t_recv=(1,))),
    "too many times": lambda page: _other(page, lambda item: msgspec.structs.replace(item, t_recv=(1, 2))),
    "a chain that is none": lambda page: _cut(page, chain="%"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_does_not_fit_changes_nothing(pair: Pair, fault: str) -> None:
    centre, a, b = pair
    opened(b, 5)
    b.sync(centre)
    a.sync(centre)  # a knows the log of b, or else every fault would be one of its root
    case = opened(b)
    b.store.record([NewAct(Anotacion("secreto"))], STAMP, b.random, case)
    b.sync(centre)
    good = centre.page(a.store.cursors()[0][1], a.log)
    before = a.store.cursors(), changes(a)
    with pytest.raises(SyncRefused):
        a.store.absorb(centre.answer(FAULTS[fault](good)), NOW)
    assert a.store.cursors() == before[0]
    assert a.store.case(case) is None
    a.store.absorb(centre.answer(good), NOW)
    assert a.store.case(case) is not None


def test_a_push_is_signed_bounded_and_goes_on(pair: Pair) -> None:
    centre, a, _ = pair
    for n in range(6):
        opened(a, n)
    seen, rounds = 0, 0
    while a.store.queue().pending:
        push = a.store.push(2000, a.key.sign)
        assert push.size <= 2000
        (group,) = push.groups
        signed = chain.group_message(push.head_seq, push.head)
        assert verify(a.key.public, chain.unb64(group.sig), signed)
        assert push.more == (push.head_seq < 6)
        seen += len(group.items)
        rounds += 1
        a.sync(centre, 2000)
    assert (seen, rounds > 1) == (6, True)
    assert a.store.push(10, a.key.sign).groups == ()
    assert a.store.push(1, a.key.sign, from_seq=3).head_seq == 3


def test_logs_before_a_rotation_are_still_sent(pair: Pair) -> None:
    centre, a, b = pair
    opened(a)
    a.store.rotate(b"otro-log", "K000", a.key.public)
    opened(a, 2)
    push = a.store.push(1 << 20, a.key.sign)
    assert [group.first_seq for group in push.groups] == [1, 1]
    a.sync(centre)
    b.sync(centre)
    a.sync(centre)
    assert a.store.queue().pending == 0
    assert a.store.dump() == b.store.dump()


def test_a_centre_that_lost_its_end_gets_it_back(pair: Pair) -> None:
    centre, a, b = pair
    early = opened(a)
    for counter in (a, b, a):
        counter.sync(centre)
    agreed = len(centre.entries)
    opened(a, 2)
    a.sync(centre)
    b.store.record([NewAct(Anotacion("de b"))], STAMP, b.random, early)
    opened(b, 3)
    for counter in (b, a):
        counter.sync(centre)
    before = {row.id for row in a.store.recent(9)}
    del centre.entries[agreed:]
    feed, pos, link = next(v for v in a.store.vectors() if v[1] == agreed)
    assert chain.unb64(link) == centre.chain_at(pos)
    a.store.absorb(replace_state(centre.answer(agreed=((feed, pos),)), "differs"), NOW)
    assert a.store.queue().pending == 1
    assert {row.id for row in a.store.recent(9)} == before
    push = a.store.push(1 << 20, a.key.sign)
    keys = {a.log: a.key.public, b.log: b.key.public}
    for group in push.groups:
        centre.take((group,), keys[chain.unb64(group.log)])
    a.store.absorb(centre.answer(centre.page(agreed, push.log)), NOW)
    assert len(centre.entries) == agreed + 3
    assert a.store.unsent() == []
    assert a.store.push(1 << 20, a.key.sign).groups == ()


def replace_state(answer: Answer, state: str) -> Answer:
    return msgspec.structs.replace(answer, state=state)


def clone(a: Counter, folder: Path) -> Counter:
    """Copy the store of ``a`` while it is closed, as a disk image would."""
    source = folder.parent / "a"
    a.store.close()
    copytree(source, folder)
    a.store = Store.open(source, KEY)
    return Counter(Store.open(folder, KEY), a.key, a.log, chance("clone"))


def test_a_clone_finds_its_tail_set_aside_and_rotates(pair: Pair, tmp_path: Path) -> None:
    centre, a, _ = pair
    opened(a)
    a.sync(centre)
    twin = clone(a, tmp_path / "twin")
    ours = opened(a, 2)
    a.sync(centre)
    theirs = twin.store.record([NewAct(ingreso(3))], STAMP, twin.random).case.id
    push = twin.store.push(1 << 20, twin.key.sign)
    assert push.head_seq == 2
    page = centre.page(twin.store.cursors()[0][1])
    absorbed = twin.store.absorb(centre.answer(page), NOW)
    assert absorbed.rotate
    assert absorbed.cases == {ours}
    assert twin.store.case(theirs) is not None
    assert twin.store.queue().pending == 1
    again = twin.store.push(1 << 20, twin.key.sign)
    (group,) = again.groups
    first = next(iter(chain.unb64(group.log) for group in again.groups))
    assert first == chain.branch_label(a.log, push.head)
    assert group.first_seq == 2
    twin.store.close()


def test_relabelled_events_keep_their_identity(pair: Pair) -> None:
    _, a, _ = pair
    opened(a)
    made = a.store.record([NewAct(ingreso(2))], STAMP, a.random)
    label = chain.branch_label(a.log, made.hashes[0])
    relabel = ((chain.b64(a.log), 2, chain.b64(label)),)
    centre = Centre()
    answer = centre.answer(relabel=relabel)
    assert a.store.absorb(answer, NOW).rotate
    a.store.absorb(answer, NOW)
    push = a.store.push(1 << 20, a.key.sign)
    assert (push.log, push.head_seq, push.head) == (label, 2, made.hashes[0])
    assert a.store.case(made.case.id) == made.case


def test_somebody_who_went_on_with_our_log_makes_us_rotate(pair: Pair) -> None:
    centre, a, _ = pair
    assert a.store.absorb(msgspec.structs.replace(centre.answer(), cont=chain.b64(bytes(32))), NOW).rotate


def test_a_store_that_lost_its_end_gets_it_back_and_reuses_no_number(pair: Pair, tmp_path: Path) -> None:
    centre, a, _ = pair
    opened(a)
    a.sync(centre)
    old = clone(a, tmp_path / "old")
    lost = a.store.record([NewAct(ingreso(2))], STAMP, a.random).case
    a.sync(centre)
    seq = old.store.push(1, old.key.sign).head_seq
    page = centre.page(old.store.cursors()[0][1])
    old.store.absorb(centre.answer(page, durable_seq=seq), NOW)
    found = old.store.case(lost.id)
    assert found is not None
    assert found.ingreso == lost.ingreso
    again = old.store.record([NewAct(ingreso(4))], STAMP, old.random).case.ingreso.folio
    assert Folio.parse(again).number == 3
    old.store.close()


def test_an_event_that_nobody_can_read_is_kept_and_stops_nothing(pair: Pair) -> None:
    centre, a, b = pair
    case = opened(b)
    b.sync(centre)
    seq, prev = centre.head(centre.log, centre.key.public)
    made = chain.seal(centre.log, seq + 1, prev, b'["x"]', bytes(16), b"{}")
    centre.keep(made, (0, ""))
    header = chain.Header("Invento", 7, NOW, sure=True, user="x", entity=case)
    odd = chain.seal(centre.log, seq + 2, made.h, header.encode(), bytes(16), b'{"z":1}')
    centre.keep(odd, (0, ""))
    a.sync(centre)
    found = a.store.case(case)
    assert found is not None
    assert [flag.value for flag in found.flags] == ["needs_update"]
    assert a.store.cursors()[0][1] == len(centre.entries)
    a.store.rebuild()
    assert a.store.case(case) == found


def test_a_failure_is_remembered_until_the_next_success(pair: Pair) -> None:
    centre, a, _ = pair
    a.store.note_failure("offline", NOW)
    assert a.store.queue().last_error == "offline"
    a.sync(centre)
    assert (a.store.queue().last_error, a.store.queue().offset_ms) == ("", 5000)


def test_the_feed_of_the_tests_is_the_one_of_the_office() -> None:
    assert isinstance(OFFICE, Oficina)
    assert f"o/{OFFICE.institucion}/{OFFICE.codigo}" == FEED


def test_pending_is_counted_right_wherever_the_feed_ends(pair: Pair) -> None:
    centre, a, _ = pair
    a.sync(centre)
    for n in range(13):
        opened(a, n)
    push = a.store.push(1 << 20, a.key.sign)
    start = a.store.cursors()[0][1]
    centre.take(push.groups, a.key.public)
    for taken in range(1, 14):
        page = centre.page(start + taken - 1, a.log, start + taken)
        a.store.absorb(centre.answer(page), NOW)
        assert a.store.queue().pending == 13 - taken
        assert len(a.store.unsent()) == 13 - taken
