"""A server that is none of ours, as the network of a hotel has one."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = b"<html><body>Acepte las condiciones de la red</body></html>"


class Stranger(BaseHTTPRequestHandler):
    """Answers what the test planted, normally its own page."""

    status = 200
    content = PAGE
    cut = False

    def do_POST(self) -> None:
        """Answer anything."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.content) + 10 * self.cut))
        self.end_headers()
        self.wfile.write(self.content)

    def do_PUT(self) -> None:
        """Answer a document, too."""
        self.do_POST()

    def do_GET(self) -> None:
        """Answer who fetches one."""
        self.do_POST()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def open_portal() -> Iterator[str]:
    """Serve on a free port; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()
