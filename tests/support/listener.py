"""Listens to a window as a screen reader does: walks it by keys and tells what AT-SPI says of each control.

Run by the system's Python, which has pyatspi, inside a session bus and an X server of its own (``atspi.sh``).
Prints JSON: for each screen the controls that Tab reached, and every text that can be read.
"""

# ruff: noqa: ANN401 - pyatspi has no types
from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pyatspi

KEYS = {"Tab": 0xFF09, "Return": 0xFF0D, "Escape": 0xFF1B, "Down": 0xFF54}
KEYS.update({f"F{n}": 0xFFBE + n - 1 for n in range(1, 13)})
PATIENCE_S = 10.0
MOST_TABS = 40
PAUSE_S = 0.2
CONTROL = 37
"""Key code of Control_L on any keyboard of X11."""
SCREENS = (
    ("meson", "", "Mesón"),
    ("nueva", "F2", "Nueva"),
    ("busqueda", "F3", "Buscar"),
    ("pendientes", "F8", "Pendientes"),
    ("caso", "F8 Down Return", "Caso"),
    ("comprobante", "F9", "Comprobante"),
    ("envio", "F10", "Envío"),
    ("cierre", "F12", "Cierre"),
    ("ayuda", "F1", "Ayuda"),
    ("preferencias", "Ctrl+,", "Preferencias"),
)
"""Screen, the keys that lead there, a word of its title."""


def press(key: str) -> None:
    """Press a key of the X server, with Ctrl held if asked."""
    held, _, key = key.rpartition("+")
    if held:
        pyatspi.Registry.generateKeyboardEvent(CONTROL, None, pyatspi.KEY_PRESS)
    pyatspi.Registry.generateKeyboardEvent(KEYS.get(key) or ord(key), None, pyatspi.KEY_SYM)
    if held:
        pyatspi.Registry.generateKeyboardEvent(CONTROL, None, pyatspi.KEY_RELEASE)
    time.sleep(0.03)


def everything(node: Any) -> Any:
    """Give a node and all below it that are shown."""
    yield node
    for place in range(node.childCount):
        child = node.getChildAtIndex(place)
        if child is not None and child.getState().contains(pyatspi.STATE_SHOWING):
            yield from everything(child)


def told(node: Any) -> dict[str, Any]:
    """Tell what a reader would say of a control."""
    labels = [
        relation.getTarget(0).name
        for relation in node.getRelationSet()
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
    ]
    names = sorted(pyatspi.stateToString(state) for state in node.getState().getStates())
    return {
        "name": node.name,
        "label": (labels or [""])[0],
        "role": node.getRoleName(),
        "about": node.description,
        "states": [name.removeprefix("STATE_").lower() for name in names],
    }


def wait(what: Any) -> Any:
    """Wait until something is there."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(window())


def window() -> Any:
    """Find the window of the counter."""
    for app in pyatspi.Registry.getDesktop(0):
        for top in app or ():
            if "OIRS" in (top.name or ""):
                return top
    return None


def focused(top: Any) -> Any:
    """Find the control that has the focus. A page or a row that hands it on says that it has it too."""
    found = [node for node in everything(top) if node.getState().contains(pyatspi.STATE_FOCUSED)]
    return next((node for node in found if node.getRoleName() != "filler"), found[0] if found else None)


def walk(top: Any) -> dict[str, Any]:
    """Press Tab until a control comes round again."""
    seen: dict[str, dict[str, Any]] = {}
    for _ in range(MOST_TABS):
        node = focused(top)
        if node is not None:
            if node.path in seen:
                break
            seen[node.path] = told(node)
        press("Tab")
    return {"title": top.name, "controls": list(seen.values()), "texts": texts(top)}


def texts(top: Any) -> list[str]:
    """Give every text in sight."""
    return [node.name for node in everything(top) if node.getRoleName() in {"label", "heading"} and node.name]


def main(answer: Path) -> None:
    """Walk all screens; try to register an empty form."""
    top = wait(window)
    wait(lambda: focused(top))
    found: dict[str, Any] = {}
    for name, keys, title in SCREENS:
        for one in keys.split():
            press(one)
            time.sleep(PAUSE_S)
        wait(lambda title=title: title in top.name)
        time.sleep(PAUSE_S)
        found[name] = walk(top)
    press("F2")
    wait(lambda: "Nueva" in top.name)
    press("Ctrl+Return")
    time.sleep(PAUSE_S)
    found["refused"] = {"focus": told(focused(top)), "texts": texts(top)}
    answer.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
