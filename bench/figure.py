"""One measured figure: its line of JSON for programs, its row of the table for people."""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Of = Literal["value", "ratio"]
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Goal:
    """What the value, or its ratio to the floor, has to keep."""

    of: Of
    sign: Literal["<=", ">="]
    bound: float

    def __str__(self) -> str:
        return f"{self.of} {self.sign} {self.bound:g}"

    def met(self, measured: float) -> bool:
        return measured <= self.bound if self.sign == "<=" else measured >= self.bound


def at_most(bound: float, of: Of = "ratio") -> Goal:
    return Goal(of, "<=", bound)


def at_least(bound: float, of: Of = "ratio") -> Goal:
    return Goal(of, ">=", bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` and ``floor`` in ``unit``; ``n``: runs that the medians are of; no goal: information."""

    bench: str
    figure: str
    value: float
    unit: str
    n: int
    floor: float | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def ok(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        measured = self.value if self.goal.of == "value" else self.ratio
        return measured is not None and self.goal.met(measured)

    def line(self) -> str:
        return json.dumps(
            {
                "bench": self.bench,
                "figure": self.figure,
                "value": round(self.value, DIGITS),
                "unit": self.unit,
                "floor": None if self.floor is None else round(self.floor, DIGITS),
                "ratio": None if self.ratio is None else round(self.ratio, DIGITS),
                "goal": None if self.goal is None else str(self.goal),
                "ok": self.ok,
                "n": self.n,
                "note": self.note,
            },
            ensure_ascii=False,
        )


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def alternating(
    n: int, first: Callable[[], float], second: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Take ``n`` values of each in turn, so that noise from elsewhere falls on both alike."""
    pairs = [(first(), second()) if turn % 2 else (second(), first())[::-1] for turn in range(n)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def table(lines: Iterable[dict[str, object]]) -> str:
    """Write the figures for a person: one row each, what was missed marked."""
    head = ("figure", "value", "unit", "floor", "ratio", "goal", "")
    rows = [head, *(_row(line) for line in lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    return "\n".join(_aligned(row, widths) for row in rows)


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    numbers = {1, 3, 4}
    cells = zip(row, widths, strict=True)
    return "  ".join(c.rjust(w) if i in numbers else c.ljust(w) for i, (c, w) in enumerate(cells)).rstrip()


def _row(line: dict[str, object]) -> tuple[str, ...]:
    verdict = {True: "met", False: "MISSED", None: ""}[line["ok"]]  # type: ignore[index]
    numbers = [_short(line[name]) for name in ("value", "floor", "ratio")]
    name = f"{line['bench']}.{line['figure']}"
    return (name, numbers[0], str(line["unit"]), numbers[1], numbers[2], str(line["goal"] or ""), verdict)


def _short(value: object) -> str:
    if not isinstance(value, int | float):
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"  # noqa: PLR2004
