"""The dictionaries of the wire: frozen, named in the frame, never needed."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from oirs_core.domain.errors import EventRefused
from oirs_core.wire import dictionary

PROTOCOL = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
GOLDEN = {1: "d4add39c8f2232b60c18c1e25d03c6d8c8e41895a53a38d40afc06e10d4e46de"}
"""Released bytes. A line is added here with each new dictionary; none is ever changed."""
MESSAGE = (
    b'[1,2,"AAECAwQFBgc",12,[["c/SGI",17],["o/SGI/022",1203]],"AAECAwQFBgc",142464,'
    b'[["AAECAwQFBgc",12,[[["Anotacion",1,1790000000000,true,"ana","AAECAwQFBgcICQ",null,null],'
    b'"AAECAwQFBgcICQoLDA0ODw",{"texto":"Solicita que se le informe por correo"}]],12,""]]]'
)


def test_the_bytes_of_a_dictionary_never_change_and_stand_in_the_protocol() -> None:
    assert {number: GOLDEN[number] for number in sorted(GOLDEN)[-dictionary.KEPT :]} == dictionary.HASHES
    for number, golden in dictionary.HASHES.items():
        data = dictionary.path_of(number).read_bytes()
        assert sha256(data).hexdigest() == golden
        assert zstandard.ZstdCompressionDict(data).dict_id() == dictionary.id_of(number)
        assert re.search(rf"^\| {number} \| {len(data):,} \| `{golden}` \|$", PROTOCOL, re.MULTILINE)


def test_a_short_message_is_half_as_long_with_it_and_names_it() -> None:
    plain, packed = dictionary.compress(MESSAGE, 0), dictionary.compress(MESSAGE, dictionary.NEWEST)
    assert len(packed) < 0.6 * len(plain)
    assert zstandard.get_frame_parameters(plain).dict_id == 0
    assert zstandard.get_frame_parameters(packed).dict_id == dictionary.id_of(dictionary.NEWEST)
    assert dictionary.decompress(packed, 4096) == dictionary.decompress(plain, 4096) == MESSAGE


def test_a_large_message_does_without() -> None:
    packed = dictionary.compress(bytes(dictionary.MUCH), dictionary.NEWEST)
    assert zstandard.get_frame_parameters(packed).dict_id == 0


def test_a_dictionary_of_somebody_else_is_refused_by_its_name() -> None:
    packed = dictionary.compress(MESSAGE, dictionary.NEWEST)
    ours = dictionary.id_of(dictionary.NEWEST).to_bytes(2, "little")
    other = packed.replace(ours, dictionary.id_of(9).to_bytes(2, "little"), 1)
    with pytest.raises(EventRefused) as refused:
        dictionary.decompress(other, 4096)
    assert refused.value.data["reason"] == "dictionary"


@pytest.mark.parametrize(("theirs", "ours"), [(0, 0), (1, 1), (2, 1), (3, 1), (4, 0), (255, 0)])
def test_the_newest_that_both_hold_is_used(theirs: int, ours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "HASHES", {1: GOLDEN[1]})
    monkeypatch.setattr(dictionary, "NEWEST", 1)
    assert dictionary.common(theirs) == ours
