"""A centre of a few lines for tests of the counter's store: one feed list, real chains and signatures."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from oirs_core import chain
from oirs_core.domain.events import Equipo, Funcionario, Ingreso, Materia, Oficina
from oirs_core.domain.kinds import DocType, Kind
from oirs_core.domain.persona import Persona
from oirs_core.signature import SigningKey
from oirs_core.wire.codec import encode_body, kind_of
from oirs_core.wire.messages import Answer, Group, Others, Own, Page, event_of, item_of
from oirs_desktop.store import Enrolment, Stamp, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_core.domain.events import Content

KEY = bytes(range(32))
FEED = "o/dpp/084"
NOW = 1_760_000_000_000
STAMP = Stamp(NOW, sure=True, user="ana")
OFFICE = Oficina(
    codigo="084",
    folio="8K",
    nombre="Delegación Presidencial Provincial de Prueba",
    institucion="dpp",
    comuna="08401",
    zona="America/Santiago",
    base="https://oirs.example",
    funcionarios=(Funcionario("ana", "Ana Rojas"),),
    capacitacion=True,
)


def chance(seed: str = "x") -> Callable[[int], bytes]:
    """Bytes that look random and come again the same in the next run."""
    numbers = count()

    def draw(size: int) -> bytes:
        found = b""
        while len(found) < size:
            found += sha256(f"{seed}/{next(numbers)}".encode()).digest()
        return found[:size]

    return draw


def ingreso(n: int = 1, **changes: object) -> Ingreso:
    """A filing by somebody whose RUN follows from ``n``."""
    values: dict[str, object] = {
        "tipo": Kind.CONSULTA,
        "materia": Materia("Subsidio eléctrico", "subsidio"),
        "relato": f"Pregunta por el trámite número {n}",
        "persona": Persona(DocType.SIN_DOCUMENTO, nombres="José", apellido_paterno="Muñoz"),
        "oficina": "084",
        "comuna": "08401",
        "fecha_legal": "2025-10-09",
        "atiende": "Ana Rojas",
        **changes,
    }
    return Ingreso(**values)  # type: ignore[arg-type]


@dataclass
class Entry:
    """One entry of a feed."""

    event: chain.Event
    t_recv: int
    sig: tuple[int, str] = (0, "")


@dataclass
class Centre:
    """Holds one feed. Not the product's centre: it refuses nothing and forks nothing."""

    key: SigningKey = field(default_factory=lambda: SigningKey(b"c" * 32))
    entries: list[Entry] = field(default_factory=list)
    signed: dict[bytes, tuple[int, str]] = field(default_factory=dict)
    user: str = "centro"
    clock: int = NOW
    """Who writes in it, and when: ms UTC."""

    @property
    def log(self) -> bytes:
        """The log of the centre in this feed."""
        return sha256(b"oirs-central-log" + self.key.public + FEED.encode()).digest()[:8]

    def head(self, log: bytes, key: bytes) -> tuple[int, bytes]:
        """Last seq and hash of a log."""
        mine = [entry.event for entry in self.entries if entry.event.log == log]
        return (mine[-1].seq, mine[-1].h) if mine else (0, chain.log_root(log, key))

    def write(self, content: Content, entity: bytes = b"", base: bytes | None = None) -> chain.Event:
        """Write an event of the centre's own."""
        return self.add(self.log, self.key, content, entity, base)

    def add(
        self,
        log: bytes,
        key: SigningKey,
        content: Content,
        entity: bytes = b"",
        base: bytes | None = None,
    ) -> chain.Event:
        """Write an event of any key's."""
        seq, prev = self.head(log, key.public)
        kind, v = kind_of(content)
        header = chain.Header(kind, v, self.clock, sure=True, user=self.user, entity=entity, base=base)
        made = chain.seal(log, seq + 1, prev, header.encode(), bytes(16), encode_body(content))
        self.keep(made, (made.seq, chain.b64(key.sign(chain.group_message(made.seq, made.h)))))
        return made

    def keep(self, made: chain.Event, sig: tuple[int, str]) -> None:
        """Give an event its position."""
        self.entries.append(Entry(made, NOW + 1000 + len(self.entries)))
        self.signed[made.log] = sig

    def take(self, groups: tuple[Group, ...], public_key: bytes) -> None:
        """Take what a counter pushed; what is known already is skipped."""
        known = {entry.event.h for entry in self.entries}
        for group in groups:
            log = chain.unb64(group.log)
            before = [
                e.event.h for e in self.entries if (e.event.log, e.event.seq) == (log, group.first_seq - 1)
            ]
            prev = before[0] if before else chain.log_root(log, public_key)
            for seq, item in enumerate(group.items, start=group.first_seq):
                made = event_of(item, log, seq, prev)
                prev = made.h
                if made.h not in known:
                    self.keep(made, (group.sig_seq, group.sig))

    def chain_at(self, pos: int) -> bytes:
        """Chain of the feed after ``pos`` entries."""
        link = chain.GENESIS
        for entry in self.entries[:pos]:
            link = chain.feed_step(link, entry.event.h, entry.t_recv)
        return link

    def page(self, start: int, own: bytes = b"", end: int | None = None) -> Page:
        """Page of the feed after ``start``; the events of the log ``own`` are left out."""
        end = len(self.entries) if end is None else end
        items = tuple(self._item(entry, own) for entry in self.entries[start:end])
        more = end < len(self.entries)
        return Page(FEED, start, end, chain.b64(self.chain_at(end)), items, more)

    def _item(self, entry: Entry, own: bytes) -> Own | Others:
        made, log = entry.event, chain.b64(entry.event.log)
        if made.log == own:
            return Own(log, made.seq, (entry.t_recv,))
        seq, sig = self.signed[made.log]
        return Others(Group(log, made.seq, (item_of(made),), seq, sig), (entry.t_recv,))

    def answer(self, *pages: Page, durable_seq: int = 0, **more: object) -> Answer:
        """An answer with these pages."""
        return Answer(1, NOW + 5000, "ok", durable_seq, "", pages, **more)  # type: ignore[arg-type]


@dataclass
class Counter:
    """A store that is enrolled, with its key and log."""

    store: Store
    key: SigningKey
    log: bytes
    random: Callable[[int], bytes]

    @classmethod
    def make(cls, folder: Path, centre: Centre, name: str = "m1", label: str = "0A2R") -> Counter:
        """Create and enrol; the centre tells the office of the new counter."""
        key = SigningKey(sha256(name.encode()).digest())
        store = Store.create(folder, KEY)
        log = sha256(b"log" + name.encode()).digest()[:8]
        granted = Enrolment(
            key.id, "dpp", "084", label, (FEED,), centre.key.public, "https://oirs.example", name
        )
        store.enrol(granted, log, key.public)
        if not centre.entries:
            centre.write(OFFICE)
        centre.write(Equipo(chain.b64(key.id), chain.b64(key.public), label, name))
        counter = cls(store, key, log, chance(name))
        counter.sync(centre)
        return counter

    @classmethod
    def reopen(cls, folder: Path, name: str = "m1") -> Counter:
        """Open what ``make`` left, as after a restart."""
        key, log = SigningKey(sha256(name.encode()).digest()), sha256(b"log" + name.encode()).digest()[:8]
        return cls(Store.open(folder, KEY), key, log, chance(f"{name} again"))

    def sync(self, centre: Centre, max_bytes: int = 1 << 20) -> Answer:
        """Push, let the centre answer, absorb; returns the answer."""
        push = self.store.push(max_bytes, self.key.sign)
        centre.take(push.groups, self.key.public)
        seq, _ = centre.head(push.log, self.key.public)
        answer = centre.answer(centre.page(self.store.cursors()[0][1], push.log), durable_seq=seq)
        self.store.absorb(answer, NOW)
        return answer
