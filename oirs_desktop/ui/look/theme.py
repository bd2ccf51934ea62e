"""Turns the tokens of the look into palette, fonts and style sheet; no colour or size stands elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from oirs_core.resources import resource
from oirs_desktop.ui.look.sheet import style_sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FAMILY = "Atkinson Hyperlegible Next"
FONT_FILES = ("AtkinsonHyperlegibleNext-Regular.ttf", "AtkinsonHyperlegibleNext-Bold.ttf")

PAGE_WIDTH = 960
FIELD_HEIGHT = 40
BOX_HEIGHT = 56
ICON_SIZE = 20
RING_WIDTH = 3
RING_GAP = 2
FRAME_WIDTH = 6
MIN_SCALE, MAX_SCALE = 1.0, 2.0


class Look(StrEnum):
    """The three sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Text(StrEnum):
    """Roles of text; each has one size."""

    BODY = "body"
    MUTED = "muted"
    SMALL = "small"
    STRONG = "strong"
    SECTION = "section"
    TITLE = "title"
    FOLIO = "folio"
    BRAND = "brand"
    READ = "read"
    READ_LABEL = "read-label"
    READ_TITLE = "read-title"


SIZES: dict[Text, int] = {
    Text.BODY: 16,
    Text.MUTED: 16,
    Text.SMALL: 14,
    Text.STRONG: 16,
    Text.SECTION: 20,
    Text.TITLE: 28,
    Text.FOLIO: 53,  # 40 pt
    Text.BRAND: 20,
    Text.READ: 30,  # for somebody a metre away
    Text.READ_LABEL: 20,
    Text.READ_TITLE: 40,
}
BOLD = frozenset({Text.STRONG, Text.SECTION, Text.TITLE, Text.FOLIO, Text.BRAND, Text.READ_TITLE})


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by use, as ``#RRGGBB``; the contrasts are held by tests."""

    bg: str
    surface: str
    ink: str
    muted: str
    line: str
    hairline: str
    hover: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    danger: str
    warning: str
    good: str
    focus: str
    training: str = "#FFD84D"
    on_training: str = "#0A132D"


TOKENS: dict[Look, Tokens] = {
    Look.LIGHT: Tokens(
        bg="#F5F7FA",
        surface="#FFFFFF",
        ink="#0A132D",
        muted="#4A5468",
        line="#8A94A6",
        hairline="#DDE3EC",
        hover="#EDF2F8",
        accent="#006FB3",
        accent_hover="#005A94",
        on_accent="#FFFFFF",
        selection="#E2EFF8",
        danger="#B3261E",
        warning="#8A5A00",
        good="#1E6B3A",
        focus="#0A132D",
    ),
    Look.DARK: Tokens(
        bg="#10151F",
        surface="#1A2130",
        ink="#F2F5FA",
        muted="#B4BECF",
        line="#75829A",
        hairline="#2C3648",
        hover="#232C3E",
        accent="#63B7EA",
        accent_hover="#8BCBF1",
        on_accent="#0A132D",
        selection="#24415A",
        danger="#FF9A92",
        warning="#F2C55C",
        good="#7FD39B",
        focus="#FFFFFF",
    ),
    Look.CONTRAST: Tokens(
        bg="#000000",
        surface="#000000",
        ink="#FFFFFF",
        muted="#FFFFFF",
        line="#FFFFFF",
        hairline="#FFFFFF",
        hover="#262626",
        accent="#FFEB00",
        accent_hover="#FFF68A",
        on_accent="#000000",
        selection="#3D3D00",
        danger="#FFB3AD",
        warning="#FFEB00",
        good="#9CF0B4",
        focus="#FFEB00",
    ),
}


class Theme:
    """One look at one size. ``scale``: 1.0 to 2.0, by which every length and text grows."""

    def __init__(self, look: Look = Look.LIGHT, scale: float = 1.0) -> None:
        self.look = look
        self.scale = min(max(scale, MIN_SCALE), MAX_SCALE)
        self.tokens = TOKENS[look]

    def px(self, length: float) -> int:
        """Give a length of the 100 % design in pixels of this size; never less than one."""
        return max(1, round(length * self.scale))

    def font(self, role: Text = Text.BODY) -> QFont:
        """Font of a role; digits are tabular so that columns of numbers stand straight."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(SIZES[role]))
        font.setBold(role in BOLD)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, token: str) -> QColor:
        """Colour of a token by its name, for what is painted by hand."""
        return QColor(getattr(self.tokens, token))

    def palette(self) -> QPalette:
        """Palette for Fusion, so that what no rule of the sheet reaches still fits."""
        t, role = self.tokens, QPalette.ColorRole
        palette = QPalette()
        for which, value in (
            (role.Window, t.bg),
            (role.WindowText, t.ink),
            (role.Base, t.surface),
            (role.AlternateBase, t.hover),
            (role.Text, t.ink),
            (role.PlaceholderText, t.muted),
            (role.Button, t.surface),
            (role.ButtonText, t.ink),
            (role.Highlight, t.accent),
            (role.HighlightedText, t.on_accent),
            (role.Link, t.accent),
            (role.ToolTipBase, t.ink),
            (role.ToolTipText, t.surface),
            (role.Mid, t.line),
        ):
            palette.setColor(which, QColor(value))
        return palette

    def style_sheet(self) -> str:
        """Give the whole sheet for this look and size."""
        return style_sheet(self)

    def apply(self, app: QApplication) -> None:
        """Dress the application: bundled fonts, Fusion, palette, sheet."""
        load_fonts()
        app.setStyle("Fusion")
        app.setFont(self.font())
        app.setPalette(self.palette())
        app.setStyleSheet(self.style_sheet())


def system_look(app: QApplication) -> Look:
    """Give the look that the system asks for: dark where its windows are dark."""
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Look.DARK if dark else Look.LIGHT


def load_fonts() -> None:
    """Register the bundled fonts once; the same files go into the receipts."""
    if FAMILY in QFontDatabase.families():
        return
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))
