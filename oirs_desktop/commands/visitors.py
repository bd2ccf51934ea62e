"""The invented people of the training office and what they came for, filed through the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from oirs_core.domain.events import Institucion, Materia
from oirs_core.domain.kinds import DocType, Kind, Lugar, Medio, Salida
from oirs_core.domain.persona import Persona
from oirs_desktop.commands.twins import find_twin
from oirs_desktop.desk import Draft

if TYPE_CHECKING:
    from oirs_core.domain.catalogue import Catalogue
    from oirs_desktop.commands.machine import Machine

MARK = "personas"
"""File of the training counter: the day from which the visits are counted back, then ``DONE``."""
DONE = "listo"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. ``ago``: working days before the first start; ``hour``: local.

    ``said``: the answer, or the body that it was handed on to.
    """

    ago: int
    hour: str
    who: Persona
    tipo: Kind
    materia: str
    relato: str
    salida: Salida
    said: str = ""
    lugar: Lugar = Lugar.OFICINA


def _run(number: str, nombres: str, paterno: str, materno: str = "", **more: str) -> Persona:
    names = {"nombres": nombres, "apellido_paterno": paterno, "apellido_materno": materno}
    return Persona(DocType.RUN, number, **names, **{"comuna": "10401", **more})


ROSA = _run("12.345.678-5", "Rosa Elena", "Millapán", "Hueque", telefono="+56 9 5555 1234")
"""She comes again and again: the guided attention is with her."""
JOSE_ELDER = _run(
    "5.678.901-4", "José Miguel", "Soto", "Cárcamo", fecha_nacimiento="1948-05-02", telefono="+56 9 5555 2001"
)
JOSE_YOUNGER = _run(
    "19.876.543-0",
    *("José Miguel", "Soto", "Cárcamo"),
    fecha_nacimiento="1998-11-17",
    correo="jm.soto@correo.example",
)
PESQUERA = Persona(
    DocType.RUT_EMPRESA,
    "76.543.210-3",
    "Pesquera Los Ñirres Ltda.",
    representante="Carmen Gloria Uribe Aros",
    representante_run="15.321.789-0",
    comuna="10403",
)
WILMER = Persona(
    DocType.PASAPORTE, "CD765432", "Wilmer Antonio", "Rondón", "Güerere", nacionalidad="VE", comuna="10401"
)
TOMAS = _run(
    "25.987.654-0",
    *("Tomás Ignacio", "Vera", "Oyarzún"),
    fecha_nacimiento="2016-03-09",
    representante="Daniela Oyarzún Paz",
    representante_run="17.654.321-3",
)
ALEX = _run("21.456.789-K", "Alejandra", "Mancilla", "Barría", nombre_social="Alex")
SEGUNDO = _run("6.543.217-K", "Segundo Ariel", "Chiguay", "Nahuel", comuna="10404")
MARTA = _run("9.123.456-4", "Marta Inés", "Cárdenas", "Low", correo="marta.cardenas@correo.example")
PEDRO = _run("14.555.666-K", "Pedro Arnoldo", "Gallardo", "Yáñez", telefono="+56 9 5555 2009")
JUANA = _run("8.765.432-K", "Juana Rosa", "Nahuelquín", "Antilef", comuna="10403")
NOBODY = Persona()
BRENDA = Persona(DocType.SIN_DOCUMENTO, "", "Brenda Lucía", "Quispe", "Rojas", nacionalidad="BO")

_ANSWERED, _PENDING, _HANDED_ON = Salida.RESPONDIDA, Salida.PENDIENTE, Salida.DERIVADA
VISITS = (
    Visit(
        *(42, "09:15", ROSA, Kind.CONSULTA, "Registro Social de Hogares"),
        "Pregunta cómo agregar a su nieto en el registro.",
        *(_ANSWERED, "Se le explicó el trámite y se anotó su clave de acceso."),
    ),
    Visit(
        *(30, "10:05", SEGUNDO, Kind.RECLAMO, "Corte de camino por nieve"),
        "Reclama que la máquina no ha pasado por El Malito desde hace diez días.",
        *(_PENDING, ""),
        lugar=Lugar.TERRENO,
    ),
    Visit(
        *(25, "12:20", PESQUERA, Kind.PETICION, "Uso de la rampa de Hornopirén"),
        "Pide autorización para descargar en la rampa dos noches por semana.",
        *(_HANDED_ON, "Gobernación Marítima de Castro"),
    ),
    Visit(
        *(21, "11:40", JOSE_ELDER, Kind.CONSULTA, "Pensión Garantizada Universal (PGU)"),
        "Consulta desde cuándo se paga y si pierde su otra pensión.",
        *(_ANSWERED, "Se revisó con él el aviso de pago: parte en el mes próximo."),
    ),
    Visit(
        *(14, "09:50", WILMER, Kind.CONSULTA, "Residencia temporal"),
        "Quiere saber si puede trabajar mientras su solicitud está en trámite.",
        *(_ANSWERED, "Se le mostró dónde descargar el certificado de residencia en trámite."),
    ),
    Visit(
        *(12, "10:30", ALEX, Kind.RECLAMO, "Trato en una oficina pública"),
        "Pidió que usaran su nombre social y no lo hicieron.",
        *(_PENDING, ""),
    ),
    Visit(
        *(9, "13:10", JOSE_YOUNGER, Kind.CONSULTA, "Subsidio de arriendo"),
        "Pregunta qué necesita para postular con su pareja.",
        *(_ANSWERED, "Se entregó la lista de papeles y la fecha del llamado."),
    ),
    Visit(
        *(6, "09:35", TOMAS, Kind.PETICION, "Cupo en el internado"),
        "Su mamá pide un cupo en el internado: viven a dos horas en lancha.",
        *(_PENDING, ""),
    ),
    Visit(
        *(5, "12:05", JUANA, Kind.CONSULTA, "Subsidios de transporte en zonas aisladas"),
        "Pregunta por qué le cobraron pasaje entero en la barcaza.",
        *(_PENDING, ""),
    ),
    Visit(
        *(4, "11:15", NOBODY, Kind.SUGERENCIA, "Sala de espera"),
        "Sugiere poner un asiento a la sombra para la gente mayor.",
        *(_PENDING, ""),
    ),
    Visit(
        *(3, "10:50", MARTA, Kind.CONSULTA, "Subsidio eléctrico"),
        "Consulta si le corresponde el subsidio: vive sola y tiene la cuenta al día.",
        *(_PENDING, ""),
    ),
    Visit(
        *(3, "12:40", PEDRO, Kind.FELICITACION, "Atención en terreno"),
        "Agradece la ayuda para sacar el certificado de su padre.",
        *(_ANSWERED, "Se le agradeció y se avisó al equipo."),
    ),
    Visit(
        *(2, "09:20", BRENDA, Kind.CONSULTA, "Regularización y expulsiones"),
        "Perdió sus papeles en el viaje. Pregunta dónde empezar.",
        *(_ANSWERED, "Se le anotó la dirección del consulado y el horario de atención."),
    ),
    Visit(
        *(1, "13:30", ROSA, Kind.PETICION, "Visita en terreno"),
        "Pide que la visiten: no puede bajar al pueblo con su mamá.",
        *(_PENDING, ""),
    ),
)


def receive(machine: Machine) -> int:
    """File the visits that are not there yet, and write down that all are; how many were filed.

    Safe to repeat after any interruption: a visit that stands in the store is known by its time.
    """
    mark = machine.folder / MARK
    desk = machine.counter.desk
    zone = desk.session.office.zona
    lines = mark.read_text(encoding="utf-8").split() if mark.is_file() else []
    if DONE in lines:
        return 0
    today = date.fromisoformat(lines[0]) if lines else desk.moment().local(zone).date()
    mark.write_text(f"{today}\n", encoding="utf-8")
    me, users = desk.session.user, desk.session.office.funcionarios
    filed = 0
    try:
        for place, visit in enumerate(VISITS):
            draft = draft_of(visit, today, desk.catalogue)
            if find_twin(machine.store, draft, zone) is None:
                desk.sign_in(users[place % len(users)])
                machine.counter.register(draft)
                filed += 1
    finally:
        desk.sign_in(me)
    mark.write_text(f"{today}\n{DONE}\n", encoding="utf-8")
    return filed


def draft_of(visit: Visit, today: date, catalogue: Catalogue) -> Draft:
    """Give what the form would have held when the visit took place."""
    topic = catalogue.materia_named(visit.materia)
    day = working_day(today, visit.ago)
    handed_on = visit.salida is Salida.DERIVADA
    return Draft(
        persona=visit.who,
        tipo=visit.tipo,
        materia=Materia(visit.materia, topic.codigo if topic else ""),
        relato=visit.relato,
        salida=visit.salida,
        respuesta="" if handed_on else visit.said,
        destino=Institucion(visit.said) if handed_on else None,
        lugar=visit.lugar,
        localidad="El Malito" if visit.lugar is Lugar.TERRENO else "",
        medio=Medio.CORREO if visit.who.correo else Medio.PRESENCIAL,
        declared=datetime.combine(day, time.fromisoformat(visit.hour)),
    )


def working_day(today: date, ago: int) -> date:
    """Count ``ago`` days from Monday to Friday back from ``today``."""
    day = today
    while ago:
        day -= timedelta(days=1)
        ago -= day.weekday() < SATURDAY
    return day
