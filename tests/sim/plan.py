"""What happens in one run: a list of steps drawn from a seed, which can be thinned out and repeated."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import NamedTuple


class Step(NamedTuple):
    """``who``: counter, by number; ``a``, ``b``: whatever the step makes of them."""

    op: str
    who: int = 0
    a: int = 0
    b: int = 0


@dataclass(frozen=True)
class Plan:
    """``counters``: 2 to 5. ``narrow``: small batches and pages, so that one exchange takes many rounds."""

    seed: int
    counters: int
    narrow: bool
    steps: tuple[Step, ...]

    def text(self) -> str:
        """As it is pasted into a test."""
        lines = "".join(f"        {tuple(step)!r},\n" for step in self.steps)
        head = f"plan({self.seed}, {self.counters}, {self.narrow}, [\n"
        return f"    {head}{lines}    ]),\n"


WEIGHTS = {
    "write": 30,  # a case is opened, or somebody acts on one
    "sync": 30,
    "overlap": 3,  # two conversations of one counter at the same time
    "late": 3,  # an old request reaches the centre once more
    "power": 4,  # the power goes at the next commits, or in the middle of an exchange
    "lying": 1,  # ... and the disk had not kept what it said
    "clock": 3,
    "backup": 4,
    "restore": 3,
    "copy": 1,  # the folder is copied to another machine, and both go on
    "twin": 1,  # a machine is copied as a whole, keystore included
    "rotate": 1,
    "skew": 3,  # an event of a later program, or one that nobody can read
    "forward": 3,
    "centre_write": 3,
    "centre_backup": 4,
    "centre_restore": 2,
    "centre_fails": 2,
    "stick": 5,  # written out, taken in at the centre, or read: files may come twice and out of order
    "erase": 2,
    "put_away": 2,
    "ask_back": 1,
    "centre_verified": 2,
    "join": 1,
    "paper": 4,  # a document is announced; its bytes go apart
    "send": 4,
    "centre_loses": 1,
    "centre_snapshot": 2,  # new counters may begin with a file
}


def draw(seed: int) -> Plan:
    """Draw a plan."""
    rng = Random(seed)
    names, weights = list(WEIGHTS), list(WEIGHTS.values())
    # Each run lays stress on something else: with everything everywhere nothing comes to a depth.
    weights = [weight * rng.choice((0.2, 1, 1, 4)) for weight in weights]
    ops = rng.choices(names, weights, k=rng.randint(16, 36))
    steps = tuple(Step(op, rng.randrange(60), rng.randrange(1000), rng.randrange(1000)) for op in ops)
    return Plan(seed, rng.choice((2, 2, 3, 3, 4, 5)), rng.random() < 0.5, steps)


def plan(seed: int, counters: int, narrow: bool, steps: list[tuple[str, int, int, int]]) -> Plan:
    """Read a plan that was printed."""
    return Plan(seed, counters, narrow, tuple(Step(*step) for step in steps))
