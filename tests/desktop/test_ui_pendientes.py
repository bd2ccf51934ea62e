from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Funcionario, Materia
from oirs_core.domain.kinds import Kind, Salida
from oirs_desktop.ui.case.caso import Caso
from oirs_desktop.ui.pages.pendientes import Pendientes
from oirs_desktop.ui.texts.lines import Heading, Line
from tests.support.keys import ALT, Key
from tests.support.office import DAY
from tests.support.stage import Stage, open_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


SURNAMES = " Millapán Hueque"


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with open_stage(qtbot, tmp_path) as opened:
        opened.raise_curtain()
        yield opened


def pendientes(stage: Stage) -> Pendientes:
    stage.keys.press(Key.Key_F8)
    stage.rest()
    assert isinstance(stage.screen, Pendientes)
    return stage.screen


def test_cases_stand_under_the_head_of_their_due_date(stage: Stage) -> None:
    office = stage.office  # today is Thursday; a consulta is promised in five business days
    office.file("Vencida", ago=10 * DAY)
    office.file("Hoy", ago=7 * DAY)
    office.file("Viernes", ago=6 * DAY)
    office.file("Otra semana")
    office.file("Sin fecha", tipo=Kind.FELICITACION)
    office.file("Respondida", salida=Salida.RESPONDIDA, respuesta="Sí.")
    office.deliver()
    office.file("Sin línea", salida=Salida.RESPONDIDA, respuesta="Sí.")
    told = [
        f"{item.text} {item.count}"
        if isinstance(item, Heading)
        else item.name.removesuffix(" Millapán Hueque")
        for item in pendientes(stage).list.items
    ]
    assert told == [
        *("Vencidos 1", "Vencida", "Vencen hoy 1", "Hoy", "Esta semana 1", "Viernes"),
        *("Después o sin fecha 2", "Otra semana", "Sin fecha", "Respondidos sin enviar 1", "Sin línea"),
    ]


def test_arrows_pass_over_the_heads_and_enter_opens(stage: Stage) -> None:
    stage.office.file("Vencida", ago=10 * DAY)
    today = stage.office.file("Hoy", ago=7 * DAY)
    screen = pendientes(stage)
    stage.keys.press(Key.Key_Down)
    assert screen.list.chosen is not None
    assert screen.list.chosen.id == today.id
    stage.keys.press(Key.Key_Return)
    stage.rest()
    assert isinstance(stage.screen, Caso)
    assert stage.screen.entity == today.id


def test_the_chosen_case_stays_chosen_when_news_arrives(stage: Stage) -> None:
    stage.office.file("Hoy", ago=7 * DAY)
    chosen = stage.office.file("Viernes", ago=6 * DAY)
    screen = pendientes(stage)
    stage.keys.press(Key.Key_Down)
    new = stage.office.file("Vencida", ago=10 * DAY)
    stage.office.deliver()
    stage.window.refresh(frozenset({new.id}))
    stage.rest()
    assert len(screen.list.items) == 5 + 3
    assert screen.list.chosen is not None
    assert screen.list.chosen.id == chosen.id


def test_a_run_cannot_be_read_in_the_list(stage: Stage) -> None:
    stage.office.file("Rosa Elena")
    lines = [item for item in pendientes(stage).list.items if isinstance(item, Line)]
    assert {line.doc for line in lines} == {"••.•••.678-5"}
    assert "12.345" not in lines[0].spoken


def test_no_pending_work_is_good_news(stage: Stage) -> None:
    screen = pendientes(stage)
    assert screen.empty.isVisible()
    assert screen.empty.title.text() == "No tiene casos pendientes. ¡Al día!"


def names(screen: Pendientes) -> list[str]:
    shown = [item for item in screen.list.items if isinstance(item, Line)]
    return [item.name.removesuffix(SURNAMES) for item in shown]


def heads(screen: Pendientes) -> list[str]:
    return [item.spoken for item in screen.list.items if isinstance(item, Heading)]


def test_the_five_groups_stand_always_with_their_counts(stage: Stage) -> None:
    stage.office.file("Rosa", ago=7 * DAY)
    assert heads(pendientes(stage)) == [
        "Vencidos, 0 casos",
        "Vencen hoy, 1 caso",
        "Esta semana, 0 casos",
        "Después o sin fecha, 0 casos",
        "Respondidos sin enviar, 0 casos",
    ]


def test_an_open_case_that_was_not_sent_stands_once_with_its_mark_and_the_mark_filters(stage: Stage) -> None:
    stage.office.file("Enviada", ago=7 * DAY)
    stage.office.deliver()
    stage.office.file("Rosa", ago=6 * DAY)
    stage.office.file("Ana", salida=Salida.RESPONDIDA, respuesta="Sí.")
    screen = pendientes(stage)
    assert names(screen) == ["Enviada", "Rosa", "Ana"]
    lines = [item for item in screen.list.items if isinstance(item, Line)]
    assert [(item.standing, item.below[0]) for item in lines] == [
        ("Ingresada", "Vence hoy"),
        ("Ingresada · sin enviar", "Vence mañana"),
        ("Respondida", "Sin enviar"),
    ]
    stage.keys.type("sin enviar")
    assert names(screen) == ["Rosa", "Ana"]


def test_letters_filter_at_once_without_accents_and_esc_takes_the_filter_away(stage: Stage) -> None:
    stage.office.file("Ángela")
    stage.office.file("Rosa", materia=Materia("Corte de camino"))
    stage.office.deliver()
    screen = pendientes(stage)
    stage.keys.type("ange")
    assert names(screen) == ["Ángela"]
    stage.keys.press(Key.Key_Escape)
    assert sorted(names(screen)) == ["Rosa", "Ángela"]
    stage.keys.type("camino rosa")
    assert names(screen) == ["Rosa"]
    stage.keys.type("x")
    assert screen.empty.title.text() == "Ningún caso pendiente calza con el filtro."
    stage.keys.press(Key.Key_Escape, times=2)
    stage.rest()
    assert stage.screen.name == "meson"


def test_kind_and_official_are_filters_with_keys_of_their_own(stage: Stage) -> None:
    office = stage.office
    office.file("Ana", tipo=Kind.RECLAMO)
    office.file("Rosa")
    office.desk.sign_in(Funcionario("juan", "Juan Soto"))
    office.file("Eva")
    office.deliver()
    screen = pendientes(stage)
    stage.keys.press(Key.Key_T, ALT)
    stage.keys.type("r")
    assert names(screen) == ["Ana"]
    stage.keys.press(Key.Key_Home)
    stage.keys.press(Key.Key_A, ALT)
    stage.keys.type("j")
    assert names(screen) == ["Eva"]
    assert "1 caso abierto de 3" in screen.count.text()


def test_how_soon_a_case_is_due_is_said_by_word_and_icon_not_by_colour_alone(stage: Stage) -> None:
    office = stage.office
    for ago in (10, 7, 6):
        office.file("Rosa", ago=ago * DAY)
    office.deliver()
    lines = [item for item in pendientes(stage).list.items if isinstance(item, Line)]
    assert [(item.due, item.light, item.tone) for item in lines] == [
        ("Venció el lun 23 nov", "octagon-alert", "danger"),
        ("Vence hoy", "clock", "warning"),
        ("Vence mañana", "calendar-clock", "good"),
    ]


def test_the_mouse_finds_the_day_s_close(stage: Stage) -> None:
    pendientes(stage).close_day.click()
    stage.rest()
    assert stage.screen.name == "cierre"
