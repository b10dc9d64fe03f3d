"""The files that are not plain workouts: settings, a course, a recording that a flat battery cut short."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from data_samples import fit_writer
from data_samples.fit_writer import Message
from data_samples.jonas import JONAS
from data_samples.mara import MARA
from data_samples.terrain import STEP_M, loop
from data_samples.watch import Kept


@dataclass(frozen=True, slots=True)
class CutShort:
    """The bytes of a recording that ends early, and what can still be read of it."""

    data: bytes
    distance_m: float
    elapsed_s: int
    descent_m: int | None


def watch_died(kept: Kept, share: float) -> CutShort:
    """The file as it lies on a watch whose battery went flat: cut in the middle of a record, no checksum.

    The cut is placed by encoding the messages up to one record: what the encoder writes for them
    begins the whole file too, so the last readable record is known without decoding anything.
    """
    messages = fit_writer.activity(kept)
    last_row = int(kept.rows[int(len(kept.rows) * share)])
    upto = next(n for n, m in enumerate(messages) if _is_record_at(m, fit_writer.stamp(kept.at(last_row))))
    whole, part = fit_writer.encode(messages), fit_writer.encode(messages[: upto + 1])
    kept_bytes = len(part) - 2
    if whole[14:kept_bytes] != part[14:kept_bytes]:
        raise RuntimeError("the encoder no longer writes a prefix for a prefix of the messages")
    climbed = kept.ascent_descent_m(0, last_row)
    return CutShort(
        data=whole[: kept_bytes + 7],
        distance_m=float(kept.distance_m[last_row]),
        elapsed_s=last_row,
        descent_m=climbed[1] if climbed else None,
    )


def _is_record_at(message: Message, at: str) -> bool:
    return (message["message_type"], message.get("timestamp")) == ("record", at)


def settings_file() -> bytes:
    """What a watch stores of itself; it lies beside the workouts in every copied folder."""
    created = datetime(2026, 4, 19, 16, 2, 11, tzinfo=UTC)
    profile: Message = {"message_type": "user_profile", "gender": "female", "age": 35, "height": 1.69}
    profile |= {"weight": 61.0, "resting_heart_rate": round(MARA.rest_bpm)}
    clock: Message = {"message_type": "device_settings", "utc_offset": 0}
    return fit_writer.encode([fit_writer.file_id(MARA.watch, "settings", created), profile, clock])


def course_file() -> bytes:
    """A planned round in the hills: positions and heights, but nobody has run it."""
    created = datetime(2026, 10, 17, 18, 40, 5, tzinfo=UTC)
    route = loop(JONAS.place, 12_000.0, 2, 1)
    latitude, longitude = route.place.degrees(route.east_m, route.north_m)
    messages: list[Message] = [
        fit_writer.file_id(JONAS.watch, "course", created),
        {"message_type": "course", "name": "Hill round 12 km", "sport": "running"},
    ]
    for n in range(0, len(latitude), 30):
        at = fit_writer.stamp(datetime.fromtimestamp(created.timestamp() + n * STEP_M / 2.8, UTC))
        point: Message = {"message_type": "record", "timestamp": at, "distance": n * STEP_M}
        point["position_lat"] = math.floor(latitude[n] * 2**31 / 180.0)
        point["position_long"] = math.floor(longitude[n] * 2**31 / 180.0)
        messages.append(point | {"enhanced_altitude": round(float(route.altitude_m[n]), 1)})
    return fit_writer.encode(messages)
