"""Why a document was not taken, in words: what happened first, then what to do."""

from __future__ import annotations

from oirs_desktop.attachments.errors import Reason
from oirs_desktop.ui.look.i18n import later

REFUSALS = {
    Reason.KIND: (
        later("Ese archivo no es PDF, JPG ni PNG."),
        later("Guárdelo como PDF y adjúntelo otra vez."),
    ),
    Reason.EMPTY: (later("Ese archivo está vacío."), later("Escanéelo otra vez.")),
    Reason.UNREADABLE: (later("No se pudo leer ese archivo."), later("Revise que siga en su carpeta.")),
    Reason.BIG: (later("Ese archivo pesa más de 10 MB."), later("Divídalo o escanéelo con menos calidad.")),
    Reason.PIXELS: (
        later("Esa imagen tiene más de 50 megapíxeles."),
        later("Guárdela más chica y adjúntela otra vez."),
    ),
    Reason.PAGES: (later("Ese PDF tiene más de 100 páginas."), later("Divídalo en partes.")),
    Reason.DAMAGED: (
        later("Ese archivo está dañado y no se adjuntó."),
        later("Pida otra copia o escanéelo otra vez."),
    ),
    Reason.PASSWORD: (
        later("Ese PDF pide una contraseña."),
        later("Pida una copia sin contraseña, o imprímalo y escanéelo."),
    ),
    Reason.HIDDEN: (later("Ese archivo lleva otro archivo adentro."), later("Imprímalo y escanéelo.")),
    Reason.COSTLY: (later("Ese archivo exige demasiado a este equipo."), later("Imprímalo y escanéelo.")),
    Reason.CANCELLED: (later("El documento no se adjuntó."), later("Usted detuvo la lectura.")),
    Reason.CASE: (
        later("No cabe: un caso admite 20 documentos y 25 MB."),
        later("Quite otro o déjelo para un caso nuevo."),
    ),
    Reason.TWICE: (later("Ese documento ya está en el caso."), later("Nada se repitió.")),
    Reason.NONE: (later("Falta elegir un documento."), later("Ctrl+J abre la lista de archivos.")),
    Reason.BUSY: (later("Todavía se lee un documento."), later("Espere un momento o deténgalo.")),
    Reason.DISK: (
        later("El documento NO se adjuntó: no se pudo escribir en el disco."),
        later("Libere espacio e intente otra vez."),
    ),
    Reason.GONE: (
        later("El documento no está en este equipo."),
        later("Ábralo en el equipo donde se adjuntó."),
    ),
    Reason.CHANGED: (
        later("El documento guardado está alterado y no se muestra."),
        later("Avise a informática."),
    ),
}
"""Title and advice by reason."""

STUCK = {
    "hash": (
        later("El archivo llegó distinto a la central, dos veces."),
        later("Pulse Intentar otra vez; si se repite, avise a informática."),
    ),
    "kind": (
        later("La central no lo reconoce como PDF, JPG ni PNG."),
        later("Escanéelo otra vez y adjúntelo al caso."),
    ),
    "size": (later("El archivo pesa más de 10 MB."), later("Divídalo y adjúntelo otra vez.")),
    "case": (later("El caso ya tiene 25 MB en documentos."), later("Adjúntelo en un caso nuevo.")),
    "gone": (
        later("El archivo ya no está en este equipo."),
        later("Pida el papel otra vez y adjúntelo al caso."),
    ),
}
"""Why a document does not go on to the centre, by the reason of `store.blobs.Blocked`: title and advice."""
