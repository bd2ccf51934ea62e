"""The line at the foot: connection and queue, printer, last folio; words with icons, nothing blinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from oirs_desktop.ui.look.i18n import later, moment, number, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.widgets import IconLabel
from oirs_desktop.ui.texts.silence import SILENT_S, silence

if TYPE_CHECKING:
    from oirs_desktop.store import QueueState
    from oirs_desktop.ui.look.theme import Theme

CAUSES = {
    "device_refused": later("La central no reconoce este equipo"),
    "device_forgotten": later("La central no conoce este equipo"),
    "not_our_server": later("Respondió otra página, no la central"),
    "sync_stopped": later("Envío detenido"),
}
"""Why nothing goes through, where that is not the line."""
SHORT = {
    "device_refused": later("Equipo no reconocido"),
    "device_forgotten": later("Equipo desconocido"),
    "not_our_server": later("No respondió la central"),
}
"""The same where there is little room; all of it is read on the screen of the outbox."""


class Strip(QWidget):
    """What an official may want to know without asking; it never takes the focus."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Estado del equipo"))
        self.queue = IconLabel(theme, "hourglass", tr("Abriendo…"), Text.SMALL)
        self.printer = IconLabel(theme, role=Text.SMALL)
        self.folio = IconLabel(theme, role=Text.SMALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        row.setSpacing(theme.px(24))
        row.addWidget(self.queue, 7)
        row.addWidget(self.printer, 5)
        row.addWidget(self.folio, 6)

    def show_queue(
        self, state: QueueState, now: int, zone: str, *, connected: bool, documents: int = 0
    ) -> None:
        """Say the truth about the line. ``now``: ms UTC; ``documents``: of ours that the centre lacks."""
        last = moment(state.last_success, zone, now) if state.last_success else ""
        waiting = tr("{count} por enviar").format(count=number(state.pending))
        tail = waiting if state.pending else tr("nada por enviar")
        if state.last_error in CAUSES:
            cause = tr(CAUSES[state.last_error])
            short = tr(SHORT.get(state.last_error, CAUSES[state.last_error]))
            self.queue.set("triangle-alert", f"{cause} · {tr('siga atendiendo')}, {tail}", "warning", short)
        elif not connected:
            since = (
                tr("Sin conexión desde {since}").format(since=_clock(last)) if last else tr("Sin conexión")
            )
            words, short = f"{since} · {tr('siga atendiendo')}, {tail}", f"{tr('Sin conexión')} · {tail}"
            self.queue.set("cloud-off", words, "warning", short)
        elif state.pending:
            self.queue.set("refresh-cw", f"{tr('Conectado')} · {waiting}", "accent")
        elif documents:
            missing = tr("{count} documentos por enviar") if documents > 1 else tr("1 documento por enviar")
            missing = missing.format(count=number(documents))
            self.queue.set("refresh-cw", f"{tr('Conectado')} · {missing}", "accent", missing)
        elif state.agreed:
            short = f"{tr('Conectado')} · {tr('todo entregado')}"
            words = f"{tr('Conectado')} · {tr('todo entregado a las {last}').format(last=last)}"
            self.queue.set("wifi", words if ":" in last[:3] else short, "good", short)
        else:
            self.queue.set("wifi", f"{tr('Conectado')} · {tail}", "muted")

    def show_silence(self, seconds: float, pending: int) -> None:
        """Say that the centre has not answered for so long; nothing before ten seconds."""
        if seconds < SILENT_S:
            return
        waits = silence(seconds)
        tail = tr("{count} por enviar").format(count=number(pending)) if pending else tr("nada por enviar")
        self.queue.set("hourglass", f"{waits} · {tr('siga atendiendo')}, {tail}", "warning", waits)

    def show_printer(self, printer: str | None) -> None:
        """Name the printer, or say that receipts are kept as files."""
        if printer:
            self.printer.set("printer-check", tr("Impresora lista"), "good", tr("Impresora"))
            self.printer.setToolTip(printer)
        else:
            self.printer.set("printer", tr("Sin impresora: se guarda PDF"), "muted", tr("Sin impresora"))

    def show_folio(self, grouped: str) -> None:
        """Keep the last folio in sight."""
        self.folio.set("receipt-text", tr("Último {folio}").format(folio=grouped), "muted", grouped)


def _clock(last: str) -> str:
    return tr("las {hour}").format(hour=last) if last[:2].isdigit() else last
