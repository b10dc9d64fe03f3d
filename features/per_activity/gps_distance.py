"""Distance from positions, the last resort where no device measured it.

unit: m
unknown when: fewer than two positions.
source: great-circle (haversine) distance on a sphere of mean Earth radius 6 371 008.8 m (IUGG
R1, doi:10.1007/s001900050278); against the ellipsoid it is at most 0.6 % off.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.training_log import Column, Track

EARTH_RADIUS_M = 6_371_008.8
ON_FOOT = frozenset({"running", "walking", "hiking"})

Pauses = Sequence[tuple[float, float]]


def gps_distance_m(track: Track, sport: str, pauses_s: Pauses = ()) -> float | None:
    """Sum of the legs between positions, in metres; legs across a pause do not count.

    On foot, a point that both its neighbours would need more than ``implausible_run_speed_mps``
    to reach is a jump of the receiver and is dropped.
    """
    known = _positions(track)
    if sport in ON_FOOT:
        known = without_spikes(track, known)
    if len(known) < 2:
        return None
    legs = _legs_m(track, known)
    return float(np.sum(legs[~_spans_pause(track.elapsed_s[known], pauses_s)]))


def cumulative_gps_m(track: Track, sport: str) -> Column:
    """Distance covered up to each sample, ``NaN`` where there is no (credible) position."""
    known = _positions(track)
    if sport in ON_FOOT:
        known = without_spikes(track, known)
    covered = np.full(len(track), np.nan)
    if len(known):
        covered[known] = np.concatenate(([0.0], np.cumsum(_legs_m(track, known))))
    return covered


def without_spikes(track: Track, known: NDArray[np.intp]) -> NDArray[np.intp]:
    """``known`` without the points that are implausibly fast to reach and to leave."""
    if len(known) < 3:
        return known
    seconds = np.diff(track.elapsed_s[known])
    # Two fixes of one second may be a hair apart in time; a jump is judged over at least a second.
    fast = _legs_m(track, known) / np.maximum(seconds, 1.0) > evidence.value("implausible_run_speed_mps")
    spike = np.zeros(len(known), dtype=np.bool_)
    spike[1:-1] = fast[:-1] & fast[1:]
    return known[~spike]


def haversine_m(latitude_deg: Column, longitude_deg: Column) -> Column:
    """Great-circle length of each leg between consecutive positions, in metres."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    half = (
        np.sin(np.diff(latitude) / 2) ** 2
        + np.cos(latitude[:-1]) * np.cos(latitude[1:]) * np.sin(np.diff(longitude) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def _positions(track: Track) -> NDArray[np.intp]:
    return np.flatnonzero(~np.isnan(track.latitude_deg) & ~np.isnan(track.longitude_deg))


def _legs_m(track: Track, known: NDArray[np.intp]) -> Column:
    return haversine_m(track.latitude_deg[known], track.longitude_deg[known])


def _spans_pause(times_s: Column, pauses_s: Pauses) -> NDArray[np.bool_]:
    """Per leg, whether a pause lies wholly inside it (its ends are then before and after the pause)."""
    spans = np.zeros(max(len(times_s) - 1, 0), dtype=np.bool_)
    for start, end in pauses_s:
        spans |= (times_s[:-1] <= start) & (times_s[1:] >= end)
    return spans
