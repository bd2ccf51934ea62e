"""Start of `oirs-desktop`."""

from __future__ import annotations

import sys

from oirs_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
