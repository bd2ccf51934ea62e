"""A counter as a stranger would write it from `docs/protocol.md`, with lists instead of a database."""

from __future__ import annotations

import copy
import zlib
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import zstandard

from oirs_core import chain, signature
from oirs_core.domain.events import Anotacion, Content, Equipo, Ingreso, Materia
from oirs_core.domain.kinds import DocType, Kind
from oirs_core.domain.persona import Persona
from oirs_core.wire import messages
from oirs_core.wire.codec import encode_body, kind_of
from oirs_core.wire.messages import Group, Others, Own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_central.app import Central

AT = 1_790_000_000_000
WORDS = zstandard.ZstdCompressionDict(
    (Path(__file__).parents[2] / "resources" / "wire" / "oirs-1.zdict").read_bytes()
)


def filing(folio: str = "", relato: str = "Pregunta por su pensión") -> Ingreso:
    persona = Persona(DocType.RUN, "12345678-5", "José", "Ñanco")
    return Ingreso(
        Kind.CONSULTA,
        Materia("Pensiones"),
        relato,
        persona,
        "082",
        "08201",
        "2026-10-01",
        "Ana Soto",
        folio,
        "AB12",
    )


def packed(content: bytes) -> bytes:
    """As `docs/protocol.md` says under Dictionaries."""
    return zstandard.ZstdCompressor(level=9, dict_data=WORDS).compress(content)


def unpacked(payload: bytes) -> bytes:
    """One zstd frame, made with dictionary 1 or with none."""
    used = zstandard.get_frame_parameters(payload).dict_id
    assert used in {0, 50_001}
    return zstandard.ZstdDecompressor(dict_data=WORDS if used else None).decompress(payload)


@dataclass
class Feed:
    """What a counter holds of one feed: hashes in order, and the chain after each."""

    hashes: list[bytes] = field(default_factory=list)
    links: list[bytes] = field(default_factory=lambda: [chain.GENESIS])

    @property
    def pos(self) -> int:
        return len(self.hashes)


def chained(group: Group, prev: bytes) -> Iterator[chain.Event]:
    """Give the events of a group after ``prev``."""
    log = chain.unb64(group.log)
    for n, part in enumerate(group.items):
        event = messages.event_of(part, log, group.first_seq + n, prev)
        yield event
        prev = event.h


def linked(link: bytes, events: list[chain.Event], times: tuple[int, ...]) -> bytes:
    """Chain of a feed after these entries."""
    for event, t_recv in zip(events, times, strict=True):
        link = chain.feed_step(link, event.h, t_recv)
    return link


class Counter:
    """One device: writes events, packs requests, reads answers and checks all that they say."""

    def __init__(self, central: Central, seed: int = 1) -> None:
        self.central = central
        self.key = signature.SigningKey(bytes([seed]) * 32)
        self.log = bytes([seed]) * 8
        self.root = chain.log_root(self.log, self.key.public)
        self.own: list[chain.Event] = []
        self.events: dict[bytes, chain.Event] = {}
        self.feeds: dict[str, Feed] = {}
        self.keys: set[bytes] = {self.key.public}
        self.label = ""

    def enrol(self, code: str) -> Counter:
        asked = {
            "code": code,
            "public_key": chain.b64(self.key.public),
            "log": chain.b64(self.log),
            "name": "Mesón 1",
        }
        got = msgspec.json.decode(self.central.enrol(msgspec.json.encode(asked)))
        self.label = got["label"]
        self.server_key = chain.unb64(got["server_key"])
        self.feeds = {name: Feed() for name in got["feeds"]}
        self.keys.add(self.server_key)
        return self

    def twin(self) -> Counter:
        """The same machine, copied with its disk and key."""
        return copy.deepcopy(self, {id(self.central): self.central})

    # writing

    def write(self, content: Content, entity: bytes = b"") -> chain.Event:
        kind, version = kind_of(content)
        header = chain.Header(kind, version, AT + len(self.own), sure=True, user="ana", entity=entity)
        return self.write_raw(header.encode(), encode_body(content))

    def write_raw(self, header: bytes, body: bytes) -> chain.Event:
        seq, prev = len(self.own) + 1, self.own[-1].h if self.own else self.root
        salt = sha256(prev + body).digest()[:16]
        event = chain.seal(self.log, seq, prev, header, salt, body)
        self.own.append(event)
        return event

    def note(self, text: str = "Volverá mañana") -> chain.Event:
        return self.write(Anotacion(text), self.own[0].creates if self.own else bytes(10))

    @property
    def office(self) -> Feed:
        return next(feed for name, feed in self.feeds.items() if name.startswith("o/"))

    @property
    def head(self) -> bytes:
        return self.own[-1].h if self.own else self.root

    def pending(self) -> list[chain.Event]:
        seen = set(self.office.hashes)
        return [event for event in self.own if event.h not in seen]

    def group(self, events: list[chain.Event]) -> Group:
        last = events[-1]
        sig = self.key.sign(chain.group_message(last.seq, last.h))
        items = tuple(messages.item_of(event) for event in events)
        return Group(chain.b64(last.log), events[0].seq, items, last.seq, chain.b64(sig))

    # the exchange

    def request(self, events: list[chain.Event] | None = None, **changes: object) -> messages.Request:
        pushed = self.pending() if events is None else events
        cursors = sorted((name, feed.pos) for name, feed in self.feeds.items())
        links = [self.feeds[name].links[-1] for name, _ in cursors]
        request = messages.Request(
            messages.PROTO,
            messages.SCHEMA,
            chain.b64(self.log),
            len(self.own),
            tuple(cursors),
            chain.check8(self.head, links),
            256 * 1024,
            (self.group(pushed),) if pushed else (),
        )
        return msgspec.structs.replace(request, **changes)

    def frame(self, request: messages.Request) -> bytes:
        payload = packed(msgspec.json.encode(request))
        signed = self.key.sign(messages.request_message(self.key.id, payload))
        return b"OSY1\x01" + self.key.id + signed + payload

    def ask(self, request: messages.Request | None = None) -> messages.Answer:
        """One exchange; the answer's signature is checked, nothing of it is kept."""
        frame = self.frame(self.request() if request is None else request)
        raw = self.central.sync(frame)
        assert raw[:5] == b"OSY1\x01"
        signed, payload = raw[5:69], raw[69:]
        answer = msgspec.json.decode(unpacked(payload), type=messages.Answer)
        message = messages.answer_message(messages.frame_digest(frame), payload)
        assert signature.verify(self.server_key, signed, message)
        return answer

    def sync(self) -> messages.Answer:
        """Exchange until neither side has anything left."""
        for _ in range(50):
            answer = self.ask()
            assert answer.state == "ok"
            self.absorb(answer)
            if not self.pending() and not any(page.more for page in answer.pages):
                return answer
        raise AssertionError("no end")

    def absorb(self, answer: messages.Answer) -> None:
        for page in answer.pages:
            feed = self.feeds[page.feed]
            assert page.start == feed.pos
            for item in page.items:
                end = page.chain if item is page.items[-1] else ""
                events = self._own(item) if isinstance(item, Own) else self._others(item, feed.links[-1], end)
                for event, t_recv in zip(events, item.t_recv, strict=True):
                    assert event.h not in feed.hashes
                    self.events[event.h] = event
                    self._learn(event)
                    feed.hashes.append(event.h)
                    feed.links.append(chain.feed_step(feed.links[-1], event.h, t_recv))
            assert feed.pos == page.end
            assert chain.b64(feed.links[-1]) == page.chain

    def _learn(self, event: chain.Event) -> None:
        """Equipo notices name the keys that may write in the office."""
        if msgspec.json.decode(event.header)[0] == "Equipo":
            notice = msgspec.json.decode(event.body or b"", type=Equipo)
            self.keys.add(chain.unb64(notice.clave_publica))

    def _own(self, item: Own) -> list[chain.Event]:
        assert item.log == chain.b64(self.log)
        return self.own[item.seq - 1 : item.seq - 1 + len(item.t_recv)]

    def _others(self, item: Others, link: bytes, end: str) -> list[chain.Event]:
        """Chain a group to what is known. Its signature tells which way is right.

        Only the last group of a page may be cut off before its signature: there the page's chain tells.
        """
        group = item.group
        for prev in self._before(chain.unb64(group.log), group.first_seq):
            events = list(chained(group, prev))
            inside = [chain.group_message(e.seq, e.h) for e in events if e.seq == group.sig_seq]
            sig = chain.unb64(group.sig)
            if inside and any(signature.verify(key, sig, inside[0]) for key in self.keys):
                return events
            if not inside and chain.b64(linked(link, events, item.t_recv)) == end:
                return events
        raise AssertionError("a group that nothing known vouches for")

    def _before(self, log: bytes, first: int) -> list[bytes]:
        held = [e for e in [*self.events.values(), *self.own] if e.seq == first - 1]
        held.sort(key=lambda event: event.log != log)
        roots = [chain.log_root(log, key) for key in self.keys] if first == 1 else []
        roots += [self.root] if first == 1 else []
        return roots + [event.h for event in held]

    def rewind(self, name: str, pos: int) -> None:
        """Forget the entries of a feed above a position at which both sides agree."""
        feed = self.feeds[name]
        feed.hashes, feed.links = feed.hashes[:pos], feed.links[: pos + 1]

    def relabelled(self, answer: messages.Answer) -> None:
        """Take over the label under which the centre has filed the own tail."""
        for old, first, new in answer.relabel:
            assert old == chain.b64(self.log)
            self.own = [replace(e, log=chain.unb64(new)) if e.seq >= first else e for e in self.own]

    # documents

    def put(self, sha: str, offset: int, chunk: bytes, crc: int | None = None) -> tuple[int, str, str]:
        """Send one chunk; gives offset, state and reason, as the centre has signed them."""
        body = chunk + (zlib.crc32(chunk) if crc is None else crc).to_bytes(4, "big")
        message = b"oirs-blob-put-1" + self.key.id + bytes.fromhex(sha) + offset.to_bytes(8, "big")
        message += sha256(body).digest()
        raw = self.central.put_blob(sha, offset, self.signed(message), body)
        signed, payload = raw[:64], raw[64:]
        word = b"oirs-blob-stand-1" + sha256(message).digest() + payload
        assert signature.verify(self.server_key, signed, word)
        at, state, reason = msgspec.json.decode(payload)
        return at, state, reason

    def send(self, data: bytes, chunk: int = 1024) -> tuple[int, str, str]:
        """Send a document from where the centre says it is."""
        sha, stand = sha256(data).hexdigest(), (0, "", "")
        stand = self.put(sha, 0, b"")
        while stand[1] in {"wanted", "partial"}:
            stand = self.put(sha, stand[0], data[stand[0] : stand[0] + chunk])
        return stand

    def fetch(self, sha: str, first: int, last: int) -> bytes:
        """Get bytes of a document, both ends inclusive."""
        message = b"oirs-blob-get-1" + self.key.id + bytes.fromhex(sha)
        message += first.to_bytes(8, "big") + last.to_bytes(8, "big")
        return self.central.get_blob(sha, first, last, self.signed(message))

    def signed(self, message: bytes) -> str:
        return "OIRS " + chain.b64(self.key.id + self.key.sign(message))
