"""What we want of one definition, and how to read it: worked out once for each definition there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pipelines.sources.fit_profile import BYTE, STRING, BaseType, Field, base_type, fields_of, message_number
from pipelines.sources.fit_walk import LARGEST_MEMORY, Definition, FieldPlace

APP = "app "  # before the name of a profile field for which an app on the watch stands in


@dataclass(frozen=True, slots=True)
class StandIn:
    """A developer field that says it is some field of the profile, ``factor`` times that field's unit."""

    developer_index: int
    number: int
    message: str
    name: str
    base_type: int
    factor: float


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One field to read from each message: ``count`` values of ``base`` at ``offset``."""

    name: str
    field: Field | None  # None: an app's, in its own unit
    base: BaseType
    offset: int
    size: int
    count: int
    factor: float = 1.0

    @property
    def is_bytes(self) -> bool:
        return self.base.name in (BYTE, STRING)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """``readings`` in the order of the file, and their fields ``f0``, ``f1``, … in one message.
    ``left_out``: a wanted field has a size or type that cannot be."""

    readings: tuple[Reading, ...]
    dtype: np.dtype[np.void]
    left_out: bool


@lru_cache(LARGEST_MEMORY)
def layout_of(
    definition: Definition, message: str, names: tuple[str, ...], stand_ins: tuple[StandIn, ...] = ()
) -> Layout:
    """The fields called ``names`` of a definition, which is one of ``message``."""
    wanted = {field.number: field for name, field in fields_of(message).items() if name in names}
    apps = {(s.developer_index, s.number): s for s in stand_ins if s.message == message}
    readings: list[Reading] = []
    left_out = False
    for place in definition.fields:
        reading: Reading | None = None
        if place.developer_index is not None:
            app = apps.get((place.developer_index, place.number))
            reading = None if app is None else _app_reading(place, app)
        elif place.number in wanted:
            reading = _reading(place, wanted[place.number])
            left_out = left_out or reading is None
        if reading is not None:
            readings.append(reading)
    return Layout(tuple(readings), _dtype(definition, readings), left_out)


def definitions_of(definitions: Mapping[Definition, object], message: str) -> list[Definition]:
    number = message_number(message)
    return [definition for definition in definitions if definition.message == number]


def _dtype(definition: Definition, readings: list[Reading]) -> np.dtype[np.void]:
    order = ">" if definition.big_endian else "<"
    formats = []
    for reading in readings:
        kind = "u1" if reading.base.name == STRING else order + reading.base.format
        formats.append(kind if reading.count == 1 and not reading.is_bytes else f"({reading.count},){kind}")
    return np.dtype(
        {
            "names": [f"f{index}" for index in range(len(readings))],
            "formats": formats,
            "offsets": [reading.offset for reading in readings],
            "itemsize": definition.length,
        }
    )


def _reading(place: FieldPlace, field: Field) -> Reading | None:
    base = base_type(place.base_type)
    # Bytes are no number; only a field that the profile itself packs into bytes is read from them.
    if base is None or (base.name == BYTE) is not field.packed or not place.size or place.size % base.size:
        return None
    return Reading(field.name, field, base, place.offset, place.size, place.size // base.size)


def _app_reading(place: FieldPlace, app: StandIn) -> Reading | None:
    base = base_type(app.base_type)
    if base is None or base.name in (BYTE, STRING) or not place.size or place.size % base.size:
        return None
    return Reading(APP + app.name, None, base, place.offset, place.size, place.size // base.size, app.factor)
