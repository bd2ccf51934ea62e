"""What every test needs: no window on anybody's screen, and the time zones of the bundle."""

from __future__ import annotations

import os
import zoneinfo

# Before Qt is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Old systems lack America/Coyhaique: the tests prove that the bundled tzdata has every zone we use.
zoneinfo.reset_tzpath([])
