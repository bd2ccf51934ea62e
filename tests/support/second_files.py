"""What the second client does apart from events: documents, snapshots, the clear part of a stick's file."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any
from urllib.request import Request

import zstandard

from tests.support import ed25519
from tests.support.second_bytes import b64, sha, split, u64, unb64

if TYPE_CHECKING:
    from tests.support.second_client import Client


def _signed(client: Client, message: bytes) -> dict[str, str]:
    signature = ed25519.sign(client.seed, message)
    return {"Authorization": "OIRS " + b64(client.device + signature)}


def put(client: Client, name: bytes, offset: int, chunk: bytes) -> tuple[int, str, str]:
    """Send one chunk of the document ``name``; gives how many bytes lie there, state and reason."""
    body = chunk + zlib.crc32(chunk).to_bytes(4, "big")
    message = b"oirs-blob-put-1" + client.device + name + u64(offset) + sha(body)
    url = f"{client.url}/v1/blob/{name.hex()}?o={offset}"
    answer = client.ask(Request(url, body, _signed(client, message), method="PUT"))
    signature, told = answer[:64], answer[64:]
    assert ed25519.holds(client.server, b"oirs-blob-stand-1" + sha(message) + told, signature)
    offset, state, reason = json.loads(told)
    return offset, state, reason


def get(client: Client, name: bytes, first: int, last: int, place: str = "blob") -> bytes:
    """Fetch bytes ``first`` to ``last`` of a document, or of a snapshot."""
    message = b"oirs-blob-get-1" + client.device + name + u64(first) + u64(last)
    headers = {**_signed(client, message), "Range": f"bytes={first}-{last}"}
    return client.ask(Request(f"{client.url}/v1/{place}/{name.hex()}", headers=headers))


def begin_with(client: Client, offer: list[Any]) -> None:
    """Take in a snapshot as the centre offered it: feed, position, name and size."""
    feed, pos, name, size = offer[0], offer[1], unb64(offer[2]), offer[3]
    step = 512 << 10
    parts = [get(client, name, at, min(at + step, size) - 1, "snapshot") for at in range(0, size, step)]
    file = b"".join(parts)
    assert sha(file) == name
    assert file[:4] == b"OSN1"
    assert ed25519.holds(client.server, b"oirs-snapshot-1" + sha(file[:-64]), file[-64:])
    lines = zstandard.ZstdDecompressor().decompressobj().decompress(file[4:-64]).decode().splitlines()
    assert json.loads(lines[0]) == [1, feed]
    client.feeds[feed] = []
    for line in lines[1:]:
        client.page(split(line))
    assert len(client.feeds[feed]) == pos


def clear_part(file: bytes, key: bytes) -> tuple[dict[str, Any], int]:
    """Read header and outline of a bundle that ``key`` signed: the header, and the number of segments."""
    assert file[:8] == b"OIRSBND1"
    size = int.from_bytes(file[8:12], "big")
    header, at = file[12 : 12 + size], 12 + size + 64
    assert ed25519.holds(key, b"oirs-bundle-1" + sha(header), file[at - 64 : at])
    count = 0
    while file[at : at + 4] == b"OSEG":
        count += 1
        assert int.from_bytes(file[at + 4 : at + 8], "big") == count
        at += 24 + int.from_bytes(file[at + 8 : at + 12], "big")
    assert file[at : at + 4] == b"OEND"
    assert int.from_bytes(file[at + 4 : at + 8], "big") == count
    assert file[at + 8 : at + 40] == sha(file[:at])
    assert len(file) == at + 40 + 12 + 16
    return json.loads(header), count
