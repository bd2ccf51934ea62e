"""Answering the counters, until asked to stop."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

from oirs_central.commands.asking import OK

if TYPE_CHECKING:
    import argparse

    from oirs_central.commands.asking import Centre, Parser

HOST, PORT = "127.0.0.1", 8470


def arguments(serve: Parser) -> None:
    """Say what may be written after the command."""
    serve.add_argument("--host", default=HOST, help="dirección donde escuchar")
    serve.add_argument("--port", type=int, default=PORT, help="puerto; 0 toma uno libre")
    serve.add_argument("--with-stdin", action="store_true", help="termina cuando se cierra su entrada")


def serve(asked: argparse.Namespace, centre: Centre) -> int:
    """Publish the shipped tables and answer."""
    centre.seed()

    def ready(port: int) -> None:
        print(f"OIRS central escuchando en http://{asked.host}:{port}", flush=True)
        if asked.with_stdin:
            threading.Thread(target=_end_with_stdin, name="stdin", daemon=True).start()

    centre.serve(asked.host, asked.port, ready)
    return OK


def _end_with_stdin() -> None:
    """Stop when whoever started this is gone, even killed: its end of the pipe closes on every system."""
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)
