"""The per-day features that the cards read, worked out for a simulated cohort in whole arrays.

The same rules as the SQL of ``features/per_day`` (a test holds the two together on a small cohort), for
athletes who run at most once a day and whose watches record everything. Arrays are (athletes, days).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from features import evidence
from features.training_log import Column
from models.rolling import at_largest, largest, largest_before, total

WEEK, WEEK_BEFORE = "last_7_days", "week_before"
MONTH, MONTH_BEFORE = "last_28_days", "four_weeks_before"


@dataclass(frozen=True, slots=True)
class Training:
    """What every day's run was; 0 all through on a day without one. ``low_impact_s`` is of other sports."""

    distance_m: Column
    moving_s: Column
    descent_m: Column
    knee_m: Column
    intense_s: Column
    hard_ground_m: Column
    worn_shoe_m: Column
    skipped_warm_up: Column
    cadence_ratio: Column
    low_impact_s: Column

    def days(self, first: int, last: int) -> Training:
        """The days from ``first`` up to ``last``, both taken in."""
        return Training(*(getattr(self, f.name)[:, first : last + 1] for f in fields(self)))


def simulated_features(training: Training, first_day: int = 0) -> dict[str, Column]:
    """Feature → (athletes, days). ``first_day`` is the number, in the record, of the first column's day."""
    t = training
    ran = (t.distance_m > 0).astype(np.float64)
    day = first_day + np.arange(ran.shape[-1], dtype=np.float64)
    descent = _against_month(t.descent_m, ran)
    moving_s = total(t.moving_s, MONTH)
    low_impact_s = total(t.low_impact_s, MONTH)
    return {
        "history_days": np.broadcast_to(day + 1, ran.shape),
        "runs_7d": total(ran, WEEK),
        "session_spike_7d": largest(_against_month(t.distance_m, ran), WEEK),
        "gap_before_run_7d": largest(_days_since_run(ran), WEEK),
        "descent_spike_7d": largest(descent, WEEK),
        "descent_peak_7d_m": at_largest(t.descent_m, descent, WEEK),
        "knee_spike_7d": largest(_against_month(t.knee_m, ran), WEEK),
        "high_intensity_spike_7d": largest(_against_month(t.intense_s, ran), WEEK),
        "weekly_distance_change": np.where(
            day >= 13, _share(total(t.distance_m, WEEK), total(t.distance_m, WEEK_BEFORE)) - 1.0, np.nan
        ),
        "monotony_7d": _monotony(t.distance_m, day),
        "hard_surface_change": _hard_share(t, WEEK) - _hard_share(t, MONTH_BEFORE),
        "worn_shoe_share_28d": _share(total(t.worn_shoe_m, MONTH), total(t.distance_m, MONTH)),
        "skipped_warm_up_share_28d": _share(total(t.skipped_warm_up, MONTH), total(ran, MONTH)),
        "cadence_vs_usual_7d": _share(total(t.cadence_ratio, WEEK), total(ran, WEEK)),
        "low_impact_share_28d": _share(low_impact_s, low_impact_s + moving_s),
    }


def _against_month(amount: Column, ran: Column) -> Column:
    """Each day's run over the largest of the thirty days before it."""
    of_run = np.where(ran > 0, amount, np.nan)
    return _share(of_run, largest_before(of_run, int(evidence.value("spike_window_days"))))


def _days_since_run(ran: Column) -> Column:
    """On a day with a run: how long the stretch without one was that it ended."""
    day = np.where(ran > 0, np.arange(ran.shape[-1], dtype=np.float64), -np.inf)
    latest = np.maximum.accumulate(day, axis=-1)
    before = np.concatenate([np.full((*ran.shape[:-1], 1), -np.inf), latest[..., :-1]], axis=-1)
    since = np.arange(ran.shape[-1]) - before
    return np.where((ran > 0) & np.isfinite(since), since, np.nan)


def _monotony(amount: Column, day: Column) -> Column:
    """Mean of the week's days over their spread (of a sample: one day fewer in the divisor)."""
    week = evidence.value("acute_window_days")
    mean = total(amount, WEEK) / week
    squares = np.maximum(total(amount**2, WEEK) - week * mean**2, 0.0)
    monotony = _share(mean, np.sqrt(squares / (week - 1)))
    return np.where((day >= week - 1) & (mean > 0), monotony, np.nan)


def _hard_share(t: Training, window: str) -> Column:
    return _share(total(t.hard_ground_m, window), total(t.distance_m, window))


def _share(part: Column, whole: Column) -> Column:
    """NaN where there is no whole to be a part of."""
    share = np.full(np.shape(whole), np.nan)
    np.divide(part, whole, out=share, where=np.nan_to_num(whole) > 0)
    return share
