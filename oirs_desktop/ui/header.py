"""The top of the window: who works where and when, and the keys of the daily actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from oirs_desktop.ui.choices import Choice
from oirs_desktop.ui.i18n import hour, later, local, number, short_day, tr
from oirs_desktop.ui.theme import Text
from oirs_desktop.ui.widgets import ElidedLabel, IconLabel, KeyButton, PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from oirs_core.domain.events import Funcionario
    from oirs_desktop.session import Session
    from oirs_desktop.ui.theme import Theme

KEYS = (
    ("nueva", later("Nueva"), "F2", "file-plus"),
    ("busqueda", later("Buscar"), "F3", "search"),
    ("pendientes", later("Pendientes"), "F8", "list-todo"),
    ("envio", later("Envío de datos"), "F10", "send"),
    ("ayuda", later("Ayuda"), "F1", "circle-question-mark"),
)
"""Screen, words, key, icon. Keys never change between versions."""
MORE_KEYS = (
    ("reimprimir", later("Reimprimir"), "F9", "printer"),
    ("cierre", later("Cierre"), "F12", "file-check"),
)
"""The same for those that are left out of a narrow header: their keys always work."""

SHORT = {"envio": later("Envío"), "ayuda": ""}
"""Words of the compact header where they differ; the key stays."""

ROOMY = 900
"""Narrower than this (100 % design) the header is compact."""


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
        self._compact: bool | None = None
        self._esc_home = True
        self._users: tuple[Funcionario, ...] = ()
        self.brand = PlainLabel("OIRS", Text.BRAND)
        self.home = KeyButton(theme, tr("Inicio"), "Alt+Home", icon="house", kind="key")
        self.home.setAccessibleName(tr("Inicio: volver al mesón"))
        self.home.setCheckable(True)
        self.home.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.home.clicked.connect(lambda: self.chosen.emit("meson"))
        self.training = PlainLabel(tr("CAPACITACIÓN"))
        self.training.setObjectName("training")
        self.training.setContentsMargins(theme.px(10), theme.px(2), theme.px(10), theme.px(2))
        self.training.hide()
        self.office = ElidedLabel("", Text.STRONG)
        self.counter = PlainLabel("", Text.MUTED)
        self.official = IconLabel(theme, role=Text.BODY)
        self.officials = Choice(theme, ())
        self.officials.setAccessibleName(tr("Quién atiende"))
        # On Linux a folded list is called by its value; what it is for is read from here.
        self.officials.setAccessibleDescription(tr("Quién atiende"))
        self.officials.setProperty("kind", "header")
        self.officials.activated.connect(lambda place: self.signed.emit(self._users[place]))
        self.officials.hide()
        self.official.hide()
        self.clock = PlainLabel("", Text.STRONG)
        self.day = PlainLabel("", Text.MUTED)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(10))
        column.setSpacing(theme.px(10))
        column.addLayout(self._facts())
        column.addLayout(self._keys())

    def _facts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(16))
        row.addWidget(self.brand)
        row.addWidget(self.training)
        row.addWidget(self.office, 1)
        row.addWidget(self.counter)
        row.addWidget(self.official)
        row.addWidget(self.officials)
        row.addWidget(self.clock)
        row.addWidget(self.day)
        return row

    def _keys(self) -> QHBoxLayout:
        row = self._key_row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        self.keys: dict[str, KeyButton] = {}
        self._group = QButtonGroup(self)
        self._group.addButton(self.home)
        row.addWidget(self.home)
        for name, words, key, icon in KEYS:
            if name == "ayuda":
                row.addStretch(1)
            button = KeyButton(self._theme, tr(words), key, icon=icon, kind="key")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self.keys[name] = button
            row.addWidget(button)
            if name == "envio":
                self._more_keys(row)
        return row

    def _more_keys(self, row: QHBoxLayout) -> None:
        self.more: dict[str, KeyButton] = {}
        for name, words, key, icon in MORE_KEYS:
            button = KeyButton(self._theme, tr(words), key, icon=icon, kind="key")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            for shortcut in button.shortcuts:
                shortcut.setParent(self)  # a hidden button has no keys
                shortcut.activated.disconnect()
                shortcut.activated.connect(lambda name=name: self.chosen.emit(name))
            button.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            button.setCheckable(name == "cierre")
            self.more[name] = button
            row.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is said elsewhere when there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Try the whole row, then without ``MORE_KEYS``, then with few words and no icons."""
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for more, compact in ((True, False), (False, False), (False, True)):
            for button in self.more.values():
                button.setVisible(more)
            self._use(compact=compact)
            self._key_row.invalidate()
            if self._key_row.sizeHint().width() <= room and room >= self._theme.px(ROOMY):
                break

    def _use(self, *, compact: bool) -> None:
        if compact is self._compact:
            return
        self._compact = compact
        for name, words, _, icon in KEYS:
            self.keys[name].set_icon("" if compact else icon)
            if name in SHORT:
                self.keys[name].setText(tr(SHORT[name] if compact else words))
        self.home.setText("" if compact else tr("Inicio"))
        self._show_esc()
        self.day.setVisible(not compact)
        self.counter.setVisible(not compact)
        self.brand.setVisible(not compact)

    def _show_esc(self) -> None:
        """Show the key only where one Esc leads to the counter."""
        shown = "" if self._compact else "Esc" if self._esc_home else "Alt+Inicio"
        self.home.show_key(shown)

    def mark(self, name: str, *, esc_home: bool = True) -> None:
        """Show which of the keys led here. ``esc_home``: whether one Esc leads to the counter."""
        self._esc_home = esc_home
        self._show_esc()
        self._fit()
        self._group.setExclusive(False)
        for other, button in self.keys.items():
            button.setChecked(other == name)
        self.home.setChecked(name == "meson")
        self.more["cierre"].setChecked(name == "cierre")

    def show_session(self, session: Session) -> None:
        """Show office, counter and official."""
        office = session.office
        self.office.setText(office.nombre)
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

    def show_time(self, now: int, zone: str) -> None:
        """Show the time of the office. ``now``: ms UTC."""
        here = local(now, zone)
        self.clock.setText(hour(here))
        self.day.setText(short_day(here.date()))

    def show_pending(self, count: int) -> None:
        """Put the number of open cases on their key."""
        words = tr("Pendientes")
        self.keys["pendientes"].setText(f"{words} {number(count)}" if count else words)
        self.keys["pendientes"].updateGeometry()
        self._fit()
