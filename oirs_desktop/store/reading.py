"""Lists, searches and people: every list newest first unless it says otherwise."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, literal_column, or_, select, text

from oirs_core.chain import ENTITY_SIZE
from oirs_core.domain.folio import LENGTH, canonical
from oirs_core.wire.dump import dump as dump_cases
from oirs_desktop.store import facts
from oirs_desktop.store.projection import COLA, doc_key
from oirs_desktop.store.records import CaseRow, PersonRow
from oirs_desktop.store.tables import feed_entry, solicitud

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import BindParameter, Connection, Select

MAX_WORDS = 12
MAX_WORD = 64
PEOPLE_WINDOW = 60
"""Cases looked at to find a handful of people: somebody may have come many times."""
NUMBER_LIKE = re.compile(r"[\d.\-]{4,}[kK]?$")
DOCUMENT_LIKE = re.compile(r"\s*[\d.\-\s]{6,}[\dkK]\s*$")

LINE = select(
    *(
        solicitud.c[name]
        for name in (
            "entity",
            "folio",
            "tipo",
            "estado",
            "materia",
            "name",
            "doc",
            "opened_at",
            "fecha_legal",
            "vence",
            "user",
            "delivered",
            "flagged",
        )
    )
)
_NEWEST = LINE.order_by(solicitud.c.nro.desc())
_WANTED: BindParameter[str] = bindparam("wanted", expanding=True)
_BY_COLA = _NEWEST.where(solicitud.c.cola == bindparam("cola"))
_BY_FOLIO = _BY_COLA.where(solicitud.c.folio == bindparam("folio"))
_BY_FOUR = _NEWEST.where(
    or_(
        solicitud.c.cola.in_(_WANTED),
        solicitud.c.cola.between(bindparam("four"), bindparam("four_end")),
    )
)
_FILLED = text("doc_key <> ''")  # lets SQLite take the partial index
_BY_DOC = _NEWEST.where(_FILLED, solicitud.c.doc_key == bindparam("doc"))
_FOUND: Select[tuple[int]] = (
    select(literal_column("rowid"))
    .select_from(text("busca"))
    .where(text("busca MATCH :words"))
    .order_by(text("rowid DESC"))
    .limit(bindparam("most"))
)
_SEARCH = _NEWEST.where(solicitud.c.nro.in_(_FOUND))
_OPEN = LINE.where(text("open")).order_by(solicitud.c.vence, solicitud.c.nro)
_DUE = _OPEN.where(solicitud.c.vence > "")
_NOT_DUE = _OPEN.where(solicitud.c.vence == "")
_UNSENT = _NEWEST.where(text("NOT delivered"))
_OF_PERSON = (
    select(solicitud.c.entity, solicitud.c.opened_at, solicitud.c.open)
    .where(_FILLED, solicitud.c.doc_key == bindparam("doc"), solicitud.c.doc_tipo == bindparam("tipo"))
    .order_by(solicitud.c.nro.desc())
)
_PEOPLE = (
    select(solicitud.c.doc_tipo, solicitud.c.doc)
    .where(solicitud.c.nro.in_(_FOUND), solicitud.c.doc_key != "")
    .order_by(solicitud.c.nro.desc())
)


def _row(row: Sequence[Any]) -> CaseRow:
    return CaseRow(*row)


def lines(connection: Connection, query: Select[Any], **values: object) -> list[CaseRow]:
    """Run a query of lines."""
    return [_row(row) for row in connection.execute(query, values)]


def by_folio(connection: Connection, written: str, limit: int) -> list[CaseRow]:
    """Find a whole folio, or its last five symbols, or four: its number, or its last four."""
    symbols = canonical(written)
    if len(symbols) == LENGTH:
        return lines(connection, _BY_FOLIO.limit(limit), cola=symbols[-COLA:], folio=symbols)
    if len(symbols) == COLA:
        return lines(connection, _BY_COLA.limit(limit), cola=symbols)
    if len(symbols) != COLA - 1:
        return []
    endings = [f"{digit}{symbols}" for digit in range(10)]
    return lines(connection, _BY_FOUR.limit(limit), wanted=endings, four=symbols, four_end=f"{symbols}~")


def by_document(connection: Connection, number: str, limit: int) -> list[CaseRow]:
    """Find the cases of a document, written in any way."""
    key = doc_key(number)
    return lines(connection, _BY_DOC.limit(limit), doc=key) if key else []


def with_document(connection: Connection, number: str, limit: int) -> list[CaseRow]:
    """Find the cases in which a document stands: of the person, or of who spoke for them."""
    key = doc_key(number)
    return lines(connection, _SEARCH, words=f'doc : "{key}"', most=limit) if key else []


def match_words(written: str, *, whole: bool = False) -> str:
    """Turn what a person typed into an FTS5 query: each word quoted.

    Each is the beginning of a word, or with ``whole`` a word. Nothing that is typed is ever read as
    FTS5's own language. Empty when there is no word in it.
    """
    clean = "".join(c if unicodedata.category(c) not in {"Cc", "Cs"} else " " for c in written)
    words = []
    for word in clean.split():
        # A folio or a number stands in the search rows without its separators.
        word = word.replace(".", "").replace("-", "") if NUMBER_LIKE.match(word) else word  # noqa: PLW2901
        if any(c.isalnum() for c in word):
            quoted = word[:MAX_WORD].replace('"', '""')
            words.append(f'"{quoted}"*' if len(word) > 1 and not whole else f'"{quoted}"')
    return " ".join(words[:MAX_WORDS])


def search(connection: Connection, written: str, limit: int) -> list[CaseRow]:
    """Find the cases whose texts hold all the words; a whole folio or RUN in any writing finds its own."""
    whole = len(canonical(written)) == LENGTH
    found = by_folio(connection, written, limit) if whole else []
    if not found and DOCUMENT_LIKE.match(written):
        found = by_document(connection, written, limit)
    if found:
        return found
    # Whole words are read backwards at once; beginnings of words must be gathered first. So a list that
    # whole words fill is not looked for again.
    for words in (match_words(written, whole=True), match_words(written)):
        if words and len(found) < limit:
            found = lines(connection, _SEARCH, words=words, most=limit)
    return found


def recent(connection: Connection, limit: int) -> list[CaseRow]:
    """List the latest cases."""
    return lines(connection, _NEWEST.limit(limit))


def open_cases(connection: Connection, limit: int) -> list[CaseRow]:
    """List cases that need work, by due date; those without a date last."""
    due = lines(connection, _DUE.limit(limit))
    rest = limit - len(due)
    return [*due, *lines(connection, _NOT_DUE.limit(rest))] if rest > 0 else due


def unsent(connection: Connection, limit: int) -> list[CaseRow]:
    """List cases of which something was not yet seen in the office's feed."""
    return lines(connection, _UNSENT.limit(limit))


def person(connection: Connection, doc_tipo: str, number: str) -> PersonRow | None:
    """Give the latest data of the person with this document."""
    values = {"doc": doc_key(number), "tipo": doc_tipo}
    rows = connection.execute(_OF_PERSON, values).all()
    if not rows:
        return None
    entity, last_at, _ = rows[0]
    still_open = sum(bool(row[2]) for row in rows)
    found = facts.load(connection, entity)
    return None if found is None else PersonRow(found.case.ingreso.persona, len(rows), last_at, still_open)


def people(connection: Connection, written: str, limit: int) -> list[PersonRow]:
    """Find people by the beginnings of their names or their number, latest visit first."""
    words = match_words(written)
    if not words:
        return []
    values = {"words": f"{{nombre doc}} : ({words})", "most": PEOPLE_WINDOW}
    keys = dict.fromkeys((tipo, doc) for tipo, doc in connection.execute(_PEOPLE, values))
    found = (person(connection, tipo, doc) for tipo, doc in list(keys)[:limit])
    return [row for row in found if row is not None]


def dump(connection: Connection, feed: str) -> bytes:
    """Give the canonical dump of the cases of ``feed``, and of own ones still pending."""
    elsewhere = select(feed_entry.c.h).where(feed_entry.c.feed != feed)
    others = {bytes(h[:ENTITY_SIZE]) for h in connection.execute(elsewhere).scalars()}
    wanted = (entity for entity in facts.all_ids(connection) if entity not in others)
    return dump_cases(found.case for found in facts.cases(connection, wanted))
