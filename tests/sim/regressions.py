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
    # Several own logs waited for the page of a feed that was offered as a snapshot, and were sent for ever.
    "I10 a snapshot while more is to be sent": plan(995, 2, True, [
        ("write", 33, 352, 670),
        ("write", 39, 381, 15),
        ("skew", 23, 594, 252),
        ("twin", 51, 199, 47),
        ("stick", 31, 591, 960),
        ("join", 25, 295, 725),
        ("centre_snapshot", 36, 45, 145),
        ("write", 38, 1, 783),
        ("write", 33, 833, 615),
    ]),
    # A case of which data were erased was put away once more, and stood in the lists again after a rebuild.
    "I3 put away after an erasure": plan(2200, 2, True, [
        ("forward", 37, 803, 324),
        ("put_away", 42, 317, 156),
        ("send", 21, 124, 568),
        ("write", 51, 195, 223),
        ("erase", 27, 600, 459),
        ("put_away", 27, 553, 706),
    ]),
    # A case was put away before anybody had noted which document it announces: nobody sent that any more.
    "I1 put away before its document was noted": plan(3039, 4, False, [
        ("twin", 11, 973, 966),
        ("sync", 42, 860, 880),
        ("paper", 54, 952, 960),
        ("forward", 43, 974, 634),
        ("sync", 6, 605, 313),
        ("put_away", 42, 140, 632),
        ("put_away", 0, 287, 868),
    ]),
    # The time of the oldest pending event was read from a header that nobody can read.
    "I11 a header that nobody can read": plan(2467, 2, True, [
        ("skew", 46, 810, 917),
        ("stick", 28, 127, 752),
    ]),
}  # fmt: skip
