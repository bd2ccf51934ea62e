"""What the form says and asks when the person is a child."""

from __future__ import annotations

from oirs_core.domain.edad import ADULT, CHILD, SENSITIVE
from oirs_desktop.ui.look.i18n import tr

LAW = tr("Regla: Ley 21.719, artículo 16 quáter.")
AGENT_LABELS = {
    "representante": tr("Representante en el mesón (opcional)"),
    "representante_run": tr("RUN de quien representa (opcional)"),
}
ADULT_LABELS = {
    "representante": tr("Adulto que acompaña"),
    "representante_run": tr("RUN del adulto (opcional)"),
}
"""What the lines of who speaks for the person are called, and for a child."""


def minor_words(age: int | None) -> tuple[str, str]:
    """Title and advice for somebody of that age; empty for adults and where the age is not known."""
    if age is None or age >= ADULT:
        return "", ""
    if age < CHILD:
        title = tr("Tiene menos de 14 años: sus datos los entrega el adulto que acompaña.")
        return title, tr("Anote el nombre y el RUN de su madre, padre o persona a cargo.") + " " + LAW
    if age < SENSITIVE:
        title = tr("Tiene menos de 16 años: puede atenderse sin compañía.")
        return title, tr("Su origen o su discapacidad solo se anotan si los entrega su adulto.") + " " + LAW
    return tr("Tiene menos de 18 años: puede atenderse sin compañía."), tr("Si viene con un adulto, anótelo.")
