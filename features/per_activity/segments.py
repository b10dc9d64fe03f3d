"""A recording in stretches of about 100 m: distance, time in motion, grade, cadence and heart rate of each.

unit: m, s, rise over run, steps/min, beats/min
unknown when: nothing was covered (no stretches); a column is NaN where its samples say nothing.
source: the device's own distance, else that between positions; standing by ``moving_speed_min_mps``, impossible
steps by ``implausible_run_speed_mps``, the length by ``segment_length_m`` in the evidence table.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.knee_load import run_share
from features.per_activity.gps_distance import cumulative_gps_m
from features.per_activity.grade import grades
from features.stream_measures import Segments
from features.training_log import Column, Track

# Some watches count distance every few seconds: over less, a runner seems to stop between two counts.
STANDING_S = 5.0
# No run goes on unrecorded for longer than an hour; a broken clock can leap by years.
LONGEST_GAP_S = 3600.0
# Over less, a wandering position makes a runner of a walker.
WALKING_S = 10.0


def segments_of(track: Track, sport: str, *, grade_is_known: bool) -> Segments:
    """The stretches, all equally long. ``grade_is_known``: its altitudes are a barometer's, on real ground."""
    covered_m = _covered_m(track, sport)
    if len(track) < 2 or covered_m[-1] <= 0:
        return Segments.none()
    seconds, metres = np.diff(track.elapsed_s), np.diff(covered_m)
    moving_s = np.where(_is_moving(track.elapsed_s, covered_m), seconds, 0.0)
    moved_s = _running_total(moving_s)
    run = run_share(_speed_in_motion_mps(moved_s, covered_m), track.cadence_spm[:-1])
    count = max(1, round(covered_m[-1] / evidence.value("segment_length_m")))
    edges_m = np.linspace(0.0, covered_m[-1], count + 1)

    def within(per_step: Column) -> Column:
        """What a sum over the steps grows by in each stretch."""
        return np.diff(np.interp(edges_m, covered_m, _running_total(per_step)))

    def mean(column: Column, weight_s: Column) -> Column:
        """Over the time in which there is a value: a leg at rest and a heart without a beat are none."""
        held = column[:-1]  # a sample stands for the time until the next one
        known_s = within(np.where(held > 0, weight_s, 0.0))
        summed = within(np.where(held > 0, held * weight_s, 0.0))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(known_s >= 1.0, summed / known_s, np.nan)  # less is a rounding of the edges

    altitude_m = track.altitude_m if grade_is_known else np.full(len(track), np.nan)
    return Segments(
        distance_m=np.diff(edges_m),
        moving_s=within(moving_s),
        grade=grades(track.elapsed_s, altitude_m, covered_m, moved_s, edges_m),
        cadence_spm=mean(track.cadence_spm, run * moving_s),
        heart_rate_bpm=mean(track.heart_rate_bpm, moving_s),
        walked_m=within((1 - run) * metres),
        walked_s=within((1 - run) * moving_s),
    )


def _covered_m(track: Track, sport: str) -> Column:
    """Metres so far at each sample; a counter that restarts or jumps adds nothing, a gap is bridged."""
    counted = track.distance_m
    if np.count_nonzero(~np.isnan(counted)) < 2:
        counted = cumulative_gps_m(track, sport)
    at = np.flatnonzero(~np.isnan(counted))
    if len(at) < 2:
        return np.zeros(len(track))
    steps, seconds = np.diff(counted[at]), np.diff(track.elapsed_s[at])
    farthest = evidence.value("implausible_run_speed_mps") * np.clip(seconds, 1.0, LONGEST_GAP_S)
    credible = (steps >= 0) & (steps <= farthest)
    covered = _running_total(np.where(credible, steps, 0.0))
    return np.interp(track.elapsed_s, track.elapsed_s[at], covered)


def _is_moving(elapsed_s: Column, covered_m: Column) -> NDArray[np.bool_]:
    """Per step from one sample to the next, whether it is part of no standing still.

    Looked at over ``STANDING_S`` forward from its start and back from its end, so that a halt is told to its
    edges. A pause without samples is one long step, hence slow.
    """
    starts, ends = elapsed_s[:-1], elapsed_s[1:]
    ahead = _mean_speed_mps(elapsed_s, covered_m, starts, np.maximum(ends, starts + STANDING_S))
    behind = _mean_speed_mps(elapsed_s, covered_m, np.minimum(starts, ends - STANDING_S), ends)
    return np.minimum(ahead, behind) >= evidence.value("moving_speed_min_mps")


def _speed_in_motion_mps(moved_s: Column, covered_m: Column) -> Column:
    """Per step, the speed over the ``WALKING_S`` about it, on a clock that stands still where the runner does."""
    if moved_s[-1] == 0:
        return np.zeros(len(moved_s) - 1)
    middle, half = (moved_s[1:] + moved_s[:-1]) / 2, np.maximum(np.diff(moved_s), WALKING_S) / 2
    return _mean_speed_mps(moved_s, covered_m, middle - half, middle + half)


def _mean_speed_mps(clock_s: Column, covered_m: Column, first_s: Column, last_s: Column) -> Column:
    """Between two readings of a clock, as far as it goes."""
    first_s, last_s = np.maximum(first_s, clock_s[0]), np.minimum(last_s, clock_s[-1])
    first_m, last_m = (np.interp(at, clock_s, covered_m) for at in (first_s, last_s))
    return np.asarray((last_m - first_m) / (last_s - first_s))


def _running_total(of_steps: Column) -> Column:
    return np.concatenate(([0.0], np.cumsum(of_steps)))
