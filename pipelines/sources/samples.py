"""Samples as a file lists them, put into time order: the last step before a track."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.training_log import Column, Flag, Track

# A stroll is 80 steps a minute, a brisk walk 130, so 40 to 65 strides.
WALKING_STRIDES_BELOW_SPM = 75.0
MOST_PER_MINUTE = 300.0
ON_FOOT = frozenset({"running", "walking", "hiking"})
EARLIEST_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
LATEST_CLOCK = timedelta(days=2)  # time zones and a late sync, no more


def in_time_order(
    time_s: Column, columns: Mapping[str, Column]
) -> tuple[Column, dict[str, Column], frozenset[Flag]]:
    """Rows with a time, sorted by it (equal times keep their order), rows of one instant merged.

    A merged row takes the first known value of each column: some watches write one record per
    sensor. ``TIME_GOES_BACK`` is flagged if the file's order was not the clock's.
    """
    known = np.flatnonzero(~np.isnan(time_s))
    order = known[np.argsort(time_s[known], kind="stable")]
    flags = frozenset({Flag.TIME_GOES_BACK}) if np.any(np.diff(time_s[known]) < 0) else frozenset()
    times = time_s[order]
    first = np.flatnonzero(np.diff(times, prepend=-np.inf) > 0)
    if len(first) == len(times):
        return times, {name: column[order] for name, column in columns.items()}, flags
    merged = {name: _first_known(column[order], first) for name, column in columns.items()}
    return times[first], merged, flags


def _first_known(column: Column, first: NDArray[np.intp]) -> Column:
    """Per group (starting at ``first``) the first value that is not NaN."""
    size = len(column)
    place = np.where(np.isnan(column), size, np.arange(size))
    found = np.minimum.reduceat(place, first)
    groups_end = np.append(first[1:], size)
    inside = found < groups_end
    return np.where(inside, column[np.minimum(found, size - 1)], np.nan)


def track_of(elapsed_s: Column, columns: Mapping[str, Column], sport: str) -> Track:
    """A track with impossible values unknown: positions off the globe or at 0/0, a heart rate of 0
    or less (no living runner has it; several devices write it for "no signal"), and more beats or
    steps a minute than any heart or leg makes."""
    kept = dict(columns)
    _drop_impossible_positions(kept)
    if "heart_rate_bpm" in kept:
        rate = kept["heart_rate_bpm"]
        kept["heart_rate_bpm"] = np.where((rate > 0) & (rate <= MOST_PER_MINUTE), rate, np.nan)
    if "cadence_spm" in kept:
        cadence = kept["cadence_spm"]
        kept["cadence_spm"] = np.where(cadence <= MOST_PER_MINUTE, cadence, np.nan)
    if "cadence_spm" in kept and sport in ON_FOOT:
        kept["cadence_spm"] = steps_per_minute(kept["cadence_spm"], sport)
    return Track.of(elapsed_s, **kept)


def steps_per_minute(cadence: Column, sport: str) -> Column:
    """Cadence on foot in steps: doubled where the file counts strides, as FIT, and most others, do.

    Decided for the whole recording by its median: runners' lie on either side of
    ``cadence_strides_below_spm``, walkers' of ``WALKING_STRIDES_BELOW_SPM``.
    """
    turning = cadence[cadence > 0]
    if len(turning) == 0:
        return cadence
    running = sport == "running"
    limit = evidence.value("cadence_strides_below_spm") if running else WALKING_STRIDES_BELOW_SPM
    return cadence * 2 if np.median(turning) < limit else cadence


def clock_flags(started_at: datetime, now: datetime, earliest: datetime = EARLIEST_CLOCK) -> frozenset[Flag]:
    """``CLOCK_UNSET`` for a start before ``earliest`` or more than two days ahead of ``now``."""
    if earliest <= started_at <= now + LATEST_CLOCK:
        return frozenset()
    return frozenset({Flag.CLOCK_UNSET})


def _drop_impossible_positions(columns: dict[str, Column]) -> None:
    if "latitude_deg" not in columns or "longitude_deg" not in columns:
        return
    latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
    with np.errstate(invalid="ignore"):
        real = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180) & ~((latitude == 0) & (longitude == 0))
    columns["latitude_deg"] = np.where(real, latitude, np.nan)
    columns["longitude_deg"] = np.where(real, longitude, np.nan)
