"""Ways of parting rows into those to learn from and those to judge by, so that nothing is known beforehand.

An athlete is on one side only; time runs forward only; and the outcome of a row to learn from is over before the
first row to judge by begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.resampling import Codes, athlete_codes

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Split:
    """Row numbers, in order."""

    train: Rows
    test: Rows


def by_athlete(athlete: NDArray[Any], *, folds: int, seed: int) -> Iterator[Split]:
    """Each row is judged once, by a model that never saw its athlete.

    Raises ValueError where there are fewer athletes than folds.
    """
    fold = _athlete_folds(athlete, folds, seed)
    for number in range(folds):
        yield Split(np.flatnonzero(fold != number), np.flatnonzero(fold == number))


def forward(day: NDArray[np.int64], *, folds: int, outcome_days: int) -> Iterator[Split]:
    """Time in ``folds`` + 1 stretches of about as many rows: each but the first is judged by what was before it.

    ``day`` is ``date.toordinal()``. A row says something of the ``outcome_days`` that follow its day: rows whose
    outcome is not over before the stretch begins are in neither side.
    Raises ValueError where there are too few days.
    """
    for first, last in _stretches(day, folds):
        train = np.flatnonzero(day + outcome_days < first)
        yield Split(train, np.flatnonzero((day >= first) & (day <= last)))


def forward_by_athlete(
    athlete: NDArray[Any], day: NDArray[np.int64], *, folds: int, stretches: int, outcome_days: int, seed: int
) -> Iterator[Split]:
    """Both at once: other athletes, and only what was before. A sterner test than either, with less to learn from."""
    fold = _athlete_folds(athlete, folds, seed)
    for split in forward(day, folds=stretches, outcome_days=outcome_days):
        for number in range(folds):
            train = split.train[fold[split.train] != number]
            yield Split(train, split.test[fold[split.test] == number])


def _athlete_folds(athlete: NDArray[Any], folds: int, seed: int) -> Codes:
    code, athletes = athlete_codes(athlete)
    if not 2 <= folds <= athletes:
        raise ValueError(f"{folds} folds need at least two folds and as many athletes, got {athletes}")
    shuffled = np.random.default_rng(seed).permutation(athletes)
    fold: Codes = shuffled[code] % folds
    return fold


def _stretches(day: NDArray[np.int64], folds: int) -> Iterator[tuple[int, int]]:
    """First and last day of each stretch to judge by."""
    ranked = np.sort(day)
    cuts = np.unique(ranked[np.arange(1, folds + 1) * len(ranked) // (folds + 1)]) if len(ranked) else ranked
    if len(cuts) < folds or cuts[0] == ranked[0]:
        raise ValueError(f"{folds} stretches of time need more days than these rows have")
    for first, following in zip(cuts, [*cuts[1:], ranked[-1] + 1], strict=True):
        yield int(first), int(following) - 1
