"""Ways to spoil a frame: its bytes, its compression, and the meaning of the JSON inside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import zstandard

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**53,
    2**63,
    2**64 + 1,
    10**30,
    0.5,
    -1e308,
    "",
    "\0",
    "../../../etc/passwd",
    "..\\..\\oirs.db",
    "o/OTRA/001",
    "c/SGI",
    "á" * 3000,
    "\u202eal revés",
    "\ud800",
    "AAAAAAAAAAA",
    "differs",
    "ancestors",
    "ok",
    [],
    {},
    [[]],
    {"": [None]},
)
"""What nobody expects in the place where it is put."""
PORTALS = (
    b"",
    b"\0",
    b"<!doctype html><title>Acceso a internet</title>",
    b"HTTP/1.1 302 Found\r\n\r\n",
    b"OSY1",
    b"OSY1\0" + bytes(100),
    b"OSY9\0" + bytes(100),
    b"\x28\xb5\x2f\xfd" + bytes(40),
    b"{}",
    b"null",
)
"""What other machines answer in the place of ours."""


def bombs() -> tuple[bytes, ...]:
    """Give small zstd frames that would grow to 64 MiB: one says so, one does not say, one is deep JSON."""
    zeros, deep = bytes(1 << 26), b"[" * 1_000_000 + b"]" * 1_000_000
    said = zstandard.ZstdCompressor(level=19)
    unsaid = zstandard.ZstdCompressor(level=19, write_content_size=False)
    return said.compress(zeros), unsaid.compress(zeros), said.compress(deep)


def spoil_bytes(data: bytes, chance: random.Random) -> bytes:
    """Change, cut, double or add bytes anywhere."""
    way = chance.randrange(6)
    if way == 0 or not data:
        return chance.choice(PORTALS)
    if way == 1:
        return data[: chance.randrange(len(data))]
    if way == 2:
        return data + chance.randbytes(chance.randrange(1, 200))
    spoilt = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        place = chance.randrange(len(spoilt))
        if way == 3:
            spoilt[place] ^= 1 << chance.randrange(8)
        elif way == 4:
            spoilt[place] = chance.choice((0, 255, 34, 91, 44))
        else:
            spoilt[place:place] = spoilt[place : place + chance.randrange(1, 60)]
    return bytes(spoilt)


def spoil_json(data: bytes, chance: random.Random) -> bytes:
    """Change something in the meaning: one to three places of the tree."""
    tree = json.loads(data)
    for _ in range(chance.randrange(1, 4)):
        tree = _spoil(tree, chance)
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _spoil(tree: Any, chance: random.Random) -> Any:  # noqa: ANN401 - any JSON
    """Walk down by chance, and do something where the walk ends."""
    if isinstance(tree, list) and tree and chance.random() < 0.85:
        place = chance.randrange(len(tree))
        return [*tree[:place], _spoil(tree[place], chance), *tree[place + 1 :]]
    if isinstance(tree, dict) and tree and chance.random() < 0.85:
        name = chance.choice(sorted(tree))
        return {**tree, name: _spoil(tree[name], chance)}
    return chance.choice(WAYS)(tree, chance)


def _other(_tree: Any, chance: random.Random) -> Any:  # noqa: ANN401
    return chance.choice(ODD)


def _near(tree: Any, chance: random.Random) -> Any:  # noqa: ANN401
    """Give something of the same sort: the faults that hide best."""
    if isinstance(tree, bool) or tree is None:
        return not tree
    if isinstance(tree, int):
        return tree + chance.choice((-1, 1, -100, 100, 2**32))
    if isinstance(tree, str):
        place = chance.randrange(len(tree) + 1)
        return tree[:place] + chance.choice("AZ09-_é") + tree[place + 1 :]
    if isinstance(tree, list) and tree:
        return chance.choice((tree[:-1], tree[1:], tree * 2, tree[::-1]))
    return tree


def _within(tree: Any, chance: random.Random) -> Any:  # noqa: ANN401
    """Put it into more brackets than it should have."""
    for _ in range(chance.choice((1, 1, 30, 400))):
        tree = [tree]
    return tree


WAYS: tuple[Callable[[Any, random.Random], Any], ...] = (_other, _other, _near, _near, _near, _within)
