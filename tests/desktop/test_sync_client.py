"""Whatever answers at the other end, the counter gets one of its own errors and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oirs_core.wire.messages import MAX_FRAME
from oirs_desktop.sync.client import Client
from oirs_desktop.sync.errors import (
    CodeRefusedByServer,
    DeviceForgotten,
    DeviceRefused,
    DocumentAway,
    NotOurServer,
    Offline,
    ServerBusy,
    SyncError,
)
from tests.support.portal import Stranger, open_portal

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def address() -> Iterator[str]:
    with open_portal() as opened:
        yield opened


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    made = Client(address, read_s=5)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (302, NotOurServer),
        (401, DeviceForgotten),
        (403, DeviceRefused),
        (404, NotOurServer),
        (413, NotOurServer),
        (429, ServerBusy),
        (500, ServerBusy),
        (502, ServerBusy),
    ],
)
def test_each_status_has_its_error(
    client: Client, monkeypatch: pytest.MonkeyPatch, status: int, error: type[SyncError]
) -> None:
    monkeypatch.setattr(Stranger, "status", status)
    with pytest.raises(SyncError) as caught:
        client.exchange(b"frame")
    assert type(caught.value) is error


def test_an_endless_answer_is_not_read_into_memory(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stranger, "content", bytes(MAX_FRAME + 1))
    with pytest.raises(NotOurServer):
        client.exchange(b"frame")


def test_an_answer_cut_short_counts_as_no_line(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stranger, "cut", True)
    with pytest.raises(Offline):
        client.exchange(b"frame")


def test_nobody_at_the_other_end_counts_as_no_line() -> None:
    with pytest.raises(Offline):
        Client("http://127.0.0.1:1", read_s=1).exchange(b"frame")


def test_a_used_code_and_a_portal_are_told_apart(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotOurServer):
        client.enrol("CODE", bytes(32), bytes(8), "Mesón 1")
    monkeypatch.setattr(Stranger, "status", 409)
    with pytest.raises(CodeRefusedByServer):
        client.enrol("CODE", bytes(32), bytes(8), "Mesón 1")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (200, NotOurServer),
        (401, DeviceForgotten),
        (404, DocumentAway),
        (409, DocumentAway),
        (502, ServerBusy),
    ],
)
def test_a_page_of_a_hotel_is_no_piece_of_a_document(
    client: Client, monkeypatch: pytest.MonkeyPatch, status: int, error: type[SyncError]
) -> None:
    monkeypatch.setattr(Stranger, "status", status)
    with pytest.raises(SyncError) as caught:
        client.get_blob("ab" * 32, 0, 9, "OIRS x")
    assert type(caught.value) is error
    if status != 200:  # the sender sees by the signature who has answered a PUT
        with pytest.raises(SyncError) as caught:
            client.put_blob("ab" * 32, 0, "OIRS x", b"chunk")
        assert type(caught.value) is error
