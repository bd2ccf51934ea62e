"""Frames: what comes back from the wire is what went in, and nothing else is let in."""

from __future__ import annotations

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from oirs_core import chain
from oirs_core.domain.errors import EventRefused
from oirs_core.domain.events import Anotacion, Copia, Ingreso
from oirs_core.signature import SigningKey, verify
from oirs_core.wire import messages
from oirs_core.wire.codec import Unknown, decode_body, encode_body, kind_of

KEY = SigningKey(bytes(32))
LOG = b"8 octets"


def sample_event(text: str = "Nota con ñ y \U0001f600") -> chain.Event:
    act = Anotacion(text)
    header = chain.Header(*kind_of(act), 1, True, "u", bytes(10)).encode()
    return chain.seal(LOG, 1, bytes(32), header, b"s" * 16, encode_body(act))


def sample_request(*items: messages.Item) -> messages.Request:
    group = messages.Group(chain.b64(LOG), 1, items, 1, "")
    cursors = (("c/dpp", 3), ("o/dpp/104", 7))
    return messages.Request(1, 1, chain.b64(LOG), 1, cursors, "AAAA", 1000, (group,))


def frame_of(payload: bytes) -> bytes:
    signed = KEY.sign(messages.request_message(KEY.id, payload))
    return messages.request_frame(KEY.id, signed, payload)


def test_a_request_comes_back_with_the_very_bytes_of_its_events() -> None:
    event = sample_event()
    frame = frame_of(messages.pack(sample_request(messages.item_of(event))))
    got = messages.read_request(frame)
    assert got.device == KEY.id
    assert verify(KEY.public, got.signature, got.signed)
    group = got.request.groups[0]
    assert messages.event_of(group.items[0], LOG, 1, bytes(32)) == event


def test_an_erased_event_travels_by_its_digest() -> None:
    event = sample_event()
    erased = chain.Event(event.log, event.seq, event.prev, event.header, None, None, event.digest, event.h)
    frame = frame_of(messages.pack(sample_request(messages.item_of(erased))))
    item = messages.read_request(frame).request.groups[0].items[0]
    assert messages.event_of(item, LOG, 1, bytes(32)) == erased


def test_an_answer_is_bound_to_its_request() -> None:
    answer = messages.Answer(1, 2, "ok", 0, "", ())
    payload = messages.pack(answer)
    digest = messages.frame_digest(b"request")
    signed = KEY.sign(messages.answer_message(digest, payload))
    got_sig, got_payload, got = messages.read_answer(messages.answer_frame(signed, payload))
    assert got == answer
    assert verify(KEY.public, got_sig, messages.answer_message(digest, got_payload))
    other = messages.frame_digest(b"another request")
    assert not verify(KEY.public, got_sig, messages.answer_message(other, got_payload))


def zipped(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"<html>portal</html>" * 20,
        b"OSY2" + bytes(200),
        b"OSY1\1" + bytes(200),
        frame_of(b""),
        frame_of(b"not zstd"),
        frame_of(zipped(b"")),
        frame_of(zipped(b"[1,2]")),
        frame_of(zipped(b"[" * 100_000)),
        frame_of(zipped(b"\xff\xfe")),
        frame_of(zipped(bytes(9 << 20))),
        frame_of(zipped(b"[1]")[:-2]),
        frame_of(bytes(messages.MAX_FRAME + 1)),
    ],
)
def test_frames_out_of_form_are_refused(frame: bytes) -> None:
    with pytest.raises(EventRefused):
        messages.read_request(frame)
    with pytest.raises(EventRefused):
        messages.read_answer(frame)


@given(st.binary(max_size=300))
def test_noise_is_refused_without_another_exception(noise: bytes) -> None:
    with pytest.raises(EventRefused):
        messages.read_request(b"OSY1\0" + noise)


def test_unknown_kinds_and_later_versions_are_kept_apart() -> None:
    assert decode_body("Acumulacion", 1, b"{}") == Unknown("Acumulacion", 1)
    assert decode_body("Anotacion", 2, b"{}") == Unknown("Anotacion", 2)


def test_unknown_fields_do_not_hinder() -> None:
    assert decode_body("Anotacion", 1, b'{"texto":"a","urgente":true}') == Anotacion("a")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"texto":1}', b"{" * 100_000, b"\xff"])
def test_a_known_kind_with_the_wrong_content_is_refused(body: bytes) -> None:
    with pytest.raises(EventRefused):
        decode_body("Anotacion", 1, body)


def test_the_number_zero_stands_in_the_body_and_empty_fields_do_not() -> None:
    assert encode_body(Copia(0)) == b'{"n":0}'
    fields = msgspec.json.decode(encode_body(Anotacion("")))
    assert fields == {}
    assert "promesa" not in {f for f in Ingreso.__slots__ if f in fields}
