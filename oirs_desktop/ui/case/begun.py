"""What is being written in the panels of cases, kept on the disk like forms: a power cut takes no answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from oirs_core.domain.events import Institucion
from oirs_core.domain.kinds import Medio
from oirs_desktop.ui.case.acts import FORMS, Typed
from oirs_desktop.ui.kit.shelf import SAVE_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.ui.kit.shelf import Shelf

Kept = dict[tuple[bytes, str], object]
"""What stands in the panel of an act (name of its form) of a case (id)."""


class Begun(QObject):
    """Looks every two seconds. Not at corrections and lists of documents: they lean on the case of then."""

    def __init__(self, shelf: Shelf, kept: Callable[[], Kept], parent: QObject) -> None:
        """``kept``: takes up what stands in the open panel too."""
        super().__init__(parent)
        self._shelf, self._kept = shelf, kept
        self._mine: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        shelf.ask_begun = self.look

    def look(self) -> None:
        """Write what is new, and let go of what was saved or emptied since."""
        now = {_label(*key): dump(typed) for key, typed in self._kept().items() if isinstance(typed, Typed)}
        for label in now.keys() | self._mine:
            self._shelf.keep_begun(label, now.get(label, ""))
        self._mine = set(now)

    def bring_back(self, entity: bytes) -> str:
        """Take up what was left in the panels of a case before the program ended; gives the key of one."""
        kept, found = self._kept(), ""
        for name, form in FORMS.items():
            row = self._shelf.begun.get(_label(entity, name))
            if row is not None and row.form and (entity, name) not in kept:
                kept[entity, name] = load(row.form)
                self._mine.add(_label(entity, name))
                found = found or form.keys
        return found


def _label(entity: bytes, name: str) -> str:
    return f"{entity.hex()} {name}"


def dump(typed: Typed) -> str:
    """Give it as JSON; empty when it says nothing."""
    if not typed.text.strip() and not typed.destino.nombre:
        return ""
    parts = {"text": typed.text, "medio": typed.medio, "destino": [typed.destino.nombre, typed.destino.clave]}
    return json.dumps(parts, ensure_ascii=False)


def load(form: str) -> Typed:
    """Read it, as far as it can be read: another version may have written it."""
    found = json.loads(form)
    medio = found.get("medio")
    known = Medio(medio) if medio in set(Medio) else Medio.PRESENCIAL
    nombre, clave = found.get("destino", ["", ""])
    return Typed(str(found.get("text", "")), known, Institucion(nombre, clave))
