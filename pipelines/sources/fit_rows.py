"""Messages of which a file has few, each as a row of plain values: names → numbers, words, texts."""

from __future__ import annotations

import math
import struct
from functools import lru_cache

from pipelines.sources.fit_bytes import Part
from pipelines.sources.fit_layout import Layout, Reading, StandIn, definitions_of, layout_of
from pipelines.sources.fit_profile import STRING, Value
from pipelines.sources.fit_walk import LARGEST_MEMORY, Definition

Row = dict[str, Value]


def rows_of(
    part: Part, message: str, names: tuple[str, ...], stand_ins: tuple[StandIn, ...] = ()
) -> list[tuple[int, Row]]:
    """The messages of one kind in file order, each with where it starts. Numbers are scaled, numbers
    that have a name are that name, unknown fields are absent; of a list the first known value counts.
    A message that has room for none of them is no row."""
    rows: list[tuple[int, Row]] = []
    for definition in definitions_of(part.places, message):
        layout = layout_of(definition, message, names, stand_ins)
        if not layout.readings:
            continue
        for offset in part.places[definition].tolist():
            rows.append((offset, _scaled(_raw(part.payload, offset, definition, layout), layout)))
    rows.sort(key=lambda row: row[0])
    return rows


def raw_rows_of(part: Part, message: str, names: tuple[str, ...]) -> list[Row]:
    """As ``rows_of``, but numbers as they lie in the file."""
    places = [
        (offset, definition)
        for definition in definitions_of(part.places, message)
        for offset in part.places[definition].tolist()
    ]
    places.sort(key=lambda place: place[0])
    return [raw_row_at(part, definition, offset, message, names) for offset, definition in places]


def raw_row_at(part: Part, definition: Definition, offset: int, message: str, names: tuple[str, ...]) -> Row:
    """One message, numbers as they lie in the file."""
    layout = layout_of(definition, message, names)
    raws = _raw(part.payload, offset, definition, layout)
    return {layout.readings[index].name: raw for index, raw in raws.items()}


def _raw(payload: bytes, offset: int, definition: Definition, layout: Layout) -> dict[int, Value]:
    """Of each reading, by its place, what is known."""
    raws: dict[int, Value] = {}
    values = _unpacker(definition, layout).unpack_from(payload, offset)
    at = 0
    for index, reading in enumerate(layout.readings):
        if reading.base.name == STRING:
            text = values[at].split(b"\x00")[0].decode(errors="replace")
            at += 1
            if text:
                raws[index] = text
            continue
        for value in values[at : at + reading.count]:
            if value != reading.base.sentinel and math.isfinite(value):
                raws[index] = value
                break
        at += reading.count
    return raws


def _scaled(raws: dict[int, Value], layout: Layout) -> Row:
    by_number = {
        reading.field.number: raws[index]
        for index, reading in enumerate(layout.readings)
        if reading.field is not None and index in raws
    }
    return {
        layout.readings[index].name: _one(layout.readings[index], raw, by_number)
        for index, raw in raws.items()
    }


def _one(reading: Reading, raw: Value, others: dict[int, Value]) -> Value:
    if reading.field is None:
        return raw if isinstance(raw, str) else raw * reading.factor
    for words, conditions in reading.field.choices:
        if isinstance(raw, int) and any(others.get(number) == value for number, value in conditions):
            return words.get(raw, raw)
    return reading.field.scaled(raw)


@lru_cache(LARGEST_MEMORY)
def _unpacker(definition: Definition, layout: Layout) -> struct.Struct:
    form, at = ">" if definition.big_endian else "<", 0
    for reading in layout.readings:
        form += f"{reading.offset - at}x{reading.count}{reading.base.format}"
        at = reading.offset + reading.size
    return struct.Struct(form)
