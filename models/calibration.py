"""Does a probability mean what it says? Slope, intercept, a curve of groups, and the Brier score.

A slope below 1 says that the probabilities are too extreme; an intercept above 0 that they are too low.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features.training_log import Column
from models.resampling import Codes, Draws, Interval, interval, ratio, ratio_interval, sums

CLOSEST_TO_CERTAIN = 1e-6  # probabilities of 0 and 1 have no logarithm of their odds
CURVE_GROUPS = 10
NEWTON_STEPS = 50
NEWTON_CLOSE = 1e-9
STEEPEST = 50.0  # a fit that passes it is on its way to infinity: the outcomes are separated
LONGEST_STEP = 5.0  # one Newton step is no longer close to a refit beyond it


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Rows of like probability: what was said on average, and the share of them that had a problem."""

    said: float
    happened: Interval
    rows: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """``intercept`` is that with the slope held at 1 (calibration in the large); 0 and 1 are best."""

    slope: Interval
    intercept: Interval
    curve: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True)
class Brier:
    """Mean squared error; ``skill`` is the share of it that is gained on saying the base rate each time."""

    score: Interval
    skill: Interval


def calibration(outcome: Column, probability: Column, code: Codes, draws: Draws) -> Calibration:
    """``code`` and ``draws`` come from ``models.resampling``."""
    log_odds = _log_odds(probability)
    ones = np.ones_like(log_odds)
    line = _recalibrated(outcome, np.column_stack([ones, log_odds]), np.zeros_like(log_odds), code, draws)
    shift = _recalibrated(outcome, ones[:, None], log_odds, code, draws)
    curve = _curve(outcome, probability, code, draws)
    return Calibration(slope=line[1], intercept=shift[0], curve=curve)


def brier(outcome: Column, probability: Column, base_rate: Column | None, code: Codes, draws: Draws) -> Brier:
    """``base_rate``: of the rows trained on, one for each row; without it no skill can be told."""
    athletes = draws.shape[1]
    rows = sums(code, athletes)
    error = sums(code, athletes, (probability - outcome) ** 2)
    score = ratio_interval(error, rows, draws)
    if base_rate is None:
        return Brier(score, Interval(None, None, None))
    plain = sums(code, athletes, (base_rate - outcome) ** 2)
    skill = interval(float(1.0 - ratio(error.sum(), plain.sum())), 1.0 - ratio(draws @ error, draws @ plain))
    return Brier(score, skill)


def _log_odds(probability: Column) -> Column:
    p = np.clip(probability, CLOSEST_TO_CERTAIN, 1.0 - CLOSEST_TO_CERTAIN)
    return np.asarray(np.log(p / (1.0 - p)))


def _recalibrated(
    outcome: Column, design: Column, offset: Column, code: Codes, draws: Draws
) -> tuple[Interval, ...]:
    """Coefficients of a logistic regression of what happened; unknown where there are none to be found.

    Its replicates go one Newton step from the fit of all rows, from sums over each athlete (a one-step
    bootstrap): all at once, where refitting each would take minutes.
    """
    terms = design.shape[1]
    fitted = _logistic(outcome, design, offset)
    if fitted is None:
        return tuple(Interval(None, None, None) for _ in range(terms))
    chance = _chance(design @ fitted + offset)
    athletes = draws.shape[1]
    pulls = np.column_stack([sums(code, athletes, x * (outcome - chance)) for x in design.T])
    weight = chance * (1.0 - chance)
    bends = np.column_stack([sums(code, athletes, a * b * weight) for a in design.T for b in design.T])
    bend = (draws @ bends).reshape(-1, terms, terms)
    step = np.full((len(draws), terms), np.nan)
    solvable = np.linalg.det(bend) > 0
    step[solvable] = np.linalg.solve(bend[solvable], (draws @ pulls)[solvable][..., None])[..., 0]
    step[np.abs(step).max(axis=1, initial=0.0) > LONGEST_STEP] = np.nan
    return tuple(interval(fitted[i], fitted[i] + step[:, i]) for i in range(terms))


def _logistic(outcome: Column, design: Column, offset: Column) -> Column | None:
    """None with one outcome alone, a design without spread, or outcomes that a line separates."""
    if len(outcome) == 0 or outcome.min() == outcome.max():
        return None
    found = np.zeros(design.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = _chance(design @ found + offset)
        bend = design.T @ (design * (chance * (1.0 - chance))[:, None])
        if np.linalg.cond(bend) > 1.0 / np.finfo(float).eps:
            return None
        step = np.linalg.solve(bend, design.T @ (outcome - chance))
        found = found + step
        if np.abs(found).max() > STEEPEST:
            return None
        if np.abs(step).max() < NEWTON_CLOSE:
            return found
    return None


def _chance(log_odds: Column) -> Column:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def _curve(outcome: Column, probability: Column, code: Codes, draws: Draws) -> tuple[CurvePoint, ...]:
    """Groups of about as many rows each; like probabilities are never parted."""
    if len(probability) == 0:
        return ()
    edges = np.quantile(probability, np.linspace(0, 1, CURVE_GROUPS + 1)[1:-1])
    group = np.searchsorted(edges, probability, side="left")
    athletes = draws.shape[1]
    points = []
    for index in np.unique(group):
        inside = group == index
        rows = sums(code[inside], athletes)
        problems = sums(code[inside], athletes, outcome[inside])
        happened = ratio_interval(problems, rows, draws)
        points.append(CurvePoint(float(probability[inside].mean()), happened, int(inside.sum())))
    return tuple(points)
