"""Runs that failed once, thinned out to what it takes: each under the name of what was wrong."""

from __future__ import annotations

from tests.sim.plan import Plan, plan

FOUND: dict[str, Plan] = {
    # Restored centre: the act of one counter came before the case of another, which the first gave back.
    "I7 an act before its case": plan(219, 2, False, [
        ("centre_backup", 54, 663, 895),
        ("write", 11, 758, 185),
        ("sync", 50, 18, 383),
        ("overlap", 58, 878, 42),
        ("write", 46, 257, 985),
        ("centre_restore", 39, 592, 375),
    ]),
}  # fmt: skip
