"""What card 1 of the form says: the person, and what keeps them from being registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_core.domain.edad import ADULT, needs_adult
from oirs_core.domain.errors import FieldMissing, RutRefused
from oirs_core.domain.kinds import DocType, Kind, Medio
from oirs_core.domain.persona import Persona
from oirs_core.domain.phone import canonical_phone
from oirs_core.domain.rules import NEEDS_PERSON
from oirs_core.domain.rut import Rut
from oirs_core.domain.search import fold_text
from oirs_desktop.ui.form.minor import ADULT_LABELS, AGENT_LABELS, minor_words
from oirs_desktop.ui.form.quienparts import NAMES, QuienParts
from oirs_desktop.ui.look.i18n import tr
from oirs_desktop.ui.parts.state import CODE

if TYPE_CHECKING:
    from datetime import date

    from oirs_desktop.ui.look.theme import Theme
    from oirs_desktop.ui.parts.section import Problem

CHECKED = frozenset({DocType.RUN, DocType.RUT_EMPRESA})
WHOSE_RUN = tr("Este RUN es de {who}. Aquí se escribió otro nombre.")
CONFIRM = tr("Este RUN es de {who}. Pregunte; Ctrl+Enter otra vez registra con este nombre.")
NO_LETTERS = tr("Un RUN no lleva letras. Para pasaporte: Mayús+Tab y flechas.")
AGENT = ("representante", "representante_run")
TEXTS = (*NAMES, *AGENT, "telefono", "correo", "direccion", "nombre_social")
"""Lines of text, in reading order."""
OF_NOBODY = frozenset({"doc_tipo", "doc_numero", "comuna", "medio"})
ANSWER_NEEDS = {Medio.TELEFONO: "telefono", Medio.CORREO: "correo", Medio.CARTA: "direccion"}


class QuienAnswers(QuienParts):
    """``today``: day of the office, told by the form; ages count from it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._base = Persona()
        self.today: date | None = None
        self._clash: Persona | None = None
        self._asked_about = ""

    def age(self) -> int | None:
        """Age in years by the day of birth given now or before; None: not known."""
        return self.statistics.age(self.today, self._base.fecha_nacimiento)

    @property
    def doc_tipo(self) -> DocType:
        """The document chosen."""
        return DocType(str(self.docs.value()))

    def number(self) -> str:
        """Canonical number when it is whole, otherwise empty."""
        if self.doc_tipo not in CHECKED:
            return self.text("doc_numero")
        try:
            return str(Rut.parse(self.text("doc_numero")))
        except RutRefused:
            return ""

    @property
    def as_known(self) -> bool:
        """Whether somebody known stands here, with nothing typed over."""
        return bool(self._base.nombres) and self.more.isHidden()

    @property
    def vacant(self) -> bool:
        """Whether nobody stands in the card yet."""
        nobody = not self.number() and not any(self.raw(name) for name in NAMES)
        return nobody and self.doc_tipo is DocType.RUN  # what somebody anonymous told stays without a name

    @property
    def someone(self) -> bool:
        """Whether anything stands here that belongs to one person; a comuna belongs to many."""
        if self.doc_tipo in CHECKED and self.number():
            return True
        return bool(self._base.doc_numero) or bool(self.told)

    @property
    def told(self) -> dict[str, str]:
        """What stands here besides document, comuna and way of the answer."""
        said = {name: text for name, text in self.state().items() if text not in {"", str(None)}}
        return {name: text for name, text in said.items() if name.partition(CODE)[0] not in OF_NOBODY}

    def raw(self, name: str) -> str:
        """As it is kept: a telephone is shown in groups, but is one number."""
        text = super().raw(name)
        if name == "telefono":
            return canonical_phone(text)
        return _plain_run(text) if name == "representante_run" else text

    def write_number(self) -> None:
        """Write a whole RUN or RUT with its points."""
        if self.doc_tipo in CHECKED and (number := self.number()):
            self.line.setText(Rut.parse(number).pretty)

    def persona(self) -> Persona:
        """Give the person as the form says; statistics of before are not carried on."""
        if self.doc_tipo is DocType.ANONIMO:
            return Persona(telefono=self.text("telefono"), correo=self.text("correo"))
        found = {name: self.text(name) for name in TEXTS}
        if self.doc_tipo is DocType.RUT_EMPRESA:
            found["nombre_social"] = ""
        else:
            found |= self.statistics.answers(self.today)
        number = self.number() or self.text("doc_numero")
        return Persona(self.doc_tipo, number, comuna=str(self.comuna.value() or ""), **found)

    def medio(self) -> Medio:
        """By which way the person wants the answer."""
        return Medio(str(self.medios.value()))

    def problems(self, tipo: Kind) -> list[Problem]:
        """Everything that keeps this card from being registered, in reading order."""
        found = self._judge_number()
        nobody = self.doc_tipo is DocType.ANONIMO
        for name in TEXTS:
            if not self.fields[name].isHidden():
                found += self.judge(name, needed=name in self._needed())
        if self.text("representante_run"):
            found += self.tried("representante_run", lambda: Rut.parse(self.text("representante_run")))
        if self.text("comuna") and self.comuna.value() is None:
            found.append((self.fields["comuna"], tr("Elija la comuna de la lista.")))
        if nobody and tipo in NEEDS_PERSON:
            text = tr("Para este tipo hace falta saber quién es: elija otro documento.")
            found.append((self.fields["medio"], text))
        if not nobody and self.doc_tipo is not DocType.RUT_EMPRESA:
            self.statistics.wrong(self.today, lambda name, text: found.append((self.fields[name], text)))
        return found

    def _needed(self) -> set[str]:
        needed = {"nombres", ANSWER_NEEDS.get(self.medio(), "nombres")}
        age = self.age()
        if age is not None and needs_adult(age, sensitive=self.statistics.sensitive):
            needed.add("representante")
        return needed

    def compare(self, persona: Persona) -> bool:
        """Take somebody known under what was typed before; whether both say the same."""
        self._base, self._asked_about = persona, ""
        self._clash = persona if self._is_renamed(persona) else None
        return all(self.raw(name) == canonical_phone(getattr(persona, name)) for name in TEXTS)

    def _is_renamed(self, persona: Persona) -> bool:
        """Whether first name or first surname typed here is another: what was only added is no doubt."""
        pairs = ((self.text(name), getattr(persona, name)) for name in NAMES[:2])
        words = [(fold_text(typed).split()[:1], fold_text(known).split()[:1]) for typed, known in pairs]
        return any(typed and known and typed != known for typed, known in words)

    def show_known(self, persona: Persona) -> None:
        """Say beside the number whose it is, and that another name was typed for it."""
        if self._clash is persona:
            self.known.set("triangle-alert", WHOSE_RUN.format(who=persona.shown_name), "warning")
        else:
            self.known.set("user-check", persona.shown_name, "good")

    def doubt(self) -> list[Problem]:
        """Ask, once for each name typed, before somebody known is registered under another name."""
        typed = " ".join(self.text(name) for name in NAMES)
        clash = self._clash
        if clash is None or clash is not self._base or typed == self._asked_about:
            return []
        if not self._is_renamed(clash):
            return []
        self._asked_about = typed
        return [(self.fields["nombres"], CONFIRM.format(who=clash.shown_name))]

    def _judge_number(self) -> list[Problem]:
        if self.fields["doc_numero"].isHidden():
            return []
        if self.doc_tipo is DocType.RUN and has_letters(self.text("doc_numero")):
            return [(self.fields["doc_numero"], NO_LETTERS)]
        if self.doc_tipo in CHECKED:
            return self.tried("doc_numero", lambda: Rut.parse(self.text("doc_numero")))
        return self.tried("doc_numero", self._needs_number)

    def _needs_number(self) -> None:
        if not self.text("doc_numero"):
            raise FieldMissing(field="doc_numero")

    def _show_top(self) -> None:
        """Leave no gap where there is neither a number nor a word about the person."""
        empty = self.doc_tipo is DocType.SIN_DOCUMENTO and not self._base.nombres
        self.top.setVisible(not empty)

    def _aged(self) -> None:
        """Say what holds for a child, and show the line of who speaks for the person where it is needed."""
        firm, nobody = self.doc_tipo is DocType.RUT_EMPRESA, self.doc_tipo is DocType.ANONIMO
        age = None if firm or nobody else self.age()
        self.statistics.show_age(age)
        title, advice = minor_words(age)
        self.minor.setVisible(bool(title))
        if title:
            self.minor.set("info", title, advice)
        child = age is not None and age < ADULT
        for name, label in (ADULT_LABELS if child else AGENT_LABELS).items():
            self.fields[name].set_label(label)
        wanted = firm or not self.rest.isHidden() or child
        for name in AGENT:
            self.fields[name].setVisible(not nobody and (wanted or bool(self.raw(name))))
        # Nothing in it takes no room: what is unfolded must not move the line above it.
        self.agent_part.setVisible(bool(title) or not all(self.fields[name].isHidden() for name in AGENT))


def has_letters(number: str) -> bool:
    """Whether a letter stands where a RUN has none; a K may end it."""
    return any(sign.isalpha() for sign in number.strip().upper().removesuffix("K"))


def _plain_run(text: str) -> str:
    try:
        return str(Rut.parse(text))
    except RutRefused:
        return text
