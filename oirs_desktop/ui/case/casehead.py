"""The head of a case: folio, where it stands, who filed it, and how much time is left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import Medio
from oirs_desktop.ui.lists.timeline import breakable
from oirs_desktop.ui.look.i18n import later, local, tr
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.theme import FIELD_HEIGHT, ICON_SIZE, Text
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.choices import Flow
from oirs_desktop.ui.parts.widgets import Card, Columns, ElidedLabel, PlainLabel
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.lines import NOBODY

if TYPE_CHECKING:
    from oirs_core.domain.persona import Persona
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.texts.term import CaseView

WHY = later("¿&Por qué esta fecha?")


class Signed(QWidget):
    """Icon and words that may take several lines."""

    def __init__(self, theme: Theme, role: Text = Text.BODY, *, wrap: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self.sign, self.words = PlainLabel(), PlainLabel("", role, wrap=wrap)
        self.sign.setFixedHeight(QFontMetrics(theme.font(role)).height())
        side = Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.sign, 0, side)
        row.addWidget(self.words, 1, side)

    def set(self, icon: str, text: str, tone: str = "muted", *, tint: bool = False) -> None:
        """Show other words. ``tone``: colour of the icon, and of the words too if ``tint``."""
        color = getattr(self._theme.tokens, tone)
        self.sign.setPixmap(pixmap(icon, color, self._theme.px(ICON_SIZE)))
        self.words.setText(breakable(text))
        self.words.set_tone(tone if tint else "")
        self.setVisible(bool(text))


class CaseHead(Card):
    """Shown above everything else of a case."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.folio = PlainLabel("", Text.TITLE)
        self.folio.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.estado = Signed(theme, Text.SECTION, wrap=False)
        top = QHBoxLayout()
        top.addWidget(self.folio)
        top.addStretch(1)
        top.addWidget(self.estado, 0, Qt.AlignmentFlag.AlignVCenter)
        self.about = PlainLabel("", Text.STRONG, wrap=True)
        self.person = Signed(theme)
        self.contact = Signed(theme)
        self.filed = Signed(theme)
        self.term = Signed(theme, Text.STRONG, wrap=False)
        self.why = KeyButton(theme, tr(WHY), icon="chevron-down", kind="link")
        self.why.clicked.connect(self._unfold)
        self.reasons = PlainLabel("", Text.SMALL, wrap=True)
        self.reasons.hide()
        self.column.setSpacing(theme.px(8))
        self.column.addLayout(top)
        self.column.addWidget(self.about)
        due = QWidget()
        flow = Flow(due, theme.px(8))
        flow.addWidget(self.term)
        flow.addWidget(self.why)
        self.term.setMinimumHeight(theme.px(FIELD_HEIGHT))
        self.column.addWidget(due)
        self.column.addWidget(self.reasons)
        left = QWidget()
        who = QVBoxLayout(left)
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(theme.px(8))
        who.addWidget(self.person)
        who.addWidget(self.contact)
        pair = Columns(theme, min_width=760, spacing=8)
        pair.add(left, 3)
        pair.add(self.filed, 2)
        self.column.addWidget(pair)

    def show_case(self, view: CaseView, now: int, zone: str) -> None:
        """Fill the head. ``now``: ms UTC; ``zone``: IANA zone of the office."""
        case = view.case
        ingreso = case.ingreso
        self.folio.setText(Folio(ingreso.folio).grouped)
        self.estado.set(words.ESTADO_ICONS[case.estado], words.ESTADOS[case.estado], "accent")
        topic = ingreso.materia.texto or tr("datos suprimidos")
        self.about.setText(breakable(f"{words.KINDS[ingreso.tipo]}: {topic}"))
        erased = case.facts[0].erased  # of whoever filed nothing is left, not even that they gave no name
        self.person.set("user", tr("Datos suprimidos") if erased else _who(ingreso.persona))
        self.contact.set("reply", "" if erased else _contact(ingreso.persona, ingreso.medio))
        self.filed.set("calendar", _filed(case, now, zone))
        self.term.set(view.term.icon, view.term.text, view.term.tone, tint=view.term.tone != "muted")
        self.reasons.setText("\n".join(view.term.why))
        self.why.setVisible(bool(view.term.why))
        self.setAccessibleName(f"{self.folio.text()}. {self.about.text()}. {view.term.text}")

    def fold(self) -> None:
        """Hide the explanation of the date."""
        self.reasons.hide()
        self.why.setText(tr(WHY))

    def _unfold(self) -> None:
        if self.reasons.isVisible():
            self.fold()
            return
        self.reasons.show()
        self.why.setText(tr("Ocultar el &porqué"))


class Whose(ElidedLabel):
    """Folio and person in one line over a case, while one writes: it does not scroll away with the head."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", Text.STRONG)
        self.setContentsMargins(theme.px(24), theme.px(6), theme.px(24), theme.px(6))
        self.hide()

    def tell(self, head: CaseHead) -> None:
        """Say which case this is, and whose."""
        self.setText(f"{head.folio.text()}  ·  {head.person.words.text()}")
        self.setAccessibleName(self.text())
        self.show()


def _who(persona: Persona) -> str:
    name = persona.shown_name or NOBODY
    parts = [name] if not persona.doc_numero else [name, words.pretty(persona.doc_tipo, persona.doc_numero)]
    if persona.representante:
        parts.append(tr("representada por {name}").format(name=persona.representante))
    return "  ·  ".join(parts)


def _contact(persona: Persona, medio: Medio) -> str:
    phone = words.as_written("telefono", persona.telefono)
    where = {Medio.TELEFONO: phone, Medio.CORREO: persona.correo, Medio.CARTA: persona.direccion}
    given = where.get(medio) or phone or persona.correo
    asked = tr("Responder {how}").format(how=words.MEDIOS[medio])
    return f"{asked}  ·  {given}" if given else asked


def _filed(case: Solicitud, now: int, zone: str) -> str:
    """Say the legal date only when it is not the day of the filing."""
    first = case.facts[0]
    today = local(now, zone).date()
    when = tr("Ingresó {moment}").format(moment=words.spoken_moment(first.at, now, zone))
    day = local(first.at, zone).date()
    if first.declared:
        when, day = words.declared(first.declared, today)
        when = tr("Ingresó {moment}, fecha declarada").format(moment=when)
    legal = date.fromisoformat(case.ingreso.fecha_legal)
    if legal == day:
        return when
    return tr("{when}. Para el plazo cuenta desde {legal}.").format(
        when=when, legal=words.spoken_day(legal, today)
    )
