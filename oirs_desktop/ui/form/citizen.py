"""What will be filed, in large type, for the person across the counter to read and confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from oirs_core.domain.kinds import Medio, Salida
from oirs_core.domain.phone import pretty_phone
from oirs_desktop.ui.lists.timeline import breakable
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import FRAME_WIDTH, PAGE_WIDTH, Text
from oirs_desktop.ui.parts.fields import ENTER, plain
from oirs_desktop.ui.parts.widgets import ElidedLabel, KeyButton, PlainLabel, PrimaryButton
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.lines import NOBODY

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QScreen

    from oirs_desktop.ui.form.nueva import Nueva
    from oirs_desktop.ui.look.theme import Theme

LABELS = 200
"""Width of the column of headings (100 % design)."""
NAME = ("nombres", "apellido_paterno", "apellido_materno")


@dataclass(frozen=True)
class Reading:
    """What the person reads: small headings with their texts, in reading order; empty texts are left out."""

    parts: tuple[tuple[str, str], ...]


class Citizen(QWidget):
    """Covers the window, or fills a second screen. Enter: found right; Esc: something is to be mended.

    Nobody agrees to what was not shown: while there is more below, Enter shows it first.
    """

    closed = Signal(bool)
    """Whether the person agreed."""

    def __init__(self, window: QWidget, theme: Theme, reading: Reading, *, training: bool = False) -> None:
        """``training``: nothing of this is real, and the page wears the frame that says so."""
        super().__init__(window)
        self._window = window
        self.setObjectName("training" if training else "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ringHost", True)
        self.setWindowTitle(tr("Revise lo que se va a registrar"))
        self.setAccessibleName(self.windowTitle())
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setProperty("noRing", True)
        spoken = [f"{label}: {text}" for label, text in reading.parts if text]
        self.area.setAccessibleName(". ".join([self.windowTitle(), *spoken]))
        self.area.setWidget(_page(theme, self.windowTitle(), reading))
        column = QVBoxLayout(self)
        width = theme.px(FRAME_WIDTH) if training else 0
        column.setContentsMargins(width, width, width, width)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(self._foot(theme))
        bar = self.area.verticalScrollBar()
        bar.valueChanged.connect(self._look)
        bar.rangeChanged.connect(self._look)
        self._look()

    def _foot(self, theme: Theme) -> QWidget:
        foot = QWidget()
        foot.setObjectName("strip")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setProperty("ringHost", True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(*[theme.px(16)] * 4)
        row.setSpacing(theme.px(16))
        self.mend = KeyButton(theme, tr("Hay que corregir"), icon="pencil")
        self.mend.show_key("Esc")
        self.mend.clicked.connect(lambda: self.leave(agreed=False))
        self.agree = PrimaryButton(theme, tr("Está bien así"), "Enter", icon="check")
        self.agree.clicked.connect(self._agree)
        self.more = ElidedLabel(tr("AvPág: sigue más abajo"), Text.STRONG)
        self.more.short = tr("AvPág: sigue")
        row.addWidget(self.more)
        row.addStretch(1)
        row.addWidget(self.mend)
        row.addWidget(self.agree)
        return foot

    @property
    def below(self) -> bool:
        """Whether there is more to read."""
        bar = self.area.verticalScrollBar()
        return bar.value() < bar.maximum()

    def _look(self) -> None:
        self.more.setVisible(self.below)
        words = tr("Seguir leyendo") if self.below else tr("Está bien así")
        self.agree.setText(words)
        self.agree.setAccessibleName(words)
        self.agree.updateGeometry()

    def _agree(self) -> None:
        if self.below:
            self.area.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
        else:
            self.leave(agreed=True)

    def appear(self) -> None:
        """Fill the screen of the person when there is one, else the window."""
        other = second_screen(self._window)
        if other is not None:
            self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
            self.setGeometry(other.geometry())
            self.showFullScreen()
            self.activateWindow()
        else:
            self._window.installEventFilter(self)
            self.setGeometry(self._window.rect())
            self.show()
            self.raise_()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self, *, agreed: bool) -> None:
        """Give the window back."""
        self.hide()
        self.closed.emit(agreed)
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the window."""
        if watched is self._window and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def event(self, event: QEvent) -> bool:
        """Keep every key here: what lies under the page must not be registered or left by it."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter agrees, Esc goes back; arrows scroll; no other key does anything."""
        if event.key() in ENTER and plain(event) and not event.isAutoRepeat():
            self._agree()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave(agreed=False)
        event.accept()


def second_screen(window: QWidget) -> QScreen | None:
    """Give a screen that the window is not on."""
    return next((screen for screen in QApplication.screens() if screen is not window.screen()), None)


def _page(theme: Theme, title: str, reading: Reading) -> QWidget:
    page, column = QWidget(), QWidget()
    page.setObjectName("page")
    column.setMaximumWidth(theme.px(PAGE_WIDTH))
    rows = QGridLayout(column)
    rows.setContentsMargins(*[theme.px(24)] * 4)
    rows.setVerticalSpacing(theme.px(14))
    rows.setHorizontalSpacing(theme.px(24))
    rows.setColumnMinimumWidth(0, theme.px(LABELS))
    rows.setColumnStretch(1, 1)
    rows.addWidget(PlainLabel(title, Text.READ_TITLE, wrap=True), 0, 0, 1, 2)

    def ascent(role: Text) -> int:
        return QFontMetrics(theme.font(role)).ascent()

    tallest = ascent(Text.READ)
    shown = [(label, text) for label, text in reading.parts if text]
    for place, row in enumerate(shown, 1):
        for column_of, (words_of, role) in enumerate(zip(row, (Text.READ_LABEL, Text.READ), strict=True)):
            part = PlainLabel(breakable(words_of), role, wrap=True)
            part.setAlignment(Qt.AlignmentFlag.AlignTop)
            part.setContentsMargins(0, tallest - ascent(role), 0, 0)  # both stand on one line
            rows.addWidget(part, place, column_of)
    rows.setRowStretch(len(shown) + 1, 1)
    centred = QHBoxLayout(page)
    centred.setContentsMargins(0, 0, 0, 0)
    centred.addStretch(1)
    centred.addWidget(column, 1000)
    centred.addStretch(1)
    return page


def reading_of(form: Nueva) -> Reading:
    """Take what the person must know from the form as it stands, complete or not."""
    quien, que, termina = form.quien, form.que, form.termina
    name = " ".join(filter(None, (quien.text(part) for part in NAME)))
    kind, topic, salida = words.KINDS[que.kind()], que.topic().texto, termina.salida()
    destino = termina.destination()
    how = words.capital(words.MEDIOS[quien.medio()])
    persona, body = quien.persona(), que.body_named()
    contact = persona.direccion if quien.medio() is Medio.CARTA else ""
    return Reading(
        (
            (tr("A nombre de"), name or NOBODY),
            (tr("Teléfono"), pretty_phone(persona.telefono)),
            (tr("Correo"), persona.correo),
            (kind, topic),
            (tr("De quién se trata"), body.nombre if body is not None else ""),
            (tr("Lo que usted cuenta"), que.text("relato")),
            (tr("Nuestra respuesta"), termina.text("respuesta") if salida is Salida.RESPONDIDA else ""),
            (tr("Se deriva a"), destino.nombre if destino is not None else ""),
            (tr("Le respondemos"), f"{how}: {contact}" if contact else how),
        )
    )


def show_to_person(form: Nueva) -> Citizen:
    """Show the form to the person; afterwards the focus is where the next step is."""
    training = form.kit.counter.desk.session.office.capacitacion
    page = Citizen(form.window(), form.kit.theme, reading_of(form), training=training)

    def back(agreed: bool) -> None:  # noqa: FBT001 - Qt's signal
        form.window().activateWindow()
        (form.register if agreed else form.que.relato.box).setFocus(Qt.FocusReason.OtherFocusReason)

    page.closed.connect(back)
    page.appear()
    return page
