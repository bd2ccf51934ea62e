"""The statistics of a person: folded, every answer optional, every question refusable, never on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oirs_core.domain.edad import REFUSED, age_on, birth_of, tramo
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.choices import Choice
from oirs_desktop.ui.parts.dates import parse_day
from oirs_desktop.ui.parts.fields import Field
from oirs_desktop.ui.parts.options import Option
from oirs_desktop.ui.parts.suggest import Suggest
from oirs_desktop.ui.parts.widgets import Columns, PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from oirs_core.domain.catalogue import Catalogue
    from oirs_desktop.ui.look.theme import Theme

NOT_ASKED = tr("Sin preguntar")
RATHER_NOT = tr("Prefiere no decirlo")
NONE_OF_THEM = "Ninguno"
NO_DISABILITY = "Sin discapacidad"
SENSITIVE = ("pueblo_originario", "discapacidad")
STATISTICS = ("fecha_nacimiento", "nacionalidad", "genero", *SENSITIVE)


class BirthLine(Suggest):
    """A day, or the words of who prefers not to say it (offered from the first letters on)."""

    def day(self, today: date) -> date | None:
        """Give the day typed, if it is one that has come."""
        born = parse_day(self.text(), today)
        return born if born is not None and born <= today else None


class Estadistica(QWidget):
    """The block; its fields also stand in the card of the person, which restores and judges them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._catalogue: Catalogue | None = None
        self.choices = {
            "genero": Choice(theme, [("", NOT_ASKED)]),
            "pueblo_originario": Choice(theme, [("", NOT_ASKED)]),
            "discapacidad": Choice(theme, [("", NOT_ASKED)]),
        }
        self.birth = BirthLine(theme, _refusal, tr("fecha"))
        self.country = Suggest(theme, self._countries, tr("nacionalidad"))
        hint = tr("Por ejemplo: 14-03-1993, o «prefiere»")
        self.fields = {
            "fecha_nacimiento": Field(theme, tr("Fecha de nacimiento"), self.birth, hint=hint),
            "nacionalidad": Field(theme, tr("Nacionalidad"), self.country),
            "genero": Field(theme, tr("Género"), self.choices["genero"]),
            "pueblo_originario": Field(theme, tr("Pueblo originario"), self.choices["pueblo_originario"]),
            "discapacidad": Field(theme, tr("Discapacidad"), self.choices["discapacidad"]),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        words = tr("Datos estadísticos. Puede no responder; nada de esto sale en el papel.")
        column.addWidget(PlainLabel(words, Text.SMALL, wrap=True))
        for names in (STATISTICS[:3], STATISTICS[3:]):
            line = Columns(theme)
            for name in names:
                line.add(self.fields[name])
            column.addWidget(line)

    def know(self, catalogue: Catalogue) -> None:
        """Take the lists of the catalogue; what was chosen stays chosen."""
        self._catalogue = catalogue
        lists = catalogue.clasificaciones
        genders = [row.nombre for row in lists.get("identidad_genero", ()) if row.nombre != REFUSED]
        peoples = [NONE_OF_THEM, *(row.nombre for row in catalogue.pueblos.values())]
        kinds = [NO_DISABILITY, *(row.nombre for row in lists.get("discapacidad_origen", ()))]
        for name, words in zip(self.choices, (genders, peoples, kinds), strict=True):
            _refill(self.choices[name], words)

    def _countries(self, text: str, limit: int) -> list[Option]:
        rows = [] if self._catalogue is None else self._catalogue.search_paises(text, limit)
        return [*(Option(row.nombre, value=row.iso2) for row in rows), *_refusal(text, limit)]

    def answers(self, today: date | None) -> dict[str, str]:
        """Give what was answered, as the event holds it; a question not asked is empty."""
        found = {name: str(choice.value() or "") for name, choice in self.choices.items()}
        found["nacionalidad"] = str(self.country.value() or "")
        born = self.birth.day(today) if today is not None else None
        refused = REFUSED if self.birth.value() == REFUSED else ""
        found["fecha_nacimiento"] = born.isoformat() if born is not None else refused
        return found

    def age(self, today: date | None, before: str = "") -> int | None:
        """Give the age in years, by the day typed, else by one of before (ISO); None: not known."""
        if today is None:
            return None
        born = self.birth.day(today) or birth_of(before)
        return None if born is None or born > today else age_on(born, today)

    def show_age(self, age: int | None) -> None:
        """Say the bracket under the day."""
        self.fields["fecha_nacimiento"].set_hint(
            tr("Por ejemplo: 14-03-1993, o «prefiere»") if age is None else tr("Tramo: ") + tramo(age)
        )

    @property
    def sensitive(self) -> bool:
        """Whether origin or disability was told."""
        said = [str(self.choices[name].value() or "") for name in SENSITIVE]
        return any(text not in {"", REFUSED, NONE_OF_THEM, NO_DISABILITY} for text in said)

    def wrong(self, today: date | None, tell: Callable[[str, str], None]) -> None:
        """Tell (field, words) of each answer that cannot be read."""
        if today is not None and self.birth.text().strip() and not self.answers(today)["fecha_nacimiento"]:
            tell("fecha_nacimiento", tr("Escriba la fecha así: 14-03-1993."))
        if self.country.text().strip() and self.country.value() is None:
            tell("nacionalidad", tr("Elija el país de la lista."))


def _refusal(text: str, _limit: int) -> list[Option]:
    wanted = text.strip().casefold()
    return [Option(RATHER_NOT, value=REFUSED)] if wanted and RATHER_NOT.casefold().startswith(wanted) else []


def _refill(choice: Choice, words: list[str]) -> None:
    chosen = choice.value()
    choice.clear()
    choice.addItem(NOT_ASKED, "")
    for text in words:
        choice.addItem(text, text)
    choice.addItem(RATHER_NOT, REFUSED)
    choice.choose(chosen)
