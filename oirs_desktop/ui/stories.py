"""What happened to a case, in words that a citizen could read aloud from the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from oirs_core.domain.events import (
    Act,
    Adjunto,
    Anotacion,
    Anulacion,
    Cierre,
    Copia,
    Derivacion,
    Enmienda,
    Ingreso,
    Reapertura,
    Respuesta,
)
from oirs_core.domain.kinds import Lugar
from oirs_core.domain.solicitud import Flag
from oirs_desktop.ui import words
from oirs_desktop.ui.i18n import local
from oirs_desktop.ui.messages import field_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oirs_core.domain.solicitud import Fact, Solicitud


@dataclass(frozen=True, slots=True)
class Story:
    """One act as a card. ``when`` is local office time; ``warning`` empty when the time is sure."""

    icon: str
    title: str
    text: str
    who: str
    when: str
    warning: str
    delivered: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when the reader sits: names by official's id, IANA zone, now in ms UTC."""

    names: Mapping[str, str]
    zone: str
    now: int


FLAGS = {
    Flag.TWO_ANSWERS: (
        "Hay dos respuestas para este caso",
        "Dos personas respondieron sin verse. Lea ambas y confirme a la persona cuál vale.",
    ),
    Flag.LATE_ACT: (
        "Llegó un movimiento después del cierre",
        "Alguien trabajó el caso mientras otra persona lo cerraba. Léalo y, si corresponde, reabra el caso.",
    ),
    Flag.NEEDS_REVIEW: (
        "Este caso necesita una revisión",
        "Una persona lo derivó y otra lo cerró al mismo tiempo. Decida cómo sigue; nada se perdió.",
    ),
    Flag.CONFLICT: (
        "Dos correcciones no coinciden",
        "Dos personas corrigieron lo mismo sin verse. Compare y elija; nada se perdió.",
    ),
    Flag.NEEDS_UPDATE: (
        "Este caso tiene algo que esta versión no conoce",
        "Actualice el programa para leerlo. El caso está guardado completo.",
    ),
}
"""Title and advice of each reason to look at a case again."""

OTHERS = {"": "Sin nombre", "sin-nombre": "Sin nombre", "central": "Nivel central"}
"""Users that no office lists: who was not named, and the centre itself."""
UNKNOWN = ("info", "Movimiento de una versión más nueva", "Actualice el programa para leerlo.")


def stories(case: Solicitud, place: Place) -> tuple[Story, ...]:
    """Tell the acts of a case, newest first."""
    return tuple(told(fact, place) for fact in reversed(case.facts))


def told(fact: Fact, place: Place) -> Story:
    """Tell one act."""
    icon, title, text = UNKNOWN if fact.act is None else _said(fact.act)
    return Story(
        icon=icon,
        title=title,
        text=text,
        who=_who(fact, place),
        when=_when(fact, place),
        warning="" if fact.sure or fact.declared else "Hora no confiable",
        delivered=fact.t_recv is not None,
    )


def _said(act: Act) -> tuple[str, str, str]:  # noqa: PLR0911 - one line for each kind of act
    match act:
        case Ingreso():
            where = words.LUGARES[act.lugar]
            place = f", {act.localidad}" if act.lugar is Lugar.TERRENO and act.localidad else ""
            return "file-plus", f"Se recibió {where}{place}", _filing(act)
        case Anotacion():
            return "sticky-note", "Nota interna", act.texto
        case Respuesta():
            return "reply", f"Se respondió {words.MEDIOS[act.medio]}", act.texto
        case Derivacion():
            return "corner-up-right", f"Se derivó a {act.destino.nombre}", act.motivo
        case Cierre():
            return "lock", "Se cerró el caso", act.motivo
        case Reapertura():
            return "lock-open", "Se reabrió el caso", act.motivo
        case _:
            return _said_about(act)


def _said_about(act: Enmienda | Anulacion | Adjunto | Copia) -> tuple[str, str, str]:
    match act:
        case Enmienda():
            changes = "\n".join(f"{field_name(c.campo).capitalize()}: {c.valor}" for c in act.cambios)
            reason = f"\nMotivo: {act.motivo}" if act.motivo else ""
            return "pencil", "Se corrigió lo ingresado", changes + reason
        case Anulacion():
            return "undo-2", "Se deshizo un movimiento", act.motivo
        case Adjunto():
            checked = "cotejado con el original" if act.cotejado else "sin cotejar con el original"
            return "paperclip", f"Se adjuntó {act.nombre}", checked
        case Copia():
            return "printer", f"Se hizo la copia {act.n} del comprobante", ""
        case _:
            assert_never(act)


def _filing(act: Ingreso) -> str:
    if not act.adjuntos:
        return act.relato
    names = ", ".join(act.adjuntos)
    return f"{act.relato}\n\nDocumentos anunciados: {names}."


def _who(fact: Fact, place: Place) -> str:
    if fact.user in place.names:
        return place.names[fact.user]
    if isinstance(fact.act, Ingreso):
        return fact.act.atiende
    if isinstance(fact.act, Respuesta) and fact.act.firma:
        return fact.act.firma
    return OTHERS.get(fact.user, fact.user)


def _when(fact: Fact, place: Place) -> str:
    if fact.declared:
        today = local(place.now, place.zone).date()
        return f"{words.capital(words.declared(fact.declared, today)[0])} (fecha declarada)"
    return words.capital(words.spoken_moment(fact.at, place.now, place.zone))
