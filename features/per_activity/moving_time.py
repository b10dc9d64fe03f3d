"""Time in motion: what the watch's timer counted, else what the samples show.

unit: s
unknown when: the device wrote no timer time and the recording has no two samples.
source: the timer total of the device; ``moving_speed_min_mps`` in the evidence table.
"""

from __future__ import annotations

import numpy as np

from features import evidence
from features.per_activity.gps_distance import cumulative_gps_m
from features.per_activity.sample_weight import LONGEST_HOLD_S, sample_weight_s
from features.training_log import Column, Recording

# Over shorter steps a wandering position looks like motion, and a short halt like none.
SPEED_WINDOW_S = 10.0


def moving_time_s(recording: Recording) -> float | None:
    """Timer time if the device says; else elapsed time less its own pauses; else time faster than
    ``moving_speed_min_mps``, where gaps of over a minute count as standing."""
    track = recording.track
    if recording.totals.timer_s is not None:
        return recording.totals.timer_s
    if len(track) < 2:
        return None
    seconds = np.diff(track.elapsed_s)
    if recording.pauses_s:
        paused_s = sum(end - start for start, end in recording.pauses_s)
        return max(float(track.elapsed_s[-1] - track.elapsed_s[0]) - paused_s, 0.0)
    speed = _leg_speed_mps(recording)
    if np.all(np.isnan(speed)):
        return float(np.sum(seconds[seconds <= LONGEST_HOLD_S]))
    moving = np.nan_to_num(speed) >= evidence.value("moving_speed_min_mps")
    return float(np.sum(sample_weight_s(track)[:-1][moving]))


def _leg_speed_mps(recording: Recording) -> Column:
    """Speed over each leg: the device's own, else from its distances, else from positions."""
    track = recording.track
    if not np.all(np.isnan(track.speed_mps)):
        return np.asarray(track.speed_mps[1:])
    covered = track.distance_m
    if np.count_nonzero(~np.isnan(covered)) < 2:
        covered = cumulative_gps_m(track, recording.sport)
    known = np.flatnonzero(~np.isnan(covered))
    if len(known) < 2:
        return np.full(len(track) - 1, np.nan)
    filled = np.interp(track.elapsed_s, track.elapsed_s[known], covered[known])
    half = SPEED_WINDOW_S / 2
    middle = (track.elapsed_s[1:] + track.elapsed_s[:-1]) / 2
    ends = np.maximum(track.elapsed_s[1:], middle + half), np.minimum(track.elapsed_s[:-1], middle - half)
    after, before = (np.clip(end, track.elapsed_s[0], track.elapsed_s[-1]) for end in ends)
    distance = np.interp(after, track.elapsed_s, filled) - np.interp(before, track.elapsed_s, filled)
    return np.asarray(distance / np.maximum(after - before, 1e-9))
