"""The journal of the program: one JSON line an event, and nothing about anybody in it.

What may stand there is a closed list: a name of an event, codes, numbers. Texts, names, documents
and folios have no way in.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oirs_core.domain.errors import OirsError

if TYPE_CHECKING:
    from collections.abc import Callable

LOGGER = "oirs"
FILE_NAME = "oirs.log"
MAX_BYTES = 1 << 20
BACKUPS = 3
CODE = re.compile(r"(?!.*\d{5})[a-z][a-z0-9_.:/-]{0,39}")
"""Begins with a letter and holds no long number: neither a RUN nor a telephone is a code."""
FIELDS = "oirs_fields"


def start(folder: Path, now: Callable[[], int], level: str = "info") -> None:
    """Write to ``folder`` from now on, in files that turn over at 1 MiB. ``now``: ms UTC."""
    handler = _Journal(
        folder / FILE_NAME, maxBytes=MAX_BYTES, backupCount=BACKUPS, encoding="utf-8", delay=True
    )
    handler.setFormatter(_Lines(now))
    logger = logging.getLogger(LOGGER)
    stop()
    logger.addHandler(handler)
    logger.setLevel(level.upper())
    logger.propagate = False


def stop() -> None:
    """Close the files."""
    logger = logging.getLogger(LOGGER)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def note(event: str, **fields: float | str | None) -> None:
    """Note that something happened. Fields that are no code or number are written as ``?``."""
    logging.getLogger(LOGGER).info(event, extra={FIELDS: fields})


def problem(event: str, why: BaseException, number: int | None = None) -> None:
    """Note an error: its code or class, and where in the program it arose; never its message.

    ``number``: the one that the window shows for a fault of the program.
    """
    logging.getLogger(LOGGER).error(event, extra={FIELDS: {"number": number, **_told(why)}})


def _told(why: BaseException) -> dict[str, Any]:
    name = why.code if isinstance(why, OirsError) else type(why).__name__.lower()
    reason = why.data.get("reason") if isinstance(why, OirsError) else None
    frames = traceback.extract_tb(why.__traceback__)
    last = frames[-1] if frames else None
    place = None if last is None else f"{Path(last.filename).stem}:{last.lineno}".lower()
    return {"code": name, "reason": reason, "place": place}


class _Journal(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - a name of the library
        """Go on without the line: a full disk is told in the window, not on a terminal."""


class _Lines(logging.Formatter):
    def __init__(self, now: Callable[[], int]) -> None:
        super().__init__()
        self._now = now

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(self._now() / 1000, UTC).isoformat(timespec="milliseconds")
        line = {"at": when, "level": record.levelname.lower(), "event": _safe(record.msg)}
        for name, value in getattr(record, FIELDS, {}).items():
            if value is not None:
                line[name] = _safe(value)
        return json.dumps(line)


def _safe(value: object) -> Any:  # noqa: ANN401 - a JSON value
    if isinstance(value, int | float):
        return value
    return value if isinstance(value, str) and CODE.fullmatch(value) else "?"
