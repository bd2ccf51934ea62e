"""Enrolment; also of a counter whose centre has forgotten it: same key, same history, same folios."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from oirs_core.chain import b64
from oirs_core.signature import SigningKey, again_message, key_id
from oirs_desktop.commands.errors import EnrolledNowhere
from oirs_desktop.commands.machine import LOG_SIZE, Invitation, enrol_machine, open_machine
from oirs_desktop.store import Enrolment, Store, StoreMissing
from oirs_desktop.sync.client import Client
from oirs_desktop.sync.errors import CodeRefusedByServer
from oirs_desktop.sync.trust import Trust, check_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from oirs_desktop.commands.machine import World
    from oirs_desktop.keystore import Keystore
    from oirs_desktop.sync.client import EnrolAnswer


FIRST_NAME = "Mesón 1"


def enrol(
    folder: Path, keystore: Keystore, world: World, asked: argparse.Namespace, say: Callable[[str], None]
) -> None:
    """Do what the command line asks (`commands/line.py`). The refusals of both kinds of enrolment."""
    authority = asked.ca.read_text(encoding="ascii", errors="replace") if asked.ca else ""
    invitation = Invitation(asked.url, asked.code, asked.name, authority)
    if asked.again:
        tell_changes(enrol_again(folder, keystore, world, invitation), say)
        return
    machine = enrol_machine(folder, keystore, world, replace(invitation, name=asked.name or FIRST_NAME))
    say(f"Este equipo quedó inscrito: {machine.counter.desk.session.office.nombre}.")
    machine.close()


@dataclass(frozen=True, slots=True)
class CameBack:
    """``label``: of new folios, empty if it stays; ``new_centre``: another key; ``pending``: left to send."""

    office: str
    label: str
    new_centre: bool
    pending: int


def enrol_again(folder: Path, keystore: Keystore, world: World, invitation: Invitation) -> CameBack:
    """Join one's own office again, and send all that the centre lacks.

    Nothing here changes before the centre has agreed; safe to repeat with the same code. ``invitation``: an
    empty name or authority stays as it was. Raises EnrolledNowhere, SyncError, StoreError.
    """
    check_line(invitation.url)
    secrets = keystore.load()
    if secrets is None:
        raise EnrolledNowhere
    try:
        store = Store.open(folder, secrets.database)
    except StoreMissing as why:
        raise EnrolledNowhere from why
    try:
        before = store.enrolment()
        if before is None:
            raise EnrolledNowhere
        granted = _ask(store, before, SigningKey(secrets.device), world, invitation)
    finally:
        store.close()
    machine = open_machine(folder, keystore, world)
    try:
        machine.sync()
        label = granted.label if granted.label != before.label else ""
        pending = machine.store.queue().pending
        name = machine.counter.desk.session.office.nombre
        return CameBack(name, label, granted.server_key != before.server_key, pending)
    finally:
        machine.close()


def _ask(
    store: Store, before: Enrolment, key: SigningKey, world: World, invitation: Invitation
) -> EnrolAnswer:
    # It follows from key and code: asking again asks for the same. Needed only if the label must change.
    log = sha256(b"oirs-again-log-1" + key.public + invitation.code.encode()).digest()[:LOG_SIZE]
    authority = invitation.authority or before.authority
    name = invitation.name or before.name
    client = Client(invitation.url, trust=Trust(authority, world.clock.now, lambda: store.contact.centre_ms))
    try:
        granted = client.enrol(
            invitation.code, key.public, log, name, proof(key, before, log, invitation.code)
        )
    finally:
        client.close()
    if (granted.institution, granted.office) != (before.institution, before.office):
        raise CodeRefusedByServer
    kept = replace(
        before,
        label=granted.label,
        server_key=granted.server_key,
        server_url=invitation.url,
        name=name,
        authority=authority,
        seal_key=granted.seal_key,
    )
    store.enrol_anew(kept, log, key.public)
    return granted


def proof(key: SigningKey, before: Enrolment, log: bytes, code: str) -> dict[str, str]:
    """Give what an application adds to show that this counter was in the office before."""
    feed = before.feeds[-1]
    message = again_message(key_id(key.public), log, before.label, feed, code)
    return {"label": before.label, "feed": feed, "signature": b64(key.sign(message))}


def tell_changes(back: CameBack, say: Callable[[str], None]) -> None:
    """Say what it means for this counter."""
    say(f"Este equipo quedó inscrito otra vez: {back.office}. No se perdió nada de lo guardado.")
    if back.label:
        say(f"Otro equipo ya usa la etiqueta anterior: los folios nuevos llevan {back.label}.")
    if back.new_centre:
        say("La central es otra y partió de cero: este equipo le envía otra vez todo lo suyo.")
        say("Inscriba de nuevo también a los demás equipos: cada uno envía lo que escribió.")
    if back.pending:
        say(f"Quedan {back.pending} actos por enviar: salen con los próximos envíos.")
