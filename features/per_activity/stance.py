"""How evenly the feet share the ground: the mean stance balance of a run, and its change towards the end.

unit: % of ground contact that one foot has (50 = even)
unknown when: the watch and strap do not record it, or for less than ``stance_known_min_s``.
source: time-weighted; values beyond ``stance_uneven_max_percent`` from even are a standing or lost foot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features import evidence
from features.per_activity.sample_weight import sample_weight_s
from features.training_log import Track


@dataclass(frozen=True, slots=True)
class StanceBalance:
    """``change_percent``: the last third of the time with a balance less the first third, in percentage points."""

    mean_percent: float
    change_percent: float


def stance_balance(track: Track) -> StanceBalance | None:
    """The balance over the time in which the device measured a plausible one."""
    balance = track.stance_balance_percent
    plausible = np.abs(balance - 50.0) <= evidence.value("stance_uneven_max_percent")  # unknown never is
    held_s = np.where(plausible, sample_weight_s(track), 0.0)
    total_s = float(np.sum(held_s))
    if total_s < evidence.value("stance_known_min_s"):
        return None
    known_s = np.concatenate(([0.0], np.cumsum(held_s)))
    summed = np.concatenate(([0.0], np.cumsum(np.where(plausible, balance, 0.0) * held_s)))
    marks = np.linspace(0.0, total_s, 4)
    first, _, last = np.diff(np.interp(marks, known_s, summed)) / (total_s / 3)
    return StanceBalance(float(summed[-1] / total_s), float(last - first))
