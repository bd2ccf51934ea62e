"""One counter with all its parts, as the commands use it. `app.py` gives clock, chance and printers."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from oirs_core.signature import SigningKey
from oirs_core.wire.seal import SealKey
from oirs_desktop.attachments.documents import Documents
from oirs_desktop.attachments.vault import Vault
from oirs_desktop.commands.errors import AlreadyEnrolled, UserUnknown
from oirs_desktop.commands.secondcopy import heal, open_scribe, place_of
from oirs_desktop.counter import Counter
from oirs_desktop.desk import Desk
from oirs_desktop.keystore import Secrets
from oirs_desktop.reports.receipt import PaperSize
from oirs_desktop.session import Session
from oirs_desktop.settings import FILE_NAME, Settings
from oirs_desktop.settings import load as load_settings
from oirs_desktop.store import NotEnrolled, Store, StoreExists, StoreMissing
from oirs_desktop.store.engine import FILE_NAME as STORE
from oirs_desktop.sync.blobs import MEGABYTE, Sender
from oirs_desktop.sync.client import Client
from oirs_desktop.sync.conversation import Conversation
from oirs_desktop.sync.copies import Guard
from oirs_desktop.sync.cycle import Cycle
from oirs_desktop.sync.fetch import Fetcher
from oirs_desktop.sync.housekeeping import Housekeeping, Reading
from oirs_desktop.sync.journalfiles import Keys
from oirs_desktop.sync.meter import Meter
from oirs_desktop.sync.snapshots import Beginning
from oirs_desktop.sync.trust import Trust, check_line
from oirs_desktop.sync.usb import Usb
from oirs_desktop.witness import Witness

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_core.domain.events import Funcionario, Oficina
    from oirs_desktop.keystore import Keystore
    from oirs_desktop.printing.printers import Printers
    from oirs_desktop.session import Clock
    from oirs_desktop.sync.cycle import Report
    from oirs_desktop.sync.scribe import Scribe

RECEIPTS = "receipts"
DOCUMENTS = "documents"
SECRET_SIZE = 32
LOG_SIZE = 8


@dataclass(frozen=True, slots=True)
class World:
    """What comes from outside: time, chance, printers. ``witnesses``: folder, else the user's own."""

    clock: Clock
    random: Callable[[int], bytes]
    printers: Printers
    witnesses: Path | None = None


@dataclass(slots=True)
class Machine:
    """An open counter. ``close`` lets go of store and line."""

    folder: Path
    store: Store
    key: SigningKey
    counter: Counter
    client: Client
    conversation: Conversation
    guard: Guard
    sender: Sender
    fetching: Client
    """The line of documents on their way down, so that no exchange waits for them."""
    scribe: Scribe
    usb: Usb
    meter: Meter

    @property
    def cycle(self) -> Cycle:
        """The exchange of text alone."""
        return self.conversation.cycle

    def sync(self) -> Report:
        """Exchange with the centre until nothing is left either way. Raises SyncError."""
        report = self.conversation.run()
        if report.office or report.catalogue:
            self.counter.desk.reload()
        return report

    def close(self) -> None:
        """Close everything; a second call does nothing."""
        self.sender.stop()
        if self.counter.documents is not None:
            self.counter.documents.close()
        self.client.close()
        self.fetching.close()
        self.scribe.stop()
        self.guard.note()
        self.store.close()


def open_machine(folder: Path, keystore: Keystore, world: World, user: str = "", url: str = "") -> Machine:
    """Build an enrolled counter from its folder.

    ``user``: name of the official, else the first of the office. ``url``: where the centre is today, if
    not where it was at the enrolment. Raises StoreMissing, StoreError,
    KeystoreDamaged, NotEnrolled, UserUnknown.
    """
    if not (folder / STORE).exists():  # before any key: perhaps there is no keystore either
        raise StoreMissing
    secrets = keystore.load()
    if secrets is None:
        raise StoreMissing
    store = Store.open(folder, secrets.database)
    try:
        return _assemble(folder, store, secrets, world, (user, url))
    except BaseException:
        store.close()
        raise


def _assemble(folder: Path, store: Store, secrets: Secrets, world: World, choice: tuple[str, str]) -> Machine:
    user, url = choice
    enrolment, office = store.enrolment(), store.office()
    if enrolment is None:
        raise NotEnrolled(reason="enrolment")
    key = SigningKey(secrets.device)
    keys = Keys(key, SealKey(secrets.device), world.random)
    settings = load_settings(folder / FILE_NAME)
    trust = Trust(enrolment.authority, world.clock.now, lambda: store.contact.centre_ms)
    client = Client(url or enrolment.server_url, settings.sync_timeout_s, trust)
    guard = Guard(store, Witness.of(folder, world.witnesses), key.public, world.random)
    scribe = open_scribe(store, keys, place_of(folder, settings, key.id), world.clock)
    heal(scribe.journal, store, keys, guard)
    guard.look()
    meter = Meter(client)
    cycle = Cycle(store, meter, key, world.clock, world.random)
    conversation = Conversation(cycle)
    conversation.before += [guard.note, meter.begin]
    if office is None:  # killed between the enrolment and its first exchange
        cycle.run()
        office = store.office()
    if office is None:
        raise NotEnrolled(reason="office")
    session = Session(_official(office, user), office, enrolment)
    desk = Desk(store, session, world.clock, world.random)
    counter = Counter(desk, key, world.printers, folder / RECEIPTS, PaperSize(settings.paper))
    counter.chosen = settings.printer
    vault = Vault(folder / DOCUMENTS, secrets.database, world.random)
    fetching = Client(client.url, settings.sync_timeout_s, trust)
    counter.documents = _documents(vault, settings, Fetcher(vault.coming, fetching, key, store.wish))
    sender = Sender(store, vault, meter, key, world.clock, settings.documents_mb_a_day * MEGABYTE)
    keeping = Housekeeping(store, folder, vault, world.clock, settings.archive_months)
    conversation.after += [meter.end, keeping.run, Reading(store).run, sender.run]
    cycle.beginning = Beginning(store, meter, key, folder)
    desk.saved = scribe.wake
    scribe.start()
    usb = Usb(store, (key, keys.seal), world.clock, world.random, vault)
    return Machine(
        folder, store, key, counter, client, conversation, guard, sender, fetching, scribe, usb, meter
    )


def _documents(vault: Vault, settings: Settings, fetcher: Fetcher) -> Documents:
    made = Documents(vault, scans=Path(settings.scans) if settings.scans else None)
    made.fetcher = fetcher
    return made


def _official(office: Oficina, name: str) -> Funcionario:
    for user in office.funcionarios:
        if name in {"", user.nombre, user.id}:
            return user
    raise UserUnknown(name=name[:60])


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where to enrol and with what. ``name``: how the counter is called in its office.

    ``authority``: PEM of who vouches for the centre over TLS; empty: whom the system trusts.
    """

    url: str
    code: str
    name: str
    authority: str = ""


def enrol_machine(folder: Path, keystore: Keystore, world: World, invitation: Invitation) -> Machine:
    """Join an office: make the keys, the store and the log, ask the centre, fetch the office.

    Safe to repeat after any interruption: keys and log stay the same until the centre has answered.
    Raises AlreadyEnrolled, SyncError, StoreError.
    """
    check_line(invitation.url)
    secrets = keystore.load()
    if secrets is None:
        secrets = Secrets(world.random(SECRET_SIZE), world.random(SECRET_SIZE))
        keystore.save(secrets)
    try:
        store = Store.create(folder, secrets.database)
    except StoreExists:
        store = Store.open(folder, secrets.database)
    try:
        _join(store, SigningKey(secrets.device), world, invitation)
        return _assemble(folder, store, secrets, world, ("", ""))
    except BaseException:
        store.close()
        raise


def _join(store: Store, key: SigningKey, world: World, invitation: Invitation) -> None:
    before = store.enrolment()
    if before is not None:
        raise AlreadyEnrolled(office=before.office)
    # The first log follows from the key, which was drawn by chance: asking again asks for the same.
    log = sha256(b"oirs-first-log-1" + key.public).digest()[:LOG_SIZE]
    trust = Trust(invitation.authority, world.clock.now, lambda: None)
    client = Client(invitation.url, trust=trust)
    try:
        answer = client.enrol(invitation.code, key.public, log, invitation.name)
        enrolment = answer.enrolment(invitation.url, invitation.name, invitation.authority)
        store.enrol(enrolment, log, key.public)
        Cycle(store, client, key, world.clock, world.random).run()
    finally:
        client.close()
