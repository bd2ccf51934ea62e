"""Who may erase, and what stays erased, whatever comes and in whatever order."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
import pytest

from oirs_core.chain import b64
from oirs_core.domain.events import Anotacion, Equipo, Supresion
from oirs_core.signature import SigningKey
from oirs_core.wire.messages import Group
from oirs_desktop.store import NewAct, SyncRefused, erasing
from oirs_desktop.store.engine import raw
from tests.support.centre import NOW, STAMP, Centre, Counter, ingreso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oirs_core.domain.solicitud import Solicitud

SECRET = "secretisimo"
WHY = "Resolución 1"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Centre, Counter, Solicitud]]:
    """A counter with one delivered case that holds a secret."""
    centre = Centre()
    counter = Counter.make(tmp_path / "store", centre)
    done = counter.store.record([NewAct(ingreso(relato=SECRET))], STAMP, counter.random)
    counter.store.record([NewAct(Anotacion(SECRET))], STAMP, counter.random, done.case.id)
    counter.sync(centre)
    case = counter.store.case(done.case.id)
    assert case is not None
    yield centre, counter, case
    counter.store.close()


def secrets(counter: Counter) -> int:
    with counter.store._read() as connection:
        query = "SELECT count(*) FROM event WHERE instr(body, ?)"
        return int(raw(connection).execute(query, (SECRET.encode(),)).fetchone()[0])


def test_a_counter_can_take_nothing_out_of_anybodys_history(
    office: tuple[Centre, Counter, Solicitud],
) -> None:
    centre, counter, case = office
    other = SigningKey(sha256(b"m2").digest())
    centre.write(Equipo(b64(other.id), b64(other.public), "0B2R", "m2"))
    notice = Supresion(tuple(fact.h.hex() for fact in case.facts), WHY)
    centre.add(b"log of m2"[:8], other, notice, case.id)
    counter.sync(centre)
    assert secrets(counter) == 2
    left = counter.store.case(case.id)
    assert left is not None
    assert left.ingreso.relato == SECRET
    assert left.erasures == ()


def test_an_event_that_comes_after_its_erasure_comes_without_its_body(
    office: tuple[Centre, Counter, Solicitud], tmp_path: Path
) -> None:
    centre, _, case = office
    notice = centre.write(Supresion((case.facts[1].h.hex(),), WHY), case.id)
    late = Counter.make(tmp_path / "late", centre, "m3", "0C2R")
    assert notice in [entry.event for entry in centre.entries]
    assert secrets(late) == 1
    late.store.rebuild()
    left = late.store.case(case.id)
    assert left is not None
    assert [fact.erased for fact in left.facts] == [False, True, False]
    late.store.close()


def test_i4_the_same_notice_once_more_changes_nothing(office: tuple[Centre, Counter, Solicitud]) -> None:
    centre, counter, case = office
    centre.write(Supresion((case.facts[1].h.hex(),), WHY), case.id)
    counter.sync(centre)
    before = counter.store.dump()
    counter.store.absorb(centre.answer(centre.page(0, counter.log), durable_seq=2), NOW)
    counter.sync(centre)
    assert counter.store.dump() == before
    assert secrets(counter) == 1


def test_what_is_put_back_from_elsewhere_is_stripped_as_well(
    office: tuple[Centre, Counter, Solicitud],
) -> None:
    centre, counter, case = office
    centre.write(Supresion((case.facts[1].h.hex(),), WHY), case.id)
    counter.sync(centre)
    with counter.store._write() as connection:
        native = raw(connection)
        native.execute(
            "UPDATE event SET body = ?, salt = x'' WHERE h = ?", (SECRET.encode(), case.facts[1].h)
        )
        erasing.strip(native, case.facts[1].h)
    assert secrets(counter) == 1


def test_i16_bytes_that_were_never_asked_for_or_are_others_do_not_come_in(
    office: tuple[Centre, Counter, Solicitud],
) -> None:
    centre, counter, case = office
    with counter.store._write() as connection:
        raw(connection).execute("UPDATE event SET body = NULL, salt = NULL WHERE h = ?", (case.facts[1].h,))
    forged = (b64(case.facts[1].h), b64(bytes(16)), msgspec.Raw(b'{"texto":"otra cosa"}'))
    with pytest.raises(SyncRefused):
        counter.store.absorb(centre.answer(bodies=(forged,), durable_seq=2), NOW)
    known = (b64(case.facts[0].h), b64(bytes(16)), msgspec.Raw(b'{"texto":"otra cosa"}'))
    counter.store.absorb(centre.answer(bodies=(known,), durable_seq=2), NOW)
    assert secrets(counter) == 1


def test_an_erased_event_travels_on_as_header_and_digest(office: tuple[Centre, Counter, Solicitud]) -> None:
    centre, counter, case = office
    centre.write(Supresion((case.facts[1].h.hex(),), WHY), case.id)
    counter.sync(centre)
    push = counter.store.push(1 << 20, counter.key.sign, from_seq=1)
    (group,) = [group for group in push.groups if group.log == b64(counter.log)]
    assert isinstance(group, Group)
    assert [item[1] is None for item in group.items] == [False, True]
