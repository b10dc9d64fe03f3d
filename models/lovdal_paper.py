"""The paper's way of judging on its data set, as far as its authors' code tells, for comparison.

The last ten athletes are the test. Each athlete, tested ones too, is normalised by the mean and spread of all their
healthy rows, later ones too. Nine models learn from samples with as many injuries as healthy rows, and each is
scaled (Platt) on one such sample of the same athletes. Where the authors used XGBoost, this uses scikit-learn's
histogram gradient boosting with the same depth, rate and number of trees.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.lovdal import Table
from models.resampling import athlete_codes, sums
from models.splits import Rows, Split

TEST_ATHLETES = 10
SAMPLES_PER_CLASS = 2048
LEARNING_RATE = 0.01
DEPTHS = (2, 3)
TREES = (256, 512)
SPREAD_FOR_NONE = 0.01  # stands in where an athlete's healthy rows do not differ

Normalise = Callable[[Table, Split], Column]


def split(athlete: NDArray[np.int64]) -> Split:
    """The ten with the highest numbers, who joined last, are the test."""
    tested = np.isin(athlete, np.unique(athlete)[-TEST_ATHLETES:])
    return Split(np.flatnonzero(~tested), np.flatnonzero(tested))


def by_healthy_rows(table: Table, parted: Split) -> Column:
    """Each athlete by the mean and spread of their own healthy rows: knows the future, and who stays healthy."""
    return healthy_scores(table.athlete, table.injury, table.values)


def healthy_scores(athlete: NDArray[Any], injury: Column, values: Column) -> Column:
    code, athletes = athlete_codes(athlete)
    healthy = injury == 0
    rows = sums(code[healthy], athletes)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):  # an athlete without healthy rows has no scores
        mean = _sums(code[healthy], athletes, values[healthy]) / rows
        around = (values - mean[code])[healthy] ** 2
        spread = np.sqrt(_sums(code[healthy], athletes, around) / (rows - 1))
    spread[spread == 0] = SPREAD_FOR_NONE
    return np.asarray((values - mean[code]) / spread[code])


def scores(table: Table, bags: int, seed: int, normalise: Normalise = by_healthy_rows) -> Column:
    """Mean probability of the bags for each test row, in the table's order."""
    # Imported here: scikit-learn takes seconds to load.
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(seed)
    parted = split(table.athlete)
    values = normalise(table, parted)
    injury = table.injury > 0
    scaled_on = _balanced(table, parted.train, rng)
    probability = np.zeros(len(parted.test))
    for _ in range(bags):
        taught = _balanced(table, parted.train, rng)
        model = HistGradientBoostingClassifier(
            learning_rate=LEARNING_RATE,
            max_depth=int(rng.choice(DEPTHS)),
            max_iter=int(rng.choice(TREES)),
            max_leaf_nodes=None,
            min_samples_leaf=4,  # XGBoost's least weight of a leaf, 1, is four rows at even odds
            l2_regularization=1.0,
            early_stopping=False,
            random_state=int(rng.integers(2**31)),
        ).fit(values[taught], injury[taught])
        platt = LogisticRegression().fit(
            model.decision_function(values[scaled_on])[:, None], injury[scaled_on]
        )
        probability += platt.predict_proba(model.decision_function(values[parted.test])[:, None])[:, 1]
    return probability / bags


def _balanced(table: Table, train: Rows, rng: np.random.Generator) -> Rows:
    """As many injuries as healthy rows, drawn with replacement from each athlete who has both."""
    code, athletes = athlete_codes(table.athlete[train])
    injured = table.injury[train] > 0
    both = np.flatnonzero((sums(code[injured], athletes) > 0) & (sums(code[~injured], athletes) > 0))
    each = SAMPLES_PER_CLASS // max(len(both), 1)
    drawn = [
        rng.choice(train[(code == a) & (injured == which)], each) for a in both for which in (False, True)
    ]
    return np.concatenate(drawn)


def _sums(code: NDArray[np.int64], athletes: int, values: Column) -> Column:
    return np.column_stack([sums(code, athletes, column) for column in values.T])
