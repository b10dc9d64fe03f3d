"""What the samples of a recording say, condensed once, and what a workout asked of its athlete.

``StreamMeasure`` needs nothing but the recording's own samples. ``ActivityLoad`` holds them against the athlete's
own habits as they were known at the beginning of the month (``CadenceHabit``, ``IntensityHabit``): what a day
shows never changes when later days come.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from features.training_log import Column

VERSION = 1  # of all stream measures together: raise it when one of them is measured differently

LOWEST_BPM = 30
HIGHEST_BPM = 230

# The stretches of time whose farthest distance is kept, in seconds: from three minutes to an hour.
EFFORTS_S = (180, 360, 720, 1200, 1800, 3600)


@dataclass(frozen=True, slots=True)
class Segments:
    """A recording in stretches of about 100 m, in order: equally long float64 arrays, NaN = unknown.

    ``moving_s`` is the time in motion, standing left out. ``grade`` is rise over run (0.1 = 10 %, downhill
    negative). ``cadence_spm`` is that of the running, in steps per minute. ``walked_m`` and ``walked_s`` are the
    parts of ``distance_m`` and ``moving_s`` that were walked.
    """

    distance_m: Column
    moving_s: Column
    grade: Column
    cadence_spm: Column
    heart_rate_bpm: Column
    walked_m: Column
    walked_s: Column

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, f.name)) for f in fields(self)}
        if len(lengths) > 1:
            raise ValueError(f"segment columns differ in length: {sorted(lengths)}")

    def __len__(self) -> int:
        return len(self.distance_m)

    @property
    def speed_mps(self) -> Column:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.moving_s > 0, self.distance_m / self.moving_s, np.nan)

    @property
    def running_speed_mps(self) -> Column:
        """Of what was run alone; NaN where nothing was."""
        with np.errstate(divide="ignore", invalid="ignore"):
            speed = (self.distance_m - self.walked_m) / (self.moving_s - self.walked_s)
        return np.where(self.moving_s - self.walked_s >= 1.0, speed, np.nan)  # less is a rounding

    @classmethod
    def none(cls) -> Segments:
        return cls(*(np.empty(0) for _ in fields(cls)))

    def part(self, which: slice) -> Segments:
        """Some of them, in a row."""
        return Segments(*(getattr(self, f.name)[which] for f in fields(self)))


@dataclass(frozen=True, slots=True)
class StreamMeasure:
    """One recording's samples, condensed; ``None`` = the recording does not tell.

    ``heart_rate_s``: seconds at each whole heart rate from ``LOWEST_BPM`` to ``HIGHEST_BPM``, shape
    (HIGHEST_BPM - LOWEST_BPM + 1,). ``best_effort_m``: the farthest within each of ``EFFORTS_S``, NaN where the
    recording is shorter. ``effort_heart_rate_bpm``: the highest mean heart rate over 20 minutes.
    ``warm_up_ratio``: mean speed of the first ten minutes ÷ that of the middle; ``cool_down_ratio``: of the last
    ten. ``cadence_drop``: fraction by which cadence at like speed fell from the first to the last third;
    ``cadence_drift_spm``: the same in steps per minute, falling negative. ``stance_balance_percent``: mean
    share of ground contact, 50 = even; ``stance_balance_change``: last third minus first third.
    ``oval_track_share``: share of the distance on a 400 m track, by its shape.
    """

    segments: Segments
    heart_rate_s: Column | None = None
    heart_rate_peak_bpm: float | None = None
    best_effort_m: Column | None = None
    effort_heart_rate_bpm: float | None = None
    warm_up_ratio: float | None = None
    cool_down_ratio: float | None = None
    cadence_drop: float | None = None
    cadence_drift_spm: float | None = None
    stance_balance_percent: float | None = None
    stance_balance_change: float | None = None
    oval_track_share: float | None = None


@dataclass(frozen=True, slots=True)
class CadenceHabit:
    """A line of cadence over speed on the level, learned from runs before ``from_day`` alone.

    ``spread_spm`` is the median distance of the segments from the line.
    """

    athlete: str
    from_day: date
    intercept_spm: float
    slope_spm_per_mps: float
    slowest_mps: float
    fastest_mps: float
    spread_spm: float
    segments: int
    runs: int

    def cadence_spm(self, speed_mps: Column) -> Column:
        """The usual cadence at each speed; speeds never seen are held to the nearest one that was."""
        return usual_cadence_spm(
            speed_mps, self.intercept_spm, self.slope_spm_per_mps, self.slowest_mps, self.fastest_mps
        )


def usual_cadence_spm(
    speed_mps: Column,
    intercept_spm: Column | float,
    slope_spm_per_mps: Column | float,
    slowest_mps: Column | float,
    fastest_mps: Column | float,
) -> Column:
    """The line of a ``CadenceHabit``, of one or of as many as there are speeds."""
    return np.asarray(intercept_spm + slope_spm_per_mps * np.clip(speed_mps, slowest_mps, fastest_mps))


@dataclass(frozen=True, slots=True)
class IntensityHabit:
    """An athlete's own references for hard and easy, learned from workouts before ``from_day`` alone.

    ``critical_speed_mps`` and ``distance_above_m`` are the line distance = speed x time + distance_above through
    the best efforts.
    """

    athlete: str
    from_day: date
    highest_heart_rate_bpm: float | None
    threshold_heart_rate_bpm: float | None
    critical_speed_mps: float | None
    distance_above_m: float | None
    runs: int


@dataclass(frozen=True, slots=True)
class ActivityLoad:
    """What one workout asked for. ``None`` = it cannot be known; distance then stands in, and is said to.

    ``knee_equivalent_m``: metres on the level at 2.78 m/s with one's own usual cadence that load the kneecap
    joint as much; ``low`` and ``high`` bound it over the published range of the exponents. ``knee_peak_load``:
    the highest load per step, 1 = the same reference. Shares are of the running distance. ``high_intensity_s``:
    time above the threshold; ``intensity_from``: heart_rate or pace. ``zone_s``, ``pace_zone_s``: seconds in each
    of five zones.
    """

    activity: str
    athlete: str
    made_of: str
    knee_equivalent_m: float | None = None
    knee_equivalent_low_m: float | None = None
    knee_equivalent_high_m: float | None = None
    knee_peak_load: float | None = None
    knee_grade_known_share: float | None = None
    knee_cadence_known_share: float | None = None
    knee_extrapolated_share: float | None = None
    walking_m: float | None = None
    trimp_banister: float | None = None
    trimp_edwards: float | None = None
    high_intensity_s: float | None = None
    intensity_from: str | None = None
    zone_s: Column | None = None
    pace_zone_s: Column | None = None
