"""What a screen reader hears: the real window in a session of its own, walked by keys through AT-SPI."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from oirs_desktop.ui.window.registry import SCREENS
from tests.support.tree import ROOT

NEEDED = "at-spi2-core python3-pyatspi dbus dbus-x11 xvfb xauth"
ROLES = {"text", "push button", "radio button", "combo box", "list", "check box", "toggle button"}
PAGES = {"caso", "ayuda"}
"""Screens whose page takes the focus first, so that arrows scroll it: it is read by its name."""


def missing() -> str:
    tools = [tool for tool in ("dbus-run-session", "xvfb-run", "dbus-send") if shutil.which(tool) is None]
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        tools.append("at-spi-bus-launcher")
    look = ["/usr/bin/python3", "-c", "import pyatspi"]
    if not Path(look[0]).exists() or subprocess.run(look, capture_output=True, check=False).returncode:
        tools.append("pyatspi")
    return f"not here: {', '.join(tools)} (apt-get install {NEEDED})" if tools else ""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if sys.platform != "linux":
        pytest.skip("AT-SPI is of Linux")
    if reason := missing():
        pytest.skip(reason)
    answer = tmp_path_factory.mktemp("atspi") / "heard.json"
    # The bus inside the screen: what it starts must know the screen, or no key arrives.
    session = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--"]
    command = [*session, "sh", "tests/support/atspi.sh", sys.executable, str(answer)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False)
    assert answer.exists(), ran.stderr
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return found


def test_every_control_of_every_screen_has_a_name_and_a_role(heard: dict[str, Any]) -> None:
    assert set(SCREENS) <= set(heard)
    for screen in SCREENS:
        controls = heard[screen]["controls"]
        assert controls, screen
        assert [told for told in controls if not told["name"]] == [], screen
        pages = [told for told in controls if told["role"] == "filler"]
        assert len(pages) == (screen in PAGES), (screen, pages)
        assert {told["role"] for told in controls} - {"filler"} <= ROLES, screen
        # A folded list is called by its value: its label or description says what it is for.
        lists = [told for told in controls if told["role"] == "combo box"]
        assert [told for told in lists if not told["label"] and not told["about"]] == [], screen


def test_states_are_told(heard: dict[str, Any]) -> None:
    controls = [told for screen in SCREENS for told in heard[screen]["controls"]]
    assert [told for told in controls if not {"focused", "showing", "enabled"} <= set(told["states"])] == []
    assert all("focusable" in told["states"] for told in controls if told["role"] != "filler")
    radios = [told for told in controls if told["role"] == "radio button"]
    assert len(radios) >= 6
    assert all("checked" in told["states"] and told["about"] for told in radios)
    texts = [told for told in heard["nueva"]["controls"] if told["role"] == "text"]
    assert {"RUN", "Materia", "Relato", "Respuesta"} <= {told["name"] for told in texts}
    assert all("editable" in told["states"] for told in texts)


def test_keys_are_told_with_their_buttons(heard: dict[str, Any]) -> None:
    keys = {told["name"]: told["about"] for told in heard["caso"]["controls"]}
    assert (keys["Responder"], keys["Anotar"], keys["Reimprimir"]) == ("F6", "F4", "F9")


def test_what_is_missing_is_read_at_its_field_and_on_top(heard: dict[str, Any]) -> None:
    refused = heard["refused"]
    assert (refused["focus"]["name"], refused["focus"]["about"]) == ("RUN", "Escriba el RUN.")
    assert "Aún no se registra. Revise esto:" in refused["texts"]


def test_the_strip_is_read_on_every_screen(heard: dict[str, Any]) -> None:
    for screen in SCREENS:
        texts = heard[screen]["texts"]
        assert any(text.startswith("Sin conexión") for text in texts), screen
        assert any(text.startswith("Último ") for text in texts), screen
