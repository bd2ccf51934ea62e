"""Documents to be added: chosen with Ctrl+J, dropped, pasted or scanned; read apart, listed, looked at."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from oirs_core.domain.events import Adjunto
from oirs_desktop.attachments.errors import DocumentRefused
from oirs_desktop.attachments.intake import check_room
from oirs_desktop.ui.kit.chooser import Chooser
from oirs_desktop.ui.kit.screen import Screen
from oirs_desktop.ui.look.i18n import later, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.paper.arrivals import Arrivals, Source, source_of
from oirs_desktop.ui.paper.papers import PaperRow
from oirs_desktop.ui.paper.readings import Readings
from oirs_desktop.ui.paper.scanfolder import ScanFolder
from oirs_desktop.ui.paper.viewer import Viewer
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.reveal import reveal
from oirs_desktop.ui.parts.widgets import Banner, PlainLabel
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QShowEvent

    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.ui.kit.screen import Kit

LIMITS = later(
    "PDF, JPG o PNG, hasta 10 MB cada uno y 25 MB por caso. También puede arrastrarlos o pegarlos."
)
KEPT = later("Se guarda una copia reducida en grises, no el original.")


STATE = "adjuntos"
LAID_OUT_MS = 30


class Adjuntos(QWidget):
    """The list and the ways into it. ``papers`` gives what is in it; the caller records them."""

    changed = Signal()

    def __init__(self, kit: Kit, keys: str = "Ctrl+J") -> None:
        """``keys``: of the button; empty where another button has them."""
        super().__init__()
        theme = kit.theme
        self.kit = kit
        self.held: tuple[Adjunto, ...] = ()
        """What the case has already."""
        self._fresh: list[Path] = []
        self._rows: list[PaperRow] = []
        self.readings = Readings(kit, self)
        self._arrivals: Arrivals | None = None
        self._from: QWidget | None = None
        self.add = KeyButton(theme, tr("Adjuntar") if keys else tr("Elegir otro"), keys, icon="paperclip")
        self.add.show_key("Ctrl+J")
        # Its key reaches it; Tab goes on to what ends the form.
        self.add.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add.clicked.connect(self.begin)
        self.banner, self.offer = Banner(theme, "warning"), Banner(theme)
        self.offer.add_action(tr("Ad&juntar"), self._take_fresh)
        self.chooser, self.viewer = Chooser(kit), Viewer(kit)
        self.progress = QWidget()
        self._fill_progress()
        self._column(theme.px(8))
        for part in (self.banner, self.offer, self.chooser, self.viewer, self.progress):
            part.hide()
        self.chooser.chosen.connect(self._chosen)
        self.chooser.closed.connect(self._put_chooser_away)
        self.chooser.filled.connect(lambda: self._reveal(self.chooser.list, self.chooser.field))
        self.viewer.closed.connect(self._go_back)
        self.viewer.drawn.connect(lambda: self._reveal(self.viewer.picture, self.viewer.title))
        self.readings.told.connect(self._tell)
        self.readings.taken.connect(self._taken)
        self.readings.refused.connect(self._refused)
        self._scans = self._watch()

    def _column(self, gap: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        head = QHBoxLayout()
        head.setSpacing(gap * 2)
        head.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(PlainLabel(f"{tr(LIMITS)} {tr(KEPT)}", Text.SMALL, wrap=True), 1)
        self._list = QVBoxLayout()
        self._list.setSpacing(gap // 2)
        column.addLayout(head)
        column.addWidget(self.offer)
        column.addWidget(self.banner)
        column.addWidget(self.chooser)
        column.addWidget(self.progress)
        column.addLayout(self._list)
        column.addWidget(self.viewer)

    def _fill_progress(self) -> None:
        row = QHBoxLayout(self.progress)
        row.setContentsMargins(0, 0, 0, 0)
        self._said = PlainLabel("", wrap=True)
        stop = KeyButton(self.kit.theme, tr("Dete&ner"), icon="x", kind="link")
        stop.clicked.connect(self.readings.stop)
        row.addWidget(self._said, 1)
        row.addWidget(stop)

    # --- what stands in the list

    def papers(self) -> tuple[Adjunto, ...]:
        """Give the documents in the list, in order. Plain values: a draft may keep them."""
        return tuple(row.paper for row in self._rows)

    def state(self) -> dict[str, str]:
        """Give the list as plain text for a draft; nothing when it is empty."""
        papers = self.papers()
        return {STATE: json.dumps([asdict(paper) for paper in papers])} if papers else {}

    def restore(self, state: Mapping[str, str]) -> None:
        """Put in what ``state`` gave; what cannot be read is left out."""
        self.readings.stop()  # what is still on its way must not come into the list of somebody else
        try:
            self.put(Adjunto(**paper) for paper in json.loads(state.get(STATE, "[]")))
        except (ValueError, TypeError):
            self.put(())

    def put(self, papers: Iterable[Adjunto]) -> None:
        """Show these documents and no others."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for paper in papers:
            self._append(paper)
        self.banner.hide()
        self.chooser.hide()
        self.viewer.hide()
        self.changed.emit()

    def _append(self, paper: Adjunto) -> PaperRow:
        row = PaperRow(self.kit.theme, paper)
        row.looked.connect(self._look_at)
        row.dropped.connect(self._drop)
        row.ticked.connect(self.changed)
        self._rows.append(row)
        self._list.addWidget(row)
        row.show()
        return row

    def _look_at(self, paper: Adjunto) -> None:
        self._from = QApplication.focusWidget()
        self.viewer.look_at(paper)

    def _drop(self, row: PaperRow) -> None:
        place = self._rows.index(row)
        self.put(other.paper for other in self._rows if other is not row)
        if self._rows:
            self._rows[min(place, len(self._rows) - 1)].tick.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go_back()

    # --- ways in

    def begin(self) -> None:
        """Open the field for a file."""
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self.chooser.line:
            self._from = focused
        self.banner.hide()
        self.chooser.show()
        self.chooser.begin(self._fresh)

    def _put_chooser_away(self) -> None:
        self._go_back()
        self.chooser.hide()

    def _go_back(self) -> None:
        """Give the focus to where it was before; nothing that is typed there is lost."""
        if self._from is not None and isValid(self._from) and self._from.isVisible():
            self._from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, path: Path) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # waits here for the tick of the new row
        self.chooser.hide()
        if path in self._fresh:
            self._fresh.remove(path)
            self._show_offer()
        self.take([source_of(path)])

    def _take_fresh(self) -> None:
        fresh, self._fresh = self._fresh, []
        self._show_offer()
        self.take([source_of(path) for path in fresh])

    def take(self, sources: Iterable[Source]) -> None:
        """Read documents one after the other and put them into the list."""
        self.banner.hide()
        self.readings.add(sources)

    def _tell(self, text: str) -> None:
        self._said.setText(text)
        self.progress.setVisible(bool(text))

    def _taken(self, paper: Adjunto) -> None:
        try:
            check_room((*self.held, *self.papers()), paper)
        except DocumentRefused as why:
            self._refused(paper.nombre, why)
            return
        row = self._append(paper)
        if self.hasFocus():
            row.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _refused(self, name: str, error: OirsError) -> None:
        message = explain(error)
        self.banner.set(message.severity, f"{name}: {message.title}", message.advice)
        self.banner.show()
        if self.hasFocus():
            self._go_back()

    # --- being recorded

    def must_wait(self, say: Callable[[str, str], None]) -> bool:
        """Whether the list is not whole yet; says so."""
        if self.readings.busy:
            say(tr("Todavía se lee un documento. Espere un momento o deténgalo."), "warning")
        return self.readings.busy

    def recorded(self, case: Solicitud, say: Callable[[str, str], None]) -> None:
        """Say it when the case was filed without one of the documents."""
        if len(case.attachments) < len(self._rows):
            say(tr("El caso quedó guardado. Falta un documento: adjúntelo desde el caso."), "danger")

    # --- what comes by itself

    def _watch(self) -> ScanFolder | None:
        documents = self.kit.counter.documents
        if documents is None or documents.scans is None:
            return None
        scans = ScanFolder(documents.scans, self.kit.tasks, self)
        scans.came.connect(self._scanned)
        return scans

    def _scanned(self, paths: tuple[Path, ...]) -> None:
        self._fresh = [*paths, *self._fresh]
        self._show_offer()

    def _show_offer(self) -> None:
        self.offer.setVisible(bool(self._fresh))
        if len(self._fresh) == 1:
            self.offer.set("info", tr("Llegó del escáner: {name}.").format(name=self._fresh[0].name))
        elif self._fresh:
            self.offer.set("info", tr("Llegaron {n} archivos del escáner.").format(n=len(self._fresh)))

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the page, whose fields are all there by now, and the scanner."""
        super().showEvent(event)
        if self._arrivals is None and (page := self._page()) is not None:
            self._arrivals = Arrivals(page)
            self._arrivals.came.connect(self.take)
        if self._scans is not None:
            self._scans.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the disk rest while nobody sees the page."""
        if self._scans is not None:
            self._scans.stop()
        super().hideEvent(event)

    def _reveal(self, *parts: QWidget) -> None:
        """Scroll so that these are seen, the last one in any case; once they have their places."""

        def scroll() -> None:
            page = self._page()
            for part in parts:
                if page is not None and part.isVisible():
                    reveal(page.area, part, self.kit.theme.px(16))

        QTimer.singleShot(LAID_OUT_MS, self, scroll)

    def _page(self) -> Screen | None:
        """Give the screen that this stands in."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, Screen):
            above = above.parentWidget()
        return above
