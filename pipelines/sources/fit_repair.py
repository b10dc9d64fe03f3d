"""From a walked FIT part, bytes that fitparse reads without stumbling: only what we use, framed anew.

fitparse is exact on sound files, but it stops at a field whose size does not fit its type (a
quarter of COROS files), keeps developer fields of one file for the next (a module-wide table), and
decodes every field of every message. So we hand it a clean part: a true header, definitions
narrowed to the fields we want, one value per field, and no developer fields at all. The few
developer fields that stand in for a profile field travel under a private number (``STAND_INS``).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from pipelines.sources.fit_bytes import Definition, FieldPlace, Part

FILE_ID, SPORT, SESSION, LAP, RECORD, EVENT, DEVICE_INFO, ACTIVITY = 0, 12, 18, 19, 20, 21, 23, 34
FIELD_DESCRIPTION = 206
TIMESTAMP = 253

# Field numbers of the public FIT profile.
WANTED: dict[int, frozenset[int]] = {
    FILE_ID: frozenset({0, 1, 2, 4, 8}),
    SPORT: frozenset({0, 1}),
    SESSION: frozenset({2, 5, 6, 7, 8, 9, 22, 23, TIMESTAMP}),
    LAP: frozenset({25, 39}),  # only its sport, for a recording that breaks off before its session
    RECORD: frozenset({0, 1, 2, 3, 4, 5, 6, 8, 53, 73, 78, TIMESTAMP}),
    EVENT: frozenset({0, 1, TIMESTAMP}),
    DEVICE_INFO: frozenset({0, 1, 2, 4, 25, 27}),
    ACTIVITY: frozenset({5, TIMESTAMP}),
}

# (message, profile field that a developer field says it stands in for) -> private number.
STAND_INS: dict[tuple[int, int], int] = {(RECORD, 5): 240, (RECORD, 3): 241, (SESSION, 9): 242}
_METRES = frozenset({"", "m", "meter", "meters", "metre", "metres"})
_BEATS = frozenset({"", "bpm"})
_UNITS = {240: _METRES, 241: _BEATS, 242: _METRES}

_STRING, _BYTE = 0x07, 0x0D
_COMPRESSED_SPEED_DISTANCE = 8
_SIZES = {
    0x00: 1, 0x01: 1, 0x02: 1, 0x83: 2, 0x84: 2, 0x85: 4, 0x86: 4, _STRING: 1, 0x88: 4, 0x89: 8,
    0x0A: 1, 0x8B: 2, 0x8C: 4, _BYTE: 1, 0x8E: 8, 0x8F: 8, 0x90: 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """What of one definition is passed on: its new definition message, and which bytes of the data."""

    definition: bytes
    spans: tuple[tuple[int, int], ...]


def repaired(part: Part) -> bytes:
    """A complete one-part FIT file (checksums zero) with the wanted fields of ``part``, in order."""
    stand_ins = _described_stand_ins(part)
    plans = [_plan(definition, stand_ins, part.compressed) for definition in part.definitions]
    current: dict[int, int] = {}
    payload, out = part.payload, bytearray()
    for offset, owner in zip(part.offsets, part.owners, strict=True):
        plan = plans[owner]
        if plan is None:
            continue  # nothing in it that we use
        local = part.definitions[owner].local
        if current.get(local) != owner:
            out += plan.definition
            current[local] = owner
        out.append(payload[offset])
        for first, last in plan.spans:
            out += payload[offset + first : offset + last]
    return struct.pack("<BBHI4sH", 14, 0x20, 2132, len(out), b".FIT", 0) + bytes(out) + b"\x00\x00"


def leaves_out_a_wanted_field(part: Part) -> bool:
    """True if a field that we want has a size or type that cannot be, so that it is left out."""
    return any(
        place.developer_index is None
        and place.number in WANTED.get(definition.message, ())
        and _scalar_size(place) is None
        for definition in part.definitions
        for place in definition.fields
    )


def _plan(
    definition: Definition, stand_ins: dict[tuple[int, int], dict[int, int]], compressed: bool
) -> _Plan | None:
    # A compressed message counts its time from the last full timestamp, in whatever message that was.
    others = frozenset({TIMESTAMP}) if compressed else frozenset()
    wanted = WANTED.get(definition.message, others)
    triples: list[tuple[int, int, int]] = []
    spans: list[tuple[int, int]] = []
    for place in definition.fields:
        wanted_place = place if place.number in wanted else None
        if place.developer_index is not None:
            wanted_place = _stand_in(place, definition.message, stand_ins)
        size = None if wanted_place is None else _scalar_size(wanted_place)
        if wanted_place is not None and size is not None:
            triples.append((wanted_place.number, size, wanted_place.base_type))
            spans.append((place.offset, place.offset + size))
    if not triples:
        return None
    layout = struct.pack(">BBBHB" if definition.big_endian else "<BBBHB", 0x40 | definition.local, 0,
                         int(definition.big_endian), definition.message, len(triples))  # fmt: skip
    return _Plan(layout + b"".join(bytes(t) for t in triples), _joined(spans))


def _stand_in(
    place: FieldPlace, message: int, stand_ins: dict[tuple[int, int], dict[int, int]]
) -> FieldPlace | None:
    """A developer field under its private number, None if it stands in for nothing that we want."""
    found = stand_ins.get((place.developer_index or 0, place.number), {}).get(message)
    if found is None:
        return None
    private, base_type = divmod(found, 256)
    return FieldPlace(private, place.size, base_type, place.offset)


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Neighbouring spans as one, so that a message is copied in few slices."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return tuple(joined)


def _size(place: FieldPlace) -> int | None:
    """Bytes of one value, or None if the field's size is not a whole number of them."""
    size = _SIZES.get(place.base_type, 1)
    return size if place.size and place.size % size == 0 else None


def _scalar_size(place: FieldPlace) -> int | None:
    """Bytes to pass on: the first value of a list, all of a string; None = leave the field out."""
    if place.base_type not in _SIZES:
        return None
    if place.base_type == _STRING:
        return place.size or None
    if place.base_type == _BYTE:
        return place.size if place.number == _COMPRESSED_SPEED_DISTANCE and place.size == 3 else None
    return _size(place)


def _described_stand_ins(part: Part) -> dict[tuple[int, int], dict[int, int]]:
    """(developer index, number) -> {message: private number * 256 + base type}, as the file describes."""
    found: dict[tuple[int, int], dict[int, int]] = {}
    described = {i for i, d in enumerate(part.definitions) if d.message == FIELD_DESCRIPTION}
    for offset, owner in zip(part.offsets, part.owners, strict=True) if described else ():
        if owner not in described:
            continue
        values = {
            f.number: part.payload[offset + f.offset : offset + f.offset + f.size]
            for f in part.definitions[owner].fields
            if f.developer_index is None and f.size
        }
        if not {0, 1, 2, 15} <= values.keys():
            continue
        units = values.get(8, b"").split(b"\x00")[0].decode(errors="replace").strip().lower()
        for (message, native), private in STAND_INS.items():
            if values[15][0] == native and _meant_for(values.get(14), message) and units in _UNITS[private]:
                found.setdefault((values[0][0], values[1][0]), {})[message] = private * 256 + values[2][0]
    return found


def _meant_for(native_message: bytes | None, message: int) -> bool:
    if native_message is None or len(native_message) < 2 or native_message[:2] == b"\xff\xff":
        return True
    pair = native_message[:2]
    return message in (int.from_bytes(pair, "little"), int.from_bytes(pair, "big"))
