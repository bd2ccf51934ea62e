"""A new attention on one page: who, what, how it ends. What was typed stays until it is registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from oirs_desktop.ui.form.arrival import Arrival
from oirs_desktop.ui.form.citizen import show_to_person
from oirs_desktop.ui.form.donde import Donde
from oirs_desktop.ui.form.drafting import draft_of
from oirs_desktop.ui.form.enquiries import Enquiries
from oirs_desktop.ui.form.que import Que
from oirs_desktop.ui.form.quien import Quien
from oirs_desktop.ui.form.serving import Serving
from oirs_desktop.ui.form.summary import Summary
from oirs_desktop.ui.form.termina import Termina
from oirs_desktop.ui.form.whose import Whose
from oirs_desktop.ui.lists.parked import ParkedLine
from oirs_desktop.ui.lists.people import SameMatter
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.paper.adjuntos import Adjuntos
from oirs_desktop.ui.parts.phrases import Phrases
from oirs_desktop.ui.parts.reveal import reveal
from oirs_desktop.ui.parts.widgets import KeyButton
from oirs_desktop.ui.texts.messages import explain

if TYPE_CHECKING:
    from oirs_core.domain.catalogue import Catalogue
    from oirs_core.domain.errors import OirsError
    from oirs_desktop.store import Recorded
    from oirs_desktop.ui.kit.screen import Kit
    from oirs_desktop.ui.parts.section import Problem


ABOVE = tr("Está en {name}; el relato está más arriba.")
BELOW = tr("Está en {name}; el relato está más abajo.")


class Nueva(Serving):
    """The form."""

    name = "nueva"
    title = tr("Nueva atención")

    def __init__(self, kit: Kit, quien: Quien | None = None, que: Que | None = None) -> None:
        """``quien``, ``que``: most of the work, if they are built already."""
        super().__init__(kit)
        theme = kit.theme
        self.parked, self.summary = ParkedLine(kit), Summary(theme)
        self.donde, self.quien, self.que = Donde(theme), quien or Quien(theme), que or Que(theme)
        self.adjuntos = self.que.add_documents(Adjuntos(kit))
        self.termina = Termina(theme, self.que.instituciones)
        self.to_person = KeyButton(theme, tr("Mostrar a la persona"), "Ctrl+M", icon="eye", kind="link")
        self.que.head.addWidget(self.to_person)
        self.matter = SameMatter(theme)
        self.cards = {"donde": self.donde, "quien": self.quien, "que": self.que, "termina": self.termina}
        self.register, self.empty = self.foot.register, self.foot.empty
        self.enquiries = Enquiries(kit, self.quien, self.que, self.termina, self.donde, self.matter)
        boxes = (self.que.relato, self.termina.fields["respuesta"], self.termina.fields["motivo"])
        self.phrases = [Phrases(theme, area.box) for area in boxes]  # type: ignore[attr-defined]
        self.arrival = Arrival(self)
        self._build()
        self._connect()
        self.begin_keeping()

    def _build(self) -> None:
        self.whose = Whose(self.kit.theme, self.title, self.quien, self.donde)
        self.above.insertWidget(0, self.whose)
        margin = self.kit.theme.px(24)
        self.body.setContentsMargins(margin, margin // 2, margin, margin)
        above: tuple[QWidget, ...] = (self.donde.legal, self.parked, self.summary, self.donde)
        for part in (*above, self.quien, self.que, self.termina, self.foot):
            self.body.addWidget(part)
        self.que.column.insertWidget(self.que.column.indexOf(self.que.relato), self.matter)
        self.body.addStretch(1)
        # Parts that came into a card late: Tab reads them where the eye does.
        self.setTabOrder(self.quien.last, self.to_person)
        self.setTabOrder(self.que.institucion, self.matter.open_button)
        self.setTabOrder(self.matter.open_button, self.matter.other_button)
        for place, card in enumerate((self.quien, self.que, self.termina), 1):
            key = QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key(Qt.Key.Key_0 + place)), self)
            key.activated.connect(lambda card=card: self._jump(card.first))

    def _connect(self) -> None:
        self.register.clicked.connect(self._submit)
        self.to_person.clicked.connect(lambda: show_to_person(self))
        self.parked.resumed.connect(self._resume)
        self.parked.said.connect(self.said)
        self.quien.identified.connect(lambda: self.parked.put_first(self.quien.number()))
        self.summary.jumped.connect(self._jump)
        self.arrival.another.connect(self._another)
        self.enquiries.trouble.connect(self.trouble)
        self.enquiries.read.connect(self._know_phrases)
        self.quien.settled.connect(self._settled)
        self.quien.make_way = self._make_room
        self.quien.fold.passed.connect(self._past_person)
        self.quien.statistics.choices["discapacidad"].entered.connect(self.que.tipo.setFocus)
        self.quien.fold.clicked.connect(lambda: QTimer.singleShot(0, self, self._show_rest))
        self.quien.before.clicked.connect(lambda: self.go.emit("busqueda", self.quien.text("doc_numero")))
        rows = ((self.termina.salidas, ABOVE), (self.quien.docs, BELOW), (self.que.tipo, BELOW))
        for row, where in rows:
            words = where.format(name=row.accessibleName())
            row.stray.connect(lambda words=words: self.say(words))
        self.matter.opened.connect(lambda case: self.go.emit("caso", case))
        for editor in self.termina.findChildren(QWidget):
            editor.installEventFilter(self)

    def _know_phrases(self, catalogue: Catalogue) -> None:
        for one in self.phrases:
            one.known = catalogue.relatos if one is self.phrases[0] else catalogue.frases

    def refresh(self, cases: frozenset[bytes]) -> None:
        """Read the catalogue again: a new one may have come down."""
        del cases
        self.enquiries.catalogue()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the button in sight while the last card is filled in."""
        if event.type() is QEvent.Type.FocusIn:
            QTimer.singleShot(0, self, lambda: reveal(self.area, self.register, 16))
            QTimer.singleShot(0, self, self.show_focus)
        return False

    def _settled(self, known: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._resume_typed():
            return
        if known:
            self.que.materia.setFocus()
        else:
            self.quien.fields["nombres"].editor.setFocus()
        self.show_focus()

    def _past_person(self) -> None:
        """Leave the card of the person: into what is unfolded, else to the next card."""
        if self.quien.rest.isHidden():
            self.que.tipo.setFocus()
        else:
            self.quien.fold.focusNextChild()

    def _show_rest(self) -> None:
        """Bring what was unfolded into sight, and keep there what has the focus."""
        if not self.quien.rest.isHidden():
            self.show_both(self.quien.fold, self.quien.rest)

    # ------------------------------------------------------------------ registering

    def _problems(self) -> list[Problem]:
        who = self.quien.problems(self.que.kind())
        return [*self.donde.problems(), *who, *self.que.problems(), *self.termina.problems()]

    def _submit(self) -> None:
        """Register, or say what is missing. A second press while the first is on its way does nothing."""
        if self._sending or self.adjuntos.must_wait(self.say):
            return
        self.enquiries.clock()
        self.show_problems(self._problems() or self.quien.doubt())
        if self.summary.problems:
            return
        self._sending = True
        draft, papers, counter = draft_of(self), self.adjuntos.papers(), self.kit.counter
        self.kit.tasks.run(lambda: counter.register(draft, papers), self._registered, self._refused)

    def _registered(self, recorded: Recorded) -> None:
        self._sending = False
        self.shelf.registered()
        self.adjuntos.recorded(recorded.case, self.say)
        place = self.donde.again()
        self.que.remember(recorded.case.ingreso.materia, self.kit.clock.now())
        self._restore(self._blank)
        self.donde.restore(place)
        self._blank = self.form()
        self.go.emit("comprobante", recorded)

    def _refused(self, error: OirsError) -> None:
        self._sending = False
        message = explain(error)
        name = str(error.data.get("field", "doc_numero" if error.code == "rut" else ""))
        fields = [card.fields[name] for card in self.cards.values() if name in card.fields]
        if fields:
            self.show_problems([(fields[0], message.title)])
        else:
            self.summary.show_message(message)
            self.area.ensureWidgetVisible(self.summary)

    def show_problems(self, problems: list[Problem]) -> None:
        """Put each message under its field and on top; nothing takes all away."""
        for card in self.cards.values():
            card.clear_problems()
        for field, text in problems:
            field.set_problem(text)
            for card in self.cards.values():
                card.reveal(field)
        self.summary.show_problems(problems)
        if problems:
            self._jump(problems[0][0].editor)
            QTimer.singleShot(0, self, lambda: self.show_both(self.summary, problems[0][0]))

    def _jump(self, editor: QWidget) -> None:
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self.area, editor, self.kit.theme.px(120))
