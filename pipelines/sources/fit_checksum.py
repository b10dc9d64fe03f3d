"""The FIT file checksum (CRC-16, polynomial 0xA001 reflected, start 0), fast enough to check every file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LANES = 512  # below about LANES bytes a lane holds less than one step and the plain loop wins
_POLYNOMIAL = 0xA001


def _table() -> NDArray[np.uint16]:
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ _POLYNOMIAL, table >> 1).astype(np.uint16)
    return table


_TABLE = _table()
_STEPS: list[int] = [int(entry) for entry in _TABLE]


def fit_checksum(data: bytes) -> int:
    """The 16-bit checksum of ``data``.

    The bytes are cut into ``LANES`` equal runs whose checksums are taken side by side. Two facts
    make the whole from them: leading zero bytes do not change a checksum that starts at 0 (so the
    first run can be padded), and the checksum is linear over XOR (so "what happens to a state
    over n further bytes" is known from its 16 single bits).
    """
    if len(data) < 4 * LANES:
        return _plain(data)
    steps = -(-len(data) // LANES)
    padded = np.zeros(steps * LANES, dtype=np.uint8)
    padded[-len(data) :] = np.frombuffer(data, dtype=np.uint8)
    runs = padded.reshape(LANES, steps).T
    states = np.zeros(LANES, dtype=np.uint16)
    bits = (1 << np.arange(16)).astype(np.uint16)
    for column in runs:
        states = (states >> 8) ^ _TABLE[(states ^ column) & 0xFF]
        bits = (bits >> 8) ^ _TABLE[bits & 0xFF]
    carried = [int(bit) for bit in bits]
    total = 0
    for state in states:
        total = _carry(total, carried) ^ int(state)
    return total


def _carry(state: int, carried: list[int]) -> int:
    """``state`` after one run of zero bytes."""
    result = 0
    for bit, image in enumerate(carried):
        if state >> bit & 1:
            result ^= image
    return result


def _plain(data: bytes) -> int:
    state = 0
    for byte in data:
        state = (state >> 8) ^ _STEPS[(state ^ byte) & 0xFF]
    return state
