"""The framing of a FIT file: where its parts, definitions and messages lie, and what is wrong with them.

Nothing here knows what a message means, and nothing raises on damage: the walk stops where the
framing breaks, and says so. A file holds one or more parts (header, messages, checksum) in a row.
Source of the layout: the public FIT protocol description, developer.garmin.com/fit/protocol.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipelines.sources.fit_checksum import fit_checksum

SIGNATURE = b".FIT"
SMALLEST_HEADER = 12
DEVELOPER_DATA = 0x20
DEFINITION = 0x40
COMPRESSED = 0x80


class Fault(StrEnum):
    """What can be wrong with the framing of a part."""

    SIZE_MISSING = "size_missing"  # data size 0: the device never finished the file
    SIZE_BEYOND_END = "size_beyond_end"
    CUT_IN_MESSAGE = "cut_in_message"
    UNDEFINED_MESSAGE = "undefined_message"  # damage: the bytes no longer line up with definitions
    CRC_MISSING = "crc_missing"
    CRC_MISMATCH = "crc_mismatch"
    TRAILING_BYTES = "trailing_bytes"


@dataclass(frozen=True, slots=True)
class Issue:
    fault: Fault
    offset: int


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """One field of a definition; ``offset`` counts from the message's header byte.

    ``developer_index`` is None for a field of the profile; then ``base_type`` is the file's word.
    """

    number: int
    size: int
    base_type: int
    offset: int
    developer_index: int | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """How the messages of one local number look until the next definition of that number."""

    local: int
    message: int
    big_endian: bool
    fields: tuple[FieldPlace, ...]
    length: int  # of a data message, header byte included


@dataclass(frozen=True, slots=True)
class Part:
    """One header-to-checksum run. ``offsets[i]`` is where message i starts (absolute),
    ``owners[i]`` the index of its definition; both in file order, definitions left out."""

    payload: bytes
    body_start: int
    body_end: int
    next_start: int
    definitions: tuple[Definition, ...]
    offsets: list[int]
    owners: list[int]
    compressed: bool  # some messages carry five bits of time in their header byte
    issues: tuple[Issue, ...]

    def has(self, *faults: Fault) -> bool:
        return any(issue.fault in faults for issue in self.issues)


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
    walk = _Walk(payload, body_start, body_end)
    walk.run()
    stopped_at = walk.at
    if walk.fault is not None and not (issues and body_end - stopped_at <= 2):
        issues.append(Issue(walk.fault, stopped_at))
    next_start = len(payload)
    if not any(i.fault in (Fault.SIZE_MISSING, Fault.SIZE_BEYOND_END) for i in issues):
        next_start = min(body_end + 2, len(payload))
        issues += _check(payload, start, body_end)
    elif is_header(payload, stopped_at):
        next_start = stopped_at
    if next_start < len(payload) and not is_header(payload, next_start):
        issues.append(Issue(Fault.TRAILING_BYTES, next_start))
    return Part(
        payload, body_start, body_end, next_start, tuple(walk.definitions),
        walk.offsets, walk.owners, walk.compressed, tuple(issues),
    )  # fmt: skip


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


class _Walk:
    """One pass over message headers; stops at the first byte that cannot be right."""

    def __init__(self, payload: bytes, at: int, end: int) -> None:
        self.payload, self.at, self.end = payload, at, end
        self.definitions: list[Definition] = []
        self.offsets: list[int] = []
        self.owners: list[int] = []
        self.compressed = False
        self.fault: Fault | None = None
        self._owner_of_local: dict[int, int] = {}

    def run(self) -> None:
        payload, end = self.payload, self.end
        lengths: dict[int, int] = {}
        while self.at < end:
            head = payload[self.at]
            if head & COMPRESSED:
                local = head >> 5 & 3
                self.compressed = True
            elif head & DEFINITION:
                if not self._define(head):
                    self.fault = Fault.CUT_IN_MESSAGE
                    return
                lengths[head & 15] = self.definitions[-1].length
                continue
            else:
                local = head & 15
            length = lengths.get(local)
            if length is None:
                self.fault = Fault.UNDEFINED_MESSAGE
                return
            if self.at + length > end:
                self.fault = Fault.CUT_IN_MESSAGE
                return
            self.offsets.append(self.at)
            self.owners.append(self._owner_of_local[local])
            self.at += length

    def _define(self, head: int) -> bool:
        """Read the definition at the current place; False if it is cut."""
        payload, at, end = self.payload, self.at, self.end
        if at + 6 > end:
            return False
        big_endian = payload[at + 2] == 1
        message: int = struct.unpack_from(">H" if big_endian else "<H", payload, at + 3)[0]
        after = at + 6 + 3 * payload[at + 5]
        triples = [
            (payload[i], payload[i + 1], payload[i + 2]) for i in range(at + 6, min(after, end - 2), 3)
        ]
        own = len(triples)
        if head & DEVELOPER_DATA and after < end:
            first, after = after + 1, after + 1 + 3 * payload[after]
            triples += [
                (payload[i], payload[i + 1], payload[i + 2]) for i in range(first, min(after, end - 2), 3)
            ]
        if after > end:
            return False
        fields: list[FieldPlace] = []
        offset = 1
        for index, (number, size, third) in enumerate(triples):
            developer = index >= own
            fields.append(
                FieldPlace(number, size, 0 if developer else third, offset, third if developer else None)
            )
            offset += size
        self._owner_of_local[head & 15] = len(self.definitions)
        self.definitions.append(Definition(head & 15, message, big_endian, tuple(fields), offset))
        self.at = after
        return True
