"""Erasure, archiving and beginning with a snapshot: real counters, a real centre, both at their word."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from oirs_central.ledger import snapshots
from oirs_core.chain import b64
from oirs_core.domain import events
from oirs_core.domain.events import Adjunto, Anotacion, Materia, Reapertura, Respuesta
from oirs_core.domain.kinds import DocType, Kind, Salida
from oirs_core.domain.persona import Persona
from oirs_core.domain.solicitud import Flag
from oirs_desktop.desk import Draft
from oirs_desktop.store.engine import FILE_NAME, connect, raw
from oirs_desktop.store.store import Store
from oirs_desktop.sync import snapshots as beginning
from oirs_desktop.sync.errors import Offline
from oirs_desktop.sync.housekeeping import Housekeeping
from oirs_desktop.sync.snapshots import Beginning
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from oirs_core.domain.solicitud import Solicitud
    from tests.support.world import Counter

FEED = "o/SGI/104"
SECRET = "secretisimo"
WHY = "Resolución exenta 77 de 2026"
YEAR_MS = 365 * 24 * 3600 * 1000


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


def enrolled(world: World, count: int = 1) -> list[Counter]:
    made = [world.enrol("104") for _ in range(count)]
    world.settle()
    return made


def file(
    counter: Counter, relato: str = f"Vive con {SECRET}", salida: Salida = Salida.RESPONDIDA
) -> Solicitud:
    persona = Persona(DocType.SIN_DOCUMENTO, nombres=f"Juana {SECRET}")
    draft = Draft(persona, Kind.CONSULTA, Materia("Subsidio"), relato, salida, respuesta=f"Sí, {SECRET}.")
    return counter.desk.open(draft).case


def bodies(store: Store) -> bytes:
    with store._read() as connection:
        rows = raw(connection).execute("SELECT body FROM event WHERE body IS NOT NULL").fetchall()
    return b"\n".join(bytes(body) for (body,) in rows)


def same_everywhere(world: World) -> None:
    world.settle()
    central = world.central.ledger.dump(FEED)
    for counter in world.counters:
        assert counter.store.dump() == central
        counter.store.rebuild()
        assert counter.store.dump() == central
    assert world.central.ledger.verify() == []


# ---------------------------------------------------------------------- erasure


def test_i3_what_a_resolution_erases_leaves_every_counter_and_every_list(world: World) -> None:
    one, two = enrolled(world, 2)
    case = file(one)
    one.desk.add(case.id, Anotacion(SECRET))
    world.settle()
    assert two.store.search(SECRET)
    world.central.ledger.erase(case.ingreso.folio, WHY)
    same_everywhere(world)
    for counter in (one, two):
        assert SECRET.encode() not in bodies(counter.store)
        assert counter.store.search(SECRET) == []
        (row,) = counter.store.by_folio(case.ingreso.folio)
        assert (row.estado, row.name, row.delivered) == ("respondida", "", True)
        left = counter.store.case(case.id)
        assert left is not None
        assert left.erasures[0].resolucion == WHY
        assert left.flags == frozenset()


def test_no_byte_of_what_was_erased_is_left_in_the_file(world: World) -> None:
    (one,) = enrolled(world)
    case = file(one)
    world.settle()
    world.central.ledger.erase(case.ingreso.folio, WHY)
    world.settle()
    Housekeeping(one.store, one.folder, Papers(), one.clock, sleep=lambda _: None).run()
    one.store.close()
    plain = one.folder / "plain.db"
    native = connect(one.folder / "oirs.db", one.database)
    native.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    pages = native.execute("PRAGMA freelist_count").fetchone()[0]
    words = native.execute("SELECT count(*) FROM busca WHERE busca MATCH ?", (SECRET,)).fetchone()[0]
    segments = b"".join(bytes(b) for (b,) in native.execute("SELECT block FROM busca_data"))
    native.close()
    assert (words, pages >= 0) == (0, True)
    assert SECRET.encode() not in segments
    one.store = Store.open(one.folder, one.database)


def test_where_nothing_went_the_log_of_the_file_is_left_alone(world: World) -> None:
    (counter,) = enrolled(world)
    file(counter)
    log = counter.folder / f"{FILE_NAME}-wal"
    before = log.stat().st_size
    assert counter.store.tidy() is False
    assert log.stat().st_size == before > 0  # nobody who registers now waits for it to be copied home


def test_i12_a_restored_counter_does_not_bring_an_erased_event_back(world: World, tmp_path: Path) -> None:
    one, two = enrolled(world, 2)
    case = file(one)
    world.settle()
    one.store.close()
    shutil.copytree(one.folder, tmp_path / "before")
    one.store = Store.open(one.folder, one.database)
    world.central.ledger.erase(case.ingreso.folio, WHY)
    world.settle()
    one.store.close()
    shutil.rmtree(one.folder)
    shutil.copytree(tmp_path / "before", one.folder)
    one.store = Store.open(one.folder, one.database)
    one._desk = None
    one.desk.add(case.id, Anotacion("Volvió a preguntar."))
    same_everywhere(world)
    assert all(SECRET.encode() not in bodies(counter.store) for counter in (one, two))


def test_i13_an_erased_event_stays_erased_after_the_centre_was_restored_and_everything_came_back(
    world: World, tmp_path: Path
) -> None:
    one, two = enrolled(world, 2)
    case = file(one)
    two.sync()
    one.sync()
    world.central.backup(tmp_path / "backup.sqlite")
    world.central.ledger.erase(case.ingreso.folio, WHY)
    one.sync()
    world.central.close()
    shutil.copyfile(tmp_path / "backup.sqlite", world.settings.data / "central.sqlite")
    for name in ("central.sqlite-wal", "central.sqlite-shm"):
        (world.settings.data / name).unlink(missing_ok=True)
    world.central = world._build()
    same_everywhere(world)
    assert SECRET.encode() not in bodies(two.store)


def test_work_goes_on_in_a_case_that_was_erased(world: World) -> None:
    one, two = enrolled(world, 2)
    case = file(one)
    world.settle()
    world.central.ledger.erase(case.ingreso.folio, WHY)
    two.desk.add(case.id, Anotacion("Mientras tanto, sin línea."))
    world.settle()
    one.desk.add(case.id, Respuesta("Se le informó."))
    same_everywhere(world)
    left = one.store.case(case.id)
    assert left is not None
    assert left.answer_count == 2


class Papers:
    """Remembers which documents were to go."""

    def __init__(self) -> None:
        self.gone: list[str] = []

    def forget(self, sha: str) -> None:
        self.gone.append(sha)


def test_the_bytes_of_an_erased_document_go_with_it_unless_another_case_names_it(world: World) -> None:
    (one,) = enrolled(world)
    first, second = file(one), file(one)
    for case, sha in ((first, "aa" * 32), (first, "bb" * 32), (second, "bb" * 32)):
        one.desk.add(case.id, Adjunto(sha, "application/pdf", 9, "cédula.pdf"))
    world.settle()
    world.central.ledger.erase(first.ingreso.folio, WHY)
    world.settle()
    papers = Papers()
    for _ in range(2):
        Housekeeping(one.store, one.folder, papers, one.clock, sleep=lambda _: None).run()
    assert papers.gone == ["aa" * 32]


# ---------------------------------------------------------------------- archive


def aged(world: World, tmp_path: Path, counter: Counter) -> Solicitud:
    """A finished case, three years and a verified backup ago."""
    case = file(counter)
    world.settle()
    world.central.backup(tmp_path / "backup.sqlite")
    for clock in (world.clock, *(one.clock for one in world.counters)):
        clock.ms += 3 * YEAR_MS
    case_now = file(counter, "Otra persona", Salida.PENDIENTE)
    world.settle()
    assert case_now.id != case.id
    return case


def test_i3_an_old_case_leaves_the_lists_once_a_backup_has_it(world: World, tmp_path: Path) -> None:
    one, two = enrolled(world, 2)
    case = aged(world, tmp_path, one)
    assert one.store.put_away(24).cases == 1
    assert one.store.case(case.id) is None
    assert one.store.by_folio(case.ingreso.folio) == []
    assert one.store.search("subsidio") == two.store.search("subsidio")[:1]
    lines = [x for x in world.central.ledger.dump(FEED).splitlines() if b64(case.id).encode() not in x]
    assert one.store.dump().splitlines() == lines
    one.store.rebuild()
    assert one.store.dump().splitlines() == lines
    assert one.store.put_away(24).cases == 0
    assert one.store.queue().pending == 0


@pytest.mark.parametrize("lacking", ["backup", "age", "setting", "line"])
def test_f13_f17_nothing_is_put_away_that_is_not_old_finished_and_backed_up(
    world: World, tmp_path: Path, lacking: str
) -> None:
    (one,) = enrolled(world)
    case = file(one)
    world.settle()
    if lacking != "backup":
        world.central.backup(tmp_path / "backup.sqlite")
    if lacking == "line":
        one.desk.add(case.id, Anotacion("Todavía no se envía."))
    for clock in (world.clock, one.clock):
        clock.ms += 3 * YEAR_MS if lacking != "age" else 1
    if lacking != "line":
        file(one)
        world.settle()
    assert one.store.put_away(0 if lacking == "setting" else 24).cases == 0
    assert one.store.case(case.id) is not None


def test_f13_nothing_is_put_away_before_everything_has_come_down_once(world: World, tmp_path: Path) -> None:
    (one,) = enrolled(world)
    aged(world, tmp_path, one)
    two = world.enrol("104")
    cycle = two.cycle()
    cycle.pace.down.limit = 0
    answer, now = cycle._receive(cycle._send())
    two.store.absorb(answer, now)
    assert any(page.more for page in answer.pages)
    assert two.store.put_away(24).cases == 0
    assert two.sync()
    assert two.store.put_away(24).cases == 1


def test_an_archived_case_is_found_by_its_folio_and_comes_back_with_the_line(
    world: World, tmp_path: Path
) -> None:
    (one,) = enrolled(world)
    case = aged(world, tmp_path, one)
    before = one.store.dump()
    one.store.put_away(24)
    found = one.desk.find(case.ingreso.folio)
    assert (found.cases, found.hint) == ((), "archived")
    assert [row.asked for row in one.store.archived(case.ingreso.folio[-5:])] == [True]
    assert one.sync()
    assert one.store.dump() == before
    assert one.store.case(case.id) == case_of(one, case)
    assert one.store.put_away(24).cases == 0


def case_of(counter: Counter, case: Solicitud) -> Solicitud:
    read = counter.store.case(case.id)
    assert read is not None
    assert (read.ingreso, read.estado) == (case.ingreso, case.estado)
    return read


def test_a_case_that_goes_on_elsewhere_comes_back_by_itself(world: World, tmp_path: Path) -> None:
    one, _two = enrolled(world, 2)
    case = aged(world, tmp_path, one)
    one.store.put_away(24)
    world.central.ledger.add(case.ingreso.folio, Reapertura("Volvió."), "centro")
    same_everywhere(world)
    assert case.id in {row.id for row in one.store.open_cases()}


def test_what_the_centre_cannot_give_back_is_not_asked_for_without_end(world: World, tmp_path: Path) -> None:
    one, two = enrolled(world, 2)
    case = aged(world, tmp_path, one)
    one.store.put_away(24)
    two.sync()
    one.store.ask_back(case.id)
    with world.central.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE event SET body = NULL, salt = NULL WHERE kind != 'Oficina'")
    assert one.sync()
    assert one.store.wanted() == ()
    assert not one.store.archived(case.ingreso.folio)[0].asked


def test_an_archived_case_that_is_erased_shows_what_remains(world: World, tmp_path: Path) -> None:
    one, _two = enrolled(world, 2)
    case = aged(world, tmp_path, one)
    one.store.put_away(24)
    world.central.ledger.erase(case.ingreso.folio, WHY)
    same_everywhere(world)
    assert len(one.store.by_folio(case.ingreso.folio)) == 1


def test_i13_an_archived_case_survives_a_centre_that_lost_it_where_another_counter_has_it(
    world: World, tmp_path: Path
) -> None:
    one, two = enrolled(world, 2)
    world.central.backup(tmp_path / "early.sqlite")
    case = aged(world, tmp_path, one)
    one.store.put_away(24)
    world.central.close()
    shutil.copyfile(tmp_path / "early.sqlite", world.settings.data / "central.sqlite")
    for name in ("central.sqlite-wal", "central.sqlite-shm"):
        (world.settings.data / name).unlink(missing_ok=True)
    world.central = world._build()
    one.sync()
    two.sync()
    world.settle()
    assert case.ingreso.folio.encode() in world.central.ledger.dump(FEED)
    one.store.ask_back(case.id)
    same_everywhere(world)
    assert two.store.case(case.id) is not None


# ---------------------------------------------------------------------- snapshot


class Line:
    """Carries frames and files; fails as told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.asked: list[tuple[int, int]] = []
        self.cut_at = -1
        self.damage = False
        self.frames = 0

    def exchange(self, frame: bytes) -> bytes:
        self.frames += 1
        return self.world.central.sync(frame)

    def get_snapshot(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        if len(self.asked) == self.cut_at:
            self.cut_at = -1
            raise Offline
        self.asked.append((first, last))
        data, _ = self.world.central.api.snapshots.get(sha, f"bytes={first}-{last}", authorization)
        return bytes(len(data)) if self.damage else data


@pytest.fixture
def grown(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(snapshots, "EVERY", 20)
    monkeypatch.setattr(snapshots, "PAGE_BYTES", 3000)
    monkeypatch.setattr(beginning, "PIECE", 700)
    (one,) = enrolled(world)
    for n in range(15):
        file(one, f"Caso {n}")
    world.settle()
    assert [made.feed for made in world.central.snapshots()] == [FEED]
    return world


def begin(world: World, line: Line) -> Counter:
    """Enrol a counter that may begin with a file."""
    made = world.enrol("104")
    made.line = line  # type: ignore[assignment]
    return made


def run(counter: Counter, line: Line) -> None:
    cycle = counter.cycle()
    cycle.beginning = Beginning(counter.store, line, counter.key, counter.folder)
    cycle.run()


def test_i3_a_new_counter_that_begins_with_a_file_ends_like_one_that_pulled_all(grown: World) -> None:
    line = Line(grown)
    counter = begin(grown, line)
    run(counter, line)
    assert len(line.asked) > 2
    assert counter.store.dump() == grown.central.ledger.dump(FEED)
    assert list(counter.folder.glob("snapshot-*")) == []


def test_i8_a_cut_costs_one_piece_of_the_file(grown: World) -> None:
    line = Line(grown)
    counter = begin(grown, line)
    line.cut_at = 2
    with pytest.raises(Offline):
        run(counter, line)
    run(counter, line)
    assert [first for first, _ in line.asked] == sorted({first for first, _ in line.asked})
    assert counter.store.dump() == grown.central.ledger.dump(FEED)


def test_i16_a_file_that_does_not_hold_is_dropped_and_the_pages_come_as_usual(grown: World) -> None:
    line = Line(grown)
    counter = begin(grown, line)
    line.damage = True
    run(counter, line)
    assert counter.store.dump() == grown.central.ledger.dump(FEED)
    assert list(counter.folder.glob("snapshot-*")) == []


# ---------------------------------------------------------------------- versions


def test_i15_an_old_counter_keeps_what_it_cannot_read_and_heeds_it_after_the_upgrade(
    world: World,
) -> None:
    (one,) = enrolled(world)
    case = file(one)
    world.settle()
    world.central.ledger.erase(case.ingreso.folio, WHY)
    known = events.VERSIONS.pop("Supresion")
    try:
        one.restart()
        assert one.sync()
        old = one.store.case(case.id)
        assert old is not None
        assert old.flags == {Flag.NEEDS_UPDATE}
        assert SECRET.encode() in bodies(one.store)
        one.desk.add(case.id, Anotacion("Sigue trabajando."))
        assert one.sync()
    finally:
        events.VERSIONS["Supresion"] = known
    one.restart()
    assert SECRET.encode() not in bodies(one.store)
    assert one.store.search(SECRET) == []
    same_everywhere(world)


def test_i15_an_update_is_advised_and_nothing_is_held_up_by_it(world: World) -> None:
    (one,) = enrolled(world)
    world.central.ledger.min_schema = 99
    case = file(one)
    assert one.sync()
    assert one.store.queue().last_error == "schema_old"
    assert one.store.queue().pending == 0
    assert case.ingreso.folio.encode() in world.central.ledger.dump(FEED)
    world.central.ledger.min_schema = 1
    assert one.sync()
    assert one.store.queue().last_error == ""
