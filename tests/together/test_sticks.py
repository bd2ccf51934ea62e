"""Two counters and a centre with no line at all: everything goes by a stick, out and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_central.bundles import Verdict
from oirs_core.domain.events import Respuesta
from oirs_desktop.sync.answers import Outcome
from tests.support.sticks import carry, file, post, usb
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
