"""A fault planted into a copy of the program, and the search for it.

A patch is a unified diff whose hunks are found by their lines, which must stand in the file exactly once;
after `@@` stands the function, for the reader. What no longer applies is an error, not a pass.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

from tests.sim.template import MADE, template

ROOT = Path(__file__).resolve().parents[2]
FAULTS = Path(__file__).with_name("faults")
COPIED = ("oirs_core", "oirs_central", "oirs_desktop", "resources", "tests/support", "tests/sim")


class PatchStale(Exception):
    """The code has changed where the patch should apply: write the fault anew."""


def hunks(patch: str) -> list[tuple[str, str, str]]:
    """File, old lines and new lines of each hunk."""
    found: list[tuple[str, list[str], list[str]]] = []
    name = ""
    for line in patch.splitlines(keepends=True):
        if line.startswith("+++ b/"):
            name = line.removeprefix("+++ b/").strip()
        elif line.startswith("@@"):
            found.append((name, [], []))
        elif found and not line.startswith("--- "):
            if line[0] in " -":
                found[-1][1].append(line[1:])
            if line[0] in " +":
                found[-1][2].append(line[1:])
    return [(file, "".join(old), "".join(new)) for file, old, new in found]


def apply(folder: Path, patch: str) -> None:
    """Change the files below ``folder``; PatchStale."""
    for name, old, new in hunks(patch):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise PatchStale(f"{name}: the lines stand there {text.count(old)} times\n{old}")
        path.write_text(text.replace(old, new), encoding="utf-8")


def plant(folder: Path, name: str) -> None:
    """Copy the program into ``folder`` and plant a fault; no name: none."""
    skip = shutil.ignore_patterns("__pycache__", "fonts", "icons", "dictionaries", "test_*")
    for part in COPIED:
        shutil.copytree(ROOT / part, folder / part, ignore=skip)
    if name:
        apply(folder, (FAULTS / f"{name}.patch").read_text(encoding="utf-8"))


def search(folder: Path, first: int, seeds: int) -> dict[str, object]:
    """Run the simulator over the program in ``folder``: seed and fault of the first catch, or neither."""
    run = [sys.executable, "-m", "tests.sim.planting", str(first), str(seeds)]
    made = folder / "template"
    made.write_bytes(pickle.dumps(template()))
    env = {**os.environ, "PYTHONPATH": str(folder), MADE: str(made)}
    done = subprocess.run(run, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def main(first: int, seeds: int) -> None:
    """What runs in the copy."""
    import oirs_desktop  # noqa: PLC0415 - to see which one it is
    from tests.sim.runner import first_fault  # noqa: PLC0415 - only here

    assert Path.cwd() in Path(oirs_desktop.__file__).resolve().parents
    outcome = first_fault(range(first, first + seeds))
    caught = {"seed": outcome.plan.seed, "fault": outcome.fault} if outcome else {}
    sys.stdout.write(json.dumps(caught))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
