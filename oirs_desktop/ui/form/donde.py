"""Where and when the attention took place: one line while it is here and now, unfolded when it was not."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from oirs_core.domain.kinds import Lugar
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.choices import ChoiceRow
from oirs_desktop.ui.parts.dates import parse_day, parse_hour
from oirs_desktop.ui.parts.section import Problem, Section
from oirs_desktop.ui.parts.widgets import Columns, ElidedLabel, IconLabel, KeyButton
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.fields import Field

LUGARES = (
    (Lugar.OFICINA, tr("En la oficina")),
    (Lugar.TERRENO, tr("Gobierno en Terreno")),
    (Lugar.TELEFONO, tr("Por teléfono")),
    (Lugar.CARTA, tr("Por carta")),
    (Lugar.CORREO, tr("Por correo")),
)


class Donde(Section):
    """Folded: ``said`` says it all and ``line`` unfolds the card. The place stays for the next attention."""

    moved = Signal()
    """Another day was given, so another date will be promised."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Lugar y fecha"), "")
        self.now: datetime | None = None
        """Wall clock of the office, without a zone; told by the form."""
        self._legal: date | None = None
        self.line = KeyButton(theme, tr("Lugar y fecha"), "Alt+L", icon="map-pin", kind="link")
        self.said = ElidedLabel()
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.line.clicked.connect(self.toggle)
        self.legal = IconLabel(theme, wrap=True)
        """Stands under ``line``: what must be seen though the card is folded."""
        self.lugares = ChoiceRow(theme, tr("Lugar"), LUGARES)
        self.rows["lugar"] = self.lugares
        self.column.addWidget(self.lugares)
        line = Columns(theme)
        line.add(self.add_line("localidad", tr("Localidad")), 2)
        line.add(self.add_line("dia", tr("Día, si no es hoy"), hint=tr("Por ejemplo: 24-11-2026")))
        line.add(self.add_line("hora", tr("Hora de ese día"), hint=tr("Por ejemplo: 10:30")))
        self.column.addWidget(line)
        self.note = IconLabel(theme, wrap=True)
        self.column.addWidget(self.note)
        self.lugares.changed.connect(self._switch)
        for name in ("localidad", "dia", "hora"):
            self.fields[name].editor.textChanged.connect(self._changed)  # type: ignore[attr-defined]
        self._switch(Lugar.OFICINA)
        self.hide()

    def toggle(self) -> None:
        """Unfold, with the focus in it, or fold."""
        self.setVisible(self.isHidden())
        if not self.isHidden():
            self.lugares.setFocus(Qt.FocusReason.TabFocusReason)
        self._say()

    def _switch(self, lugar: object) -> None:
        self.fields["localidad"].setVisible(lugar is Lugar.TERRENO)
        self._say()

    def _changed(self) -> None:
        self._say()
        self.moved.emit()

    def lugar(self) -> Lugar:
        """Give the place chosen."""
        return Lugar(str(self.lugares.value()))

    def declared(self) -> datetime | None:
        """Give day and hour if they were given and can be read; local to the office."""
        if self.now is None or not self.raw("dia"):
            return None
        day, hour = parse_day(self.raw("dia"), self.now.date()), parse_hour(self.raw("hora"))
        return None if day is None or hour is None else datetime.combine(day, hour)

    def show_legal(self, legal: date) -> None:
        """Say from which day the law counts, where that is another than the day itself."""
        self._legal = legal
        self._say()

    def _say(self) -> None:
        place, then = words.LUGARES[self.lugar()], self.declared()
        if self.lugar() is Lugar.TERRENO and self.raw("localidad"):
            place += f", {self.raw('localidad')}"
        when = tr("ahora")
        unusual = "" if self.lugar() is Lugar.OFICINA else words.capital(place)
        if then is not None and self.now is not None:
            when = f"{words.spoken_day(then.date(), self.now.date())} a las {then:%H:%M}"
            unusual = f"{then:%d-%m %H:%M}"
        self.said.short = unusual or " "  # here and now may give way to the name
        self.said.setMinimumWidth(self.said.fontMetrics().horizontalAdvance(unusual))
        self.said.setText(tr("{place}, {when}").format(place=words.capital(place), when=when))
        text = tr("Lugar y fecha: {place}, {when}").format(place=place, when=when)
        self.line.setAccessibleName(f"{text}. {self.later}".strip())
        self.line.set_icon("map-pin" if self.isHidden() else "chevron-up")
        note = tr("Se anota como «ingresado después».") if then is not None else ""
        self.note.set("calendar-clock", f"{note} {self.later}".strip())
        self.note.setVisible(bool(note or self.later))
        self.legal.set("calendar-clock", self.later)
        self.legal.setVisible(bool(self.later) and self.isHidden())

    @property
    def later(self) -> str:
        """That the law counts from another day than the attention's own (Ley 19.880 art. 25); or nothing."""
        if self.now is None or self._legal is None:
            return ""
        if self._legal == (self.declared() or self.now).date():
            return ""
        day = words.spoken_day(self._legal, self.now.date())
        return tr("Los plazos cuentan desde {day}.").format(day=day)

    def again(self) -> dict[str, str]:
        """Give what holds for the next attention too: the place, not the day."""
        state = self.state()
        return {name: state[name] for name in ("lugar", "localidad") if name in state}

    def reveal(self, field: Field) -> None:
        """Unfold so that a field of this card is seen."""
        if field in self.fields.values() and self.isHidden():
            self.show()
            self._say()

    def restore(self, state: Mapping[str, str]) -> None:
        """Put back, unfolded when there is a day to be seen."""
        super().restore(state)
        self.setVisible(bool(self.raw("dia")))
        self._say()

    def problems(self) -> list[Problem]:
        """Everything that keeps this card from being registered, in reading order."""
        found = []
        if self.lugar() is Lugar.TERRENO:
            found += self.judge("localidad", needed=True)
        if not self.raw("dia"):
            return found
        today = self.now.date() if self.now is not None else None
        day = parse_day(self.raw("dia"), today) if today is not None else None
        if day is None:
            found.append((self.fields["dia"], tr("Escriba el día así: 24-11-2026.")))
        if parse_hour(self.raw("hora")) is None:
            found.append((self.fields["hora"], tr("Escriba la hora así: 10:30.")))
        then = self.declared()
        if then is not None and self.now is not None and then > self.now:
            found.append((self.fields["dia"], tr("Ese momento aún no llega. Revise el día y la hora.")))
        return found
