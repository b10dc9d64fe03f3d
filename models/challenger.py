"""A model of another kind, to see whether the logistic one misses something: boosted trees that only rise.

It is compared and never released: it cannot be read, and its sums have no reasons.
"""

from __future__ import annotations

import numpy as np

from features.training_log import Column
from models.evidence_model import CARDS
from models.outcomes import Mask
from models.training import Predictor, Rows

# Shallow, slow and few: there are some hundred problems at best, and the exposures are steps or straight lines.
TREES, LEAVES, RATE, SMALLEST_LEAF = 80, 6, 0.05, 40
SEED = 20261122


def boosted(rows: Rows) -> Predictor:
    """Trees whose probability never falls with exposure to a card that is published to harm."""
    # Imported here: scikit-learn takes seconds to load, and most commands never train.
    from sklearn.ensemble import HistGradientBoostingClassifier

    trees = HistGradientBoostingClassifier(
        learning_rate=RATE,
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=SMALLEST_LEAF,
        monotonic_cst=[1 if card.mean > 0 else 0 for card in CARDS()],
        early_stopping=False,
        random_state=SEED,
    ).fit(np.where(_known_nowhere(rows), 0.0, rows.exposures), rows.outcome)

    def probability(exposures: Column) -> Column:
        return np.asarray(trees.predict_proba(exposures)[:, 1])

    return probability


def _known_nowhere(rows: Rows) -> Mask:
    """Cards without any exposure to learn from; trees cannot be grown on nothing."""
    return np.asarray(np.isnan(rows.exposures).all(axis=0))
