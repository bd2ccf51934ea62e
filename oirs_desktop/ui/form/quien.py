"""Card 1 of the form: who is in front of the counter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from oirs_core.domain.edad import ADULT
from oirs_core.domain.kinds import DocType, Medio
from oirs_core.domain.persona import Persona
from oirs_core.domain.rut import Rut
from oirs_desktop.ui.form.quienanswers import CHECKED, TEXTS, QuienAnswers
from oirs_desktop.ui.form.quienparts import NAMES, OF_OFFICE
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.state import write_editor
from oirs_desktop.ui.texts import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oirs_core.domain.catalogue import Catalogue
    from oirs_desktop.store import PersonRow
    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.fields import Field


class Quien(QuienAnswers):
    """Document, name, contact, and by which way the person wants the answer."""

    asked = Signal(object, str)
    """Document type and canonical number to look up."""

    named = Signal(str)
    """A name was typed of somebody without a number: who may it be?"""

    settled = Signal(bool)
    """The person is clear and Enter was pressed; True: known from before."""

    identified = Signal()
    """Another person stands in the form, or nobody."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._home = ""
        self._home_offered = False
        self._keep_typed = False
        self._state: Mapping[str, str] = {}
        self._name = ""
        self._stood = ""
        self.make_way: Callable[[], bool] = _nobody_asks
        """Lets the attention of the person who stands here wait and empties the form; False: it cannot."""
        self.docs.may_choose = lambda _: not self.someone or self.make_way()
        self.docs.changed.connect(self._switch)
        self.line.textEdited.connect(self._edited)
        self.line.entered.connect(self._entered)
        self.line.editingFinished.connect(self._stand)
        self.change.clicked.connect(self.unfold)
        self.same.picked.connect(self._same_person)
        self.medios.changed.connect(self._address)
        self.fold.clicked.connect(lambda: self.show_rest(shown=self.rest.isHidden()))
        self.statistics.birth.textChanged.connect(self._aged)
        for name in NAMES:
            self.fields[name].editor.editingFinished.connect(self._name_typed)  # type: ignore[attr-defined]
        self._switch(DocType.RUN)

    def know(self, catalogue: Catalogue, home: str) -> None:
        """Take the tables, and the office's own comuna (code): most people live there."""
        self._catalogue, self._home = catalogue, home
        self.statistics.know(catalogue)
        for name, choice in self.statistics.choices.items():
            if not choice.value():
                write_editor(name, choice, self._state)
        self._state = {}
        if self._base.comuna and not self.comuna.text():
            self.put_comuna(self._base.comuna)

    def _address(self, medio: object) -> None:
        self.fields["direccion"].setVisible(medio is Medio.CARTA or bool(self._base.direccion))

    def _switch(self, doc_tipo: object) -> None:
        """Show the fields that this document needs; what stands in the others is kept."""
        firm, nobody = doc_tipo is DocType.RUT_EMPRESA, doc_tipo is DocType.ANONIMO
        self.fields["doc_numero"].setVisible(doc_tipo not in {DocType.SIN_DOCUMENTO, DocType.ANONIMO})
        labels = {DocType.RUN: tr("RUN"), DocType.RUT_EMPRESA: tr("RUT de la empresa")}
        self.fields["doc_numero"].set_label(labels.get(self.doc_tipo, tr("Número")))
        self.fields["nombres"].set_label(tr("Razón social") if firm else tr("Nombres"))
        for name in NAMES:
            self.fields[name].setVisible(not nobody and (not firm or name == "nombres"))
        self.fold.setVisible(not nobody and not firm)
        self._address(self.medios.value())
        self.show_rest(shown=False)
        self.clear_problems()
        self.same.hide()
        self.known.set("", "")
        self.before.hide()
        if nobody:
            self.known.set("info", tr("Puede consultar, reclamar y sugerir sin decir quién es."))
        self.unfold()
        self._typed()
        self._show_top()

    def show_rest(self, *, shown: bool) -> None:
        """Unfold or fold what is asked of few people."""
        self.rest.setVisible(shown)
        self.place_agent(inside=shown)
        self.fold.set_icon("chevron-up" if shown else "chevron-down")
        self._aged()

    def _edited(self) -> None:
        """Another number is another person: who stood here takes the whole attention along."""
        if self._is_other():
            typed, cursor = self.line.text(), self.line.cursorPosition()
            self.line.setText(self._stood)
            self.write_number()
            if self.make_way():
                self.line.setText(typed)
                self.line.setCursorPosition(cursor)
        self._keep_typed = False
        self._typed()

    def _is_other(self) -> bool:
        """Compare with the number that was left standing: while one is typed, half of it may be valid too."""
        number = self.number()
        if not self._stood or number == self._stood:
            return False
        return self._base.doc_numero == self._stood or (bool(number) and self.doc_tipo in CHECKED)

    def _stand(self) -> None:
        self._stood = self.number() or self._stood
        self.write_number()

    def _typed(self) -> None:
        self.fields["doc_numero"].mend()
        number = self.number()
        if self._base.doc_numero and number != self._base.doc_numero:
            self._forget()
        elif self.doc_tipo in CHECKED and not self._base.doc_numero:
            self.known.set("", "")  # what was said of another number
        self.line.asked = bool(number) and number != self._base.doc_numero
        if self.line.asked:
            self.asked.emit(self.doc_tipo, number)

    def _forget(self) -> None:
        """Take out all that belonged to the person of before."""
        for name in (*TEXTS, "comuna"):
            self.set_text(name, "")
        self._base, self._home_offered = Persona(), False
        self.known.set("", "")
        self.before.hide()
        self.unfold()
        self._aged()
        self.identified.emit()

    def _entered(self) -> None:
        self._stand()
        if not self.number() and self.doc_tipo in CHECKED and self.text("doc_numero"):
            for field, text in self._judge_number():
                field.set_problem(text)
            self.line.stay()
        elif self.line.asked:
            self.line.hold()
        elif self.number():
            self.settled.emit(bool(self._base.doc_numero))

    @property
    def name_typed(self) -> str:
        """First names and first surname as they stand."""
        return " ".join(self.text(part) for part in NAMES[:2])

    def _name_typed(self) -> None:
        """Ask who it may be, when somebody without a number has a name."""
        name = self.name_typed
        if not all(self.text(part) for part in NAMES[:2]) or self._base.doc_numero:
            return
        self._offer_home()
        if name != self._name and not self.text("doc_numero"):
            self._name = name
            self.named.emit(name)

    def _offer_home(self) -> None:
        """Put the office's own comuna in, once, where nothing stands."""
        if self._home and not self._home_offered and not self.comuna.text():
            self.put_comuna(self._home, OF_OFFICE)
        self._home_offered = True

    def answer(self, number: str, row: PersonRow | None) -> None:
        """Take what the desk knows of ``number``; nothing when another was typed meanwhile."""
        if number != self.number():
            return
        if row is None and self.doc_tipo is DocType.RUN and Rut.parse(number).is_firm:
            self.docs.choose(DocType.RUT_EMPRESA)  # which asks again, for a firm
            return
        waited = self.line.held
        self.line.asked = False
        if row is not None:
            self._recognise(row)
        else:
            self._offer_home()
            if self.doc_tipo in CHECKED:
                self.known.set("circle-check", tr("Número correcto. Es su primera atención aquí."), "good")
        self.identified.emit()
        if waited:
            self.settled.emit(row is not None)
        self.line.release()

    def _recognise(self, row: PersonRow) -> None:
        """Fill in somebody known; what came back from a saved form stays as it was typed.

        Who spoke for them last time is not taken over: that is asked of whoever stands there today.
        """
        if not self._keep_typed:
            self._put(replace(row.persona, representante="", representante_run=""))
            age = self.age()
            if age is not None and age < ADULT:
                self.unfold()
        else:
            self._fold(folded=self.compare(row.persona))
        self._keep_typed = False
        self.show_known(row.persona)
        seen = words.cases(row.attentions, row.open_cases)
        self.before.setText(seen)
        self.before.setAccessibleName(tr("Ver {seen}").format(seen=seen))
        self.before.show()

    def fill(self, persona: Persona) -> None:
        """Put a known person in and fold the fields: there is nothing to type."""
        self.docs.choose(persona.doc_tipo)
        self._put(persona)
        self.line.asked = not persona.nombres  # an old card tells the first surname only
        if persona.doc_numero:
            self._keep_typed = bool(persona.full_name)
            self.asked.emit(persona.doc_tipo, persona.doc_numero)

    def _put(self, persona: Persona) -> None:
        self._base = persona
        number = persona.doc_numero
        shown = Rut.parse(number).pretty if persona.doc_tipo in CHECKED and number else number
        self.set_text("doc_numero", shown)
        self._stood = number
        for name in TEXTS:
            self.set_text(name, words.as_written(name, getattr(persona, name)))
        self.put_comuna(persona.comuna)
        self._show_top()
        self._address(self.medios.value())
        self._aged()
        if persona.nombres:
            self.known.set("user-check", persona.shown_name, "good")
            self._fold(folded=True)

    def add_names(self, persona: Persona) -> None:
        """Put the names of a card in where none stand yet."""
        if not any(self.raw(name) for name in NAMES):
            for name in NAMES:
                self.set_text(name, getattr(persona, name))

    def _same_person(self, persona: Persona) -> None:
        self.fill(persona)
        self.settled.emit(True)

    def _fold(self, *, folded: bool) -> None:
        self.more.setVisible(not folded)
        self.change.setVisible(folded)

    def unfold(self) -> None:
        """Show all fields of the person."""
        if self.change.hasFocus():
            self.fields["nombres"].editor.setFocus()
        self._fold(folded=False)

    def reveal(self, field: Field) -> None:
        """Unfold so that a field of this card is seen."""
        if field not in self.fields.values():
            return
        self.unfold()
        if self.rest.isAncestorOf(field):
            self.show_rest(shown=True)

    def restore(self, state: Mapping[str, str]) -> None:
        """Put back what was typed, and look again who that is."""
        self._base, self._state, self._name = Persona(), state, ""
        super().restore(state)
        self._home_offered = bool(self.raw("nombres"))
        self.same.hide()
        self.known.set("", "")
        self.before.hide()
        self.unfold()
        self.show_rest(shown=False)
        self._keep_typed = True
        self._stood = self.number()
        self._typed()
        self.identified.emit()


def _nobody_asks() -> bool:
    return True
