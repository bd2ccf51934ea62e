"""Train the dictionary of the wire: short texts of an office, in the very form in which they travel.

    python -m bench.dictionary NUMBER        # writes resources/wire/oirs-NUMBER.zdict, prints its hash

The same number and library give the same bytes. A dictionary that has been released never changes: a
better one gets the next number (`docs/protocol.md`, Dictionaries).
"""

from __future__ import annotations

import csv
import random
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import zstandard

from bench.attentions import Attentions
from bench.counter_store import OFFICE, USER
from oirs_core import chain
from oirs_core.domain.events import Anotacion, Cierre, Ingreso, Materia, Promesa, Respuesta
from oirs_core.domain.kinds import Medio
from oirs_core.resources import resource
from oirs_core.wire import dictionary
from oirs_core.wire.codec import encode_body, kind_of
from oirs_core.wire.messages import Answer, Group, Others, Own, Page, Request, encode, item_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_core.domain.events import Act

PROSE = Path(__file__).with_name("prosa.txt")
SIZE = 96 * 1024
SAMPLES = 6_000
NAMES = ("nombres ", "apellidos ")
FEEDS = ("c/SGI", "o/SGI/022")
AT = 1_790_000_000_000


class Office:
    """Invented messages of one office; seeded."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.attentions = Attentions(seed)
        lines = PROSE.read_text(encoding="utf-8").splitlines()
        self.sentences = [line for line in lines if not line.startswith(("#", *NAMES))]
        self.names = [line.split()[1:] for line in lines if line.startswith(NAMES)]
        self.comunas, self.materias = _column("comunas", "nombre"), _column("materias", "nombre")
        self.answers = _column("frases", "texto")

    def prose(self) -> str:
        """A story of some sentences, half of it told that day."""
        parts = self.dice.sample(self.sentences, self.dice.randint(1, 5))
        told = self.attentions.draft(self.dice.randrange(10**6)).relato
        return " ".join([*parts, told[: self.dice.randint(0, 300)]])

    def acts(self) -> Iterator[Act]:
        """What one attention writes."""
        dice = self.dice
        draft = self.attentions.draft(dice.randrange(10**6))
        told = draft.relato if dice.random() < 0.5 else self.prose()  # noqa: PLR2004 - heads or tails
        fecha = f"{dice.choice((2026, 2027, 2028))}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        materia = dice.choice([draft.materia, Materia(dice.choice(self.materias))])
        promise = Promesa(fecha, 20, "dias_habiles", "Ley 19.880", "24 inc. 4")
        first, last = (dice.choices(names, k=2) for names in self.names)
        persona = replace(draft.persona, nombres=" ".join(first), apellido_paterno=last[0])
        label = "".join(dice.choices("0123456789ABCDEFGHJKMNPQRSTWXYZ", k=4))
        yield Ingreso(
            draft.tipo,
            materia,
            told,
            dice.choice((draft.persona, replace(persona, apellido_materno=last[1], telefono="", correo=""))),
            OFFICE.codigo,
            OFFICE.comuna,
            fecha,
            dice.choice((USER.nombre, self.attentions.draft(dice.randrange(999)).persona.full_name)),
            f"8K{dice.choice('ABC')}{label}{dice.randint(1, 9999):04d}7",
            label[::-1],
            localidad=dice.choice(("", "", dice.choice(self.comunas))),
            medio=dice.choice(tuple(Medio)),
            promesa=dice.choice((None, promise)),
        )
        answer = Respuesta(dice.choice((self.prose(), *self.answers)), dice.choice(tuple(Medio)), USER.nombre)
        more = (Anotacion(self.prose()[:200]), answer, Cierre("Respondida en el acto"))
        yield from dice.choice(((), (), more[:1], more[1:]))

    def group(self) -> Group:
        """Events of one attention."""
        dice, entity, items = self.dice, b"", []
        log, seq = dice.randbytes(8), dice.randint(1, 9999)
        for act in self.acts():
            kind, v = kind_of(act)
            header = chain.Header(kind, v, AT + dice.randrange(10**10), dice.random() < 0.9, USER.id, entity)  # noqa: PLR2004 - nine clocks of ten
            made = chain.seal(log, seq, bytes(32), header.encode(), dice.randbytes(16), encode_body(act))
            entity = entity or made.creates
            items.append(item_of(made))
        return Group(chain.b64(log), seq, tuple(items), seq + len(items) - 1, chain.b64(dice.randbytes(64)))

    def request(self, groups: tuple[Group, ...]) -> Request:
        """What a counter asks; often nothing."""
        dice = self.dice
        cursors = ((FEEDS[0], dice.randint(1, 30)), (FEEDS[1], dice.randint(1, 99999)))
        check = chain.b64(dice.randbytes(8))
        size = dice.choice((32, 48, 72, 256, 768)) * 1024
        return Request(
            1, 2, chain.b64(dice.randbytes(8)), dice.randint(1, 99999), cursors, check, size, groups
        )

    def answer(self, items: tuple[Own | Others, ...]) -> Answer:
        """What the centre says; often nothing."""
        dice = self.dice
        start, end = dice.randint(1, 9999), chain.b64(dice.randbytes(32))
        pages = (Page(FEEDS[1], start, start + 1, end, items, more=False),) if items else ()
        when, seq = AT + dice.randrange(10**10), dice.randint(1, 99999)
        positions = (dice.randint(1, 30), start)
        backed = dice.choice(((0, 0), positions))
        return Answer(1, when, "ok", seq, "", pages, backed=backed)

    def message(self) -> Request | Answer:
        """One of the four that travel: nothing new and something new, up and down."""
        group, turn = self.group(), self.dice.randrange(8)
        if turn < 4:  # noqa: PLR2004 - every second one carries a case up
            return self.request((group,))
        received = tuple(AT + n for n in range(len(group.items)))
        others, own = Others(group, received), Own(group.log, group.first_seq, received)
        plain: tuple[Request | Answer, ...] = (self.request(()), self.answer(()), self.answer((own,)))
        return (*plain, self.answer((others,)))[turn - 4]


def _column(table: str, name: str) -> list[str]:
    with (resource("catalogues") / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file) if row[name]]


def train(number: int) -> bytes:
    """Give the bytes of dictionary ``number``."""
    office = Office(number)
    samples = [encode(office.message()) for _ in range(SAMPLES)]
    trained = zstandard.train_dictionary(
        SIZE, samples, k=200, d=6, level=9, dict_id=dictionary.id_of(number), threads=0
    )
    return trained.as_bytes()


if __name__ == "__main__":
    made = train(int(sys.argv[1]))
    dictionary.path_of(int(sys.argv[1])).write_bytes(made)
    print(len(made), sha256(made).hexdigest())
