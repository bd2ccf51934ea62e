"""Why a document was not taken, in words: what happened first, then what to do."""

from __future__ import annotations

from oirs_desktop.attachments.errors import Reason

REFUSALS = {
    Reason.KIND: ("Ese archivo no es PDF, JPG ni PNG.", "Guárdelo como PDF y adjúntelo otra vez."),
    Reason.EMPTY: ("Ese archivo está vacío.", "Escanéelo otra vez."),
    Reason.UNREADABLE: ("No se pudo leer ese archivo.", "Revise que siga en su carpeta."),
    Reason.BIG: ("Ese archivo pesa más de 10 MB.", "Divídalo o escanéelo con menos calidad."),
    Reason.PIXELS: ("Esa imagen tiene más de 50 megapíxeles.", "Guárdela más chica y adjúntela otra vez."),
    Reason.PAGES: ("Ese PDF tiene más de 100 páginas.", "Divídalo en partes."),
    Reason.DAMAGED: ("Ese archivo está dañado y no se adjuntó.", "Pida otra copia o escanéelo otra vez."),
    Reason.PASSWORD: (
        "Ese PDF pide una contraseña.",
        "Pida una copia sin contraseña, o imprímalo y escanéelo.",
    ),
    Reason.HIDDEN: ("Ese archivo lleva otro archivo adentro.", "Imprímalo y escanéelo."),
    Reason.COSTLY: ("Ese archivo exige demasiado a este equipo.", "Imprímalo y escanéelo."),
    Reason.CANCELLED: ("El documento no se adjuntó.", "Usted detuvo la lectura."),
    Reason.CASE: (
        "No cabe: un caso admite 20 documentos y 25 MB.",
        "Quite otro o déjelo para un caso nuevo.",
    ),
    Reason.TWICE: ("Ese documento ya está en el caso.", "Nada se repitió."),
    Reason.DISK: (
        "El documento NO se adjuntó: no se pudo escribir en el disco.",
        "Libere espacio e intente otra vez.",
    ),
    Reason.GONE: ("El documento no está en este equipo.", "Ábralo en el equipo donde se adjuntó."),
    Reason.CHANGED: ("El documento guardado está alterado y no se muestra.", "Avise a informática."),
}
"""Title and advice by reason."""
