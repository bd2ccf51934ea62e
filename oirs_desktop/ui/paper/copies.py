"""The argument that asks for a copy, and what is left of an argument once it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud


@dataclass(frozen=True, slots=True)
class CopyOf:
    """Argument of the screen of the receipt: record a copy of this case (its id) and show its paper."""

    entity: bytes


def case_of(argument: object) -> bytes:
    """Give the id of the case that a screen is shown with; empty where it is none."""
    if isinstance(argument, bytes):
        return argument
    if isinstance(argument, CopyOf):
        return argument.entity
    case: Solicitud | None = getattr(argument, "case", None)
    return case.id if case is not None else b""


def lasting(argument: object) -> object:
    """Give what a screen is shown with when one comes back to it, or when the window is dressed anew.

    A copy handed out, a person begun, a text asked for: those are done once, and what came of it is on
    the screen. Of the rest the case or the day is named again.
    """
    return argument if isinstance(argument, bytes | date) or hasattr(argument, "case") else None
