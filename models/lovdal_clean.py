"""Our way of judging on the public data set: nothing of a row is known before its day, nor its athlete.

Athletes are on one side only. A row is normalised by strictly earlier rows of its own athlete, leaning on the
training athletes while these are few. Features look back no further than the row's own days, because the file
leaves out three weeks before each injury and a longer look would see that gap; neither dates nor gaps are
features. Models learn at the natural rate of injuries and are scaled (Platt) on training athletes held out for it.
Their settings were chosen once, without looking at these data.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.resampling import athlete_codes
from models.splits import Rows, Split, by_athlete

FOLDS = 5
SCALING_FOLDS = 3
MODELS = ("logistic", "boosting")
LEANING_ROWS = 28.0  # the training athletes count as much as this many own rows
FARTHEST = 10.0  # spreads from the mean: what is further is as far


def normalised(athlete: NDArray[Any], day: Rows, values: Column, middle: Column, spread: Column) -> Column:
    """Each row's distance from what was usual before its day, in spreads; NaN stays NaN.

    ``middle`` and ``spread`` (features,) are those of the training athletes.
    """
    code, _ = athlete_codes(athlete)
    order = np.lexsort((day, code))
    around = (values[order] - middle) / spread
    known = np.isfinite(around)
    told = np.where(known, around, 0.0)
    firsts = _first_of_run(code[order])
    earlier = _first_of_run(code[order], day[order])
    count, total, squares = (_between(x, firsts, earlier) for x in (known.astype(float), told, told**2))
    mean = total / (LEANING_ROWS + count)
    variance = (LEANING_ROWS + squares) / (LEANING_ROWS + count) - mean**2
    scores = np.empty_like(around)
    scores[order] = np.clip((around - mean) / np.sqrt(np.maximum(variance, 1e-6)), -FARTHEST, FARTHEST)
    return scores


def of_training_rows(values: Column, train: Rows) -> tuple[Column, Column]:
    """Mean and spread of each feature over the training rows; 0 and 1 where none is known, or none differs."""
    known = np.isfinite(values[train])
    count = np.maximum(known.sum(axis=0), 1)
    middle = np.where(known, values[train], 0.0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, values[train] - middle, 0.0) ** 2).sum(axis=0) / count)
    return middle, np.where(spread > 0, spread, 1.0)


def held_out(
    values: Column,
    outcome: Column,
    athlete: NDArray[Any],
    day: Rows,
    splits: Iterable[Split],
    model: str,
    seed: int,
    *,
    scale: bool = True,
) -> tuple[Column, Column]:
    """Probability of each row by models that never saw its athlete, and the rate of injuries they were taught with.

    Without ``scale`` the model's own probabilities.
    """
    probability, rate = np.full(len(outcome), np.nan), np.full(len(outcome), np.nan)
    for split in splits:
        features = normalised(athlete, day, values, *of_training_rows(values, split.train))
        taught, judged = features[split.train], features[split.test]
        y = outcome[split.train]
        log_odds = _fitted(model, taught, y, seed)(judged)
        if scale:
            log_odds = _platt(model, taught, y, athlete[split.train], seed, log_odds)
        probability[split.test] = 1.0 / (1.0 + np.exp(-log_odds))
        rate[split.test] = y.mean()
    return probability, rate


def _platt(
    model: str, taught: Column, y: Column, athlete: NDArray[Any], seed: int, log_odds: Column
) -> Column:
    """Log-odds scaled by what the same kind of model said of training athletes that it had not seen."""
    from sklearn.linear_model import LogisticRegression

    said = np.empty(len(y))
    for inner in by_athlete(athlete, folds=SCALING_FOLDS, seed=seed):
        said[inner.test] = _fitted(model, taught[inner.train], y[inner.train], seed)(taught[inner.test])
    line = LogisticRegression(C=np.inf).fit(said[:, None], y > 0)
    return np.asarray(line.decision_function(log_odds[:, None]))


def _fitted(model: str, taught: Column, y: Column, seed: int) -> Any:
    """A function from features to log-odds."""
    # Imported here: scikit-learn takes seconds to load.
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression

    if model == "logistic":
        # What is not known stands at what was usual. The penalty is strong: injuries are few, features many.
        line = LogisticRegression(C=0.01, max_iter=500).fit(np.nan_to_num(taught), y > 0)
        return lambda features: line.decision_function(np.nan_to_num(features))
    trees = HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=100,
        max_leaf_nodes=8,
        min_samples_leaf=100,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=seed,
    )
    return trees.fit(taught, y > 0).decision_function


def _first_of_run(*keys: NDArray[np.int64]) -> Rows:
    """For each row of a sorted table, the first row that has the same keys."""
    new = np.r_[True, np.any([k[1:] != k[:-1] for k in keys], axis=0)]
    starts = np.flatnonzero(new)
    return np.asarray(starts[np.cumsum(new) - 1])


def _between(values: Column, first: Rows, end: Rows) -> Column:
    """Sums over the rows from ``first`` to before ``end``, for each row."""
    so_far = np.vstack([np.zeros(values.shape[1]), np.cumsum(values, axis=0)])
    return np.asarray(so_far[end] - so_far[first])
