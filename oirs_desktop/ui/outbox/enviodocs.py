"""Documents on their way: how many wait, what went today, the switch, and those that cannot go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.outbox.enviowords import BLOCKED, documents_line
from oirs_desktop.ui.parts.widgets import Card, KeyButton, PlainLabel, restyle

if TYPE_CHECKING:
    from oirs_desktop.store.blobs import Blocked
    from oirs_desktop.ui.kit.screen import Kit
    from oirs_desktop.ui.kit.sending import Sending

SHOWN = 5
RETRIED = frozenset({"hash", "gone"})
"""Reasons after which the same bytes may go through."""


class DocumentsCard(Card):
    """Shown while there is anything to say of documents."""

    opened = Signal(bytes)
    """A case."""

    changed = Signal()
    """Something was switched: read again."""

    def __init__(self, kit: Kit) -> None:
        theme = kit.theme
        super().__init__(theme, tr("Documentos"))
        self._kit = kit
        self._shown: tuple[object, ...] = ()
        self._paused = False
        self.said = PlainLabel("", wrap=True)
        self.switch = KeyButton(theme, tr("Pausar documentos"), "Alt+P", icon="hourglass")
        self.switch.clicked.connect(self._switch)
        self.blocked = QVBoxLayout()
        self.blocked.setSpacing(theme.px(8))
        self.column.addWidget(self.said)
        self.column.addLayout(self.blocked)
        self.column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def tell(self, sending: Sending) -> None:
        """Say how documents stand."""
        waiting = sending.documents
        if waiting is None:
            return
        stuck = tuple(one for one in waiting.blocked if one.sha not in sending.settled)
        self.setVisible(bool(waiting.count or stuck or waiting.paused or waiting.sent_today))
        self.said.setText(documents_line(waiting))
        self._paused = waiting.paused
        self.switch.setText(tr("Seguir con documentos") if waiting.paused else tr("Pausar documentos"))
        self.switch.setAccessibleName(self.switch.text())
        self.switch.set_icon("send" if waiting.paused else "hourglass")
        self.switch.setVisible(bool(waiting.count or waiting.paused))
        if stuck[: SHOWN + 1] != self._shown:
            self._shown = stuck[: SHOWN + 1]
            self._list(stuck)

    def _list(self, stuck: tuple[Blocked, ...]) -> None:
        _empty(self.blocked)
        for one in stuck[:SHOWN]:
            self.blocked.addLayout(self._line(one))
        if len(stuck) > SHOWN:
            more = tr("Hay {count} más; aparecen al resolver estos.").format(count=len(stuck) - SHOWN)
            self.blocked.addWidget(PlainLabel(more, Text.SMALL))

    def _line(self, one: Blocked) -> QVBoxLayout:
        theme = self._kit.theme
        line = QVBoxLayout()
        line.setSpacing(theme.px(4))
        name = PlainLabel(tr("Detenido: {name}").format(name=one.name), Text.STRONG, wrap=True)
        restyle(name, "tone", "warning")
        line.addWidget(name)
        line.addWidget(PlainLabel(tr(BLOCKED.get(one.reason, BLOCKED["hash"])), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        buttons = [KeyButton(theme, tr("Abrir el caso"), icon="arrow-right", kind="link")]
        buttons[0].clicked.connect(lambda: self.opened.emit(one.entity))
        if one.reason in RETRIED or one.reason not in BLOCKED:
            again = KeyButton(theme, tr("Probar de nuevo"), icon="refresh-cw", kind="link")
            again.clicked.connect(lambda: self._retry(one.sha))
            buttons.insert(0, again)
        else:
            seen = KeyButton(theme, tr("Dar por visto"), icon="check", kind="link")
            seen.clicked.connect(lambda: self._settle(one.sha))
            buttons.append(seen)
        for button in buttons:
            button.setAccessibleName(f"{button.text()}: {one.name}")
            row.addWidget(button)
        row.addStretch(1)
        line.addLayout(row)
        return line

    def _switch(self) -> None:
        sync, on = self._kit.sync, not self._paused

        def done(_: None) -> None:
            if not on:
                sync.wake()
            self.changed.emit()

        self._kit.tasks.run(lambda: sync.pause_documents(on=on), done, lambda _: None)

    def _retry(self, sha: bytes) -> None:
        sync = self._kit.sync

        def done(_: None) -> None:
            sync.wake()
            self.changed.emit()

        self._kit.tasks.run(lambda: sync.retry_document(sha), done, lambda _: None)

    def _settle(self, sha: bytes) -> None:
        sync = self._kit.sync
        self._kit.tasks.run(lambda: sync.settle(sha), lambda _: self.changed.emit(), lambda _: None)


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout):
            _empty(inner)
            inner.deleteLater()
