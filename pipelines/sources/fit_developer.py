"""Fields that apps on the watch add: those described as standing in for a field that we want."""

from __future__ import annotations

from pipelines.sources.fit_bytes import Part
from pipelines.sources.fit_layout import StandIn
from pipelines.sources.fit_profile import fields_of, message_number
from pipelines.sources.fit_rows import Row, raw_rows_of

_DESCRIPTION = "field_description"
_NAMES = ("developer_data_index", "field_definition_number", "fit_base_type_id", "units", "native_mesg_num",
          "native_field_num")  # fmt: skip

_METRES = {"": 1.0, "m": 1.0, "meter": 1.0, "meters": 1.0, "metre": 1.0, "metres": 1.0}
_TURNS = {"": 1.0, "rpm": 1.0, "spm": 1.0}
# (message, field) → units that apps write, and how many of the profile's unit each is.
_UNITS: dict[tuple[str, str], dict[str, float]] = {
    ("record", "distance"): _METRES,
    ("record", "heart_rate"): {"": 1.0, "bpm": 1.0},
    ("record", "cadence"): _TURNS,
    ("record", "power"): {"": 1.0, "w": 1.0, "watt": 1.0, "watts": 1.0},
    ("record", "stance_time"): {"ms": 1.0, "milliseconds": 1.0},
    ("record", "vertical_oscillation"): {"mm": 1.0, "millimeters": 1.0, "cm": 10.0, "centimeters": 10.0},
    ("session", "total_distance"): _METRES,
}


def stand_ins_of(part: Part) -> tuple[StandIn, ...]:
    """What the file describes as standing in for a field that we want, in a unit that we know."""
    found: dict[tuple[int, int, str], StandIn] = {}
    for row in raw_rows_of(part, _DESCRIPTION, _NAMES):
        for (message, name), units in _UNITS.items():
            stand_in = _stand_in(row, message, name, units)
            if stand_in is not None:
                found[stand_in.developer_index, stand_in.number, message] = stand_in
    return tuple(found.values())


def _stand_in(row: Row, message: str, name: str, units: dict[str, float]) -> StandIn | None:
    index, number, base = (row.get(key) for key in _NAMES[:3])
    factor = units.get(str(row.get("units", "")).strip().lower())
    if factor is None or not (isinstance(index, int) and isinstance(number, int) and isinstance(base, int)):
        return None
    if row.get("native_field_num") != fields_of(message)[name].number:
        return None
    # Without a message of its own the field may be meant for any.
    if row.get("native_mesg_num", message_number(message)) != message_number(message):
        return None
    return StandIn(index, number, message, name, base, factor)
