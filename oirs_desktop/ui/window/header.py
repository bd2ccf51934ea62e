"""The top of the window: who works where and when, and the keys of the daily actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from oirs_desktop.ui.look.i18n import hour, later, local, number, short_day, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.choices import Choice
from oirs_desktop.ui.parts.fields import ENTER, plain
from oirs_desktop.ui.parts.widgets import ElidedLabel, IconLabel, KeyButton, PlainLabel, restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from oirs_core.domain.events import Funcionario
    from oirs_desktop.session import Session
    from oirs_desktop.ui.look.theme import Theme

KEYS = (
    ("nueva", later("Nueva"), "F2", "file-plus"),
    ("busqueda", later("Buscar"), "F3", "search"),
    ("pendientes", later("Pendientes"), "F8", "list-todo"),
    ("envio", later("Envío de datos"), "F10", "send"),
    ("reimprimir", later("Reimprimir"), "F9", "printer"),
    ("cierre", later("Cierre"), "F12", "file-check"),
    ("ayuda", later("Ayuda"), "F1", "circle-question-mark"),
)
"""Screen, words, key, icon. Keys never change between versions, and all are in sight at every width."""
SHORT = {"envio": later("Envío")}
"""Fewer words, where there is no room for all."""
FIRST_WORDS = ("nueva", "ayuda", "busqueda", "pendientes", "cierre", "reimprimir", "envio")
"""Whose words stay first where there is no room for all: the others show their icon and their key."""
HOME_KEY = "Alt+Inicio"
OFFICIAL_KEY = "Ctrl+O"
MOST_DIGITS = "99"
"""The key of the pending cases has room for them from the start."""
GAP, TIGHT_GAP = 8, 4
SIDE, TIGHT_SIDE = 24, 12

ROOMY = 900
"""Narrower than this (100 % design) brand, counter and day are left out."""


class Officials(Choice):
    """Who works here: only a list that is open changes it, and the focus goes back to where it was."""

    def __init__(self, theme: Theme, options: tuple[tuple[object, str], ...]) -> None:
        super().__init__(theme, options)
        self._before: QWidget | None = None
        # Where a control ends with the focus in it, Qt passes that on: never to this one.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._key = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_O), self)
        self._key.activated.connect(self.showPopup)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the list; no key changes who works while it is folded."""
        if event.key() in {*ENTER, Qt.Key.Key_Space} and plain(event):
            self.showPopup()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()

    def showPopup(self) -> None:
        """Remember where one was."""
        focused = QApplication.focusWidget()
        if focused is not self:
            self._before = focused
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        super().showPopup()
        self.view().window().installEventFilter(self)  # Esc closes the list past ``hidePopup``

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back to where one was when the list closes, after Qt gave the focus to this one."""
        if event.type() is QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._go_back)
        return super().eventFilter(watched, event)

    def _go_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            self.window().activateWindow()
            before.setFocus(Qt.FocusReason.OtherFocusReason)


class Header(QWidget):
    """Office, counter, official, clock; under them the key row."""

    chosen = Signal(str)
    """Name of the screen whose key was pressed."""

    signed = Signal(object)
    """The official chosen in training."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ringHost", True)
        self._theme = theme
        self._pending = 0
        self._users: tuple[Funcionario, ...] = ()
        self.brand = PlainLabel("OIRS", Text.BRAND)
        self.home = self._home(theme)
        self.training = PlainLabel(tr("CAPACITACIÓN"))
        self.training.setObjectName("training")
        self.training.setContentsMargins(theme.px(10), theme.px(2), theme.px(10), theme.px(2))
        self.training.hide()
        self.office = ElidedLabel("", Text.STRONG)
        self.counter = PlainLabel("", Text.MUTED)
        self.official = IconLabel(theme, role=Text.BODY)
        self.officials = Officials(theme, ())
        self.officials.setAccessibleName(tr("Quién atiende"))
        self.officials.setToolTip(f"{tr('Quién atiende')}  {OFFICIAL_KEY}")
        # On Linux a folded list is called by its value; what it is for is read from here.
        self.officials.setAccessibleDescription(tr("Quién atiende"))
        self.officials.setProperty("kind", "header")
        self.officials.activated.connect(lambda place: self.signed.emit(self._users[place]))
        self.official_key = PlainLabel(OFFICIAL_KEY, Text.MUTED)
        self.official_key.hide()
        self.officials.hide()
        self.official.hide()
        self.clock = PlainLabel("", Text.STRONG)
        self.day = PlainLabel("", Text.MUTED)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(SIDE), theme.px(8), theme.px(SIDE), theme.px(10))
        column.setSpacing(theme.px(10))
        column.addLayout(self._facts())
        column.addLayout(self._keys())

    def _home(self, theme: Theme) -> KeyButton:
        home = KeyButton(theme, tr("Inicio"), "Alt+Home", icon="house", kind="key")
        home.show_key(HOME_KEY)
        home.setToolTip(f"{tr('Inicio: volver al mesón')}  {HOME_KEY}")
        home.setAccessibleName(tr("Inicio: volver al mesón"))
        home.setCheckable(True)
        home.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        home.clicked.connect(lambda: self.chosen.emit("meson"))
        return home

    def _facts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(16))
        row.addWidget(self.brand)
        row.addWidget(self.training)
        row.addWidget(self.office, 1)
        row.addWidget(self.counter)
        row.addWidget(self.official)
        row.addWidget(self.officials)
        row.addWidget(self.official_key)
        row.addWidget(self.clock)
        row.addWidget(self.day)
        return row

    def _keys(self) -> QHBoxLayout:
        row = self._key_row = QHBoxLayout()
        row.setSpacing(self._theme.px(GAP))
        self.keys: dict[str, KeyButton] = {}
        self._group = QButtonGroup(self)
        self._group.addButton(self.home)
        row.addWidget(self.home)
        for name, words, key, icon in KEYS:
            if name == "ayuda":
                row.addStretch(1)
            button = KeyButton(self._theme, tr(words), key, icon=icon, kind="key")
            button.setCheckable(name != "reimprimir")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setToolTip(f"{tr(words)}  {key}")
            button.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self.keys[name] = button
            row.addWidget(button)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is said elsewhere when there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Try icon and words for all, then nearer to each other, then words for as many as there is room for.

        The counter's own key is the first to go: it stands in the tool tip.
        """
        roomy = self.width() - 2 * self._theme.px(SIDE) >= self._theme.px(ROOMY)
        for part in (self.brand, self.counter, self.day):
            part.setVisible(roomy)
        self.official_key.setVisible(roomy and not self.officials.isHidden())
        whole = {name: tr(words) for name, words, *_ in KEYS}
        for tight_gap, home_key in ((False, HOME_KEY), (True, HOME_KEY), (True, "")):
            self._use(whole, tight=False)
            self._key_row.setSpacing(self._theme.px(TIGHT_GAP if tight_gap else GAP))
            self._show_home_key(home_key)
            if self._fits():
                return
        shown: dict[str, str] = {}
        for name in FIRST_WORDS:
            for words in (whole[name], tr(SHORT.get(name, ""))):
                self._use(shown | {name: words}, tight=True)
                if words and self._fits():
                    shown[name] = words
                    break
        self._use(shown, tight=True)
        self._word_home()

    def _word_home(self) -> None:
        """Give the way home its word where that fits too."""
        self.home.set_icon("")
        self.home.setText(tr("Inicio"))
        if not self._fits():
            self.home.set_icon("house")
            self.home.setText("")

    def _fits(self) -> bool:
        """Tell whether the row of keys is wide enough."""
        margins, buttons = self._column.contentsMargins(), (self.home, *self.keys.values())
        gaps = (len(buttons) - 1) * self._key_row.spacing()
        needed = sum(button.sizeHint().width() for button in buttons)
        return needed + gaps <= self.width() - margins.left() - margins.right()

    def _use(self, worded: dict[str, str], *, tight: bool) -> None:
        """Show these words; of the other keys the icon. ``tight``: as narrow as can be."""
        px = self._theme.px
        side = px(TIGHT_SIDE if tight else SIDE)
        self._column.setContentsMargins(side, px(8), side, px(10))
        self._key_row.setSpacing(px(TIGHT_GAP if tight else GAP))
        for name, _, _, icon in KEYS:
            button, count, words = self.keys[name], self._count(name), worded.get(name, "")
            restyle(button, "tight", tight)
            button.set_icon("" if tight and words else icon)
            button.setText(f"{words} {count}".strip())
            if name == "pendientes":
                button.reserve(f"{words} {MOST_DIGITS}".strip())
        restyle(self.home, "tight", tight)
        self.home.set_icon("house")
        self.home.setText("" if tight else tr("Inicio"))
        self._show_home_key("" if tight else HOME_KEY)

    def _show_home_key(self, name: str) -> None:
        self.home.show_key(name)
        self.home.setAccessibleDescription(HOME_KEY)  # whoever listens hears it at every width

    def _count(self, name: str) -> str:
        return number(self._pending) if name == "pendientes" and self._pending else ""

    def mark(self, name: str) -> None:
        """Show which of the keys led here."""
        self._group.setExclusive(False)
        for other, button in self.keys.items():
            button.setChecked(other == name)
        self.home.setChecked(name == "meson")

    def show_session(self, session: Session) -> None:
        """Show office, counter and official."""
        office = session.office
        self.office.setText(office.nombre)
        self.office.setAccessibleName(office.nombre)
        self.counter.setText(session.enrolment.name)
        self.training.setVisible(office.capacitacion)
        self._users = office.funcionarios
        choice = office.capacitacion and len(self._users) > 1
        self.official.set("user", session.user.nombre)
        self.official.setVisible(not choice)
        self.officials.setVisible(choice)
        self.officials.clear()
        for user in self._users:
            self.officials.addItem(user.nombre, user)
        names = [user.id for user in self._users]
        if session.user.id in names:
            self.officials.setCurrentIndex(names.index(session.user.id))
        self._fit()

    def show_time(self, now: int, zone: str) -> None:
        """Show the time of the office. ``now``: ms UTC."""
        here = local(now, zone)
        self.clock.setText(hour(here))
        self.day.setText(short_day(here.date()))

    def show_pending(self, count: int) -> None:
        """Put the number of open cases on their key."""
        if count == self._pending:
            return
        self._pending = count
        self.keys["pendientes"].setAccessibleName(f"{tr('Pendientes')} {self._count('pendientes')}".strip())
        self._fit()
