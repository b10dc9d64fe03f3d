"""Whether a run was begun and ended gently: speed of its first and last ten minutes against the middle.

unit: ratio (1 = as fast as the middle, 0.8 = a fifth slower)
unknown when: no distance was recorded, or the run is shorter than ``warm_up_run_min_s`` in motion.
source: evidence ``warm_up_s``. Time is time in motion, so that neither lights nor pauses look like a warm-up. A
warm-up has not been shown to prevent injury: it is described and no risk hangs on it.
"""

from __future__ import annotations

import numpy as np

from features import evidence
from features.per_activity.efforts import covered_over_time
from features.training_log import Track


def warm_up_ratio(track: Track) -> float | None:
    """Mean speed of the first ``warm_up_s`` ÷ that of what lies between the first and the last."""
    speeds = _speeds_mps(track)
    return None if speeds is None else speeds[0] / speeds[1]


def cool_down_ratio(track: Track) -> float | None:
    """Mean speed of the last ``warm_up_s`` ÷ that of what lies between the first and the last."""
    speeds = _speeds_mps(track)
    return None if speeds is None else speeds[2] / speeds[1]


def _speeds_mps(track: Track) -> tuple[float, float, float] | None:
    """Mean speed in motion of the first minutes, the middle and the last minutes."""
    times_s, covered_m, known_s = covered_over_time(track)
    steps, seconds = np.diff(covered_m), np.diff(known_s)
    moving_s = np.where(steps >= evidence.value("moving_speed_min_mps") * seconds, seconds, 0.0)
    moved_s = np.concatenate(([0.0], np.cumsum(moving_s)))
    if len(times_s) < 2 or moved_s[-1] < evidence.value("warm_up_run_min_s"):
        return None
    ends = evidence.value("warm_up_s")
    marks = np.array([0.0, ends, moved_s[-1] - ends, moved_s[-1]])
    first, middle, last = np.diff(np.interp(marks, moved_s, covered_m)) / np.diff(marks)
    return float(first), float(middle), float(last)
