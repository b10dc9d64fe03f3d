"""Where a run's load on the knee comes from: what pace, hills and cadence each make of its length.

The three multiply to the whole, each worked out with those before it as they were and those after it as usual.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features.knee_load import load_per_m
from features.stream_measures import Segments
from features.training_log import Column


@dataclass(frozen=True, slots=True)
class KneeParts:
    """Multiples of the run's own length; ``cadence`` is 1 where no usual cadence is known."""

    pace: float
    hills: float
    cadence: float


def knee_parts(stretches: Segments, usual_cadence_spm: Column) -> KneeParts | None:
    """None without a stretch that was run, or where no grade is known: then there is no knee load either."""
    speed = stretches.running_speed_mps
    ran = ~np.isnan(speed)
    if not ran.any() or np.isnan(stretches.grade[ran]).all():
        return None
    run_m = (stretches.distance_m - stretches.walked_m)[ran]
    speed, grade = speed[ran], stretches.grade[ran]
    ratio = (stretches.cadence_spm / usual_cadence_spm)[ran]
    level, usual = np.zeros(len(speed)), np.ones(len(speed))
    length_m = float(run_m.sum())
    by_pace = float((run_m * load_per_m(speed, level, usual)).sum())
    by_hills = float((run_m * load_per_m(speed, grade, usual)).sum())
    whole = float((run_m * load_per_m(speed, grade, ratio)).sum())
    return KneeParts(by_pace / length_m, by_hills / by_pace, whole / by_hills)
