"""What every test needs: no window on anybody's screen, and the time zones of the bundle."""

from __future__ import annotations

import os
import tempfile
import zoneinfo
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# Before Qt is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What is remembered of stores outside their folders shall not stay in the home of who runs the tests.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="oirs-state-")

# Old systems lack America/Coyhaique: the tests prove that the bundled tzdata has every zone we use.
zoneinfo.reset_tzpath([])


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """One migrated database for the session: making one takes longer than most tests."""
    from tests.support.postgres import prepare, running  # noqa: PLC0415 - most tests need no server

    with running() as server:
        url = server.create("central")
        prepare(url)
        yield url
