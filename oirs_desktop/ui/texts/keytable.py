"""Every key of the program, once: the help shows this table, and the manual is held to it by a test."""

from __future__ import annotations

from typing import NamedTuple

from oirs_desktop.ui.look.i18n import later


class Key(NamedTuple):
    """``name``: as a person reads it; ``what``: what it does."""

    name: str
    what: str


class Group(NamedTuple):
    """Keys that work in one place."""

    title: str
    keys: tuple[Key, ...]


GROUPS = (
    Group(
        later("En todo el programa"),
        (
            Key("F1", later("Ayuda de la pantalla")),
            Key("F2", later("Nueva atención")),
            Key("F3", later("Buscar un caso")),
            Key("F8", later("Casos pendientes")),
            Key("F9", later("Reimprimir como COPIA; la segunda vez, si dice de quién es")),
            Key("F10", later("Envío de datos")),
            Key("F12", later("Cierre del día")),
            Key("Ctrl+Enter", later("Guardar lo que está en pantalla")),
            Key("Enter", later("Abrir lo elegido o pasar al campo siguiente")),
            Key("Tab", later("Pasar al campo siguiente")),
            Key("Esc", later("Volver, sin perder lo escrito")),
            Key("Alt+Inicio", later("Volver al mesón")),
            Key("Alt+Z", later("Deshacer lo recién hecho")),
            Key("Ctrl+O", later("Elegir quién atiende, en capacitación")),
            Key("Ctrl+,", later("Preferencias")),
            Key("Ctrl++", later("Agrandar la letra")),
            Key("Ctrl+-", later("Achicar la letra")),
            Key("Ctrl+0", later("Letra normal")),
            Key("Ctrl+.", later("Ver sugerencias para una palabra marcada")),
        ),
    ),
    Group(
        later("En el mesón y la atención"),
        (
            Key("F5", later("Dejar en espera; en el mesón, seguir")),
            Key("Alt+X", later("Descartar la que espera")),
            Key("Alt+I", later("Vaciar el formulario")),
            Key("Alt+1", later("Ir a Quién; Alt+2 a Materia; Alt+3 a Cómo termina")),
            Key("Alt+T", later("Ver sus atenciones de antes")),
            Key("Alt+M", later("Más datos de la persona")),
            Key("Alt+L", later("Lugar y fecha de la atención")),
            Key("Alt+A", later("Abrir el caso que ya tiene por lo mismo")),
            Key("Ctrl+N", later("Crear otro caso por lo mismo")),
            Key("Alt+R", later("Retomar la atención que espera")),
            Key("Ctrl+J", later("Adjuntar un documento")),
            Key("Ctrl+M", later("Mostrar el texto a la persona")),
            Key(";", later("Frases frecuentes, al escribir un texto")),
            Key("Ctrl+G", later("Practicar una atención, en capacitación")),
        ),
    ),
    Group(
        later("En el comprobante"),
        (
            Key("Alt+P", later("Abrir el PDF")),
            Key("Alt+D", later("Ver cómo se contó el plazo")),
            Key("Alt+V", later("Ver el caso")),
        ),
    ),
    Group(
        later("En el caso"),
        (
            Key("F4", later("Anotar")),
            Key("F6", later("Responder")),
            Key("F7", later("Derivar")),
            Key("Ctrl+Shift+Enter", later("Responder y cerrar")),
            Key("Alt+C", later("Corregir un dato")),
            Key("Alt+E", later("Cerrar")),
            Key("Alt+R", later("Reabrir")),
            Key("Alt+D", later("Deshacer lo más nuevo de la historia")),
            Key("Alt+P", later("Ver por qué vence ese día")),
            Key("Alt+1", later("Elegir la primera respuesta lista; Alt+2 la segunda")),
        ),
    ),
    Group(
        later("En el envío de datos"),
        (
            Key("Alt+L", later("Llevar en pendrive")),
            Key("Alt+T", later("Traer del pendrive")),
            Key("Alt+C", later("Abrir lo primero que hay que decidir")),
            Key("Alt+P", later("Pausar los documentos, o seguir")),
            Key("Alt+X", later("Detener un envío largo")),
            Key("Alt+D", later("Detener el pendrive")),
            Key("Alt+E", later("Dar por leído el aviso de serie nueva")),
        ),
    ),
    Group(
        later("En pendientes y cierre"),
        (
            Key("Alt+T", later("Filtrar por tipo")),
            Key("Alt+A", later("Filtrar por quien atendió")),
            Key("Alt+←", later("Día anterior")),
            Key("Alt+→", later("Día siguiente")),
            Key("Alt+B", later("Ver los borradores")),
            Key("Alt+P", later("Abrir la carpeta del libro del día")),
        ),
    ),
)
"""In the order of a day. Keys never change between versions."""
KEYS = tuple(key for group in GROUPS for key in group.keys)
