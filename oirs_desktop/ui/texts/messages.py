"""All sentences that explain an error, in one place: what happened to the data first, then what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oirs_core.domain.rules import ERASED
from oirs_desktop.ui.look.i18n import number, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oirs_core.domain.errors import OirsError

    Data = Mapping[str, str | int]


@dataclass(frozen=True)
class Message:
    """A sentence for a person. ``severity``: info, warning or danger."""

    title: str
    advice: str = ""
    severity: str = "warning"


FIELDS = {
    "doc_numero": "el número del documento",
    "nombres": "el nombre",
    "apellido_paterno": "el primer apellido",
    "apellido_materno": "el segundo apellido",
    "nombre_social": "el nombre social",
    "representante": "el nombre de quien representa",
    "representante_run": "el RUN de quien representa",
    "telefono": "el teléfono",
    "correo": "el correo",
    "direccion": "la dirección",
    "comuna": "la comuna",
    "materia": "la materia",
    "institucion": "la institución",
    "relato": "el relato",
    "respuesta": "la respuesta",
    "destino": "el destino",
    "texto": "el texto",
    "motivo": "el motivo",
    "localidad": "la localidad",
    "adjuntos": "el nombre del adjunto",
    "adjunto_tipo": "el tipo del adjunto",
    "adjunto_tamano": "el tamaño del adjunto",
    "adjuntos_total": "el total de adjuntos",
    "cambios": "la corrección",
    "doc_tipo": "el tipo de documento",
    "medio": "el medio de respuesta",
}
"""Fields of the event body as the form calls them, with their article."""


def field_name(field: str) -> str:
    """``la materia`` for ``materia``; the plain word where nobody gave a name."""
    return tr(FIELDS.get(field, field))


def explain(error: OirsError) -> Message:
    """Give the sentence of an error. The test of this file asks that every class has its own."""
    known = SENTENCES.get(error.code)
    return (
        known(error.data) if known else Message(tr("Algo no resultó."), tr("Código: ") + error.code, "danger")
    )


def _rut(data: Data) -> Message:
    reasons = {
        "empty": tr("Escriba el RUN."),
        "shape": tr("Escriba el RUN con su dígito, por ejemplo 12.345.678-5."),
        "range": tr("Ese número no es de un RUN. Revise las cifras."),
        "check": tr("El dígito verificador no corresponde. Revise el RUN con la persona."),
    }
    return Message(reasons.get(str(data.get("reason")), reasons["shape"]))


def _folio(data: Data) -> Message:
    if data.get("reason") == "check":
        return Message(tr("Ese folio tiene un símbolo cambiado."), tr("Compare con el comprobante."))
    return Message(
        tr("Eso no parece un folio."), tr("Un folio tiene 12 símbolos, por ejemplo 8K6-A2RT-0042-Y.")
    )


def _missing(data: Data) -> Message:
    return Message(tr("Falta {field}.").format(field=field_name(str(data.get("field", "")))))


def _too_long(data: Data) -> Message:
    field = field_name(str(data.get("field", "")))
    length, limit = int(data.get("length", 0)), int(data.get("limit", 0))
    text = tr("Acorte {field}: tiene {length} caracteres y caben {limit}.")
    if data.get("unit") == "bytes":
        text = tr("Acorte {field}: usa {length} bytes y caben {limit}.")
    return Message(text.format(field=field, length=number(length), limit=number(limit)))


def _unprintable(data: Data) -> Message:
    field = field_name(str(data.get("field", "")))
    first, count = int(data.get("first", 1)), int(data.get("count", 1))
    text = tr("Hay un carácter que no se puede imprimir en {field}, posición {first}. Bórrelo.")
    if count != 1:
        text = tr(
            "Hay {count} caracteres que no se pueden imprimir en {field}; el primero, en la posición {first}."
        )
    return Message(text.format(field=field, first=number(first), count=number(count)))


def _unknown(data: Data) -> Message:
    field = field_name(str(data.get("field", "")))
    return Message(tr("No conocemos {field} «{value}».").format(field=field, value=data.get("value", "")))


def _not_allowed(data: Data) -> Message:
    estado = str(data.get("estado", "")).replace("en_tramite", "en trámite")
    if data.get("estado") == ERASED:
        return Message(tr("Los datos de este caso se suprimieron."), tr("No queda nada que corregir."))
    if data.get("act") == "Anulacion":
        return Message(tr("Eso ya no se puede deshacer."), tr("La historia del caso dice cómo quedó."))
    estado = f"{estado[:-1]}o" if estado.endswith("a") else estado or tr("sin ingreso")  # said of a caso
    text = tr("El caso está {estado} y no admite eso.").format(estado=estado)
    return Message(text, tr("Reábralo primero si hace falta seguir."))


def _said(title: str, advice: str = "", severity: str = "warning") -> Callable[[Data], Message]:
    return lambda _data: Message(tr(title), tr(advice) if advice else "", severity)


def _bug(data: Data) -> Message:
    title = tr("El programa encontró una falla propia, número {number}.")
    advice = tr("Lo escrito sigue en pantalla. Intente otra vez y avise a informática.")
    return Message(title.format(number=data.get("number", "")), advice, "danger")


def _foreign(data: Data) -> Message:
    if data.get("reason") == "key":
        title = tr("La llave de este equipo no abre sus datos.")
        return Message(title, tr("No borre nada. Avise a informática."), "danger")
    return Message(
        tr("Esa carpeta tiene datos de otro programa."), tr("Nada se cambió. Elija otra."), "danger"
    )


def _foreign_answer(data: Data) -> Message:
    title = tr("Esa respuesta es para otro mesón, de la oficina {office}.").format(
        office=data.get("office", "")
    )
    return Message(title, tr("Nada se cambió. Llévela a ese equipo."))


def _remote(data: Data) -> Message:
    where = tr("la red") if data.get("reason") == "network" else tr("la nube")
    title = tr("Los datos no pueden estar en una carpeta de {where}.").format(where=where)
    return Message(title, tr("Elija una carpeta de este equipo."), "danger")


def _full_series(data: Data) -> Message:
    title = tr("Este equipo usó todos sus folios de {year}.").format(year=data.get("year", ""))
    advice = tr("El caso no se guardó; su texto sigue en pantalla. Avise a informática.")
    return Message(title, advice, "danger")


def _setting(data: Data) -> Message:
    title = tr("No se entiende el ajuste «{key}».").format(key=data.get("key", ""))
    return Message(title, tr("Se usa el valor normal. Avise a informática."))


def _document(data: Data) -> Message:
    from oirs_desktop.attachments.errors import Reason  # noqa: PLC0415 - only once one was refused
    from oirs_desktop.ui.texts.refusals import REFUSALS  # noqa: PLC0415 - same

    known = {reason.value: words for reason, words in REFUSALS.items()}
    title, advice = known.get(str(data.get("reason")), REFUSALS[Reason.UNREADABLE])
    return Message(tr(title), tr(advice))


SENTENCES: dict[str, Callable[[Data], Message]] = {
    "oirs": _said("Algo no resultó.", "Intente otra vez."),
    "domain": _said("Ese dato no se puede guardar así.", "Revíselo."),
    "rut": _rut,
    "folio": _folio,
    "missing": _missing,
    "too_long": _too_long,
    "unprintable": _unprintable,
    "unknown_value": _unknown,
    "not_allowed": _not_allowed,
    "role": _said("Eso lo hace la jefatura de la oficina.", "Pídale que lo haga con su nombre."),
    "event": _said(
        "Llegó un dato que no es de este programa.", "Nada se cambió. Avise a informática.", "danger"
    ),
    "cedula": _said("La cédula no se leyó bien.", "Pásela otra vez o escriba el RUN."),
    "paper_code": _said("Ese código no es de un comprobante nuestro.", "Busque por folio o por RUN."),
    "bug": _bug,
    "sync": _said("No se pudo enviar.", "Los casos siguen guardados aquí."),
    "offline": _said("Sin conexión.", "Siga atendiendo: los casos se enviarán solos.", "info"),
    "authority": _said("Ese archivo no es un certificado.", "Use el archivo ca.pem que entrega la central."),
    "line_plain": _said("Esa dirección no protege los datos.", "Use una que comience con https."),
    "not_our_server": _said("Respondió otra página, no el servidor.", "Los casos siguen guardados aquí."),
    "server_busy": _said("El servidor está ocupado.", "Los casos siguen guardados. Se intentará de nuevo."),
    "document_away": _said(
        "El documento todavía no llega a la central.", "Se podrá ver cuando el otro equipo lo envíe.", "info"
    ),
    "fetch_stopped": _said("El documento no llegó entero.", "Pulse Ver para seguir desde ahí.", "info"),
    "device_refused": _said(
        "El servidor no reconoce este equipo.",
        "Los casos siguen guardados. Llame a su administración regional.",
    ),
    "device_forgotten": _said(
        "La central no conoce este equipo.", "No se pierde nada. Pida un código a su administración regional."
    ),
    "enrol_code": _said("El código ya se usó o venció.", "Pida uno nuevo."),
    "bundle": _said("Ese archivo no es de este programa.", "Nada se cambió. Revise cuál eligió."),
    "stick": _said("No se pudo usar esa carpeta.", "Los casos siguen guardados aquí. Pruebe con otra."),
    "stick_full": _said(
        "No hay espacio en el pendrive.", "Libere espacio o use otro. Los casos siguen aquí."
    ),
    "stick_gone": _said(
        "El pendrive se retiró o no responde.", "Póngalo otra vez y repita. Los casos siguen aquí."
    ),
    "stick_locked": _said(
        "No se puede escribir en el pendrive.", "Quite su seguro o use otro. Los casos siguen aquí."
    ),
    "stick_unready": _said(
        "Este equipo aún no puede usar pendrive.", "Conéctelo una vez a la central. Avise a informática."
    ),
    "stick_cancelled": _said(
        "Se detuvo: no quedó ningún archivo.", "Los casos siguen guardados aquí.", "info"
    ),
    "answer_strange": _said(
        "Ese archivo no es una respuesta de nuestra central.", "Nada se cambió. Revise cuál eligió."
    ),
    "answer_newer": _said("Esa respuesta es de una versión más nueva.", "Nada se cambió. Instale la nueva."),
    "answer_foreign": _foreign_answer,
    "answer_changed": _said(
        "Esa respuesta llegó alterada.", "Nada de ella se recibió. Cópiela otra vez desde la central."
    ),
    "answer_torn": _said(
        "A esa respuesta le falta el final.", "Lo que venía entero se recibió. Cópiela otra vez."
    ),
    "answer_early": _said(
        "Antes de esa respuesta falta otra.", "Reciba primero la anterior; nada se perdió."
    ),
    "answer_misfit": _said(
        "Esa respuesta no calza con lo guardado.", "Nada se cambió. Guarde otra vez y pida una nueva."
    ),
    "schema_old": _said("Hay una versión nueva.", "Los casos se envían igual. Avise a informática.", "info"),
    "no_agreement": _said(
        "El servidor habla otra versión.", "Los casos siguen guardados. Avise a informática."
    ),
    "sync_stopped": _said("Usted detuvo el envío.", "Sigue solo en unos minutos. Nada se perdió.", "info"),
    "sync_broken": _said(
        "Lo que llegó no calza con lo guardado.", "Nada se cambió. Avise a informática.", "danger"
    ),
    "store": _said(
        "No se pudieron usar los datos de este equipo.",
        "No borre nada. Avise a informática.",
        "danger",
    ),
    "store_missing": _said("Este equipo aún no tiene datos.", "Únalo a su oficina para comenzar."),
    "store_exists": _said("Esa carpeta ya tiene los datos de un mesón.", "Nada se cambió. Elija otra."),
    "store_newer": _said(
        "Los datos son de una versión más nueva del programa.", "Nada se cambió. Instale la nueva.", "danger"
    ),
    "store_foreign": _foreign,
    "store_damaged": _said(
        "Los datos de este equipo están dañados.", "No borre nada. Llame a informática ahora.", "danger"
    ),
    "store_busy": _said("El programa ya está abierto en este equipo.", "Use la ventana que está abierta."),
    "folder_remote": _remote,
    "folder_read_only": _said(
        "No hay permiso para guardar en esta carpeta.",
        "Lo escrito sigue en pantalla. Avise a informática.",
        "danger",
    ),
    "disk_full": _said(
        "No hay espacio en el disco. El caso NO se guardó.",
        "Su texto sigue en pantalla. Libere espacio y registre otra vez.",
        "danger",
    ),
    "series_full": _full_series,
    "not_enrolled": _said(
        "Este equipo aún no está unido a una oficina.", "Pida un código a su administración."
    ),
    "sync_refused": _said("Lo que llegó no calza.", "Nada se cambió; sus casos siguen guardados.", "danger"),
    "printer": _said("El caso quedó guardado, pero no se imprimió.", "Revise la impresora y el papel."),
    "keystore_damaged": _said(
        "No se pueden leer las llaves de este equipo.", "No borre nada. Avise a informática.", "danger"
    ),
    "setting": _setting,
    "document": _document,
    "settings_unwritten": _said(
        "El cambio vale hasta cerrar el programa.", "No se pudo guardar. Avise a informática."
    ),
}
"""Code of the error: its sentence."""
