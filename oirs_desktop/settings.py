"""The settings of a counter: each declared once, read from one TOML file.

What the centre sets (office, officials, commitments, catalogues) is no setting: it comes down.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from oirs_core.domain.errors import OirsError
from oirs_desktop.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "settings.toml"


class SettingWrong(OirsError):
    """A line of the file that cannot be used. ``key``, ``reason``: unknown, type, choice, range or syntax."""

    code = "setting"


class SettingsUnwritten(OirsError):
    """The file could not be written."""

    code = "settings_unwritten"


def _declare(default: Any, text: str, choices: tuple[object, ...] = (), low: int | None = None) -> Any:  # noqa: ANN401
    return field(default=default, metadata={"help": text, "choices": choices, "low": low})


@dataclass(frozen=True, slots=True)
class Settings:
    """Values in use. The name of a field is its key in the file."""

    paper: str = _declare("a4", "Paper of the receipt.", choices=("a4", "letter", "a5", "roll80"))
    printer: str = _declare(
        "", "Name of the printer as the system knows it; empty: the system's default printer."
    )
    theme: str = _declare("system", "Colours of the window.", choices=("system", "light", "dark", "contrast"))
    text_size: int = _declare(100, "Size of letters and controls, percent.", choices=(100, 125, 150, 200))
    spelling: bool = _declare(default=True, text="Mark words that the Spanish dictionary does not know.")
    scans: str = _declare("", "Folder into which the scanner writes; what comes there is offered.")
    language: str = _declare(
        "es", "Language of the window, from the next start; English is a beginning.", choices=("es", "en")
    )
    sync_timeout_s: int = _declare(60, "Longest silence of the centre before giving up, seconds.", low=5)
    sync_pause_max_s: int = _declare(
        900, "Longest pause between two attempts without a line, seconds.", low=10
    )
    documents_mb_a_day: int = _declare(
        20, "Megabytes of documents sent to the centre a day; text is never counted. 0: no limit.", low=0
    )
    journal_folder: str = _declare(
        "", "Folder of the second copy of each day, best on another disk; empty: beside the data."
    )
    journal_days: int = _declare(
        30, "Days that a file of the second copy is kept at least, also once delivered.", low=1
    )
    archive_months: int = _declare(
        24,
        "Months that a finished case stays on this machine once the centre has it in a backup. 0: for ever.",
        low=0,
    )
    log_level: str = _declare("info", "How much the journal tells.", choices=("debug", "info", "error"))


def load(path: Path) -> Settings:
    """Read a settings file; the defaults when there is none. SettingWrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except OSError as why:
        raise SettingWrong(key=path.name, reason="closed") from why
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise SettingWrong(key=path.name, reason="syntax") from why
    return parse(raw)


def parse(raw: dict[str, Any]) -> Settings:
    """Check the values of a file. SettingWrong for the first that cannot be used."""
    known = {part.name: part for part in fields(Settings)}
    for key, value in raw.items():
        if key not in known:
            raise SettingWrong(key=key, reason="unknown")
        part = known[key]
        # type(): True is no number here
        if type(value) is not type(part.default):
            raise SettingWrong(key=key, reason="type")
        if part.metadata["choices"] and value not in part.metadata["choices"]:
            raise SettingWrong(key=key, reason="choice")
        if part.metadata["low"] is not None and value < part.metadata["low"]:
            raise SettingWrong(key=key, reason="range")
    return Settings(**raw)


def named(path: Path) -> frozenset[str]:
    """Give the keys that the file sets; none for a file that cannot be read."""
    try:
        return frozenset(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return frozenset()


def change(path: Path, **values: str | int | bool) -> Settings:
    """Set keys in the file and leave its other lines as they were. SettingWrong, SettingsUnwritten."""
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    lines = before.splitlines()
    for key, value in values.items():
        # JSON writes strings, numbers and booleans as TOML does.
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        places = [n for n, text in enumerate(lines) if re.match(rf"\s*{key}\s*=", text)]
        if places:
            lines[places[0]] = line
        else:
            lines.append(line)
    after = "\n".join(lines) + "\n"
    try:
        settings = parse(tomllib.loads(after))
    except tomllib.TOMLDecodeError as why:
        raise SettingWrong(key=path.name, reason="syntax") from why
    try:
        write_whole(path, after.encode())
    except OSError as why:
        raise SettingsUnwritten from why
    return settings


def document() -> str:
    """Write `docs/settings.md`."""
    lines = [
        "# Settings",
        "",
        f"A counter reads `{FILE_NAME}` in its data folder, if it is there. Each key may be left out.",
        "This page is written by `python -m oirs_desktop.settings > docs/settings.md`; a test compares them.",
        "",
        "| key | type | default | meaning |",
        "|---|---|---|---|",
    ]
    for part in fields(Settings):
        choices = ", ".join(f"`{choice}`" for choice in part.metadata["choices"])
        low = part.metadata["low"]
        more = f" One of {choices}." if choices else f" At least {low}." if low is not None else ""
        kind = {"str": "text", "int": "whole number", "bool": "true or false"}[type(part.default).__name__]
        default = f"`{json.dumps(part.default)}`"
        lines.append(f"| `{part.name}` | {kind} | {default} | {part.metadata['help']}{more} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - the page is the output
