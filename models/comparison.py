"""Whether a learned model may be used: it must beat the evidence model on athletes that it has never seen.

All candidates are judged by the same rows, each predicted by a model that saw neither the athlete nor, for the
second judgement, anything later. The gate is the mean log score against the evidence model with a base rate of
its own: an interval over drawn athletes that lies above zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from features import evidence
from features.training_log import Column
from models.challenger import boosted
from models.probes import Finding, athlete_overlap, gap, missingness, permuted_labels, sorted_rows
from models.resampling import Interval
from models.splits import Split, by_athlete, forward
from models.training import (
    Learner,
    Predictor,
    Rows,
    as_published,
    chance,
    learned,
    log_odds,
    logistic,
    unanchored,
)
from models.validation import Judgement, judge, paired_gain

FOLDS = 5
STRETCHES = 3  # of time, each judged by what was before it

EVIDENCE, LEARNED = "evidence", "learned"
CANDIDATES: Mapping[str, Learner] = {
    EVIDENCE: logistic(as_published),
    LEARNED: learned,
    "unanchored": logistic(unanchored),
    "boosted": boosted,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """``gain`` is each candidate's mean log score above the evidence model's, on held-out athletes. ``judged`` and
    ``later`` have the evidence model and the learned one; ``later`` judges by what came after, None where there
    is too little time. ``beats`` opens the gate."""

    judged: Mapping[str, Judgement]
    gain: Mapping[str, Interval]
    auc_gain: Mapping[str, Interval]
    later: Mapping[str, Judgement] | None
    probes: tuple[Finding, ...]

    @property
    def beats(self) -> bool:
        low = self.gain[LEARNED].low
        return low is not None and low > 0


def compare(rows: Rows, *, seed: int) -> Comparison:
    """Raises ValueError where there are fewer athletes than folds, or no problems to learn from."""
    grouped = list(by_athlete(rows.athlete, folds=FOLDS, seed=seed))
    said = {name: held_out(rows, grouped, learner) for name, learner in CANDIDATES.items()}
    others = [name for name in CANDIDATES if name != EVIDENCE]

    def gain(name: str, measure: Literal["auc", "log_score"]) -> Interval:
        return paired_gain(rows.outcome, said[name], said[EVIDENCE], rows.athlete, seed=seed, measure=measure)

    return Comparison(
        judged=_judged(rows, said, grouped, seed),
        gain={name: gain(name, "log_score") for name in others},
        auc_gain={name: gain(name, "auc") for name in others},
        later=_judged_later(rows, seed),
        probes=_probed(rows, grouped, seed),
    )


def held_out(rows: Rows, splits: Iterable[Split], learner: Learner) -> Column:
    """Each row's probability from a model of the other side; NaN where that side has one outcome alone.

    All are put on one base rate, the mean of those trained on. For a side with many problems leaves few to train
    on: by their own base rates, rows of different sides would stand the wrong way round, and a small cohort's area
    under the curve would fall well below what its model is worth.
    """
    lift, base = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for split in splits:
        train = rows.taken(split.train)
        if 0 < train.outcome.sum() < len(train):
            base[split.test] = log_odds(train.outcome.mean())
            lift[split.test] = log_odds(learner(train)(rows.exposures[split.test])) - base[split.test]
    known = np.isfinite(base)
    return chance(lift + base[known].mean()) if known.any() else lift


def _base_rate(rows: Rows) -> Predictor:
    return lambda exposures: np.full(len(exposures), rows.outcome.mean())


def _judged(rows: Rows, said: Mapping[str, Column], splits: list[Split], seed: int) -> dict[str, Judgement]:
    base = held_out(rows, splits, _base_rate)
    return {
        name: judge(rows.outcome, said[name], rows.athlete, seed=seed, base_rate=base, day=rows.day)
        for name in (EVIDENCE, LEARNED)
    }


def _judged_later(rows: Rows, seed: int) -> Mapping[str, Judgement] | None:
    outcome_days = int(evidence.value("onset_window_days"))
    try:
        splits = list(forward(rows.day, folds=STRETCHES, outcome_days=outcome_days))
    except ValueError:
        return None
    said = {name: held_out(rows, splits, CANDIDATES[name]) for name in (EVIDENCE, LEARNED)}
    return _judged(rows, said, splits, seed)


def _probed(rows: Rows, grouped: list[Split], seed: int) -> tuple[Finding, ...]:
    """Whether the rows, or the way they are judged, tell the outcome by themselves."""

    def relearned(outcome: Column) -> Column:
        return held_out(replace(rows, outcome=outcome), grouped, learned)

    return (
        athlete_overlap(rows.athlete, grouped),
        permuted_labels(relearned, rows.outcome, rows.athlete, seed=seed),
        gap(rows.athlete, rows.day, rows.outcome, seed=seed),
        missingness(rows.exposures, rows.athlete, rows.outcome, seed=seed),
        sorted_rows(rows.athlete, rows.outcome, seed=seed),
    )
