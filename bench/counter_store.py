"""A counter ready to work: an encrypted store, enrolled, with the notice of its office absorbed."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from bench.attentions import Attentions
from oirs_core import chain
from oirs_core.domain.events import Funcionario, Oficina
from oirs_core.signature import SigningKey
from oirs_core.wire.codec import encode_body
from oirs_core.wire.messages import PROTO, Answer, Group, Others, Page, item_of
from oirs_desktop.desk import Desk
from oirs_desktop.keystore import FileKeystore, Secrets
from oirs_desktop.session import Session
from oirs_desktop.store import Enrolment, Store

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = "keys.json"
DATABASE_KEY = bytes(range(32))
DEVICE_SEED = sha256(b"bench device").digest()
DEVICE = SigningKey(DEVICE_SEED)
CENTRE = SigningKey(sha256(b"bench centre").digest())
INSTITUTION, CODE = "DPP22", "022"
FEED = f"o/{INSTITUTION}/{CODE}"
USER = Funcionario("jgodoy", "Jocelyn Godoy Araya", "Encargada OIRS")
OFFICE = Oficina(
    codigo=CODE,
    folio="8K",
    nombre="OIRS El Loa",
    institucion="Delegación Presidencial Provincial de El Loa",
    comuna="02201",
    zona="America/Santiago",
    base="https://oirs.example.cl",
    compromisos={"consulta": 10, "reclamo": 15},
    funcionarios=(USER,),
    capacitacion=True,
)


@dataclass(frozen=True, slots=True)
class WallClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000


def label(number: int) -> str:
    """Log label of the n-th log of this office."""
    return f"{number:04d}"


def log_id(number: int) -> bytes:
    return sha256(b"bench log %d" % number).digest()[:8]


def make_store(folder: Path) -> Store:
    """Create a store in ``folder`` whose office has come down."""
    store = Store.create(folder, DATABASE_KEY)
    enrolment = Enrolment(
        device=DEVICE.id,
        institution=INSTITUTION,
        office=CODE,
        label=label(0),
        feeds=(FEED,),
        server_key=CENTRE.public,
        server_url="http://127.0.0.1:9",
        name="Mesón 1",
    )
    store.enrol(enrolment, log_id(0), DEVICE.public)
    store.absorb(office_answer(), WallClock().now())
    return store


def office_answer() -> Answer:
    """Give the answer of a centre that has nothing but this office to tell."""
    log = sha256(b"oirs-central-log" + CENTRE.public + FEED.encode()).digest()[:8]
    header = chain.Header("Oficina", 1, 1, True, "central")
    root = chain.log_root(log, CENTRE.public)
    event = chain.seal(log, 1, root, header.encode(), bytes(16), encode_body(OFFICE))
    signed = CENTRE.sign(chain.group_message(1, event.h))
    group = Group(chain.b64(log), 1, (item_of(event),), 1, chain.b64(signed))
    end = chain.b64(chain.feed_step(chain.GENESIS, event.h, 1))
    page = Page(FEED, 0, 1, end, (Others(group, (1,)),), more=False)
    return Answer(PROTO, WallClock().now(), "ok", 0, "", (page,))


def make_training(folder: Path, cases: int) -> None:
    """Make the data folder of a training counter, as the window opens it, with some cases."""
    store = make_store(folder)
    FileKeystore(folder / KEYS).save(Secrets(DATABASE_KEY, DEVICE_SEED))
    desk, attentions = make_desk(store, os.urandom), Attentions()
    for i in range(cases):
        desk.open(attentions.draft(i))
    store.close()


def make_desk(store: Store, random_bytes: Callable[[int], bytes]) -> Desk:
    office = store.office()
    enrolment = store.enrolment()
    if office is None or enrolment is None:
        raise ValueError("no office")
    return Desk(store, Session(USER, office, enrolment), WallClock(), random_bytes)


if __name__ == "__main__":
    make_training(Path(sys.argv[1]), int(sys.argv[2]))
