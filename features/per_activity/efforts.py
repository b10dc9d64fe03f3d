"""The farthest that was run within three minutes, six, … an hour: the best efforts of a recording.

unit: m
unknown when: the recording is shorter, or has no distance. Where it has gaps, it is what is known to have been run.
source: moving windows over elapsed time; impossible speeds by evidence ``implausible_run_speed_mps`` (a jump of
the position) and ``effort_speed_max_mps`` (no run at all).
"""

from __future__ import annotations

import numpy as np

from features import evidence
from features.per_activity.gps_distance import cumulative_gps_m
from features.per_activity.moving_windows import growth_in_windows
from features.per_activity.sample_weight import LONGEST_HOLD_S
from features.stream_measures import EFFORTS_S
from features.training_log import Column, Track


def best_effort_m(track: Track) -> Column | None:
    """Metres for each of ``EFFORTS_S``, NaN where it is not known; None where none is."""
    times_s, covered_m, _ = covered_over_time(track)
    farthest = np.array([_farthest_m(times_s, covered_m, width_s) for width_s in EFFORTS_S])
    return None if np.all(np.isnan(farthest)) else farthest


def covered_over_time(track: Track) -> tuple[Column, Column, Column]:
    """Times with a distance, the metres covered up to each, and the seconds up to each for which they are known.

    The device's distance, else that between positions. A counter that restarts, a jump, and a gap after which
    nothing is known of what was run in between add neither metres nor seconds.
    """
    counted = track.distance_m
    if np.count_nonzero(~np.isnan(counted)) < 2:
        counted = cumulative_gps_m(track, "running")
    at = np.flatnonzero(~np.isnan(counted))
    if len(at) < 2:
        return np.empty(0), np.empty(0), np.empty(0)
    seconds, steps = np.diff(track.elapsed_s[at]), np.diff(counted[at])
    credible = (steps >= 0) & (seconds <= LONGEST_HOLD_S)
    credible &= steps <= evidence.value("implausible_run_speed_mps") * np.maximum(seconds, 1.0)
    covered, known = (np.cumsum(np.where(credible, each, 0.0)) for each in (steps, seconds))
    return track.elapsed_s[at], np.concatenate(([0.0], covered)), np.concatenate(([0.0], known))


def _farthest_m(times_s: Column, covered_m: Column, width_s: float) -> float:
    covered = growth_in_windows(times_s, width_s, covered_m)
    credible = covered[(covered > 0) & (covered <= evidence.value("effort_speed_max_mps") * width_s)]
    return float(np.max(credible)) if len(credible) else float("nan")
