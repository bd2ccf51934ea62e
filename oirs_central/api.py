"""The HTTP of the centre: bytes in, bytes out, every refusal a Problem Details."""

from __future__ import annotations

import logging
import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import uvicorn
from litestar import Litestar, MediaType, Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import HTTPException

from oirs_central import applying, snapshotapi
from oirs_central.auth import (
    AuthError,
    CodeExpired,
    CodeUnknown,
    CodeUsed,
    DeviceKnown,
    DeviceRevoked,
)
from oirs_central.blobapi import BlobApi, handlers
from oirs_central.blobs import BlobAway, BlobRange, BlobUnknown
from oirs_central.ledger.errors import FeedForeign, LedgerError
from oirs_central.ledger.snapshots import SnapshotUnknown
from oirs_central.snapshotapi import SnapshotApi
from oirs_core import chain
from oirs_core.domain.errors import DomainError, OirsError
from oirs_core.wire import dictionary, messages
from oirs_core.wire.enrolment import Granted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from types import FrameType

    from oirs_central.auth import Auth
    from oirs_central.blobs import Blobs
    from oirs_central.ledger import Ledger
    from oirs_central.ledger.snapshots import Shelf
    from oirs_central.tls import Certificate
    from oirs_core.signature import SigningKey
    from oirs_core.wire.seal import SealKey

logger = logging.getLogger(__name__)

FRAME_TYPE = "application/x-oirs-sync"
FOR_EVER = "public, max-age=31536000, immutable"
PROBLEM_TYPE = "application/problem+json"
MAX_BODY = 1 << 20
OK = 200
KEPT_S = 180
"""How long a connection may rest: counters come every minute, and a new one costs them two round trips."""
STATUS: tuple[tuple[type[OirsError], int, str], ...] = (
    (CodeUnknown, 404, "No existe ese código de inscripción"),
    (CodeUsed, 409, "Ese código ya inscribió otro equipo"),
    (CodeExpired, 410, "Ese código venció: pida otro"),
    (DeviceKnown, 409, "Ese equipo ya está inscrito"),
    (DeviceRevoked, 403, "Este equipo ya no está autorizado"),
    (AuthError, 401, "No se reconoce a este equipo"),
    (FeedForeign, 403, "Eso pertenece a otra oficina"),
    (LedgerError, 400, "No se pudo recibir lo enviado"),
    (SnapshotUnknown, 404, "Esa copia de arranque ya no se ofrece"),
    (BlobUnknown, 404, "Ningún caso de la oficina nombra ese documento"),
    (BlobAway, 409, "Ese documento todavía no llega completo a la central"),
    (BlobRange, 416, "Ese tramo no es del documento"),
    (DomainError, 400, "No se entiende lo enviado"),
)


class Problem(msgspec.Struct, omit_defaults=True):
    """RFC 9457. ``code``: stable, ASCII; ``reason``: which part of it."""

    status: int
    code: str
    title: str
    type: str = "about:blank"
    reason: str = ""


class Api:
    """The verbs of the wire, with and without HTTP around them."""

    def __init__(
        self,
        ledger: Ledger,
        auth: Auth,
        keys: tuple[SigningKey, SealKey],
        clock: Callable[[], int],
        files: tuple[Blobs, Shelf],
    ) -> None:
        """``clock``: ms UTC. ``keys``: sign each answer, open files. ``files``: documents and snapshots."""
        key, self._seal = keys
        self.blobs = BlobApi(auth, files[0], key)
        self.snapshots = SnapshotApi(auth, files[1])
        self._ledger = ledger
        self._auth = auth
        self._key = key
        self._clock = clock

    def sync(self, frame: bytes) -> bytes:
        """Answer a request frame with an answer frame. OirsError: see ``problem_of``."""
        if len(frame) > MAX_BODY:
            raise DomainError(reason="size")
        try:
            asked = messages.read_request(frame)
            self._auth.check(asked)
            answer = self._ledger.exchange(asked, self._clock())
        except msgspec.MsgspecError as why:
            raise DomainError(reason="shape") from why
        payload = messages.pack(answer, dictionary.common(asked.dictionary))
        signed = self._key.sign(messages.answer_message(asked.digest, payload))
        return messages.answer_frame(signed, payload)

    def enrol(self, body: bytes) -> bytes:
        """Answer an application for enrolment, JSON both ways. OirsError: see ``problem_of``."""
        grant = self._auth.enrol(applying.read(body))
        answer = Granted(
            chain.b64(grant.device),
            grant.institution,
            grant.office,
            grant.label,
            grant.feeds,
            chain.b64(self._key.public),
            self._clock(),
            chain.b64(self._seal.public),
        )
        return msgspec.json.encode(answer)

    def health(self) -> bytes:
        """Say that the database answers, and what time it is here."""
        with self._ledger.database.reading() as connection:
            connection.exec_driver_sql("SELECT 1")
        return msgspec.json.encode({"status": "ok", "proto": messages.PROTO, "server_ms": self._clock()})


def problem_of(why: OirsError) -> Problem:
    """Turn a refusal into what the asker is told."""
    reason = str(why.data.get("reason", ""))
    for kind, status, title in STATUS:
        if isinstance(why, kind):
            return Problem(status, why.code, title, reason=reason)
    return Problem(500, why.code, "La central no pudo responder", reason=reason)


def web(api: Api) -> Litestar:
    """Give the addresses as an ASGI application."""

    @post("/v1/sync", media_type=FRAME_TYPE, status_code=200)
    async def sync(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answer(api.sync, await request.body(), FRAME_TYPE)

    @post("/v1/enrol", status_code=200)
    async def enrol(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answer(api.enrol, await request.body(), MediaType.JSON)

    @get("/v1/dictionary/{number:int}", media_type=MediaType.TEXT, sync_to_thread=True)
    def words(request: Request[Any, Any, Any]) -> Response[bytes]:
        found = dictionary.load(int(request.path_params["number"])).as_bytes()
        return Response(found, media_type="application/octet-stream", headers={"Cache-Control": FOR_EVER})

    @get("/healthz", media_type=MediaType.JSON, sync_to_thread=True)
    def healthz() -> Response[bytes]:
        return Response(api.health(), media_type=MediaType.JSON)

    return Litestar(
        [sync, enrol, words, healthz, *handlers(api.blobs), *snapshotapi.handlers(api.snapshots)],
        openapi_config=None,
        request_max_body_size=MAX_BODY,
        exception_handlers={
            HTTPException: _http_problem,
            OirsError: _known_problem,
            Exception: _unknown_problem,
        },
    )


def lean(app: Litestar) -> Callable[[Any, Any, Any], Awaitable[None]]:
    """Leave out of an answer's head what a counter does not need: it asks each minute, on slow lines."""

    async def call(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - as ASGI passes them
        async def shorter(message: Any) -> None:  # noqa: ANN401 - same
            if message["type"] == "http.response.start" and message["status"] == OK:
                message["headers"] = [(k, v) for k, v in message["headers"] if k == b"content-length"]
            await send(message)

        await app(scope, receive, shorter if scope.get("path") == "/v1/sync" else send)

    return call


async def _answer(verb: Callable[[bytes], bytes], body: bytes, media_type: str) -> Response[bytes]:
    # The ledger waits for disks and locks: in a thread, so that other counters are heard meanwhile.
    return Response(await sync_to_thread(verb, body), media_type=media_type)


def _known_problem(_request: Request[Any, Any, Any], why: OirsError) -> Response[bytes]:
    return _problem(problem_of(why))


def _http_problem(_request: Request[Any, Any, Any], why: HTTPException) -> Response[bytes]:
    return _problem(Problem(why.status_code, "http", "No se puede atender esa dirección o forma de envío"))


def _unknown_problem(_request: Request[Any, Any, Any], why: Exception) -> Response[bytes]:
    # The message of a driver may quote a row: only the class goes to the log.
    logger.error("unexpected %s", type(why).__name__, exc_info=None)
    return _problem(Problem(500, "central", "La central no pudo responder"))


def _problem(problem: Problem) -> Response[bytes]:
    return Response(msgspec.json.encode(problem), status_code=problem.status, media_type=PROBLEM_TYPE)


class Server(uvicorn.Server):
    """Stops in order, and quietly, when the system or Ctrl+C asks it to."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        """``ready`` is called once it answers."""
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets)
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn does, but a stop that was asked for ends the program with 0."""
        names = ("SIGINT", "SIGTERM", "SIGBREAK")
        wanted = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {number: signal.signal(number, self._stop) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True


def serve(
    api: Api, host: str, port: int, ready: Callable[[int], None], certificate: Certificate | None = None
) -> None:
    """Answer at ``host`` and ``port`` (0: a free one, told to ``ready``) until asked to stop.

    ``certificate``: answer over TLS with it.
    """
    config = uvicorn.Config(
        lean(web(api)),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEPT_S,
        ssl_certfile=certificate.chain if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
    )
    plain = socket.create_server((host, port), reuse_port=False)
    # asyncio sends at once (TCP_NODELAY) only where the socket names its protocol, and create_server names
    # none: each answer would wait 40 ms for the acknowledgement of its own header.
    with socket.socket(plain.family, plain.type, socket.IPPROTO_TCP, plain.detach()) as listener:
        number = int(listener.getsockname()[1])
        Server(config, lambda: ready(number)).run([listener])
