"""Copies of a machine, restored backups on either side: nothing is lost, nothing is doubled."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from oirs_central.app import build
from oirs_central.auth import DeviceUnknown
from oirs_central.tables import event
from oirs_core import chain
from oirs_core.domain.events import Anotacion
from oirs_core.wire import messages
from tests.central.conftest import Chance
from tests.support.stranger import filing

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_central.app import Central
    from tests.support.stranger import Counter

    Enrol = Callable[..., Counter]


def absorb_all(counter: Counter) -> None:
    for _ in range(20):
        answer = counter.ask()
        assert answer.state == "ok"
        counter.relabelled(answer)
        counter.absorb(answer)
        if not counter.pending() and not any(page.more for page in answer.pages):
            return
    raise AssertionError("no end")


def test_what_a_clone_wrote_is_filed_as_a_branch_and_reaches_everybody(
    enrolled: Enrol, central: Central
) -> None:
    one, other = enrolled(1), enrolled(2)
    one.write(filing())
    one.sync()
    two = one.twin()
    one.note("una")
    two.note("otra")
    two.note("y otra")
    one.sync()
    answer = two.ask()
    first = two.own[1]
    label = chain.b64(chain.branch_label(first.log, first.h))
    assert answer.relabel == ((chain.b64(two.log), 2, label),)
    assert answer.durable_seq == 3
    for counter in (two, one, other):
        absorb_all(counter)
    assert one.office.links == two.office.links == other.office.links
    assert {event.h for event in one.own + two.own} <= set(other.office.hashes)
    assert central.ledger.verify() == []


def test_a_clone_may_go_on_writing_under_the_old_label(enrolled: Enrol, central: Central) -> None:
    one = enrolled()
    one.write(filing())
    two = one.twin()
    one.sync()
    two.note("antes de todo contacto")
    one.note("mientras tanto")
    one.sync()
    two.ask()  # the answer is lost, and with it the new label
    two.note("después")
    answer = two.ask(two.request(two.own[2:]))
    assert [first for _, first, _ in answer.relabel] == [2]
    absorb_all(two)
    absorb_all(one)
    assert one.office.links == two.office.links
    assert central.ledger.verify() == []


def test_a_fork_of_a_fork_is_named_label_by_label(enrolled: Enrol, central: Central) -> None:
    one = enrolled()
    one.write(filing())
    one.sync()
    two = one.twin()
    one.note("1")
    one.sync()
    two.note("2")
    three = two.twin()
    two.note("2.1")
    two.ask()
    three.note("3.1")
    answer = three.ask()
    branch = chain.branch_label(three.log, three.own[1].h)
    nested = chain.branch_label(branch, three.own[2].h)
    assert answer.relabel == (
        (chain.b64(three.log), 2, chain.b64(branch)),
        (chain.b64(branch), 3, chain.b64(nested)),
    )
    assert central.ledger.verify() == []


def test_a_fork_at_the_very_first_event_is_a_branch_too(enrolled: Enrol, central: Central) -> None:
    one = enrolled()
    two = one.twin()
    one.write(filing("uno"))
    two.write(filing("dos"))
    one.sync()
    absorb_all(two)
    absorb_all(one)
    assert one.office.links == two.office.links
    assert central.ledger.verify() == []


def test_a_restored_counter_gets_its_own_events_back_with_their_bodies(enrolled: Enrol) -> None:
    counter = enrolled()
    counter.write(filing())
    counter.sync()
    backup = counter.twin()
    lost = counter.note("escrito después de la copia")
    counter.sync()
    answer = backup.ask()
    assert answer.cont == chain.b64(lost.h)
    assert answer.durable_seq == 1
    backup.absorb(answer)
    assert backup.events[lost.h].body == lost.body


def test_a_log_that_the_counter_began_by_itself_is_taken(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    counter.write(filing())
    counter.sync()
    counter.log, counter.own = b"rotated!", []
    counter.root = chain.log_root(counter.log, counter.key.public)
    assert counter.ask().state == "ok"
    counter.write(filing("nuevo"))
    assert counter.ask().state == "ok"
    assert central.ledger.verify() == []


@pytest.fixture
def restore(central: Central, clock: Callable[[], int]) -> Callable[[], Callable[[], Central]]:
    """Take a backup now; the function it gives puts the centre back to it."""
    data = central.settings.data

    def backup() -> Callable[[], Central]:
        with central.database.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        kept = data.with_name("backup")
        shutil.copytree(data, kept)

        def put_back() -> Central:
            central.close()
            shutil.rmtree(data)
            shutil.copytree(kept, data)
            return build(central.settings, clock, Chance())

        return put_back

    return backup


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)  # a copy of the file is the backup
def test_a_centre_that_lost_events_is_told_where_both_agree(
    enrolled: Enrol, restore: Callable[[], Callable[[], Central]]
) -> None:
    one, two = enrolled(1), enrolled(2)
    one.write(filing())
    one.sync()
    put_back = restore()
    one.note("perdido en la central")
    one.sync()
    two.sync()
    agreed = two.office.pos - 1
    one.central = two.central = restored = put_back()
    lost = one.ask()
    assert (lost.state, lost.durable_seq, lost.pages) == ("ancestors", 1, ())
    assert two.ask().state == "differs"
    name = next(name for name in two.feeds if name.startswith("o/"))
    vectors = tuple((name, pos, chain.b64(two.office.links[pos])) for pos in (1, 2, agreed, agreed + 1))
    answer = two.ask(two.request(vectors=vectors))
    assert (answer.state, answer.agreed) == ("differs", ((name, agreed),))
    # The second counter forgets that position and gives back what stood there, signed by the first.
    held = two.events[two.office.hashes[-1]]
    two.rewind(name, agreed)
    answer = two.ask(two.request((), groups=(one.group([held]),)))
    assert answer.state == "ok"
    two.absorb(answer)
    assert two.office.hashes[-1] == held.h
    assert one.ask(one.request((), check="")).durable_seq == 0
    assert restored.ledger.verify() == []
    restored.close()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_i7_a_restored_centre_takes_nothing_before_what_it_was_written_upon(
    enrolled: Enrol, restore: Callable[[], Callable[[], Central]]
) -> None:
    one, two = enrolled(1), enrolled(2)
    one.sync()
    put_back = restore()
    case = one.write(filing())
    one.sync()
    two.sync()
    two.write(Anotacion("sobre lo que la central perdió"), case.creates)
    two.central = restored = put_back()
    with restored.database.reading() as connection:
        before = connection.execute(select(event.c.h)).all()
    assert two.ask().state == "differs"
    with restored.database.reading() as connection:
        assert connection.execute(select(event.c.h)).all() == before
    name = next(name for name in two.feeds if name.startswith("o/"))
    two.rewind(name, two.office.pos - 1)
    answer = two.ask(two.request(groups=(one.group([case]), two.group(two.own))))
    two.absorb(answer)
    assert two.office.hashes[-2:] == [case.h, two.own[0].h]
    restored.close()


def test_agreement_on_every_feed_but_not_on_the_own_log_asks_for_all_of_it(enrolled: Enrol) -> None:
    counter = enrolled()
    counter.note()
    counter.sync()
    stranger = counter.twin()
    stranger.own = []
    stranger.note("otra historia, que la central no vio")
    vectors = tuple((name, feed.pos, chain.b64(feed.links[-1])) for name, feed in stranger.feeds.items())
    answer = stranger.ask(stranger.request([], vectors=vectors))
    assert (answer.state, answer.durable_seq) == ("ancestors", 0)
    assert stranger.ask(stranger.request(stranger.own)).state == "ok"


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_centre_that_forgot_a_counter_learns_of_it_from_its_colleague(
    enrolled: Enrol, central: Central, restore: Callable[[], Callable[[], Central]]
) -> None:
    one = enrolled(1)
    one.sync()
    put_back = restore()
    two = enrolled(2)
    two.write(filing())
    two.sync()
    one.sync()
    held = [one.events[h] for h in one.office.hashes[-2:]]
    notice = messages.Group(
        chain.b64(held[0].log),
        held[0].seq,
        (messages.item_of(held[0]),),
        held[0].seq,
        signature_at(central, held[0].h),
    )
    one.central = two.central = restored = put_back()
    with pytest.raises(DeviceUnknown):
        two.ask()
    # The writing comes before the notice that brings its key.
    one.ask(one.request((), groups=(two.group(two.own), notice)))
    assert restored.ledger.dump("o/SGI/082").count(b"[[") == 1
    assert two.ask().state in {"ok", "differs"}
    assert restored.ledger.verify() == []
    restored.close()


def signature_at(central: Central, h: bytes) -> str:
    with central.database.reading() as connection:
        sig = connection.execute(select(event.c.sig).where(event.c.h == h)).scalar_one()
    return chain.b64(sig)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_branch_keeps_its_label_when_the_centre_was_restored_to_before_the_fork(
    enrolled: Enrol, restore: Callable[[], Callable[[], Central]]
) -> None:
    one = enrolled()
    one.write(filing())
    one.sync()
    put_back = restore()
    two = one.twin()
    one.note("una")
    one.sync()
    two.note("otra")
    two.relabelled(two.ask())
    label = two.own[1].log
    one.central = two.central = restored = put_back()
    two.log = label
    answer = two.ask(two.request(two.own[1:]))
    assert answer.state == "ok"
    assert answer.relabel == ()
    assert one.ask(one.request(one.own[1:])).relabel == ()
    assert restored.ledger.verify() == []
    restored.close()
