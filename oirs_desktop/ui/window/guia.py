"""A guided first attention: a slim bar under the header that watches the real screens.

Nothing is played: each step is done when the form says so, in whatever way the official did it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import ICON_SIZE, Text
from oirs_desktop.ui.parts.widgets import KeyButton, PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.ui.form.nueva import Nueva
    from oirs_desktop.ui.window.frame import Window

LOOK_MS = 150
RUN = "12.345.678-5"
"""Of somebody invented who came before: her data appear by themselves."""
BEGIN = tr("Presione F2 (Nueva), o haga clic en ese botón.")
DONE = tr("Bien hecho: el caso tiene folio y comprobante.")
NEXT = tr("Ahora búsquelo con F3, respóndalo con F6 y al final cierre el día con F12.")


class Step(NamedTuple):
    """``done``: whether the form shows that it was done."""

    text: str
    done: Callable[[Nueva], bool]


def _who(form: Nueva) -> bool:
    return not form.quien.line.asked and not form.quien.problems(form.que.kind())


def _topic(form: Nueva) -> bool:
    return bool(form.que.text("materia")) and not form.que.materia.hasFocus()


def _story(form: Nueva) -> bool:
    return bool(form.que.text("relato").strip()) and not form.que.relato.box.hasFocus()


def _outcome(form: Nueva) -> bool:
    return not form.termina.problems()


STEPS = (
    Step(tr("Escriba el RUN {run} y presione Enter: es alguien que ya vino.").format(run=RUN), _who),
    Step(tr("Materia: escriba «subsidio», elija con las flechas y presione Enter."), _topic),
    Step(tr("Vaya con Tab a Relato, escriba qué pide la persona y presione Tab."), _story),
    Step(tr("Vaya con Tab a Respuesta y escriba lo que usted le dijo."), _outcome),
)
LAST = tr("Termine de escribir y presione Ctrl+Enter para registrar.")
COUNT = len(STEPS) + 2


class Guia(QFrame):
    """The bar. It takes no focus and keeps no key but Esc, which lets it go."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        theme = window.theme
        self._window = window
        self.step = 0
        """Which step is shown, from 1; 0: none; beyond ``COUNT``: the end."""
        self.setObjectName("guide")
        self.setProperty("ringHost", True)
        self.sign, self.place = PlainLabel(), PlainLabel(role=Text.STRONG)
        self.sign.setPixmap(pixmap("lightbulb", theme.tokens.accent, theme.px(ICON_SIZE)))
        self.words = PlainLabel(wrap=True)
        self.stop = KeyButton(theme, tr("Dejar la práctica"), icon="x", kind="link")
        self.stop.show_key("Esc")
        self.stop.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.stop.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), theme.px(4), theme.px(24), theme.px(4))
        row.setSpacing(theme.px(12))
        row.addWidget(self.sign)
        row.addWidget(self.place)
        row.addWidget(self.words, 1)
        row.addWidget(self.stop)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)
        self.hide()

    @property
    def going(self) -> bool:
        """Whether a practice is under way."""
        return self.step > 0

    def begin(self, step: int = 1) -> None:
        """Show the first step, or the one where it was."""
        self.step = 0
        self.tell(step)
        self.show()
        self._look.start()
        self.look()

    def leave(self) -> None:
        """Take the bar away."""
        self.step = 0
        self._look.stop()
        self.hide()

    def escape(self) -> bool:
        """Let Esc leave the practice; False where it means something else: out of the help, it leads back."""
        screen = self._window.current
        if not self.going or (screen is not None and screen.name == "ayuda"):
            return False
        self.leave()
        return True

    def look(self) -> None:
        """See how far the official has come."""
        screen = self._window.current
        name = screen.name if screen is not None else ""
        if self.step > COUNT:
            if name == "nueva":
                self.leave()  # the next person is served: no more words
        elif name == "nueva":
            form = cast("Nueva", screen)
            open_steps = [place for place, step in enumerate(STEPS, 2) if not step.done(form)]
            self.tell(open_steps[0] if open_steps else COUNT)
        elif name == "comprobante" and self.step > 1:
            self.tell(COUNT + 1)
        elif name != "ayuda":
            self.tell(1)

    def tell(self, step: int) -> None:
        """Show a step."""
        if step == self.step:
            return
        self.step = step
        over = step > COUNT
        texts = (BEGIN, *(one.text for one in STEPS), LAST, f"{DONE} {NEXT}")
        self.place.setText("" if over else tr("{n} de {all}").format(n=step, all=COUNT))
        self.place.setVisible(not over)
        self.words.setText(texts[step - 1])
        self.setAccessibleName(f"{self.place.text()} {texts[step - 1]}".strip())
        self.stop.setText(tr("Terminar") if over else tr("Dejar la práctica"))
        self.stop.setAccessibleName(self.stop.text())
        self.stop.updateGeometry()
