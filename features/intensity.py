"""How hard workouts were: training impulse, time in zones, time above the threshold; many workouts at once.

unit: TRIMP points; s
unknown when: heart rate covers too little of the time in motion, or the athlete's references are not known. Time
at high intensity is then told from pace, and ``intensity_from`` says so; where pace is unknown too, it is NaN.
source: Banister's training impulse with the constants of Morton et al. 1990; five zones of the highest heart rate
as customary (Edwards); pace zones are shares of the athlete's own critical speed, an own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.stream_measures import HIGHEST_BPM, LOWEST_BPM
from features.training_log import Column, Sex

BPM = np.arange(LOWEST_BPM, HIGHEST_BPM + 1, dtype=np.float64)
ZONES = 5


@dataclass(frozen=True, slots=True)
class References:
    """What each workout is held against, as known before its month: equally long, NaN (None for sex) = unknown.

    ``critical_speed_mps`` is a runner's: NaN for a workout that is no run.
    """

    resting_heart_rate_bpm: Column
    highest_heart_rate_bpm: Column
    threshold_heart_rate_bpm: Column
    critical_speed_mps: Column
    sex: Sequence[Sex | str | None]


@dataclass(frozen=True, slots=True)
class IntensityLoads:
    """One row for each workout, NaN = unknown. The zones have shape (n, 5), the easiest first.

    ``intensity_from`` is "heart_rate" or "pace" where ``high_intensity_s`` is known, else None.
    """

    trimp_banister: Column
    trimp_edwards: Column
    high_intensity_s: Column
    intensity_from: NDArray[np.object_]
    zone_s: Column
    pace_zone_s: Column


def intensity_load(
    heart_rate_s: Column,
    moving_s: Column,
    segment_distance_m: Column,
    segment_moving_s: Column,
    segment_workout: NDArray[np.intp],
    references: References,
) -> IntensityLoads:
    """The loads of n workouts.

    ``heart_rate_s``: shape (n, HIGHEST_BPM - LOWEST_BPM + 1), as ``StreamMeasure.heart_rate_s``; a row of NaN
    where there is none. ``moving_s``: shape (n,), each workout's time in motion, NaN = unknown. The segments of
    all workouts stand in a row; ``segment_workout`` says for each to which row (0 … n-1) it belongs. Working
    memory is a few times that of ``heart_rate_s``: some ten thousand workouts at once are 16 MB each time.
    """
    covered_s = np.sum(heart_rate_s, axis=1)
    enough = ~(covered_s < evidence.value("heart_rate_cover_min") * moving_s)  # unknown time refuses nothing
    told_s = np.where(enough[:, np.newaxis], heart_rate_s, np.nan)
    # Seconds from each heart rate upwards, and 0 above the last: a limit then needs one look-up.
    upwards_s = np.zeros((len(told_s), len(BPM) + 1))
    upwards_s[:, :-1] = np.cumsum(told_s[:, ::-1], axis=1)[:, ::-1]
    zone_s = _heart_rate_zones_s(upwards_s, references.highest_heart_rate_bpm)
    pace_zone_s = _pace_zones_s(
        segment_distance_m, segment_moving_s, segment_workout, references.critical_speed_mps
    )
    above_s = _time_from_s(upwards_s, references.threshold_heart_rate_bpm)
    fast_s = pace_zone_s[:, -1]
    by_heart, by_pace = ~np.isnan(above_s), ~np.isnan(fast_s)
    told_by = np.full(len(moving_s), None, dtype=object)
    told_by[by_pace], told_by[by_heart] = "pace", "heart_rate"
    return IntensityLoads(
        trimp_banister=_banister(told_s, references),
        trimp_edwards=zone_s @ np.arange(1.0, ZONES + 1) / 60,
        high_intensity_s=np.where(by_heart, above_s, fast_s),
        intensity_from=told_by,
        zone_s=zone_s,
        pace_zone_s=pace_zone_s,
    )


def _banister(heart_rate_s: Column, references: References) -> Column:
    """Minutes × x × k·e^(b·x), x the share of the heart-rate reserve, summed over the heart rates.

    Above the highest heart rate known x is 1, below the resting one 0. k and b were published for men and for
    women; where the sex is another or not told, the mean of both results is taken, which is within 11 % of
    either from x = 0.4 on, and the same in every workout of one athlete.
    """
    rest, highest = references.resting_heart_rate_bpm, references.highest_heart_rate_bpm
    reserve = np.where(highest > rest, highest - rest, np.nan)
    x = np.clip((BPM - rest[:, np.newaxis]) / reserve[:, np.newaxis], 0.0, 1.0)
    sex = np.array(references.sex, dtype=object)
    of_men = np.select([sex == Sex.MALE, sex == Sex.FEMALE], [1.0, 0.0], 0.5)[:, np.newaxis]
    men = evidence.value("trimp_men_factor") * np.exp(evidence.value("trimp_men_exponent") * x)
    women = evidence.value("trimp_women_factor") * np.exp(evidence.value("trimp_women_exponent") * x)
    weight = x * (of_men * men + (1 - of_men) * women)
    return np.asarray(np.sum(heart_rate_s * weight, axis=1) / 60)


def _heart_rate_zones_s(upwards_s: Column, highest_bpm: Column) -> Column:
    """Seconds in each fifth of the upper half of the highest heart rate; the last is open above."""
    start, step = evidence.value("heart_rate_zone_from"), evidence.value("zone_step")
    limits = (start + step * np.arange(ZONES)) * highest_bpm[:, np.newaxis]
    from_limit_s = np.stack([_time_from_s(upwards_s, limit) for limit in limits.T], axis=1)
    return -np.diff(from_limit_s, axis=1, append=0.0)


def _time_from_s(upwards_s: Column, limit_bpm: Column) -> Column:
    """Seconds at or above each workout's limit; NaN where either is unknown."""
    # The product of a share and a rate may miss a whole beat by a rounding.
    first = np.ceil(np.round(limit_bpm, 6)) - LOWEST_BPM
    known = ~np.isnan(first)
    place = np.clip(np.where(known, first, 0.0), 0, len(BPM)).astype(np.intp)
    return np.where(known & ~np.isnan(upwards_s[:, 0]), upwards_s[np.arange(len(place)), place], np.nan)


def _pace_zones_s(
    distance_m: Column, moving_s: Column, workout: NDArray[np.intp], critical_speed_mps: Column
) -> Column:
    """Seconds of the segments in each zone of the critical speed: the first is open below, the last above."""
    start, step = evidence.value("pace_zone_from"), evidence.value("zone_step")
    moved = moving_s > 0
    of, time_s = workout[moved], moving_s[moved]
    share = distance_m[moved] / time_s / critical_speed_mps[of]
    zone = np.searchsorted(start + step * np.arange(ZONES - 1), share, side="right")
    known = np.bincount(of, minlength=len(critical_speed_mps)) > 0
    known &= ~np.isnan(critical_speed_mps)
    zone = np.where(np.isnan(share), 0, zone)
    size = len(critical_speed_mps) * ZONES
    seconds = np.bincount(of * ZONES + zone, weights=time_s, minlength=size).reshape(-1, ZONES)
    return np.where(known[:, np.newaxis], seconds, np.nan)
