"""Generated rows with a known truth, for the tests of how models are judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column


@dataclass(frozen=True)
class Rows:
    """Equally long: who, when (ordinal day), the true probability, and what happened."""

    athlete: NDArray[np.int64]
    day: NDArray[np.int64]
    probability: Column
    outcome: Column


def rows(athletes: int = 40, days: int = 200, seed: int = 0, base: float = -3.0) -> Rows:
    """Athletes who differ, and days that differ within each; outcomes drawn from the true probability."""
    rng = np.random.default_rng(seed)
    athlete = np.repeat(np.arange(athletes), days)
    day = np.tile(np.arange(days), athletes) + 738_000
    log_odds = base + rng.normal(0, 0.5, athletes)[athlete] + rng.normal(0, 0.8, len(athlete))
    probability = 1 / (1 + np.exp(-log_odds))
    return Rows(athlete, day, probability, (rng.random(len(athlete)) < probability).astype(float))
