"""What an exchange costs on the line, and what happens while two of them overlap."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import zstandard

from bench.attentions import Attentions
from bench.counter_store import OFFICE, WallClock, make_desk
from bench.peers.our_client import enrolled
from oirs_central.app import build
from oirs_central.settings import Settings
from oirs_core.wire import dictionary, messages
from oirs_desktop.commands.centre import Centre
from oirs_desktop.store.errors import SyncRefused
from oirs_desktop.sync.errors import DictionaryUnknown
from tests.faults.proxy import Proxy
from tests.support.world import Counter, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oirs_desktop.store import Store
    from oirs_desktop.sync.cycle import Cycle


@dataclass
class Real:
    """A counter and a centre in two processes, and the line between them."""

    store: Store
    cycle: Cycle
    line: Proxy
    filed: int = 0

    def file(self, cases: int) -> None:
        desk, attentions = make_desk(self.store, os.urandom), Attentions()
        for n in range(self.filed, self.filed + cases):
            desk.open(attentions.draft(n))
        self.filed += cases

    def converse(self) -> tuple[int, int, int]:
        """Requests, bytes up, bytes down; headers included."""
        self.line.count()
        return (self.cycle.run().rounds, *self.line.count())


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    folder = tmp_path_factory.mktemp("wire")
    central = build(Settings(folder / "central"), WallClock().now, os.urandom)
    central.ledger.office(OFFICE)
    code = central.auth.new_code(central.ledger.office_feed(OFFICE.codigo))
    central.close()
    with Centre(folder / "central") as centre, Proxy(int(centre.url.rsplit(":", 1)[1])) as line:
        made = Real(*enrolled(folder / "meson", line.url, code), line)
        made.file(3)
        made.converse()
        made.converse()
        yield made
        made.store.close()


def test_i10_nothing_new_is_one_request_of_300_bytes_up_and_200_down_with_headers(real: Real) -> None:
    requests, up, down = real.converse()
    assert requests == 1
    assert up <= 300
    assert down <= 200


def test_one_case_is_one_request_of_800_bytes_up_and_250_down_with_headers(real: Real) -> None:
    real.file(1)
    requests, up, down = real.converse()
    assert requests == 1
    assert up <= 800
    assert down <= 250


def test_a_connection_that_died_while_it_rested_is_no_failure(real: Real) -> None:
    real.converse()
    before = real.line.connections
    real.line.drop()
    real.file(1)
    requests, _, _ = real.converse()
    assert requests == 1
    assert real.line.connections == before + 1
    assert real.store.queue().pending == 0


def test_a_connection_is_kept_from_one_conversation_to_the_next(real: Real) -> None:
    before = real.line.connections
    real.converse()
    real.converse()
    assert real.line.connections == before


# Without processes: what the carrier sees.


@dataclass
class Watched:
    """Passes frames on and keeps them. ``unknown``: refuse the first as an older centre would."""

    line: object
    unknown: bool = False
    frames: list[bytes] = field(default_factory=list)

    def exchange(self, frame: bytes) -> bytes:
        self.frames.append(frame)
        if self.unknown and len(self.frames) == 1:
            raise DictionaryUnknown
        answer: bytes = self.line.exchange(frame)  # type: ignore[attr-defined]
        return answer


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


def _filed(world: World, cases: int) -> Counter:
    counter = world.enrol("104")
    assert counter.sync()
    attentions = Attentions()
    for n in range(cases):
        counter.desk.open(attentions.draft(n))
    return counter


def _dictionary(frame: bytes) -> int:
    return int(zstandard.get_frame_parameters(frame[messages.SIGNATURE.stop :]).dict_id)


def test_a_centre_without_our_dictionary_is_asked_again_in_plain(world: World) -> None:
    counter = _filed(world, 1)
    cycle = counter.cycle()
    watched = cycle.carrier = Watched(counter.line, unknown=True)
    assert cycle.run().pushed == 1
    newest = dictionary.id_of(dictionary.NEWEST)
    assert [_dictionary(frame) for frame in watched.frames] == [newest, 0]
    cycle.run()  # the answer said what it holds
    assert _dictionary(watched.frames[-1]) == newest


def test_the_next_batch_is_under_way_while_an_answer_is_taken_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = _filed(world, 9)
    cycle = counter.cycle()
    cycle.batch = 3_000
    watched = cycle.carrier = Watched(counter.line)
    asked: list[int] = []
    absorb = counter.store.absorb

    def noted(answer: messages.Answer, now: int) -> object:
        asked.append(len(watched.frames))
        return absorb(answer, now)

    monkeypatch.setattr(counter.store, "absorb", noted)
    report = cycle.run()
    assert report.pushed == 9
    assert asked == [*range(2, report.rounds + 1), report.rounds]
    assert counter.store.queue().pending == 0


def test_i4_what_was_sent_ahead_does_no_harm_when_an_answer_cannot_be_taken_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = _filed(world, 9)
    cycle = counter.cycle()
    cycle.batch = 3_000
    absorb = counter.store.absorb
    with monkeypatch.context() as broken:
        broken.setattr(counter.store, "absorb", _refuse)
        with pytest.raises(SyncRefused):
            cycle.run()
    assert counter.store.absorb == absorb
    assert counter.store.queue().pending == 9
    cycle.run()
    assert counter.store.queue().pending == 0
    assert world.central.ledger.verify() == []


def _refuse(_answer: messages.Answer, _now: int) -> None:
    raise SyncRefused(reason="chain")
