"""An athlete's own usual cadence at a speed: what a change of cadence is measured against, never 180.

Cadence rises with speed, so only a comparison at the same speed says anything (Lenhart et al. 2014,
doi:10.1249/MSS.0b013e3182a78c3a, on why cadence matters to the kneecap).
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.stream_measures import CadenceHabit, Segments
from features.training_log import Column

VERSION = 1  # of the fit: raise it when a habit is learned differently

# A line through runs of one speed would point anywhere: below this spread (m/s) of the middle nine tenths of
# the speeds, cadence is taken to be the same at all of them.
NARROW_MPS = 0.1


def cadence_habit(
    athlete: str,
    from_day: date,
    days: NDArray[np.datetime64],
    run: NDArray[np.intp],
    stretches: Segments,
) -> CadenceHabit | None:
    """The habit on ``from_day``, from the stretches of runs in the half year before it; later ones are not seen.

    ``days`` (datetime64[D]) and ``run`` say of each stretch when it was and which run it is part of. Level ones
    count, if nothing of them was walked; where grade is not known a stretch counts as level. None with too few
    runs.
    """
    back = (np.datetime64(from_day, "D") - days).astype(np.int64)
    counts = (back > 0) & (back <= evidence.value("usual_cadence_days"))
    counts &= ~(np.abs(stretches.grade) > evidence.value("usual_cadence_grade_max"))
    counts &= (stretches.walked_m == 0) & np.isfinite(stretches.running_speed_mps)
    counts &= stretches.cadence_spm > evidence.value("walking_cadence_max_spm")
    runs = len(np.unique(run[counts]))
    if runs < evidence.value("usual_cadence_runs_min"):
        return None
    speed, cadence = stretches.running_speed_mps[counts], stretches.cadence_spm[counts]
    # single stretches are faster or slower than any habit reaches: a sprint, a lost position
    slowest, fastest = np.percentile(speed, [5, 95])
    intercept, slope = _robust_line(speed, cadence, is_narrow=fastest - slowest < NARROW_MPS)
    return CadenceHabit(
        athlete=athlete,
        from_day=from_day,
        intercept_spm=intercept,
        slope_spm_per_mps=slope,
        slowest_mps=float(slowest),
        fastest_mps=float(fastest),
        spread_spm=float(np.median(np.abs(cadence - intercept - slope * speed))),
        segments=len(speed),
        runs=runs,
    )


def _robust_line(speed: Column, cadence: Column, *, is_narrow: bool) -> tuple[float, float]:
    """Intercept and slope of a line that odd stretches bend little."""
    if is_narrow:
        return float(np.median(cadence)), 0.0
    # Imported here: scikit-learn takes seconds to load, and most commands never ask for a habit.
    from sklearn.linear_model import HuberRegressor
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    # Huber: walked stretches, which would turn a line at its end, are left out before; it is exact in repeat
    # and takes milliseconds, if the many small products in it do not wait for threads. Centred, so that it
    # converges at once.
    middle_speed, middle_cadence = float(np.median(speed)), float(np.median(cadence))
    with threadpool_limits(limits=1):
        line = HuberRegressor(alpha=0.0).fit((speed - middle_speed).reshape(-1, 1), cadence - middle_cadence)
    slope = float(line.coef_[0])
    return middle_cadence + float(line.intercept_) - slope * middle_speed, slope
