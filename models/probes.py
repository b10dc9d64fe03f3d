"""Probes for leaks: does something predict the outcome that must not be able to?

Each gives a finding: caught, clean, or not to be told from these rows. A clean finding is no proof; one that is
caught says that every other number of the same table is too good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.ranking import auc
from models.resampling import Interval, athlete_codes
from models.splits import Rows, Split, by_athlete
from models.validation import judge

FOLDS = 5
ROUNDS = 10  # of permuted labels: each fits the whole model anew
STANDARD_ERRORS = 3.0  # of their mean: fewer than one clean table in a hundred is called leaking
LEAK_FROM = 0.55  # below it what predicts "alone" could as well be a weak true cause
CUTS = (0.25, 0.5, 0.75)  # where time is cut off to see whether what was before changes

TREE_DEPTH = 3  # deep enough for "exactly 22 days", too shallow to learn rows by heart
SMALLEST_LEAF = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """``caught`` is None where these rows cannot tell. ``number`` is an area under the curve, a share or a count."""

    probe: str
    caught: bool | None
    number: float | None
    low: float | None
    high: float | None
    sentence: str


def permuted_labels(
    held_out: Callable[[Column], Column],
    outcome: Column,
    athlete: NDArray[Any],
    *,
    seed: int,
    rounds: int = ROUNDS,
) -> Finding:
    """The control: with outcomes dealt to the wrong athletes, nothing can be learned, so nothing may be found.

    ``held_out`` does all that is done to judge the model (choosing, scaling, fitting, splitting) for the outcomes
    given, and returns its scores of rows not trained on (NaN = none). Outcomes stay in their order: what only
    works because neighbouring rows share their outcome is caught too.
    """
    rng = np.random.default_rng(seed)
    areas = np.array([_permuted_area(held_out, outcome, athlete, rng) for _ in range(rounds)])
    areas = areas[np.isfinite(areas)]
    if len(areas) < 2:
        return _not_told("permuted labels")
    mean, error = float(areas.mean()), float(areas.std(ddof=1) / np.sqrt(len(areas)))
    low, high = mean - STANDARD_ERRORS * error, mean + STANDARD_ERRORS * error
    caught = low > 0.5
    told = (
        "The model finds outcomes that were dealt out at random: it sees them before it is judged by them."
        if caught
        else "With outcomes dealt out at random the model finds nothing, as it must be."
    )
    return Finding("permuted labels", caught, mean, low, high, told)


def gap(athlete: NDArray[Any], day: Rows, outcome: Column, *, seed: int) -> Finding:
    """Does the number of days since the athlete's row before predict the outcome, alone?"""
    code, _ = athlete_codes(athlete)
    order = np.lexsort((day, code))
    days = np.diff(day[order], prepend=0).astype(float)
    days[np.r_[True, np.diff(code[order]) != 0]] = np.nan
    since = np.empty(len(days))
    since[order] = days
    return _alone(
        "date gap", since[:, None], outcome, athlete, seed, "how long ago the athlete's row before was"
    )


def missingness(values: Column, athlete: NDArray[Any], outcome: Column, *, seed: int) -> Finding:
    """Does the pattern of what is unknown predict the outcome, alone? ``values`` (rows, features), NaN = unknown."""
    unknown = np.isnan(values)
    patterns = np.column_stack([np.unique(unknown, axis=1), unknown.sum(axis=1)]).astype(float)
    return _alone("missing values", patterns, outcome, athlete, seed, "what is missing, whatever is known,")


def sorted_rows(athlete: NDArray[Any], outcome: Column, *, seed: int) -> Finding:
    """Does the place of a row in the table, or among its athlete's rows, predict the outcome?"""
    code, athletes = athlete_codes(athlete)
    rows = np.arange(len(code))
    order = np.argsort(code, kind="stable")
    count = np.bincount(code, minlength=athletes)
    place = np.empty(len(code))
    place[order] = rows - np.repeat(np.cumsum(count) - count, count)
    places = np.column_stack([rows / max(len(rows), 1), place / np.maximum(count[code], 1)])
    return _alone("row order", places, outcome, athlete, seed, "the place of a row in the table")


def athlete_overlap(athlete: NDArray[Any], splits: Iterable[Split]) -> Finding:
    """Is an athlete on both sides of a split?"""
    shared = {name for s in splits for name in np.intersect1d(athlete[s.train], athlete[s.test])}
    told = (
        f"{len(shared)} of the athletes are trained on and judged by: the model knows them already."
        if shared
        else "No athlete is both trained on and judged by."
    )
    return Finding("athlete on both sides", bool(shared), float(len(shared)), None, None, told)


def future_normalisation(
    prepare: Callable[[NDArray[Any], Rows, Column], Column], athlete: NDArray[Any], day: Rows, values: Column
) -> Finding:
    """Does what is known of a day change when all later rows are deleted?

    ``prepare`` makes features from (athlete, day, values), row for row.
    """
    whole = prepare(athlete, day, values)
    changed = compared = 0
    for cut in np.quantile(day, CUTS, method="nearest"):
        past = day <= cut
        alone = prepare(athlete[past], day[past], values[past])
        changed += _differing(alone, whole[past])
        compared += alone.size
    share = changed / compared if compared else None
    told = (
        "Features change when later rows are deleted: they know the future."
        if changed
        else "No feature changes when later rows are deleted."
    )
    return Finding("future normalisation", bool(changed) if compared else None, share, None, None, told)


def scaling_on_test_rows(
    prepare: Callable[[Rows, Rows], tuple[Column, Column]], split: Split, athlete: NDArray[Any]
) -> Finding:
    """Does a row change when other athletes of the test side are deleted?

    ``prepare`` makes the features of (train rows, test rows).
    """
    names = np.unique(athlete[split.test])
    kept = np.isin(athlete[split.test], names[: len(names) // 2])
    train, test = prepare(split.train, split.test)
    train_alone, test_alone = prepare(split.train, split.test[kept])
    changed = _differing(train, train_alone) + _differing(test[kept], test_alone)
    compared = train.size + test_alone.size
    told = (
        "Rows change when other athletes of the test side are deleted: what is judged by was scaled with."
        if changed
        else "No row changes when other athletes of the test side are deleted."
    )
    return Finding("scaling on test rows", bool(changed), changed / max(compared, 1), None, None, told)


def _permuted_area(
    held_out: Callable[[Column], Column],
    outcome: Column,
    athlete: NDArray[Any],
    rng: np.random.Generator,
) -> float:
    dealt = _dealt(outcome, athlete, rng)
    score = held_out(dealt)
    judged = np.isfinite(score)
    return auc(dealt[judged], score[judged])


def _dealt(outcome: Column, athlete: NDArray[Any], rng: np.random.Generator) -> Column:
    """The athletes' series of outcomes, end to end in a new order and begun anywhere, laid on the rows."""
    code, athletes = athlete_codes(athlete)
    rows = np.argsort(code, kind="stable")
    shuffled = rng.permutation(athletes)
    series = outcome[np.argsort(shuffled[code], kind="stable")]
    dealt = np.empty(len(outcome))
    dealt[rows] = np.roll(series, rng.integers(len(series)) if len(series) else 0)
    return dealt


def _alone(
    probe: str, table: Column, outcome: Column, athlete: NDArray[Any], seed: int, what: str
) -> Finding:
    """How well a small tree ranks athletes that it has not seen, by this table and nothing else."""
    found = _held_out_tree(table, outcome, athlete, seed)
    if found.value is None or found.low is None:
        return _not_told(probe)
    caught = found.low > 0.5 and found.value >= LEAK_FROM
    told = f"On athletes not seen before, {what} {'predicts' if caught else 'does not predict'} the outcome."
    return Finding(probe, caught, found.value, found.low, found.high, told)


def _held_out_tree(table: Column, outcome: Column, athlete: NDArray[Any], seed: int) -> Interval:
    # Imported here: scikit-learn takes seconds to load.
    from sklearn.tree import DecisionTreeClassifier

    if len(np.unique(athlete)) < FOLDS or outcome.min() == outcome.max():
        return Interval(None, None, None)
    chance = np.empty(len(outcome))
    for split in by_athlete(athlete, folds=FOLDS, seed=seed):
        tree = DecisionTreeClassifier(max_depth=TREE_DEPTH, min_samples_leaf=SMALLEST_LEAF, random_state=0)
        tree.fit(table[split.train], outcome[split.train] > 0)
        chance[split.test] = tree.predict_proba(table[split.test])[:, -1] if tree.n_classes_ == 2 else 0.0
    return judge(outcome, chance, athlete, seed=seed).auc


def _differing(one: Column, other: Column) -> int:
    return int(np.sum(~np.isclose(one, other, equal_nan=True)))


def _not_told(probe: str) -> Finding:
    return Finding(probe, None, None, None, None, "These rows are too few to tell.")
