"""The parts of a FIT file, and what is wrong with the framing of each.

Nothing here knows what a message means, and nothing raises on damage. A file holds one or more
parts (header, messages, checksum) in a row.
Source of the layout: the public FIT protocol description, developer.garmin.com/fit/protocol.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.sources.fit_checksum import fit_checksum
from pipelines.sources.fit_walk import Definition, Fault, Offsets, Walk

SIGNATURE = b".FIT"
SMALLEST_HEADER = 12


@dataclass(frozen=True, slots=True)
class Issue:
    fault: Fault
    offset: int


@dataclass(frozen=True, slots=True)
class Part:
    """One header-to-checksum run. ``places`` tells where the messages of each definition start
    (absolute, ascending); definitions of the same content are one."""

    payload: bytes
    body_start: int
    body_end: int
    next_start: int
    places: dict[Definition, Offsets]
    compressed: bool  # some messages carry five bits of time in their header byte
    issues: tuple[Issue, ...]

    def has(self, *faults: Fault) -> bool:
        return any(issue.fault in faults for issue in self.issues)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        return tuple(self.places)

    @property
    def offsets(self) -> Offsets:
        """Where the messages start, in file order."""
        return self._in_file_order()[0]

    @property
    def owners(self) -> NDArray[np.int64]:
        """Of each message the index of its definition, in file order."""
        return self._in_file_order()[1]

    def _in_file_order(self) -> tuple[Offsets, NDArray[np.int64]]:
        offsets = np.concatenate([*self.places.values(), np.empty(0, dtype=np.int64)])
        owners = np.repeat(np.arange(len(self.places)), [len(places) for places in self.places.values()])
        order = np.argsort(offsets, kind="stable")
        return offsets[order], owners[order]


def parts_of(payload: bytes) -> Iterator[Part]:
    """The parts of a FIT file, in order; empty if ``payload`` does not start with a FIT header."""
    at = 0
    while is_header(payload, at):
        part = _walk_part(payload, at)
        yield part
        at = part.next_start


def is_header(payload: bytes, at: int) -> bool:
    return (
        len(payload) - at >= SMALLEST_HEADER
        and payload[at] >= SMALLEST_HEADER
        and payload[at + 8 : at + 12] == SIGNATURE
    )


def _walk_part(payload: bytes, start: int) -> Part:
    body_start = min(start + payload[start], len(payload))
    body_end, issues = _body_end(payload, start, body_start)
    walk = Walk(payload, body_start, body_end)
    if walk.fault is not None and not (issues and body_end - walk.stopped_at <= 2):
        issues.append(Issue(walk.fault, walk.stopped_at))
    next_start = len(payload)
    if not any(i.fault in (Fault.SIZE_MISSING, Fault.SIZE_BEYOND_END) for i in issues):
        next_start = min(body_end + 2, len(payload))
        issues += _check(payload, start, body_end)
    elif is_header(payload, walk.stopped_at):
        next_start = walk.stopped_at
    if next_start < len(payload) and not is_header(payload, next_start):
        issues.append(Issue(Fault.TRAILING_BYTES, next_start))
    places = {definition: messages.offsets() for definition, messages in walk.messages.items()}
    return Part(payload, body_start, body_end, next_start, places, walk.compressed, tuple(issues))


def _body_end(payload: bytes, start: int, body_start: int) -> tuple[int, list[Issue]]:
    """Where the messages end: as declared, or, where that cannot be, where the file does."""
    declared: int = struct.unpack_from("<I", payload, start + 4)[0]
    end = body_start + declared
    if declared > 0 and end <= len(payload):
        return end, []
    fault = Fault.SIZE_BEYOND_END if declared else Fault.SIZE_MISSING
    end = len(payload)
    if (
        end - 2 >= body_start and fit_checksum(payload[body_start : end - 2]) == _stored(payload, end - 2)
    ) or (end - 2 >= body_start and fit_checksum(payload[start : end - 2]) == _stored(payload, end - 2)):
        end -= 2
    return end, [Issue(fault, start + 4)]


def _check(payload: bytes, start: int, body_end: int) -> list[Issue]:
    if body_end + 2 > len(payload):
        return [Issue(Fault.CRC_MISSING, body_end)]
    if fit_checksum(payload[start:body_end]) != _stored(payload, body_end):
        return [Issue(Fault.CRC_MISMATCH, body_end)]
    return []


def _stored(payload: bytes, at: int) -> int:
    value: int = struct.unpack_from("<H", payload, at)[0]
    return value
