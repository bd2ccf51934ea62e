"""What the form asks the desk while it is filled in; each answer goes to the card that wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from oirs_core.domain.kinds import Salida
from oirs_desktop.ui.lists.finding import Tell, comuna_words
from oirs_desktop.ui.look.i18n import local, moment

if TYPE_CHECKING:
    from datetime import date

    from oirs_core.domain.catalogue import Catalogue
    from oirs_core.domain.errors import OirsError
    from oirs_core.domain.kinds import DocType
    from oirs_core.domain.plazo import Plazo
    from oirs_desktop.store import CaseRow, PersonRow
    from oirs_desktop.ui.form.donde import Donde
    from oirs_desktop.ui.form.que import Que
    from oirs_desktop.ui.form.quien import Quien
    from oirs_desktop.ui.form.termina import Termina
    from oirs_desktop.ui.kit.screen import Kit
    from oirs_desktop.ui.lists.people import SameMatter


class Enquiries(QObject):
    """Runs on the store's thread; an answer that came too late is thrown away by its card."""

    trouble = Signal(object)
    """An ``OirsError``."""

    read = Signal(object)
    """The ``Catalogue``."""

    def __init__(
        self, kit: Kit, quien: Quien, que: Que, termina: Termina, donde: Donde, matter: SameMatter
    ) -> None:
        super().__init__()
        self._kit, self._desk = kit, kit.counter.desk
        self._quien, self._que, self._termina = quien, que, termina
        self._donde, self._matter = donde, matter
        quien.asked.connect(self._person)
        quien.named.connect(self._people)
        quien.identified.connect(self._cases)
        que.tipo.currentIndexChanged.connect(self.preview)
        que.materia.textChanged.connect(self.matter)
        termina.chosen.connect(self.preview)
        donde.moved.connect(self.preview)

    def catalogue(self) -> None:
        """Read the tables; they may have come down anew."""
        desk = self._desk

        def take(catalogue: Catalogue) -> None:
            office = desk.session.office
            self._que.catalogue, self._que.comuna = catalogue, office.comuna
            self._quien.know(catalogue, office.comuna)
            self.read.emit(catalogue)

        self._kit.tasks.run(lambda: desk.catalogue, take, self.trouble.emit)

    def clock(self) -> None:
        """Tell the cards which day and hour it is."""
        now = self._kit.clock.now()
        wall = local(now, self._kit.zone).replace(tzinfo=None)
        self._quien.today, self._donde.now = wall.date(), wall
        self._que.offer_last(now)

    def preview(self) -> None:
        """Count the date that would be promised, and the day from which the law counts."""
        kind, declared, desk = self._que.kind(), self._donde.declared(), self._desk
        wanted = self._termina.salida() is not Salida.RESPONDIDA

        def show(answer: tuple[date, Plazo | None]) -> None:
            if declared == self._donde.declared():
                self._donde.show_legal(answer[0])
                self._termina.show_date(answer[1].sentence if answer[1] else "")

        def ask() -> tuple[date, Plazo | None]:
            return desk.counts_from(declared), desk.preview(kind, declared) if wanted else None

        self._kit.tasks.run(ask, show, self.trouble.emit)

    def matter(self) -> None:
        """Compare the topic with the open cases of the person."""
        self._matter.look(self._que.materia.text(), self._kit.clock.now())

    def _person(self, doc_tipo: DocType, number: str) -> None:
        desk = self._desk

        def answer(row: PersonRow | None) -> None:
            self._quien.answer(number, row)

        def failed(error: OirsError) -> None:
            self._quien.answer(number, None)
            self.trouble.emit(error)

        self._kit.tasks.run(lambda: desk.person(doc_tipo, number), answer, failed)

    def _people(self, name: str) -> None:
        desk, kit = self._desk, self._kit

        def show(rows: list[PersonRow]) -> None:
            if name == self._quien.name_typed:
                now = kit.clock.now()
                tell = Tell(lambda at: moment(at, kit.zone, now), comuna_words(self._que.catalogue))
                self._quien.same.show_rows(rows, tell)

        kit.tasks.run(lambda: desk.people(name), show, self.trouble.emit)

    def _cases(self) -> None:
        persona, desk = self._quien.persona(), self._desk
        self._matter.know(())
        self.matter()
        if persona.key is None:
            return

        def take(rows: list[CaseRow]) -> None:
            if self._quien.persona().key == persona.key:
                self._matter.know(rows)
                self.matter()

        self._kit.tasks.run(lambda: desk.open_cases_of(persona), take, self.trouble.emit)
