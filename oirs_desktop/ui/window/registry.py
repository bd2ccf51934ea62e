"""Which class shows which screen; a screen's code is read when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from oirs_desktop.ui.kit.screen import Kit, Screen

SCREENS = {
    "meson": ("oirs_desktop.ui.pages.meson", "Meson"),
    "nueva": ("oirs_desktop.ui.form.nueva", "Nueva"),
    "comprobante": ("oirs_desktop.ui.paper.comprobante", "Comprobante"),
    "caso": ("oirs_desktop.ui.case.caso", "Caso"),
    "busqueda": ("oirs_desktop.ui.pages.busqueda", "Busqueda"),
    "pendientes": ("oirs_desktop.ui.pages.pendientes", "Pendientes"),
    "cierre": ("oirs_desktop.ui.pages.cierre", "Cierre"),
    "envio": ("oirs_desktop.ui.outbox.envio", "Envio"),
    "ayuda": ("oirs_desktop.ui.pages.ayuda", "Ayuda"),
    "preferencias": ("oirs_desktop.ui.pages.preferencias", "Preferencias"),
}
"""Name of the screen: module and class."""


def make_screen(name: str, kit: Kit, *parts: QWidget) -> Screen:
    """Build a screen by its name. ``parts``: of it that are built already."""
    module, cls = SCREENS[name]
    screen: Screen = getattr(import_module(module), cls)(kit, *parts)
    return screen
