"""A kept recording as the FIT messages a watch writes, encoded by pyfitparsernative (MIT)."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyfitparsernative

from data_samples.outings import Outing, Watch
from data_samples.terrain import Floats
from data_samples.watch import Kept, Lap

Message = dict[str, Any]

_SEMICIRCLES_PER_DEGREE = 2**31 / 180.0


def encode(messages: list[Message]) -> bytes:
    """A complete FIT file with both checksums. ``ValueError`` for a field the profile does not know."""
    return bytes(pyfitparsernative.write_fit_bytes(messages))


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def file_id(watch: Watch, kind: str, created: datetime) -> Message:
    ours: Message = {"message_type": "file_id", "type": kind, "manufacturer": watch.manufacturer}
    ours |= {"product": watch.product, "time_created": stamp(created)}
    if watch.serial is not None:
        ours["serial_number"] = watch.serial
    if watch.product_name is not None:
        ours["product_name"] = watch.product_name
    return ours


def activity(kept: Kept) -> list[Message]:
    """All messages of one recording in the order a watch writes them: by time, summaries last."""
    watch = kept.outing.runner.watch
    timed: list[tuple[int, int, Message]] = [(int(i), 1, _record(kept, int(i))) for i in kept.rows]
    timed += [(0, 0, _timer(kept, 0, "start"))]
    for off, on, by_hand in kept.pauses:
        timed.append((off, 2, _timer(kept, off, "stop_all" if by_hand else "stop", by_hand)))
        timed.append((on, 0, _timer(kept, on, "start", by_hand)))
    timed += [(lap.last_s, 4, _lap(kept, n, lap)) for n, lap in enumerate(kept.laps)]
    timed.append((kept.elapsed_s, 3, _timer(kept, kept.elapsed_s, "stop_all")))
    timed.sort(key=lambda entry: entry[:2])
    head = [file_id(watch, "activity", kept.started_at), *_devices(kept)]
    return head + [message for _, _, message in timed] + [_session(kept), _activity(kept)]


def _devices(kept: Kept) -> list[Message]:
    watch, now = kept.outing.runner.watch, stamp(kept.started_at)
    own: Message = {"message_type": "device_info", "timestamp": now, "manufacturer": watch.manufacturer}
    own |= {"device_index": 0, "product": watch.product}
    if watch.product_name is not None:
        own["product_name"] = watch.product_name
    if watch.serial is not None:
        own |= {
            "serial_number": watch.serial,
            "software_version": watch.software / 100,
            "source_type": "local",
        }
    found = [own]
    if watch.barometer_listed:
        found.append({**own, "device_index": 1, "device_type": 4})  # 4: barometer, among local devices
    return found


def _timer(kept: Kept, second: int, kind: str, by_hand: bool = True) -> Message:
    at = stamp(kept.at(second))
    return {"message_type": "event", "timestamp": at, "event": "timer", "event_type": kind,
            "data": 0 if by_hand else 1, "event_group": 0}  # fmt: skip


def _record(kept: Kept, second: int) -> Message:
    record: Message = {"message_type": "record", "timestamp": stamp(kept.at(second))}
    columns: tuple[tuple[str, Floats], ...] = (
        ("distance", kept.distance_m),
        ("enhanced_speed", np.round(kept.speed_mps, 3)),
        ("enhanced_altitude", kept.altitude_m),
    )
    if not math.isnan(float(kept.latitude_deg[second])):
        record["position_lat"] = _semicircles(float(kept.latitude_deg[second]))
        record["position_long"] = _semicircles(float(kept.longitude_deg[second]))
    for name, column in columns:
        _put(record, name, float(column[second]))
    _put_whole(record, "heart_rate", float(kept.heart_rate_bpm[second]))
    cadence = float(kept.cadence_rpm[second])
    if not math.isnan(cadence):
        record["cadence"] = int(cadence)
        if kept.outing.runner.watch.half_strides:
            record["fractional_cadence"] = cadence - int(cadence)
    _put_whole(record, "temperature", float(kept.temperature_c[second]))
    return record


def _semicircles(degrees: float) -> int:
    return round(degrees * _SEMICIRCLES_PER_DEGREE)


def _put(message: Message, name: str, value: float) -> None:
    if not math.isnan(value):
        message[name] = value


def _put_whole(message: Message, name: str, value: float) -> None:
    if not math.isnan(value):
        message[name] = round(value)


def _summary(kept: Kept, first: int, last: int) -> Message:
    """The fields that laps and sessions share; what was not measured is left out, never 0."""
    timer = kept.timer_s(first, last)
    totals: Message = {"timestamp": stamp(kept.at(last)), "start_time": stamp(kept.at(first))}
    totals |= {"total_elapsed_time": float(last - first), "total_timer_time": float(timer)}
    part = slice(first, last + 1)
    if not math.isnan(float(kept.latitude_deg[first])):
        totals["start_position_lat"] = _semicircles(float(kept.latitude_deg[first]))
        totals["start_position_long"] = _semicircles(float(kept.longitude_deg[first]))
    metres = float(kept.distance_m[last] - kept.distance_m[first])
    if not math.isnan(metres):
        totals["total_distance"] = round(metres, 2)
        totals["enhanced_avg_speed"] = round(metres / timer, 3)
        totals["enhanced_max_speed"] = round(float(kept.speed_mps[part].max()), 3)
    climbed = kept.ascent_descent_m(first, last)
    if climbed is not None:
        totals["total_ascent"], totals["total_descent"] = climbed
    beats = kept.heart_rate_bpm[part]
    if not np.isnan(beats).any():
        totals |= {"avg_heart_rate": round(float(beats.mean())), "max_heart_rate": round(float(beats.max()))}
    strides = kept.cadence_rpm[part]
    if not np.isnan(strides).any():
        mean = round(float(strides[strides > 0].mean()) * 2) / 2
        totals |= {"avg_cadence": int(mean), "max_cadence": int(strides.max())}
        if kept.outing.runner.watch.half_strides:
            totals["avg_fractional_cadence"] = mean - int(mean)
    return totals


def _sport(outing: Outing) -> Message:
    sport: Message = {"sport": outing.sport}
    if outing.runner.watch.writes_generic or outing.sub_sport != "generic":
        sport["sub_sport"] = outing.sub_sport
    return sport


def _lap(kept: Kept, number: int, lap: Lap) -> Message:
    message: Message = {"message_type": "lap", "message_index": number, "event": "lap", "event_type": "stop"}
    message |= {"lap_trigger": "session_end" if lap.pressed else "distance"}
    return message | _sport(kept.outing) | _summary(kept, lap.first_s, lap.last_s)


def _session(kept: Kept) -> Message:
    message: Message = {"message_type": "session", "message_index": 0, "first_lap_index": 0}
    message |= {"num_laps": len(kept.laps), "trigger": "activity_end", "event": "lap", "event_type": "stop"}
    return message | _sport(kept.outing) | _summary(kept, 0, kept.elapsed_s)


def _activity(kept: Kept) -> Message:
    offset = kept.outing.started_at.utcoffset() or timedelta(0)
    ended = kept.at(kept.elapsed_s)
    return {"message_type": "activity", "timestamp": stamp(ended), "local_timestamp": stamp(ended + offset),
            "total_timer_time": float(kept.timer_s()), "num_sessions": 1, "type": "manual",
            "event": "activity", "event_type": "stop"}  # fmt: skip
