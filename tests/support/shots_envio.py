"""Pictures of the screen of the outbox in its states; what cannot be waited for is played."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from oirs_core.domain.events import Anotacion, Cambio, Enmienda
from oirs_desktop.store.blobs import Blocked
from oirs_desktop.sync.answers import Imported, Taken
from oirs_desktop.sync.answers import Outcome as Brought
from oirs_desktop.sync.blobs import DocumentsWaiting
from oirs_desktop.sync.errors import AnswerTorn
from oirs_desktop.sync.meter import Traffic
from oirs_desktop.sync.usb import Exported
from oirs_desktop.ui.kit.stickwork import Doing, StickWork
from tests.support.keys import ALT, Key
from tests.support.office import DAY, MINUTE, START, Outlook
from tests.support.outward import newer_act, refused

if TYPE_CHECKING:
    from oirs_desktop.store import QueueState
    from oirs_desktop.sync.usb import Usb
    from oirs_desktop.ui.kit.sending import Sending
    from oirs_desktop.ui.kit.tasks import Tasks
    from tests.support.office import Office
    from tests.support.shots import Photographer

MB = 1_000_000
LAST_LINE = START - 64 * MINUTE
WHOLE = ("", "-light-200", "-dark-100", "-dark-200")
"""Styles in which all states are taken; in the others the screen as it mostly is."""


class Away(Outlook):
    """A line and a stick that are played; all else is read from the store."""

    flow = Traffic()
    found: DocumentsWaiting | None = None
    written: Exported | None = None
    told: dict[str, object]

    def queue(self) -> QueueState:
        """Read the real queue, changed as the picture needs it."""
        return replace(self.store.queue(), **{"last_success": LAST_LINE, **self.told})

    def sending(self) -> Sending:
        """Read the rest."""
        kept, self.stick = self.stick, None
        try:
            real = super().sending()
        finally:
            self.stick = kept
        return replace(real, documents=self.found, export=self.written)

    def traffic(self) -> Traffic:
        """Give what is played."""
        return self.flow


class NoStick:
    """Its files are never written: the picture shows what would be said."""


def play_line(office: Office, tasks: Tasks) -> None:
    """Give the office a line that went down an hour ago, and a stick."""
    away = Away(office.store)
    away.told = {"last_error": "offline"}
    usb: Usb = NoStick()  # type: ignore[assignment]
    away.stick = StickWork(usb, tasks, lambda _: None)
    office.sync = away


def outbox(camera: Photographer) -> None:
    """Take the pictures."""
    office, keys, away = camera.office, camera.keys, camera.office.sync
    assert isinstance(away, Away)
    assert away.stick is not None
    if camera.mark not in WHOLE:
        return
    camera.hush()
    waiting = office.store.recent(1)[0]
    office.desk.add(waiting.id, Anotacion("Trae los papeles mañana."))
    away.connected, away.told = True, {"last_error": "", "pending": 12}
    away.flow = Traffic(begun=14.0, up=4_200, down=900, speed=120.0, waiting=3_000)
    again(camera)
    away.told["pending"] = 5
    camera.window.screens["envio"].refresh(frozenset())
    camera.shoot("envio-envia")
    away.connected, away.flow = False, Traffic()
    before = START - 2 * DAY
    away.told = {
        "last_error": "offline",
        "oldest_at": before,
        "last_success": before - 9 * MINUTE,
        "offset_ms": 480_000,
    }
    office.store.rotate(b"newlog12", "9F4K", office.made.key.public, "copy")
    stuck = (
        Blocked(b"1" * 32, waiting.id, "Cédula de identidad.jpg", "hash"),
        Blocked(b"2" * 32, waiting.id, "Plano de la vivienda.dwg", "kind"),
    )
    away.found = DocumentsWaiting(2, 3 * MB, 17 * MB, 20 * MB, paused=False, blocked=stuck)
    away.written = Exported("/media/rosa/PENDRIVE/084-meson-1.oirs", 12, 34_000, START - DAY, 7, ())
    again(camera)
    camera.shoot("envio-avisos")
    screen = camera.window.screens["envio"]
    screen.show_both(screen.documents, screen.documents.said)  # type: ignore[attr-defined] # of Envio
    camera.shoot("envio-documentos")
    keys.press(Key.Key_L, ALT)
    camera.rest(300)
    camera.shoot("envio-lleva")
    keys.press(Key.Key_Escape)
    away.stick.doing = Doing(out=True, folder="/media/rosa/PENDRIVE", done=120, total=300)
    away.stick.changed.emit()
    camera.shoot("envio-guarda")
    away.stick.doing, away.stick.result = None, away.written
    away.stick.changed.emit()
    camera.shoot("envio-llevado")
    files = (Taken("084-1.oirs", Brought.NEWS, 14), Taken("084-2.oirs", Brought.REFUSED, 3, AnswerTorn()))
    away.stick.result = Imported(files, 12, frozenset({b"1" * 10, b"2" * 10}))
    away.stick.changed.emit()
    camera.shoot("envio-traido")
    issues(camera)


def issues(camera: Photographer) -> None:
    """Show what a person must decide."""
    office = camera.office
    away = office.sync
    assert isinstance(away, Away)
    away.connected = True
    away.found = DocumentsWaiting(0, 0, 0, 20 * MB, paused=False, blocked=())
    away.told = {"last_error": "", "last_success": START}
    case = office.store.recent(3)[-1]
    seen = office.store.case(case.id)
    assert seen is not None
    office.desk.add(case.id, Enmienda((Cambio("telefono", "+56 9 1111 2222"),), "Lo dictó mal."))
    office.deliver()
    office.centre.write(Enmienda((Cambio("telefono", "+56 9 3333 4444"),)), case.id, seen.last_ref)
    note = office.desk.add(case.id, Anotacion("Pide que la llamen después de las seis."))
    refused(office, note.hashes[0])
    newer_act(office, case.id)
    office.store.series_read()
    again(camera)
    camera.shoot("envio-decide")


def again(camera: Photographer) -> None:
    """Leave the screen and come back."""
    camera.hush()
    camera.window.go("meson", None)
    camera.rest()
    camera.window.go("envio", None)
    camera.window.refresh()
    camera.rest(300)
