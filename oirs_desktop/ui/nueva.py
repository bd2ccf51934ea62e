"""A new attention on one page: who, what, how it ends. What was typed stays until it is registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from oirs_core.domain.kinds import DocType, Kind, Medio, Salida
from oirs_core.domain.persona import Persona
from oirs_desktop.ui.i18n import tr
from oirs_desktop.ui.messages import explain
from oirs_desktop.ui.que import Que
from oirs_desktop.ui.quien import Quien
from oirs_desktop.ui.screen import Kit, Screen
from oirs_desktop.ui.summary import Summary
from oirs_desktop.ui.termina import Termina
from oirs_desktop.ui.theme import Text
from oirs_desktop.ui.toast import Toast
from oirs_desktop.ui.widgets import Banner, Heading, KeyButton, PlainLabel, PrimaryButton

if TYPE_CHECKING:
    from oirs_core.domain.catalogue import Catalogue
    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.plazo import Plazo
    from oirs_desktop.desk import Draft
    from oirs_desktop.store import PersonRow, Recorded
    from oirs_desktop.ui.section import Problem, Section


@dataclass(frozen=True)
class Typed:
    """Everything that stood in the form, to bring it back."""

    doc_tipo: DocType
    medio: Medio
    tipo: Kind
    salida: Salida
    texts: tuple[tuple[str, str], ...]


class Nueva(Screen):
    """The form."""

    name = "nueva"
    title = tr("Nueva atención")

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        theme = kit.theme
        self._sending = False
        self._parked: list[Typed] = []
        self.parked = Banner(theme)
        self.parked.add_action(tr("Retomarla"), self._resume, "Alt+R")
        self.parked.hide()
        self.summary = Summary(theme)
        self.quien, self.que = Quien(theme), Que(theme)
        self.termina = Termina(theme, self.que.instituciones)
        self.cards: tuple[Section, ...] = (self.quien, self.que, self.termina)
        self.register = PrimaryButton(theme, tr("Registrar"), ("Ctrl+Return", "Ctrl+Enter"), icon="check")
        self.register.clicked.connect(self._submit)
        self.empty = KeyButton(theme, tr("Vaciar"), icon="trash-2", kind="link")
        self.empty.clicked.connect(self._discard)
        self.body.addWidget(Heading(self.title))
        self.body.addWidget(self.parked)
        self.body.addWidget(self.summary)
        for card in self.cards:
            self.body.addWidget(card)
        self.body.addWidget(self._foot())
        self.body.addStretch(1)
        self.summary.jumped.connect(self._jump)
        self.quien.asked.connect(self._look_up)
        self.quien.settled.connect(self._settled)
        self.que.tipo.currentIndexChanged.connect(self._preview)
        self.termina.chosen.connect(self._preview)
        for editor in self.termina.findChildren(QWidget):
            editor.installEventFilter(self)
        self._blank = self._typed()

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setProperty("ringHost", True)
        row = QHBoxLayout(foot)
        margin = self.kit.theme.px(8)
        row.setContentsMargins(margin, margin, margin, margin)
        row.addWidget(self.empty)
        note = PlainLabel(tr("Esc vuelve al mesón. Lo escrito se conserva."), Text.SMALL, wrap=True)
        row.addWidget(note, 1)
        row.addWidget(self.register, 0, Qt.AlignmentFlag.AlignRight)
        return foot

    def keep(self) -> object:
        """Give everything typed and what waits behind it."""
        return self._typed(), tuple(self._parked)

    def take_back(self, kept: object) -> None:
        """Put it in again."""
        typed, parked = cast("tuple[Typed, tuple[Typed, ...]]", kept)
        self._parked = list(parked)
        self._restore(typed)
        self._show_parked()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the button in sight while the last card is filled in."""
        if event.type() is QEvent.Type.FocusIn:
            QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.register, 0, 16))
            QTimer.singleShot(0, self, self.show_focus)
        return False

    def enter(self, argument: object) -> None:
        """Go on where the draft was left, or begin with the person given."""
        if self.que.catalogue is None:
            desk = self.kit.counter.desk
            self.kit.tasks.run(lambda: desk.catalogue, self._take_catalogue, self.trouble)
        if isinstance(argument, Persona):
            self._begin(argument)
        elif self._typed() == self._blank or self.focusWidget() is None:
            self.quien.line.setFocus()
        else:
            focused = self.focusWidget()
            focused.setFocus()
        self.show_focus()

    def refresh(self, cases: frozenset[bytes]) -> None:
        """Read the catalogue again: a new one may have come down."""
        del cases
        desk = self.kit.counter.desk
        self.kit.tasks.run(lambda: desk.catalogue, self._take_catalogue, self.trouble)

    def _take_catalogue(self, catalogue: Catalogue) -> None:
        self.que.catalogue = catalogue
        self.que.comuna = self.kit.counter.desk.session.office.comuna

    def meet(self, persona: Persona) -> None:
        """Take the person whose card was read: into this form, unless it is somebody else's."""
        if self.quien.vacant:
            self.quien.fill(persona)
            self.quien.settled.emit(bool(persona.nombres))
        elif persona.doc_numero == self.quien.number():
            self.quien.add_names(persona)
        else:
            self._begin(persona)

    def _begin(self, persona: Persona) -> None:
        before = self._typed()
        same = persona.doc_numero == self.quien.number()
        if before != self._blank and not same:
            self._parked.append(before)
            self._restore(self._blank)
            self._show_parked()
        if not same or not persona.doc_numero:
            self.quien.fill(persona)
        self.quien.settled.emit(bool(persona.nombres))

    def _show_parked(self) -> None:
        """Keep in sight that another attention was begun and not registered."""
        self.parked.setVisible(bool(self._parked))
        if self._parked:
            texts = dict(self._parked[-1].texts)
            about = f"{texts['nombres']} {texts['apellido_paterno']}".strip() or texts["doc_numero"]
            title = tr("Otra atención espera sin registrar: {about}.")
            self.parked.set("info", title.format(about=about or texts["materia"] or tr("sin nombre")))

    def _resume(self) -> None:
        """Go on with the attention that waits; the one on screen waits in its place."""
        before, after = self._typed(), self._parked.pop()
        if before != self._blank:
            self._parked.append(before)
        self._restore(after)
        self._show_parked()
        self.quien.line.setFocus()

    def _look_up(self, doc_tipo: DocType, number: str) -> None:
        desk = self.kit.counter.desk

        def answer(row: PersonRow | None) -> None:
            self.quien.answer(number, row)

        def failed(error: OirsError) -> None:
            self.quien.answer(number, None)
            self.trouble(error)

        self.kit.tasks.run(lambda: desk.person(doc_tipo, number), answer, failed)

    def _settled(self, known: bool) -> None:  # noqa: FBT001 - Qt's signal
        if known:
            self.que.materia.setFocus()
        else:
            self.quien.fields["nombres"].editor.setFocus()
        self.show_focus()

    def _preview(self) -> None:
        if self.termina.salida() is Salida.RESPONDIDA:
            return
        kind, desk = self.que.kind(), self.kit.counter.desk

        def show(plazo: Plazo | None) -> None:
            self.termina.show_date(plazo.sentence if plazo else "")

        self.kit.tasks.run(lambda: desk.preview(kind), show, self.trouble)

    def _problems(self) -> list[Problem]:
        return [*self.quien.problems(self.que.kind()), *self.que.problems(), *self.termina.problems()]

    def _submit(self) -> None:
        """Register, or say what is missing. A second press while the first is on its way does nothing."""
        if self._sending:
            return
        self._show(self._problems())
        if self.summary.problems:
            return
        self._sending = True
        draft, counter = self._draft(), self.kit.counter
        self.kit.tasks.run(lambda: counter.register(draft), self._registered, self._refused)

    def _draft(self) -> Draft:
        # The desk pulls in the store and the keys, which the window must not wait for.
        from oirs_desktop.desk import Draft  # noqa: PLC0415

        return Draft(
            persona=self.quien.persona(),
            tipo=self.que.kind(),
            materia=self.que.topic(),
            relato=self.que.text("relato"),
            salida=self.termina.salida(),
            respuesta=self.termina.text("respuesta"),
            destino=self.termina.destination(),
            motivo=self.termina.text("motivo"),
            medio=self.quien.medio(),
            institucion=self.que.body_named(),
        )

    def _registered(self, recorded: Recorded) -> None:
        self._sending = False
        self._restore(self._blank)
        self.go.emit("comprobante", recorded)

    def _refused(self, error: OirsError) -> None:
        self._sending = False
        message = explain(error)
        name = str(error.data.get("field", "doc_numero" if error.code == "rut" else ""))
        fields = [card.fields[name] for card in self.cards if name in card.fields]
        if fields:
            self._show([(fields[0], message.title)])
        else:
            self.summary.show_message(message)
            self.area.ensureWidgetVisible(self.summary)

    def _show(self, problems: list[Problem]) -> None:
        for card in self.cards:
            card.clear_problems()
        for field, text in problems:
            field.set_problem(text)
        self.summary.show_problems(problems)
        if problems:
            if any(field in self.quien.fields.values() for field, _ in problems):
                self.quien.unfold()
            self._jump(problems[0][0].editor)
            QTimer.singleShot(0, self, lambda: self.show_both(self.summary, problems[0][0]))

    def _jump(self, editor: QWidget) -> None:
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(editor, 0, self.kit.theme.px(120))

    def _discard(self) -> None:
        before = self._typed()
        if before == self._blank:
            self.quien.line.setFocus()
            return
        self._restore(self._blank)
        self.quien.line.setFocus()
        self.said.emit(Toast(tr("Se vació el formulario."), lambda: self._restore(before)))

    def _typed(self) -> Typed:
        texts = tuple((name, card.raw(name)) for card in self.cards for name in card.fields)
        return Typed(self.quien.doc_tipo, self.quien.medio(), self.que.kind(), self.termina.salida(), texts)

    def _restore(self, typed: Typed) -> None:
        self.quien.docs.choose(typed.doc_tipo)
        self.quien.medios.choose(typed.medio)
        self.que.tipo.choose(typed.tipo)
        self.termina.salidas.choose(typed.salida)
        texts = dict(typed.texts)
        for card in self.cards:
            for name in card.fields:
                card.set_text(name, texts[name])
        self.quien.restored()
        self._show([])
