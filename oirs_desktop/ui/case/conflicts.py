"""Two corrections that did not see each other: both values, who wrote them, two buttons that settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oirs_core.domain.kinds import Estado
from oirs_core.domain.solicitud import Flag
from oirs_desktop.ui.lists.timeline import breakable
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.buttons import KeyButton
from oirs_desktop.ui.parts.widgets import Banner, Columns, PlainLabel
from oirs_desktop.ui.texts.corrections import label, shown, writer
from oirs_desktop.ui.texts.stories import FLAGS, when_of, who_of

if TYPE_CHECKING:
    from oirs_core.domain.enmienda import Conflict
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.texts.stories import Place


class Alerts(QVBoxLayout):
    """What somebody should look at in a case: corrections that do not agree, then its flags."""

    chosen = Signal(str, str)
    """Field and the value that shall hold."""

    reopened = Signal()
    """The case should go on."""

    def tell(self, theme: Theme, case: Solicitud, place: Place) -> None:
        """Write them anew."""
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for erasure in case.erasures:
            title = tr("Datos suprimidos por {resolution}").format(resolution=erasure.resolucion)
            self.addWidget(
                Banner(
                    theme,
                    "info",
                    title,
                    tr("Quedan el folio, las fechas y la historia; los datos ya no existen."),
                )
            )
        for conflict in case.conflicts:
            card = ConflictCard(theme, case, conflict, place)
            card.chosen.connect(self.chosen)
            self.addWidget(card)
        for flag in sorted(case.flags - {Flag.CONFLICT}):
            title, advice = FLAGS[flag]
            banner = Banner(theme, "warning", title, advice)
            if flag is Flag.LATE_ACT and case.estado is Estado.CERRADA:
                banner.add_action(tr("Reabrir"), self.reopened.emit).show_key("Alt+R")
            self.addWidget(banner)


class ConflictCard(Banner):
    """Nothing is lost and nothing settles itself: a person compares and chooses."""

    chosen = Signal(str, str)
    """Field and the value that shall hold."""

    def __init__(self, theme: Theme, case: Solicitud, conflict: Conflict, place: Place) -> None:
        what = label(conflict.campo)
        super().__init__(
            theme,
            "warning",
            tr("Dos correcciones no coinciden: {field}").format(field=what),
            tr("Dos personas lo corrigieron sin verse. Compare y elija; nada se perdió."),
        )
        self._theme, self._case, self._place = theme, case, place
        self.buttons: list[KeyButton] = []
        pair = Columns(theme, min_width=520, spacing=24)
        pair.add(self._side(conflict.campo, conflict.kept, tr("De&jar este valor"), "check"))
        pair.add(self._side(conflict.campo, conflict.other, tr("&Usar este valor"), "arrow-right"))
        self.column.addSpacing(theme.px(8))
        self.column.addWidget(pair)

    def _side(self, campo: str, valor: str, words: str, icon: str) -> QWidget:
        theme, part = self._theme, QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        said = shown(campo, valor, self._place.comunas)
        fact = writer(self._case, campo, valor)
        column.addWidget(PlainLabel(breakable(said), Text.SECTION, wrap=True))
        by = tr("Lo escribió {name}, {when}").format(
            name=who_of(fact, self._place), when=when_of(fact, self._place).lower()
        )
        column.addWidget(PlainLabel(by, Text.SMALL, wrap=True))
        column.addSpacing(theme.px(4))
        button = KeyButton(theme, words, icon=icon)
        button.setAccessibleName(f"{words.replace('&', '')}: {said}")
        button.clicked.connect(lambda: self.chosen.emit(campo, valor))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.buttons.append(button)
        return part
