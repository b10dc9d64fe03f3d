"""Which days of a record are learned from: one each fortnight, where the model is used and the outcome known.

The days are counted from the first of each record, before anything is known of its problems.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.training_log import Column
from models import risk
from models.evidence_model import exposures
from models.outcomes import Reports, label
from models.training import Rows
from models.verdict import Level

# All that levels and exposures are made of (a test holds this to them).
FEATURES = (
    "history_days",
    "runs_7d",
    "unmeasured_runs_7d",
    "session_spike_7d",
    "gap_before_run_7d",
    "descent_spike_7d",
    "descent_peak_7d_m",
    "knee_spike_7d",
    "weekly_distance_change",
    "hard_surface_change",
    "worn_shoe_share_28d",
    "skipped_warm_up_share_28d",
    "high_intensity_spike_7d",
    "cadence_vs_usual_7d",
    "monotony_7d",
    "low_impact_share_28d",
)


def learning_rows(
    features: Mapping[str, Column],
    days_since_knee_injury: Column,
    reports: Reports,
    athlete: NDArray[Any],
    first_day: NDArray[np.int64],
) -> Rows:
    """Rows from arrays of (athletes, days); ``first_day`` is each athlete's first (``date.toordinal()``).

    A day without a level (no run that week, too little history) is no row: nothing is said on it.
    """
    outcome = label(reports)
    every = int(evidence.value("onset_window_days"))
    on_grid = np.arange(outcome.shape[1]) % every == 0
    who, day = np.nonzero(np.isfinite(outcome) & on_grid)
    columns = {name: column[who, day] for name, column in features.items()}
    since = days_since_knee_injury[who, day]
    has_level = risk.steps(columns, since) != risk.LEVELS.index(Level.UNKNOWN)
    rows = Rows(exposures(columns, since), outcome[who, day], athlete[who], first_day[who] + day)
    return rows.taken(has_level)
