"""The sentences for lists of attentions, enrolment and the training centre; `messages.py` takes them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_desktop.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    Data = Mapping[str, str | int]

Words = tuple[str, str]
"""Title and advice."""


def list_refused(data: Data) -> Words:
    """Say why a file is no list of attentions."""
    line, columns = data.get("line", ""), data.get("columns", "")
    save = tr("Guárdelo como «CSV UTF-8 (delimitado por comas)» y vuelva a intentar.")
    words = {
        "unreadable": (tr("No se puede leer ese archivo."), tr("Revise el nombre y el permiso.")),
        "large": (tr("El archivo es demasiado grande."), tr("Divídalo en listas más cortas.")),
        "utf16": (tr("El archivo no está en UTF-8."), save),
        "encoding": (tr("El archivo no está en UTF-8: falla la línea {line}.").format(line=line), save),
        "empty": (tr("El archivo no tiene filas."), tr("Revise que sea la lista correcta.")),
        "delimiter": (tr("Las columnas no están separadas por comas."), save),
        "missing": (
            tr("Faltan columnas: {columns}.").format(columns=columns),
            tr("Use la planilla con sus 29 columnas."),
        ),
        "surplus": (
            tr("Hay columnas que no conocemos: {columns}.").format(columns=columns),
            tr("Quítelas o cámbieles el nombre."),
        ),
        "quotes": (
            tr("Las comillas no cierran bien cerca de la línea {line}.").format(line=line),
            tr("Corríjalas y vuelva a intentar."),
        ),
    }
    title, advice = words.get(str(data.get("reason")), (tr("Esa lista no se puede leer."), save))
    return title, f"{advice} {tr('No se ingresó nada.')}"


def row_refused(data: Data) -> Words:
    """Say why a row cannot be read."""
    if data.get("reason") == "date":
        return (
            tr("No se entiende la fecha «{value}».").format(value=data.get("value", "")),
            tr("Escríbala como 2026-11-26T10:42:00."),
        )
    text = tr("La fila tiene {found} columnas y deben ser {expected}.")
    return text.format(found=data.get("found"), expected=data.get("expected")), tr("Revise comas y comillas.")


def already_enrolled(data: Data) -> Words:
    """Say that there is nothing to enrol."""
    text = tr("Este equipo ya está inscrito en la oficina {office}.").format(office=data.get("office", ""))
    return text, tr("Para otra oficina use otra carpeta de datos.")


def user_unknown(data: Data) -> Words:
    """Say who is not in the office's list."""
    text = tr("«{name}» no está entre los funcionarios de la oficina.").format(name=data.get("name", ""))
    return text, tr("Revise el nombre.")


def office_other(data: Data) -> Words:
    """Say that this counter is of another office."""
    text = tr("Este equipo es de la oficina {office}.").format(office=data.get("office", ""))
    return text, tr("No se ingresó nada.")


def centre_failed(data: Data) -> Words:
    """Say that the centre on this machine did not do what was asked."""
    text = tr("La central de este equipo no respondió ({step}).").format(step=data.get("step", ""))
    return text, str(data.get("said", "")) or tr("Vea central.log en su carpeta.")


LIST_WORDS = {
    "list": list_refused,
    "row": row_refused,
    "already_enrolled": already_enrolled,
    "user_unknown": user_unknown,
    "office_other": office_other,
    "centre_failed": centre_failed,
}
"""Code of the error: its title and advice."""
