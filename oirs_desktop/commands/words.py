"""What the commands say on the terminal when they cannot go on; the rest stands in `ui/messages.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Data = Mapping[str, str | int]

Words = tuple[str, str]
"""Title and advice."""


def list_refused(data: Data) -> Words:
    """Say why a file is no list of attentions."""
    line, columns = data.get("line", ""), data.get("columns", "")
    save = "Guárdelo como «CSV UTF-8 (delimitado por comas)» y vuelva a intentar."
    words = {
        "unreadable": ("No se puede leer ese archivo.", "Revise el nombre y el permiso."),
        "large": ("El archivo es demasiado grande.", "Divídalo en listas más cortas."),
        "utf16": ("El archivo no está en UTF-8.", save),
        "encoding": (f"El archivo no está en UTF-8: falla la línea {line}.", save),
        "empty": ("El archivo no tiene filas.", "Revise que sea la lista correcta."),
        "offices": ("Ninguna fila es de una oficina conocida.", "Revise la columna oficina."),
        "delimiter": ("Las columnas no están separadas por comas.", save),
        "missing": (
            f"Faltan columnas: {columns}.",
            "Use la planilla con sus 29 columnas.",
        ),
        "surplus": (
            f"Hay columnas que no conocemos: {columns}.",
            "Quítelas o cámbieles el nombre.",
        ),
        "quotes": (
            f"Las comillas no cierran bien cerca de la línea {line}.",
            "Corríjalas y vuelva a intentar.",
        ),
    }
    title, advice = words.get(str(data.get("reason")), ("Esa lista no se puede leer.", save))
    return title, f"{advice} No se ingresó nada."


def row_refused(data: Data) -> Words:
    """Say why a row cannot be read."""
    if data.get("reason") == "date":
        return (
            "No se entiende la fecha «{value}».".format(value=data.get("value", "")),
            "Escríbala como 2026-11-26T10:42:00.",
        )
    text = "La fila tiene {found} columnas y deben ser {expected}."
    return text.format(found=data.get("found"), expected=data.get("expected")), "Revise comas y comillas."


def already_enrolled(data: Data) -> Words:
    """Say that there is nothing to enrol."""
    text = "Este equipo ya está inscrito en la oficina {office}.".format(office=data.get("office", ""))
    return text, "Si la central lo olvidó, repita con --again. Para otra oficina use otra carpeta de datos."


def enrolled_nowhere(_data: Data) -> Words:
    """Say that there is nobody to come back."""
    return "Este equipo no ha estado inscrito.", "Repita sin --again."


def user_unknown(data: Data) -> Words:
    """Say who is not in the office's list."""
    text = "«{name}» no está entre los funcionarios de la oficina.".format(name=data.get("name", ""))
    return text, "Revise el nombre."


def office_other(data: Data) -> Words:
    """Say that this counter is of another office."""
    text = "Este equipo es de la oficina {office}.".format(office=data.get("office", ""))
    return text, "No se ingresó nada."


def centre_failed(data: Data) -> Words:
    """Say that the centre on this machine did not do what was asked."""
    text = "La central de este equipo no respondió ({step}).".format(step=data.get("step", ""))
    return text, str(data.get("said", "")) or "Vea central.log en su carpeta."


def hands_lost(data: Data) -> Words:
    """Say at which step the window did not answer the keys."""
    return f"La ventana no respondió al teclado ({data.get('step', '')}).", "Avise a informática."


def journal_none(_data: Data) -> Words:
    """Say that there is nothing to recover from."""
    return "No hay un diario de este equipo que se pueda abrir.", "Nada se cambió. Avise a informática."


FIELDS = {
    "oficina": "la oficina",
    "tipo": "el tipo",
    "salida": "la salida",
    "lugar": "el lugar",
    "doc_tipo": "el tipo de documento",
    "medio_respuesta": "el medio de respuesta",
    "atiende": "el funcionario",
    "genero": "el género",
    "nacionalidad": "la nacionalidad",
    "fecha_nacimiento": "la fecha de nacimiento",
    "pueblo_originario": "el pueblo originario",
    "discapacidad": "la discapacidad",
}
"""Columns of a list that the form does not show as fields."""


def unknown_value(data: Data) -> Words | None:
    """Say which cell holds something outside its closed list; None for fields of the form."""
    field = FIELDS.get(str(data.get("field")))
    return (f"No conocemos {field} «{data.get('value', '')}».", "") if field else None


def missing(data: Data) -> Words | None:
    """Say which cell is empty; None for fields of the form."""
    field = FIELDS.get(str(data.get("field")))
    return (f"Falta {field}.", "") if field else None


def too_long(data: Data) -> Words | None:
    """Say which cell is too long; None for fields of the form."""
    field = FIELDS.get(str(data.get("field")))
    return (f"Acorte {field}: caben {data.get('limit')} caracteres.", "") if field else None


WORDS: dict[str, Callable[[Data], Words | None]] = {
    "list": list_refused,
    "row": row_refused,
    "already_enrolled": already_enrolled,
    "enrolled_nowhere": enrolled_nowhere,
    "user_unknown": user_unknown,
    "office_other": office_other,
    "centre_failed": centre_failed,
    "hands_lost": hands_lost,
    "journal_none": journal_none,
    "unknown_value": unknown_value,
    "missing": missing,
    "too_long": too_long,
}
"""Code of the error: its title and advice."""
