"""The style sheet of Qt, written from the tokens of a theme."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oirs_desktop.ui.look.theme import Theme

# Names in braces are tokens of the theme; ``<n>`` is a length of the 100 % design in pixels.
_FRAME = """
* { outline: 0; }
QWidget { color: {ink}; font-family: "Atkinson Hyperlegible Next"; font-size: <16>; }
QMainWindow, QWidget#page, QWidget#viewport, QStackedWidget { background: {bg}; }
QScrollArea { background: {bg}; border: 0; }
QWidget#header { background: {surface}; border-bottom: <1> solid {hairline}; }
QWidget#strip { background: {surface}; border-top: <1> solid {hairline}; }
QFrame#guide { background: {selection}; border-bottom: <1> solid {hairline}; }
QWidget#training { background: {training}; }
QLabel#training { background: {training}; color: {on_training}; font-weight: bold; font-size: <14>; }
QToolTip { background: {ink}; color: {surface}; border: 0; padding: <8>; font-size: <14>; }
"""

_TEXT = """
QLabel { background: transparent; }
QLabel[role="muted"] { color: {muted}; }
QLabel[role="small"] { color: {muted}; font-size: <14>; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="section"] { font-size: <20>; font-weight: bold; }
QLabel[role="title"] { font-size: <28>; font-weight: bold; }
QLabel[role="brand"] { font-size: <20>; font-weight: bold; color: {accent}; }
QLabel[role="read"] { font-size: <30>; }
QLabel[role="read-label"] { font-size: <20>; color: {muted}; }
QLabel[role="read-title"] { font-size: <40>; font-weight: bold; }
QLabel[role="folio"] { font-size: <53>; font-weight: bold; }
QLabel[struck="true"] { text-decoration: line-through; color: {muted}; }
QLabel[tone="danger"] { color: {danger}; }
QLabel[tone="warning"] { color: {warning}; }
QLabel[tone="good"] { color: {good}; }
QLabel[tone="accent"] { color: {accent}; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QComboBox {
    background: {surface}; color: {ink}; border: <1> solid {line}; border-radius: <4>;
    padding: 0 <11>; selection-background-color: {accent}; selection-color: {on_accent};
}
QLineEdit, QPlainTextEdit { placeholder-text-color: {muted}; }
QLineEdit, QComboBox { min-height: <38>; max-height: <38>; }
QPlainTextEdit { padding: <6> <7>; }
QLineEdit[kind="box"] { min-height: <52>; max-height: <52>; font-size: <20>; padding: 0 <14> 0 <44>;
    border-width: <2>; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: {ink}; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border-color: {accent}; }
QLineEdit:disabled, QLineEdit:read-only { background: {bg}; color: {muted}; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] {
    border: <2> solid {danger}; padding-left: <10>; }
QLineEdit[problem="true"] { min-height: <36>; max-height: <36>; }
QComboBox[kind="header"] { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: <36>; }
QComboBox::down-arrow { image: none; width: <16>; height: <16>; }
QComboBox QAbstractItemView { background: {surface}; color: {ink}; border: <1> solid {line}; padding: <4>;
    selection-background-color: {selection}; selection-color: {ink}; }
QRadioButton { background: {surface}; border: <1> solid {line}; border-radius: <4>; padding: 0 <14> 0 <10>;
    min-height: <38>; spacing: <8>; }
QRadioButton:hover { border-color: {ink}; background: {hover}; }
QRadioButton:checked { background: {selection}; border: <1> solid {accent}; }
QRadioButton::indicator { width: <14>; height: <14>; border: <2> solid {line}; border-radius: <9>;
    background: {surface}; }
QRadioButton::indicator:checked { width: <8>; height: <8>; border: <5> solid {accent};
    background: {on_accent}; }
QCheckBox { spacing: <8>; min-height: <38>; padding-right: <4>; }
QCheckBox::indicator { width: <18>; height: <18>; border: <2> solid {line}; border-radius: <4>;
    background: {surface}; }
QCheckBox::indicator:hover { border-color: {ink}; }
QCheckBox::indicator:checked { border-color: {accent}; background: {accent}; }
"""

_BUTTONS = """
QPushButton { background: {surface}; color: {ink}; border: <1> solid {line}; border-radius: <4>;
    padding: 0 <16>; min-height: <38>; }
QPushButton:hover { background: {hover}; border-color: {ink}; }
QPushButton:pressed { background: {selection}; }
QPushButton[dim="true"] { border-style: dashed; }
QPushButton[kind="primary"] { background: {accent}; color: {on_accent}; border: <1> solid {accent};
    min-height: <46>; font-weight: bold; padding: 0 <20>; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed { background: {accent_hover};
    border-color: {accent_hover}; }
QPushButton[kind="key"] { background: transparent; border: <1> solid {line}; padding: 0 <12>; }
QPushButton[kind="key"][tight="true"] { padding: 0 <8>; }
QPushButton[kind="key"]:hover { background: {hover}; }
QPushButton[kind="key"]:checked { background: {selection}; border: <2> solid {accent}; padding: 0 <11>;
    min-height: <36>; }
QPushButton[kind="key"][tight="true"]:checked { padding: 0 <7>; }
QPushButton[kind="link"] { background: transparent; border: <1> solid transparent; color: {accent};
    text-align: left; padding: 0 <8>; }
QPushButton[kind="line"] { background: transparent; border: 0; color: {accent}; text-align: left;
    padding: 0; min-height: <28>; }
QPushButton[kind="line"]:hover, QPushButton[kind="link"]:hover { text-decoration: underline;
    background: {hover}; }
QPushButton[kind="header"] { background: transparent; border: <1> solid {line}; padding: 0 <12>;
    min-height: <30>; font-size: <14>; }
"""

_BLOCKS = """
QFrame#card { background: {surface}; border: <1> solid {hairline}; border-radius: <8>; }
QFrame#paper { background: #FFFFFF; border: <1> solid {line}; }
QFrame#banner { background: {surface}; border: <1> solid {line}; border-left: <6> solid {line};
    border-radius: <4>; }
QFrame#banner[tone="danger"] { border-color: {danger}; }
QFrame#banner[tone="warning"] { border-color: {warning}; }
QFrame#banner[tone="good"] { border-color: {good}; }
QFrame#banner[tone="info"] { border-color: {accent}; }
QFrame#toast { background: {ink}; border-radius: <4>; }
QFrame#toast QLabel { color: {bg}; }
QFrame#toast QPushButton { background: transparent; color: {bg}; border: <1> solid {bg}; }
QFrame#suggestions { background: {surface}; border: <1> solid {accent}; border-radius: <4>; }
QListView, QTableView { background: {surface}; border: <1> solid {hairline}; border-radius: <8>; }
QListView[bare="true"] { background: transparent; border: 0; border-radius: 0; }
QHeaderView::section { background: {bg}; color: {muted}; border: 0; padding: <8>; }
QScrollBar:vertical { background: transparent; width: <12>; margin: 0; }
QScrollBar::handle:vertical { background: {line}; border-radius: <4>; min-height: <40>; margin: <2>; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollBar:horizontal { background: transparent; height: <12>; }
QScrollBar::handle:horizontal { background: {line}; border-radius: <4>; min-width: <40>; margin: <2>; }
"""


def style_sheet(theme: Theme) -> str:
    """Write the sheet: tokens become colours, ``<n>`` becomes pixels of the theme's size."""
    colors = asdict(theme.tokens)
    sheet = _FRAME + _TEXT + _FIELDS + _BUTTONS + _BLOCKS
    sheet = re.sub(r"\{([a-z_]+)\}", lambda name: colors[name[1]], sheet)
    # Qt draws square what is rounder than half its side: a radius is never rounded up.
    sheet = re.sub(
        r"border-radius: <(\d+)>", lambda n: f"border-radius: {int(int(n[1]) * theme.scale)}px", sheet
    )
    return re.sub(r"<(\d+)>", lambda length: f"{theme.px(int(length[1]))}px", sheet)
