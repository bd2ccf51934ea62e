"""Runs that failed once, thinned out to what it takes: each under the name of what was wrong."""

from __future__ import annotations

from tests.sim.plan import Plan, plan

FOUND: dict[str, Plan] = {
    # Restored centre: the act of one counter came before the case of another, which the first gave back.
    "I7 an act before its case": plan(219, 2, False, [
        ("forward", 0, 0, 0),
        ("centre_backup", 54, 663, 895),
        ("write", 11, 758, 185),
        ("sync", 50, 18, 383),
        ("overlap", 58, 878, 42),
        ("write", 46, 257, 985),
        ("centre_restore", 39, 592, 375),
    ]),
    # The same with two logs of one key, both sent again, the later one first.
    "I7 an act before its case, both own": plan(2521, 2, True, [
        ("copy", 11, 826, 377),
        ("write", 49, 485, 72),
        ("centre_backup", 55, 998, 920),
        ("skew", 41, 785, 63),
        ("sync", 31, 933, 36),
        ("sync", 44, 459, 181),
        ("write", 50, 39, 460),
        ("centre_restore", 17, 235, 814),
        ("sync", 2, 717, 968),
    ]),
    # The time of the oldest pending event was read from a header that nobody can read.
    "I11 a header that nobody can read": plan(2467, 2, True, [
        ("skew", 46, 810, 917),
        ("stick", 28, 127, 752),
    ]),
}  # fmt: skip
