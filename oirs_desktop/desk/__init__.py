"""The official's verbs, callable without a window: open a case, add to it, find one."""

from __future__ import annotations

from oirs_desktop.desk.box import Found, Hint
from oirs_desktop.desk.desk import Desk, receipt_facts
from oirs_desktop.desk.draft import Draft

__all__ = ["Desk", "Draft", "Found", "Hint", "receipt_facts"]
