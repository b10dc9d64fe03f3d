"""Which share of a run was on a 400 m track, told by the shape of its path alone: maps and watches miss most.

unit: share 0-1 of the distance with positions
unknown when: the positions cover less than a run of a few laps.
source: technique, not evidence. Bounds from the standard oval (World Athletics, Track and Field Facilities
Manual: 400 m at the measured line of lane 1, two straights of 84.39 m and bends of 36.5 m radius, 10 345 m²)
with room for outer lanes and for receivers that cut bends.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.per_activity.gps_distance import EARTH_RADIUS_M, haversine_m
from features.per_activity.sample_weight import LONGEST_HOLD_S
from features.training_log import Column, Track

STEP_M = 5.0  # finer than a receiver sees
LAP_M = (360.0, 490.0)  # lane 1 with bends cut, to the rim outside lane 8 with a wandering receiver
RETURNS_WITHIN_M = 14.0  # eight lanes are 9.8 m wide; the rest is the receiver's
AREA_M2 = (8_500.0, 16_000.0)  # the oval encloses 10 345 m² in lane 1, 14 100 in lane 8, more on the rim
ROUNDNESS = (0.75, 0.93)  # 4π area / lap²: 0.81 in lane 1, 0.86 in lane 8, 1 for a circle, 0.7 for a triangle
LEAST_M = 1_500.0  # a loop in a park may look like a lap once, hardly for four laps


def oval_track_share(track: Track) -> float | None:
    """Share of the path that is on loops of a 400 m track's length, area and roundness."""
    on_track = on_oval_track(track)
    if on_track is None:
        return None
    known = _positions(track)
    legs_m = _legs_m(track, known)
    return float(np.sum(legs_m[on_track[known][1:]]) / np.sum(legs_m))


def on_oval_track(track: Track) -> NDArray[np.bool_] | None:
    """Per sample, whether it is on a 400 m track; None where the path is too short to tell."""
    known = _positions(track)
    latitude, longitude = track.latitude_deg[known], track.longitude_deg[known]
    covered_m = np.concatenate(([0.0], np.cumsum(_legs_m(track, known))))
    if covered_m[-1] < LEAST_M:
        return None
    east_deg = (longitude - longitude[0] + 180) % 360 - 180  # a track may lie on the date line
    east_m = np.radians(east_deg) * EARTH_RADIUS_M * np.cos(np.radians(latitude[0]))
    north_m = np.radians(latitude - latitude[0]) * EARTH_RADIUS_M
    steps = np.arange(0.0, covered_m[-1], STEP_M)
    on_lap = _on_laps(np.interp(steps, covered_m, east_m), np.interp(steps, covered_m, north_m))
    on_track = np.zeros(len(track), dtype=np.bool_)
    if np.count_nonzero(on_lap) * STEP_M >= LEAST_M:
        step_of = np.minimum((covered_m / STEP_M).astype(np.intp), len(on_lap) - 1)
        on_track[known] = on_lap[step_of]
    return on_track


def _positions(track: Track) -> NDArray[np.intp]:
    return np.flatnonzero(~np.isnan(track.latitude_deg) & ~np.isnan(track.longitude_deg))


def _legs_m(track: Track, known: NDArray[np.intp]) -> Column:
    """Each leg of the path; one that nobody runs is a jump of the receiver and adds nothing."""
    legs_m = haversine_m(track.latitude_deg[known], track.longitude_deg[known])
    seconds = np.clip(np.diff(track.elapsed_s[known]), 1.0, LONGEST_HOLD_S)
    return np.where(legs_m <= evidence.value("implausible_run_speed_mps") * seconds, legs_m, 0.0)


def _on_laps(east_m: Column, north_m: Column) -> NDArray[np.bool_]:
    """Per step, whether it is part of a lap: a loop that closes best after a lap's length, and has its shape."""
    laps = np.arange(LAP_M[0] / STEP_M, LAP_M[1] / STEP_M + 1).astype(np.intp)
    start = np.arange(len(east_m))
    ends = start + laps[:, None]
    beyond = (0, laps[-1])  # nothing closes with what lies beyond the end
    east_after = np.pad(east_m, beyond, constant_values=np.inf)[ends]
    north_after = np.pad(north_m, beyond, constant_values=np.inf)[ends]
    apart = np.hypot(east_after - east_m, north_after - north_m)
    best = apart.argmin(axis=0)
    closes = apart[best, start] <= RETURNS_WITHIN_M
    start, best, apart = start[closes], best[closes], apart[best, start][closes]
    end = ends[best, start]
    # twice the area swept so far, so that a loop's area is one difference and its closing side
    swept = np.append(0.0, np.cumsum(east_m[:-1] * north_m[1:] - east_m[1:] * north_m[:-1]))
    closing = east_m[end] * north_m[start] - east_m[start] * north_m[end]
    area = np.abs(swept[end] - swept[start] + closing) / 2
    roundness = 4 * np.pi * area / (laps[best] * STEP_M + apart) ** 2
    is_lap = (area >= AREA_M2[0]) & (area <= AREA_M2[1])
    is_lap &= (roundness >= ROUNDNESS[0]) & (roundness <= ROUNDNESS[1])
    open_laps = np.zeros(len(east_m) + 1)
    open_laps[start[is_lap]] += 1
    np.subtract.at(open_laps, end[is_lap] + 1, 1)
    return np.cumsum(open_laps[:-1]) > 0
