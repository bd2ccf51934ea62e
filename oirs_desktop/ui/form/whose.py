"""Who is being served, in a line that stays above the form however far it is scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from oirs_core.domain.kinds import DocType
from oirs_desktop.ui.form.quienparts import NAMES
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.look.theme import PAGE_WIDTH, Text
from oirs_desktop.ui.parts.widgets import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from oirs_desktop.ui.form.donde import Donde
    from oirs_desktop.ui.form.quien import Quien
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.fields import TextLine


class Whose(QWidget):
    """The title of the form until somebody stands in it, then their name and number; beside it the place."""

    def __init__(self, theme: Theme, title: str, quien: Quien, donde: Donde) -> None:
        super().__init__()
        self._title, self._quien = title, quien
        self.setProperty("ringHost", True)
        self.words = ElidedLabel(title, Text.SECTION)
        self.number = PlainLabel("", Text.STRONG)
        column = QWidget()
        column.setMaximumWidth(theme.px(PAGE_WIDTH))
        row = QHBoxLayout(column)
        row.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(4))
        row.setSpacing(theme.px(12))
        row.addWidget(self.words)
        row.addWidget(self.number)
        row.addWidget(donde.said, 1)
        row.addWidget(donde.line)
        centred = QHBoxLayout(self)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(column, 1000)
        centred.addStretch(1)
        for name in ("doc_numero", *NAMES):
            editor: TextLine = quien.fields[name].editor  # type: ignore[assignment] # lines all four
            editor.textChanged.connect(self.tell)
        quien.docs.changed.connect(self.tell)
        quien.identified.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Say it."""
        quien = self._quien
        name = " ".join(text for part in NAMES if (text := quien.text(part)))
        number, kind = quien.text("doc_numero"), quien.doc_tipo
        if kind is DocType.ANONIMO:
            name = tr("Anónimo")
        elif not name and (number or kind is not DocType.RUN):
            name = tr("Persona nueva")
        self.words.setText(name or self._title)
        self.number.setText(number if name else "")
        self.setAccessibleName(self.spoken)

    @property
    def spoken(self) -> str:
        """All that it says."""
        return " · ".join(filter(None, (self.words.text(), self.number.text())))
