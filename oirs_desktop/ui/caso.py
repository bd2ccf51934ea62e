"""One case: its head, the acts at its left, its history in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from oirs_desktop.ui.acts import FORMS, ActPanel, Typed
from oirs_desktop.ui.casehead import CaseHead
from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.rail import REPRINT, Rail
from oirs_desktop.ui.screen import Kit, Screen
from oirs_desktop.ui.stories import FLAGS, Place, stories
from oirs_desktop.ui.term import CaseView, read_view
from oirs_desktop.ui.theme import Text
from oirs_desktop.ui.timeline import Timeline
from oirs_desktop.ui.toast import Toast
from oirs_desktop.ui.widgets import Banner, EmptyState, PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.events import Act
    from oirs_desktop.counter import Paper
    from oirs_desktop.store import Recorded
    from oirs_desktop.ui.theme import Theme

WIDTH = 1160
RAIL = 216
NARROW = 860
"""Below this width (100 % design) the rail lies above the history."""

LAID_OUT_MS = 30
"""A new panel has its place by then; earlier the page would scroll to where it is not."""
PRINTED = {
    "": "La copia {n} se envió a la impresora.",
    "no_printer": "La copia {n} quedó guardada como archivo. No hay impresora elegida.",
    "printer_failed": "La copia {n} quedó guardada. La impresora no responde; revise papel y cable.",
    "waiting": "La copia {n} espera en la impresora; revise que esté encendida y con papel.",
    "not_kept": "La copia {n} quedó anotada, pero no hay espacio para el papel. Avise a informática.",
}


SAVED = {
    "responder": "La respuesta quedó guardada.",
    "derivar": "La derivación quedó guardada.",
    "anotar": "La nota quedó guardada.",
    "cerrar": "El caso quedó cerrado.",
    "reabrir": "El caso quedó abierto otra vez.",
}


class Caso(Screen):
    """The screen of one case."""

    name = "caso"
    title = "Caso"

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, width=WIDTH)
        theme = kit.theme
        self.setProperty("noRing", True)
        self.entity: bytes | None = None
        self.view: CaseView | None = None
        self.panel: ActPanel | None = None
        self._again = ""
        self._kept: dict[tuple[bytes, str], Typed] = {}
        self._busy = False
        self.head, self.rail, self.timeline = CaseHead(theme), Rail(theme), Timeline(theme)
        self.lost = EmptyState(
            theme, "search", tr("Ese caso no está en este equipo."), tr("Búsquelo por folio con F3.")
        )
        self.alerts, self.desk_top = QVBoxLayout(), QVBoxLayout()
        self.body.addWidget(self.lost)
        self.body.addWidget(self.head)
        self.body.addLayout(self.alerts)
        self.body.addWidget(self._middle(theme))
        self.body.addStretch(1)
        for name, button in self.rail.buttons.items():
            button.clicked.connect(
                self.reprint if name == "reimprimir" else lambda _=0, n=name: self.begin(n)
            )
        self._show_parts(found=False)
        self.lost.hide()

    def _middle(self, theme: Theme) -> QWidget:
        self._side, self._story = QVBoxLayout(), QVBoxLayout()
        self._side.addWidget(self.rail)
        self._side.addStretch(1)
        self._story.setSpacing(theme.px(16))
        self._story.addLayout(self.desk_top)
        self._story.addWidget(PlainLabel(tr("Historia del caso"), Text.SECTION))
        self._story.addWidget(self.timeline)
        self._story.addStretch(1)
        self.middle = QWidget()
        self._cells = QGridLayout(self.middle)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setHorizontalSpacing(theme.px(24))
        self._cells.setVerticalSpacing(theme.px(16))
        self._wide: bool | None = None
        self._place(wide=True)
        return self.middle

    def _place(self, *, wide: bool) -> None:
        """Put the rail beside the history, or above it when there is no room."""
        if wide is self._wide:
            return
        self._wide = wide
        for layout in (self._side, self._story):
            self._cells.removeItem(layout)
        self._cells.addLayout(self._side, 0, 0)
        self._cells.addLayout(self._story, *((0, 1) if wide else (1, 0)))
        self._cells.setColumnMinimumWidth(0, self.kit.theme.px(RAIL) if wide else 0)
        self._cells.setColumnStretch(0, 0 if wide else 1)
        self._cells.setColumnStretch(1, 1 if wide else 0)
        self.rail.arrange(1 if wide else 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the page when it gets too narrow."""
        self._place(wide=event.size().width() >= self.kit.theme.px(NARROW))
        super().resizeEvent(event)

    # --- showing

    def enter(self, argument: object) -> None:
        """Show the case whose id ``argument`` is."""
        if isinstance(argument, bytes) and argument != self.entity:
            self._put_away()
            self.entity, self.view = argument, None
            self.head.fold()
            self._show_parts(found=False)
            self.lost.hide()
            self.area.verticalScrollBar().setValue(0)
        self._load()
        if self.panel is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panel.take_focus()

    def keep(self) -> object:
        """Give all that is being written, and which panel is open."""
        self._keep()
        return dict(self._kept), self.panel.form.name if self.panel is not None else ""

    def take_back(self, kept: object) -> None:
        """Have it there again; the panel opens when the case is read."""
        self._kept, self._again = cast("tuple[dict[tuple[bytes, str], Typed], str]", kept)

    def refresh(self, cases: frozenset[bytes]) -> None:
        """Read the case again when news of it came; what is being written stays."""
        if self.entity in cases:
            self._load()

    def leave(self) -> None:
        """Keep what is being written."""
        self._keep()

    def _load(self) -> None:
        entity, desk, now = self.entity, self.kit.counter.desk, self.kit.clock.now()
        if entity is None:
            return
        self.kit.tasks.run(
            lambda: read_view(desk, entity, now), lambda view: self._loaded(entity, view), self.trouble
        )

    def _loaded(self, entity: bytes, view: CaseView | None) -> None:
        if entity != self.entity:
            return
        self.view = view
        self._show_parts(found=view is not None)
        if view is None:
            return
        now, zone = self.kit.clock.now(), self.kit.zone
        names = {f.id: f.nombre for f in self.kit.counter.desk.session.office.funcionarios}
        self.head.show_case(view, now, zone)
        self.timeline.tell(stories(view.case, Place(names, zone, now)))
        self.rail.offer(frozenset(n for n, form in FORMS.items() if view.case.estado in form.estados))
        self._warn(view)
        again, self._again = self._again, ""
        if again:
            self.begin(again)

    def _show_parts(self, *, found: bool) -> None:
        self.head.setVisible(found)
        self.middle.setVisible(found)
        self.lost.setVisible(not found)

    def _warn(self, view: CaseView) -> None:
        while (item := self.alerts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for flag in sorted(view.case.flags):
            self.alerts.addWidget(Banner(self.kit.theme, "warning", *FLAGS[flag]))

    # --- acting

    def _pressed(self, name: str) -> None:
        if name == REPRINT:
            self.reprint()
        else:
            self.begin(name)

    def begin(self, name: str) -> None:
        """Open the panel of an act, with what was typed before."""
        if self.view is None or self.entity is None:
            return
        if self.panel is None or self.panel.form.name != name:
            self._put_away()
            self.panel = ActPanel(self.kit.theme, FORMS[name], self.kit.counter.desk)
            start = Typed(medio=self.view.case.ingreso.medio)
            self.panel.put(self._kept.get((self.entity, name), start))
            self.panel.saved.connect(self._save)
            self.panel.closed.connect(self._put_away)
            self.desk_top.addWidget(self.panel)
            self.panel.show()  # now: a layout would show it later, and its keys would not work until then
        self.panel.take_focus()
        QTimer.singleShot(LAID_OUT_MS, self.panel, self._bring_into_view)

    def _bring_into_view(self) -> None:
        if self.panel is not None:
            self.area.ensureWidgetVisible(self.panel, 0, self.kit.theme.px(24))
            self.show_focus()

    def _keep(self) -> None:
        if self.panel is not None and self.entity is not None:
            self._kept[self.entity, self.panel.form.name] = self.panel.typed()

    def _put_away(self) -> None:
        """Close the panel; its text is there again when it is opened."""
        if self.panel is None:
            return
        self._keep()
        self.panel.hide()
        self.panel.deleteLater()
        self.panel = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, act: Act) -> None:
        entity, desk, panel = self.entity, self.kit.counter.desk, self.panel
        if self._busy or entity is None or panel is None:
            return
        self._busy = True
        self.kit.tasks.run(
            lambda: desk.add(entity, act),
            lambda done: self._saved(done, panel),
            lambda why: self._refused(why, panel),
        )

    def _saved(self, done: Recorded, panel: ActPanel) -> None:
        self._busy = False
        self._kept.pop((done.case.id, panel.form.name), None)
        if self.panel is panel:
            panel.put(Typed())
            self._put_away()
            self._kept.pop((done.case.id, panel.form.name), None)
        self.said.emit(Toast(tr(SAVED[panel.form.name]), tone="good"))
        self.kit.sync.wake()
        self._load()

    def _refused(self, error: OirsError, panel: ActPanel) -> None:
        self._busy = False
        if self.panel is panel:
            panel.complain(error)
        else:
            self.trouble(error)

    def reprint(self) -> None:
        """Hand out another copy, and write down that it was handed out."""
        entity, counter = self.entity, self.kit.counter
        if self._busy or entity is None or self.view is None:
            return
        self._busy = True
        self.kit.tasks.run(lambda: counter.reprint(entity, send=False), self._reprinted, self._not_reprinted)

    def _reprinted(self, paper: Paper) -> None:
        self._busy = False
        counter = self.kit.counter
        self.kit.tasks.aside(lambda: counter.send(paper), self._printed, self.trouble)
        self.kit.sync.wake()
        self._load()

    def _printed(self, paper: Paper) -> None:
        tone = "warning" if paper.problem else "good"
        self.said.emit(Toast(tr(PRINTED[paper.problem]).format(n=paper.copy), tone=tone))

    def _not_reprinted(self, error: OirsError) -> None:
        self._busy = False
        self.trouble(error)
