"""Ascent and descent from the altitude samples, where the device wrote no totals of its own.

unit: m
unknown when: fewer than two altitudes.
source: ``elevation_hysteresis_m`` in the evidence table; smoothing is ours (below).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features import evidence
from features.training_log import Column, Track

# A receiver's altitude wanders from one sample to the next; a runner's hill takes longer than this.
SMOOTHING_S = 15.0


@dataclass(frozen=True, slots=True)
class Climb:
    ascent_m: float
    descent_m: float


def climb_of(track: Track) -> Climb | None:
    """Metres up and down between turning points that lie at least ``elevation_hysteresis_m`` apart.

    Altitude is smoothed over ``SMOOTHING_S`` seconds first. Missing samples are bridged, never
    taken as 0. Between two turning points the whole difference counts, so a climb of 100 m is 100 m.
    """
    known = ~np.isnan(track.altitude_m)
    if np.count_nonzero(known) < 2:
        return None
    altitude = _smoothed(track.elapsed_s[known], track.altitude_m[known])
    return _between_turning_points(altitude, evidence.value("elevation_hysteresis_m"))


def _smoothed(times_s: Column, altitude_m: Column) -> Column:
    """Mean over a window centred on each sample; ends keep a narrower, still centred window."""
    half = SMOOTHING_S / 2
    reach = np.minimum(half, np.minimum(times_s - times_s[0], times_s[-1] - times_s))
    first = np.searchsorted(times_s, times_s - reach, side="left")
    after = np.searchsorted(times_s, times_s + reach, side="right")
    summed = np.concatenate(([0.0], np.cumsum(altitude_m)))
    return np.asarray((summed[after] - summed[first]) / (after - first))


def _between_turning_points(altitude_m: Column, threshold_m: float) -> Climb:
    heights: list[float] = _peaks_and_dips(altitude_m).tolist()
    low = high = turn = extreme = heights[0]
    direction = 0  # 1 climbing, -1 descending, 0 not yet known
    moved = {1: 0.0, -1: 0.0}
    for height in heights:
        if direction == 0:
            low, high = min(low, height), max(high, height)
            if high - low >= threshold_m:
                direction = 1 if height == high else -1
                turn, extreme = (low, high) if direction == 1 else (high, low)
        elif (height - extreme) * direction >= 0:
            extreme = height
        elif (extreme - height) * direction >= threshold_m:
            moved[direction] += abs(extreme - turn)
            turn, extreme, direction = extreme, height, -direction
    if direction:
        moved[direction] += abs(extreme - turn)
    return Climb(moved[1], moved[-1])


def _peaks_and_dips(altitude_m: Column) -> Column:
    """The altitudes where up turns into down or down into up, with the first and the last.

    Those in between cannot turn a climb into a descent, and they are most of the samples.
    """
    steps = np.diff(altitude_m)
    moves = np.flatnonzero(steps)
    up = steps[moves] > 0
    last_of_each = moves[:-1][up[1:] != up[:-1]]
    return np.concatenate((altitude_m[:1], altitude_m[last_of_each + 1], altitude_m[-1:]))
