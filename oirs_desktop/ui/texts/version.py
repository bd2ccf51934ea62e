"""Which version of the program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from oirs_desktop.ui.look.i18n import tr


def program_version() -> str:
    """Give the version that is installed."""
    try:
        return version("oirs-desktop")
    except PackageNotFoundError:  # run from a folder that was never installed
        return tr("sin instalar")
