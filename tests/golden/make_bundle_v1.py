"""Write bundle-v1.json from docs/protocol.md alone: primitives and the standard library, no package of ours.

Never run it again over an existing file: the samples are frozen.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TARGET = Path(__file__).with_name("bundle-v1.json")
COUNTER, CENTRE = bytes(range(32)), bytes(range(32, 64))
CONTENT, EPHEMERAL = b"\x11" * 32, b"\x22" * 32
EVENTS = json.loads(TARGET.with_name("event-v1.json").read_text(encoding="utf-8"))


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def u32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def hkdf(secret: bytes, info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def seal_key(seed: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(hkdf(seed, b"oirs-seal-1"))


def public_of(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def box(reader: bytes, ephemeral: X25519PrivateKey) -> list[str]:
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(reader))
    key = hkdf(shared, b"oirs-wrap-1", public_of(ephemeral) + reader)
    return [
        b64(hashlib.sha256(reader).digest()[:8]),
        b64(ChaCha20Poly1305(key).encrypt(bytes(12), CONTENT, None)),
    ]


def parts() -> list[bytes]:
    """A request without groups, then the five golden events as one group, with its JSON as hashed."""
    items = ",".join(
        f'[{e["header"]},"{b64(bytes.fromhex(e["salt"]))}",{e["body"]}]' for e in EVENTS["events"]
    )
    log = bytes.fromhex(EVENTS["log"])
    root = hashlib.sha256(b"oirs-log-1" + log + bytes.fromhex(EVENTS["public_key"])).digest()
    sig = b64(bytes.fromhex(EVENTS["group_signature"]))
    group = f'["{b64(log)}",1,[{items}],{len(EVENTS["events"])},"{sig}"]'
    request = [1, 1, b64(log), 5, [["o/SGI/104", 0]], "", 8388608, [], []]
    return [compact(["r", request]), f'["g",[["{b64(root)}",{group}]],[]]'.encode()]


def main() -> None:
    if TARGET.exists():
        raise SystemExit("frozen: " + TARGET.name)
    counter, centre = seal_key(COUNTER), seal_key(CENTRE)
    ephemeral, signer = (
        X25519PrivateKey.from_private_bytes(EPHEMERAL),
        Ed25519PrivateKey.from_private_bytes(COUNTER),
    )
    device = hashlib.sha256(signer.public_key().public_bytes_raw()).digest()[:8]
    header = compact(
        {
            "kind": "up",
            "institution": "SGI",
            "office": "104",
            "device": b64(device),
            "log": b64(bytes.fromhex(EVENTS["log"])),
            "first": 1,
            "last": 5,
            "count": 5,
            "made": 1_795_700_520_000,
            "id": b64(b"\x33" * 16),
            "seal": b64(public_of(counter)),
            "ephemeral": b64(public_of(ephemeral)),
            "keys": [box(public_of(centre), ephemeral), box(public_of(counter), ephemeral)],
            "commitment": b64(hkdf(CONTENT, b"oirs-commit-1")[:16]),
        }
    )
    signed = signer.sign(b"oirs-bundle-1" + hashlib.sha256(header).digest())
    file = b"OIRSBND1" + u32(len(header)) + header + signed
    binding = hashlib.sha256(file).digest()
    aead = ChaCha20Poly1305(CONTENT)
    for number, part in enumerate(parts(), start=1):
        nonce = bytes([number]) * 12
        packed = zstandard.ZstdCompressor(level=9).compress(part)
        sealed = aead.encrypt(nonce, packed, binding + b"OSEG" + u32(number))
        file += b"OSEG" + u32(number) + u32(len(sealed)) + nonce + sealed
    digest = hashlib.sha256(file).digest()
    tag = aead.encrypt(b"\xff" * 12, b"", binding + b"OEND" + u32(2) + digest)
    file += b"OEND" + u32(2) + digest + b"\xff" * 12 + tag
    golden = {
        "counter": COUNTER.hex(),
        "centre": CENTRE.hex(),
        "parts": [p.decode() for p in parts()],
        "file": file.hex(),
    }
    TARGET.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
