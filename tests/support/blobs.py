"""Documents on their way: a counter's sender over a played line, with a log of what was carried."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from oirs_central.auth import AuthError
from oirs_central.blobs import BlobAway, BlobUnknown
from oirs_core.domain.errors import OirsError
from oirs_core.domain.events import Adjunto, Materia
from oirs_core.domain.kinds import DocType, Kind, Salida
from oirs_core.domain.persona import Persona
from oirs_desktop.attachments.vault import Vault
from oirs_desktop.desk import Draft
from oirs_desktop.sync.blobs import Sender
from oirs_desktop.sync.errors import DeviceRefused, DocumentAway, Offline

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud
    from tests.support.world import Counter

PDF = "application/pdf"


def scan(n: int = 1, size: int = 40_000) -> bytes:
    """Bytes that begin like a PDF and are the same each time."""
    body = b"".join(sha256(f"{n}/{k}".encode()).digest() for k in range(size // 32 + 1))
    return (b"%PDF-1.7\n" + body)[:size]


@dataclass
class BlobLine:
    """Carries documents to the centre of a world.

    ``fates``: what becomes of the next ones, in order: "lost" before, "answer" after the centre.
    """

    counter: Counter
    fates: list[str] = field(default_factory=list)
    carried: list[tuple[str, int, int]] = field(default_factory=list)
    """SHA-256, offset and length of each chunk that reached the line."""

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        """Carry a chunk."""
        self.carried.append((sha, offset, len(body) - 4))
        return self._fated(lambda: self.central.put_blob(sha, offset, authorization, body))

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Carry a range."""
        self.carried.append((sha, first, last - first + 1))
        return self._fated(lambda: self.central.get_blob(sha, first, last, authorization))

    def close(self) -> None:
        """Nothing is kept open."""

    @property
    def central(self):  # noqa: ANN201 - the centre of the world as it stands now
        return self.counter.world.central

    def _fated(self, work):  # noqa: ANN001, ANN202
        fate = self.fates.pop(0) if self.fates else ""
        if fate == "lost":
            raise Offline
        try:
            answer = work()
        except (BlobUnknown, BlobAway) as why:
            raise DocumentAway from why
        except AuthError as why:
            raise DeviceRefused(status=403) from why
        if fate == "answer":
            raise Offline
        return answer


@dataclass
class Sending:
    """A counter with documents: vault, line and sender. Sending a byte takes no time."""

    counter: Counter
    vault: Vault
    line: BlobLine
    sender: Sender

    @classmethod
    def of(cls, counter: Counter, budget: int = 0) -> Sending:
        """Give a counter its documents."""
        vault = Vault(counter.folder / "documents", counter.database, counter.world.random)
        line = BlobLine(counter)
        sender = Sender(counter.store, vault, line, counter.key, counter.clock)
        sender.budget, sender.chunk = budget, 8 * 1024
        sender.timer = iter(range(0, 10**9, 2)).__next__  # type: ignore[assignment] # 2 s a chunk: 8 KiB fit twice
        return cls(counter, vault, line, sender)

    def file(self, *documents: bytes) -> Solicitud:
        """File a case with documents."""
        case = self.counter.desk.open(draft()).case
        return self.attach(case.id, *documents)

    def attach(self, entity: bytes, *documents: bytes) -> Solicitud:
        """Add documents to a case."""
        case = self.counter.desk.case(entity)
        assert case is not None
        for n, data in enumerate(documents):
            self.vault.keep(self.vault.take(data))
            paper = Adjunto(sha256(data).hexdigest(), PDF, len(data), f"hoja {n}.pdf")
            case = self.counter.desk.add(entity, paper).case
        return case

    def talk(self) -> bool:
        """Hold a conversation: text, then documents. False when the text did not get through."""
        if not self.counter.sync():
            return False
        self.sender.run()
        return True

    def sent(self) -> int:
        """Bytes of documents that went onto the line."""
        return sum(length for _, _, length in self.line.carried)


def draft(**changes: object) -> Draft:
    """Somebody asks something."""
    persona = Persona(DocType.RUN, "12.345.678-5", "Rosa Elena", "Millapán")
    fields = {"tipo": Kind.CONSULTA, "materia": Materia("Subsidio"), "persona": persona}
    fields |= {"relato": "Pregunta cómo postular.", "salida": Salida.PENDIENTE, **changes}
    return Draft(**fields)  # type: ignore[arg-type]


def is_whole(central: object, data: bytes) -> bool:
    """Whether the file of a document lies at the centre."""
    folder = central.settings.data / "documents"  # type: ignore[attr-defined]
    found = list(folder.rglob(sha256(data).hexdigest()))
    return bool(found) and found[0].read_bytes() == data


__all__ = ["PDF", "BlobLine", "OirsError", "Sending", "draft", "is_whole", "scan"]
