"""Answering the counters, until asked to stop."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from oirs_central.commands.asking import OK
from oirs_central.tls import SERVER_DAYS

if TYPE_CHECKING:
    import argparse

    from oirs_central.commands.asking import Centre, Parser

logger = logging.getLogger(__name__)

SNAPSHOTS_S = 600.0
HOST, PORT = "127.0.0.1", 8470


def arguments(serve: Parser) -> None:
    """Say what may be written after the command."""
    serve.add_argument("--host", default=HOST, help="dirección donde escuchar")
    serve.add_argument("--port", type=int, default=PORT, help="puerto; 0 toma uno libre")
    serve.add_argument(
        "--min-schema",
        type=int,
        default=1,
        metavar="N",
        help="versión de datos que los equipos deben conocer",
    )
    serve.add_argument("--with-stdin", action="store_true", help="termina cuando se cierra su entrada")


def serve(asked: argparse.Namespace, centre: Centre) -> int:
    """Publish the shipped tables and answer."""
    centre.seed()

    def ready(port: int) -> None:
        scheme = "https" if centre.certificate.stands else "http"
        print(f"OIRS central escuchando en {scheme}://{asked.host}:{port}", flush=True)
        if asked.with_stdin:
            threading.Thread(target=_end_with_stdin, name="stdin", daemon=True).start()

    centre.ledger.min_schema = asked.min_schema
    stopped = threading.Event()
    threading.Thread(target=_build_snapshots, args=(centre, stopped), name="snapshots", daemon=True).start()
    try:
        centre.serve(asked.host, asked.port, ready)
    finally:
        stopped.set()
    return OK


def _build_snapshots(centre: Centre, stopped: threading.Event) -> None:
    """Make the files for new counters while nobody waits for them; a failure is tried again later."""
    while not stopped.wait(SNAPSHOTS_S):
        try:
            centre.snapshots()
        except Exception as why:  # noqa: BLE001 - counters do without a file, and the next try may do
            # The message of a driver may quote a row: only the class goes to the log.
            logger.error("snapshots: %s", type(why).__name__)  # noqa: TRY400


def _end_with_stdin() -> None:
    """Stop when whoever started this is gone, even killed: its end of the pipe closes on every system."""
    while os.read(0, 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def tls_arguments(tls: Parser) -> None:
    """Say what may be written after ``tls``."""
    tls.add_argument("hosts", nargs="+", metavar="HOST", help="nombre o dirección con que los equipos llegan")


def tls(asked: argparse.Namespace, centre: Centre) -> int:
    """Make the authority, once, and a new certificate."""
    made = centre.certify(asked.hosts)
    print(made.authority)
    print(f"Vale {SERVER_DAYS} días; antes repita esta orden y reinicie la central.", file=sys.stderr)
    print("Lleve ese archivo a cada equipo: oirs-desktop enrol URL CODIGO --ca ca.pem", file=sys.stderr)
    return OK
