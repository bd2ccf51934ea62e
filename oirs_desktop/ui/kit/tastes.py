"""How this counter likes its window: size, colours, spelling. Changed at once, kept in the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from oirs_desktop.settings import Settings, change, named
from oirs_desktop.ui.look.theme import Look, Theme, system_look

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_core.domain.errors import OirsError
    from oirs_desktop.ui.kit.tasks import Tasks

SIZES = (100, 125, 150, 200)
"""Percent of the design."""


class Tastes(QObject):
    """The settings of the window while it is open."""

    changed = Signal(str)
    """Key of the setting that was changed."""

    def __init__(self, path: Path | None = None, settings: Settings | None = None) -> None:
        """``path``: the settings file; without one nothing is kept."""
        super().__init__()
        self.path = path
        self.settings = settings or Settings()

    def theme(self) -> Theme:
        """Give colours and size as they are wanted now."""
        wanted, app = self.settings.theme, QApplication.instance()
        if wanted == "system" and isinstance(app, QApplication):
            return Theme(system_look(app), self.settings.text_size / 100)
        return Theme(Look.LIGHT if wanted == "system" else Look(wanted), self.settings.text_size / 100)

    def set(
        self,
        tasks: Tasks,
        failed: Callable[[OirsError], None],
        key: str,
        value: bool | int | str,  # noqa: FBT001 - any value of a setting
    ) -> None:
        """Use another value from now on and write it down; ``failed`` hears when that cannot be done."""
        if getattr(self.settings, key) == value:
            return
        # The key comes from the screens, the checks of the file are made when it is written.
        self.settings = replace(self.settings, **{key: value})  # type: ignore[arg-type]
        self.changed.emit(key)
        path = self.path
        if path is not None:
            tasks.run(lambda: change(path, **{key: value}), lambda _: None, failed)

    def step(self, steps: int) -> int:
        """Give the size so many steps larger (smaller below zero), percent; 0: the normal one."""
        if not steps:
            return SIZES[0]
        place = SIZES.index(self.settings.text_size) + steps
        return SIZES[min(max(place, 0), len(SIZES) - 1)]

    def kept(self) -> frozenset[str]:
        """Give the keys that the file sets; reads the disk."""
        return named(self.path) if self.path is not None else frozenset()
