"""One case: its head, the acts at its left, its history in the middle."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, QTimer

from oirs_core.domain.events import Anulacion
from oirs_desktop.desk.amend import settling
from oirs_desktop.ui.case.acts import CLOSED_TOO, FORMS
from oirs_desktop.ui.case.begun import Begun, Kept
from oirs_desktop.ui.case.casehead import CaseHead, Whose
from oirs_desktop.ui.case.casepage import CasePage
from oirs_desktop.ui.case.conflicts import Alerts
from oirs_desktop.ui.case.panels import make_panel, obstacle
from oirs_desktop.ui.case.rail import REPRINT
from oirs_desktop.ui.case.undoing import Done, undone
from oirs_desktop.ui.kit.screen import Kit, Screen
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.paper.copies import CopyOf
from oirs_desktop.ui.paper.viewer import Viewer
from oirs_desktop.ui.parts.toast import Toast
from oirs_desktop.ui.parts.widgets import EmptyState
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.stories import Place, stories
from oirs_desktop.ui.texts.term import CaseView, read_view

if TYPE_CHECKING:
    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.events import Act
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.store import Recorded
    from oirs_desktop.ui.case.panel import Panel

WIDTH = 1160
LAID_OUT_MS = 30
"""A new panel has its place by then; earlier the page would scroll to where it is not."""
ENDS = {"cerrar", "reabrir"}
"""Of these the rail shows what fits; the others are always there, dim when they do not."""
STILL_THERE = "Lo escrito no se perdió: {keys} lo trae de vuelta."


class Caso(Screen):
    """The screen of one case."""

    name = "caso"
    title = tr("Caso")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, width=WIDTH)
        theme = kit.theme
        self.setProperty("noRing", True)
        self.entity: bytes | None = None
        self.view: CaseView | None = None
        self.panel: Panel | None = None
        self._again = ""
        self._kept: Kept = {}
        self.begun = Begun(kit.shelf, self._keep, self)
        self._blank: object = None
        self.done = Done()
        self._busy = False
        self.head, self.page = CaseHead(theme), CasePage(theme)
        self.rail, self.timeline = self.page.rail, self.page.timeline
        self.lost = EmptyState(
            theme, "search", tr("Ese caso no está en este equipo."), tr("Búsquelo por folio con F3.")
        )
        self.alerts = Alerts()
        self.alerts.chosen.connect(self._settle)
        self.alerts.reopened.connect(lambda: self.begin("reabrir"))
        self.body.addWidget(self.lost)
        self.body.addWidget(self.head)
        self.body.addLayout(self.alerts)
        self.body.addWidget(self.page)
        self.body.addStretch(1)
        for name, button in self.rail.buttons.items():
            button.clicked.connect(lambda _=False, n=name: self._pressed(n))
        self.timeline.undone.connect(self._undo_one)
        self.viewer = self.page.add_viewer(Viewer(kit))
        self.timeline.looked.connect(self.viewer.look_at)
        self.viewer.drawn.connect(lambda: self.show_both(self.viewer, self.viewer.title))
        self.viewer.closed.connect(self.setFocus)
        self.whose = Whose(theme)
        self.above.insertWidget(0, self.whose)
        self._show_parts(found=False)
        self.lost.hide()

    def enter(self, argument: object) -> None:
        """Show the case whose id ``argument`` is."""
        if isinstance(argument, bytes) and argument != self.entity:
            self._put_away()
            self.entity, self.view = argument, None
            self.head.fold()
            self.viewer.hide()
            self._show_parts(found=False)
            self.lost.hide()
        self._load()
        if self.panel is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panel.resume()
            QTimer.singleShot(LAID_OUT_MS, self.panel, self._bring_into_view)

    def keep(self) -> object:
        """Give all that is being written, and which panel is open."""
        return dict(self._keep()), self.panel.form.name if self.panel is not None else ""

    def take_back(self, kept: object) -> None:
        """Have it there again; the panel opens when the case is read."""
        self._kept, self._again = cast("tuple[Kept, str]", kept)

    def refresh(self, cases: frozenset[bytes]) -> None:
        """Read the case again when news of it came; what is being written stays."""
        if self.entity in cases:
            self._load()

    def leave(self) -> None:
        """Keep what is being written."""
        self.begun.look()

    def paper_of(self) -> bytes | None:
        """F9 hands out a copy of this case."""
        return self.entity if self.view is not None else None

    def _load(self) -> None:
        entity, counter, now = self.entity, self.kit.counter, self.kit.clock.now()
        if entity is None:
            return
        self.kit.tasks.run(
            lambda: read_view(counter, entity, now), lambda view: self._loaded(entity, view), self.trouble
        )

    def _loaded(self, entity: bytes, view: CaseView | None) -> None:
        if entity != self.entity:
            return
        self.view = view
        self._show_parts(found=view is not None)
        if view is None:
            return
        now = self.kit.clock.now()
        place = Place.of(self.kit.counter.desk, now, view.where)
        self.head.show_case(view, now, place.zone)
        self.setAccessibleName(self.head.accessibleName())
        self.timeline.tell(stories(view.case, place))
        estado = view.case.estado
        fits = frozenset(name for name, form in FORMS.items() if estado in form.estados)
        self.rail.offer(fits | (FORMS.keys() - ENDS), fits)
        self.alerts.tell(self.kit.theme, view.case, place)
        if keys := self.begun.bring_back(entity):
            self.say(tr(STILL_THERE).format(keys=keys))
        again, self._again = self._again, ""
        if again:
            self.begin(again)

    def _show_parts(self, *, found: bool) -> None:
        self.head.setVisible(found)
        self.page.setVisible(found)
        self.lost.setVisible(not found)

    def _pressed(self, name: str) -> None:
        if name != REPRINT:
            self.begin(name)
        elif self.entity is not None and self.view is not None:
            self.go.emit("comprobante", CopyOf(self.entity))

    def begin(self, name: str) -> None:
        """Open the panel of an act, with what was typed before; or say why it cannot be done now."""
        view, entity = self.view, self.entity
        if view is None or entity is None or self._explained(name, view):
            return
        if self.panel is None or self.panel.form.name != name:
            self._put_away()
            self.panel = make_panel(self.kit, name, view)
            self._blank = self.panel.typed()
            if (entity, name) in self._kept:
                self.panel.put(self._kept[entity, name])
            self.panel.saved.connect(self._save)
            self.panel.closed.connect(self._put_aside)
            self.page.top.addWidget(self.panel)
            self.panel.show()  # now: a layout would show it later, and its keys would not work until then
        self.whose.tell(self.head)
        self.panel.take_focus()
        QTimer.singleShot(LAID_OUT_MS, self.panel, self._bring_into_view)

    def _explained(self, name: str, view: CaseView) -> bool:
        """Say why an act does not fit, and whether something was said."""
        text, tone = obstacle(self.kit.counter.desk.session, name, view.case)
        if text:
            self.say(text, tone)
        return bool(text)

    def _bring_into_view(self) -> None:
        if self.panel is None:
            return
        if self.panel.height() > self.area.viewport().height():  # its head first, with how to save it
            top = self.panel.mapTo(self.column, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(top - self.kit.theme.px(8))
        else:
            self.area.ensureWidgetVisible(self.panel, 0, self.kit.theme.px(24))
        self.show_focus()

    def _keep(self) -> Kept:
        if self.panel is not None and self.entity is not None:
            self._kept[self.entity, self.panel.form.name] = self.panel.typed()
        return self._kept

    def _put_aside(self) -> None:
        """Close the panel because the person said so, and say where the text went."""
        panel = self.panel
        written = panel is not None and panel.typed() != self._blank
        self._put_away()
        if panel is not None and written:
            self.say(tr(STILL_THERE).format(keys=panel.form.keys))

    def _put_away(self) -> None:
        """Close the panel; its text is there again when it is opened."""
        if self.panel is None:
            return
        self._keep()
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # first: Qt would pass on what ends with the panel
        self.whose.hide()
        self.panel.hide()
        self.panel.deleteLater()
        self.panel = None

    def _save(self, acts: tuple[Act, ...]) -> None:
        entity, desk, panel = self.entity, self.kit.counter.desk, self.panel
        if self._busy or entity is None or panel is None:
            return
        self._busy = True
        seen, typed = panel.seen, panel.typed()
        self.kit.tasks.run(
            lambda: desk.add(entity, *acts, seen=seen),
            lambda done: self._saved(done, panel, typed),
            lambda why: self._refused(why, panel),
        )

    def _saved(self, done: Recorded, panel: Panel, typed: object) -> None:
        self._busy = False
        name = panel.form.name
        if self.panel is panel:
            self._put_away()
            self.area.verticalScrollBar().setValue(0)  # the head says what the case is now
        self._kept.pop((done.case.id, name), None)
        self.begun.look()
        both = name == "responder" and len(done.hashes) > 1
        text = CLOSED_TOO if both else panel.form.said
        self.done.wrote(done.hashes, ((done.case.id, name), typed))
        self._tell(text, done.case, done.hashes)

    def _tell(self, text: str, case: Solicitud, hashes: tuple[bytes, ...] = ()) -> None:
        """Say what was done. ``hashes``: of the acts that its undo takes back; none: it has no undo."""
        folio, entity = words.short_folio(case.ingreso.folio), case.id
        undo = (lambda: self._undo(entity, hashes)) if hashes else None
        stands = partial(self.done.stand, hashes)
        self.said.emit(Toast(tr(text), undo, "good", entity, folio, stands=stands))
        self.kit.sync.wake()
        self._load()

    def _refused(self, error: OirsError, panel: Panel) -> None:
        self._busy = False
        if self.panel is panel:
            panel.complain(error)
        else:
            self.trouble(error)

    def _undo_one(self, h: bytes) -> None:
        if self.entity is not None:
            self._undo(self.entity, (h,))

    def _undo(self, entity: bytes, hashes: tuple[bytes, ...]) -> None:
        """Take acts back, the last one first; what was typed is in its panel again."""
        desk, acts = self.kit.counter.desk, [Anulacion(h.hex()) for h in reversed(hashes)]

        def took_back(done: Recorded) -> None:
            for again in self.done.undid(hashes):
                self._kept.setdefault(*again)
            seen = self.isVisible() and done.case.id == self.entity
            self._tell(undone(done.case, hashes, seen=seen), done.case)

        self.kit.tasks.run(lambda: desk.add(entity, *acts), took_back, self.trouble)

    def _settle(self, campo: str, valor: str) -> None:
        """Record which of two corrections holds."""
        entity, desk = self.entity, self.kit.counter.desk
        if entity is None:
            return

        def settled(done: Recorded) -> None:
            self._tell("Quedó el valor que eligió.", done.case, done.hashes)

        self.kit.tasks.run(lambda: desk.add(entity, settling(campo, valor)), settled, self.trouble)
