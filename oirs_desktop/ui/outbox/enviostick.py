"""The way by hand: out to a stick, and the centre's answer back from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oirs_core.domain.errors import OirsError
from oirs_desktop.sync.answers import Imported, Taken
from oirs_desktop.sync.answers import Outcome as Brought
from oirs_desktop.sync.usb import Exported
from oirs_desktop.ui.kit.chooser import PathLine, size_words
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.fields import Field
from oirs_desktop.ui.parts.options import Option, OptionList
from oirs_desktop.ui.parts.places import Spot, is_plugged, spots
from oirs_desktop.ui.parts.widgets import Banner, Card, KeyButton, PlainLabel
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from oirs_desktop.ui.kit.screen import Kit
    from oirs_desktop.ui.kit.sending import Sending
    from oirs_desktop.ui.kit.stickwork import Doing

LOOK_MS = 2_000
ROOT = Path(Path.home().anchor)
"""It has nothing above it that could be offered."""


class FolderChooser(QWidget):
    """What is plugged in and the usual folders, chosen by arrows; or a path, typed."""

    chosen = Signal(object)
    """The ``Path`` of a folder."""

    closed = Signal()
    filled = Signal()
    """The list has other rows: it may have to be scrolled into sight."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._spots: tuple[Spot, ...] | None = None
        self._again = QTimer(self)
        self._again.setInterval(LOOK_MS)
        self._again.timeout.connect(self._look)
        self.line = PathLine(tr("Escriba la ruta de otra carpeta"))
        self.field = Field(kit.theme, tr("Carpeta"), self.line)
        self.list = OptionList(kit.theme, tr("Carpetas"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(kit.theme.px(4))
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.line.textEdited.connect(self._fill)
        self.line.moved.connect(self.list.choose)
        self.line.left.connect(self.closed)
        self.line.entered.connect(self._enter)
        self.list.picked.connect(self._pick)

    def begin(self) -> None:
        """Ask the system what is plugged in, and take the focus."""
        self.line.clear()
        self.field.set_problem("")
        self.field.set_hint(tr("Enter elige, flechas mueven, Esc cierra."))
        self._spots = None
        self._fill()
        self._look()
        self._again.start()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        self._again.stop()
        super().hideEvent(event)

    def _look(self) -> None:
        """Ask what is plugged in: somebody may just have put a stick in."""
        self._kit.tasks.apart(lambda: spots(ROOT), self._found, lambda _: None)

    def _found(self, found: tuple[Spot, ...]) -> None:
        if found != self._spots:
            self._spots = found
            self._fill()

    def _fill(self) -> None:
        rows = []
        if not self.line.text().strip():
            known = self._spots or ()
            rows = [_option(spot) for spot in known]
            if self._spots is not None and not any(is_plugged(spot) for spot in known):
                nothing = tr("No se ve un pendrive. Póngalo, o escriba la ruta de una carpeta.")
                rows.insert(0, Option(nothing, head=True))
        self.list.fill(rows)
        self.list.setVisible(bool(rows))
        self.filled.emit()

    def _enter(self) -> None:
        text = self.line.text().strip().strip('"')
        if text:
            self._kit.tasks.apart(lambda: _folder(text), self._named, lambda _: None)
        elif self.list.chosen is not None:
            self._pick(self.list.chosen)

    def _named(self, found: Path | None) -> None:
        if found is None:
            self.field.set_problem(tr("Esa carpeta no está. Revise la ruta o elija de la lista."))
        else:
            self.chosen.emit(found)

    def _pick(self, option: Option) -> None:
        if isinstance(option.value, Path):
            self.chosen.emit(option.value)


def _option(spot: Spot) -> Option:
    return Option(spot.name, icon="folder-open", value=spot.path, aside=spot.aside, ink="accent")


def _folder(text: str) -> Path | None:
    path = Path(text).expanduser()
    return path if path.is_dir() else None


class StickCard(Card):
    """Both buttons, what is being done, what came of it, and what was written last."""

    def __init__(self, kit: Kit) -> None:
        theme = kit.theme
        super().__init__(theme, tr("Por pendrive"))
        self._kit = kit
        self._out = True
        self.about = PlainLabel(
            tr("Sin línea, los casos viajan en un pendrive a la central. Después se trae su respuesta."),
            wrap=True,
        )
        self.last = PlainLabel("", wrap=True)
        self.take = KeyButton(theme, tr("Llevar en pendrive"), "Alt+L", icon="usb")
        self.bring = KeyButton(theme, tr("Traer del pendrive"), "Alt+T", icon="download")
        self.chooser = FolderChooser(kit)
        self.progress = PlainLabel("", Text.STRONG, wrap=True)
        self.stop = KeyButton(theme, tr("Detener"), "Alt+D", icon="x")
        self.result = Banner(theme)
        self.files = PlainLabel("", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.take)
        buttons.addWidget(self.bring)
        buttons.addStretch(1)
        self.result.column.addWidget(self.files)
        self.column.addWidget(self.about)
        self.column.addWidget(self.last)
        self.column.addLayout(buttons)
        for part in (self.chooser, self.progress, self.stop, self.result):
            self.column.addWidget(part)
            part.hide()
        self.column.setAlignment(self.stop, Qt.AlignmentFlag.AlignLeft)
        self.take.clicked.connect(lambda: self._ask(out=True))
        self.bring.clicked.connect(lambda: self._ask(out=False))
        self.chooser.chosen.connect(self._begin)
        self.chooser.closed.connect(self._put_away)
        work = kit.sync.stick
        if work is None:
            self.hide()
        else:  # never shown here: without a parent it would be a window of its own
            self.stop.clicked.connect(work.cancel)
            work.changed.connect(self.show_work)

    def show_last(self, sending: Sending, now: int, zone: str) -> None:
        """Say what was written last, and whether all of it has arrived since."""
        export = sending.export
        self.last.setVisible(export is not None)
        if export is None:
            return
        when = words.spoken_moment(export.at, now, zone)
        head = tr("Último archivo: {name}, {when}.").format(name=Path(export.path).name, when=when)
        arrived = tr("Todo lo que llevaba llegó a la central.")
        missing = tr("Exportado no es entregado: falta traer su respuesta.")
        self.last.setText(f"{head} {arrived if sending.answered else missing}")

    def show_work(self) -> None:
        """Show what the stick does now, or what came of it."""
        work = self._kit.sync.stick
        if work is None:
            return
        doing = work.doing
        for part in (self.progress, self.stop):
            part.setVisible(doing is not None)
        self.result.setVisible(doing is None and work.result is not None)
        if doing is not None:
            self.progress.setText(_progress(doing))
        elif work.result is not None:
            self._tell(work.result)

    def _ask(self, *, out: bool) -> None:
        work = self._kit.sync.stick
        if work is None or work.doing is not None:
            return
        self._out = out
        self.result.hide()
        self.chooser.field.set_label(
            tr("Carpeta a la que se lleva") if out else tr("Carpeta de la que se trae")
        )
        self.chooser.show()
        self.chooser.begin()

    def _put_away(self) -> None:
        self.chooser.hide()
        (self.take if self._out else self.bring).setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, folder: Path) -> None:
        self._put_away()
        work = self._kit.sync.stick
        if work is not None:
            (work.export if self._out else work.read)(folder)

    def _tell(self, result: Exported | Imported | OirsError) -> None:
        self.files.hide()
        if isinstance(result, OirsError):
            message = explain(result)
            self.result.set(message.severity, message.title, message.advice)
        elif isinstance(result, Exported):
            self.result.set(
                "good", _exported(result), tr("Exportado no es entregado: falta traer la respuesta.")
            )
        else:
            self.result.set(*_imported(result))
            lines = [f"·  {taken.name}: {taken_words(taken)}" for taken in result.files]
            self.files.setText("\n".join(lines))
            self.files.setVisible(bool(lines))


def _progress(doing: Doing) -> str:
    if doing.stopping:
        return tr("Deteniendo…")
    if doing.out:
        told = tr("Guardando en {folder}").format(folder=doing.folder)
        unit = tr("movimientos y documentos")
    else:
        told, unit = tr("Leyendo {folder}").format(folder=doing.folder), tr("archivos")
    if not doing.total:
        return f"{told}…"
    return tr("{told}: {done} de {total} {unit}.").format(
        told=told, done=doing.done, total=doing.total, unit=unit
    )


def _exported(done: Exported) -> str:
    cases = words.count(done.cases, tr("caso"), tr("casos"))
    if not done.events:
        cases = tr("ningún caso nuevo")
    if done.papers:
        cases += ", " + words.count(len(done.papers), tr("documento"), tr("documentos"))
    return tr("Quedó {file}: {cases}, {size}.").format(
        file=Path(done.path).name, cases=cases, size=size_words(done.size)
    )


def _imported(found: Imported) -> tuple[str, str, str]:
    """Tone, title and advice of what was read."""
    if not found.files:
        title = tr("No hay respuestas de la central en esa carpeta.")
        return "warning", title, tr("Nada se cambió. Elija la carpeta donde las dejaron.")
    bad = any(taken.error is not None for taken in found.files)
    news = words.count(len(found.cases), tr("caso con novedades"), tr("casos con novedades"))
    if found.came:
        news += ", " + words.count(found.came, tr("documento pedido"), tr("documentos pedidos"))
    if found.delivered > 0 or found.papers:
        acts = words.count(found.delivered, tr("movimiento entregado"), tr("movimientos entregados"))
        if found.papers:
            papers = words.count(found.papers, tr("documento entregado"), tr("documentos entregados"))
            acts = f"{acts}, {papers}" if found.delivered > 0 else papers
        title = tr("Llegó la respuesta: {acts}, {news}.").format(acts=acts, news=news)
    elif found.cases or found.came:
        title = tr("Llegó la respuesta: {news}.").format(news=news)
    else:
        title = tr("Se leyó el pendrive: no había nada nuevo.")
    return "warning" if bad else "good", title, ""


def taken_words(taken: Taken) -> str:
    """Say what became of one file."""
    if taken.error is not None:
        message = explain(taken.error)
        return f"{message.title} {message.advice}".strip()
    return tr("se recibió.") if taken.outcome is Brought.NEWS else tr("ya se había recibido: nada cambió.")
