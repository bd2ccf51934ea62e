"""Ed25519 after RFC 8032, section 5.1, with integers only: a few ms each, for tests only."""

from __future__ import annotations

from functools import cache
from hashlib import sha512

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, x·y = T/Z."""
ZERO: Point = (0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    r, s = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, u = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = s - r, u - t, u + t, s + r
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(n: int, point: Point) -> Point:
    total = ZERO
    while n:
        if n & 1:
            total = _add(total, point)
        point, n = _add(point, point), n >> 1
    return total


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def _bytes(point: Point) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _number(*parts: bytes) -> int:
    return int.from_bytes(sha512(b"".join(parts)).digest(), "little")


def _secret(seed: bytes) -> tuple[int, bytes]:
    h = sha512(seed).digest()
    return int.from_bytes(h[:32], "little") & ((1 << 254) - 8) | (1 << 254), h[32:]


_base = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
assert _base is not None
BASE: Point = _base


POWERS = [BASE]
while len(POWERS) < 256:
    POWERS.append(_add(POWERS[-1], POWERS[-1]))


def _times_base(n: int) -> Point:
    total = ZERO
    for bit, power in enumerate(POWERS):
        if n >> bit & 1:
            total = _add(total, power)
    return total


@cache
def public(seed: bytes) -> bytes:
    """Give the public key of a seed of 32 bytes."""
    return _bytes(_times_base(_secret(seed)[0]))


def sign(seed: bytes, message: bytes) -> bytes:
    """Sign, 64 bytes."""
    a, prefix = _secret(seed)
    key, r = public(seed), _number(prefix, message) % L
    point = _bytes(_times_base(r))
    return point + ((r + _number(point, key, message) * a) % L).to_bytes(32, "little")


@cache
def holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the signature is by that key over just that message."""
    a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or len(signature) != 64:
        return False
    left = _times_base(s)
    right = _add(r, _times(_number(signature[:32], key, message) % L, a))
    return _bytes(left) == _bytes(right)
