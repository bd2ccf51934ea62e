"""When all links are up: sync everybody until nothing moves, and look whether every promise was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.chain import Header, b64
from oirs_core.domain.errors import EventRefused
from oirs_desktop.store.engine import raw
from tests.sim.papers import check_papers
from tests.sim.parts import Violation
from tests.sim.world import OFFICES

if TYPE_CHECKING:
    from tests.sim.parts import Machine
    from tests.sim.world import World

MAX_ROUNDS = 14
EVENTS = "SELECT hex(h), kind FROM event"
ENTRIES = (
    "SELECT hex(e.h), hex(e.log), e.seq, e.kind, e.header, e.body FROM feed_entry f"
    " JOIN event e ON e.h = f.h WHERE f.feed = ? ORDER BY f.pos"
)
LISTS = ("SELECT * FROM solicitud ORDER BY nro", "SELECT kind, name, hex(h) FROM aviso")
MOVING = (
    "SELECT h, log, seq FROM event ORDER BY h",
    "SELECT id, label, own, durable_seq FROM log ORDER BY id",
    "SELECT name, value FROM meta WHERE name <> 'contact' ORDER BY name",
    "SELECT feed, pos, chain FROM cursor ORDER BY feed",
)


def rows(machine: Machine, query: str) -> list[tuple[object, ...]]:
    """Ask a counter's own file."""
    with machine.store._read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query).all()]


def held(machine: Machine) -> set[str]:
    return {str(row[0]) for row in rows(machine, EVENTS)}


def entries(world: World, office: str) -> list[tuple[object, ...]]:
    feed = world.central.ledger.office_feed(office)
    with world.central.database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(ENTRIES, (feed,)).all()]


def moment(world: World) -> list[object]:
    """All that could still move: what stands in the centre's feeds and in every counter's file."""
    found: list[object] = [world.positions()]
    for machine in world.machines:
        with machine.store._read() as connection:
            native = raw(connection)
            found.extend(native.execute(query).fetchall() for query in MOVING)
    return found


def settle(world: World) -> None:
    """I18: sync everybody until nobody has anything new to say; the last round has written nothing (I10)."""
    before: list[object] = []
    for _ in range(MAX_ROUNDS):
        waiting = [machine for machine in world.machines if behind(world, machine)]
        for machine in waiting or world.machines:
            cycle, _ = world.cycle(machine, [])
            if not world.talk(machine, cycle) and not machine.refused:
                raise Violation(f"I18 {machine.name} did not come through")
        if not waiting and moment(world) == before:
            return
        before = moment(world)
    raise Violation("I10 they do not come to rest")


def behind(world: World, machine: Machine) -> bool:
    """Whether a counter knows or could know that it is not at the end; the rest is tried all the same."""
    ends = world.positions()
    differs = any(pos != ends.get(feed, 0) for feed, pos, _ in machine.store.cursors())
    return not machine.refused and (differs or machine.store.queue().pending > 0)


def check(world: World) -> None:
    """Settle and compare everything with everything."""
    must = {office: {str(row[0]) for row in entries(world, office)} for office in OFFICES}
    world.quiet = True
    before = {machine: (held(machine), with_bodies(machine)) for machine in world.machines}
    settle(world)
    # Forgotten by the centre, known to nobody else: it must be enrolled anew, and has its files until then.
    world.machines, out = (
        [m for m in world.machines if not m.refused],
        [m for m in world.machines if m.refused],
    )
    for machine in out:
        world.count("must be enrolled anew")
        world.stop(machine)
    catalogue = catalogue_hashes(world)
    for machine in world.machines:
        must[machine.office] |= before[machine][0] - catalogue
    for office in OFFICES:
        _feed(world, office, must[office])
    _bodies(world, set().union(*(before[machine][1] for machine in world.machines)))
    _copies(world)
    _folios(world)
    _forwarded(world)
    check_papers(world)
    faults = world.central.ledger.verify()
    if faults:
        raise Violation(f"I16 the ledger does not hold: {faults[:2]}")


def with_bodies(machine: Machine) -> set[str]:
    return {str(row[0]) for row in rows(machine, "SELECT hex(h) FROM event WHERE body IS NOT NULL")}


def _bodies(world: World, had: set[str]) -> None:
    """What anybody could read, the centre can read, unless a resolution took it out; then nobody can (I1)."""
    bare = (
        "SELECT hex(e.h), r.h IS NOT NULL FROM event e LEFT JOIN erased r ON r.h = e.h WHERE e.body IS NULL"
    )
    with world.central.database.reading() as connection:
        empty = {str(h): bool(erased) for h, erased in connection.exec_driver_sql(bare).all()}
    lost = [h for h, erased in empty.items() if not erased and h in had]
    if lost:
        raise Violation(f"I1 the content of {len(lost)} events is gone")
    erased = {h for h, by_resolution in empty.items() if by_resolution}
    for machine in world.machines:
        if with_bodies(machine) & erased:
            raise Violation(f"I19 {machine.name} still has what was erased")


def catalogue_hashes(world: World) -> set[str]:
    query = "SELECT hex(h) FROM feed_entry WHERE feed LIKE 'c/%'"
    with world.central.database.reading() as connection:
        return {str(row[0]) for row in connection.exec_driver_sql(query).all()}


def _feed(world: World, office: str, must: set[str]) -> None:
    got = entries(world, office)
    hashes = [str(row[0]) for row in got]
    if len(set(hashes)) != len(hashes):
        raise Violation(f"I2 an event stands twice in the feed of {office}")
    if must - set(hashes):
        raise Violation(f"I1 {len(must - set(hashes))} events are not in the feed of {office}")
    seen: set[str] = set()
    for h, _log, _seq, _kind, header, _body in got:
        base = _base(bytes(header))  # type: ignore[arg-type]
        if base and base not in seen:
            raise Violation(f"I7 an event stands before the one that its author had seen, in {office}")
        seen.add(str(h))


def _base(header: bytes) -> str:
    try:
        base = Header.decode(header).base
    except EventRefused:
        return ""
    return "" if base is None else base.hex().upper()


def _copies(world: World) -> None:
    for office in OFFICES:
        central = world.central.ledger.dump(world.central.ledger.office_feed(office))
        for machine in (m for m in world.machines if m.office == office):
            if machine.store.queue().pending:
                raise Violation(f"I1 {machine.name} still has something to send")
            told = lines_without(central, machine.archived())
            if lines_without(machine.store.dump(), machine.archived()) != told:
                raise Violation(f"I3 {machine.name} and the centre tell different stories")
    for machine in world.machines[world.plan.seed % 2 :: 2]:  # every second one: it is much work
        lists = [rows(machine, query) for query in LISTS]
        machine.store.rebuild()
        if [rows(machine, query) for query in LISTS] != lists:
            raise Violation(f"I3 {machine.name} folds another story from the same history")


def lines_without(dump: bytes, entities: list[bytes]) -> list[bytes]:
    """The lines of a dump but those of these cases: of what was put away there is no content to tell."""
    names = {b64(entity).encode() for entity in entities}
    return [line for line in dump.splitlines() if line.split(b'"', 2)[1] not in names]


def _folios(world: World) -> None:
    if any(machine.clone for machine in world.machines):
        return  # exact clones of a whole machine may give the same folio: both are kept and flagged
    given: dict[str, str] = {}
    for machine in world.machines:
        for entity, folio in rows(machine, "SELECT hex(entity), folio FROM solicitud"):
            if given.setdefault(str(folio), str(entity)) != entity:
                raise Violation(f"I2 folio {folio} was given twice")


def _forwarded(world: World) -> None:
    """What was sent to the other office came there once."""
    sent = [str(row[0]).lower() for row in entries(world, "104") if row[3] == "Derivacion"]
    topics = [bytes(row[5] or b"") for row in entries(world, "052") if row[3] == "Ingreso"]  # type: ignore[arg-type]
    for h in sent:
        if sum(h.encode() in body for body in topics) > 1:
            raise Violation("I2 a case was forwarded twice")
