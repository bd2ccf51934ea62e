"""A language that does not exist: every text of the window in brackets, with accents, 40 % longer.

Called as ``python -m tests.support.pseudo FOLDER pseudo|en SCALE`` in a process of its own, because texts of
tables are translated when their file is read. Prints JSON: what is cut, what escaped, what the header says.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import astuple, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, Qt, QTimer, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from oirs_desktop.settings import Settings
from oirs_desktop.ui.look.i18n import install_language
from oirs_desktop.ui.look.theme import Look, Theme
from oirs_desktop.ui.window.frame import Window
from tests.support.cuts import cut, overlapping, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.office import Office

ACCENTS = str.maketrans("aeiounAEIOUNcs", "âéîöûñÂÉÎÖÛÑçš")
GROWTH = 0.4
ROUNDS = 10
KEYS = re.compile(r"\b(F\d+|Ctrl|Alt|Enter|Esc|Tab|Inicio|Shift|PDF|USB|RUN|OIRS|bytes|mm|Home)\b")


class Stretcher(QTranslator):
    """Translates everything into itself, longer; what stands in braces is left alone."""

    def translate(self, _context: str, text: str, *_more: object) -> str:  # type: ignore[override]
        """Give the stretched text."""
        parts = re.split(r"(\{[^}]*\})", text)
        body = "".join(part if part.startswith("{") else part.translate(ACCENTS) for part in parts)
        return f"[{body}{'é' * max(1, round(len(text) * GROWTH) - 2)}]" if text else ""


def shown_texts(root: QWidget) -> Iterator[str]:
    """Give every text in sight, read aloud or shown in an empty field."""
    for part in visible(root):
        yield part.accessibleName()
        if isinstance(part, QLabel | QAbstractButton):
            yield part.text()
        elif isinstance(part, QLineEdit):
            yield part.placeholderText()
        if isinstance(part, QComboBox):
            yield from (part.itemText(place) for place in range(part.count()))
        elif isinstance(part, QAbstractItemView):
            model = part.model()
            for row in range(model.rowCount() if model else 0):
                yield str(model.index(row, 0).data(Qt.ItemDataRole.DisplayRole) or "")


def escaped(text: str, data: list[str]) -> str:
    """Give what is left of a text without its translated parts, what people typed, and names of keys."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"\[[^\[\]]*\]", " ", text)
    for known in data:
        text = text.replace(known, " ")
    words = re.findall(r"[^\W\d_]{3,}", KEYS.sub(" ", text))
    return " ".join(words)


def typed_texts(thing: object) -> Iterator[str]:
    """Give all strings inside a case, an office or a person."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        yield from typed_texts(astuple(thing))
    elif hasattr(thing, "__struct_fields__"):
        for name in thing.__struct_fields__:
            yield from typed_texts(getattr(thing, name))
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from typed_texts(part)


class Walk:
    """Goes through all screens and notes what it sees."""

    def __init__(self, app: QApplication, folder: Path, scale: float) -> None:
        from oirs_desktop.ui.kit.screen import Kit  # noqa: PLC0415 - after the language, as in the program
        from oirs_desktop.ui.kit.tasks import Tasks  # noqa: PLC0415
        from oirs_desktop.ui.kit.tastes import Tastes  # noqa: PLC0415
        from tests.support.office import open_office  # noqa: PLC0415

        theme = Theme(Look.LIGHT, scale)
        theme.apply(app)
        self.office: Office = open_office(folder)
        self.case = self.office.file("Rosa Elena", salida="pendiente")
        self.tasks = Tasks()
        self.window: Window = Window(theme)
        self.window.resize(1366, 768)
        self.window.show()
        tastes = Tastes(None, Settings())
        self.window.attach(
            Kit(self.office.counter, self.tasks, theme, self.office.clock, self.office.sync, tastes)
        )
        data = {*typed_texts(self.case), *typed_texts(self.office.desk.session), "Rosa", "12.345.678-5"}
        plazo = self.office.desk.plazo(self.case)  # on the paper too, whose language is Spanish
        data.update([plazo.sentence, *plazo.explanation] if plazo else [])
        data.update(self._of_the_tables())
        self.data = sorted((text for text in data if len(text) > 2), key=len, reverse=True)

    def _of_the_tables(self) -> Iterator[str]:
        """Give what is Spanish because a table has it: answers kept in events, ready letters."""
        from oirs_core.domain.kinds import Kind  # noqa: PLC0415 - after the language
        from oirs_desktop.desk.templates import templates_for  # noqa: PLC0415
        from oirs_desktop.ui.form.estadistica import NO_DISABILITY, NONE_OF_THEM  # noqa: PLC0415

        catalogue = self.office.desk.catalogue
        yield from (NO_DISABILITY, NONE_OF_THEM)
        yield from (row.nombre for rows in catalogue.clasificaciones.values() for row in rows)
        yield from (row.nombre for row in catalogue.pueblos.values())
        yield from (letter.titulo for kind in Kind for letter in templates_for(kind))

    def rest(self) -> None:
        """Let the window work until nothing is left to do."""
        loop = QEventLoop()
        QTimer.singleShot(100, loop.quit)
        loop.exec()
        while not self.tasks.idle:
            QApplication.processEvents()

    def note(self, name: str, argument: object) -> dict[str, Any]:
        """Go to a screen and tell of it."""
        self.window.go(name, argument)
        self.rest()
        return self.tell()

    def unfolded(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Open what is folded in the form, and each panel of the case in sight; tell of each."""
        from oirs_desktop.ui.case.acts import FORMS  # noqa: PLC0415 - after the language
        from oirs_desktop.ui.case.caso import Caso  # noqa: PLC0415
        from oirs_desktop.ui.form.nueva import Nueva  # noqa: PLC0415

        page = self.window.current
        if isinstance(page, Nueva):
            page.quien.show_rest(shown=True)
            page.donde.line.click()
            page.register.click()
            self.rest()
            yield "nueva, all of it", self.tell()
        elif isinstance(page, Caso):
            for name in page.rail.buttons:
                if name in FORMS:
                    page.begin(name)
                    self.rest()
                    yield f"caso, {name}", self.tell()

    def tell(self) -> dict[str, Any]:
        """Say what is cut and what escaped in the screen in sight."""
        for _ in range(ROUNDS):  # heights follow widths in several rounds
            if not cut(self.window):
                break
            self.rest()
        texts = set(shown_texts(self.window)) | {self.window.windowTitle()}
        left = sorted({rest for text in texts if (rest := escaped(text, self.data))})
        return {"cut": cut(self.window), "over": overlapping(self.window), "escaped": left}

    def close(self) -> None:
        """End."""
        self.window.close()
        self.tasks.close()
        self.office.store.close()


def main(folder: Path, language: str, scale: float) -> None:
    """Walk and print."""
    app = QApplication([])
    if language == "pseudo":
        install_language(app, "es")
        stretcher = Stretcher(app)
        app.installTranslator(stretcher)
    else:
        install_language(app, language)
    from oirs_desktop.store import Recorded  # noqa: PLC0415 - after the language
    from oirs_desktop.ui.window.registry import SCREENS  # noqa: PLC0415

    walk = Walk(app, folder, scale)
    walk.rest()
    case = walk.case
    arguments = {"caso": case.id, "comprobante": Recorded(case, ()), "busqueda": "Rosa", "ayuda": "nueva"}
    screens = SCREENS if language == "pseudo" else ()
    found: dict[str, Any] = {}
    for name in screens:
        found[name] = walk.note(name, arguments.get(name))
        found.update(walk.unfolded())
    found["header"] = [button.text() for button in walk.window.header.keys.values()]
    walk.close()
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
