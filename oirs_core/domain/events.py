"""The acts that make a case, and the notices that only the centre writes.

Small frozen facts. Their fields are the keys of the event body (`docs/event.md`); an empty field
does not stand in the body. A new kind of act is a class here, a branch in the fold,
a rule, a small dialog and a line of the glossary.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from oirs_core.domain.kinds import Kind, Lugar, Medio
from oirs_core.domain.persona import Persona


@dataclass(frozen=True, slots=True)
class Materia:
    """A topic: catalogue code (or empty) and the words as seen or typed that day."""

    texto: str
    codigo: str = ""


@dataclass(frozen=True, slots=True)
class Institucion:
    """A public body: catalogue key (or empty) and its name as seen or typed that day."""

    nombre: str
    clave: str = ""


@dataclass(frozen=True, slots=True)
class Promesa:
    """The date printed on the receipt, and why. ISO date; ``norma`` empty: office's commitment."""

    vence: str
    dias: int
    unidad: str
    norma: str = ""
    articulo: str = ""


@dataclass(frozen=True, slots=True)
class Ingreso:
    """The filing that opens a case (Ley 19.880 arts. 18 and 30).

    ``folio`` and ``clave`` are given by the store in the case's own transaction. ``fecha_legal``
    is the ISO date from which terms count (art. 25). ``adjuntos`` are names announced at the
    counter. ``atiende`` is the official's name as printed (art. 17 b).
    """

    tipo: Kind
    materia: Materia
    relato: str
    persona: Persona
    oficina: str
    comuna: str
    fecha_legal: str
    atiende: str
    folio: str = ""
    clave: str = ""
    lugar: Lugar = Lugar.OFICINA
    localidad: str = ""
    medio: Medio = Medio.PRESENCIAL
    institucion: Institucion | None = None
    adjuntos: tuple[str, ...] = ()
    promesa: Promesa | None = None


@dataclass(frozen=True, slots=True)
class Anotacion:
    """An internal note."""

    texto: str


@dataclass(frozen=True, slots=True)
class Respuesta:
    """The answer given to the person, and by which medium."""

    texto: str
    medio: Medio = Medio.PRESENCIAL
    firma: str = ""


@dataclass(frozen=True, slots=True)
class Derivacion:
    """Handed on to the competent body, with notice to the person (Ley 19.880 art. 14)."""

    destino: Institucion
    motivo: str = ""


@dataclass(frozen=True, slots=True)
class Cierre:
    """The end of the case."""

    motivo: str


@dataclass(frozen=True, slots=True)
class Reapertura:
    """A closed or answered case that goes on."""

    motivo: str


@dataclass(frozen=True, slots=True)
class Cambio:
    """One corrected field of an Ingreso, by its name in ``enmienda.AMENDABLE``, and its new value."""

    campo: str
    valor: str


@dataclass(frozen=True, slots=True)
class Enmienda:
    """A correction of what was filed: what stood there stays in history (Ley 19.880 art. 16 bis)."""

    cambios: tuple[Cambio, ...]
    motivo: str = ""


@dataclass(frozen=True, slots=True)
class Anulacion:
    """An act taken back. ``acto``: its hash in hexadecimal; it stays in history and counts no more."""

    acto: str
    motivo: str = ""


@dataclass(frozen=True, slots=True)
class Adjunto:
    """A document shown at the counter, by the SHA-256 of its bytes (hexadecimal), which travel apart.

    ``tipo``: application/pdf, image/jpeg or image/png; ``tamano``: bytes; ``cotejado``: compared with
    the original (Ley 19.880 arts. 18 and 19 bis).
    """

    sha256: str
    tipo: str
    tamano: int
    nombre: str
    paginas: int = 1
    cotejado: bool = False


@dataclass(frozen=True, slots=True)
class Copia:
    """A reprint of the receipt: number ``n`` stands on the paper as COPIA n."""

    n: int


@dataclass(frozen=True, slots=True)
class Funcionario:
    """An official of the office: stable id, name as printed, post; ``rol``: supervisor or empty."""

    id: str
    nombre: str
    cargo: str = ""
    rol: str = ""


@dataclass(frozen=True, slots=True)
class Oficina:
    """The office as the centre sets it. The latest one in the feed holds.

    ``codigo``: three digits of the province; ``folio``: its two symbols; ``zona``: IANA zone;
    ``base``: public address printed in the code; ``compromisos``: business days promised by kind;
    ``capacitacion``: receipts carry NO VÁLIDO.
    """

    codigo: str
    folio: str
    nombre: str
    institucion: str
    comuna: str
    zona: str
    base: str
    direccion: str = ""
    telefono: str = ""
    horario: str = ""
    compromisos: dict[str, int] = field(default_factory=dict)
    funcionarios: tuple[Funcionario, ...] = ()
    capacitacion: bool = False


@dataclass(frozen=True, slots=True)
class Equipo:
    """A counter of the office: id and public key (base64url), log label, name."""

    id: str
    clave_publica: str
    etiqueta: str
    nombre: str


@dataclass(frozen=True, slots=True)
class Tabla:
    """A catalogue table: its name and its CSV text. The latest one in the feed holds."""

    nombre: str
    csv: str


@dataclass(frozen=True, slots=True)
class Resto:
    """What stays of an erased filing: nothing of it tells who filed, or what."""

    folio: str
    clave: str
    tipo: Kind
    oficina: str
    comuna: str
    fecha_legal: str


@dataclass(frozen=True, slots=True)
class Supresion:
    """Personal data taken out of history by a resolution (Ley 21.719 art. 7), in a case of the office.

    ``hechos``: hashes of the events whose body and salt go, hexadecimal; header and digest stay.
    ``resolucion``: which one, as printed. ``resto``: of the Ingreso, where it is among them.
    ``anulados``: acts that an erased Anulacion had taken back, and that stay so.
    """

    hechos: tuple[str, ...]
    resolucion: str
    resto: Resto | None = None
    anulados: tuple[str, ...] = ()


Act = (
    Ingreso
    | Anotacion
    | Respuesta
    | Derivacion
    | Cierre
    | Reapertura
    | Enmienda
    | Anulacion
    | Adjunto
    | Copia
)
Notice = Oficina | Equipo | Tabla | Supresion
Content = Act | Notice

VERSIONS: dict[str, tuple[type[Content], int]] = {
    cls.__name__: (cls, 1)
    for cls in (
        Ingreso,
        Anotacion,
        Respuesta,
        Derivacion,
        Cierre,
        Reapertura,
        Enmienda,
        Anulacion,
        Adjunto,
        Copia,
        Oficina,
        Equipo,
        Tabla,
        Supresion,
    )
}
"""Kind on the wire: class and current version."""
