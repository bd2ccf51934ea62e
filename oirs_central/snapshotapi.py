"""The HTTP of snapshots: `GET` a range of the file that a new counter begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Request, Response, get
from litestar.concurrency import sync_to_thread

from oirs_central.auth import RequestUnsigned
from oirs_central.blobapi import DATA_TYPE, RANGE
from oirs_central.ledger.snapshots import SnapshotUnknown
from oirs_core.domain.errors import EventRefused
from oirs_core.wire import blob as wire
from oirs_core.wire.snapshot import PATH

if TYPE_CHECKING:
    from litestar.handlers import HTTPRouteHandler

    from oirs_central.auth import Auth
    from oirs_central.ledger.snapshots import Shelf


class SnapshotApi:
    """Gives the files of an office to its counters, with and without HTTP around it."""

    def __init__(self, auth: Auth, shelf: Shelf) -> None:
        self._auth = auth
        self._shelf = shelf

    def get(self, digits: str, span: str, authorization: str) -> tuple[bytes, str]:
        """Give the bytes of a header Range, and the header Content-Range. OirsError refuses."""
        sha = wire.read_sha(digits)
        found = RANGE.fullmatch(span)
        if found is None:
            raise EventRefused(reason="range")
        try:
            device, signed = wire.read_authorization(authorization)
        except EventRefused as why:
            raise RequestUnsigned from why
        first, last = int(found[1]), int(found[2])
        feed = self._auth.office_of(device, signed, wire.get_message(device, sha, first, last))
        data, size = self._shelf.read(feed, sha, first, last)
        if not data:
            raise SnapshotUnknown
        return data, f"bytes {first}-{first + len(data) - 1}/{size}"


def handlers(api: SnapshotApi) -> list[HTTPRouteHandler]:
    """Give the verb as a handler of the web."""

    @get(PATH + "{sha:str}", media_type=DATA_TYPE)
    async def get_snapshot(request: Request[Any, Any, Any]) -> Response[bytes]:
        sha = str(request.path_params["sha"])
        span, signed = request.headers.get("range", ""), request.headers.get("authorization", "")
        data, content = await sync_to_thread(api.get, sha, span, signed)
        headers = {"Content-Range": content, "Cache-Control": "private, immutable"}
        return Response(data, status_code=206, media_type=DATA_TYPE, headers=headers)

    return [get_snapshot]
