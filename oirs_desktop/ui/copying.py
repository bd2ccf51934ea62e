"""F9 from anywhere: another copy of the receipt of the case in sight, else of the last one filed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.toast import Toast

if TYPE_CHECKING:
    from oirs_desktop.ui.frame import Window


@dataclass(frozen=True, slots=True)
class CopyOf:
    """Argument of the screen of the receipt: record a copy of this case (its id) and show its paper."""

    entity: bytes


def reprint(window: Window) -> None:
    """Go to the receipt with one more copy of it."""
    screen, kit = window.current, window.kit
    if kit is None:
        return
    chosen = screen.paper_of() if screen is not None else None

    def show(entity: bytes | None) -> None:
        if entity is None:
            window.say(Toast(tr("Todavía no hay comprobantes de este mesón.")))
        else:
            window.go("comprobante", CopyOf(entity))

    if chosen is not None:
        show(chosen)
    elif screen is not None:
        kit.tasks.run(kit.counter.desk.own_last, show, screen.trouble)
