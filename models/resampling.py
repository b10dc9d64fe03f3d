"""Intervals by drawing whole athletes with replacement: the rows of one athlete are not independent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column

Codes = NDArray[np.int64]
Draws = NDArray[np.int64]  # (replicates, athletes): how often each athlete was drawn

REPLICATES = 1000
FEWEST_REPLICATES = 200  # a 95 % interval by percentiles needs about as many
ROW_BUDGET = 200_000_000  # rows x replicates: some seconds for the measures that walk all rows each time

# With fewer athletes their resampling says too little of the athletes not seen: no interval rather than a
# narrow one.
FEWEST_ATHLETES = 10
DEFINED_SHARE = 0.9  # of the replicates that must give a value at all (both outcomes drawn)


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its 95 % interval; ``None`` = it cannot be known from these rows."""

    value: float | None
    low: float | None
    high: float | None


UNKNOWN = Interval(None, None, None)


def athlete_codes(athlete: NDArray[Any]) -> tuple[Codes, int]:
    """Each row's athlete as a number from 0, and how many athletes there are."""
    names, codes = np.unique(athlete, return_inverse=True)
    return codes.reshape(-1).astype(np.int64), len(names)


def draw_athletes(athletes: int, rows: int, seed: int) -> Draws:
    """How often each athlete is drawn in each replicate; no replicate at all for too few athletes."""
    if athletes < FEWEST_ATHLETES:
        return np.empty((0, athletes), dtype=np.int64)
    replicates = int(np.clip(ROW_BUDGET // max(rows, 1), FEWEST_REPLICATES, REPLICATES))
    chance = np.full(athletes, 1.0 / athletes)
    return np.random.default_rng(seed).multinomial(athletes, chance, size=replicates)


def interval(value: float, replicates: Column, level: float = 0.95) -> Interval:
    """The value with the percentiles of its replicates; NaN is unknown."""
    if not np.isfinite(value):
        return UNKNOWN
    defined = replicates[np.isfinite(replicates)]
    if len(defined) == 0 or len(defined) < DEFINED_SHARE * len(replicates):
        return Interval(float(value), None, None)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(defined, [tail, 1.0 - tail])
    return Interval(float(value), float(low), float(high))


def sums(code: Codes, athletes: int, values: Column | None = None) -> Column:
    """Per athlete: the sum of the values, or the number of rows."""
    return np.bincount(code, values, athletes).astype(float)


def ratio_interval(above: Column, below: Column, draws: Draws) -> Interval:
    """Of a sum over athletes divided by another; both are given as one number for each athlete."""
    return interval(float(ratio(above.sum(), below.sum())), ratio(draws @ above, draws @ below))


def ratio(above: Any, below: Any) -> Column:
    """Divided where there is something to divide by; else NaN."""
    above, below = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    return np.asarray(np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0))
