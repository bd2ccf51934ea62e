"""The frozen bytes, recomputed from docs/event.md with the standard library alone."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from oirs_core import chain
from oirs_core.domain.events import Ingreso
from oirs_core.domain.folio import Folio
from oirs_core.signature import PaperCode, ReceiptFacts, SigningKey, Verdict, verify
from oirs_core.wire.codec import decode_body, encode_body

GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "event-v1.json").read_text(encoding="utf-8")
)
EVENTS: list[dict[str, Any]] = GOLDEN["events"]


def plain_json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def test_hashes_follow_from_the_description_alone() -> None:
    log, key = bytes.fromhex(GOLDEN["log"]), bytes.fromhex(GOLDEN["public_key"])
    prev = hashlib.sha256(b"oirs-log-1" + log + key).digest()
    for sample in EVENTS:
        header, body = sample["header"].encode(), sample["body"].encode()
        assert plain_json(json.loads(header)) == header
        assert plain_json(json.loads(body)) == body
        digest = hashlib.sha256(bytes.fromhex(sample["salt"]) + body).digest()
        seq = sample["seq"].to_bytes(8, "big")
        prev = hashlib.sha256(
            b"oirs-event-1" + prev + seq + hashlib.sha256(header).digest() + digest
        ).digest()
        assert prev.hex() == sample["h"]


def test_the_program_makes_the_same_bytes() -> None:
    log, key = bytes.fromhex(GOLDEN["log"]), bytes.fromhex(GOLDEN["public_key"])
    prev = chain.log_root(log, key)
    for sample in EVENTS:
        header = chain.Header.decode(sample["header"].encode())
        content = decode_body(header.kind, header.v, sample["body"].encode())
        body = encode_body(content)  # type: ignore[arg-type]
        event = chain.seal(log, sample["seq"], prev, header.encode(), bytes.fromhex(sample["salt"]), body)
        assert body.decode() == sample["body"]
        assert event.h.hex() == sample["h"]
        prev = event.h


def test_erasing_body_and_salt_leaves_the_hash() -> None:
    first = EVENTS[0]
    log, key = bytes.fromhex(GOLDEN["log"]), bytes.fromhex(GOLDEN["public_key"])
    digest = chain.body_digest(bytes.fromhex(first["salt"]), first["body"].encode())
    root = chain.log_root(log, key)
    assert chain.event_hash(root, 1, first["header"].encode(), digest).hex() == first["h"]


def test_group_signature_feed_chain_and_branch_label() -> None:
    key = SigningKey(bytes.fromhex(GOLDEN["seed"]))
    first, last = EVENTS[0], EVENTS[-1]
    h = bytes.fromhex(last["h"])
    message = b"oirs-group-1" + last["seq"].to_bytes(8, "big") + h
    assert verify(key.public, bytes.fromhex(GOLDEN["group_signature"]), message)
    assert key.sign(message).hex() == GOLDEN["group_signature"]
    assert key.id == hashlib.sha256(key.public).digest()[:8] == bytes.fromhex(GOLDEN["device_id"])
    link = bytes(32)
    for sample, t_recv in ((first, 1_605_184_917_000), (last, 1_605_184_917_001)):
        step = b"oirs-feed-1" + link + bytes.fromhex(sample["h"]) + t_recv.to_bytes(8, "big")
        link = hashlib.sha256(step).digest()
    assert link.hex() == GOLDEN["feed_chain"]
    branch = b"oirs-branch-1" + bytes.fromhex(GOLDEN["log"]) + bytes.fromhex(first["h"])
    assert hashlib.sha256(branch).digest()[:8].hex() == GOLDEN["branch"]
    assert (
        chain.branch_label(bytes.fromhex(GOLDEN["log"]), bytes.fromhex(first["h"])).hex()
        == (GOLDEN["branch"])
    )


def receipt_facts(**changed: str) -> ReceiptFacts:
    receipt = GOLDEN["receipt"] | changed
    return ReceiptFacts(
        receipt["folio"],
        receipt["clave"],
        receipt["fecha_legal"],
        receipt["oficina"],
        bytes.fromhex(EVENTS[0]["h"]),
    )


def test_the_code_on_the_paper_is_what_the_description_says() -> None:
    receipt = GOLDEN["receipt"]
    path, sig = receipt["code"].split("#")
    assert path == f"{receipt['base']}/s/{receipt['folio']}/{receipt['clave']}"
    raw = base64.urlsafe_b64decode(sig + "=" * (-len(sig) % 4))
    assert len(raw) == 72
    cut = base64.urlsafe_b64encode(bytes.fromhex(EVENTS[0]["h"])[:10]).rstrip(b"=")
    parts = [receipt[k].encode() for k in ("folio", "clave", "fecha_legal", "oficina")]
    message = b"oirs-receipt-1\n" + b"".join(part + b"\n" for part in [*parts, cut])
    assert verify(bytes.fromhex(GOLDEN["public_key"]), raw[8:], message)


@pytest.mark.parametrize("changed", ["folio", "clave", "fecha_legal", "oficina"])
def test_a_receipt_is_genuine_altered_or_of_an_unknown_key(changed: str) -> None:
    keys = {bytes.fromhex(GOLDEN["device_id"]): bytes.fromhex(GOLDEN["public_key"])}
    code = PaperCode.parse(GOLDEN["receipt"]["code"])
    assert str(code) == GOLDEN["receipt"]["code"]
    assert code.check(receipt_facts(), keys) is Verdict.GENUINE
    assert code.check(receipt_facts(), {}) is Verdict.UNKNOWN_KEY
    other = Folio.build("8K", 2020, "0A2R", 43).text if changed == "folio" else "2020"
    assert code.check(receipt_facts(**{changed: other}), keys) is Verdict.ALTERED


def test_the_first_sample_keeps_every_character_as_typed() -> None:
    act = decode_body("Ingreso", 1, EVENTS[0]["body"].encode())
    assert isinstance(act, Ingreso)
    assert act.relato.endswith("n\u0303 \\ \u007f")
    assert "\u202b" in act.relato
    assert "\U0001f600" in act.relato
