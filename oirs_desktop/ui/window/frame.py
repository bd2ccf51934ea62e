"""The window: header, one screen at a time, strip, toasts. It is painted before anything heavy is loaded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from oirs_desktop.ui.case.undoing import OF_A_CASE, in_sight, too_late
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.ring import FocusRing
from oirs_desktop.ui.look.theme import FRAME_WIDTH
from oirs_desktop.ui.paper.copies import case_of, lasting
from oirs_desktop.ui.parts.toast import Toast, ToastStack
from oirs_desktop.ui.parts.widgets import Banner, EmptyState, centred
from oirs_desktop.ui.texts.messages import explain
from oirs_desktop.ui.window.ahead import FIRST_MS, Ahead
from oirs_desktop.ui.window.copying import Copier
from oirs_desktop.ui.window.dressing import dress
from oirs_desktop.ui.window.facts import Facts, read_facts
from oirs_desktop.ui.window.guia import Guia
from oirs_desktop.ui.window.header import Header
from oirs_desktop.ui.window.insight import InSight
from oirs_desktop.ui.window.registry import make_screen
from oirs_desktop.ui.window.sizing import add_size_keys
from oirs_desktop.ui.window.spelling import Spelling
from oirs_desktop.ui.window.strip import Strip

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.events import Funcionario
    from oirs_desktop.session import Session
    from oirs_desktop.ui.kit.screen import Kit, Screen
    from oirs_desktop.ui.look.theme import Theme

WIDTH, HEIGHT = 1180, 720
MIN_WIDTH, MIN_HEIGHT = 800, 560
TICK_MS = 10_000
ARGUMENTS: dict[str, object] = {"busqueda": ""}
"""What a key of the header hands to its screen; None for the others."""
FIRST = "meson"


class Window(QMainWindow):
    """Shown empty at once; ``attach`` brings it to life, ``fail`` says why that is not possible."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.kit: Kit | None = None
        self.screens: dict[str, Screen] = {}
        self._session: Session | None = None
        self._trail: list[tuple[str, object]] = []
        self._subject: tuple[str, object] = ("", None)
        self.setWindowTitle(tr("OIRS - Mesón de atención"))
        self.resize(WIDTH, HEIGHT)
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)
        self._build(theme)
        self.ring = FocusRing(theme, self)
        InSight(self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh)
        self.ahead = Ahead(self)
        self.copier = Copier(self)
        add_size_keys(self)

    def _build(self, theme: Theme) -> None:
        """Make header, stack and strip."""
        self.header, self.strip = Header(theme), Strip(theme)
        self.stack = QStackedWidget()
        self._opening = EmptyState(theme, "hourglass", tr("Abriendo el mesón…"))
        self.stack.addWidget(centred(self._opening))
        self._edge = QWidget()
        self._column = QVBoxLayout(self._edge)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.guide = Guia(self)
        for part, stretch in ((self.header, 0), (self.guide, 0), (self.stack, 1), (self.strip, 0)):
            self._column.addWidget(part, stretch)
        self.setCentralWidget(self._edge)
        self.toasts = ToastStack(theme, self.stack)
        self.toasts.pushed.connect(lambda: QTimer.singleShot(0, self, self._show_focus))
        self.toasts.missed.connect(self._missed)
        self.toasts.in_sight = lambda: in_sight(*self._trail[-1]) if self._trail else None
        self.header.chosen.connect(lambda name: self.go(name, ARGUMENTS.get(name)))
        self.header.signed.connect(self._sign)

    def wear(self, theme: Theme) -> None:
        """Build everything anew in other colours or another size; what was typed stays, and the focus."""
        dress(self, theme)

    def rebuild(self, theme: Theme) -> None:
        """Make header, stack and strip in other looks; the screens have ended before."""
        self.theme = theme
        self.ring.wear(theme)
        self._edge.deleteLater()
        QApplication.sendPostedEvents(self._edge, QEvent.Type.DeferredDelete.value)
        theme.apply(QApplication.instance())  # type: ignore[arg-type]
        self._session = None
        self._build(theme)
        self._edge.show()  # now: what is shown later by a layout takes no focus before

    @property
    def last(self) -> str:
        """Name of the screen in sight, or of the one that stood there and is not built anew yet."""
        return self._trail[-1][0] if self._trail else FIRST

    def show_last(self) -> None:
        """Show it again."""
        if self._trail:
            self._show(*self._trail[-1])

    def trouble(self, error: OirsError) -> None:
        """Say in a toast what did not work."""
        message = explain(error)
        self.say(Toast(f"{message.title} {message.advice}".strip(), tone=message.severity))

    def attach(self, kit: Kit) -> None:
        """Give the window its work and show the first screen."""
        from oirs_desktop.ui.window.reader import Reader  # noqa: PLC0415 - after the first paint

        self.kit = replace(kit, home=self.stack)
        self.reader = Reader(self)
        kit.tastes.changed.connect(self.ahead.changed)
        self.spelling = Spelling(self, kit)
        self._tick.start()
        self.refresh()
        self.go("meson", None)
        self.ahead.begin(FIRST_MS)

    def _show_session(self, session: Session) -> None:
        """Show who works where; a training office wears its frame."""
        self._session = session
        training = session.office.capacitacion
        self._edge.setObjectName("training" if training else "page")
        self._edge.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._edge.style().polish(self._edge)
        width = self.theme.px(FRAME_WIDTH) if training else 0
        self._column.setContentsMargins(width, width, width, width)
        self.header.show_session(session)

    def fail(self, error: OirsError) -> None:
        """Say on the page why the counter cannot be opened; the window stays so that it can be read."""
        message = explain(error)
        banner = Banner(self.theme, message.severity, message.title, message.advice)
        banner.setMaximumWidth(self.theme.px(640))
        self.stack.setCurrentIndex(self.stack.addWidget(centred(banner)))

    @property
    def current(self) -> Screen | None:
        """The screen in sight."""
        return self.screens.get(self._trail[-1][0]) if self._trail else None

    def go(self, name: str, argument: object = None) -> None:
        """Show a screen; ``back`` the one before. What was typed stays where it was typed."""
        if self.kit is None or self._did(name):
            return
        before = self.current
        if name == "ayuda" and before is not None:
            argument = argument or before.name
        if before is not None and before.name != name:
            before.scrolled = before.area.verticalScrollBar().value()
            before.leave()
        if name == FIRST:
            self._trail.clear()
        elif name == "nueva" or (name == "comprobante" and not isinstance(argument, bytes)):
            self._trail = [(FIRST, None)]  # from what is begun and from what was just made, Esc leads home
        self._trail = [step for step in self._trail if step[0] != name]
        self._trail.append((name, lasting(argument)))
        self._show(name, argument)

    def _did(self, name: str) -> bool:
        """Do what has a name like a screen and is none."""
        if name == "back":
            self.back()
        elif name == "reimprimir":
            self.copier.press()
        elif name == "guia":
            self.guide.begin()
        return name in {"back", "reimprimir", "guia"}

    def back(self) -> None:
        """Show the screen before this one; from the last one, the counter."""
        if len(self._trail) > 1:
            left = self.current
            if left is not None:
                left.leave()
            self._trail.pop()
            self._show(*self._trail[-1])
            if self.current is not None:
                self.current.scroll_back()
        elif self._trail and self._trail[-1][0] != FIRST:
            self.go(FIRST, None)

    def _show(self, name: str, argument: object) -> None:
        screen = self.screens.get(name) or self.make(name)
        left = name == FIRST and self._subject[0] == "nueva"
        if (left or name in OF_A_CASE) and (name, argument) != self._subject:
            self.toasts.clear(case_of(argument))  # they spoke of another case, or of a form put away
            self._subject = (name, argument)
        self.stack.setCurrentWidget(screen)
        screen.area.verticalScrollBar().setValue(0)
        self.header.mark(name)
        self.setWindowTitle(f"{screen.title} - OIRS" if screen.title else "OIRS")
        if name == "comprobante":
            self.refresh()  # one more waits to be sent, and there is a new last folio
        screen.enter(argument)
        self.toasts.place()

    def make(self, name: str, *parts: QWidget) -> Screen:
        """Build a screen, with what was typed in it before. ``parts``: of it that are built already."""
        if self.kit is None:
            raise RuntimeError(name)
        screen = make_screen(name, self.kit, *parts)
        screen.go.connect(self.go)
        screen.said.connect(self.say)
        screen.notices = self.toasts.history
        self.screens[name] = screen
        self.stack.addWidget(screen)
        if (typed := self.ahead.kept.pop(name, None)) is not None:
            screen.take_back(typed)
        return screen

    def _missed(self) -> None:
        waits = self.last == "nueva" and self.kit is not None and bool(self.kit.shelf.waiting)
        self.say(Toast(too_late(waits=waits), tone="warning"))

    def _show_focus(self) -> None:
        if self.current is not None:
            self.current.show_focus()

    def say(self, toast: Toast) -> None:
        """Show a toast."""
        self.toasts.add(toast)

    def refresh(self, cases: frozenset[bytes] = frozenset()) -> None:
        """Read the clock, the queue and the last folio again; tell the screen which cases changed."""
        kit = self.kit
        if kit is None:
            return
        if self._session is not kit.counter.desk.session:
            self._show_session(kit.counter.desk.session)
        self.header.show_time(kit.clock.now(), kit.zone)
        kit.tasks.run(lambda: read_facts(kit), self._show_facts, self._no_facts)
        if cases and self.current is not None:
            self.current.refresh(cases)

    def _show_facts(self, facts: Facts) -> None:
        kit = self.kit
        if kit is None:
            return
        now, connected = kit.clock.now(), kit.sync.connected
        self.strip.show_queue(facts.queue, now, kit.zone, connected=connected, documents=facts.documents)
        self.strip.show_silence(facts.silent, facts.queue.pending)
        self.strip.show_printer(facts.printer)
        if facts.folio:
            self.strip.show_folio(facts.folio)
        self.header.show_pending(facts.pending)

    def _no_facts(self, error: OirsError) -> None:
        message = explain(error)
        self.strip.queue.set("triangle-alert", f"{message.title} {message.advice}", "warning")

    def _sign(self, user: Funcionario) -> None:
        kit = self.kit
        if kit is None or user.id == (before := kit.counter.desk.session.user).id:
            return
        kit.counter.desk.sign_in(user)
        self._show_session(kit.counter.desk.session)
        said = tr("Ahora atiende {name}.").format(name=user.nombre)
        self.say(Toast(said, lambda: self._sign(before), "good"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back and never loses text."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.guide.escape():
                self.back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the toasts in their place."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.toasts.place)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the program to close its parts in order."""
        self._tick.stop()
        if self.kit is not None:
            self.spelling.close()
        self.closed.emit()
        super().closeEvent(event)
