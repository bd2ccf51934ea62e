"""A counter that a stranger wrote from the documents, our counter and one centre agree byte for byte."""

from __future__ import annotations

import copy
import json
import shutil
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from oirs_central.api import web
from oirs_core.domain.events import Anotacion, Materia, Respuesta
from oirs_core.domain.kinds import Kind, Salida
from oirs_core.domain.persona import Persona
from oirs_core.signature import SigningKey
from oirs_desktop.desk import Draft
from tests.support import ed25519, sticks
from tests.support import second_bytes as second
from tests.support import second_files as files
from tests.support.second_bytes import Event, b64, canonical, split
from tests.support.second_client import Client, Refused
from tests.support.world import START, Line, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.world import Counter

FEED = "o/SGI/104"
DRAFT = Draft(Persona(), Kind.CONSULTA, Materia("Horario"), "¿A qué hora abren?\tÑandú 😀", Salida.PENDIENTE)


@dataclass(slots=True)
class Recorder(Line):
    """Our counter's line, which keeps what it carried."""

    frames: list[bytes] = field(default_factory=list)

    def exchange(self, frame: bytes) -> bytes:
        self.frames.append(frame)
        return Line.exchange(self, frame)


@contextmanager
def serving(world: World) -> Iterator[str]:
    """Put HTTP around the centre of this process."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(web(world.central.api), log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@dataclass(slots=True)
class Town:
    """One office: our counter, a centre behind HTTP, and room for the stranger's counters."""

    world: World
    url: str
    ours: Counter
    wire: Recorder
    enrolled: int = 0

    def code(self) -> str:
        return self.world.central.auth.new_code(self.world.central.ledger.office_feed("104"))

    def enrol(self, *, follow: bool = True) -> Client:
        self.enrolled += 1
        made = Client(self.url, bytes([self.enrolled]) * 32, Random(self.enrolled))
        made.enrol(self.code(), f"Mesón ajeno {self.enrolled}")
        if follow:
            made.sync()
        return made


@contextmanager
def founded(folder: Path) -> Iterator[Town]:
    world = World(folder)
    world.central.ledger.publish({"feriados_cl": "fecha,nombre\n2026-09-18,Independencia\n"})
    ours = world.enrol("104")
    ours.line = wire = Recorder(world)
    assert ours.sync()
    try:
        with serving(world) as url:
            yield Town(world, url, ours, wire)
    finally:
        world.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with founded(tmp_path_factory.mktemp("town")) as made:
        yield made


def header(kind: str, entity: bytes = b"") -> list[Any]:
    return [kind, 1, START, False, "rosa", b64(entity) if entity else "", None, None]


def note(client: Client, text: str, entity: bytes = b"") -> Event:
    return client.write(header("Anotacion", entity), {"texto": text})


def filing(client: Client, number: int = 1) -> dict[str, Any]:
    office = next(json.loads(made.body) for made in client.known.values() if made.kind == "Oficina")
    return {
        "folio": second.folio(office["folio"], 2026, client.label, number),
        "clave": "7K2M",
        "tipo": "reclamo",
        "materia": {"texto": "Atención — «tardía»"},
        "relato": 'Esperó "tres" horas\\días.\n\tY volvió 😀',
        "persona": {"doc_tipo": "sin_documento", "nombres": "María José", "apellido_paterno": "Ñanco"},
        "oficina": "104",
        "comuna": "10401",
        "fecha_legal": "2026-11-18",
        "atiende": "Rosa Catrín",
    }


def ours_of(counter: Counter) -> dict[str, tuple[int, bytes]]:
    return {feed: (pos, chain) for feed, pos, chain in counter.store.cursors()}


def theirs_of(client: Client) -> dict[str, tuple[int, bytes]]:
    return {feed: (len(got), client.chain(feed, len(got))) for feed, got in client.feeds.items()}


def test_both_give_the_golden_samples_the_same_bytes_and_hashes() -> None:
    golden = json.loads(Path("tests/golden/event-v1.json").read_text("utf-8"))
    seed, log, key = (bytes.fromhex(golden[name]) for name in ("seed", "log", "public_key"))
    assert ed25519.public(seed) == key == SigningKey(seed).public
    prev, made = second.root(log, key), []
    for sample in golden["events"]:
        assert canonical(json.loads(sample["header"])) == sample["header"]
        assert canonical(json.loads(sample["body"])) == sample["body"]
        salt = canonical(b64(bytes.fromhex(sample["salt"])))
        made.append(Event(log, sample["seq"], prev, sample["header"], salt, sample["body"]))
        prev = made[-1].h
        assert prev.hex() == sample["h"]
    first, last = made[0], made[-1]
    message = second.group_message(last.seq, last.h)
    assert ed25519.sign(seed, message).hex() == golden["group_signature"]
    assert SigningKey(seed).sign(message).hex() == golden["group_signature"]
    link = second.feed_step(bytes(32), first.h, 1_605_184_917_000)
    assert second.feed_step(link, last.h, 1_605_184_917_001).hex() == golden["feed_chain"]
    assert second.branch(log, first.h).hex() == golden["branch"]
    receipt = golden["receipt"]
    names = ("folio", "clave", "fecha_legal", "oficina")
    lines = ["oirs-receipt-1", *(receipt[name] for name in names), b64(first.h[:10]), ""]
    signature = ed25519.sign(seed, "\n".join(lines).encode())
    assert receipt["code"].endswith("#" + b64(second.sha(key)[:8] + signature))
    assert not ed25519.holds(key, message, signature)
    assert second.folio("8K", 2020, "0A2R", 42)[:7] == receipt["folio"][:2] + "5" + "0A2R"
    assert second.folio(receipt["folio"][:2], 2020, "0A2R", 42)[-5:] == "0042" + receipt["folio"][-1]


def test_cases_go_both_ways_and_the_chains_are_the_same(town: Town) -> None:
    theirs = town.enrol()
    case = theirs.write(header("Ingreso"), filing(theirs))
    note(theirs, "Llamó después.", case.h[:10])
    theirs.sync()
    mine = town.ours.desk.open(DRAFT).case
    assert town.ours.sync()
    seen = town.ours.desk.case(case.h[:10])
    assert seen is not None
    assert seen.ingreso.folio == filing(theirs)["folio"]
    assert seen.ingreso.relato == filing(theirs)["relato"]
    assert [fact.act for fact in seen.facts[1:]] == [Anotacion("Llamó después.")]
    town.ours.desk.add(seen.id, Respuesta("Se resolvió."))
    assert town.ours.sync()
    theirs.sync()
    told = {(made.kind, json.loads(made.header)[5]) for made in theirs.known.values()}
    assert {("Ingreso", ""), ("Respuesta", b64(case.h[:10]))} <= told
    assert json.loads(theirs.known[find(theirs, mine.id)].body)["relato"] == DRAFT.relato
    assert theirs_of(theirs) == ours_of(town.ours)
    assert theirs.states == ["ok"] * len(theirs.states)


def find(client: Client, entity: bytes) -> bytes:
    return next(h for h in client.known if h[:10] == entity)


def test_our_frames_are_the_stranger_s_json_and_signatures(town: Town) -> None:
    town.ours.desk.open(DRAFT)
    town.wire.frames.clear()
    assert town.ours.sync()
    assert town.wire.frames
    key, reader = town.ours.key.public, town.enrol()
    reader.learn(1)
    for frame in town.wire.frames:
        device, signature, payload = frame[5:13], frame[13:77], frame[77:]
        assert (frame[:4], device) == (b"OSY1", second.sha(key)[:8])
        message = b"oirs-request-1" + device + second.sha(payload)
        assert ed25519.holds(key, message, signature)
        text = second.unpack(payload, reader.held)
        assert canonical(json.loads(text)) == text


def test_both_shorten_their_messages_with_the_dictionary_if_both_hold_it(town: Town) -> None:
    theirs, sizes = town.enrol(), []
    assert theirs.theirs == 1
    carry = theirs.carry

    def weigh(frame: bytes) -> bytes:
        sizes.append(len(frame))
        sizes.append(len(answer := carry(frame)))
        return answer

    theirs.carry = weigh  # type: ignore[method-assign]
    for theirs.held in ({}, {1: Path("resources/wire/oirs-1.zdict").read_bytes()}):
        theirs.write(header("Ingreso"), filing(theirs))
        theirs.sync()
    assert sizes[2] < sizes[0]
    held = dict(theirs.held)
    theirs.learn(1)
    assert theirs.held == held
    assert second.sha(held[1]).hex() == "d4add39c8f2232b60c18c1e25d03c6d8c8e41895a53a38d40afc06e10d4e46de"


def test_an_answer_that_was_lost_costs_nothing(town: Town) -> None:
    theirs = town.enrol()
    carry = theirs.carry

    def lose(frame: bytes) -> bytes:
        carry(frame)
        raise TimeoutError

    theirs.carry = lose  # type: ignore[method-assign]
    note(theirs, "uno")
    with pytest.raises(TimeoutError):
        theirs.sync()
    note(theirs, "dos")
    theirs.carry = carry  # type: ignore[method-assign]
    theirs.sync()
    positions = [h for h, _ in theirs.feeds[FEED]]
    assert [positions.count(made.h) for made in theirs.line] == [1, 1]
    assert town.ours.sync()
    assert theirs_of(theirs) == ours_of(town.ours)


def test_two_copies_of_one_counter_branch_and_nothing_is_lost(town: Town) -> None:
    theirs = town.enrol()
    note(theirs, "antes")
    theirs.sync()
    copied, idle = copy.deepcopy(theirs), copy.deepcopy(theirs)
    notes = [note(theirs, "uno"), note(copied, "otro")]
    theirs.sync()
    copied.sync()
    assert copied.log == second.branch(theirs.log, notes[1].h)
    idle.sync()
    assert idle.log not in {theirs.log, copied.log}, "somebody went on with the log: a new one"
    notes += [note(copied, "sigue"), note(idle, "de nuevo")]
    for client in (copied, idle, theirs, copied):
        client.sync()
    assert town.ours.sync()
    assert theirs.feeds == copied.feeds
    assert {made.h for made in notes} <= {h for h, _ in theirs.feeds[FEED]}
    assert theirs_of(copied) == ours_of(town.ours)
    fresh = town.enrol()
    assert fresh.feeds[FEED][: len(copied.feeds[FEED])] == copied.feeds[FEED]


def test_a_centre_from_a_backup_gets_everything_back(tmp_path: Path) -> None:
    with founded(tmp_path) as town:
        theirs = town.enrol()
        lose_and_regain(town, theirs)


def lose_and_regain(town: Town, theirs: Client) -> None:
    note(theirs, "antes")
    theirs.sync()
    copied = copy.deepcopy(theirs)
    world, folder = town.world, town.world.folder
    world.central.close()
    shutil.copytree(folder / "central", folder / "copy")
    world.restart_centre()
    with serving(world) as theirs.url:
        copied.url = theirs.url
        for number, client in enumerate((theirs, copied, theirs)):
            note(client, f"después {number}")
            client.sync()
            town.ours.desk.open(DRAFT)
            assert town.ours.sync()
        copied.sync()
        theirs.sync()
    branch, lost = copied.log, [h for h, _ in theirs.feeds[FEED]]
    assert branch == second.branch(theirs.log, copied.line[-1].h)
    world.central.close()
    shutil.rmtree(folder / "central")
    (folder / "copy").rename(folder / "central")
    world.restart_centre()
    copied.states.clear()
    with serving(world) as theirs.url:
        copied.url = theirs.url
        copied.sync()
        assert town.ours.sync()
        theirs.sync()
        copied.sync()
    assert "differs" in copied.states
    assert copied.feeds == theirs.feeds
    assert sorted(h for h, _ in theirs.feeds[FEED]) == sorted(lost)
    assert theirs_of(theirs)[FEED] == ours_of(town.ours)[FEED]


def test_what_nobody_writes_today_is_kept_and_passed_on_byte_for_byte(town: Town) -> None:
    theirs, other = town.enrol(), town.enrol()
    theirs.write(["Futuro", 7, START, False, "rosa", "", None, None], {"algo": [1, {"b": None}]})
    prev, salt = theirs.line[-1].h, canonical(b64(bytes(16)))
    odd = Event(theirs.log, 2, prev, canonical(header("Anotacion")), salt, '{"texto" : "\\u00f1", "n":1.50}')
    theirs.known[odd.h] = odd
    theirs.line.append(odd)
    theirs.sync()
    other.sync()
    assert town.ours.sync()
    assert other.known[odd.h].body == odd.body
    assert theirs_of(other) == theirs_of(theirs) == ours_of(town.ours)


def test_the_centre_says_no_as_written(town: Town) -> None:
    theirs = town.enrol()
    with pytest.raises(Refused, match="404, 'code_unknown'"):
        Client(town.url, bytes(32), Random(1)).enrol("0000-0000-0000-0000", "Nadie")
    with pytest.raises(Refused, match="403, 'feed_foreign'"):
        theirs.exchange(theirs.request().replace(FEED, "o/SGI/052"))
    with pytest.raises(Refused, match="400, 'proto'"):
        theirs.exchange(theirs.request().replace("[1,", "[2,", 1))
    frame = bytearray(theirs.frame(second.pack(theirs.request())))
    frame[13] ^= 1
    with pytest.raises(Refused, match="401, 'request_unsigned'"):
        theirs.carry(bytes(frame))
    with pytest.raises(Refused, match="401, 'device_unknown'"):
        theirs.carry(b"OSY1\0" + bytes(8) + bytes(frame[13:]))
    with pytest.raises(Refused, match="400, 'event'"):
        theirs.carry(b"no frame")


def test_a_document_goes_up_by_chunks_and_comes_down_at_a_colleague_s(town: Town) -> None:
    theirs, other = town.enrol(), town.enrol()
    case = theirs.write(header("Ingreso"), filing(theirs))
    paper = b"%PDF-1.7\n" + theirs.random.randbytes(3000)
    name = second.sha(paper)
    told = {"sha256": name.hex(), "tipo": "application/pdf", "tamano": len(paper), "nombre": "carta.pdf"}
    with pytest.raises(Refused, match="404, 'blob_unknown'"):
        files.put(theirs, name, 0, paper[:1000])
    theirs.write(header("Adjunto", case.h[:10]), told)
    theirs.sync()
    assert json.loads(theirs.exchange(theirs.request())[11]) == [[b64(name[:8]), 0]]
    assert files.put(theirs, name, 0, paper[:1000]) == (1000, "partial", "")
    assert files.put(theirs, name, 0, paper[:1000]) == (1000, "partial", ""), "twice does what once does"
    with pytest.raises(Refused, match="409, 'blob_away'"):
        files.get(other, name, 0, 99)
    assert files.put(theirs, name, 1000, paper[1000:]) == (len(paper), "whole", "")
    assert files.get(other, name, 0, len(paper) - 1) == paper
    assert files.get(other, name, 5, 7) == paper[5:8]


def test_an_erased_case_keeps_its_hashes_and_loses_its_words_everywhere(town: Town) -> None:
    theirs, other = town.enrol(), town.enrol()
    case = theirs.write(header("Ingreso"), filing(theirs))
    told = note(theirs, "Vive en la calle larga.", case.h[:10])
    for client in (theirs, other):
        client.sync()
    assert "larga" in other.known[told.h].body
    town.world.central.ledger.erase(filing(theirs)["folio"], "Resolución 12")
    fresh = town.enrol()
    for client in (theirs, other, fresh):
        client.sync()
        assert client.known[case.h].salt == client.known[told.h].salt == "null"
        assert "larga" not in "".join(made.body for made in client.known.values())
    assert town.ours.sync()
    assert theirs_of(theirs) == theirs_of(other) == theirs_of(fresh) == ours_of(town.ours)


def test_a_new_counter_begins_with_a_snapshot(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oirs_central.ledger.snapshots.EVERY", 2)
    town.world.central.shelf.build(FEED, START)
    theirs = town.enrol(follow=False)
    answer = theirs.exchange(theirs.request()[:-1] + ",[],true]")
    assert FEED not in [json.loads(split(page)[0]) for page in split(answer[5])]
    files.begin_with(theirs, json.loads(answer[14]))
    assert theirs.feeds[FEED]
    theirs.sync()
    assert town.ours.sync()
    assert theirs_of(theirs) == ours_of(town.ours)


def test_the_clear_part_of_a_stick_s_files_tells_whose_they_are(town: Town, tmp_path: Path) -> None:
    sticks.file(town.ours)
    sticks.usb(town.ours).export(tmp_path)
    sticks.post(town.world, tmp_path)
    theirs = town.enrol()
    found = {}
    for path in sorted(tmp_path.rglob("*.oirs")):
        kind = json.loads(path.read_bytes()[12:].split(b"}")[0] + b"}")["kind"]
        key = town.ours.key.public if kind == "up" else theirs.server
        found[kind], count = files.clear_part(path.read_bytes(), key)
        assert count >= 1
    assert found.keys() == {"up", "down"}
    for told in found.values():
        assert (told["institution"], told["office"]) == ("SGI", "104")
        assert second.unb64(told["device"]) == second.sha(town.ours.key.public)[:8]
