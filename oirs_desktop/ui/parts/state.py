"""What stands in a form as plain text: exactly as typed, also what would be refused when registering."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from oirs_core.domain.errors import RutRefused
from oirs_core.domain.kinds import DocType
from oirs_core.domain.rut import Rut
from oirs_desktop.ui.parts.choices import Choice, ChoiceRow
from oirs_desktop.ui.parts.fields import TextBox
from oirs_desktop.ui.parts.suggest import Suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

CODE = "#"
"""Ends the name under which the catalogue code of a line stands, beside its words."""

State = dict[str, dict[str, str]]
"""Card, field, text."""


def read_editor(name: str, editor: QWidget) -> dict[str, str]:
    """Give the texts of one editor; what is empty is left out."""
    if isinstance(editor, Choice | ChoiceRow):
        return {name: str(editor.value())}
    if isinstance(editor, TextBox):
        found = {name: editor.text()}
    elif isinstance(editor, QLineEdit):
        found = {name: editor.text()}
        if isinstance(editor, Suggest):
            found[name + CODE] = str(editor.value() or "")
    else:
        found = {}
    return {key: text for key, text in found.items() if text}


def write_editor(name: str, editor: QWidget, state: Mapping[str, str]) -> None:
    """Put texts back; what is not there empties a line, and leaves a choice as it is."""
    text = state.get(name, "")
    if isinstance(editor, Choice | ChoiceRow):
        known = {str(value): value for value in editor.values}
        if text in known:
            editor.choose(known[text])
    elif isinstance(editor, TextBox):
        editor.set_text(text)
    elif isinstance(editor, Suggest):
        editor.set_value(text, state.get(name + CODE) or None)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)


def dump(state: State) -> str:
    """Write a form as JSON of ASCII alone: halves of an emoji that were pasted apart survive too."""
    return json.dumps(state, sort_keys=True)


def load(form: str) -> State:
    """Read a form. What another version wrote and this one cannot read is left out, never refused."""
    try:
        found = json.loads(form)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    cards = {card: fields for card, fields in found.items() if isinstance(fields, dict)}
    return {
        card: {name: text for name, text in fields.items() if isinstance(text, str)}
        for card, fields in cards.items()
    }


def about(form: str) -> str:
    """Say in a few words whose form it is: the name, else the number, else the topic; or nothing."""
    state = load(form)
    who, what = state.get("quien", {}), state.get("que", {})
    parts = [who.get(name, "").strip() for name in ("nombres", "apellido_paterno", "apellido_materno")]
    name = " ".join(part for part in parts if part)
    return name or _number(who) or what.get("materia", "") or what.get("relato", "")[:40]


def _number(who: Mapping[str, str]) -> str:
    """Write a RUN or RUT with its points; other numbers, or half of one, as typed."""
    number = who.get("doc_numero", "")
    try:
        checked = who.get("doc_tipo", DocType.RUN) in {DocType.RUN, DocType.RUT_EMPRESA}
        return Rut.parse(number).pretty if checked else number
    except RutRefused:
        return number


def number_of(form: str) -> str:
    """Give the canonical RUN or RUT that stands in a form; empty for anything else."""
    try:
        return str(Rut.parse(load(form).get("quien", {}).get("doc_numero", "")))
    except RutRefused:
        return ""


def topic(form: str) -> str:
    """Give the topic that a form is about; empty while there is none."""
    return load(form).get("que", {}).get("materia", "")
