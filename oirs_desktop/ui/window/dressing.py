"""The whole window anew in other colours or another size, in turns too short to be felt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from oirs_desktop.ui.window.sizing import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.window.frame import Window


def dress(window: Window, theme: Theme) -> None:
    """Build everything anew; what was typed stays, and the focus.

    Keys pressed meanwhile wait in the queue of the system and reach the new screen, none is lost.
    Comes back when the screen in sight is whole; the others are built ahead, later.
    """
    window.setUpdatesEnabled(False)
    try:
        in_turns(_turns(window, theme))
    finally:
        window.setUpdatesEnabled(True)


def in_turns(turns: Iterator[None]) -> None:
    """Run each part, up to its ``yield``, in a turn of its own, and what else waits in between.

    What a part raises is raised here.
    """
    loop, raised = QEventLoop(), []

    def turn() -> None:
        try:
            more = next(turns, loop) is not loop
        except Exception as error:  # noqa: BLE001 - raised again below: a slot would swallow it
            raised.append(error)
            more = False
        if more:
            QTimer.singleShot(0, loop, turn)
        else:
            loop.quit()

    QTimer.singleShot(0, loop, turn)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if raised:
        raise raised[0]
    for _ in turns:  # the program ends: whoever called still finds a whole window
        pass


def _turns(window: Window, theme: Theme) -> Iterator[None]:
    """After each of them header, stack and strip stand, of before or of now."""
    spot = Spot.of(window)
    window.ahead.keep()
    said, practised = window.toasts.history, window.guide.step
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()
    yield
    # A new sheet would first dress each part of theirs once more: they end before.
    while window.screens:
        _, screen = window.screens.popitem()
        screen.deleteLater()
        QApplication.sendPostedEvents(screen, QEvent.Type.DeferredDelete.value)
        yield
    window.rebuild(theme)
    window.toasts.history.extend(said)
    kit = window.kit
    if kit is None:
        return
    window.kit = replace(kit, theme=theme, home=window.stack)
    window.refresh()
    yield
    yield from window.ahead.make(window.last)
    window.show_last()
    yield
    if practised:
        window.guide.begin(practised)
    if window.current is not None:
        spot.find(window.current)
    window.ahead.begin(0)
