"""The colours can be read, the sizes grow, and nothing else decides about looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from oirs_core.resources import resource
from oirs_desktop.ui.look.icons import pixmap
from oirs_desktop.ui.look.sheet import style_sheet
from oirs_desktop.ui.look.theme import FAMILY, FIELD_HEIGHT, TOKENS, Look, Text, Theme, load_fonts
from oirs_desktop.ui.parts.fields import Field, TextLine
from oirs_desktop.ui.parts.widgets import PlainLabel, PrimaryButton
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TEXT, STRONG = 4.5, 7.0
TEXTS = ("ink", "muted", "accent", "danger", "warning", "good")
UI = sorted((ROOT / "oirs_desktop/ui").rglob("*.py"))


def luminance(color: str) -> float:
    parts = [channel / 255 for channel in QColor(color).getRgb()[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("ground", ["bg", "surface", "selection", "hover"])
def test_text_can_be_read_on_every_ground(look: Look, ground: str) -> None:
    tokens = TOKENS[look]
    least = STRONG if look is Look.CONTRAST else TEXT
    names = TEXTS if ground in {"bg", "surface"} else ("ink", "muted", "accent")
    weak = {n: contrast(getattr(tokens, n), getattr(tokens, ground)) for n in names}
    assert [f"{n} {value:.2f}" for n, value in weak.items() if value < least] == []


@pytest.mark.parametrize("look", Look)
def test_edges_and_ring_can_be_seen(look: Look) -> None:
    tokens = TOKENS[look]
    assert min(contrast(tokens.line, tokens.bg), contrast(tokens.line, tokens.surface)) >= 2.8
    assert min(contrast(tokens.focus, tokens.bg), contrast(tokens.focus, tokens.surface)) >= TEXT
    assert contrast(tokens.on_accent, tokens.accent) >= TEXT
    assert contrast(tokens.on_accent, tokens.accent_hover) >= TEXT
    assert contrast(tokens.on_training, tokens.training) >= STRONG


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_sheet_has_no_token_or_length_left_over(look: Look, scale: float) -> None:
    sheet = style_sheet(Theme(look, scale))
    assert re.findall(r"\{[a-z_]+\}|<\d+>", sheet) == []
    assert TOKENS[look].surface in sheet


@pytest.mark.parametrize("path", UI, ids=lambda path: path.name)
def test_colours_stand_in_the_theme_only(path: object) -> None:
    name = path.name  # type: ignore[attr-defined]
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    allowed = {"theme.py", "sheet.py"}
    assert name in allowed or re.findall(r"#[0-9A-Fa-f]{6}\b|setStyleSheet\(|QColor\(\"", text) == []


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_the_mark_of_a_choice_is_round_at_every_size(scale: float) -> None:
    # Qt draws a box square when its radius is more than half of it.
    for mark in re.findall(r"QRadioButton::indicator[^{]*\{([^}]+)\}", style_sheet(Theme(scale=scale))):
        length = {name: int(px) for name, px in re.findall(r"([a-z-]+): (\d+)px", mark)}
        assert (
            "border-radius" not in length
            or length["width"] + 2 * length["border"] >= 2 * length["border-radius"]
        )


def test_no_text_is_smaller_than_14_pixels() -> None:
    sizes = [Theme().font(role).pixelSize() for role in Text]
    assert min(sizes) >= 14
    assert Theme().font(Text.BODY).pixelSize() == 16
    assert Theme(scale=2).font(Text.BODY).pixelSize() == 32


def test_the_bundled_font_is_used(qtbot: QtBot) -> None:
    assert qtbot
    load_fonts()
    assert FAMILY in QFontDatabase.families()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_fields_and_buttons_are_high_enough_to_hit(qtbot: QtBot, scale: float) -> None:
    theme = Theme(scale=scale)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    app.setProperty("dressed", "")
    line, button, page = TextLine(), PrimaryButton(theme, "Registrar", "Ctrl+Return"), QWidget()
    column = QVBoxLayout(page)
    column.addWidget(line)
    column.addWidget(button)
    qtbot.addWidget(page)
    page.grab()
    assert line.height() >= theme.px(FIELD_HEIGHT)
    assert button.height() >= theme.px(48)
    assert button.shown_key == "Ctrl+Enter"


@pytest.mark.parametrize("look", Look)
def test_the_hint_in_an_empty_field_is_as_dark_as_other_small_text(qtbot: QtBot, look: Look) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    Theme(look).apply(app)
    app.setProperty("dressed", "")
    line = TextLine("Escriba parte del nombre")
    qtbot.addWidget(line)
    line.ensurePolished()
    assert line.palette().placeholderText().color() == QColor(TOKENS[look].muted)


def test_typed_text_is_never_taken_for_markup(qtbot: QtBot) -> None:
    label = PlainLabel("<b>x</b>")
    qtbot.addWidget(label)
    assert label.sizeHint().width() > PlainLabel("x").sizeHint().width() * 3


def test_a_field_says_its_problem_to_those_who_listen(qtbot: QtBot) -> None:
    field = Field(Theme(), "Materia", TextLine(), hint="Escriba dos letras.")
    qtbot.addWidget(field)
    assert field.editor.accessibleName() == "Materia"
    field.set_problem("Falta la materia.")
    assert field.editor.accessibleDescription() == "Falta la materia."
    field.set_problem("")
    assert field.editor.accessibleDescription() == "Escriba dos letras."


def test_every_icon_that_is_named_is_bundled(qtbot: QtBot) -> None:
    assert qtbot
    assert not pixmap("check", "#000000", 20).isNull()
    named = {n for p in UI for n in re.findall(r'icon="([a-z0-9-]+)"', p.read_text(encoding="utf-8"))}
    assert named
    for name in named:
        assert resource("icons", f"{name}.svg")
