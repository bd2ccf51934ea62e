"""What happened to a case, in words that a citizen could read aloud from the screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from oirs_core.domain.articles import to
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
from oirs_core.domain.kinds import Estado, Lugar
from oirs_core.domain.rules import SUPERVISOR, TAKEN_BACK_FOREVER
from oirs_core.domain.solicitud import Flag, fold
from oirs_desktop.ui.look.i18n import later, local, tr
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.corrections import changes
from oirs_desktop.ui.texts.corrections import told as told_change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oirs_core.domain.events import Funcionario
    from oirs_core.domain.solicitud import Fact, Solicitud
    from oirs_desktop.counter import Where
    from oirs_desktop.desk import Desk


@dataclass(frozen=True, slots=True)
class Story:
    """One act as a card. ``when`` is local office time; ``warning`` empty when the time is sure.

    ``h``: of its event, to take it back by; empty: not for this reader. ``struck``: it was taken back;
    ``note``: by whom, or why it did not change the case.
    ``paper``: the document that can be looked at.
    """

    icon: str
    title: str
    text: str
    who: str
    when: str
    warning: str
    delivered: bool
    h: bytes = b""
    note: str = ""
    struck: bool = False
    paper: Adjunto | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when the reader sits: names by official's id, IANA zone, now in ms UTC.

    ``reader``: the official at the counter; ``comunas``: names by code; ``where``: of documents, by SHA-256.
    """

    names: Mapping[str, str]
    zone: str
    now: int
    reader: Funcionario | None = None
    comunas: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, Where] = field(default_factory=dict)

    @classmethod
    def of(cls, desk: Desk, now: int, where: Mapping[str, Where] | None = None) -> Place:
        """Give the place of whoever sits at a desk."""
        office = desk.session.office
        names = {one.id: one.nombre for one in office.funcionarios}
        comunas = {code: row.nombre for code, row in desk.catalogue.comunas.items()}
        return cls(names, office.zona, now, desk.session.user, comunas, where or {})


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
        "Una persona lo derivó y otra lo respondió o cerró, sin verse. Decida cómo sigue; nada se perdió.",
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
PLACES = {
    "both": later("El archivo está en este equipo y en la central."),
    "on_its_way": later("El archivo está en este equipo y va camino a la central."),
    "stuck": later("El archivo está en este equipo y no pasó a la central: vea Envío de datos."),
    "elsewhere": later("El archivo lo tiene otro equipo o la central: se trae al verlo."),
    "lost": later("El archivo no está en este equipo ni en la central."),
}
"""Where a document lies, by `counter.Where`."""
ERASED = {
    "Ingreso": ("file-plus", "Se recibió el caso"),
    "Anotacion": ("sticky-note", "Nota interna"),
    "Respuesta": ("reply", "Se respondió"),
    "Derivacion": ("corner-up-right", "Se derivó"),
    "Cierre": ("lock", "Se cerró el caso"),
    "Reapertura": ("lock-open", "Se reabrió el caso"),
    "Enmienda": ("pencil", "Se corrigió lo ingresado"),
    "Anulacion": ("undo-2", "Se deshizo un movimiento"),
    "Adjunto": ("paperclip", "Se adjuntó un documento"),
    "Copia": ("printer", "Se hizo una copia del comprobante"),
}
"""What is still said of an act whose content was taken out by a resolution."""
UNKNOWN = ("info", "Movimiento de una versión más nueva", "Actualice el programa para leerlo.")


def stories(case: Solicitud, place: Place) -> tuple[Story, ...]:
    """Tell the acts of a case, newest first."""
    corrected = changes(case)
    found = []
    for fact in reversed(case.facts):
        story = told(fact, place)
        if isinstance(fact.act, Enmienda) and not fact.erased:
            lines = [told_change(one, place.comunas) for one in corrected.get(fact.h, ())]
            story = replace(story, text="\n".join([*lines, *_because(fact.act.motivo)]))
        elif isinstance(fact.act, Anulacion):
            story = replace(story, title=_undoing(case, fact.act))
        note = _undone(case, fact, place) or _proposal(case, fact)
        struck = fact.h in case.annulled
        found.append(replace(story, h=_handle(case, fact, place), note=note, struck=struck))
    return tuple(found)


def _because(motivo: str) -> list[str]:
    return [tr("Motivo: {motivo}").format(motivo=motivo)] if motivo else []


def _handle(case: Solicitud, fact: Fact, place: Place) -> bytes:
    """Give the hash by which this reader may take an act back: their own, or any for the jefatura."""
    reader = place.reader
    gone = fact.act is None or fact.erased or fact.h in case.annulled
    if gone or isinstance(fact.act, TAKEN_BACK_FOREVER):
        return b""
    own = reader is not None and (reader.id == fact.user or reader.rol == SUPERVISOR)
    return fact.h if own else b""


def _undoing(case: Solicitud, act: Anulacion) -> str:
    return tr("Se deshizo: {what}").format(what=titles_of(case, (bytes.fromhex(act.acto),)))


def titles_of(case: Solicitud, hashes: Sequence[bytes]) -> str:
    """``nota interna``: what those acts are called, within a sentence."""
    found = [_said(fact.act)[1] for fact in case.facts if fact.h in hashes and fact.act is not None]
    return ", ".join(f"{title[:1].lower()}{title[1:]}" for title in found) or tr("un movimiento")


def _proposal(case: Solicitud, fact: Fact) -> str:
    """Tell of work on a case that somebody had closed meanwhile: it is kept, and a person decides."""
    if Flag.LATE_ACT not in case.flags or not isinstance(fact.act, Respuesta | Anotacion):
        return ""
    before = fold(case.id, case.facts[: case.facts.index(fact)])
    late = (
        before is not None
        and before.estado is Estado.CERRADA
        and fact.base is not None
        and fact.base != before.status_ref
    )
    return tr("Llegó después del cierre: queda como propuesta y no cambió el caso.") if late else ""


def _undone(case: Solicitud, fact: Fact, place: Place) -> str:
    if fact.h not in case.annulled:
        return ""
    for other in case.facts:
        if isinstance(other.act, Anulacion) and other.act.acto == fact.h.hex():
            when = when_of(other, place)
            return tr("Lo deshizo {who}, {when}").format(
                who=who_of(other, place), when=f"{when[:1].lower()}{when[1:]}"
            )
    return ""


def told(fact: Fact, place: Place) -> Story:
    """Tell one act."""
    icon, title, text = _words(fact)
    if isinstance(fact.act, Adjunto) and fact.act.sha256 in place.where:
        text = f"{text}. {tr(PLACES[place.where[fact.act.sha256]])}"
    return Story(
        icon=icon,
        title=title,
        text=text,
        who=who_of(fact, place),
        when=when_of(fact, place),
        warning="" if fact.sure or fact.declared else tr("Hora no confiable"),
        delivered=fact.t_recv is not None,
        paper=fact.act if isinstance(fact.act, Adjunto) else None,
    )


def _words(fact: Fact) -> tuple[str, str, str]:
    """Icon, title and text of an act: also of one that was erased, and of one that nobody can read yet."""
    if fact.erasure is not None:
        by = tr("Por {resolution}. Queda que hubo un movimiento, cuándo y de quién.")
        text = by.format(resolution=fact.erasure.resolucion)
        return "shield-check", tr("Se suprimieron datos personales"), text
    if fact.erased and fact.kind in ERASED:
        icon, title = ERASED[fact.kind]
        return icon, tr(title), tr("Datos suprimidos.")
    if fact.act is None:
        return UNKNOWN[0], tr(UNKNOWN[1]), tr(UNKNOWN[2])
    return _said(fact.act)


def _said(act: Act) -> tuple[str, str, str]:  # noqa: PLR0911 - one line for each kind of act
    match act:
        case Ingreso():
            where = words.LUGARES[act.lugar]
            place = f", {act.localidad}" if act.lugar is Lugar.TERRENO and act.localidad else ""
            return "file-plus", tr("Se recibió {where}").format(where=where + place), _filing(act)
        case Anotacion():
            return "sticky-note", tr("Nota interna"), act.texto
        case Respuesta():
            return "reply", tr("Se respondió {how}").format(how=words.MEDIOS[act.medio]), act.texto
        case Derivacion():
            return "corner-up-right", tr("Se derivó {to}").format(to=to(act.destino.nombre)), act.motivo
        case Cierre():
            return "lock", tr("Se cerró el caso"), act.motivo
        case Reapertura():
            return "lock-open", tr("Se reabrió el caso"), act.motivo
        case _:
            return _said_about(act)


def _said_about(act: Enmienda | Anulacion | Adjunto | Copia) -> tuple[str, str, str]:
    match act:
        case Enmienda():
            return "pencil", tr("Se corrigió lo ingresado"), "\n".join(_because(act.motivo))
        case Anulacion():
            return "undo-2", tr("Se deshizo un movimiento"), act.motivo
        case Adjunto():
            checked = tr("Cotejado con el original") if act.cotejado else tr("Sin cotejar con el original")
            return "paperclip", tr("Se adjuntó {name}").format(name=act.nombre), checked
        case Copia():
            return "printer", tr("Se hizo la copia {n} del comprobante").format(n=act.n), ""
        case _:
            assert_never(act)


def _filing(act: Ingreso) -> str:
    if not act.adjuntos:
        return act.relato
    names = ", ".join(act.adjuntos)
    return f"{act.relato}\n\n" + tr("Documentos anunciados: {names}.").format(names=names)


def who_of(fact: Fact, place: Place) -> str:
    """Give the name of whoever did it."""
    if fact.user in place.names:
        return place.names[fact.user]
    if isinstance(fact.act, Ingreso):
        return fact.act.atiende
    if isinstance(fact.act, Respuesta) and fact.act.firma:
        return fact.act.firma
    return tr(OTHERS[fact.user]) if fact.user in OTHERS else fact.user


def when_of(fact: Fact, place: Place) -> str:
    """Say when, by the clock of the office."""
    if fact.declared:
        today = local(place.now, place.zone).date()
        when = words.capital(words.declared(fact.declared, today)[0])
        return tr("{when} (fecha declarada)").format(when=when)
    return words.capital(words.spoken_moment(fact.at, place.now, place.zone))
