"""The machines of a run: real stores and a real centre; clock, disk, power and line are played."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from oirs_central.auth import AuthError
from oirs_central.engine import Database
from oirs_central.ledger import snapshots
from oirs_core import signature
from oirs_core.domain.errors import OirsError
from oirs_core.signature import SigningKey
from oirs_desktop.attachments.errors import DocumentRefused, Reason
from oirs_desktop.store import Store, engine
from oirs_desktop.sync import pace
from oirs_desktop.sync.errors import DeviceRefused, NotOurServer, Offline, ServerBusy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from oirs_desktop.sync.copies import Guard
    from oirs_desktop.witness import Mark
    from tests.sim.world import World

KNOWN = 20_000
PRAGMAS = (
    "PRAGMA page_size = 2048",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = OFF",
    "PRAGMA wal_autocheckpoint = 2000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)
FILES = (engine.FILE_NAME, f"{engine.FILE_NAME}-wal")


class PowerCut(BaseException):
    """The machine is off. Nobody in the product may catch this."""


class Violation(AssertionError):
    """An invariant that does not hold; its first word names it."""


class CentreDown(Exception):
    """The centre's transaction was taken back."""


@dataclass
class Drawer:
    """The bytes of a counter's documents: they lie beside its store, and survive what befalls that."""

    held: dict[str, bytes] = field(default_factory=dict)

    def get(self, sha: str) -> bytes:
        if sha not in self.held:
            raise DocumentRefused(Reason.GONE)
        return self.held[sha]

    def has(self, sha: str) -> bool:
        return sha in self.held

    def take(self, data: bytes) -> str:
        sha = sha256(data).hexdigest()
        self.held[sha] = data
        return sha

    def keep(self, sha: str) -> None:
        self.get(sha)


@dataclass
class Clock:
    ms: int

    def now(self) -> int:
        self.ms += 1
        return self.ms


@dataclass
class Keystore:
    """What stands outside a counter's folder: a witness in memory."""

    machine: str
    mark: Mark | None = None

    def load(self) -> Mark | None:
        return self.mark

    def save(self, mark: Mark) -> None:
        self.mark = mark


@dataclass
class Fuse:
    """Burns at a commit: -1 never, 0 before the next one, 1 after it."""

    left: int = -1
    before: bool = True


@dataclass(eq=False)
class Machine:
    """One counter. ``files``: of a copy kept somewhere, by name."""

    name: str
    seed: bytes
    database: bytes
    clock: Clock
    keystore: Keystore
    office: str
    key: SigningKey = field(init=False)
    folder: Path = field(init=False)
    store: Store = field(init=False)
    guard: Guard = field(init=False)
    fuse: Fuse = field(default_factory=Fuse)
    backups: list[dict[str, bytes]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    rewound: bool = True
    cursors: dict[str, int] = field(default_factory=dict)
    clone: bool = False
    joined: bool = False
    refused: bool = False
    papers: Drawer = field(default_factory=Drawer)

    def __post_init__(self) -> None:
        self.key = SigningKey(self.seed)

    def archived(self) -> list[bytes]:
        """Cases whose content lies at the centre only."""
        with self.store._read() as connection:
            rows = engine.raw(connection).execute("SELECT entity FROM archived ORDER BY entity").fetchall()
        return [bytes(entity) for (entity,) in rows]

    def files(self) -> dict[str, bytes]:
        """Copy what lies on the disk, between two transactions."""
        return {name: path.read_bytes() for name in FILES if (path := self.folder / name).exists()}

    def wal_size(self) -> int:
        path = self.folder / FILES[1]
        return path.stat().st_size if path.exists() else 0


class Power:
    """Lets the power go at a commit of a store, or the centre's transaction fail before its own."""

    def __init__(self) -> None:
        self.fuses: dict[int, Fuse] = {}
        self.centre = Fuse()

    def burn(self, fuse: Fuse, *, before: bool) -> bool:
        if fuse.left < 0 or fuse.before != before:
            return False
        fuse.left -= 1
        return fuse.left < 0

    @contextmanager
    def writing(self, connection: object) -> Iterator[None]:
        fuse = self.fuses.get(id(connection.engine))  # type: ignore[attr-defined] # a real connection
        with _writing(connection):  # type: ignore[arg-type]
            yield
            if fuse and self.burn(fuse, before=True):
                raise PowerCut
        if fuse and self.burn(fuse, before=False):
            raise PowerCut

    def write(self, database: Database, work: Callable[[object], object]) -> object:
        def failing(connection: object) -> object:
            done = work(connection)
            if self.burn(self.centre, before=True):
                raise CentreDown
            return done

        return _write(database, failing)  # type: ignore[arg-type]


_writing = engine.writing
_write = Database.write
_connect, _PLAIN = engine.connect, engine.PLAIN
_PublicKey = signature.Ed25519PublicKey
_MOST, _EVERY = pace.MOST_RAW, snapshots.EVERY


def plain(path: Path, _key: bytes) -> object:
    """Open a store whose pages are not sealed: what is searched for here lies above them."""
    connection = engine.dbapi2.connect(
        str(path), isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in PRAGMAS:
        connection.execute(pragma)
    return connection


class Remembered:
    """Public keys that know again what they have verified: the same bytes come many times in a run."""

    def __init__(self, raw: bytes) -> None:
        self.key, self.good = _PublicKey.from_public_bytes(raw), set[tuple[bytes, bytes]]()

    @classmethod
    @lru_cache(256)
    def from_public_bytes(cls, raw: bytes) -> Remembered:
        return cls(raw)

    def verify(self, signed: bytes, message: bytes) -> None:
        if (signed, message) not in self.good:
            self.key.verify(signed, message)
            if len(self.good) > KNOWN:
                self.good.clear()
            self.good.add((signed, message))


@contextmanager
def unsealed() -> Iterator[None]:
    """Let stores lie open on the disk."""
    engine.connect, engine.PLAIN = plain, b"-"  # type: ignore[assignment]
    signature.Ed25519PublicKey = Remembered  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        engine.connect, engine.PLAIN = _connect, _PLAIN
        signature.Ed25519PublicKey = _PublicKey  # type: ignore[misc]


@contextmanager
def played(power: Power, *, narrow: bool) -> Iterator[None]:
    """Put the played parts in place: power, and a disk that is quick because it is not real."""
    with unsealed(), _played(power, narrow=narrow):
        yield


@contextmanager
def _played(power: Power, *, narrow: bool) -> Iterator[None]:
    engine.writing = power.writing  # type: ignore[assignment]

    def write(self: Database, work: object) -> object:
        return power.write(self, work)  # type: ignore[arg-type]

    Database.write = write  # type: ignore[method-assign,assignment]
    snapshots.EVERY = 5
    if narrow:
        pace.MOST_RAW = 1500
    try:
        yield
    finally:
        engine.writing, Database.write = _writing, _write  # type: ignore[method-assign]
        pace.MOST_RAW, snapshots.EVERY = _MOST, _EVERY


@dataclass
class Line:
    """Carries frames to the centre. ``fates``: of the next frames, whole when none is left."""

    world: World
    machine: Machine
    fates: list[str] = field(default_factory=list)
    between: Callable[[], object] | None = None

    def exchange(self, frame: bytes) -> bytes:
        fate = self.fates.pop(0) if self.fates else "whole"
        if fate != "whole":
            self.world.count(fate)
        self._maybe_lost(fate, "request_lost", "power_before")
        self.world.frames.append((self.machine.name, frame))
        answer = self._answer(frame)
        self._maybe_lost(fate, "answer_lost", "power_after")
        if fate == "twice":
            answer = self._answer(frame)
        if fate == "old" and self.machine.answers:
            return self.machine.answers[0]
        self.machine.answers = [answer]
        between, self.between = self.between, None
        if between is not None:
            between()
        return answer

    def _maybe_lost(self, fate: str, lost: str, cut: str) -> None:
        if fate == lost:
            raise Offline
        if fate == cut:
            raise PowerCut

    def _answer(self, frame: bytes) -> bytes:
        """As `sync/client.py` tells the refusals of the centre."""
        try:
            return self.world.central.sync(frame)
        except CentreDown as why:
            raise ServerBusy(status=500) from why
        except AuthError as why:
            raise DeviceRefused(status=401) from why
        except OirsError as why:
            self.world.refusals.append(f"{type(why).__name__} {why.data}")
            raise NotOurServer from why


def put_files(folder: Path, files: dict[str, bytes]) -> None:
    """Make the folder hold these files and nothing else of a store."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


_shared: dict[str, Engine] = {}


def share(kind: str, made: Engine) -> None:
    """Let all engines of a kind share what SQLAlchemy worked out about statements: it is half the time."""
    first = _shared.setdefault(kind, made)
    made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
