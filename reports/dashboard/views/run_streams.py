"""A run's streams on one axis: pace, heart rate, altitude and cadence, few enough points to send at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column, Track
from reports.wording import FOOT_M, Measure

POINTS = 400
HIGH, PAD = 100.0, 6.0
TYPICAL = (1.0, 99.0)  # percentiles that set a scale: a receiver's jump does not flatten the rest
WALKING_MPS = 0.5  # slower is standing; a pace would be no pace
BRIDGED = 8  # places; a longer gap is shown as one

_Said = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Stream:
    """One line: ``path`` in a box of ``POINTS`` by ``HIGH``, ``words`` at each point, the ends of its scale in words."""

    code: str
    name: str
    unit: str
    path: str
    top: str
    bottom: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Streams:
    """``axis`` are words along the way, one for each point; ``axis_labels`` those at the ends and the middle."""

    axis: tuple[str, ...]
    axis_labels: tuple[str, str, str]
    streams: tuple[Stream, ...]


def bins_of(track: Track) -> NDArray[np.intp]:
    """To which of ``POINTS`` places along the way each sample belongs: by distance, else by time."""
    along = way(track)
    span = along[-1] - along[0]
    if span <= 0:
        return np.zeros(len(along), dtype=np.intp)
    places: NDArray[np.intp] = np.minimum((along - along[0]) / span * POINTS, POINTS - 1).astype(np.intp)
    return places


def way(track: Track) -> Column:
    """Distance that never falls, or time where no distance is known."""
    if np.isnan(track.distance_m).all():
        return track.elapsed_s
    known = ~np.isnan(track.distance_m)
    filled = np.interp(track.elapsed_s, track.elapsed_s[known], track.distance_m[known])
    return np.maximum.accumulate(filled)


def streams(track: Track, bins: NDArray[np.intp], measure: Measure) -> Streams:
    along = way(track)
    in_time = bool(np.isnan(track.distance_m).all())
    places = along[0] + (along[-1] - along[0]) * (np.arange(POINTS) + 0.5) / POINTS
    axis = tuple(_along(value, in_time, measure) for value in places.tolist())
    speed = np.where(track.speed_mps > WALKING_MPS, track.speed_mps, np.nan)
    high = track.altitude_m if measure.units == "km" else track.altitude_m / FOOT_M
    drawn = (
        _stream("pace", "Pace", f"min/{measure.units}", _binned(speed, bins), lambda v: _pace(v, measure)),
        _stream("heart", "Heart rate", "beats a minute", _binned(track.heart_rate_bpm, bins), _whole),
        _stream("altitude", "Altitude", "m" if measure.units == "km" else "ft", _binned(high, bins), _whole),
        _stream("cadence", "Cadence", "steps a minute", _binned(track.cadence_spm, bins), _whole),
    )
    found = tuple(stream for stream in drawn if stream is not None)
    return Streams(axis, (axis[0], axis[len(axis) // 2], axis[-1]), found)


def _binned(values: Column, bins: NDArray[np.intp]) -> Column:
    """The mean of each place; NaN where nothing is known."""
    known = ~np.isnan(values)
    count = np.bincount(bins[known], minlength=POINTS)
    total = np.bincount(bins[known], weights=values[known], minlength=POINTS)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count > 0, total / count, np.nan)


def _stream(code: str, name: str, unit: str, values: Column, said: _Said) -> Stream | None:
    known = values[~np.isnan(values)]
    if len(known) < 2:
        return None
    low, high = np.percentile(known, TYPICAL)
    if high - low < 1e-6:
        low, high = low - 1, high + 1
    y = HIGH - PAD - (np.clip(values, low, high) - low) / (high - low) * (HIGH - 2 * PAD)
    return Stream(
        code=code,
        name=name,
        unit=unit,
        path=_path(y),
        top=said(float(high)),
        bottom=said(float(low)),
        words=tuple("–" if np.isnan(v) else said(float(v)) for v in values),
    )


def _path(y: Column) -> str:
    """One stroke for each row of known points; a lone place without a value is bridged."""
    parts, pen_up, missing = [], True, 0
    for n, at in enumerate(np.round(y, 1).tolist()):
        if at != at:
            missing += 1
            pen_up = pen_up or missing > BRIDGED
            continue
        parts.append(f"{'M' if pen_up else 'L'}{n} {at:g}")
        pen_up, missing = False, 0
    return "".join(parts)


def _along(value: float, in_time: bool, measure: Measure) -> str:
    if in_time:
        return f"{value / 60:.0f} min"
    return f"{value / measure.metres_per_unit:.1f} {measure.units}"


def _pace(speed_mps: float, measure: Measure) -> str:
    return measure.speed_as_pace(speed_mps).split(" ")[0]


def _whole(value: float) -> str:
    return f"{value:.0f}"
