"""What waits to be sent, since when and why; what a person must decide; and the way by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout

from oirs_desktop.ui.case.casehead import Signed
from oirs_desktop.ui.kit.screen import LAID_OUT_MS, Kit, Screen
from oirs_desktop.ui.lists.caselist import CaseList
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.outbox import enviowords as said
from oirs_desktop.ui.outbox.enviodocs import DocumentsCard
from oirs_desktop.ui.outbox.envioissues import Issues, note_of, search
from oirs_desktop.ui.outbox.enviostick import StickCard
from oirs_desktop.ui.parts.buttons import KeyButton, PrimaryButton
from oirs_desktop.ui.parts.widgets import Banner, Card, PlainLabel
from oirs_desktop.ui.texts.lines import line
from oirs_desktop.ui.texts.stories import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.store.attention import Unread
    from oirs_desktop.ui.kit.sending import Sending

REFRESH_MS = 1_500
GLANCE_MS = 500
"""How often the line is looked at; that asks no store."""
TRYING_MS = 20_000
"""How long a try may take before the screen says nothing of it any more."""
SETTLED_MS = 150
"""What was read has its place by then, and the focus was scrolled to."""
STOPPED = "sync_stopped"
LINES = 4
"""Of the list in sight at once."""
NOTICES = 5


class Envio(Screen):
    """The screen of the outbox; it reads again while it is in sight."""

    name = "envio"
    title = tr("Envío de datos")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self.sending: Sending | None = None
        self._reading, self._fresh, self._try_until = False, False, 0
        self._flagged: list[Solicitud] = []
        self._looking = False
        self._total, self._begun = 0, 0.0
        self.issues, self.documents, self.stick = Issues(kit), DocumentsCard(kit), StickCard(kit)
        self.heading = PlainLabel(tr("Casos por enviar"), Text.SECTION)
        self.list = CaseList(theme, tr("Casos por enviar"))
        self.list.opened.connect(lambda entity: self.go.emit("caso", entity))
        self.notes_heading = PlainLabel(tr("Últimos avisos"), Text.SECTION)
        self.notes = PlainLabel("", wrap=True)
        self.body.addWidget(PlainLabel(tr("Envío de datos"), Text.TITLE))
        parts: tuple[QWidget, ...] = (self._head(), self.issues, self.heading, self.list, self.documents)
        for part in (*parts, self.stick, self.notes_heading, self.notes):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._connect()
        self._timer, self._glance = QTimer(self), QTimer(self)
        for timer, ms, work in ((self._timer, REFRESH_MS, self._load), (self._glance, GLANCE_MS, self._look)):
            timer.setInterval(ms)
            timer.timeout.connect(work)

    def _head(self) -> Card:
        """Put together what says the truth, and why."""
        theme = self.kit.theme
        card = self.card = Card(theme)
        self.said_now, self.pace, self.clock = Signed(theme, Text.SECTION), Signed(theme), Signed(theme)
        self.hand, self.why, self.series = Signed(theme), Banner(theme), Banner(theme)
        self.series.add_action(tr("Entendido"), self._series_read, "Alt+E")
        self.button = PrimaryButton(
            theme, tr("Probar ahora"), ("Ctrl+Return", "Ctrl+Enter"), icon="refresh-cw"
        )
        self.halt = KeyButton(theme, tr("Detener el envío"), "Alt+X", icon="x")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.button)
        buttons.addWidget(self.halt)
        buttons.addStretch(1)
        card.column.addWidget(self.said_now)
        for part in (self.pace, self.why, self.clock, self.hand, self.series, self.halt):
            part.hide()
        card.column.addWidget(self.pace)
        card.column.addLayout(buttons)  # above what may come and go: the button stays where it is
        for part in (self.why, self.clock, self.hand, self.series):
            card.column.addWidget(part)
        return card

    def _connect(self) -> None:
        self.button.clicked.connect(self.try_now)
        self.halt.clicked.connect(self._stop)
        self.issues.opened.connect(lambda entity: self.go.emit("caso", entity))
        self.issues.again.connect(lambda persona: self.go.emit("nueva", persona))
        self.issues.noted.connect(self._note)
        self.issues.seen.connect(self._settle)
        self.issues.copied.connect(
            lambda: self.say(tr("Copiado. Péguelo en un mensaje a informática."), "good")
        )
        self.documents.opened.connect(lambda entity: self.go.emit("caso", entity))
        self.documents.changed.connect(self._load)
        chooser = self.stick.chooser
        chooser.filled.connect(lambda: self.show_both(chooser.field, chooser))
        if self.kit.sync.stick is not None:
            self.kit.sync.stick.changed.connect(self._stick_changed)

    # --- reading

    def enter(self, argument: object) -> None:  # noqa: ARG002 - this screen shows one thing only
        """Read the queue and take the focus."""
        self._fresh = True
        self._load()
        self._look_for_flags()
        self._look()
        self.stick.show_work()
        self._tell_notices()
        self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell_notices(self) -> None:
        """Repeat what stood above the strip for some seconds, the last first."""
        said_before = [toast.text for toast in self.notices[-NOTICES:]]
        self.notes.setText("\n".join(f"·  {text}" for text in reversed(said_before)))
        self.notes.setVisible(bool(said_before))
        self.notes_heading.setVisible(bool(said_before))

    def refresh(self, cases: frozenset[bytes]) -> None:  # noqa: ARG002 - any news changes the queue
        """Read again."""
        self._load()
        self._look_for_flags()

    def showEvent(self, event: QShowEvent) -> None:
        """Keep up to date while in sight."""
        self._timer.start()
        self._glance.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while out of sight."""
        self._timer.stop()
        self._glance.stop()
        super().hideEvent(event)

    def _load(self) -> None:
        if self._reading:
            return
        self._reading = True
        self.kit.tasks.run(self.kit.sync.sending, self._show, self._failed)

    def _failed(self, error: OirsError) -> None:
        self._reading = False
        self.trouble(error)

    def _look_for_flags(self) -> None:
        if self._looking:
            return
        self._looking = True
        search(self.kit, self._found_flags, self._missed_flags)

    def _found_flags(self, found: list[Solicitud]) -> None:
        self._looking, self._flagged = False, found
        self._tell_issues()

    def _missed_flags(self, error: OirsError) -> None:
        self._looking = False
        self.trouble(error)

    # --- showing

    def _show(self, sending: Sending) -> None:
        self._reading = False
        before, self.sending = self.sending, sending
        now, zone, queue = self.kit.clock.now(), self.kit.zone, sending.queue
        icon, tone = ("circle-check", "good") if said.whole(sending) else ("send", "muted")
        self.said_now.set(icon, said.sentence(sending, now, zone), "warning" if queue.pending else tone)
        if before is not None and before.queue != queue:
            self._try_until = 0
        self._explain(now)
        self.clock.set("clock", said.clock_note(queue), "warning")
        self.hand.set("usb", said.by_hand(queue, now) if self.kit.sync.stick else "", "muted")
        told = said.series_note(sending.series)
        self.series.set("info", *told)
        self.series.setVisible(bool(told[0]))
        self._list(sending, now, zone)
        self.documents.tell(sending)
        self.stick.show_last(sending, now, zone)
        self._tell_issues()
        self._look()
        if self._fresh:
            self._fresh = False
            QTimer.singleShot(SETTLED_MS, self, self._show_head)

    def _show_head(self) -> None:
        """Show what the first button is about; with the title, where there is room."""
        for top in (self.said_now, self.column):
            self.show_both(top, self.button)

    def _list(self, sending: Sending, now: int, zone: str) -> None:
        for part in (self.heading, self.list):
            part.setVisible(bool(sending.rows))
        lines = [line(row, now, zone) for row in sending.rows]
        if lines != list(self.list.items):
            self.list.fill(lines)
            rows = min(LINES, max(1, len(lines)))
            self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth())

    def _tell_issues(self) -> None:
        unread = self.sending.unread if self.sending is not None else ()
        self.issues.tell(self._flagged, unread, Place.of(self.kit.counter.desk, self.kit.clock.now()))

    def _explain(self, now: int) -> None:
        """Say why the last try did not work, or that one is under way."""
        if self.sending is None:
            return
        code = self.sending.queue.last_error
        if now < self._try_until:
            self.why.set("info", tr("Intentando enviar…"), tr("Puede seguir atendiendo."))
        elif code == STOPPED and self.kit.sync.traffic().begun is not None:
            code = ""  # it goes on already
        elif code:
            message = said.failure(code)
            self.why.set(message.severity, message.title, message.advice)
        self.why.setVisible(now < self._try_until or bool(code))

    def _look(self) -> None:
        """Say how far a long conversation is, and how much is left."""
        traffic, sending = self.kit.sync.traffic(), self.sending
        pending = sending.queue.pending if sending is not None else 0
        begun = traffic.begun or 0.0
        if traffic.begun is None or begun < self._begun:
            self._total = 0
        elif sending is not None:  # perhaps of a visit before: the whole is no less than what waits now
            self._total = max(self._total, pending)
        self._begun = begun
        gone = max(0, self._total - pending)
        icon, words = said.pace(pending, traffic, gone, self._total)
        self.pace.set(icon, words, "muted")
        self.halt.setVisible(begun >= said.LONG_S and not traffic.held)

    def _stick_changed(self) -> None:
        work = self.kit.sync.stick
        if work is not None and work.doing is None:
            self._load()
        QTimer.singleShot(LAID_OUT_MS, self, lambda: self.show_both(self.stick.take, self.stick))

    # --- doing

    def try_now(self) -> None:
        """Ask for an exchange with the centre; the screen tells what came of it."""
        self._try_until = self.kit.clock.now() + TRYING_MS
        self.kit.sync.wake()
        self._load()

    def _stop(self) -> None:
        self._try_until = 0
        self.kit.sync.stop()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def _write(self, work: Callable[[], object]) -> None:
        self.kit.tasks.run(work, lambda _: self._load(), self.trouble)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _series_read(self) -> None:
        self._write(self.kit.sync.series_read)

    def _settle(self, h: bytes) -> None:
        self._write(lambda: self.kit.sync.settle(h))

    def _note(self, entity: bytes, one: Unread) -> None:
        """Write it again as a note of the same case; then it is settled."""
        desk, sync = self.kit.counter.desk, self.kit.sync
        note = note_of(one, Place.of(desk, self.kit.clock.now()))

        def work() -> None:
            desk.add(entity, note)
            sync.settle(one.h)

        def done(_: None) -> None:
            self.say(tr("Quedó escrito como nota en el caso."), "good")
            sync.wake()
            self._load()

        self.kit.tasks.run(work, done, self.trouble)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
