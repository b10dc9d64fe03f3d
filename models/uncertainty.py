"""How sure a hazard is: seeded draws of every card's effect, summed as the days are exposed.

Each draw takes one effect from its published interval and one share of it that its grade lets stand. Cards are drawn
independently of each other, which nobody has shown.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np

from features.training_log import Column
from models.evidence_model import CARDS, effect

SEED = 20261122
# Their 95 % limits lie half a hundredth from those of millions of draws as a rule, and two hundredths at the worst
# twentieth; more draws cost more than they tell.
DRAWS = 2_000
LIMITS = (0.025, 0.975)
# Exposures and spreads are told apart in hundredths, so that days alike are worked out once.
STEPS = 100
ROWS_AT_ONCE = 10_000


def interval(exposure: Column, null_sd: Column) -> tuple[Column, Column]:
    """The 95 % interval of each day's log hazard.

    ``exposure`` has shape (days, acting cards), without NaN; ``null_sd`` is the spread that the day's causes of
    mean 0 add together.
    """
    rounded = np.rint(STEPS * np.column_stack((exposure, null_sd))).astype(np.int64)
    key = rounded @ (STEPS + 1) ** np.arange(rounded.shape[1], dtype=np.int64)
    _, first, alike = np.unique(key, return_index=True, return_inverse=True)
    different = rounded[first].astype(np.float32) / STEPS
    limits = [
        np.quantile(different[at : at + ROWS_AT_ONCE] @ _draws(), LIMITS, axis=1)
        for at in range(0, len(different), ROWS_AT_ONCE)
    ]
    low, high = np.concatenate(limits, axis=1)[:, alike] if limits else np.empty((2, 0))
    return low, high


@cache
def _draws() -> Column:
    """One row for each acting card and one of a standard normal for those of mean 0; shape (cards + 1, draws)."""
    rng = np.random.default_rng(SEED)
    rows = []
    for card in CARDS():
        if card.mean:
            told = effect(card)
            published = told.log_ratio + told.standard_error * _normal(rng)
            kept = told.kept_low + (told.kept_high - told.kept_low) * _stratified(rng)
            rows.append(published * kept)
    return np.array([*rows, _normal(rng)], dtype=np.float32)


def _stratified(rng: np.random.Generator) -> Column:
    """Uniform draws, one in each of equally many slices, in random order: quieter than plain ones."""
    return (rng.permutation(DRAWS) + rng.random(DRAWS)) / DRAWS


def _normal(rng: np.random.Generator) -> Column:
    standard = NormalDist()
    return np.array([standard.inv_cdf(share) for share in _stratified(rng)])
