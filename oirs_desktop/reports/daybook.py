"""The daybook: what a counter did on a day, on A4. It names no person: folios lead to the cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oirs_core.domain.dates import weekday_date
from oirs_core.domain.folio import Folio, spell
from oirs_core.domain.kinds import Kind
from oirs_desktop.reports.facts import KIND_WORDS
from oirs_desktop.store.dayrecords import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oirs_desktop.store import CaseRow
    from oirs_desktop.store.dayrecords import Day, Series

OUTCOME_WORDS = {
    Outcome.RESPONDIDA: "Respondidas",
    Outcome.DERIVADA: "Derivadas",
    Outcome.PENDIENTE: "En trámite",
    Outcome.CERRADA: "Cerradas",
}
"""«Pendientes» is kept for all open cases of the office, the derived ones too: the list of F8."""
ACT_WORDS = {
    "Anotacion": "una nota",
    "Respuesta": "una respuesta",
    "Derivacion": "una derivación",
    "Cierre": "un cierre",
    "Reapertura": "una reapertura",
    "Enmienda": "una corrección",
    "Adjunto": "un adjunto",
}
LATER_WORDS = {
    "respuestas": ("respuesta", "respuestas"),
    "derivaciones": ("derivación", "derivaciones"),
    "cierres": ("cierre", "cierres"),
    "reaperturas": ("reapertura", "reaperturas"),
    "correcciones": ("corrección", "correcciones"),
}
NOTHING_ELSE = "Ninguna respuesta ni cierre en casos de otros días o mesones."
HEAD_FOR = "Dígala si la central la pide: prueba que no falta nada."
NOBODY_CAME = "Hoy no hubo atenciones: no hay nada que cerrar."
NOBODY_THEN = "Ese día no hubo atenciones en este mesón."


@dataclass(frozen=True, slots=True)
class Desktop:
    """Whose day it is: texts of the office, the counter and who closes; names by official's id; IANA zone."""

    institution: str
    office: str
    counter: str
    official: str
    names: Mapping[str, str]
    zone: str
    training: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the close. ``tone``: muted, or warning where somebody should look."""

    label: str
    text: str
    tone: str = "muted"


def counted(amount: int, one: str, many: str) -> str:
    """``1 caso``, ``3 casos``."""
    return f"{amount} {one if amount == 1 else many}"


def table(day: Day) -> list[tuple[str, list[int]]]:
    """Give a row for each kind that came, with its count by outcome and their sum; the sum of all last."""
    kinds = [kind for kind in Kind if any(k is kind for k, _ in day.table)]
    rows = [(KIND_WORDS[kind], [day.table.get((kind, one), 0) for one in Outcome]) for kind in kinds]
    rows.append(("Total", [sum(row[1][place] for row in rows) for place in range(len(Outcome))]))
    return [(words, [*counts, sum(counts)]) for words, counts in rows]


def sentences(day: Day, desk: Desktop) -> list[Said]:
    """Say what there is besides the counts, in the order in which one squares a drawer."""
    return [
        *(_series(one, desk) for one in day.series),
        Said("Correcciones", _corrections(day)),
        Said("Otros casos", _later(day)),
        Said("Reimpresiones", _copies(day)),
        Said("Anulados", _undone(day, desk)),
        Said("Por enviar", *_pending(day)),
        Said("Borradores", *_drafts(day)),
        Said("Huella", _head(day, desk)),
    ]


def _series(series: Series, desk: Desktop) -> Said:
    first, last = Folio(series.first).grouped, Folio(series.last).grouped
    text = f"{first} a {last}: {counted(series.count, 'folio', 'folios')}" if first != last else first
    if not series.gaps:
        return Said("Folios", f"{text}. Sin saltos.")
    gaps = []
    for gap in series.gaps:
        numbers = f"{gap.first:04d}" if gap.first == gap.last else f"{gap.first:04d} a {gap.last:04d}"
        if gap.other_day is None:
            gaps.append(f"{numbers}: número que no se usó, sin caso.")
        else:
            when = datetime.fromtimestamp(gap.other_day / 1000, ZoneInfo(desk.zone))
            gaps.append(f"{numbers}: se ingresó el {weekday_date(when.date())}.")
    return Said("Folios", "\n".join([f"{text}.", *(f"Salto {gap}" for gap in gaps)]), "warning")


def _later(day: Day) -> str:
    parts = [counted(day.later[word], *LATER_WORDS[word]) for word in LATER_WORDS if day.later.get(word)]
    return f"{', '.join(parts)}, en casos de otros días o mesones." if parts else NOTHING_ELSE


def _corrections(day: Day) -> str:
    return f"{day.corrections}, en casos de este día." if day.corrections else "Ninguna."


def _copies(day: Day) -> str:
    told = [f"COPIA {one.n} de {Folio(one.folio).grouped}" for one in day.copies if one.folio]
    return f"{len(told)}: {', '.join(told)}." if told else "Ninguna."


def _undone(day: Day, desk: Desktop) -> str:
    told = []
    for one in day.undone:
        when = datetime.fromtimestamp(one.at / 1000, ZoneInfo(desk.zone))
        where = f" de {Folio(one.folio).grouped}" if one.folio else ""
        who = desk.names.get(one.user, one.user)
        told.append(f"{ACT_WORDS.get(one.act, 'un movimiento')}{where}, por {who} a las {when:%H:%M}")
    return f"{len(told)}: {'; '.join(told)}." if told else "Ninguno."


def _pending(day: Day) -> tuple[str, str]:
    if not day.pending:
        return "Todo está enviado.", "muted"
    moves = counted(day.unsent, "movimiento", "movimientos")
    return f"{moves} de este día; {day.pending} en total. Se envían solos cuando hay conexión.", "warning"


def _drafts(day: Day) -> tuple[str, str]:
    if not day.drafts:
        return "Ninguno.", "muted"
    if day.drafts == 1:
        return "Queda 1 borrador. Termínelo o descártelo.", "warning"
    return f"Quedan {day.drafts} borradores. Termínelos o descártelos.", "warning"


def _head(day: Day, desk: Desktop) -> str:
    code = day.head.code
    if not code:
        return "Sin movimientos hasta este día."
    halves = (code[: len(code) // 2], code[len(code) // 2 :])
    told = f"Movimiento {day.head.seq}, código {'-'.join(halves)}. Diga: {', '.join(map(spell, halves))}."
    last = datetime.fromtimestamp(day.head.at / 1000, ZoneInfo(desk.zone)).date()
    if last >= day.day:
        return f"{told} {HEAD_FOR}"
    return f"Sin movimientos este día. Última huella, del {weekday_date(last)}: {told[0].lower()}{told[1:]}"


def line(row: CaseRow, desk: Desktop) -> tuple[str, ...]:
    """Give the cells of a case in the list: hour, folio, kind, topic, estado, official."""
    when = datetime.fromtimestamp(row.opened_at / 1000, ZoneInfo(desk.zone))
    estado = row.estado.replace("_", " ").replace("tramite", "trámite")
    official = desk.names.get(row.user, row.user)
    return (
        f"{when:%H:%M}",
        Folio(row.folio).grouped,
        KIND_WORDS[Kind(row.tipo)],
        row.materia,
        estado[:1].upper() + estado[1:],
        official,
    )


def render(day: Day, desk: Desktop) -> bytes:
    """Draw the daybook: a PDF of as many A4 pages as it takes, the same bytes for the same day."""
    from oirs_desktop.reports.daysheet import Sheets  # noqa: PLC0415 - reportlab costs 100 ms

    out = BytesIO()
    Sheets(out, day, desk).draw()
    return out.getvalue()
