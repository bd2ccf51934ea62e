"""`make sim SEEDS=n`: many random runs on all cores; what fails is thinned out and printed to be kept."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter

from tests.sim.runner import Outcome, play_seed, ready, shrink

CHUNK = 10
SHOWN = 5


def main() -> int:
    """Run, print, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument(
        "--keep", action="store_true", help="print failing plans as they are, not thinned out"
    )
    asked = parser.parse_args()
    seeds, began = range(asked.first, asked.first + asked.seeds), time.monotonic()
    counts, kinds, failed, cpu = Counter[str](), Counter[str](), list[Outcome](), 0.0
    with multiprocessing.get_context("spawn").Pool(asked.jobs, ready) as pool:
        for done, outcome in enumerate(pool.imap_unordered(play_seed, seeds, CHUNK), start=1):
            counts.update(outcome.counts)
            cpu += outcome.seconds
            if outcome.fault:
                kinds[" ".join(outcome.fault.split()[:9])] += 1
                failed.append(outcome)
                print(f"seed {outcome.plan.seed}: {outcome.fault}", flush=True)
            if done % 1000 == 0:
                print(f"{done} seeds, {len(failed)} failed, {time.monotonic() - began:.0f} s", flush=True)
    print("steps and faults:", ", ".join(f"{name} {n}" for name, n in sorted(counts.items())))
    took = time.monotonic() - began
    each = 1000 * cpu / asked.seeds
    print(f"{asked.seeds} seeds, {sum(counts.values())} steps, {took:.0f} s, {each:.0f} ms of CPU a seed")
    for name, n in kinds.most_common():
        print(f"violated {n} times: {name}")
    for outcome in sorted(failed, key=lambda one: len(one.plan.steps))[:SHOWN]:
        least = outcome if asked.keep else shrink(outcome)
        print(f"\n# seed {outcome.plan.seed}: {least.fault}\n{least.plan.text()}\n{least.where[-3000:]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
