"""The form as somebody's: who is served now, who comes next, and what waits when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from oirs_core.domain.persona import Persona
from oirs_desktop.store import DraftRow
from oirs_desktop.ui.form.formdrafts import KIND, DraftForm
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.state import load, number_of
from oirs_desktop.ui.parts.toast import Toast

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from oirs_desktop.ui.form.arrival import Arrival
    from oirs_desktop.ui.form.enquiries import Enquiries
    from oirs_desktop.ui.form.que import Que
    from oirs_desktop.ui.form.quien import Quien
    from oirs_desktop.ui.form.termina import Termina

WHOSE = tr("Sigue la atención de {who}. Enter continúa; otro documento comienza otra.")
LEFT = tr("La atención anterior no tenía nada escrito y se quitó.")
WITHOUT_PERSON = ("donde", "que", "termina")


class Serving(DraftForm):
    """A form with a card of the person (``quien``), of the matter (``que``) and of the end (``termina``)."""

    quien: Quien
    que: Que
    termina: Termina
    arrival: Arrival
    enquiries: Enquiries
    _was_left = False

    def start_at(self) -> None:
        """Begin with the document."""
        self.quien.line.setFocus()

    def go_on_at(self) -> None:
        """Go on with the first thing that is missing; all there, with the answer."""
        editors = (self.que.materia, self.que.relato.box)
        if self.quien.vacant:
            self.start_at()
        else:
            empty = [one for one in editors if not one.text().strip()]
            (empty[0] if empty else self.termina.first).setFocus()

    def enter(self, argument: object) -> None:
        """Go on where the draft was left, or begin with the person or the draft given."""
        if self.que.catalogue is None:
            self.enquiries.catalogue()
        self.enquiries.clock()
        self.enquiries.preview()
        focused, from_elsewhere = self.focusWidget(), self._was_left
        self._was_left = False
        if isinstance(argument, Persona):
            self._begin(argument)
        elif isinstance(argument, DraftRow):
            self._resume(argument)
        elif self.is_blank or focused is None:
            self.quien.line.setFocus()
        else:
            self._go_on(focused, from_elsewhere=from_elsewhere)
        self.show_focus()

    def leave(self) -> None:
        """Another screen is shown: write what stands here now."""
        self._was_left = True
        super().leave()

    def _go_on(self, focused: QWidget, *, from_elsewhere: bool) -> None:
        """Wait with the cursor in the number: no key meant for the next person may land in this form."""
        if self.quien.vacant and not self.que.text("relato"):
            self.quien.line.setFocus()
            return
        writes = isinstance(focused, QLineEdit | QPlainTextEdit) and focused is not self.quien.line
        line = self.quien.line
        self.arrival.watch(
            self.quien.docs if self.quien.fields["doc_numero"].isHidden() else line,
            focused if writes else self.que.relato.box,
        )
        line.selectAll()
        QTimer.singleShot(0, self, self._set_free if from_elsewhere and self.is_light else self._say_whose)

    def _say_whose(self) -> None:
        if self.arrival.waits:
            who = self.quien.name_typed.strip().rstrip(".") or self.quien.text("doc_numero") or tr("antes")
            self.said.emit(Toast(WHOSE.format(who=who)))

    def _set_free(self) -> None:
        """Show nobody's name to the next person, when nothing was typed for the one before."""
        if not self.arrival.waits:
            return
        before = self.form()
        if self._make_room():
            self.arrival.leave()
            self.start_at()
            self.said.emit(Toast(LEFT, lambda: self._bring(before), kind=KIND))

    def _bring(self, form: str) -> None:
        if self._make_room():
            self._restore(form)
            self.go_on_at()

    def scroll_back(self) -> None:
        """Be where one was: who comes back with Esc is not beginning anything."""
        super().scroll_back()
        if self.arrival.waits:
            self.arrival.go_on()

    def _another(self, key: QKeyEvent) -> None:
        """Let this attention wait and give the first sign to the next one."""
        if self._make_room():
            self.quien.line.setFocus()
            QApplication.sendEvent(self.quien.line, key)

    def meet(self, persona: Persona) -> None:
        """Take the person whose card was read: into this form, unless it is somebody else's."""
        if self.quien.vacant and self._waiting_of(persona) is None:
            self.quien.fill(persona)
            self.quien.settled.emit(bool(persona.nombres))
        elif persona.doc_numero == self.quien.number():
            self.quien.add_names(persona)
        else:
            self._begin(persona)

    def _begin(self, persona: Persona) -> None:
        same = persona.doc_numero == self.quien.number()
        if not same and (row := self._waiting_of(persona)) is not None:
            self._resume(row)
            return
        if not self.is_blank and not same and not self._make_room():
            return
        if not same or not persona.doc_numero:
            self.quien.fill(persona)
        self.quien.settled.emit(bool(persona.nombres))

    def _waiting_of(self, persona: Persona) -> DraftRow | None:
        """Give the form in which this person waits already."""
        rows = self.shelf.waiting if persona.doc_numero else []
        return next((row for row in rows if number_of(row.form) == persona.doc_numero), None)

    def _resume_typed(self) -> bool:
        """Go on with the form in which the person just typed waits, if nothing but the person stands here."""
        row = self._waiting_of(self.quien.persona()) if self.quien.line.hasFocus() else None
        if row is None or not self._is_person_only():
            return False
        self._resume(row)
        return True

    def _kept_form(self) -> str:
        """Give what is kept on the disk: not a kind of document alone."""
        nobody = not self.quien.told and not self.quien.raw("doc_numero")
        return "" if nobody and self._is_person_only() else self.form()

    @property
    def is_light(self) -> bool:
        """Whether there is a number at most, or somebody known with nothing typed over."""
        return self._is_person_only() and (self.quien.as_known or not self.quien.told)

    def _is_person_only(self) -> bool:
        form, blank = load(self.form()), load(self._blank)
        return all(form.get(card) == blank.get(card) for card in WITHOUT_PERSON)
