"""How long the evidence model takes to score every day of many athletes: ``just bench scoring``.

The days are simulated: what is measured is the scoring, intervals included, from columns to columns.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from features.training_log import Column
from models.risk import LEVELS, score

DAYS = 3 * 365
SEED = 5
WEEK, MONTH = 7, 30


def cohort(athletes: int) -> tuple[dict[str, Column], Column]:
    """Features of every day of ``athletes`` runners over three years, and the days since a knee injury."""
    rng = np.random.default_rng(SEED)
    shape = (athletes, DAYS)
    usual_m = rng.lognormal(np.log(8_000), 0.4, (athletes, 1))
    ran = rng.random(shape) < rng.uniform(0.3, 0.7, (athletes, 1))
    distance_m = np.where(ran, usual_m * rng.lognormal(0, 0.35, shape), 0.0)
    columns = {
        "runs_7d": _latest(ran.astype(float), WEEK).sum(axis=2),
        "history_days": np.broadcast_to(np.arange(1.0, DAYS + 1), shape),
        "unmeasured_runs_7d": np.zeros(shape),
        "gap_before_run_7d": rng.integers(1, 35, shape).astype(float),
        "session_spike_7d": _ratio_to_the_month(distance_m),
        "knee_spike_7d": _ratio_to_the_month(distance_m * rng.normal(1, 0.05, shape)),
        "descent_spike_7d": _ratio_to_the_month(distance_m * rng.lognormal(0, 0.6, shape)),
        "descent_peak_7d_m": rng.uniform(0, 300, shape),
    }
    others = (
        "hard_surface_change",
        "worn_shoe_share_28d",
        "skipped_warm_up_share_28d",
        "low_impact_share_28d",
    )
    columns |= {
        name: rng.random(shape) for name in (*others, "weekly_distance_change", "cadence_vs_usual_7d")
    }
    columns |= {name: rng.uniform(0.5, 2.5, shape) for name in ("monotony_7d", "high_intensity_spike_7d")}
    injured = np.where(rng.random(shape) < 0.2, rng.integers(0, 800, shape), np.nan)
    return {name: column.ravel() for name, column in columns.items()}, injured.ravel()


def _ratio_to_the_month(amount: Column) -> Column:
    """The week's largest ratio of a day to the largest of the thirty days before it."""
    before = np.roll(_latest(amount, MONTH).max(axis=2), 1, axis=1)
    ratio = amount / np.where(before > 0, before, np.nan)
    return _latest(np.nan_to_num(ratio), WEEK).max(axis=2)


def _latest(column: Column, days: int) -> Column:
    """For each day the values of the last ``days``; before the first there is nothing (0)."""
    padded = np.pad(column, ((0, 0), (days - 1, 0)))
    return np.lib.stride_tricks.sliding_window_view(padded, days, axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--athletes", type=int, default=1_000)
    athletes = parser.parse_args().athletes
    columns, injured = cohort(athletes)
    score({name: column[:10] for name, column in columns.items()}, injured[:10])  # reads the table
    wall, cpu = time.perf_counter(), time.process_time()
    scores = score(columns, injured)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    shares = np.bincount(scores.level, minlength=len(LEVELS)) / len(injured)
    print(f"{len(injured):,} days of {athletes:,} athletes: {wall:.2f} s, {cpu:.2f} s of CPU time")
    print(", ".join(f"{level} {share:.1%}" for level, share in zip(LEVELS, shares, strict=True)))


if __name__ == "__main__":
    main()
