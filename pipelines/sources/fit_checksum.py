"""The FIT file checksum (CRC-16, polynomial x¹⁶ + x¹⁵ + x² + 1 reflected, start 0) at memory speed.

A checksum that starts at 0 is the remainder of a polynomial division, and x²⁴⁰ + x² + x + 1 is a
multiple of the divisor (a test divides it). So is each of its squares, whose powers are 240, 2, 1 and 0
times a power of two. Taken by whole bytes: a byte that lies 240 s places before the end may be moved,
by XOR, onto the places 2 s, s and 0 before the end without a change of the remainder. Large s first,
a file of any size folds in a few array operations to 240 bytes, and those are divided byte by byte.
"""

from __future__ import annotations

import numpy as np

_POLYNOMIAL = 0xA001
_SPAN = 240  # the sparse multiple is x²⁴⁰ + x² + x + 1


def _remainder(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ _POLYNOMIAL if byte & 1 else byte >> 1
    return byte


_STEPS = [_remainder(byte) for byte in range(256)]


def fit_checksum(data: bytes) -> int:
    """The 16-bit checksum of ``data``."""
    rest = data if len(data) <= _SPAN else _folded(data)
    state = 0
    for byte in rest:
        state = (state >> 8) ^ _STEPS[(state ^ byte) & 0xFF]
    return state


def _folded(data: bytes) -> bytes:
    """At most ``_SPAN`` bytes of the same checksum."""
    rest = np.frombuffer(data, dtype=np.uint8).copy()
    scale = 1 << ((len(rest) - 1) // _SPAN).bit_length() - 1
    while scale:
        while (excess := len(rest) - _SPAN * scale) > 0:
            count = min(excess, (_SPAN - 2) * scale)  # what moves must not land on itself
            moved = rest[:count]
            for place in (_SPAN - 2, _SPAN - 1, _SPAN):
                rest[place * scale : place * scale + count] ^= moved
            rest = rest[count:]
        scale //= 2
    return rest.tobytes()
