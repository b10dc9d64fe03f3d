"""Whether an optical sensor on the wrist took the steps for the pulse.

unit: true or false
unknown when: heart rate or cadence was not recorded: then nothing can be locked.
source: the heart rate stays within a few beats of the cadence for minutes, and hardly varies about it;
secondary, evidence ``cadence_lock_bpm`` and ``cadence_lock_s``.
"""

from __future__ import annotations

import numpy as np

from features import evidence
from features.per_activity.sample_weight import sample_weight_s
from features.training_log import Recording


def is_cadence_locked(recording: Recording) -> bool:
    """True where heart rate and steps per minute run together for longer than chance would have it."""
    track = recording.track
    if recording.sport != "running" or len(track) == 0:
        return False
    apart = np.abs(track.heart_rate_bpm - track.cadence_spm)
    together = apart < evidence.value("cadence_lock_bpm")  # unknown is never together
    weight = sample_weight_s(track, recording.pauses_s)
    lasted_s = np.cumsum(np.where(together, weight, 0.0))
    # time together since the last moment apart: what had lasted then is taken off
    before_s = np.maximum.accumulate(np.where(together, 0.0, lasted_s))
    return bool(np.max(lasted_s - before_s) > evidence.value("cadence_lock_s"))
