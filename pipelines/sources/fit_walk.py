"""One pass over the message headers of a FIT part: which messages of which definition start where.

This loop sees every message of every file, so it takes them in runs. A message says nothing about its
own length; its definition does. So where a header byte comes again at the same distance, and again,
those are messages of one definition, and a whole run is found by slicing the headers out of the bytes
with that distance as the step. The same holds for two messages that take turns (a sample and a
position, a sample and the beats since), with the sum of their lengths as the step.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

DEVELOPER_DATA = 0x20
DEFINITION = 0x40
COMPRESSED = 0x80

# Headers looked at first in search of a run; each further look takes eight times as many.
FIRST_LOOK = 16
LARGEST_MEMORY = 1024  # definitions kept from file to file: a watch writes the same ones every day

_HEADERS = [bytes((head,)) for head in range(256)]

Offsets = NDArray[np.int64]


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
class FieldPlace:
    """One field of a definition; ``offset`` counts from the message's header byte.

    ``developer_index`` is None for a field of the profile; then ``base_type`` is the file's word.
    """

    number: int
    size: int
    base_type: int
    offset: int
    developer_index: int | None = None


@dataclass(frozen=True, eq=False)
class Definition:
    """How messages look that say they are so. One object per content, whatever file it came from,
    so that what is worked out about it once can be remembered."""

    content: bytes  # as in the file, without the header byte
    has_developer_fields: bool

    @cached_property
    def big_endian(self) -> bool:
        return self.content[1] == 1

    @cached_property
    def message(self) -> int:
        number: int = struct.unpack_from(">H" if self.big_endian else "<H", self.content, 2)[0]
        return number

    @cached_property
    def length(self) -> int:
        """Of a data message, header byte included."""
        own, developer = self._triples
        return 1 + sum(own[1::3]) + sum(developer[1::3])

    @cached_property
    def fields(self) -> tuple[FieldPlace, ...]:
        places: list[FieldPlace] = []
        offset = 1
        for triples, developer in zip(self._triples, (False, True), strict=True):
            for number, size, third in zip(triples[::3], triples[1::3], triples[2::3], strict=True):
                places.append(
                    FieldPlace(number, size, 0 if developer else third, offset, third if developer else None)
                )
                offset += size
        return tuple(places)

    @property
    def _triples(self) -> tuple[bytes, bytes]:
        after = 5 + 3 * self.content[4]
        return self.content[5:after], self.content[after + 1 :]


# One file's damage can make up thousands of definitions; the eldest are forgotten then.
definition_of = lru_cache(LARGEST_MEMORY)(Definition)


@dataclass(slots=True)
class Messages:
    """Where the messages of one definition start: single ones, and runs as (first, step, count)."""

    length: int
    singles: list[int] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)

    def offsets(self) -> Offsets:
        """All starts, ascending."""
        if len(self.runs) == 1 and not self.singles:
            first, step, count = self.runs[0]
            return np.arange(first, first + step * count, step)
        if not self.runs:
            return np.array(self.singles, dtype=np.int64)
        firsts, steps, counts = np.array(self.runs, dtype=np.int64).T
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        in_runs = np.repeat(firsts, counts) + within * np.repeat(steps, counts)
        return np.sort(np.concatenate((in_runs, np.array(self.singles, dtype=np.int64))), kind="stable")


class Walk:
    """One pass. ``stopped_at`` is the first byte that was not taken; ``fault`` says why, if too early."""

    def __init__(self, payload: bytes, start: int, end: int) -> None:
        self.messages: dict[Definition, Messages] = {}
        self.stopped_at = start
        self.fault: Fault | None = None
        self._body = payload if end == len(payload) else payload[:end]
        self.compressed = False  # some messages carry five bits of time in their header byte
        self._known: list[Messages | None] = [None] * 256  # by header byte
        try:
            self._take_runs()
        except IndexError:  # it looked past the end; ``stopped_at`` is still before it
            self._take_singles()

    def _take_runs(self) -> None:
        """Everything up to the last few messages. Raises IndexError where it would look past the end."""
        body, known, at = self._body, self._known, self.stopped_at
        while True:
            self.stopped_at = at
            head = body[at]
            messages = known[head]
            if messages is None:
                if not self._learn():
                    return
                at = self.stopped_at
                continue
            step = messages.length
            other_head = body[at + step]
            if other_head == head:
                count = self._repeats(at, step, messages.length, head)
                messages.runs.append((at, step, count))
                at += count * step
                continue
            other = known[other_head]
            if other is not None and body[at + step + other.length] == head:
                second, step = at + step, step + other.length
                count = min(
                    self._repeats(at, step, messages.length, head),
                    self._repeats(second, step, other.length, other_head),
                )
                messages.runs.append((at, step, count))
                other.runs.append((second, step, count))
                at += count * step
                continue
            messages.singles.append(at)
            at += step

    def _repeats(self, first: int, step: int, length: int, head: int) -> int:
        """How many whole messages that begin with ``head`` stand in a row, one every ``step`` bytes."""
        body, mark, look = self._body, _HEADERS[head], FIRST_LOOK
        while True:
            heads = body[first : first + look * step : step]
            count = len(heads) - len(heads.lstrip(mark))
            if count < look:
                return count - (first + (count - 1) * step + length > len(body))
            look *= 8

    def _take_singles(self) -> None:
        """Message by message to the end."""
        while self.stopped_at < len(self._body):
            messages = self._known[self._body[self.stopped_at]]
            if messages is None:
                if not self._learn():
                    return
            elif self.stopped_at + messages.length > len(self._body):
                self.fault = Fault.CUT_IN_MESSAGE
                return
            else:
                messages.singles.append(self.stopped_at)
                self.stopped_at += messages.length

    def _learn(self) -> bool:
        """Make sense of a header byte not seen before; False, with the fault noted, if it makes none."""
        head = self._body[self.stopped_at]
        if head & COMPRESSED:
            local = head >> 5 & 3
            messages = self._known[local]
            if messages is not None:
                self.compressed = True
                self._know_compressed(local, messages)
                return True
        elif head & DEFINITION:
            return self._define(head)
        self.fault = Fault.UNDEFINED_MESSAGE
        return False

    def _know_compressed(self, local: int, messages: Messages | None) -> None:
        first = COMPRESSED | local << 5
        self._known[first : first + 32] = [messages] * 32

    def _define(self, head: int) -> bool:
        """Take the definition at the current place; False if it is cut."""
        body, at = self._body, self.stopped_at
        developer = bool(head & DEVELOPER_DATA)
        after = at + 6
        if after <= len(body):
            after += 3 * body[at + 5]
            if developer:
                after += 1 + 3 * body[after] if after < len(body) else 1
        if after > len(body):
            self.fault = Fault.CUT_IN_MESSAGE
            return False
        definition = definition_of(body[at + 1 : after], developer)
        messages = self.messages.get(definition)
        if messages is None:
            messages = self.messages[definition] = Messages(definition.length)
        local = head & 15
        self._known[local:DEFINITION:16] = [messages] * 4  # two bits of a data header mean nothing
        if self.compressed and local < 4:
            self._know_compressed(local, None)
        self.stopped_at = after
        return True
