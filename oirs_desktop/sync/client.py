"""The only HTTP of the counter: bytes out, bytes in, and every outside error made one of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import requests

from oirs_core.chain import b64, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.wire.messages import MAX_FRAME
from oirs_desktop.sync.errors import (
    CodeRefusedByServer,
    DeviceRefused,
    NotOurServer,
    Offline,
    ServerBusy,
)

if TYPE_CHECKING:
    from collections.abc import Callable

CONNECT_S = 10.0
READ_S = 60.0
CHUNK = 16 * 1024
OK = 200
INTERNAL_ERROR = 500
FRAME_TYPE = "application/x-oirs-sync"


class _EnrolWire(msgspec.Struct):
    device: str
    institution: str
    office: str
    label: str
    feeds: tuple[str, ...]
    server_key: str
    server_ms: int


@dataclass(frozen=True, slots=True)
class EnrolAnswer:
    """What the centre grants: device id, office, log label, feeds to follow, its public key."""

    device: bytes
    institution: str
    office: str
    label: str
    feeds: tuple[str, ...]
    server_key: bytes
    server_ms: int


class Client:
    """One kept connection to one centre. Not for several threads at once."""

    def __init__(self, url: str, read_s: float = READ_S) -> None:
        """``url``: address of the centre without a path; ``read_s``: longest silence, seconds."""
        self.url = url.rstrip("/")
        self._timeout = (CONNECT_S, read_s)
        self._session = requests.Session()
        # Each header costs bytes on a line of 20 kbit/s; the centre needs none of them.
        self._session.headers.clear()
        self._session.trust_env = True

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def exchange(self, frame: bytes) -> bytes:
        """Send a frame to `/v1/sync`, return the answer's frame. Raises SyncError."""
        return self._post("/v1/sync", data=frame, headers={"Content-Type": FRAME_TYPE})

    def enrol(self, code: str, public_key: bytes, log: bytes, name: str) -> EnrolAnswer:
        """Join an office with a one-time code. Raises SyncError; safe to repeat."""
        asked = {"code": code, "public_key": b64(public_key), "log": b64(log), "name": name}
        raw = self._post("/v1/enrol", json=asked, refused=_enrol_refused)
        try:
            got = msgspec.json.decode(raw, type=_EnrolWire)
            return EnrolAnswer(
                unb64(got.device, 8),
                got.institution,
                got.office,
                got.label,
                got.feeds,
                unb64(got.server_key, 32),
                got.server_ms,
            )
        except (msgspec.MsgspecError, EventRefused) as why:
            raise NotOurServer from why

    def _post(
        self,
        path: str,
        refused: Callable[[int], Exception] | None = None,
        **content: Any,  # noqa: ANN401 - passed on to requests as it is
    ) -> bytes:
        try:
            answer = self._session.post(
                self.url + path,
                timeout=self._timeout,
                stream=True,
                allow_redirects=False,
                **content,
            )
            with answer:
                if answer.status_code == OK:
                    return _read(answer)
                status = answer.status_code
        except (requests.RequestException, OSError) as why:
            raise Offline from why
        raise (refused or _refused)(status)


def _read(answer: requests.Response) -> bytes:
    data = bytearray()
    for chunk in answer.iter_content(CHUNK):
        data += chunk
        if len(data) > MAX_FRAME:
            raise NotOurServer
    return bytes(data)


def _refused(status: int) -> Exception:
    if status in {401, 403}:
        return DeviceRefused(status=status)
    if status in {408, 429} or status >= INTERNAL_ERROR:
        return ServerBusy(status=status)
    return NotOurServer()


def _enrol_refused(status: int) -> Exception:
    if status in {401, 403, 404, 409, 410, 422}:
        return CodeRefusedByServer()
    return _refused(status)
