"""Choose a file in the page itself: the newest of a folder in sight, narrowed by typing, or a whole path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from oirs_core.domain.catalogue import fold_text
from oirs_desktop.attachments.folders import Listing, listing, named
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.fields import Field, TextLine
from oirs_desktop.ui.parts.options import Option, OptionList
from oirs_desktop.ui.parts.places import Spot, first_folder, spots
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from oirs_core.domain.errors import OirsError
    from oirs_desktop.attachments.folders import Entry
    from oirs_desktop.ui.kit.screen import Kit

LIMIT = 7
FEW = 4
"""Rows of the folder while nothing is typed: under them stand the ways to others."""
KB, MB = 1000, 1_000_000


def size_words(size: int) -> str:
    """``84 KB``, ``1,2 MB``. ``size``: bytes."""
    if size >= MB:
        return f"{size / MB:.1f} MB".replace(".", ",")
    return f"{max(1, round(size / KB))} KB"


class PathLine(TextLine):
    """A line whose arrows, Esc and Backspace at its beginning speak to the list under it."""

    moved = Signal(int)
    left = Signal()
    up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, leave, or go one folder up."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.up.emit()
        else:
            super().keyPressEvent(event)

    def enter_pressed(self) -> None:
        """Take what is chosen; the focus goes where that leads."""
        self.entered.emit()


class Chooser(QFrame):
    """The field and its list."""

    chosen = Signal(object)
    """The ``Path`` of a file."""

    last: ClassVar[Path | None] = None

    closed = Signal()
    filled = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        theme = kit.theme
        self._kit = kit
        self._names: list[tuple[Entry, str]] = []
        self._spots: tuple[Spot, ...] = ()
        self._fresh: tuple[Path, ...] = ()
        self.line = PathLine(tr("Escriba parte del nombre, o la ruta completa"))
        self.field = Field(theme, tr("Archivo"), self.line)
        self.list = OptionList(theme, tr("Archivos"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.line.textEdited.connect(self._fill)
        self.line.moved.connect(self.list.choose)
        self.line.left.connect(self.closed)
        self.line.up.connect(lambda: self._open(self.folder.parent))
        self.line.entered.connect(self._enter)
        self.list.picked.connect(self._pick)

    def begin(self, fresh: Iterable[Path]) -> None:
        """Show the folder used last; what came from the scanner (``fresh``) stands above it."""
        self._fresh = tuple(fresh)
        self.line.clear()
        self.field.set_problem("")
        self._fill()
        self._open(self.folder)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self, folder: Path) -> None:
        self._kit.tasks.apart(lambda: (listing(folder), spots(folder)), self._looked, self._failed)

    def _looked(self, found: tuple[Listing, tuple[Spot, ...]]) -> None:
        listed, self._spots = found
        self._listed(listed)

    @property
    def folder(self) -> Path:
        """The folder used last, by any of the forms; first that of the downloads."""
        return Chooser.last or first_folder()

    def _listed(self, found: Listing) -> None:
        Chooser.last = found.folder
        self._names = [(entry, fold_text(entry.path.name)) for entry in found.entries]
        self.field.set_hint(
            tr("Carpeta {name}. Enter elige, flechas mueven, Esc cierra.").format(
                name=found.folder.name or found.folder
            )
        )
        self.field.set_problem("")
        self._fill()

    def _failed(self, error: OirsError) -> None:
        message = explain(error)
        self.field.set_problem(f"{message.title} {message.advice}")

    def _fill(self) -> None:
        """Show what fits the words typed: at most seven rows, and the ways to other folders."""
        wanted = fold_text(self.line.text().strip())
        rows = [_scanned(path) for path in self._fresh if wanted in fold_text(path.name)]
        found = [entry for entry, name in self._names if wanted in name and entry.path not in self._fresh]
        ways = [_way(spot) for spot in self._spots if wanted in fold_text(spot.name)]
        room = max(0, (LIMIT if wanted else FEW) - len(rows))
        rows += [self._option(entry) for entry in found[:room]]
        if len(found) > room:
            more = tr("Hay {count} más: escriba parte del nombre.").format(count=len(found) - room)
            rows.append(Option(more, head=True))
        rows += ways
        self.list.fill(rows)
        self.list.setVisible(bool(rows))
        self.filled.emit()

    def _option(self, entry: Entry) -> Option:
        if entry.is_folder:
            return Option(entry.path.name, icon="folder-open", value=entry.path, aside=tr("carpeta"))
        when = words.spoken_moment(entry.at, self._kit.clock.now(), self._kit.zone)
        aside = f"{size_words(entry.size)}  ·  {when}"
        return Option(entry.path.name, icon="file-text", value=entry.path, aside=aside)

    def _enter(self) -> None:
        text = self.line.text().strip()
        if _is_path(text):
            self._kit.tasks.apart(lambda: named(text), self._named, self._failed)
        elif self.list.chosen is not None:
            self._pick(self.list.chosen)

    def _named(self, found: Path | Listing) -> None:
        if isinstance(found, Path):
            self.chosen.emit(found)
        else:
            self.line.clear()
            self._open(found.folder)

    def _pick(self, option: Option) -> None:
        path = option.value
        if not isinstance(path, Path):
            return
        if option.icon == "folder-open":
            self.line.clear()
            self._open(path)
        else:
            self.chosen.emit(path)


def _scanned(path: Path) -> Option:
    return Option(path.name, icon="scan-line", value=path, aside=tr("recién escaneado"), ink="accent")


def _way(spot: Spot) -> Option:
    return Option(spot.name, icon="folder-open", value=spot.path, aside=spot.aside, ink="accent")


def _is_path(text: str) -> bool:
    return text.strip('"').startswith(("/", "\\", "~")) or text.strip('"')[1:2] == ":"
