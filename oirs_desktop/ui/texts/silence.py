"""What is said of a line that does not answer."""

from __future__ import annotations

from oirs_desktop.ui.look.i18n import number, tr

SILENT_S = 10
"""Of a line that has not answered for so many seconds nobody says that it is connected."""


def silence(seconds: float) -> str:
    """``Esperando a la central hace 20 s``."""
    return tr("Esperando a la central hace {count} s").format(count=number(int(seconds)))
