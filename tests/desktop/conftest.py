"""The window that most tests of it begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.stage import Stage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """Open a counter with its window in sight."""
    from tests.support.stage import show_window  # noqa: PLC0415 - half of these tests need no window

    yield from show_window(qtbot, tmp_path)
