"""Which panel an act of a case opens, and why it cannot be opened now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.domain.errors import RoleMissing
from oirs_core.domain.events import Reapertura
from oirs_core.domain.rules import check_role
from oirs_desktop.ui.case.acts import FORMS, ActPanel
from oirs_desktop.ui.case.adjuntar import PaperPanel
from oirs_desktop.ui.case.correct import CorrectPanel
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.session import Session
    from oirs_desktop.ui.case.panel import Panel
    from oirs_desktop.ui.kit.screen import Kit
    from oirs_desktop.ui.texts.term import CaseView


def make_panel(kit: Kit, name: str, view: CaseView) -> Panel:
    """Make the panel of an act, empty. ``name``: of its form."""
    theme, desk = kit.theme, kit.counter.desk
    if name == "corregir":
        return CorrectPanel(theme, desk, view.case)
    if name == "adjuntar":
        return PaperPanel(kit, FORMS[name], view.case)
    return ActPanel(theme, FORMS[name], desk, view)


def obstacle(session: Session, name: str, case: Solicitud) -> tuple[str, str]:
    """Say why an act does not fit the case or the official, and in which tone; empty texts when it does."""
    form = FORMS[name]
    if case.estado not in form.estados:
        return tr(form.not_now), "warning"
    try:
        if name == "reabrir":
            check_role(session.user, session.office.funcionarios, case, Reapertura(""))
    except RoleMissing as why:
        message = explain(why)
        return f"{message.title} {message.advice}".strip(), message.severity
    return "", ""
