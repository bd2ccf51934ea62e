"""The only HTTP of the counter: bytes out, bytes in, and every outside error made one of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import SKIP_HEADER

from oirs_core.chain import b64, unb64
from oirs_core.domain.errors import EventRefused
from oirs_core.wire.blob import PATH
from oirs_core.wire.enrolment import Granted
from oirs_core.wire.messages import MAX_FRAME
from oirs_core.wire.snapshot import PATH as SNAPSHOT_PATH
from oirs_desktop.store import Enrolment
from oirs_desktop.sync.errors import (
    CodeRefusedByServer,
    DeviceForgotten,
    DeviceRefused,
    DictionaryUnknown,
    DocumentAway,
    NotOurServer,
    Offline,
    ServerBusy,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from oirs_desktop.sync.trust import Trust

CONNECT_S = 10.0
READ_S = 60.0
CHUNK = 16 * 1024
OK, PART, BAD = 200, 206, 400
FORGOTTEN, INTERNAL_ERROR = 401, 500


class _Problem(msgspec.Struct):
    reason: str = ""


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
    seal_key: bytes = b""

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """Read what the centre answered. NotOurServer when it is no grant."""
        try:
            got = msgspec.json.decode(raw, type=Granted)
            return cls(
                unb64(got.device, 8),
                got.institution,
                got.office,
                got.label,
                got.feeds,
                unb64(got.server_key, 32),
                got.server_ms,
                unb64(got.seal_key),
            )
        except (msgspec.MsgspecError, EventRefused) as why:
            raise NotOurServer from why

    def enrolment(self, url: str, name: str, authority: str = "") -> Enrolment:
        """Give what is kept of it. ``url``: of the centre; ``name``: of the counter; ``authority``: PEM."""
        granted = (self.device, self.institution, self.office, self.label, self.feeds, self.server_key)
        return Enrolment(*granted, url, name, authority, self.seal_key)


class Client:
    """One kept connection to one centre. Not for several threads at once."""

    overlaps = True

    def __init__(self, url: str, read_s: float = READ_S, trust: Trust | None = None) -> None:
        """``url``: address of the centre without a path; ``read_s``: longest silence, seconds.

        ``trust``: whom to believe over TLS; None: whom the system trusts.
        """
        self.url = url.rstrip("/")
        self._timeout = (CONNECT_S, read_s)
        self._session = requests.Session()
        # Each header costs bytes on a line of 20 kbit/s; the centre needs none of them.
        self._session.headers.clear()
        self._session.headers.update(dict.fromkeys(("User-Agent", "Accept-Encoding"), SKIP_HEADER))
        self._session.trust_env = True
        self._kept = False
        if trust is not None:
            self._session.mount("https://", _Believing(trust))

    def close(self) -> None:
        """Let the connection go."""
        self._session.close()

    def exchange(self, frame: bytes) -> bytes:
        """Send a frame to `/v1/sync`, return the answer's frame. Raises SyncError."""
        return self._post("/v1/sync", data=frame)

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        """Send a chunk of a document, return what the centre says of it. Raises SyncError."""
        path, headers = f"{PATH}{sha}?o={offset}", {"Authorization": authorization}
        return self._ask("PUT", path, _blob_refused, data=body, headers=headers)

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Fetch bytes of a document, both ends inclusive; fewer at its end. Raises SyncError."""
        headers = {"Authorization": authorization, "Range": f"bytes={first}-{last}"}
        return self._ask("GET", PATH + sha, _blob_refused, headers=headers)

    def enrol(
        self, code: str, public_key: bytes, log: bytes, name: str, again: dict[str, str] | None = None
    ) -> EnrolAnswer:
        """Join an office with a one-time code. Raises SyncError; safe to repeat.

        ``again``: by which a counter that was in it before proves that (`docs/protocol.md`, Enrolment).
        """
        asked = {"code": code, "public_key": b64(public_key), "log": b64(log), "name": name, "again": again}
        return EnrolAnswer.read(self._post("/v1/enrol", json=asked, refused=_enrol_refused))

    def get_snapshot(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        """Fetch bytes of a snapshot, both ends inclusive. Raises SyncError."""
        headers = {"Authorization": authorization, "Range": f"bytes={first}-{last}"}
        return self._ask("GET", SNAPSHOT_PATH + sha, headers=headers)

    def _post(
        self,
        path: str,
        refused: Callable[[int], Exception] | None = None,
        **content: Any,  # noqa: ANN401 - passed on to requests as it is
    ) -> bytes:
        return self._ask("POST", path, refused, **content)

    def _ask(
        self,
        method: str,
        path: str,
        refused: Callable[[int], Exception] | None = None,
        **content: Any,  # noqa: ANN401 - passed on to requests as it is
    ) -> bytes:
        try:
            try:
                answer = self._request(method, path, content)
            except requests.ConnectionError:
                if not self._kept:
                    raise
                # The other end let a kept connection go meanwhile: everything may be asked twice.
                self._kept = False
                answer = self._request(method, path, content)
            self._kept = True
            with answer:
                if answer.status_code == (PART if method == "GET" else OK):
                    return _read(answer)
                status = answer.status_code
                if status == BAD and _reason(answer) == "dictionary":
                    raise DictionaryUnknown
        except requests.exceptions.SSLError as why:
            raise NotOurServer from why
        except (requests.RequestException, OSError) as why:
            self._kept = False
            raise Offline from why
        raise (refused or _refused)(status)

    def _request(self, method: str, path: str, content: dict[str, Any]) -> requests.Response:
        return self._session.request(
            method, self.url + path, timeout=self._timeout, stream=True, allow_redirects=False, **content
        )


class _Believing(HTTPAdapter):
    """Connects by the rules of ``trust``. What it passes on is as the library gives it."""

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        self._context = trust.context()
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **more: Any) -> None:  # noqa: ANN401
        super().init_poolmanager(*sizes, ssl_context=self._context, **more)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:  # noqa: ANN401
        return super().proxy_manager_for(proxy, ssl_context=self._context, **more)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ANN401, ARG002
        # The library would add the authorities of its own bundle to ours.
        conn.cert_reqs = "CERT_REQUIRED"

    def send(self, *request: Any, **more: Any) -> requests.Response:  # noqa: ANN401
        self._trust.judge(self._context)  # the clock may have been set since the last time
        return super().send(*request, **more)


def _read(answer: requests.Response) -> bytes:
    data = bytearray()
    for chunk in answer.iter_content(CHUNK):
        data += chunk
        if len(data) > MAX_FRAME:
            raise NotOurServer
    return bytes(data)


def _reason(answer: requests.Response) -> str:
    """Which part of what was sent the centre did not take, where it says so."""
    try:
        return msgspec.json.decode(answer.raw.read(CHUNK), type=_Problem).reason
    except msgspec.MsgspecError:
        return ""


def _refused(status: int) -> Exception:
    if status in {401, 403}:
        return DeviceForgotten(status=status) if status == FORGOTTEN else DeviceRefused(status=status)
    if status in {408, 429} or status >= INTERNAL_ERROR:
        return ServerBusy(status=status)
    return NotOurServer()


def _blob_refused(status: int) -> Exception:
    return DocumentAway() if status in {404, 409, 416} else _refused(status)


def _enrol_refused(status: int) -> Exception:
    if status in {401, 403, 404, 409, 410, 422}:
        return CodeRefusedByServer()
    return _refused(status)
