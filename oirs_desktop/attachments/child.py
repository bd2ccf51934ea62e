"""The process that opens documents: one question on its input, one answer on its output, then it ends.

Question: a line of JSON (``verb``: shrink or draw; ``tipo``; of draw ``page`` and ``width``), then the bytes.
Answer: lines of JSON ``{"page", "pages"}`` while it works, at the end ``{"done", "tipo", "paginas"}`` and
the bytes, or ``{"refused": reason}``.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from oirs_desktop.attachments.ceiling import set_ceiling
from oirs_desktop.attachments.errors import DocumentRefused, Reason

if TYPE_CHECKING:
    from oirs_desktop.attachments.shrink import Shrunk


def answer(question: dict[str, Any], data: bytes, out: BinaryIO) -> Shrunk:
    """Do what is asked for. DocumentRefused."""
    from oirs_desktop.attachments import shrink  # noqa: PLC0415 - after the ceiling was set
    from oirs_desktop.attachments.intake import PNG  # noqa: PLC0415 - same

    try:
        if question["verb"] == "draw":
            picture = shrink.draw(data, question["tipo"], question["page"], question["width"])
            return shrink.Shrunk(picture, PNG)
        return shrink.shrink(data, question["tipo"], lambda page, pages: say(out, page=page, pages=pages))
    except DocumentRefused:
        raise
    except MemoryError as why:
        raise DocumentRefused(Reason.COSTLY) from why
    except Exception as why:  # a hostile file may raise anything in a decoder
        raise DocumentRefused(Reason.DAMAGED) from why


def say(out: BinaryIO, **line: str | int) -> None:
    """Write one line of the answer."""
    out.write(json.dumps(line).encode() + b"\n")
    out.flush()


def main() -> None:
    """Answer one question."""
    set_ceiling()
    source, out = sys.stdin.buffer, sys.stdout.buffer
    question = json.loads(source.readline())
    try:
        made = answer(question, source.read(), out)
    except DocumentRefused as why:
        say(out, refused=why.reason.value)
        return
    say(out, done=len(made.data), tipo=made.tipo, paginas=made.paginas)
    out.write(made.data)
    out.flush()


if __name__ == "__main__":
    main()
