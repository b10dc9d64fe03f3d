"""An athlete's own usual cadence at a speed: what a change of cadence is measured against, never 180."""

from __future__ import annotations

import numpy as np

from features import evidence
from features.training_log import Column


def usual_cadence(speed_mps: Column, cadence_spm: Column, at_speed_mps: float) -> float | None:
    """Cadence (steps/min) that this athlete usually has at a speed, from their own runs.

    ``speed_mps`` and ``cadence_spm`` are the means of one run each, equally long; runs where
    either is NaN do not count. A straight line, fitted so that odd runs (walk breaks, a lost
    sensor) bend it little. None with too few runs, and outside the range of speeds seen.
    Cadence rises with speed, so only a comparison at the same speed says anything
    (Lenhart et al. 2014, doi:10.1249/MSS.0b013e3182a78c3a, on why cadence matters to the kneecap).
    """
    known = np.isfinite(speed_mps) & np.isfinite(cadence_spm)
    speed, cadence = speed_mps[known], cadence_spm[known]
    if len(speed) < evidence.value("usual_cadence_runs_min"):
        return None
    if not speed.min() <= at_speed_mps <= speed.max():
        return None
    if np.ptp(speed) == 0:
        return float(np.median(cadence))
    return _robust_line(speed, cadence, at_speed_mps)


def _robust_line(speed: Column, cadence: Column, at_speed_mps: float) -> float:
    # Imported here: scikit-learn takes seconds to load, and most commands never ask for a habit.
    from sklearn.linear_model import TheilSenRegressor

    # Theil-Sen rather than Huber: runs with many walk breaks are slow and low in cadence at once, and
    # such points at the end of the range turn a Huber line with them. It draws pairs; the draw is fixed.
    line = TheilSenRegressor(random_state=0).fit(speed.reshape(-1, 1), cadence)
    return float(line.predict(np.array([[at_speed_mps]]))[0])
