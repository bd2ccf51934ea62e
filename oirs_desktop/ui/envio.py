"""What waits to be sent, since when, and why: the truth in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from oirs_desktop.ui import words
from oirs_desktop.ui.buttons import PrimaryButton
from oirs_desktop.ui.casehead import Signed
from oirs_desktop.ui.caselist import CaseList
from oirs_desktop.ui.i18n import later, tr
from oirs_desktop.ui.lines import line
from oirs_desktop.ui.messages import SENTENCES, Message
from oirs_desktop.ui.screen import Kit, Screen
from oirs_desktop.ui.theme import Text
from oirs_desktop.ui.widgets import Banner, Card, PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from oirs_core.domain.errors import OirsError
    from oirs_desktop.store import CaseRow, QueueState

REFRESH_MS = 1_500
TRYING_MS = 20_000
"""How long a try may take before the screen says nothing of it any more."""
LIST_HEIGHT = 160
NOTICES = 5
FAILED = {
    "disk_full": (
        later("No hay espacio en el disco: no se pudo recibir nada."),
        later("Lo registrado sigue guardado. Libere espacio; el programa probará otra vez."),
    ),
}
"""What an error means while cases travel, where it would say something else at the form."""
MOST = 200
"""The store lists no more than so many."""
CLOCK_OFF_MS = 120_000
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Outbox:
    """What the worker read: the state of the queue, and the cases that the centre has not seen in full."""

    queue: QueueState
    rows: tuple[CaseRow, ...]


def failure(code: str) -> Message:
    """Say why a try did not work. ``code``: of the error."""
    if code in FAILED:
        title, advice = FAILED[code]
        return Message(tr(title), tr(advice), "danger")
    return SENTENCES.get(code, SENTENCES["sync"])({})


def sentence(outbox: Outbox, now: int, zone: str) -> str:
    """Say what waits, since when, and when something last went through. ``now``: ms UTC."""
    queue, cases = outbox.queue, len(outbox.rows)
    if queue.last_success is None:
        last = tr("Este equipo aún no ha logrado enviar nada")
    else:
        last = tr("El último envío fue {when}").format(
            when=words.spoken_moment(queue.last_success, now, zone)
        )
    if not queue.pending:
        all_sent = tr("Todo está entregado. {last}.")
        nothing = tr("No hay nada por enviar. {last}.")
        return (nothing if queue.last_success is None else all_sent).format(last=last)
    waiting = words.count(cases, tr("caso"), tr("casos")) if cases < MOST else tr("Más de 200 casos")
    oldest = _oldest(queue, cases, now, zone)
    return tr("{waiting} por enviar{oldest}; {last}.").format(
        waiting=waiting, oldest=oldest, last=last[:1].lower() + last[1:]
    )


def _oldest(queue: QueueState, cases: int, now: int, zone: str) -> str:
    if queue.oldest_at is None:
        return ""
    since = words.since(queue.oldest_at, now, zone)
    text = tr("; espera {since}") if cases == 1 else tr("; el más antiguo espera {since}")
    return text.format(since=since)


def clock_note(queue: QueueState) -> str:
    """Say how far this device's clock is from the centre's, when that is two minutes or more."""
    offset = queue.offset_ms or 0
    if abs(offset) < CLOCK_OFF_MS:
        return ""
    minutes = words.count(abs(offset) // MINUTE_MS, tr("minuto"), tr("minutos"))
    way = tr("atrasado") if offset > 0 else tr("adelantado")
    return tr("El reloj de este equipo va {minutes} {way}. Avise a informática.").format(
        minutes=minutes, way=way
    )


class Envio(Screen):
    """The screen of the outbox; it reads again while it is in sight."""

    name = "envio"
    title = tr("Envío de datos")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.outbox: Outbox | None = None
        self._reading, self._try_until = False, 0
        self.card = Card(theme)
        self.said_now = Signed(theme, Text.SECTION)
        self.card.column.addWidget(self.said_now)
        self.why = Banner(theme)
        self.why.hide()
        self.clock = Signed(theme)
        self.clock.hide()
        self.card.column.addWidget(self.why)
        self.card.column.addWidget(self.clock)
        self.button = PrimaryButton(
            theme, tr("Probar ahora"), ("Ctrl+Return", "Ctrl+Enter"), icon="refresh-cw"
        )
        self.button.clicked.connect(self.try_now)
        self.card.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.heading = PlainLabel(tr("Casos por enviar"), Text.SECTION)
        self.list = CaseList(theme, tr("Casos por enviar"))
        self.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.list.opened.connect(lambda entity: self.go.emit("caso", entity))
        self.body.addWidget(PlainLabel(tr("Envío de datos"), Text.TITLE))
        self.body.addWidget(self.card)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.list, 1)
        self.notes_heading = PlainLabel(tr("Últimos avisos"), Text.SECTION)
        self.notes = PlainLabel("", wrap=True)
        self.body.addWidget(self.notes_heading)
        self.body.addWidget(self.notes)
        self.body.addStretch(0)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._load)

    def enter(self, argument: object) -> None:  # noqa: ARG002 - this screen shows one thing only
        """Read the queue and take the focus."""
        self._load()
        self._tell_notices()
        self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell_notices(self) -> None:
        """Repeat what stood above the strip for some seconds, the last first."""
        said = [toast.text for toast in self.notices[-NOTICES:]]
        self.notes.setText("\n".join(f"·  {text}" for text in reversed(said)))
        self.notes.setVisible(bool(said))
        self.notes_heading.setVisible(bool(said))

    def refresh(self, cases: frozenset[bytes]) -> None:  # noqa: ARG002 - any news changes the queue
        """Read again."""
        self._load()

    def try_now(self) -> None:
        """Ask for an exchange with the centre; the screen tells what came of it."""
        self._try_until = self.kit.clock.now() + TRYING_MS
        self.kit.sync.wake()
        self._load()

    def showEvent(self, event: QShowEvent) -> None:
        """Keep up to date while in sight."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while out of sight."""
        self._timer.stop()
        super().hideEvent(event)

    def _load(self) -> None:
        if self._reading:
            return
        self._reading = True
        kit = self.kit
        self.kit.tasks.run(
            lambda: Outbox(kit.sync.queue(), tuple(kit.counter.desk.unsent())), self._show, self._failed
        )

    def _failed(self, error: OirsError) -> None:
        self._reading = False
        self.trouble(error)

    def _show(self, outbox: Outbox) -> None:
        self._reading = False
        before, self.outbox = self.outbox, outbox
        now, zone = self.kit.clock.now(), self.kit.zone
        queue = outbox.queue
        done = not queue.pending and queue.last_success is not None
        icon, tone = ("circle-check", "good") if done else ("send", "warning" if queue.pending else "muted")
        self.said_now.set(icon, sentence(outbox, now, zone), tone)
        self._explain(before, now)
        self.clock.set("clock", clock_note(queue), "warning")
        self.heading.setVisible(bool(outbox.rows))
        self.list.setVisible(bool(outbox.rows))
        lines = [line(row, now, zone) for row in outbox.rows]
        if lines != list(self.list.items):
            self.list.fill(lines)

    def _explain(self, before: Outbox | None, now: int) -> None:
        """Say why the last try did not work, or that one is under way."""
        if self.outbox is None:
            return
        queue = self.outbox.queue
        if before is not None and before.queue != queue:
            self._try_until = 0
        if now < self._try_until:
            self.why.set("info", tr("Intentando enviar…"), tr("Puede seguir atendiendo."))
        elif queue.last_error:
            message = failure(queue.last_error)
            self.why.set(message.severity, message.title, message.advice)
        self.why.setVisible(now < self._try_until or bool(queue.last_error))
