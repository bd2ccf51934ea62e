"""Start of `oirs-central`."""

from __future__ import annotations

import sys

from oirs_central.app import main

if __name__ == "__main__":
    sys.exit(main())
