"""A counter that its centre has forgotten joins its office again, and nothing it ever wrote is lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from oirs_central.auth import AuthError, CodeUnknown, DeviceRevoked, DeviceUnknown, RequestUnsigned
from oirs_core.chain import b64, unb64
from oirs_desktop import app
from oirs_desktop.commands.again import proof
from oirs_desktop.commands.centre import Centre
from oirs_desktop.keystore import FileKeystore, Secrets
from tests.support.blobs import draft
from tests.support.world import OFFICES, World, office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oirs_desktop.store import Enrolment
    from tests.support.world import Counter


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


def forget(world: World, kept: Path) -> None:
    """Put the centre back to what was copied to ``kept``."""
    world.central.close()
    shutil.rmtree(world.settings.data)
    shutil.copytree(kept, world.settings.data)
    world.central = world._build()


def keep(world: World, kept: Path) -> None:
    world.central.close()
    shutil.copytree(world.settings.data, kept)
    world.central = world._build()


def rebuild(world: World) -> None:
    """A centre made from nothing, with another key."""
    world.central.close()
    shutil.rmtree(world.settings.data)
    world.central = world._build()
    for code, (name, comuna) in OFFICES.items():
        world.central.ledger.office(office(code, name, comuna))


def apply(world: World, counter: Counter, code: str, log: bytes | None = None) -> Enrolment:
    """Ask the centre as the command does."""
    before = counter.store.enrolment()
    assert before is not None
    log = log or world.random(8)
    asked = {
        "code": code,
        "public_key": b64(counter.key.public),
        "log": b64(log),
        "name": counter.name,
        "again": proof(counter.key, before, log, code),
    }
    grant = msgspec.json.decode(world.central.enrol(msgspec.json.encode(asked)))
    changed = {"label": grant["label"], "server_key": unb64(grant["server_key"])}
    return replace(before, seal_key=unb64(grant["seal_key"]), **changed)


def come_back(world: World, counter: Counter) -> Enrolment:
    code = world.central.auth.new_code(world.central.ledger.office_feed("104"))
    log = world.random(8)
    granted = apply(world, counter, code, log)
    counter.store.enrol_anew(granted, log, counter.key.public)
    counter._desk = None
    return granted


def told(world: World) -> bytes:
    return world.central.ledger.dump(world.central.ledger.office_feed("104"))


def dumps_agree(world: World, *counters: Counter) -> bool:
    return all(counter.store.dump() == told(world) for counter in counters)


def folios(counter: Counter) -> list[str]:
    return [row.folio for row in counter.store.recent(50)]


@pytest.fixture
def forgotten(world: World, tmp_path: Path) -> Counter:
    """A counter that wrote three cases, of which the centre knows nothing any more, nor of itself."""
    keep(world, tmp_path / "kept")
    counter = world.enrol("104")
    counter.sync()
    for _ in range(2):
        counter.desk.open(draft())
    assert counter.sync()
    counter.desk.open(draft())
    forget(world, tmp_path / "kept")
    with pytest.raises(DeviceUnknown):
        counter.sync()
    return counter


def test_i1_a_forgotten_counter_joins_again_with_all_it_wrote(world: World, forgotten: Counter) -> None:
    before, written = forgotten.store.head(), folios(forgotten)
    granted = come_back(world, forgotten)
    assert granted.label == before.label
    assert forgotten.sync()
    assert forgotten.store.queue().pending == 0
    assert dumps_agree(world, forgotten)
    assert (forgotten.store.head().log, folios(forgotten)) == (before.log, written)
    assert forgotten.desk.open(draft()).case.ingreso.folio not in written


def test_i1_also_what_it_wrote_to_older_logs_comes_back(world: World, forgotten: Counter) -> None:
    forgotten.store.rotate(world.random(8), "5ABC", forgotten.key.public)
    forgotten.desk.open(draft())
    come_back(world, forgotten)
    assert forgotten.sync()
    assert dumps_agree(world, forgotten)
    assert world.central.ledger.verify() == []


def test_i2_a_label_that_somebody_else_has_by_now_is_left_to_them(world: World, forgotten: Counter) -> None:
    before, written = forgotten.store.head(), folios(forgotten)
    other = world.enrol("104")
    change = f"UPDATE device SET label = '{before.label}'"
    world.central.database.write(lambda connection: connection.exec_driver_sql(change))
    granted = come_back(world, forgotten)
    assert granted.label != before.label
    assert forgotten.store.head().log != before.log
    assert forgotten.sync()
    new = forgotten.desk.open(draft()).case.ingreso.folio
    assert granted.label in new.replace("-", "")
    world.settle()
    assert dumps_agree(world, forgotten, other)
    assert set(written) <= set(folios(other))


def test_a_label_is_not_given_to_two_that_come_back(world: World, forgotten: Counter) -> None:
    come_back(world, forgotten)
    given = [world.enrol("104").store.head().label for _ in range(3)]
    assert forgotten.store.head().label not in given


def test_a_centre_made_from_nothing_gets_everything_of_each_counter_that_comes_back(world: World) -> None:
    one, two = world.enrol("104"), world.enrol("104")
    world.settle()
    mine, theirs = one.desk.open(draft()).case, two.desk.open(draft()).case
    world.settle()
    rebuild(world)
    come_back(world, one)
    assert one.store.queue().pending == 1
    for _ in range(3):  # two has not come back: what it wrote waits here and costs nothing
        assert one.sync()
    assert one.store.queue().pending == 0
    assert one.store.push(10_000, one.key.sign).groups == ()
    assert one.store.case(theirs.id) is not None
    come_back(world, two)
    world.settle()
    assert dumps_agree(world, one, two)
    assert {mine.ingreso.folio, theirs.ingreso.folio} == set(folios(two))
    assert world.central.ledger.verify() == []


def test_what_a_lost_colleague_wrote_is_given_back_once_the_centre_knows_its_key(world: World) -> None:
    one, two = world.enrol("104"), world.enrol("104")
    world.settle()
    theirs = two.desk.open(draft()).case
    world.settle()
    rebuild(world)
    come_back(world, one)
    assert one.sync()
    come_back(world, two)  # and breaks down right then
    for _ in range(3):
        assert one.sync()
    assert theirs.ingreso.folio.encode() in told(world)
    assert dumps_agree(world, one)


def test_an_old_enrolment_learns_to_whom_files_are_sealed(world: World) -> None:
    counter = world.enrol("104")
    counter.sync()
    before = counter.store.enrolment()
    assert before is not None
    entries = told(world)
    granted = come_back(world, counter)
    assert granted == before
    assert len(granted.seal_key) == 32
    assert told(world) == entries


def test_the_same_application_again_gets_the_same_grant(world: World, forgotten: Counter) -> None:
    code = world.central.auth.new_code(world.central.ledger.office_feed("104"))
    log = world.random(8)
    assert apply(world, forgotten, code, log) == apply(world, forgotten, code, log)


def refused(world: World, counter: Counter, code_of: str = "104") -> type[AuthError] | None:
    code = world.central.auth.new_code(world.central.ledger.office_feed(code_of))
    try:
        apply(world, counter, code)
    except AuthError as why:
        return type(why)
    return None


def test_nobody_comes_back_without_the_key_to_another_office_or_after_a_revocation(world: World) -> None:
    counter, other = world.enrol("104"), world.enrol("104")
    assert refused(world, counter, code_of="052") is CodeUnknown
    mine, counter.key = counter.key, other.key
    other.key, before = mine, counter.store.enrolment()
    assert before is not None
    code, log = world.central.auth.new_code("o/SGI/104"), world.random(8)
    again = proof(counter.key, before, log, code)
    asked = {"code": code, "public_key": b64(mine.public), "log": b64(log), "name": "x", "again": again}
    with pytest.raises(RequestUnsigned):
        world.central.enrol(msgspec.json.encode(asked))
    world.central.auth.revoke(mine.id)
    assert refused(world, other) is DeviceRevoked


def test_the_command_says_what_it_means(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = World(tmp_path)
    counter = world.enrol("104")
    counter.sync()
    folio = counter.desk.open(draft()).case.ingreso.folio
    counter.store.close()
    FileKeystore(counter.folder / app.KEYS).save(Secrets(counter.database, counter.seed))
    rebuild(world)
    world.counters.clear()
    world.central.close()
    with Centre(world.settings.data) as centre:
        enrol = ["enrol", centre.url, centre.code("104"), "--training", "--data", str(counter.folder)]
        assert app.main(enrol) != 0
        assert "--again" in capsys.readouterr().err
        assert app.main([*enrol, "--again"]) == 0
        said = capsys.readouterr().out
        assert app.main([*enrol, "--again"]) == 0, "once more with the same code"
    assert "quedó inscrito otra vez" in said
    assert "La central es otra" in said
    assert "por enviar" not in said
    world.central = world._build()
    assert told(world).count(folio.encode()) == 1
    world.close()
