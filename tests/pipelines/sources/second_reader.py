"""fitparse's reading of a repaired part, laid out as the product's own reader lays it out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipelines.sources.fit_bytes import Part
from pipelines.sources.fit_inspection import FieldTold, MessageTold, told
from pipelines.sources.fit_messages import TIME, WANTED, Messages
from pipelines.sources.fit_profile import fields_of

RECORD_FIELDS = tuple(name for name in WANTED["record"] if name != "compressed_speed_distance")
PACKED = ("speed", "distance")
ROWS = {
    "session": "sessions",
    "event": "events",
    "activity": "activities",
    "file_id": "file_ids",
    "device_info": "devices",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """``count`` messages of one kind in which the readers see one field differently, with the first pair."""

    message: str
    field: str
    count: int
    ours: object
    theirs: object


def differences(part: Part, messages: Messages) -> Iterator[Difference]:
    """Every field in which fitparse and our reader differ, record by record and row by row."""
    columns: dict[str, list[float]] = {name: [] for name in RECORD_FIELDS}
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in ROWS}
    count = 0
    for message in told(part):  # none is kept: a long run has millions of fields
        if message.name == "record":
            count += 1
            fields = by_number(message)
            for name, column in columns.items():
                column.append(number(value_of(message, fields, name)))
        elif message.name in rows and (found := row(message, WANTED[message.name])) is not None:
            rows[message.name].append(found)
    if count != len(messages.records):
        yield Difference("record", "(count)", 1, len(messages.records), count)
        return
    for name, values in columns.items():
        own = messages.records.columns.get(name, np.full(count, np.nan))
        other = np.array(values, dtype=np.float64)
        differing = np.flatnonzero(~((own == other) | (np.isnan(own) & np.isnan(other))))
        if len(differing):
            first = differing[0]
            yield Difference("record", name, len(differing), float(own[first]), float(other[first]))
    for name, attribute in ROWS.items():
        yield from _row_differences(name, getattr(messages, attribute), rows[name])


def _row_differences(
    message: str, ours: Sequence[dict[str, object]], theirs: Sequence[dict[str, object]]
) -> Iterator[Difference]:
    if len(ours) != len(theirs):
        yield Difference(message, "(count)", 1, len(ours), len(theirs))
        return
    for name in WANTED[message]:
        pairs = [
            (a.get(name), b.get(name))
            for a, b in zip(ours, theirs, strict=True)
            if a.get(name) != b.get(name)
        ]
        if pairs:
            yield Difference(message, name, len(pairs), *pairs[0])


def row(message: MessageTold, names: Sequence[str]) -> dict[str, object] | None:
    """None where the message has none of the fields at all, known or not."""
    fields = by_number(message)
    if not any(number_of(message.name, name) in fields for name in names):
        return None
    found = {name: value_of(message, fields, name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def by_number(message: MessageTold) -> dict[int, list[FieldTold]]:
    """The fields of the profile by number; one number may come more than once."""
    fields: dict[int, list[FieldTold]] = {}
    for field in message.fields:
        if not field.developer:
            fields.setdefault(field.number, []).append(field)
    return fields


def value_of(message: MessageTold, fields: dict[int, list[FieldTold]], name: str) -> object:
    """The value written; one that fitparse computed only for what has no field of its own in the file
    (times in header bytes, packed speed and distance)."""
    mine = fields.get(number_of(message.name, name))
    if mine is None:
        return None
    packed = name in PACKED and any(f.name == "compressed_speed_distance" for f in message.fields)
    for chosen in ([f for f in mine if f.written], mine if name == TIME or packed else []):
        values = [value for f in chosen if (value := first_known(f)) is not None]
        if values:
            return values[-1]
    return None


@cache
def number_of(message: str, name: str) -> int:
    return fields_of(message)[name].number


def first_known(field: FieldTold) -> object:
    values = field.value if isinstance(field.value, tuple) else (field.value,)
    for value in values:
        if value is not None and not (isinstance(value, float) and not math.isfinite(value)):
            return value
    return None


def number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan
