"""What the screen of the outbox says, in one sentence each: no more than was proved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from oirs_core.wire.blob import ERASED
from oirs_desktop.ui.kit.chooser import size_words
from oirs_desktop.ui.look.i18n import later, number, tr
from oirs_desktop.ui.texts import words
from oirs_desktop.ui.texts.messages import SENTENCES, Message
from oirs_desktop.ui.texts.silence import SILENT_S, silence

if TYPE_CHECKING:
    from oirs_desktop.store import QueueState
    from oirs_desktop.sync.blobs import DocumentsWaiting
    from oirs_desktop.sync.meter import Traffic
    from oirs_desktop.ui.kit.sending import Sending

FAILED = {
    "disk_full": (
        later("No hay espacio en el disco: no se pudo recibir nada."),
        later("Lo registrado sigue guardado. Libere espacio; el programa probará otra vez."),
    ),
}
"""What an error means while cases travel, where it would say something else at the form."""
LONG_S = 2.0
"""A conversation that takes longer shows how far it is, and can be stopped."""
CLOCK_OFF_MS = 120_000
MINUTE_MS = 60_000
HOUR_S, MINUTE_S, SHORT_S = 3600, 60, 10
LONG_MS = 24 * 60 * MINUTE_MS
"""What waits for so long may go by hand."""
KB = 1000
USUAL = 340
"""Bytes that an act takes on the line, before any was seen to go."""
SERIES = {
    "copy": later("Sus datos vienen de una copia o de otro equipo. Los folios entregados siguen valiendo."),
    "elsewhere": later("Una copia suya siguió con la anterior. Los folios entregados siguen valiendo."),
}
"""Why a new series of folios was begun."""
BLOCKED = {
    "hash": later("Llegó dañado varias veces. Pruebe de nuevo."),
    "kind": later("La central no acepta ese tipo de archivo. Adjúntelo en PDF, JPG o PNG."),
    "size": later("No mide lo que se anunció. Adjúntelo otra vez en el caso."),
    "case": later("El caso pasa de 25 MB. Adjunte una copia más liviana."),
    "gone": later("El archivo ya no está en este equipo. Adjúntelo otra vez en el caso."),
    ERASED: later("Se suprimió por una resolución. No hay que hacer nada."),
}
"""Why a document cannot go on, and what to do."""


def size_of(size: int) -> str:
    """``84 KB``, ``20 MB``; nothing is ``0 KB``. ``size``: bytes."""
    return size_words(size).replace(",0 MB", " MB") if size else "0 KB"


def failure(code: str) -> Message:
    """Say why a try did not work. ``code``: of the error."""
    if code in FAILED:
        title, advice = FAILED[code]
        return Message(tr(title), tr(advice), "danger")
    return SENTENCES.get(code, SENTENCES["sync"])({})


def sentence(sending: Sending, now: int, zone: str) -> str:
    """Say what waits, since when, and when something last went through. ``now``: ms UTC."""
    queue = sending.queue
    if queue.last_success is None:
        last = tr("Este equipo aún no ha logrado enviar nada")
    else:
        last = tr("El último envío fue {when}").format(
            when=words.spoken_moment(queue.last_success, now, zone)
        )
    if not queue.pending:
        return f"{_done(sending)} {last}."
    if sending.cases:
        waiting = words.count(sending.cases, tr("caso"), tr("casos"))
    else:
        waiting = words.count(queue.pending, tr("movimiento"), tr("movimientos"))
    return tr("{waiting} por enviar{oldest}; {last}.").format(
        waiting=waiting,
        oldest=_oldest(queue, sending.cases or queue.pending, now, zone),
        last=last[:1].lower() + last[1:],
    )


def _done(sending: Sending) -> str:
    """Say what nothing pending means: no more than both sides have proved."""
    if not sending.queue.agreed:
        return tr("No hay nada por enviar; falta que la central lo confirme.")
    documents = sending.documents
    if documents is not None and documents.count:
        missing = words.count(documents.count, tr("documento"), tr("documentos"))
        pattern = tr("Los casos están entregados; falta {missing}.")
        many = tr("Los casos están entregados; faltan {missing}.")
        return (pattern if documents.count == 1 else many).format(missing=missing)
    stuck = _stuck(documents)
    if not stuck <= sending.settled:
        return tr("Los casos están entregados; hay documentos detenidos.")
    return tr("Los casos están entregados.") if stuck else tr("Todo está entregado.")


def _stuck(documents: DocumentsWaiting | None) -> frozenset[bytes]:
    """Give those that cannot go on; of what was erased nothing is missing."""
    blocked = () if documents is None else documents.blocked
    return frozenset(one.sha for one in blocked if one.reason != ERASED)


def whole(sending: Sending) -> bool:
    """Whether all is delivered: agreed by hash, documents too."""
    documents = sending.documents
    return sending.queue.agreed and not _stuck(documents) and not (documents and documents.count)


def _oldest(queue: QueueState, count: int, now: int, zone: str) -> str:
    if queue.oldest_at is None:
        return ""
    since = words.since(queue.oldest_at, now, zone)
    text = tr("; espera {since}") if count == 1 else tr("; el más antiguo espera {since}")
    return text.format(since=since)


def clock_note(queue: QueueState) -> str:
    """Say how far this device's clock is from the centre's, when that is two minutes or more."""
    offset = queue.offset_ms or 0
    if abs(offset) < CLOCK_OFF_MS:
        return ""
    minutes = words.count(abs(offset) // MINUTE_MS, tr("minuto"), tr("minutos"))
    way = tr("atrasado") if offset > 0 else tr("adelantado")
    return tr("El reloj de este equipo va {minutes} {way}. Avise a informática.").format(
        minutes=minutes, way=way
    )


def series_note(series: tuple[str, str]) -> tuple[str, str]:
    """Say that a new series of folios was begun, and why; nothing where there is nothing to say."""
    label, why = series
    if why not in SERIES:
        return "", ""
    return tr("Este equipo comenzó la serie {label}.").format(label=label), tr(SERIES[why])


def by_hand(queue: QueueState, now: int) -> str:
    """Say that what waits for a day may go on a stick."""
    if not queue.pending or queue.oldest_at is None or now - queue.oldest_at < LONG_MS:
        return ""
    return tr("La espera pasa de un día. Con Alt+L se lleva todo en un pendrive.")


def span(seconds: float) -> str:
    """``unos segundos``, ``unos 40 s``, ``unos 3 min``, ``unas 2 horas``."""
    if seconds < SHORT_S:
        return tr("unos segundos")
    if seconds < 1.5 * MINUTE_S:
        return tr("unos {count} s").format(count=round(seconds / 10) * 10)
    if seconds < 1.5 * HOUR_S:
        return tr("unos {count} min").format(count=round(seconds / MINUTE_S))
    return tr("unas {count} horas").format(count=number(round(seconds / HOUR_S)))


def left(pending: int, traffic: Traffic, gone: int = 0) -> str:
    """Say how much is left on the line and how long that takes.

    ``gone``: acts of this conversation that went through, from which the rest is reckoned.
    """
    if not pending:
        return ""
    size = pending * (traffic.up / gone if gone and traffic.up else USUAL)
    told = tr("Faltan unos {size}").format(size=size_of(round(size)))
    if size < 2 * KB:  # never "unos 1 KB"
        told = tr("Faltan menos de 2 KB")
    if not traffic.speed:
        return f"{told}."
    return tr("{told}: {time} a esta velocidad.").format(told=told, time=span(size / traffic.speed))


def documents_line(waiting: DocumentsWaiting) -> str:
    """Say how documents stand."""
    said = []
    if waiting.count:
        count = words.count(waiting.count, tr("documento"), tr("documentos"))
        said.append(tr("{count} por enviar, {size}.").format(count=count, size=size_of(waiting.bytes)))
    else:
        said.append(tr("No hay documentos por enviar."))
    if waiting.budget:
        today = tr("Hoy van {sent} de {budget}.")
        said.append(today.format(sent=size_of(waiting.sent_today), budget=size_of(waiting.budget)))
        if waiting.count and waiting.sent_today >= waiting.budget:
            said.append(tr("El resto sigue mañana."))
    elif waiting.sent_today:
        said.append(tr("Hoy van {sent}.").format(sent=size_of(waiting.sent_today)))
    if waiting.paused:
        said.append(tr("Están en pausa; los casos se envían igual."))
    return " ".join(said)


def way(traffic: Traffic, gone: int, total: int) -> str:
    """Say how far a conversation is, in acts and bytes."""
    if total:
        acts = words.count(total, tr("movimiento"), tr("movimientos"))
        return tr("Enviando: {gone} de {acts}, {size}.").format(
            gone=number(gone), acts=acts, size=size_of(traffic.up)
        )
    return tr("Recibiendo: {size}.").format(size=size_of(traffic.down))


def pace(pending: int, traffic: Traffic, gone: int, total: int) -> tuple[str, str]:
    """Give the icon and the words of how the sending goes on; of a silent line no time is foretold."""
    long = (traffic.begun or 0.0) >= LONG_S
    if long and traffic.held:
        return "hourglass", tr("Se detiene al terminar la parte que va en camino.")
    if traffic.silent >= SILENT_S:
        return "hourglass", f"{silence(traffic.silent)}."
    rest = left(pending, replace(traffic, speed=0.0) if traffic.held else traffic, gone)
    parts = (way(traffic, gone, total) if long else "", rest)
    return "upload" if long else "clock", " ".join(part for part in parts if part)
