"""What a person must decide or see: corrections that do not agree, and acts that nobody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from oirs_core.domain.events import Anotacion, Ingreso
from oirs_core.domain.kinds import Estado
from oirs_core.domain.solicitud import Fact, Flag
from oirs_desktop.ui.lists.timeline import breakable
from oirs_desktop.ui.look.i18n import later, tr
from oirs_desktop.ui.look.theme import Text
from oirs_desktop.ui.parts.widgets import Banner, Columns, Heading, KeyButton, PlainLabel
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.corrections import label, shown, writer
from oirs_desktop.ui.texts.stories import FLAGS, Place, told, when_of, who_of
from oirs_desktop.ui.texts.version import program_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from oirs_core.domain.enmienda import Conflict
    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.store.attention import Unread
    from oirs_desktop.ui.kit.screen import Kit

SHOWN = 4
"""So many of each kind at once: more would hide the rest of the page."""
UNSEEN = (Flag.TWO_ANSWERS, Flag.LATE_ACT, Flag.NEEDS_REVIEW)
"""Flags that a person settles by working on the case; of a closed one nothing is asked any more."""
LONGEST = 900
"""Letters of an act that are repeated in a note."""
REASONS = {
    ("newer", False): (
        later("Otro equipo escribió con una versión más nueva."),
        later("Está guardado completo. Se leerá al actualizar este programa: avise a informática."),
    ),
    ("newer", True): (
        later("Algo suyo lo escribió una versión más nueva."),
        later("Está guardado completo. Pida a informática que actualice este programa."),
    ),
    ("other", False): (
        later("Llegó un movimiento que nadie puede leer."),
        later("De lo suyo no falta nada. Avise a informática con estos datos."),
    ),
    ("other", True): (
        later("Un movimiento de este equipo no se puede leer."),
        later("Está guardado. Escríbalo otra vez como nota en el caso y avise a informática."),
    ),
    ("centre", True): (
        later("La central no pudo leer un movimiento de este equipo."),
        later("Está guardado aquí. Escríbalo otra vez como nota y seguirá su camino."),
    ),
    ("filing", True): (
        later("La central no pudo leer el ingreso de un caso."),
        later("Está guardado aquí. Regístrelo otra vez; los datos de la persona ya vienen puestos."),
    ),
}
"""Title and advice, by why it cannot be read and whether it is of this counter."""


def to_decide(cases: Sequence[Solicitud]) -> list[Solicitud]:
    """Give those about which a person has something to decide, without the others' flags."""
    return [case for case in cases if case.conflicts or _open_flags(case)]


def _open_flags(case: Solicitud) -> list[Flag]:
    return [] if case.estado is Estado.CERRADA else [flag for flag in UNSEEN if flag in case.flags]


def search(kit: Kit, done: Callable[[list[Solicitud]], None], failed: Callable[[OirsError], None]) -> None:
    """Look through all cases for such as wait for a person, a slice at a time: others have their turn."""
    found: list[Solicitud] = []

    def took(part: tuple[list[Solicitud], int]) -> None:
        cases, below = part
        found.extend(to_decide(cases))
        if below:
            kit.tasks.run(lambda: kit.sync.flagged(below), took, failed)
        else:
            done(found)

    kit.tasks.run(kit.sync.flagged, took, failed)


class Issues(QWidget):
    """Cards under a heading; nothing at all while there is nothing."""

    opened = Signal(bytes)
    """The case where it is decided."""

    again = Signal(object)
    """A person whose case is registered once more."""

    noted = Signal(object, object)
    """Case and what could not be read, to be written as a note."""

    seen = Signal(bytes)
    """What could not be read need not be listed any more."""

    copied = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._told: tuple[object, ...] = ()
        self._first = ""
        self.buttons: list[KeyButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(kit.theme.px(12))
        self.hide()

    def tell(self, cases: Sequence[Solicitud], unread: Sequence[Unread], place: Place) -> None:
        """Show them; nothing moves while they stay the same."""
        same = (tuple((case.id, case.last_ref) for case in cases), tuple(one.h for one in unread))
        if same == self._told:
            return
        self._told = same
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        if cases:
            self._column.addWidget(Heading(tr("Por decidir"), Text.SECTION))
        for case in cases[:SHOWN]:
            self._column.addWidget(self._conflict(case, place))
        self._more(len(cases))
        if unread:
            self._column.addWidget(Heading(tr("Lo que no se puede leer"), Text.SECTION))
        for one in unread[:SHOWN]:
            self._column.addWidget(self._unread(one, place))
        self._more(len(unread))
        self.setVisible(bool(cases or unread))

    def _more(self, count: int) -> None:
        if count > SHOWN:
            more = tr("Hay {count} más; aparecen al resolver estos.").format(count=count - SHOWN)
            self._column.addWidget(PlainLabel(more, Text.SMALL))

    # --- conflicts

    def _conflict(self, case: Solicitud, place: Place) -> Banner:
        folio = words.short_folio(case.ingreso.folio)
        if case.conflicts:
            fields = ", ".join(label(one.campo) for one in case.conflicts)
            title = tr("Caso {folio}: {field} tiene dos valores").format(folio=folio, field=fields)
        else:
            title = f"{tr('Caso {folio}').format(folio=folio)}: {tr(FLAGS[_open_flags(case)[0]][0])}"
        advice = "" if case.conflicts else tr(FLAGS[_open_flags(case)[0]][1])
        banner = Banner(self._kit.theme, "warning", title, advice or case.ingreso.persona.shown_name)
        for one in case.conflicts[:2]:
            for text in _sides(case, one, place):
                banner.column.addWidget(PlainLabel(breakable(text), wrap=True))
        button = self._button(tr("Abrir y decidir"), "arrow-right", title)
        button.clicked.connect(lambda: self.opened.emit(case.id))
        self._foot(banner, [button])
        return banner

    # --- what cannot be read

    def _unread(self, one: Unread, place: Place) -> Banner:
        title, advice = (tr(text) for text in REASONS[_reason(one), one.own])
        banner = Banner(self._kit.theme, "warning", title, advice)
        banner.column.addWidget(PlainLabel(breakable(_about(one, place)), Text.SMALL, wrap=True))
        buttons = [self._mending(one, title)]
        if one.entity and not isinstance(one.act, Ingreso):
            show = self._button(tr("Abrir el caso"), "arrow-right", title)
            show.clicked.connect(lambda: self.opened.emit(one.entity))
            buttons.append(show)
        done = self._button(tr("Dar por visto"), "check", title)
        done.clicked.connect(lambda: self.seen.emit(one.h))
        self._foot(banner, [*buttons, done])
        return banner

    def _mending(self, one: Unread, title: str) -> KeyButton:
        if isinstance(one.act, Ingreso):
            button, act = self._button(tr("Registrar otra vez"), "file-plus", title), one.act
            button.clicked.connect(lambda: self.again.emit(act.persona))
        elif one.act is not None and one.entity:
            button = self._button(tr("Escribir como nota"), "sticky-note", title)
            button.clicked.connect(lambda: self.noted.emit(one.entity, one))
        else:
            button = self._button(tr("Copiar para informática"), "copy", title)
            button.clicked.connect(lambda: self._copy(one))
        return button

    def _copy(self, one: Unread) -> None:
        """Put what helps to find it into the clipboard; nothing of any person is in it."""
        parts = (program_version(), one.kind or "?", one.reason, one.h.hex(), one.folio, str(one.at))
        QApplication.clipboard().setText("OIRS " + " ".join(part for part in parts if part))
        self.copied.emit()

    def _button(self, text: str, icon: str, about: str) -> KeyButton:
        """Make one: the first of all has a key, the others are reached by Tab."""
        keys = "" if self.buttons else "Alt+C"
        button = KeyButton(self._kit.theme, text, keys, icon=icon, kind="" if icon != "check" else "link")
        button.setAccessibleName(f"{text}: {about}")
        self.buttons.append(button)
        return button

    def _foot(self, banner: Banner, buttons: Sequence[KeyButton]) -> None:
        row = Columns(self._kit.theme, min_width=0, spacing=8)
        for button in buttons:
            row.add(button, 0)
        row.line.addStretch(1)
        banner.column.addSpacing(self._kit.theme.px(8))
        banner.column.addWidget(row)


def _sides(case: Solicitud, conflict: Conflict, place: Place) -> list[str]:
    found = []
    for valor in (conflict.kept, conflict.other):
        fact = writer(case, conflict.campo, valor)
        found.append(
            tr("«{value}», lo escribió {name}, {when}.").format(
                value=shown(conflict.campo, valor, place.comunas),
                name=who_of(fact, place),
                when=when_of(fact, place).lower(),
            )
        )
    return found


def _reason(one: Unread) -> str:
    if one.reason == "centre":
        return "filing" if isinstance(one.act, Ingreso) else "centre"
    return "newer" if one.reason == "newer" else "other"


def _fact(one: Unread) -> Fact:
    return Fact(one.h, one.act, one.at, True, one.user, kind=one.kind)


def _about(one: Unread, place: Place) -> str:
    parts = []
    if one.folio:
        parts.append(tr("Caso {folio}").format(folio=words.short_folio(one.folio)))
    if one.act is not None:
        parts.append(told(_fact(one), place).title)
    if one.at:
        fact = _fact(one)
        parts.append(f"{who_of(fact, place)}, {when_of(fact, place).lower()}")
    parts.append(tr("Código {code}").format(code=one.h.hex()[:8]))
    return "  ·  ".join(parts)


def note_of(one: Unread, place: Place) -> Anotacion:
    """Write again, as a note, what the centre could not read."""
    story = told(_fact(one), place)
    said = f"{story.title}. {story.text}".strip()
    text = said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…"
    return Anotacion(tr("Se repite lo que la central no pudo leer: {text}").format(text=text))
