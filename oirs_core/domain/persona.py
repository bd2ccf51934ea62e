"""The person in front of the counter, as declared that day."""

from __future__ import annotations

from dataclasses import dataclass

from oirs_core.domain.kinds import DocType


@dataclass(frozen=True, slots=True)
class Persona:
    """Natural or legal person. Empty text means not given; nothing but a name is ever required.

    ``doc_numero`` is canonical for RUN and RUT (``12345678-K``) and as typed otherwise.
    ``nombres`` holds the razón social of a ``rut_empresa``; the person at the counter is then
    ``representante``. The last six fields are statistics and may be refused (Ley 21.719 art. 14
    quáter): they never appear on paper.
    """

    doc_tipo: DocType = DocType.ANONIMO
    doc_numero: str = ""
    nombres: str = ""
    apellido_paterno: str = ""
    apellido_materno: str = ""
    nombre_social: str = ""
    representante: str = ""
    representante_run: str = ""
    telefono: str = ""
    correo: str = ""
    direccion: str = ""
    comuna: str = ""
    nacionalidad: str = ""
    fecha_nacimiento: str = ""
    genero: str = ""
    pueblo_originario: str = ""
    discapacidad: str = ""

    @property
    def full_name(self) -> str:
        """Legal name in reading order; empty for somebody anonymous."""
        return " ".join(filter(None, (self.nombres, self.apellido_paterno, self.apellido_materno)))

    @property
    def shown_name(self) -> str:
        """The name to say and to print first: the nombre social where there is one."""
        if self.nombre_social and self.nombre_social != self.nombres:
            surnames = " ".join(p for p in (self.apellido_paterno, self.apellido_materno) if p)
            if self.nombre_social.endswith(surnames):
                return self.nombre_social
            return f"{self.nombre_social} {surnames}".strip()
        return self.full_name

    @property
    def key(self) -> tuple[str, str] | None:
        """(type, number) by which two attentions are of one person; None without a document."""
        if not self.doc_numero or self.doc_tipo in {DocType.SIN_DOCUMENTO, DocType.ANONIMO}:
            return None
        return (self.doc_tipo.value, self.doc_numero.upper())
