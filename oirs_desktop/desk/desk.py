"""One counter of one office: what its official can do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oirs_core.domain.errors import ValueUnknown
from oirs_core.domain.events import (
    Act,
    Anotacion,
    Cierre,
    Derivacion,
    Enmienda,
    Ingreso,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import OPEN, DocType, Estado, Kind
from oirs_core.domain.plazo import Plazo, legal_date, plazo_for
from oirs_core.domain.rules import check_role
from oirs_core.domain.rut import Rut
from oirs_core.resources import resource
from oirs_desktop.desk.box import Found, find, receipt_facts
from oirs_desktop.desk.day import read_day
from oirs_desktop.desk.draft import Draft, canonical_persona, outcome_acts
from oirs_desktop.session import Moment, draw_log, read_clock
from oirs_desktop.store import DraftRow, NewAct, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from oirs_core.domain.catalogue import Catalogue
    from oirs_core.domain.events import Funcionario, Institucion
    from oirs_core.domain.persona import Persona
    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.session import Clock, Session
    from oirs_desktop.store import CaseRow, PersonRow, Recorded, Store
    from oirs_desktop.store.dayrecords import Day

__all__ = ["Desk", "bundled_tables", "receipt_facts"]

SAME_MATTER_DAYS = 30
DAY_MS = 86_400_000
LATELY = 50
"""Cases looked through for the last one of this counter, while others file too."""
SAW_ESTADO = (Anotacion, Respuesta, Derivacion, Cierre, Reapertura)
"""Acts that say which estado their author saw, so that the fold can tell a late one."""


class Desk:
    """One counter of one office. Used by one thread at a time (the store worker)."""

    def __init__(self, store: Store, session: Session, clock: Clock, random: Callable[[int], bytes]) -> None:
        """``random``: gives that many random bytes, for salts and claves."""
        self._store = store
        self._clock = clock
        self._random = random
        self._catalogue: Catalogue | None = None
        self._seen: dict[bytes, Solicitud] = {}
        self._terms: dict[tuple[Kind, date], Plazo | None] = {}
        self.session = session
        self.saved: Callable[[], None] = _nobody
        """Called after each commit; `app.py` wakes the synchronisation with it."""

    @property
    def catalogue(self) -> Catalogue:
        """The tables that came down, else the bundled ones; parsed once, when first needed."""
        if self._catalogue is None:
            from oirs_core.domain.catalogue import Catalogue  # noqa: PLC0415 - only once it is needed

            seed = bundled_tables()
            try:
                self._catalogue = Catalogue.from_csv({**seed, **self._store.tables()})
            except ValueUnknown:  # a table came down that this program cannot read: the counter goes on
                self._catalogue = Catalogue.from_csv(seed)
        return self._catalogue

    def reload(self) -> None:
        """Take the office and the catalogue that came down; the official stays who they are."""
        self._catalogue = None
        self._terms.clear()
        office = self._store.office()
        if office is not None:
            named = {user.id: user for user in office.funcionarios}
            user = named.get(self.session.user.id, self.session.user)
            self.session = replace(self.session, office=office, user=user)

    def sign_in(self, user: Funcionario) -> None:
        """Let another official work at this counter; their name is printed from now on."""
        self.session = replace(self.session, user=user)

    def moment(self) -> Moment:
        """Read the clock, corrected by what the centre last said."""
        return read_clock(self._clock, self._store.contact)

    def open(self, draft: Draft) -> Recorded:
        """Record a new case with its outcome in one transaction. DomainError when refused."""
        moment = self.moment()
        declared = self._zoned(draft.declared)
        received = declared or moment.local(self.session.office.zona)
        acts = (self._ingreso(draft, received), *outcome_acts(draft, self.session.user.nombre))
        stamp = self._stamp(moment, declared.isoformat(timespec="seconds") if declared else "")
        recorded = self._store.record([NewAct(act) for act in acts], stamp, self._random, slot=draft.slot)
        return self._remember(recorded)

    def begin_series(self, public_key: bytes) -> None:
        """Write to a new log from now on, whose folios count from 1. ``public_key``: of this device."""
        log, label = draw_log(self._random)
        self._store.rotate(log, label, public_key)

    def add(self, entity: bytes, act: Act, *more: Act, seen: Solicitud | None = None) -> Recorded:
        """Add acts, all or none, to the case that the official saw last. DomainError when one does not fit.

        ``seen``: the case as it stood when they began to write, where that matters.
        """
        seen = seen or self._seen.get(entity) or self.case(entity)
        base = None
        if seen is not None:
            for one in (act, *more):
                check_role(self.session.user, self.session.office.funcionarios, seen, one)
            base = _base(seen, act)
        acts = [NewAct(act, base), *map(NewAct, more)]
        recorded = self._store.record(acts, self._stamp(self.moment(), ""), self._random, entity)
        return self._remember(recorded)

    def document_state(self, sha: str) -> str:
        """Tell how a document of this counter stands with the centre: waiting, whole, blocked; else empty."""
        return self._store.blob_state(bytes.fromhex(sha))

    def case(self, entity: bytes) -> Solicitud | None:
        """Give a case, and note that its estado has now been seen."""
        case = self._store.case(entity)
        if case is not None:
            self._seen[entity] = case
        return case

    def person(self, doc_tipo: DocType, number: str) -> PersonRow | None:
        """Latest data given under a document; RUN and RUT may be written in any way."""
        if doc_tipo in {DocType.RUN, DocType.RUT_EMPRESA}:
            number = str(Rut.parse(number))
        return self._store.person(doc_tipo.value, number)

    def search(self, text: str) -> list[CaseRow]:
        """Cases whose text holds all the words, newest first."""
        return self._store.search(text)

    def recent(self, limit: int = 3) -> list[CaseRow]:
        """Give the last attentions, newest first."""
        return self._store.recent(limit)

    def open_cases(self, limit: int = 500) -> list[CaseRow]:
        """Give the cases that still need work, by due date."""
        return self._store.open_cases(limit)

    def unsent(self, limit: int = 200) -> list[CaseRow]:
        """Give the cases that the centre has not seen in full."""
        return self._store.unsent(limit)

    def find(self, text: str) -> Found:
        """Look up what was typed or scanned into the one box: RUN, folio, name, code of a receipt."""
        return find(self._store, text)

    def people(self, text: str, limit: int = 3) -> list[PersonRow]:
        """People with a document whose names begin so, latest visit first."""
        return self._store.people(text, limit)

    def open_cases_of(self, persona: Persona, days: int = SAME_MATTER_DAYS) -> list[CaseRow]:
        """Open cases that a person brought in the last ``days``, newest first; none without a document."""
        if persona.key is None:
            return []
        since = self.moment().at - days * DAY_MS
        rows = self._store.by_document(persona.doc_numero)
        return [row for row in rows if Estado(row.estado) in OPEN and row.opened_at >= since]

    def save_draft(self, slot: int, form: str) -> DraftRow:
        """Keep what stands in the form, as typed, under the official who serves."""
        row = DraftRow(slot, self.session.user.id, self.moment().at, form)
        self._store.save_draft(row)
        return row

    def drafts(self) -> list[DraftRow]:
        """Forms that wait, the latest first; slots below zero hold texts begun in cases."""
        return self._store.drafts()

    def drop_draft(self, slot: int) -> None:
        """Let a form go."""
        self._store.drop_draft(slot)

    def day(self, day: date) -> Day:
        """Gather what this counter did on a day of the office."""
        waiting = sum(row.slot > 0 for row in self.drafts())
        return read_day(self._store, self.session.office, day, waiting)

    def own_last(self) -> bytes | None:
        """Id of the last case that this counter filed, among the latest of the office."""
        labels = self._store.own_labels()
        return next((row.id for row in self.recent(LATELY) if row.folio[3:7] in labels), None)

    def destinations(self, limit: int = 3) -> list[Institucion]:
        """Bodies that cases were handed on to lately, the last one first."""
        return self._store.destinations(limit)

    def plazo(self, case: Solicitud) -> Plazo | None:
        """Count a case's term again, to explain it. None when no date was promised on paper.

        Where rules or commitments have changed since, the date on the paper holds, without its days.
        """
        tipo, promesa = case.ingreso.tipo, case.ingreso.promesa
        if promesa is None:
            return None
        start = date.fromisoformat(case.ingreso.fecha_legal)
        plazo = self._term(tipo, start)
        if plazo is not None and plazo.promesa() == promesa:
            return plazo
        due, own = date.fromisoformat(promesa.vence), not promesa.norma
        norm = (promesa.norma, promesa.articulo)
        return Plazo(tipo, start, promesa.dias, promesa.unidad, due, *norm, commitment=own)

    def preview(self, kind: Kind, declared: datetime | None = None) -> Plazo | None:
        """Tell what a filing made now, or then, would be promised."""
        return self._term(kind, self.counts_from(declared))

    def _term(self, kind: Kind, start: date) -> Plazo | None:
        """Count a term once: it is the same for all filings of a kind and a day, until the tables change."""
        if (kind, start) not in self._terms:
            self._terms[kind, start] = plazo_for(kind, start, self.session.office, self.catalogue)
        return self._terms[kind, start]

    def counts_from(self, declared: datetime | None = None) -> date:
        """Give the legal date of a filing made now, or then (Ley 19.880 art. 25)."""
        office = self.session.office
        received = self._zoned(declared) or self.moment().local(office.zona)
        return legal_date(received, office.comuna, self.catalogue.calendar)

    def _zoned(self, when: datetime | None) -> datetime | None:
        zone = ZoneInfo(self.session.office.zona)
        if when is None:
            return None
        return when.replace(tzinfo=zone) if when.tzinfo is None else when.astimezone(zone)

    def _stamp(self, moment: Moment, declared: str) -> Stamp:
        return Stamp(moment.at, moment.sure, self.session.user.id, declared)

    def _ingreso(self, draft: Draft, received: datetime) -> Ingreso:
        office = self.session.office
        start = legal_date(received, office.comuna, self.catalogue.calendar)
        plazo = self._term(draft.tipo, start)
        return Ingreso(
            tipo=draft.tipo,
            materia=draft.materia,
            relato=draft.relato,
            persona=canonical_persona(draft.persona, self.catalogue.comunas),
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
        self._seen[recorded.case.id] = recorded.case
        self.saved()
        return recorded


def _base(seen: Solicitud, act: Act) -> bytes | None:
    if isinstance(act, Enmienda):
        return seen.last_ref
    return seen.status_ref if isinstance(act, SAW_ESTADO) else None


def bundled_tables() -> Mapping[str, str]:
    """Catalogue tables that ship with the program: name without ending, CSV text."""
    paths = resource("catalogues").glob("*.csv")
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(paths)}


def _nobody() -> None:
    """Nobody waits for news of this desk."""
