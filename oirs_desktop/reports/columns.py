"""The two columns of a sheet: the facts, and what the person has to know; fitted to their room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oirs_desktop.reports import wording
from oirs_desktop.reports.page import LEADING, Flow, Style, millimetres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oirs_desktop.reports.receipt import Receipt

BETWEEN = millimetres(9)
FACTS = 0.46
LABEL = 68.0
BODY = 11.0
SCALES = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82)


@dataclass(frozen=True, slots=True)
class Lines:
    """The most lines that each part may take."""

    fact: int = 3
    promise: int = 3
    explanation: int = 6
    answer: int = 40
    step: int = 4


GENEROUS = Lines()
# Bounded so that even the worst texts fit half a letter of training: a test asks for it.
TIGHT = (
    Lines(fact=2, promise=2, explanation=4, step=3),
    Lines(fact=1, promise=2, explanation=2, step=2),
)


def fitted(receipt: Receipt, width: float, room: float) -> tuple[Flow, Flow]:
    """Give the two columns so that both are at most ``room`` high.

    First the type shrinks a little, then lines are cut with an ellipsis, the answer before all:
    the case holds everything whole.
    """
    left_width = width * FACTS - BETWEEN / 2
    right_width = width * (1 - FACTS) - BETWEEN / 2
    for scale in SCALES:
        left = _facts(receipt, left_width, scale, GENEROUS)
        right = _know(receipt, right_width, scale, GENEROUS)
        if max(left.height, right.height) <= room:
            return left, right
    return _cut_left(receipt, left_width, room), _cut_right(receipt, right_width, room)


def _cut_left(receipt: Receipt, width: float, room: float) -> Flow:
    flows = (_facts(receipt, width, SCALES[-1], lines) for lines in (GENEROUS, *TIGHT))
    return _first_that_fits(flows, room)


def _cut_right(receipt: Receipt, width: float, room: float) -> Flow:
    def filled(lines: Lines) -> Flow:
        # With one line of answer, see how many more there is room for.
        least = _know(receipt, width, SCALES[-1], replace(lines, answer=1))
        more = int((room - least.height) / (BODY * SCALES[-1] * LEADING))
        return _know(receipt, width, SCALES[-1], replace(lines, answer=1 + max(more, 0)))

    return _first_that_fits(map(filled, (GENEROUS, *TIGHT)), room)


def _first_that_fits(flows: Iterator[Flow], room: float) -> Flow:
    tried: list[Flow] = []
    for flow in flows:
        tried.append(flow)
        if flow.height <= room:
            break
    return tried[-1]


def _facts(receipt: Receipt, width: float, scale: float, lines: Lines) -> Flow:
    flow = Flow(width)
    label = Style(8.5 * scale, bold=True)
    value = Style(BODY * scale, indent=LABEL * scale, limit=lines.fact)
    for number, fact in enumerate(wording.facts(receipt)):
        if number:
            flow.gap(2.5 * scale)
            flow.rule(0.25)
            flow.gap(2.5 * scale)
        # Both sizes stand on one base line.
        flow.beside(fact.label, label, value.size)
        flow.text(fact.value, value)
        if fact.detail:
            flow.text(fact.detail, replace(value, size=9.5 * scale, limit=1))
    return flow


def _know(receipt: Receipt, width: float, scale: float, lines: Lines) -> Flow:
    flow = Flow(width)
    body = Style(BODY * scale, limit=lines.answer, end=wording.CONTINUES)
    title = Style(BODY * scale, bold=True)
    if receipt.promise:
        flow.text(receipt.promise, Style(13 * scale, bold=True, limit=lines.promise))
        flow.gap(3 * scale)
        flow.text(receipt.explanation, Style(9.5 * scale, limit=lines.explanation))
        flow.gap(10 * scale)
    if receipt.answer.strip():
        flow.text("Respuesta", title)
        flow.text(wording.answer(receipt), body)
        flow.gap(10 * scale)
    flow.text("Qué sigue", title)
    flow.gap(1)
    for number, step in enumerate(wording.steps(receipt), 1):
        flow.beside(f"{number}.", title)
        flow.text(step, Style(body.size, indent=16 * scale, limit=lines.step))
        flow.gap(2 * scale)
    return flow
