"""A second counter, written from docs/protocol.md and docs/event.md alone to prove that they suffice.

Standard library and zstandard only: it shares no line with our counter and our centre.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.support import ed25519
from tests.support.second_bytes import (
    Event,
    b64,
    branch,
    canonical,
    feed_step,
    group_message,
    pack,
    root,
    sha,
    split,
    unb64,
    unpack,
)

if TYPE_CHECKING:
    from random import Random


class Refused(Exception):
    """The centre said no: status, code, reason."""


@dataclass
class Client:
    """The counter: its key, its logs, all events by hash, and its copy of each feed."""

    url: str
    seed: bytes
    random: Random
    batch: int = 50
    known: dict[bytes, Event] = field(default_factory=dict)
    signed: dict[bytes, str] = field(default_factory=dict)
    feeds: dict[str, list[tuple[bytes, int]]] = field(default_factory=dict)
    line: list[Event] = field(default_factory=list)
    foreign: set[bytes] = field(default_factory=set)
    states: list[str] = field(default_factory=list)
    writers: dict[bytes, bytes] = field(default_factory=dict)
    origins: dict[bytes, bytes] = field(default_factory=dict)
    held: dict[int, bytes] = field(default_factory=dict)
    theirs: int = 0

    def __post_init__(self) -> None:
        self.key = ed25519.public(self.seed)
        self.device, self.log = sha(self.key)[:8], self.random.randbytes(8)
        self.roots = {self.log: [root(self.log, self.key)]}

    # Line

    def post(self, path: str, body: bytes, kind: str) -> bytes:
        return self.ask(Request(self.url + path, body, {"Content-Type": kind}))

    def learn(self, number: int) -> None:
        """Fetch a dictionary; from now on messages are shorter."""
        self.held[number] = self.ask(Request(f"{self.url}/v1/dictionary/{number}"))

    def ask(self, request: Request) -> bytes:
        try:
            with urlopen(request, timeout=10) as answer:
                return bytes(answer.read())
        except HTTPError as refusal:
            told = json.loads(refusal.read())
            raise Refused(refusal.code, told["code"], told.get("reason")) from None

    def enrol(self, code: str, name: str) -> None:
        asked = {"code": code, "public_key": b64(self.key), "log": b64(self.log), "name": name}
        told = json.loads(self.post("/v1/enrol", json.dumps(asked).encode(), "application/json"))
        assert unb64(told["device"]) == self.device
        self.office, self.label, self.server = told["office"], told["label"], unb64(told["server_key"])
        self.feeds = {feed: [] for feed in told["feeds"]}

    def frame(self, payload: bytes) -> bytes:
        signature = ed25519.sign(self.seed, b"oirs-request-1" + self.device + sha(payload))
        return b"OSY1" + bytes([max(self.held, default=0)]) + self.device + signature + payload

    def carry(self, frame: bytes) -> bytes:
        """Send a frame and get one: what a test lays hands on."""
        return self.post("/v1/sync", frame, "application/x-oirs-sync")

    def exchange(self, request: str) -> list[str]:
        frame = self.frame(pack(request, self.held.get(min(self.theirs, max(self.held, default=0)))))
        answer = self.carry(frame)
        assert answer[:4] == b"OSY1"
        self.theirs = answer[4]
        signature, payload = answer[5:69], answer[69:]
        assert ed25519.holds(self.server, b"oirs-answer-1" + sha(frame) + sha(payload), signature)
        return split(unpack(payload, self.held))

    # What it writes

    def write(self, header: list[Any], body: dict[str, Any]) -> Event:
        prev = self.line[-1].h if self.line else root(self.log, self.key)
        salt = canonical(b64(self.random.randbytes(16)))
        made = Event(self.log, len(self.line) + 1, prev, canonical(header), salt, canonical(body))
        self.known[made.h] = made
        self.line.append(made)
        return made

    def new_log(self) -> None:
        self.log, self.line = self.random.randbytes(8), []
        self.roots[self.log] = [root(self.log, self.key)]

    # What it sends

    def chain(self, feed: str, pos: int) -> bytes:
        chain = bytes(32)
        for h, t_recv in self.feeds[feed][:pos]:
            chain = feed_step(chain, h, t_recv)
        return chain

    def waiting(self, after: int | None = None) -> list[Event]:
        """Events without a position as they came; with ``after`` all own ones behind it too."""
        done = {h for entries in self.feeds.values() for h, _ in entries}
        done -= {made.h for made in self.line[len(self.line) if after is None else after :]}
        return [made for made in self.known.values() if made.h not in done and made.kind != "Tabla"]

    def groups(self, events: list[Event]) -> list[str]:
        runs: list[list[Event]] = []
        for made in events:
            if runs and runs[-1][-1].h == made.prev and runs[-1][-1].log == made.log:
                runs[-1].append(made)
            else:
                runs.append([made])
        return [text for run in runs if (text := self.group(run))]

    def group(self, run: list[Event]) -> str:
        while run and run[-1].h in self.foreign and run[-1].h not in self.signed:
            run = run[:-1]
        if not run:
            return ""
        last = run[-1]
        if last.h not in self.signed:
            self.signed[last.h] = b64(ed25519.sign(self.seed, group_message(last.seq, last.h)))
        items = ",".join(f"[{made.header},{made.salt},{made.body}]" for made in run)
        tail = f'{last.seq},"{self.signed[last.h]}"'
        named = self.origins.get(run[0].log, run[0].log) if run[0].seq == 1 else run[0].log
        return f'["{b64(named)}",{run[0].seq},[{items}],{tail}]'

    def request(self, after: int | None = None, *, vectors: bool = False) -> str:
        sent = self.waiting(after)[: self.batch]
        left = {made.h for made in self.waiting(after)} - {made.h for made in sent}
        head = max([made.seq for made in self.line if made.h not in left], default=0)
        cursors = [(feed, len(entries)) for feed, entries in sorted(self.feeds.items())]
        chains = [self.chain(feed, pos) for feed, pos in cursors]
        h = self.line[head - 1].h if head else self.roots[self.log][0]
        check = b64(sha(b"oirs-check-1", h, *chains)[:8])
        told = [
            [feed, at, b64(self.chain(feed, at))]
            for feed, pos in cursors
            for at in sorted({max(0, pos - back) for back in (0, 1, 2, 4, 8, 16, 32, 64, 1 << 60)})
        ]
        parts = [1, 2, b64(self.log), head, cursors, check, 1 << 20]
        groups = ",".join(self.groups(sent))
        return f"{canonical(parts)[:-1]},[{groups}],{canonical(told if vectors else [])}]"

    # What it reads

    def sync(self, rounds: int = 30) -> None:
        """Talk until nobody has anything to say."""
        after, vectors = None, False
        for _ in range(rounds):
            answer = self.exchange(self.request(after, vectors=vectors))
            after, vectors, more = None, False, False
            state, durable, cont = json.loads(answer[2]), int(answer[3]), unb64(json.loads(answer[4]))
            self.states.append(state)
            for log, first, new in json.loads(answer[7]):
                self.relabel(unb64(log), first, unb64(new))
            for feed, pos in json.loads(answer[8]):
                del self.feeds[feed][pos:]
            if cont and cont not in self.known:
                self.new_log()
            if state == "ok":
                more = max([self.page(split(page)) for page in split(answer[5])], default=False)
                if not more and not self.waiting():
                    return
            after = durable if state == "ancestors" else None
            vectors = state == "differs" and not json.loads(answer[8])
        raise AssertionError(self.states)

    def relabel(self, log: bytes, first: int, new: bytes) -> None:
        """File events elsewhere: those that give the new label, else all that have the old one."""
        there = [made for made in self.known.values() if made.log == log and made.seq == first]
        moved = {made.h for made in there if branch(log, made.h) == new} or {made.h for made in there}
        self.origins[new] = log
        for made in sorted(self.known.values(), key=lambda made: made.seq):
            if made.h in moved or (made.log == log and made.prev in moved):
                made.log = new
                moved.add(made.h)
        self.log = self.line[-1].log if self.line else self.log

    def page(self, page: list[str]) -> bool:
        """Take a page if its chain holds; tell whether there is more."""
        feed, start, end, chain = json.loads(page[0]), int(page[1]), int(page[2]), unb64(json.loads(page[3]))
        entries, known = self.feeds[feed], dict(self.known)
        assert start == len(entries), "a page from elsewhere"
        taken: list[tuple[bytes, int]] = []
        for item in split(page[4]):
            parts = split(item)
            times = json.loads(parts[-1])
            if parts[0] == '"o"':
                seq = int(parts[2])
                events = self.line[seq - 1 : seq - 1 + len(times)]
            else:
                events = self.place(feed, split(parts[1]), known)
                for made in events:  # the label that a page gives is the one that counts
                    known.setdefault(made.h, made).log = made.log
            taken += zip([made.h for made in events], times, strict=True)
        link = self.chain(feed, start)
        for h, t_recv in taken:
            link = feed_step(link, h, t_recv)
        assert (link, start + len(taken)) == (chain, end), "the chain of a page does not hold"
        self.foreign |= known.keys() - self.known.keys()
        self.known = known
        self.log = self.line[-1].log if self.line else self.log
        entries.extend(taken)
        self.erase()
        return bool(json.loads(page[5]))

    def erase(self) -> None:
        """Do what the notices of the centre say: whatever names an event takes its body."""
        logs = {self.central_log(feed) for feed in self.feeds}
        told = [made for made in self.known.values() if made.kind == "Supresion" and made.log in logs]
        for name in [name for made in told for name in json.loads(made.body)["hechos"]]:
            if gone := self.known.get(bytes.fromhex(name)):
                gone.erase()

    def central_log(self, feed: str) -> bytes:
        return sha(b"oirs-central-log", self.server, feed.encode())[:8]

    def keys(self, known: dict[bytes, Event]) -> list[bytes]:
        logs = {self.central_log(feed) for feed in self.feeds}
        told = [made for made in known.values() if made.kind == "Equipo" and made.log in logs]
        return [unb64(json.loads(made.body)["clave_publica"]) for made in told]

    def place(self, feed: str, group: list[str], known: dict[bytes, Event]) -> list[Event]:
        """Find what a group is chained to: the place with which the signature holds."""
        log, first, items = unb64(json.loads(group[0])), int(group[1]), [split(i) for i in split(group[2])]
        seq, signature = int(group[3]), json.loads(group[4])
        keys = [self.server] if log == self.central_log(feed) else self.keys(known)
        for before, prev, key in self.places(log, first, keys, known):
            events: list[Event] = []
            for at, item in enumerate(items, first):
                events.append(Event(log, at, events[-1].h if events else prev, item[0], item[1], item[2]))
            if before != log and branch(before, events[0].h) != log:
                continue
            if before != log:
                self.origins[log] = before
            if events[-1].seq < seq:
                return events  # a cut group: the chain of the page tells
            h = events[seq - first].h
            if ed25519.holds(key, group_message(seq, h), unb64(signature)):
                self.signed[h], self.writers[log] = signature, key
                return events
        raise AssertionError("a group that nobody vouches for")

    def places(
        self, log: bytes, first: int, keys: list[bytes], known: dict[bytes, Event]
    ) -> list[tuple[bytes, bytes, bytes]]:
        """Give log, hash and key of what may stand before a group, the likeliest first."""
        found = [(made.log, made.h, key) for made in known.values() if made.seq == first - 1 for key in keys]
        if first == 1:
            logs = {log} | {made.log for made in known.values()}
            found = [(other, root(other, key), key) for other in logs for key in keys]
        return sorted(found, key=lambda place: (place[0] != log, place[2] != self.writers.get(place[0])))
