"""The messages of one repaired FIT part, decoded by fitparse: raw columns and small typed rows.

Values come scaled to SI as the FIT profile says; times stay seconds since 1989-12-31 UTC, angles
semicircles. What fitparse yields before it gives up is kept.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from fitparse import FitFile
from fitparse.processors import FitFileDataProcessor
from fitparse.records import DataMessage
from fitparse.utils import FitParseError

from features.training_log import Column
from pipelines.sources import fit_repair as fit

# Everything fitparse is known to raise on bytes that follow the framing but make no sense.
DECODER_ERRORS = (FitParseError, ValueError, KeyError, TypeError, IndexError, OverflowError, struct.error)

Value = int | float | str

# Columns of a record; field numbers of the profile, and the stand-ins of fit_repair.
_RECORD_FIELDS = {
    253: "timestamp", 0: "latitude", 1: "longitude", 2: "altitude", 3: "heart_rate", 4: "cadence", 5: "distance",
    6: "speed", 53: "fractional_cadence", 73: "enhanced_speed", 78: "enhanced_altitude",
    240: "stand_in_distance", 241: "stand_in_heart_rate",
}  # fmt: skip
_PLACE = {number: place for place, number in enumerate(_RECORD_FIELDS)}
_UNKNOWN_ROW = [math.nan] * len(_PLACE)


@dataclass(slots=True)
class Messages:
    """What one part says. ``records`` are raw columns by name; rows map field numbers to values."""

    records: dict[str, Column] = field(default_factory=dict)
    file_ids: list[dict[int, Value]] = field(default_factory=list)
    sports: list[dict[int, Value]] = field(default_factory=list)
    sessions: list[dict[int, Value]] = field(default_factory=list)
    events: list[dict[int, Value]] = field(default_factory=list)
    devices: list[dict[int, Value]] = field(default_factory=list)
    activities: list[dict[int, Value]] = field(default_factory=list)
    complete: bool = True

    @property
    def record_count(self) -> int:
        return len(self.records["timestamp"])


class _AsWritten(FitFileDataProcessor):  # type: ignore[misc]
    """No conversions: fitparse's own are four failing look-ups per field, and we want plain numbers."""

    def run_type_processor(self, field_data: object) -> None: ...

    def run_field_processor(self, field_data: object) -> None: ...

    def run_unit_processor(self, field_data: object) -> None: ...

    def run_message_processor(self, data_message: object) -> None: ...


def decode(data: bytes) -> Messages:
    """All messages of one repaired part; ``complete`` is False where the decoder stopped early."""
    found = Messages()
    rows = {
        fit.FILE_ID: found.file_ids, fit.SPORT: found.sports, fit.SESSION: found.sessions, fit.EVENT: found.events,
        fit.DEVICE_INFO: found.devices, fit.ACTIVITY: found.activities,
    }  # fmt: skip
    samples: list[list[float]] = []
    try:
        for message in _messages(data):
            number = message.mesg_num
            if number == fit.RECORD:
                samples.append(_sample(message))
            elif number in rows:
                rows[number].append(_row(message))
            elif number == fit.LAP:
                row = _row(message)
                found.sports += [{0: row[25], 1: row.get(39, "generic")}] if 25 in row else []
    except DECODER_ERRORS:
        found.complete = False
    table = np.array(samples, dtype=np.float64).reshape(len(samples), len(_PLACE))
    table[~np.isfinite(table)] = np.nan
    found.records = {name: table[:, place] for place, name in enumerate(_RECORD_FIELDS.values())}
    return found


def _messages(data: bytes) -> Iterator[DataMessage]:
    with FitFile(data, check_crc=False, data_processor=_AsWritten()) as reader:
        yield from reader.get_messages()


def _sample(message: DataMessage) -> list[float]:
    row = _UNKNOWN_ROW.copy()
    for item in message.fields:
        value = item.value
        if value is None:
            continue
        place = _PLACE.get(item.def_num)
        # A field that was written wins over the same field computed from another one.
        if (
            place is not None
            and isinstance(value, (int, float))
            and (item.field_def or row[place] != row[place])
        ):
            row[place] = value
    return row


def _row(message: DataMessage) -> dict[int, Value]:
    """Field number -> value; enumerations by their name where the profile knows one."""
    return {item.def_num: item.value for item in message.fields if isinstance(item.value, (int, float, str))}
