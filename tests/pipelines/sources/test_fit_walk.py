"""The walk over message headers: runs are only a faster way to the same messages."""

from __future__ import annotations

import random

import pytest
from fit_builder import ENUM, START, UINT8, UINT16, UINT32, FitBuilder, with_file_id

from pipelines.sources.fit_bytes import parts_of
from pipelines.sources.fit_walk import Definition, Fault, Messages, Walk

Field = tuple[int, int, int]


def defined(local: int, message: int, *fields: tuple[int, int, int]) -> bytes:
    """A definition message: (number, size, base type) per field."""
    head = bytes((0x40 | local, 0, 0)) + message.to_bytes(2, "little") + bytes((len(fields),))
    return head + b"".join(bytes(field) for field in fields)


SAMPLE = defined(0, 20, (253, 4, UINT32), (3, 1, UINT8))
PLACE = defined(1, 160, (1, 4, UINT32), (2, 4, UINT32), (3, 2, UINT16))
BEAT = defined(2, 78, (0, 2, UINT16))
LENGTHS = {0: 6, 1: 11, 2: 3}


def body_of(locals_: list[int], dice: random.Random) -> bytes:
    """Messages of those local numbers; their content is often taken for headers, were it looked at."""
    parts = [SAMPLE, PLACE, BEAT]
    for local in locals_:
        parts.append(bytes((local,)) + bytes(dice.choice((0, 1, 2, 0x40)) for _ in range(LENGTHS[local] - 1)))
    return b"".join(parts)


def one_by_one(body: bytes) -> tuple[list[int], int]:
    """Where messages start, found by the plain rule, and where the first one that is cut starts."""
    at, starts = len(SAMPLE + PLACE + BEAT), []
    while at < len(body) and at + LENGTHS[body[at]] <= len(body):
        starts.append(at)
        at += LENGTHS[body[at]]
    return starts, at


PATTERNS = {
    "one long run": [0] * 500,
    "two that take turns": [0, 1] * 300,
    "turns that end in the middle": [0, 1] * 40 + [0, 2] * 40 + [0],
    "three in turn": [0, 1, 2] * 60,
    "runs of every length": [local for n in range(40) for local in [0] * n + [1]],
    "nothing twice": [0, 1, 2, 1, 0, 2, 2, 1, 1, 0],
    "one": [1],
    "none": [],
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("cut", range(13))
def test_runs_find_the_messages_that_the_plain_rule_finds(pattern: str, cut: int) -> None:
    body = body_of(PATTERNS[pattern], random.Random(pattern))
    body = body[: max(len(body) - cut, len(SAMPLE + PLACE + BEAT))]
    starts, stopped_at = one_by_one(body)
    walk = Walk(body, 0, len(body))
    assert sorted(int(o) for m in walk.messages.values() for o in m.offsets()) == starts
    assert walk.stopped_at == stopped_at
    assert walk.fault is (Fault.CUT_IN_MESSAGE if stopped_at < len(body) else None)


def test_runs_find_the_same_in_random_sequences() -> None:
    dice = random.Random("runs")
    for _ in range(200):
        locals_ = [
            local
            for _ in range(dice.randint(1, 12))
            for local in dice.choice(((0,), (0, 1), (2, 0), (0, 1, 2))) * dice.randint(1, 60)
        ]
        body = body_of(locals_, dice)[: -dice.randint(0, 9) or None]
        starts, stopped_at = one_by_one(body)
        walk = Walk(body, 0, len(body))
        assert sorted(int(o) for m in walk.messages.values() for o in m.offsets()) == starts
        assert walk.stopped_at == stopped_at


def test_a_local_number_defined_anew_is_another_message_from_there_on() -> None:
    body = SAMPLE + (b"\x00" + bytes(5)) * 20 + defined(0, 78, (0, 2, UINT16)) + (b"\x00" + bytes(2)) * 20
    walk = Walk(body, 0, len(body))
    counts = {definition.message: len(found.offsets()) for definition, found in walk.messages.items()}
    assert counts == {20: 20, 78: 20}


def test_definitions_of_the_same_content_are_one() -> None:
    part = next(parts_of(with_file_id().add(21, [(0, ENUM, 0)]).add(21, [(0, ENUM, 1)]).build()))
    assert [definition.message for definition in part.definitions] == [0, 21]
    again = next(parts_of(with_file_id().build()))
    assert again.definitions[0] is part.definitions[0]


def test_a_definition_tells_sizes_offsets_and_byte_order() -> None:
    content = bytes((0, 1)) + (20).to_bytes(2, "big") + bytes((2, 253, 4, UINT32, 3, 1, UINT8, 1, 7, 2, 9))
    definition = Definition(content, has_developer_fields=True)
    assert (definition.message, definition.big_endian, definition.length) == (20, True, 8)
    assert [(f.number, f.size, f.offset, f.developer_index) for f in definition.fields] == [
        (253, 4, 1, None),
        (3, 1, 5, None),
        (7, 2, 6, 9),
    ]


def test_offsets_of_runs_and_single_messages_come_in_file_order() -> None:
    found = Messages(length=5, singles=[100, 3], runs=[(10, 5, 3), (40, 20, 2)])
    assert found.offsets().tolist() == [3, 10, 15, 20, 40, 60, 100]


def test_a_message_that_nobody_defined_stops_the_walk_where_it_stands() -> None:
    body = SAMPLE + (b"\x00" + bytes(5)) * 30 + b"\x07\x00"
    walk = Walk(body, 0, len(body))
    assert (walk.fault, walk.stopped_at) == (Fault.UNDEFINED_MESSAGE, len(body) - 2)


def test_time_in_header_bytes_is_noticed() -> None:
    plain = FitBuilder().add(20, [(253, UINT32, START)]).build()
    assert not next(parts_of(plain)).compressed
    body = SAMPLE + b"\x00" + bytes(5) + bytes((0x85,)) + bytes(5) + bytes((0x9F,)) + bytes(5)
    walk = Walk(body, 0, len(body))
    assert walk.compressed
    assert sum(len(found.offsets()) for found in walk.messages.values()) == 3
