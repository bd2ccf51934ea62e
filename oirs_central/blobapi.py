"""The HTTP of documents: `PUT` a chunk, `GET` a range (`docs/protocol.md`, Documents)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from litestar import Request, Response, get, put
from litestar.concurrency import sync_to_thread

from oirs_central.auth import RequestUnsigned
from oirs_central.blobs import BlobRange, Place
from oirs_core.domain.errors import EventRefused
from oirs_core.wire import blob as wire

if TYPE_CHECKING:
    from litestar.handlers import HTTPRouteHandler

    from oirs_central.auth import Auth
    from oirs_central.blobs import Blobs
    from oirs_core.signature import SigningKey

STAND_TYPE = "application/x-oirs-blob"
DATA_TYPE = "application/octet-stream"
NUMBER = re.compile(r"[0-9]{1,15}")
RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{1,15})")


class BlobApi:
    """The verbs of documents, with and without HTTP around them. OirsError refuses."""

    def __init__(self, auth: Auth, blobs: Blobs, key: SigningKey) -> None:
        """``key``: signs each word about a document."""
        self._auth = auth
        self._blobs = blobs
        self._key = key

    def put(self, digits: str, offset: str, authorization: str, body: bytes) -> bytes:
        """Take a chunk. ``digits``: SHA-256 in hexadecimal; ``offset``: as it stands in the address."""
        sha, device, signed = _asked(digits, authorization)
        if not NUMBER.fullmatch(offset):
            raise EventRefused(reason="shape")
        chunk = wire.without_crc(body)
        message = wire.put_message(device, sha, int(offset), body)
        try:
            feed = self._auth.office_of(device, signed, message)
        except RequestUnsigned as why:
            if chunk is None:  # changed on its way, not forged: the same again may do
                raise EventRefused(reason="crc") from why
            raise
        stand = self._blobs.put(Place(feed, sha), int(offset), chunk)
        payload = wire.stand_payload(stand)
        return wire.stand_frame(self._key.sign(wire.stand_message(message, payload)), payload)

    def get(self, digits: str, span: str, authorization: str) -> tuple[bytes, str]:
        """Give the bytes of a header Range, and the header Content-Range of the answer."""
        sha, device, signed = _asked(digits, authorization)
        found = RANGE.fullmatch(span)
        if found is None:
            raise BlobRange
        first, last = int(found[1]), int(found[2])
        feed = self._auth.office_of(device, signed, wire.get_message(device, sha, first, last))
        data, size = self._blobs.get(Place(feed, sha), first, last)
        return data, f"bytes {first}-{first + len(data) - 1}/{size}"


def _asked(digits: str, authorization: str) -> tuple[bytes, bytes, bytes]:
    """SHA-256, device and signature of a request."""
    try:
        device, signed = wire.read_authorization(authorization)
    except EventRefused as why:
        raise RequestUnsigned from why
    return wire.read_sha(digits), device, signed


def handlers(api: BlobApi) -> list[HTTPRouteHandler]:
    """Give the two verbs as handlers of the web."""

    @put(wire.PATH + "{sha:str}", media_type=STAND_TYPE, status_code=200)
    async def put_chunk(request: Request[Any, Any, Any]) -> Response[bytes]:
        body = await request.body()
        offset = request.query_params.get("o", "")
        signed = request.headers.get("authorization", "")
        answer = await sync_to_thread(api.put, request.path_params["sha"], offset, signed, body)
        return Response(answer, media_type=STAND_TYPE)

    @get(wire.PATH + "{sha:str}", media_type=DATA_TYPE)
    async def get_range(request: Request[Any, Any, Any]) -> Response[bytes]:
        span, signed = request.headers.get("range", ""), request.headers.get("authorization", "")
        data, content = await sync_to_thread(api.get, request.path_params["sha"], span, signed)
        headers = {"Content-Range": content, "Cache-Control": "no-store"}
        return Response(data, status_code=206, media_type=DATA_TYPE, headers=headers)

    return [put_chunk, get_range]
