"""What stands in the form, as the desk takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oirs_desktop.desk import Draft
    from oirs_desktop.ui.form.nueva import Nueva


def draft_of(form: Nueva) -> Draft:
    """Gather the cards of a form that has no problems."""
    # The desk pulls in the store and the keys, which the window must not wait for.
    from oirs_desktop.desk import Draft  # noqa: PLC0415

    quien, que, termina, donde = form.quien, form.que, form.termina, form.donde
    return Draft(
        persona=quien.persona(),
        tipo=que.kind(),
        materia=que.topic(),
        relato=que.text("relato"),
        salida=termina.salida(),
        respuesta=termina.text("respuesta"),
        destino=termina.destination(),
        motivo=termina.text("motivo"),
        lugar=donde.lugar(),
        localidad=donde.text("localidad"),
        medio=quien.medio(),
        institucion=que.body_named(),
        declared=donde.declared(),
        slot=form.shelf.slot,
    )
