"""What is said and kept around an undo: what it took back, where it still can be done, what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.paper.copies import case_of

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud

TOO_LATE = "No hay nada reciente que deshacer. En el caso, Alt+D deshace lo último y Alt+C corrige."
TOO_LATE_HERE = "No hay nada reciente que deshacer. Alt+R trae la atención que espera."
UNDONE = "Se deshizo. Queda en la historia, tachado."
UNDONE_ELSEWHERE = "Se deshizo en el caso {folio}: {what}. Queda en su historia, tachado."
OF_A_CASE = {"caso", "comprobante", "nueva"}
"""Screens of one person."""

Again = tuple[tuple[bytes, str], object]
"""Case and form, and what was typed in its panel."""


class Done:
    """The acts written here since the program began: what was typed for them, and which were undone."""

    def __init__(self) -> None:
        self._typed: dict[bytes, Again] = {}
        self._gone: set[bytes] = set()

    def wrote(self, hashes: tuple[bytes, ...], again: Again) -> None:
        """Keep what was typed; the panel of the first act is the one that was open."""
        self._typed[hashes[0]] = again

    def undid(self, hashes: tuple[bytes, ...]) -> list[Again]:
        """Note that they are undone; gives what was typed for them."""
        self._gone.update(hashes)
        return [self._typed[h] for h in hashes if h in self._typed]

    def stand(self, hashes: tuple[bytes, ...]) -> bool:
        """Whether none of them was undone."""
        return self._gone.isdisjoint(hashes)


def in_sight(name: str, argument: object) -> bytes | None:
    """Give the case in sight; empty for the form of somebody; None for a screen of nobody's."""
    return case_of(argument) if name in OF_A_CASE else None


def too_late(*, waits: bool) -> str:
    """Say how it can still be undone. ``waits``: in a form, while another one waits."""
    return tr(TOO_LATE_HERE if waits else TOO_LATE)


def undone(case: Solicitud, hashes: tuple[bytes, ...], *, seen: bool) -> str:
    """Say what was undone, and in which case where it is not the one in sight."""
    if seen:
        return UNDONE
    # Not at the top: their texts are translated when they are read, which is after the language is chosen.
    from oirs_desktop.ui.texts import words  # noqa: PLC0415
    from oirs_desktop.ui.texts.stories import titles_of  # noqa: PLC0415

    folio, what = words.short_folio(case.ingreso.folio), titles_of(case, hashes)
    return tr(UNDONE_ELSEWHERE).format(folio=folio, what=what)
