"""Mean heart rate and mean cadence over time.

unit: beats/min; steps/min (revolutions/min for cycling)
unknown when: the recording has no such samples.
source: time-weighted, because samples are not evenly spaced (see ``sample_weight``).
"""

from __future__ import annotations

import numpy as np

from features.per_activity.sample_weight import sample_weight_s
from features.training_log import Column, Recording


def mean_heart_rate_bpm(recording: Recording) -> float | None:
    """Mean over the time in which a heart rate was measured."""
    return _mean_over_time(recording, recording.track.heart_rate_bpm)


def mean_cadence_spm(recording: Recording) -> float | None:
    """Mean over the time in which the legs turned: a standing runner has no cadence, not one of 0."""
    cadence = recording.track.cadence_spm
    return _mean_over_time(recording, np.where(cadence > 0, cadence, np.nan))


def _mean_over_time(recording: Recording, column: Column) -> float | None:
    weight = sample_weight_s(recording.track, recording.pauses_s)
    known = ~np.isnan(column)
    if not np.any(known):
        return None
    if np.sum(weight[known]) == 0:
        return float(np.mean(column[known]))
    return float(np.average(column[known], weights=weight[known]))
