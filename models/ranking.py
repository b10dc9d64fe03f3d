"""Does the score put the rows with a problem above those without? Area under the curve, average precision.

Both weigh rows, so that a bootstrap replicate costs no sorting. Tied scores count half in the area, and
form one step of the precision curve, as in scikit-learn. One outcome alone gives NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.resampling import Codes, Draws, ratio, sums

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows from the lowest score to the highest, and for each with a problem where its tied scores begin and end.

    ``rows_*`` count all rows before that place, ``problems_*`` those with a problem.
    """

    order: Rows
    problems: Rows  # places of the rows with a problem, in that order
    rows_below: Rows
    rows_up_to: Rows
    problems_below: Rows
    problems_up_to: Rows

    @classmethod
    def of(cls, outcome: Column, score: Column) -> Ranking:
        order = np.argsort(score, kind="stable")
        ranked, problems = score[order], np.flatnonzero(outcome[order] > 0)
        own = ranked[problems]
        return cls(
            order,
            problems,
            np.searchsorted(ranked, own, side="left"),
            np.searchsorted(ranked, own, side="right"),
            np.searchsorted(own, own, side="left"),
            np.searchsorted(own, own, side="right"),
        )

    def measures(self, weight: Column | None = None) -> tuple[float, float]:
        """Area under the curve and average precision; ``weight``: one for each row, in ranked order."""
        weights = np.ones(len(self.order)) if weight is None else weight
        rows = np.r_[0.0, np.cumsum(weights)]
        own = weights[self.problems]
        problems = np.r_[0.0, np.cumsum(own)]
        found, without = problems[-1], rows[-1] - problems[-1]
        if found <= 0 or without <= 0:
            return float("nan"), float("nan")
        below = rows[self.rows_below] - problems[self.problems_below]
        up_to = rows[self.rows_up_to] - problems[self.problems_up_to]
        area = np.sum(own * (below + up_to)) / (2.0 * found * without)
        # Rows at this score and above: how many there are, and how many of them have a problem.
        above = rows[-1] - rows[self.rows_below]
        precision = ratio(found - problems[self.problems_below], above)
        return float(area), float(np.nansum(own * precision) / found)

    def replicates(self, code: Codes, draws: Draws) -> tuple[Column, Column]:
        """Both measures for each draw of athletes."""
        owner = code[self.order]
        both = np.array([self.measures(drawn[owner]) for drawn in draws.astype(float)])
        return (both[:, 0], both[:, 1]) if len(both) else (np.empty(0), np.empty(0))


def auc(outcome: Column, score: Column) -> float:
    """Area under the receiver operating characteristic; NaN where there is only one outcome."""
    return Ranking.of(outcome, score).measures()[0]


def pairs_within(outcome: Column, score: Column, code: Codes, athletes: int) -> tuple[Column, Column]:
    """Per athlete: pairs of own rows ranked rightly (ties half), and all pairs of a row with and one without."""
    order = np.lexsort((score, code))
    owner, ranked, positive = code[order], score[order], outcome[order].astype(float)
    changes = (owner[1:] != owner[:-1]) | (ranked[1:] != ranked[:-1])
    starts = np.flatnonzero(np.r_[True, changes])
    lengths = np.diff(np.r_[starts, len(order)])
    mean_rank = np.repeat(starts + (lengths + 1) / 2.0, lengths)  # over all rows; the athlete's first is 1
    rows = sums(owner, athletes)
    first = np.cumsum(rows) - rows
    found = sums(owner, athletes, positive)
    ranks = sums(owner, athletes, positive * (mean_rank - first[owner]))
    return ranks - found * (found + 1.0) / 2.0, found * (rows - found)
