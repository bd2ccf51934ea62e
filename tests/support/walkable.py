"""A real window over a real counter with one case, in a process of its own, for the test of AT-SPI."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.kit.screen import Kit
from oirs_desktop.ui.kit.tasks import Tasks
from oirs_desktop.ui.look.i18n import install_spanish
from oirs_desktop.ui.look.theme import Look, Theme
from oirs_desktop.ui.window.frame import Window
from tests.support.office import open_office, quiet


def main(folder: Path) -> None:
    """Show it until it is closed."""
    app = QApplication([])
    install_spanish(app)
    theme = Theme(Look.LIGHT)
    theme.apply(app)
    office, tasks = open_office(folder), Tasks()
    office.file("Rosa Elena", salida="pendiente")
    window = Window(theme)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.attach(Kit(office.counter, tasks, theme, office.clock, office.sync, quiet()))
    app.exec()
    tasks.close()
    office.store.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        main(Path(place))
