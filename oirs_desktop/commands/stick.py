"""The way by hand without a window: out to a folder, in from one, and back from the second copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.signature import SigningKey
from oirs_core.wire.seal import SealKey
from oirs_desktop.commands.errors import JournalNone
from oirs_desktop.commands.secondcopy import FOLDER, place_of
from oirs_desktop.session import draw_log
from oirs_desktop.settings import FILE_NAME, Settings, SettingWrong, load
from oirs_desktop.store import Store, StoreDamaged, StoreForeign, StoreMissing
from oirs_desktop.store.engine import FILE_NAME as STORE
from oirs_desktop.sync.answers import Outcome
from oirs_desktop.sync.journalfiles import Keys, Place, first_marks, readers, restore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from oirs_core.domain.errors import OirsError
    from oirs_core.wire.parts import Marks
    from oirs_desktop.commands.machine import Machine, World
    from oirs_desktop.keystore import Keystore
    from oirs_desktop.sync.answers import Taken

    Say = Callable[[str], None]
    Tell = Callable[[OirsError], str]

KB = 1024


def export(machine: Machine, folder: Path, say: Say) -> bool:
    """Write what waits into ``folder``. StickError, StoreError."""
    done = machine.usb.export(folder)
    papers = f"{len(done.papers)} documentos, " if done.papers else ""
    say(f"{done.path}: {done.events} actos, {papers}{-(-done.size // KB)} KB.")
    say("Aún no están entregados: lleve el archivo a la central y traiga su respuesta.")
    return True


def read(machine: Machine, places: Sequence[Path], voice: tuple[Say, Tell]) -> bool:
    """Take in the answers of a stick; whether all of them could be taken. StickError, StoreError."""
    say, tell = voice
    found = machine.usb.read(places)
    for taken in found.files:
        say(f"{taken.name}: {sentence(taken, tell)}")
    if not found.files:
        say("No hay respuestas de la central en esa carpeta.")
    if found.office or found.catalogue:
        machine.counter.desk.reload()
    pending = machine.store.queue().pending
    papers = f" y {found.papers} documentos" if found.papers else ""
    told = f"Entregados {found.delivered} actos{papers}, {len(found.cases)} casos con novedades"
    say(f"{told}, {pending} por enviar.")
    if found.came:
        say(f"Llegaron {found.came} documentos pedidos.")
    return all(taken.error is None for taken in found.files)


def sentence(taken: Taken, tell: Tell) -> str:
    """Say what became of one file."""
    if taken.error is not None:
        return tell(taken.error)
    return "Se recibió." if taken.outcome is Outcome.NEWS else "Ya se había recibido: nada cambió."


def recover(folder: Path, keystore: Keystore, world: World, say: Say) -> None:
    """Put a counter's work back from its second copy. The keys must be there.

    A store that cannot be read is set aside, never deleted. Raises StoreMissing, KeystoreDamaged,
    JournalNone, StoreError.
    """
    secrets = keystore.load()
    if secrets is None:
        raise StoreMissing
    keys = Keys(SigningKey(secrets.device), SealKey(secrets.device), world.random)
    places = _places(folder, keys)
    try:
        count = _restored(Store.open(folder, secrets.database), keys, places)
    except (StoreMissing, StoreDamaged, StoreForeign) as why:
        if isinstance(why, StoreForeign) and why.data.get("reason") != "key":
            raise
        marks = _marks(places, keys)
        for path in _set_aside(folder, world.clock.now()):
            say(f"Los datos que no se pueden leer quedaron en {path.name}.")
        store = Store.create(folder, secrets.database)
        store.enrol_again(marks, draw_log(keys.random)[0], keys.sign.public)
        count = _restored(store, keys, places)
    say(f"Recuperados {count} actos desde el diario.")


def _places(folder: Path, keys: Keys) -> list[Place]:
    try:
        settings = load(folder / FILE_NAME)
    except SettingWrong:
        settings = Settings()
    found = [place_of(folder, settings, keys.sign.id), Place(folder / FOLDER)]
    return list(dict.fromkeys(found))


def _marks(places: list[Place], keys: Keys) -> Marks:
    """Find how the counter was enrolled, as last written down. JournalNone."""
    found = None
    for place in places:
        for reader in readers(place, keys):
            found = first_marks(reader, keys.seal) or found
    if found is None:
        raise JournalNone
    return found


def _restored(store: Store, keys: Keys, places: list[Place]) -> int:
    """Put back what is missing, then begin a new log: the copy may lag behind what was printed."""
    try:
        count = sum(restore(store, keys, place) for place in places)
        if count or store.head().seq == 0:
            fresh, label = draw_log(keys.random)
            store.rotate(fresh, label, keys.sign.public)
        store.dump()  # a page that cannot be read is found here rather than by the official
    finally:
        store.close()
    return count


def _set_aside(folder: Path, now: int) -> list[Path]:
    """Rename the files of a store; they may still tell somebody something."""
    moved = []
    for ending in ("", "-wal", "-shm"):
        path = folder / f"{STORE}{ending}"
        if path.exists():
            moved.append(path.rename(folder / f"{STORE}.{now}.ilegible{ending}"))
    return moved[:1]
