"""The texts of the help: what each screen is for and what one does there, first steps, troubles, words."""

from __future__ import annotations

from typing import NamedTuple

from oirs_desktop.ui.look.i18n import later


class Topic(NamedTuple):
    """Help of one screen."""

    title: str
    lines: tuple[str, ...]


TOPICS = {
    "meson": Topic(
        later("Mesón"),
        (
            later("Una sola casilla para todo: RUN, folio, nombre o el código de un comprobante."),
            later("Escriba dos letras. Las flechas eligen y Enter abre."),
            later("Si el RUN es de alguien nuevo, Enter comienza su atención."),
            later("El lector de códigos funciona en cualquier pantalla: lea la cédula y ya está."),
            later("Lo que dejó en espera aparece aquí. F5 sigue y Alt+X descarta."),
        ),
    ),
    "nueva": Topic(
        later("Nueva atención"),
        (
            later("Nadie se va por no tener RUN: elija otro documento, sin documento o anónimo."),
            later("Si dos personas se llaman igual, el programa las muestra. Elija con las flechas."),
            later("Alt+1, Alt+2 y Alt+3 llevan a Quién, Qué y Cómo termina."),
            later("El punto y coma muestra frases frecuentes en los textos."),
            later("Ctrl+J adjunta un documento. También puede arrastrarlo o pegarlo."),
            later("Alt+L anota otro lugar u otra fecha, por ejemplo una salida a terreno."),
            later("F5 deja la atención en espera y atiende a otra persona. Caben cinco."),
            later("Lo que escribe se guarda solo cada dos segundos."),
            later("Ctrl+M muestra el texto en grande, para que la persona lo confirme."),
            later("Ctrl+Enter registra. Si falta algo, la página dice qué."),
        ),
    ),
    "comprobante": Topic(
        later("Comprobante"),
        (
            later("El folio ya es definitivo. Dígalo en voz alta, por grupos."),
            later("Enter imprime. Sin impresora, el comprobante queda en PDF y Alt+P lo abre."),
            later("Con el folio y la clave de seguimiento la persona puede volver a preguntar."),
            later("F9 hace otra copia: el papel dice COPIA."),
            later("Alt+D muestra cómo se contó el plazo."),
            later("F2 atiende a la persona siguiente."),
        ),
    ),
    "caso": Topic(
        later("Caso"),
        (
            later("F6 responde, F7 deriva y F4 anota. Guarde con Ctrl+Enter."),
            later("Alt+1 pone una respuesta lista. Léala y complétela antes de guardar."),
            later("Ctrl+Shift+Enter guarda la respuesta y cierra el caso."),
            later("Alt+C corrige un dato. La historia conserva lo que decía antes."),
            later("¿Se equivocó? Alt+Z deshace durante diez segundos."),
            later("Nada se borra: lo deshecho queda tachado en la historia."),
            later("Si dos personas corrigieron lo mismo, compare y elija. Nada se perdió."),
        ),
    ),
    "busqueda": Topic(
        later("Buscar"),
        (
            later("Bastan los últimos cuatro o cinco símbolos del folio."),
            later("También sirve el RUN, un nombre sin tildes o palabras del relato."),
            later("Las flechas eligen y Enter abre. Si hay un solo caso, Enter lo abre."),
            later("Un caso de otra oficina puede no estar en este equipo."),
        ),
    ),
    "pendientes": Topic(
        later("Pendientes"),
        (
            later("Primero lo vencido, luego lo que vence hoy y esta semana."),
            later("Escriba letras para filtrar. Esc quita el filtro."),
            later("Las flechas eligen y Enter abre."),
            later("Escriba «sin enviar» para ver solo los que esperan."),
            later("«Sin enviar» no es una falta suya: se envía solo cuando hay conexión."),
        ),
    ),
    "cierre": Topic(
        later("Cierre del día"),
        (
            later("Muestra cuántas atenciones hubo y los folios del día."),
            later("Lea los avisos: un borrador o un salto de folio se explica aquí."),
            later("Enter cierra el día, guarda el libro y lo imprime. Alt+P abre su carpeta."),
            later("Si hay borradores, Enter lo dice primero. Otro Enter cierra igual."),
            later("Puede cerrar otra vez: el libro nuevo reemplaza al anterior."),
            later("Alt+← y Alt+→ muestran otros días."),
        ),
    ),
    "envio": Topic(
        later("Envío de datos"),
        (
            later("Dice qué espera, desde cuándo y por qué. Los casos se envían solos."),
            later("Ctrl+Enter prueba ahora. Puede seguir atendiendo mientras tanto."),
            later("«Todo está entregado» aparece solo cuando la central lo comprobó, documentos incluidos."),
            later("Si dos personas corrigieron lo mismo, Alt+C abre el caso para decidir."),
            later("Lo que no se puede leer está guardado. Cada aviso trae el botón que lo arregla."),
            later("Alt+L lleva los casos en un pendrive. Alt+T trae la respuesta de la central."),
            later("Exportado no es entregado: falta traer esa respuesta."),
            later("Alt+P pausa los documentos. Los casos se envían igual."),
        ),
    ),
    "preferencias": Topic(
        later("Preferencias"),
        (
            later("Elija el tamaño de la letra y el aspecto. Se aplican de inmediato."),
            later("Ctrl y + agranda, Ctrl y - achica, Ctrl y 0 vuelve al 100 %."),
            later("Si informática pregunta la versión, está en «Acerca de»."),
        ),
    ),
}
"""By the name of the screen."""
STEPS = (
    later("Presione F2, escriba el RUN y Enter. Si ya vino antes, sus datos aparecen solos."),
    later("¿No tiene RUN o prefiere no darlo? Elija otro documento o Anónimo: igual se atiende."),
    later("Escriba las primeras letras de la materia y Enter. Si no está, déjela con sus palabras."),
    later("Anote lo que la persona cuenta y marque cómo termina la atención."),
    later("Ctrl+Enter registra. El folio aparece grande: dígalo por grupos y entregue el comprobante."),
)
TROUBLES = (
    (
        later("No hay conexión"),
        later("Siga atendiendo. Los casos se envían solos cuando vuelve. F10 dice por qué."),
    ),
    (
        later("La impresora no responde"),
        later("El caso ya está guardado. Dicte el folio; después imprima con F9."),
    ),
    (later("Hora no confiable"), later("El reloj no se pudo comprobar. Puede seguir; avise a informática.")),
    (
        later("Se cortó la luz"),
        later("Abra el programa de nuevo. Lo registrado está guardado y el borrador lo espera."),
    ),
    (
        later("No hay espacio en el disco"),
        later("El caso NO se guardó; su texto sigue en pantalla. Avise a informática."),
    ),
    (later("El lector no hace nada"), later("Escriba el RUN a mano: el resultado es el mismo.")),
)
WORDS = (
    (later("Folio"), later("El número del caso. Es definitivo y no se repite.")),
    (later("Clave de seguimiento"), later("Palabra secreta del comprobante. Solo la tiene la persona.")),
    (later("Derivar"), later("Encargar el caso a la institución que debe responder.")),
    (later("Anotar"), later("Dejar una nota interna. No es una respuesta.")),
    (later("Plazo"), later("Fecha máxima de respuesta que dice el comprobante.")),
    (later("Compromiso"), later("Plazo que fija su oficina cuando la ley no fija uno.")),
)
