"""A logistic model that starts from what is published: penalised towards the cards, not towards zero.

One row is one fortnight of one athlete who was at risk, so that each problem counts once. Where problems are
rare, such pooled logistic regression gives what a Cox model with changing exposures gives (compared by Ngwa
et al. 2016, doi:10.1186/s12874-016-0248-6). The prior of each coefficient is its card's mean and spread; the
intercept, the base rate, is free. The posterior is taken as normal around its mode.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.evidence_model import CARDS
from models.splits import by_athlete

NEWTON_STEPS = 60
NEWTON_CLOSE = 1e-10
# A spread so wide that the data decide: plus and minus 2 of it are hazard ratios of 1 in 150 and 150.
FREE_SD = 2.5
HELD_SD = 1e-5  # so narrow that no amount of data moves a coefficient
# A calibration of a model that is already logistic: its slope is near 1 unless the data insist.
SLOPE_SD = 0.2
CALIBRATION_FOLDS, CALIBRATION_SEED = 5, 20261122


@dataclass(frozen=True, slots=True)
class Rows:
    """What is learned from, one row for each fortnight of an athlete: equally long.

    ``exposures`` as in ``evidence_model`` (rows, cards); ``outcome`` 0 or 1; ``day`` is ``date.toordinal()``.
    """

    exposures: Column
    outcome: Column
    athlete: NDArray[Any]
    day: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.outcome)

    def taken(self, rows: NDArray[Any]) -> Rows:
        return Rows(self.exposures[rows], self.outcome[rows], self.athlete[rows], self.day[rows])


@dataclass(frozen=True, slots=True)
class Prior:
    """Where each coefficient is believed to be before any outcome is seen."""

    mean: Column
    sd: Column


@dataclass(frozen=True, slots=True)
class Fit:
    """``coefficients`` and ``covariance`` are those of the exposures; the intercept is apart.

    ``unknown_reads_as``: the mean exposure of the rows trained on, so that what is not known neither raises
    nor lowers.
    """

    intercept: float
    coefficients: Column
    covariance: Column
    unknown_reads_as: Column
    calibration_slope: float = 1.0

    @property
    def sd(self) -> Column:
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def log_odds(self, exposures: Column) -> Column:
        return self.intercept + _filled(exposures, self.unknown_reads_as) @ self.coefficients

    def probability(self, exposures: Column) -> Column:
        return chance(self.log_odds(exposures))


Predictor = Callable[[Column], Column]  # exposures → probabilities
Learner = Callable[[Rows], Predictor]


def learned(rows: Rows) -> Predictor:
    return learn(rows).probability


def learn(rows: Rows) -> Fit:
    """The anchored model without credits, calibrated: stretched as athletes that it had not seen ask for.

    Coefficients, intercept and covariance have the stretch in them. Raises ValueError where outcomes are alike.
    """
    whole = _without_credits(rows)
    unseen = np.full(len(rows), np.nan)
    for split in by_athlete(rows.athlete, folds=CALIBRATION_FOLDS, seed=CALIBRATION_SEED):
        train = rows.taken(split.train)
        if 0 < train.outcome.sum() < len(train):
            part = _without_credits(train)
            # without the intercept: the base rate of one side is pushed away from that of the other
            unseen[split.test] = part.log_odds(rows.exposures[split.test]) - part.intercept
    known = np.isfinite(unseen)
    if not 0 < rows.outcome[known].sum() < known.sum():
        return whole  # a problem or two: nothing to stretch by
    line = fit(unseen[known, None], rows.outcome[known], Prior(np.ones(1), np.full(1, SLOPE_SD)))
    slope = float(line.coefficients[0])
    return replace(
        whole,
        intercept=line.intercept,
        coefficients=slope * whole.coefficients,
        covariance=slope**2 * whole.covariance,
        calibration_slope=slope,
    )


def _without_credits(rows: Rows) -> Fit:
    """No cause is credited with protecting: every card names a harm, and what seems to protect is chance or who
    has it. So no coefficient is below 0."""
    found = fit(rows.exposures, rows.outcome, anchored())
    return replace(found, coefficients=np.maximum(found.coefficients, 0.0))


def logistic(prior: Callable[[], Prior]) -> Learner:
    """The same model from another starting point, as it comes."""

    def learner(rows: Rows) -> Predictor:
        return fit(rows.exposures, rows.outcome, prior()).probability

    return learner


def anchored() -> Prior:
    """The published coefficients, shrunk by their grades, with their spreads."""
    return Prior(np.array([card.mean for card in CARDS()]), np.array([card.sd for card in CARDS()]))


def as_published() -> Prior:
    """The evidence model as it stands: only the base rate is learned. What a learned model has to beat."""
    return Prior(anchored().mean, np.full(len(CARDS()), HELD_SD))


def unanchored() -> Prior:
    """The same model without the literature: to see what that is worth."""
    return Prior(np.zeros(len(CARDS())), np.full(len(CARDS()), FREE_SD))


def towards_zero() -> Prior:
    """As tight as the literature's spreads, but around no effect at all."""
    return Prior(np.zeros(len(CARDS())), np.array([card.sd for card in CARDS()]))


def fit(exposures: Column, outcome: Column, prior: Prior) -> Fit:
    """The mode of the posterior, by Newton's method with halved steps, and its covariance there.

    Raises ValueError where all outcomes are alike: there is then no base rate to be found.
    """
    if len(outcome) == 0 or outcome.min() == outcome.max():
        raise ValueError("outcomes of both kinds are needed to learn anything")
    reads_as = means_of_known(exposures)
    design = np.column_stack([np.ones(len(outcome)), _filled(exposures, reads_as)])
    mean, precision = np.r_[0.0, prior.mean], np.r_[0.0, prior.sd**-2.0]
    found = np.r_[0.0, prior.mean]
    found[0] = float(log_odds(outcome.mean())) - float(design[:, 1:].mean(axis=0) @ prior.mean)
    for _ in range(NEWTON_STEPS):
        p = chance(design @ found)
        pull = design.T @ (outcome - p) - precision * (found - mean)
        step = np.linalg.solve(_bend(design, p, precision), pull)
        while (
            _belief(design, outcome, found + step, mean, precision)
            < _belief(design, outcome, found, mean, precision)
            and np.abs(step).max() > NEWTON_CLOSE
        ):
            step = step / 2
        found = found + step
        if np.abs(step).max() < NEWTON_CLOSE:
            break
    covariance: Column = np.linalg.inv(_bend(design, chance(design @ found), precision)).astype(np.float64)
    return Fit(float(found[0]), found[1:], covariance[1:, 1:], reads_as)


def means_of_known(exposures: Column) -> Column:
    """The mean exposure to each card where it is known; 0 for a card that is known nowhere."""
    known = np.isfinite(exposures)
    counted = np.maximum(known.sum(axis=0), 1)
    return np.asarray(np.where(known, exposures, 0.0).sum(axis=0) / counted)


def chance(odds: Column) -> Column:
    """The probability behind log odds, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(odds / 2.0)))


def log_odds(probability: Any) -> Column:
    return np.asarray(np.log(probability / (1.0 - probability)))


def _filled(exposures: Column, reads_as: Column) -> Column:
    return np.where(np.isfinite(exposures), exposures, reads_as)


def _bend(design: Column, p: Column, precision: Column) -> Column:
    return np.asarray(design.T @ (design * (p * (1.0 - p))[:, None]) + np.diag(precision))


def _belief(design: Column, outcome: Column, at: Column, mean: Column, precision: Column) -> float:
    """The logarithm of likelihood times prior, but for a constant."""
    odds = design @ at
    likelihood = np.sum(outcome * odds - np.logaddexp(0.0, odds))
    return float(likelihood - 0.5 * np.sum(precision * (at - mean) ** 2))
