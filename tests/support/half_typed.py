"""A counter in a process of its own, in the middle of an attention: to be killed.

Called as ``python -m tests.support.half_typed FOLDER``. Says ``kept`` once the program itself says that
the draft is on the disk, and then goes on typing nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.form.nueva import Nueva
from oirs_desktop.ui.kit.screen import Kit
from oirs_desktop.ui.kit.tasks import Tasks
from oirs_desktop.ui.look.theme import Theme
from oirs_desktop.ui.window.frame import Window
from tests.support.keys import Key, Keyboard
from tests.support.office import open_office

RELATO = "Vive sola, el techo se voló anoche y"
LAST_WORDS = "anoche y"
START_MS, LOOK_MS = 300, 50


def type_half(window: Window) -> None:
    """Type a number that the desk would refuse, which is kept all the same, and half a sentence."""
    keys = Keyboard(window)
    keys.press(Key.Key_F2)
    form = window.current
    if not isinstance(form, Nueva):
        raise TypeError(form)
    keys.write("12.345.678-4")
    form.que.relato.box.setFocus()
    keys.write(RELATO)


def main(folder: Path) -> None:
    """Type half an attention and wait."""
    app = QApplication([])
    office, window = open_office(folder), Window(Theme())
    window.show()
    window.activateWindow()
    window.attach(Kit(office.counter, Tasks(), window.theme, office.clock, office.sync))
    QTimer.singleShot(START_MS, window, lambda: type_half(window))

    def look() -> None:
        form = window.current
        said = isinstance(form, Nueva) and form.foot.note.words.text().startswith("Borrador guardado")
        if said and LAST_WORDS in office.store.drafts()[0].form:
            print("kept", flush=True)  # noqa: T201 - whoever kills waits for it
            watch.stop()

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(LOOK_MS)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
