"""The closed lists of the counter. Values are what stands on disk, wire and in the law."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What the person came to do (DS 680/1990; Ley 20.285; Ley 21.719)."""

    CONSULTA = "consulta"
    RECLAMO = "reclamo"
    SUGERENCIA = "sugerencia"
    FELICITACION = "felicitacion"
    PETICION = "peticion"
    DENUNCIA = "denuncia"
    ACCESO_INFORMACION = "acceso_informacion"
    AMPARO_CPLT = "amparo_cplt"
    DERECHOS_DATOS = "derechos_datos_personales"


class Estado(StrEnum):
    """Where a case stands."""

    INGRESADA = "ingresada"
    DERIVADA = "derivada"
    EN_TRAMITE = "en_tramite"
    RESPONDIDA = "respondida"
    CERRADA = "cerrada"


class DocType(StrEnum):
    """How the person identified themselves. None is an answer: RUN is never compulsory."""

    RUN = "run"
    RUT_EMPRESA = "rut_empresa"
    PASAPORTE = "pasaporte"
    DNI_EXTRANJERO = "dni_extranjero"
    SIN_DOCUMENTO = "sin_documento"
    ANONIMO = "anonimo"


class Medio(StrEnum):
    """How the person wants the answer (Ley 19.880 art. 30 b)."""

    PRESENCIAL = "presencial"
    TELEFONO = "telefono"
    CORREO = "correo"
    CARTA = "carta"


class Lugar(StrEnum):
    """Where or how the attention took place."""

    OFICINA = "oficina"
    TERRENO = "gobierno_en_terreno"
    TELEFONO = "telefono"
    CARTA = "carta"
    CORREO = "correo"


class Salida(StrEnum):
    """How the attention at the counter ended."""

    RESPONDIDA = "respondida_en_el_acto"
    PENDIENTE = "pendiente"
    DERIVADA = "derivada"


OPEN = frozenset({Estado.INGRESADA, Estado.DERIVADA, Estado.EN_TRAMITE})
"""Estados that still need somebody's work."""
