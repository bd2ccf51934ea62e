"""Runs plans, and thins out those that fail."""

from __future__ import annotations

import gc
import shutil
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.sim.checks import check
from tests.sim.parts import played, unsealed
from tests.sim.plan import draw
from tests.sim.template import scratch, template
from tests.sim.world import Violation, World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.sim.plan import Plan


@dataclass
class Outcome:
    """``fault``: empty when every invariant held. ``where``: the trace, to be read by a person."""

    plan: Plan
    fault: str = ""
    where: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def ready() -> None:
    """Prepare a process that will run many plans."""
    template()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def play(plan: Plan) -> Outcome:
    """Run a plan to its end."""
    template()
    folder, began = scratch(), time.process_time()
    outcome, world = Outcome(plan), None
    try:
        with unsealed():
            world = World(plan, folder)
        outcome.counts = world.counts
        with played(world.power, narrow=plan.narrow):
            world.run()
            check(world)
    except Violation as why:
        outcome.fault = str(why)
        outcome.where = "".join(traceback.format_exception(why.__cause__ or why))
    except Exception as why:  # noqa: BLE001 - whatever the product raises is what we look for
        outcome.fault = f"I11 {type(why).__name__}: {why}"
        outcome.where = traceback.format_exc()
    finally:
        if world is not None:
            world.close()
        shutil.rmtree(folder, ignore_errors=True)
    outcome.seconds = time.process_time() - began
    return outcome


def play_seed(seed: int) -> Outcome:
    return play(draw(seed))


def first_fault(seeds: Iterable[int]) -> Outcome | None:
    """The first outcome with a fault."""
    return next((outcome for seed in seeds if (outcome := play_seed(seed)).fault), None)


def shrink(outcome: Outcome, tries: int = 400) -> Outcome:
    """Leave out steps as long as the same invariant is violated."""
    best, size = outcome, max(1, len(outcome.plan.steps) // 2)
    while tries > 0:
        at, thinner = 0, False
        while at < len(best.plan.steps) and tries > 0:
            steps = best.plan.steps[:at] + best.plan.steps[at + size :]
            tries -= 1
            found = play(replace(best.plan, steps=steps))
            if found.fault[:8] == outcome.fault[:8]:
                best, thinner = found, True
            else:
                at += size
        if size == 1 and not thinner:
            break
        size = max(1, size // 2)
    return best
