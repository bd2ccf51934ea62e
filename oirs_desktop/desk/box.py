"""The one box: tells a RUN, a folio, a scanned code and a name apart, and looks each up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from oirs_core.domain.cedula import is_old, parse
from oirs_core.domain.errors import CedulaRefused, CodeRefused, FolioRefused, RutRefused
from oirs_core.domain.folio import LENGTH, Folio, canonical
from oirs_core.domain.kinds import OPEN, DocType
from oirs_core.domain.layout import is_address, readings
from oirs_core.domain.rut import Rut
from oirs_core.signature import PaperCode, ReceiptFacts, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oirs_core.domain.solicitud import Solicitud
    from oirs_desktop.store import CaseRow, PersonRow, Store

SHORT_CODE = re.compile(
    r"[^#]*/s/(?:[0-9A-Z]{0,11}|[0-9A-Z]{12}(?:/[0-9A-Z]{0,4}(?:#[\w-]{0,95})?)?)", re.ASCII
)
"""A receipt's code whose end, the signature of 96 characters, was not read."""
RUN_LIKE = re.compile(r"\d{1,3}(?:[. ]\d{3}){1,2}(?: ?- ?)?[\dkK]|\d{6,8} ?- ?[\dkK]|\d{7,9}|\d{6,8}[kK]")
FOLIO_TAIL = re.compile(r"[\dOoIiLl]{3,4}[ -]?[0-9A-Za-z]")
SHORT_TAIL = re.compile(r"(\d{1,2})-([0-9A-Za-z])")
"""The end of a folio without the zeros that stand before its number on paper."""
SERIES_DIGITS = 4
BOX_LIMIT = 7
PERSON_LIMIT = 50
"""So many cases of a person are looked at for those that are still open."""


class Hint(StrEnum):
    """What the one box has to say when a list alone does not say it."""

    NONE = ""
    NEW_PERSON = "new_person"
    BROUGHT = "brought"
    RUN_WRONG = "run_wrong"
    FOLIO_WRONG = "folio_wrong"
    NO_FOLIO = "no_folio"
    ARCHIVED = "archived"
    CODE_WRONG = "code_wrong"
    CODE_ELSEWHERE = "code_elsewhere"
    CODE_SHORT = "code_short"
    CODE_STRANGE = "code_strange"
    CARD_WRONG = "card_wrong"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Found:
    """What the one box found. ``paper``: what a scanned receipt is worth; ``hint``: a ``Hint``."""

    people: tuple[PersonRow, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    paper: Verdict | None = None
    hint: str = Hint.NONE


def find(store: Store, text: str) -> Found:
    """Look up what was typed or scanned. Nothing typed finds nothing."""
    text = text.strip()
    if not text:
        return Found()
    if is_address(text) or is_old(text):
        return _code(store, text)
    if "/s/" in text and "#" in text:
        return _paper(store, text)
    if RUN_LIKE.fullmatch(text):
        return _document(store, text)
    return _folio(store, text) or _words(store, text)


def _code(store: Store, text: str) -> Found:
    """Look up what stands in a scanned code: an identity card, or a receipt of ours."""
    try:
        return _people(store, str(parse(text).run), (DocType.RUN,))
    except CedulaRefused as why:
        reason = why.data["reason"]
    papers = [reading for reading in readings(text) if "/s/" in reading]
    if reason == "shape" and papers:
        return next(filter(_is_receipt, map(partial(_paper, store), papers)), _paper(store, papers[0]))
    hints = {"shape": Hint.CODE_STRANGE, "short": Hint.CODE_SHORT, "run": Hint.RUN_WRONG}
    return Found(hint=hints.get(str(reason), Hint.CARD_WRONG))


def _is_receipt(found: Found) -> bool:
    return found.hint not in {Hint.CODE_WRONG, Hint.CODE_SHORT}


def receipt_facts(case: Solicitud) -> ReceiptFacts:
    """Give what the signature on a case's paper vouches for."""
    ingreso = case.original
    return ReceiptFacts(ingreso.folio, ingreso.clave, ingreso.fecha_legal, ingreso.oficina, case.facts[0].h)


def _document(store: Store, text: str) -> Found:
    try:
        number = str(Rut.parse(text))
    except RutRefused:
        return Found(hint=Hint.RUN_WRONG)
    return _people(store, number, (DocType.RUN, DocType.RUT_EMPRESA))


def _people(store: Store, number: str, kinds: Sequence[DocType]) -> Found:
    known = (store.person(kind.value, number) for kind in kinds)
    people = tuple(row for row in known if row is not None)
    found = store.by_document(number, PERSON_LIMIT)
    own = {row.id for row in found}
    # Also what this person brought for somebody else: the index holds the RUN of who spoke for them.
    brought = [row for row in store.with_document(number, PERSON_LIMIT) if row.id not in own]
    found += brought
    cases = tuple(sorted(found, key=lambda row: row.estado not in OPEN)[:BOX_LIMIT])
    if not people:
        return Found(people, cases, hint=Hint.BROUGHT if brought else Hint.NONE if cases else Hint.NEW_PERSON)
    return Found(people, cases)


def _paper(store: Store, text: str) -> Found:
    """Judge a scanned receipt, unless its case has not come down to this counter."""
    try:
        code = PaperCode.parse(text)
    except CodeRefused:
        return Found(hint=Hint.CODE_SHORT if SHORT_CODE.fullmatch(text) else Hint.CODE_WRONG)
    rows = store.by_folio(code.folio.text, BOX_LIMIT)
    cases = [case for row in rows if (case := store.case(row.id)) is not None]
    verdicts = [code.check(receipt_facts(case), store.devices()) for case in cases]
    if not verdicts:
        return Found(hint=_elsewhere(store, code.folio.text, Hint.CODE_ELSEWHERE))
    # Two cases may share a folio (a cloned machine): the paper belongs to the one that it fits.
    best = Verdict.GENUINE if Verdict.GENUINE in verdicts else verdicts[0]
    return Found(cases=tuple(rows), paper=best)


def _folio(store: Store, text: str) -> Found | None:
    if short := SHORT_TAIL.fullmatch(text):
        text = f"{short[1]:>04}-{short[2]}"
    if FOLIO_TAIL.fullmatch(text):
        rows = tuple(store.by_folio(text, BOX_LIMIT))
        return Found(cases=rows, hint=Hint.NONE if rows else _elsewhere(store, text, Hint.NO_FOLIO))
    try:
        folio = Folio.parse(text)
    except FolioRefused:
        return Found(hint=Hint.FOLIO_WRONG) if _is_meant_as_folio(text) else None
    rows = tuple(store.by_folio(folio.text, BOX_LIMIT))
    return Found(cases=rows, hint=Hint.NONE if rows else _elsewhere(store, folio.text, Hint.NO_FOLIO))


def _elsewhere(store: Store, folio: str, otherwise: Hint) -> Hint:
    """Say where a case is that is not here; one that lies at the centre is asked for at once."""
    kept = store.archived(folio)
    for case in kept:
        if not case.asked:
            store.ask_back(case.id)
    return Hint.ARCHIVED if kept else otherwise


def _is_meant_as_folio(text: str) -> bool:
    """Twelve symbols with a number before the last: no name looks like that, a slip of the finger does."""
    symbols = canonical(text)
    return len(symbols) == LENGTH and sum(c.isdigit() for c in symbols[-5:]) >= SERIES_DIGITS


def _words(store: Store, text: str) -> Found:
    people = tuple(store.people(text))
    cases = tuple(store.search(text, BOX_LIMIT))
    return Found(people, cases, hint=Hint.NONE if people or cases else Hint.NOTHING)
