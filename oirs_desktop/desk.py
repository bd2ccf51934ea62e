"""The official's verbs, callable without a window: open a case, add to it, find one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oirs_core.domain.catalogue import Catalogue
from oirs_core.domain.errors import CodeRefused, FieldMissing, FolioRefused, RutRefused, ValueUnknown
from oirs_core.domain.events import (
    Act,
    Cierre,
    Derivacion,
    Ingreso,
    Institucion,
    Materia,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import DocType, Kind, Lugar, Medio, Salida
from oirs_core.domain.plazo import Plazo, legal_date, plazo_for
from oirs_core.domain.rut import Rut
from oirs_core.domain.text import LONG_CHARS, required
from oirs_core.resources import resource
from oirs_core.signature import PaperCode, ReceiptFacts, Verdict
from oirs_desktop.session import Moment, read_clock
from oirs_desktop.store import NewAct, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oirs_core.domain.persona import Persona
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.session import Clock, Session
    from oirs_desktop.store import CaseRow, PersonRow, Recorded, Store

CEDULA = re.compile(r"[?&]RUN=([0-9]{6,8}-?[0-9Kk])(?:&|$)")
"""The code on the back of an identity card: an address of the Registro Civil with the RUN."""
RUN_LIKE = re.compile(r"^\d{1,2}\.?\d{3}\.?\d{3}\s*-?\s*[\dkK]$|^\d{6}-?[\dkK]$|^\d{3}\.\d{3}-?[\dkK]$")
FOLIO_TAIL = re.compile(r"^[\dOoIiLl]{4}-?[0-9A-Za-z]?$")
BOX_LIMIT = 7


class Hint(StrEnum):
    """What the one box has to say when a list alone does not say it."""

    NONE = ""
    NEW_PERSON = "new_person"
    RUN_WRONG = "run_wrong"
    FOLIO_WRONG = "folio_wrong"
    NO_FOLIO = "no_folio"
    CODE_WRONG = "code_wrong"
    CODE_ELSEWHERE = "code_elsewhere"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Draft:
    """An attention as the form or a list gives it. Texts as typed; numbers need not be canonical.

    ``declared``: when it took place, if not now; without a zone it is in the office's own.
    """

    persona: Persona
    tipo: Kind
    materia: Materia
    relato: str
    salida: Salida = Salida.RESPONDIDA
    respuesta: str = ""
    destino: Institucion | None = None
    motivo: str = ""
    lugar: Lugar = Lugar.OFICINA
    localidad: str = ""
    medio: Medio = Medio.PRESENCIAL
    institucion: Institucion | None = None
    adjuntos: tuple[str, ...] = ()
    declared: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the one box found. ``paper``: what a scanned receipt is worth; ``hint``: a ``Hint``."""

    people: tuple[PersonRow, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    paper: Verdict | None = None
    hint: str = Hint.NONE


class Desk:
    """One counter of one office. Used by one thread at a time (the store worker)."""

    def __init__(self, store: Store, session: Session, clock: Clock, random: Callable[[int], bytes]) -> None:
        """``random``: gives that many random bytes, for salts and claves."""
        self._store = store
        self._clock = clock
        self._random = random
        self._catalogue: Catalogue | None = None
        self._seen: dict[bytes, bytes] = {}
        self.session = session

    @property
    def catalogue(self) -> Catalogue:
        """The tables that came down, else the bundled ones; parsed once, when first needed."""
        if self._catalogue is None:
            self._catalogue = Catalogue.from_csv({**bundled_tables(), **self._store.tables()})
        return self._catalogue

    def reload(self) -> None:
        """Take the office and the catalogue that came down; the official stays who they are."""
        self._catalogue = None
        office = self._store.office()
        if office is not None:
            named = {user.id: user for user in office.funcionarios}
            user = named.get(self.session.user.id, self.session.user)
            self.session = replace(self.session, office=office, user=user)

    def moment(self) -> Moment:
        """Read the clock, corrected by what the centre last said."""
        return read_clock(self._clock, self._store.queue())

    def open(self, draft: Draft) -> Recorded:
        """Record a new case with its outcome in one transaction. DomainError when refused."""
        moment = self.moment()
        declared = self._declared(draft)
        received = declared or moment.local(self.session.office.zona)
        acts = (self._ingreso(draft, received), *_outcome(draft, self.session.user.nombre))
        stamp = self._stamp(moment, declared.isoformat(timespec="seconds") if declared else "")
        recorded = self._store.record([NewAct(act) for act in acts], stamp, self._random)
        return self._remember(recorded)

    def add(self, entity: bytes, act: Act) -> Recorded:
        """Add an act to the case that the official saw last. DomainError when it does not fit."""
        base = None
        if isinstance(act, Respuesta | Derivacion | Cierre | Reapertura):
            if entity not in self._seen:
                self.case(entity)
            base = self._seen.get(entity)
        acts = [NewAct(act, base)]
        recorded = self._store.record(acts, self._stamp(self.moment(), ""), self._random, entity)
        return self._remember(recorded)

    def case(self, entity: bytes) -> Solicitud | None:
        """Give a case, and note that its estado has now been seen."""
        case = self._store.case(entity)
        if case is not None:
            self._seen[entity] = case.status_ref
        return case

    def person(self, doc_tipo: DocType, number: str) -> PersonRow | None:
        """Latest data given under a document; RUN and RUT may be written in any way."""
        if doc_tipo in {DocType.RUN, DocType.RUT_EMPRESA}:
            number = str(Rut.parse(number))
        return self._store.person(doc_tipo.value, number)

    def search(self, text: str) -> list[CaseRow]:
        """Cases whose text holds all the words, newest first."""
        return self._store.search(text)

    def find(self, text: str) -> Found:
        """Look up what was typed or scanned into the one box."""
        text = text.strip()
        if not text:
            return Found()
        cedula = CEDULA.search(text)
        if cedula:
            return self._find_document(cedula[1])
        if "/s/" in text and "#" in text:
            return self._find_paper(text)
        if RUN_LIKE.match(text):
            return self._find_document(text)
        return self._find_folio(text) or self._find_words(text)

    def plazo(self, case: Solicitud) -> Plazo | None:
        """Count a case's term again, to explain it. None when no date was promised on paper."""
        promesa = case.ingreso.promesa
        if promesa is None:
            return None
        start = date.fromisoformat(case.ingreso.fecha_legal)
        plazo = plazo_for(case.ingreso.tipo, start, self.session.office, self.catalogue)
        if plazo is None or plazo.promesa() != promesa:
            return None  # rules or commitments changed since: the date on the paper holds, unexplained
        return plazo

    def preview(self, kind: Kind) -> Plazo | None:
        """Tell what a filing made now would be promised."""
        office = self.session.office
        received = self.moment().local(office.zona)
        start = legal_date(received, office.comuna, self.catalogue.calendar)
        return plazo_for(kind, start, office, self.catalogue)

    def verdict(self, code: PaperCode, case: Solicitud) -> Verdict:
        """Say whether a scanned receipt is the one that was handed over for this case."""
        return code.check(receipt_facts(case), self._store.devices())

    def _declared(self, draft: Draft) -> datetime | None:
        zone = ZoneInfo(self.session.office.zona)
        when = draft.declared
        if when is None:
            return None
        return when.replace(tzinfo=zone) if when.tzinfo is None else when.astimezone(zone)

    def _stamp(self, moment: Moment, declared: str) -> Stamp:
        return Stamp(moment.at, moment.sure, self.session.user.id, declared)

    def _ingreso(self, draft: Draft, received: datetime) -> Ingreso:
        office = self.session.office
        start = legal_date(received, office.comuna, self.catalogue.calendar)
        plazo = plazo_for(draft.tipo, start, office, self.catalogue)
        return Ingreso(
            tipo=draft.tipo,
            materia=draft.materia,
            relato=draft.relato,
            persona=canonical_persona(draft.persona, self.catalogue),
            oficina=office.codigo,
            comuna=office.comuna,
            fecha_legal=start.isoformat(),
            atiende=self.session.user.nombre,
            lugar=draft.lugar,
            localidad=draft.localidad,
            medio=draft.medio,
            institucion=draft.institucion,
            adjuntos=draft.adjuntos,
            promesa=plazo.promesa() if plazo else None,
        )

    def _remember(self, recorded: Recorded) -> Recorded:
        self._seen[recorded.case.id] = recorded.case.status_ref
        return recorded

    def _find_document(self, text: str) -> Found:
        try:
            number = str(Rut.parse(text))
        except RutRefused:
            return Found(hint=Hint.RUN_WRONG)
        kinds = (DocType.RUN, DocType.RUT_EMPRESA)
        known = (self._store.person(kind.value, number) for kind in kinds)
        people = tuple(row for row in known if row is not None)
        cases = tuple(self._store.by_document(number, BOX_LIMIT))
        return Found(people, cases, hint=Hint.NONE if people or cases else Hint.NEW_PERSON)

    def _find_paper(self, text: str) -> Found:
        try:
            code = PaperCode.parse(text)
        except CodeRefused:
            return Found(hint=Hint.CODE_WRONG)
        rows = self._store.by_folio(code.folio.text)
        for row in rows:
            case = self._store.case(row.id)
            if case is not None:
                return Found(cases=tuple(rows), paper=self.verdict(code, case))
        return Found(hint=Hint.CODE_ELSEWHERE)

    def _find_folio(self, text: str) -> Found | None:
        if FOLIO_TAIL.match(text):
            rows = self._store.by_folio(text, BOX_LIMIT)
            if rows:
                return Found(cases=tuple(rows))
            return None if text.isalpha() else Found(hint=Hint.NO_FOLIO)
        try:
            folio = Folio.parse(text)
        except FolioRefused as why:
            digits = sum(c.isdigit() for c in text)
            return Found(hint=Hint.FOLIO_WRONG) if _whole_folio(why) and digits > 4 else None  # noqa: PLR2004
        rows = self._store.by_folio(folio.text, BOX_LIMIT)
        return Found(cases=tuple(rows), hint=Hint.NONE if rows else Hint.NO_FOLIO)

    def _find_words(self, text: str) -> Found:
        people = tuple(self._store.people(text))
        cases = tuple(self._store.search(text, BOX_LIMIT))
        return Found(people, cases, hint=Hint.NONE if people or cases else Hint.NOTHING)


def _whole_folio(why: FolioRefused) -> bool:
    return why.data.get("reason") in {"check", "number"}


def bundled_tables() -> Mapping[str, str]:
    """Catalogue tables that ship with the program: name without ending, CSV text."""
    paths = resource("catalogues").glob("*.csv")
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(paths)}


def receipt_facts(case: Solicitud) -> ReceiptFacts:
    """Give what the signature on a case's paper vouches for."""
    ingreso = case.ingreso
    return ReceiptFacts(ingreso.folio, ingreso.clave, ingreso.fecha_legal, ingreso.oficina, case.facts[0].h)


def canonical_persona(persona: Persona, catalogue: Catalogue) -> Persona:
    """Write RUN and RUT in their one form; ValueUnknown for a comuna outside the catalogue."""
    number, agent = persona.doc_numero, persona.representante_run
    if persona.doc_tipo in {DocType.RUN, DocType.RUT_EMPRESA}:
        number = str(Rut.parse(number))
    if agent:
        agent = str(Rut.parse(agent))
    if persona.comuna and persona.comuna not in catalogue.comunas:
        raise ValueUnknown(field="comuna", value=persona.comuna[:20])
    return replace(persona, doc_numero=number, representante_run=agent)


def _outcome(draft: Draft, firma: str) -> tuple[Respuesta | Derivacion, ...]:
    match draft.salida:
        case Salida.RESPONDIDA:
            texto = required("respuesta", draft.respuesta, LONG_CHARS)
            return (Respuesta(texto, Medio.PRESENCIAL, firma),)
        case Salida.DERIVADA:
            if draft.destino is None:
                raise FieldMissing(field="destino")
            return (Derivacion(draft.destino, draft.motivo),)
        case Salida.PENDIENTE:
            return ()
