"""What is hard for this athlete: highest and threshold heart rate and critical speed, as known on one day.

Learned from the athlete's own runs before that day alone, so that no day's intensity can change later. What the
athlete told wins over what was estimated. None where there is too little to tell.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.stream_measures import EFFORTS_S, IntensityHabit
from features.training_log import Athlete, Column


def intensity_habit(
    athlete: Athlete,
    from_day: date,
    *,
    days: NDArray[np.datetime64],
    peaks_bpm: Column,
    efforts_bpm: Column,
    best_efforts_m: Column,
    running: NDArray[np.bool_],
) -> IntensityHabit:
    """The athlete's references on ``from_day``, from workouts of earlier days; later ones are not looked at.

    One row for each workout, NaN = unknown: ``days`` (datetime64[D]), ``peaks_bpm`` and ``efforts_bpm`` (the
    highest mean heart rates over 30 s and 20 min), ``best_efforts_m`` (n × len(EFFORTS_S)), ``running``. Sports
    other than running are left out: each has a highest heart rate of its own.
    """
    back = (np.datetime64(from_day, "D") - days).astype(np.int64)
    lately = running & (back > 0)
    year = lately & (back <= evidence.value("heart_rate_memory_days"))
    season = lately & (back <= evidence.value("critical_speed_memory_days"))
    highest = athlete.highest_heart_rate_bpm
    if highest is None:
        highest = _unless_far_too_low(_second_highest(peaks_bpm[year]), athlete, from_day)
    line = _critical_speed(best_efforts_m[season])
    return IntensityHabit(
        athlete=athlete.id,
        from_day=from_day,
        highest_heart_rate_bpm=highest,
        threshold_heart_rate_bpm=_threshold_bpm(_second_highest(efforts_bpm[year]), highest),
        critical_speed_mps=None if line is None else line[0],
        distance_above_m=None if line is None else line[1],
        runs=int(np.count_nonzero(year)),
    )


def _second_highest(values: Column) -> float | None:
    """The second highest: one run in which a sensor failed for minutes may not set the scale of a year."""
    known = values[~np.isnan(values)]
    if len(known) < evidence.value("heart_rate_runs_min"):
        return None
    return float(np.sort(known)[-2])


def _unless_far_too_low(highest_bpm: float | None, athlete: Athlete, from_day: date) -> float | None:
    """None where the runs never came near what is usual at this age: then none was hard enough to show it."""
    if highest_bpm is None or athlete.birth_year is None:
        return highest_bpm
    age = from_day.year - athlete.birth_year
    usual = (
        evidence.value("highest_heart_rate_start_bpm") - evidence.value("highest_heart_rate_fall_bpm") * age
    )
    return highest_bpm if highest_bpm >= usual - evidence.value("highest_heart_rate_slack_bpm") else None


def _threshold_bpm(effort_bpm: float | None, highest_bpm: float | None) -> float | None:
    """The heart rate held in a hard effort; not under a share of the highest, for who has made none."""
    if effort_bpm is None or highest_bpm is None:
        return None
    lowest = evidence.value("threshold_share_min") * highest_bpm
    return float(np.clip(effort_bpm, lowest, highest_bpm))


def _critical_speed(best_efforts_m: Column) -> tuple[float, float] | None:
    """Critical speed and the distance above it: the line distance = speed × time + distance above.

    Through the best efforts of 3 to 20 minutes: few run longer ones all-out in training, but who ran farther
    in half an hour or an hour than the line allows has a higher critical speed. None where the line
    leaves too little above critical speed: then short efforts were hardly faster than long ones and none was
    all-out, so that an easy pace would pass for critical; nor where it leaves far too much, which a jump of the
    position or a long descent makes.
    """
    runs = np.count_nonzero(np.any(~np.isnan(best_efforts_m), axis=1))
    if runs < evidence.value("critical_speed_runs_min"):
        return None
    time_s = np.array(EFFORTS_S, dtype=np.float64)
    farthest_m = np.fmax.reduce(best_efforts_m, axis=0)
    longer = time_s > evidence.value("critical_speed_effort_max_s")
    used = ~longer & ~np.isnan(farthest_m)
    if np.count_nonzero(used) < evidence.value("critical_speed_efforts_min"):
        return None
    speed, above = _robust_line(time_s[used], farthest_m[used])
    credible = evidence.value("distance_above_min_m") <= above <= evidence.value("distance_above_max_m")
    shown = np.fmax.reduce((farthest_m[longer] - above) / time_s[longer])
    return (float(np.fmax(speed, shown)), above) if credible else None


def _robust_line(time_s: Column, distance_m: Column) -> tuple[float, float]:
    # Imported here: scikit-learn takes seconds to load, and most commands never ask for a habit.
    from sklearn.linear_model import TheilSenRegressor

    # The middle of the slopes between all pairs: one effort that was not all-out, or too far by a jump of the
    # position, moves it little. Of so few points it is also the quickest robust line, under a millisecond.
    line = TheilSenRegressor(random_state=0).fit(time_s.reshape(-1, 1), distance_m)
    return float(line.coef_[0]), float(line.intercept_)
