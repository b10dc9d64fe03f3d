"""The distance of a workout: the watch's total, else its samples, else its positions.

unit: m
unknown when: none of the three is there.
source: the device; ``gps_distance`` for positions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features import evidence
from features.per_activity.gps_distance import ON_FOOT, gps_distance_m
from features.training_log import Flag, Recording

AGREEMENT = 0.01  # the watch's total and its own samples come from one counter
AGREEMENT_M = 20.0  # below this the rounding of single samples is all there is to see
# Positions follow another path than a foot pod or a measured treadmill; only gross errors show.
GROSS_RATIO = 1.5
FAST_SHARE = 0.03  # of a run's distance; GPS distance is not better than this, so less says little


@dataclass(frozen=True, slots=True)
class Distance:
    distance_m: float | None
    flags: frozenset[Flag]


def distance_of(recording: Recording) -> Distance:
    """The best distance there is, with flags for its source and for disagreement."""
    total = recording.totals.distance_m
    sampled = sampled_distance_m(recording)
    located = gps_distance_m(recording.track, recording.sport, recording.pauses_s)
    flags = set(_fast_flags(recording))
    if total is not None and total > 0:
        reference = sampled if sampled is not None else located
        allowed = 1 + AGREEMENT if sampled is not None else GROSS_RATIO
        if reference is not None and _disagree(total, reference, allowed):
            flags.add(Flag.DISTANCE_DISAGREES)
        return Distance(total, frozenset(flags))
    # A total of 0 is true where nothing moved, and a gap where the samples or positions did.
    if sampled is not None and sampled > 0:
        return Distance(sampled, frozenset(flags | {Flag.DISTANCE_FROM_RECORDS}))
    if total is None and located is not None:
        return Distance(located, frozenset(flags | {Flag.DISTANCE_FROM_GPS}))
    if total is None and sampled is None:
        flags.add(Flag.DISTANCE_MISSING)
    return Distance(sampled if total is None else total, frozenset(flags))


def sampled_distance_m(recording: Recording) -> float | None:
    """Last less first of the device's running distance; counters that restart are added up.

    None if the counter runs backwards on the whole, which only damage makes it do.
    """
    distance = recording.track.distance_m
    distance = distance[~np.isnan(distance)]
    if len(distance) < 2:
        return None
    steps = np.diff(distance)
    restarts = np.flatnonzero((steps < 0) & (distance[1:] < AGREEMENT_M))
    covered = float(distance[-1] - distance[0] + np.sum(distance[restarts] - distance[restarts + 1]))
    return covered if covered >= 0 else None


def _disagree(one: float, other: float, allowed: float) -> bool:
    if abs(one - other) <= AGREEMENT_M:
        return False
    return max(one, other) > allowed * max(min(one, other), 0.0)


def _fast_flags(recording: Recording) -> set[Flag]:
    """``IMPLAUSIBLE_SPEED`` if over ``FAST_SHARE`` of a run was covered faster than a runner can."""
    track = recording.track
    known = ~np.isnan(track.distance_m)
    if recording.sport not in ON_FOOT or np.count_nonzero(known) < 2:
        return set()
    steps, seconds = np.diff(track.distance_m[known]), np.diff(track.elapsed_s[known])
    fast = steps > evidence.value("implausible_run_speed_mps") * np.maximum(seconds, 1.0)
    total = float(np.sum(steps[steps > 0]))
    return {Flag.IMPLAUSIBLE_SPEED} if total > 0 and np.sum(steps[fast]) > FAST_SHARE * total else set()
