"""Invented runners and what they mean to run: habits, long runs, hills, holidays, shoes. Nobody here exists.

The numbers of this file are invented to look like runners' diaries; they act on nobody, and no result about
real runners may be read from them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from features.training_log import Column
from models.outcomes import Mask
from models.simulated_features import Training

Draw = np.random.Generator
DAYS_PER_YEAR = 365
SHOE_WORN_M = 600_000.0  # the default reminder; what is called worn in the features


@dataclass(frozen=True, slots=True)
class People:
    """What each simulated athlete is like; one number each, shape (athletes, 1)."""

    weekly_m: Column
    runs_per_week: Column
    spikiness: Column  # how much the length of one run varies
    speed_mps: Column
    descent_per_m: Column
    hard_ground: Column  # share of runs on hard ground
    shoe_life_m: Column
    skips_warm_up: Column
    low_impact_days: Column  # share of days with another sport


def people(draw: Draw, athletes: int) -> People:
    one_each = (athletes, 1)
    weekly_m = 30_000.0 * draw.lognormal(0.0, 0.45, one_each)
    return People(
        weekly_m=weekly_m,
        runs_per_week=np.clip(draw.normal(2.2 + weekly_m / 22_000.0, 0.6), 1.5, 6.5),
        spikiness=draw.uniform(0.08, 0.4, one_each),
        speed_mps=draw.normal(2.9, 0.3, one_each).clip(2.1, 4.0),
        descent_per_m=0.008 * draw.lognormal(0.0, 0.7, one_each),
        hard_ground=draw.beta(2.0, 1.5, one_each),
        shoe_life_m=draw.uniform(450_000.0, 950_000.0, one_each),
        skips_warm_up=draw.beta(2.0, 2.0, one_each),
        low_impact_days=draw.beta(1.0, 6.0, one_each),
    )


def intended(draw: Draw, who: People, days: int) -> Training:
    """What they would run if no knee ever stopped them."""
    shape = (len(who.weekly_m), days)
    day = np.arange(days)
    is_sunday = day % 7 == 6
    ran = draw.random(shape) < np.where(is_sunday, 0.85, who.runs_per_week / 7.0)
    ran &= ~spells(draw, shape, per_year=1.0, shortest=10, longest=50)  # holidays and illness
    usual_m = who.weekly_m / (who.runs_per_week + 0.6)
    season = 1.0 + 0.25 * np.sin(2 * np.pi * (day / DAYS_PER_YEAR + draw.random((shape[0], 1))))
    length = usual_m * season * np.where(is_sunday, 1.6, 1.0) * draw.lognormal(0.0, who.spikiness, shape)
    big_day = draw.random(shape) < 0.04 * who.spikiness
    distance = np.where(ran, length * np.where(big_day, draw.uniform(1.2, 2.4, shape), 1.0), 0.0)
    hilly = np.where(draw.random(shape) < 0.04, 4.0, 1.0) * draw.lognormal(0.0, 0.4, shape)
    descent = distance * who.descent_per_m * hilly
    intense = draw.random(shape) < 0.3
    new_ground = spells(draw, shape, per_year=2.0, shortest=14, longest=60)
    hard = draw.random(shape) < np.where(new_ground, 1.0 - who.hard_ground, who.hard_ground)
    run_so_far = np.cumsum(distance, axis=1) + draw.random((shape[0], 1)) * who.shoe_life_m
    by_week = np.repeat(draw.normal(0.0, 0.015, (shape[0], days // 7 + 1)), 7, axis=1)[:, :days]
    return Training(
        distance_m=distance,
        moving_s=distance / who.speed_mps,
        descent_m=descent,
        knee_m=(distance + 3.0 * descent) * draw.lognormal(0.0, 0.05, shape),
        intense_s=np.where(ran, np.where(intense, 600.0, 60.0) * draw.lognormal(0.0, 0.5, shape), 0.0),
        hard_ground_m=np.where(hard, distance, 0.0),
        worn_shoe_m=np.where(run_so_far % who.shoe_life_m > SHOE_WORN_M, distance, 0.0),
        skipped_warm_up=(ran & (draw.random(shape) < who.skips_warm_up)).astype(np.float64),
        cadence_ratio=np.where(ran, 1.0 + by_week + draw.normal(0.0, 0.01, shape), 0.0),
        low_impact_s=np.where(draw.random(shape) < who.low_impact_days, 2_700.0, 0.0),
    )


def scaled(training: Training, share: Column) -> Training:
    """What is left of it: amounts shrink with the share, and without a share there is no run."""
    runs = (share > 0).astype(np.float64)
    by_share = {"cadence_ratio": runs, "skipped_warm_up": runs, "low_impact_s": np.ones_like(share)}
    return Training(*(getattr(training, f.name) * by_share.get(f.name, share) for f in fields(training)))


def spells(draw: Draw, shape: tuple[int, int], *, per_year: float, shortest: int, longest: int) -> Mask:
    """Stretches of days, of a length between these, that begin so often a year (True inside)."""
    begins = draw.random(shape) < per_year / DAYS_PER_YEAR
    day = np.arange(shape[1])
    ends = np.where(begins, day + draw.integers(shortest, longest + 1, shape), 0)
    return np.asarray(day < np.maximum.accumulate(ends, axis=1))
