"""A label is a hint: forks, clones and restored centres never leave a counter with a page that it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from oirs_core import chain
from oirs_core.domain.events import Anotacion
from oirs_desktop.store import NewAct
from tests.support.centre import NOW, STAMP, Centre, Counter, ingreso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oirs_core.wire.messages import Answer

Pair = tuple[Centre, Counter, Counter]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """A counter ``b`` that has seen two events of ``a``; ``a`` has written a third."""
    centre = Centre()
    a = Counter.make(tmp_path / "a", centre, "a", "0A2R")
    b = Counter.make(tmp_path / "b", centre, "b", "0B2R")
    for n in range(2):
        opened(a, n)
    a.sync(centre)
    b.sync(centre)
    yield centre, a, b
    a.store.close()
    b.store.close()


def opened(counter: Counter, n: int = 1) -> bytes:
    return counter.store.record([NewAct(ingreso(n))], STAMP, counter.random).hashes[0]


def filed_under(centre: Centre, log: bytes, label: bytes, first: int) -> None:
    """As a centre does that was restored: the same events under another label."""
    for entry in centre.entries:
        if entry.event.log == log and entry.event.seq >= first:
            entry.event = replace(entry.event, log=label)
    centre.signed[label] = centre.signed[log]


def rewound(centre: Centre, counter: Counter, lost: int) -> None:
    """The centre has lost its last entries, and the counter has heard of it."""
    del centre.entries[-lost:]
    feed, agreed = counter.store.cursors()[0][0], len(centre.entries)
    answer = msgspec.structs.replace(centre.answer(agreed=((feed, agreed),)), state="differs")
    counter.store.absorb(answer, NOW)


def told(centre: Centre, counter: Counter, own: bytes = b"") -> Answer:
    answer = centre.answer(centre.page(counter.store.cursors()[0][1], own))
    counter.store.absorb(answer, NOW)
    return answer


def at(centre: Centre, counter: Counter) -> bool:
    return counter.store.cursors()[0][1:] == (len(centre.entries), centre.chain_at(len(centre.entries)))


def label_of(counter: Counter, h: bytes) -> bytes:
    with counter.store._read() as connection:
        row = connection.exec_driver_sql("SELECT log FROM event WHERE h = ?", (h,)).one()
    return bytes(row.log)


def test_i12_a_tail_under_a_label_never_heard_of_is_chained_by_hash_and_signature(pair: Pair) -> None:
    centre, a, b = pair
    third = opened(a, 3)
    a.sync(centre)
    filed_under(centre, a.log, b"a-branch", 3)
    told(centre, b)
    assert at(centre, b)
    assert label_of(b, third) == b"a-branch"


def test_i12_a_group_is_chained_to_the_ancestor_that_its_signature_names(pair: Pair) -> None:
    centre, a, b = pair
    # Two logs of the same key are as long as each other; the label of the third says the wrong one.
    a.store.rotate(b"otro-log", "K000", a.key.public)
    for n in (3, 4):
        opened(a, n)
    a.sync(centre)
    b.sync(centre)
    fifth = opened(a, 5)
    a.sync(centre)
    filed_under(centre, b"otro-log", a.log, 3)
    told(centre, b)
    assert at(centre, b)
    assert label_of(b, fifth) == a.log


def test_i13_what_the_centre_files_anew_takes_the_place_of_what_it_lost(pair: Pair) -> None:
    centre, a, b = pair
    lost = opened(a, 3)
    a.sync(centre)
    b.sync(centre)
    rewound(centre, b, 1)
    other = centre.add(a.log, a.key, Anotacion("de un gemelo"), bytes(10))
    told(centre, b)
    assert at(centre, b)
    assert label_of(b, other.h) == a.log
    assert label_of(b, lost) == chain.branch_label(a.log, lost)
    assert b.store.push(1 << 20, b.key.sign).groups[0].items  # and gives back what was lost


def test_i13_the_label_of_the_centre_is_taken_over_for_what_is_known(pair: Pair) -> None:
    centre, a, b = pair
    third = opened(a, 3)
    a.sync(centre)
    b.sync(centre)
    entry = centre.entries[-1]
    rewound(centre, b, 1)
    centre.entries.append(entry)
    filed_under(centre, a.log, b"a-branch", 3)
    told(centre, b)
    assert label_of(b, third) == b"a-branch"
    # so that what a clone wrote has its place
    centre.add(a.log, a.key, Anotacion("de un gemelo"), bytes(10))
    told(centre, b)
    assert at(centre, b)


def test_i12_our_own_log_goes_on_under_the_label_that_the_centre_uses(pair: Pair) -> None:
    centre, a, _ = pair
    third = opened(a, 3)
    a.sync(centre)
    entry = centre.entries[-1]
    rewound(centre, a, 1)
    centre.entries.append(entry)
    filed_under(centre, a.log, b"a-branch", 3)
    told(centre, a)
    opened(a, 4)
    push = a.store.push(1 << 20, a.key.sign)
    assert (push.log, push.head_seq, push.groups[0].first_seq) == (b"a-branch", 4, 4)
    assert label_of(a, third) == b"a-branch"


def test_i10_our_own_successor_is_no_reason_to_rotate(pair: Pair) -> None:
    centre, a, _ = pair
    third = opened(a, 3)
    answer = centre.answer()
    held = msgspec.structs.replace(answer, cont=chain.b64(third))
    assert not a.store.absorb(held, NOW).rotate
    foreign = msgspec.structs.replace(answer, cont=chain.b64(bytes(32)))
    assert a.store.absorb(foreign, NOW).rotate


def test_i12_a_clone_rotates_even_if_the_page_brings_what_the_other_wrote(pair: Pair) -> None:
    centre, a, _ = pair
    made = centre.add(a.log, a.key, Anotacion("de un gemelo"), bytes(10))
    page = centre.page(a.store.cursors()[0][1])
    answer = msgspec.structs.replace(centre.answer(page), cont=chain.b64(made.h))
    assert a.store.absorb(answer, NOW).rotate


def test_i4_a_page_that_overlaps_what_is_known_is_taken_from_there_on(pair: Pair) -> None:
    centre, a, b = pair
    start = b.store.cursors()[0][1] - 2
    opened(a, 3)
    a.sync(centre)
    b.store.absorb(centre.answer(centre.page(start)), NOW)
    assert at(centre, b)
