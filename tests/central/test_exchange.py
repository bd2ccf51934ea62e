"""The exchange: what is sent is there once, in order, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core import chain
from tests.support.stranger import filing

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_central.app import Central
    from tests.support.stranger import Counter

    Enrol = Callable[..., Counter]


def test_a_new_counter_receives_its_office_and_the_catalogue(enrolled: Enrol) -> None:
    counter = enrolled()
    counter.sync()
    kinds = sorted(chain.Header.decode(event.header).kind for event in counter.events.values())
    assert kinds == ["Equipo", "Oficina", "Tabla"]


def test_an_event_comes_back_in_the_same_answer_without_its_body(enrolled: Enrol) -> None:
    counter = enrolled()
    counter.sync()
    event = counter.write(filing())
    answer = counter.ask()
    counter.absorb(answer)
    assert counter.office.hashes[-1] == event.h
    assert [type(item).__name__ for page in answer.pages for item in page.items] == ["Own"]
    assert answer.durable_seq == 1


def test_an_idle_exchange_changes_nothing_and_says_so_in_few_bytes(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    counter.sync()
    frame = counter.frame(counter.request())
    assert counter.ask().pages == ()
    assert len(frame) < 260
    assert len(central.sync(frame)) < 180


def test_a_push_may_be_repeated_for_ever(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    counter.write(filing())
    request = counter.request()
    answers = [counter.ask(request) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    counter.sync()
    assert central.ledger.verify() == []


def test_two_counters_of_an_office_see_each_others_cases(enrolled: Enrol, central: Central) -> None:
    one, two = enrolled(1), enrolled(2)
    one.write(filing("00"))
    two.write(filing("01"))
    for counter in (one, two, one):
        counter.sync()
    assert one.office.hashes == two.office.hashes
    assert one.office.links == two.office.links
    assert central.ledger.dump("o/SGI/082").count(b"\n") == 1


def test_a_long_feed_comes_in_pages_that_each_hold(enrolled: Enrol) -> None:
    one, two = enrolled(1), enrolled(2)
    for _ in range(10):
        one.write(filing(relato="x" * 900))
        one.sync()
    request = two.request(max_bytes=4000)
    answer = two.ask(request)
    assert answer.pages[-1].more
    while any(page.more for page in answer.pages):
        two.absorb(answer)
        answer = two.ask(two.request(max_bytes=4000))
    two.absorb(answer)
    one.sync()
    assert two.office.links == one.office.links


def test_a_group_larger_than_any_answer_is_cut_and_still_chains(enrolled: Enrol) -> None:
    one, two = enrolled(1), enrolled(2)
    one.write(filing())
    for _ in range(45):
        one.note("y" * 20_000)
    one.sync()
    pages = []
    for _ in range(3):
        answer = two.ask(two.request(max_bytes=2000))
        pages.append(len(answer.pages[0].items) if answer.pages else 0)
        two.absorb(answer)
    assert two.office.links == one.office.links


def test_an_event_larger_than_the_page_asked_for_comes_alone(enrolled: Enrol) -> None:
    one, two = enrolled(1), enrolled(2)
    one.write(filing(relato="z" * 20_000))
    one.sync()
    for _ in range(6):
        two.absorb(two.ask(two.request(max_bytes=0)))
    assert two.office.links == one.office.links


@pytest.mark.parametrize("count", [1, 40])
def test_an_ancestor_that_is_not_here_is_asked_for(enrolled: Enrol, count: int) -> None:
    counter = enrolled()
    for _ in range(count + 2):
        counter.note()
    answer = counter.ask(counter.request(counter.own[count:]))
    assert (answer.state, answer.durable_seq, answer.pages) == ("ancestors", 0, ())
    assert counter.ask(counter.request(counter.own[answer.durable_seq :])).state == "ok"


def test_positions_have_no_gaps_and_times_rise(enrolled: Enrol, central: Central, clock: object) -> None:
    counter = enrolled()
    for _ in range(5):
        counter.note()
        counter.sync()
        clock.now -= 1000  # the centre's clock goes back
    assert counter.office.pos == 7
    assert central.ledger.verify() == []
