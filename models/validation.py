"""Judges a model's probabilities against what happened, in a way that cannot flatter it.

Every measure is worked out from rows that the model was not trained on; the caller sees to that
(``models.splits``) and proves it (``models.probes``). Intervals come from drawing whole athletes. What the rows
cannot tell is ``None``, never a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.calibration import CLOSEST_TO_CERTAIN, Brier, Calibration, brier, calibration
from models.ranking import Ranking, pairs_within
from models.resampling import (
    Codes,
    Interval,
    athlete_codes,
    draw_athletes,
    interval,
    ratio,
    ratio_interval,
    sums,
)
from models.usefulness import Alarms, NetBenefit, decision_curve, monthly_alarms, thresholds_around

Quartiles = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """How differently it does for single athletes: lower quartile, median, upper quartile over them.

    ``auc`` is over the athletes who have rows with and without a problem (``auc_athletes`` of them).
    """

    auc_athletes: int
    auc: Quartiles | None
    mean_probability: Quartiles | None
    observed_rate: Quartiles | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """``rows_unknown`` had no probability or no outcome and are in nothing else. ``auc_within`` compares rows of
    the same athlete alone: when, not who. ``base_rate`` is that of the training rows, ``observed_rate`` of these.
    """

    rows: int
    rows_unknown: int
    positives: int
    athletes: int
    base_rate: float | None
    observed_rate: float | None
    auc: Interval
    auc_within: Interval
    average_precision: Interval
    calibration: Calibration
    brier: Brier
    decision: tuple[NetBenefit, ...]
    alarms: Alarms | None
    spread: Spread


def judge(
    outcome: NDArray[Any],
    probability: Column,
    athlete: NDArray[Any],
    *,
    seed: int,
    base_rate: float | Column | None = None,
    day: NDArray[np.int64] | None = None,
    thresholds: tuple[float, ...] | None = None,
) -> Judgement:
    """Everything about one model on rows it has not seen; equally long 1-d arrays.

    ``outcome`` is 0 or 1 (NaN = not known), ``probability`` 0–1 (NaN = the model gave none), ``athlete`` any name
    or number. ``base_rate`` is the share of positives among the rows trained on, one number or one for each row
    (its fold's); without it there is no Brier skill. ``day`` (``date.toordinal()``) is needed for ``alarms``.
    ``thresholds`` of the decision curve are from half to five times the base rate if none are given.
    Raises ValueError for arrays that differ in length or are no probabilities or outcomes.
    """
    known = _known(outcome, probability, athlete, day)
    y, p = outcome[known].astype(float), probability[known].astype(float)
    base = None if base_rate is None else np.broadcast_to(base_rate, known.shape)[known].astype(float)
    code, athletes = athlete_codes(athlete[known])
    draws = draw_athletes(athletes, len(y), seed)
    ranking = Ranking.of(y, p)
    (area, precision), (areas, precisions) = ranking.measures(), ranking.replicates(code, draws)
    observed = float(y.mean()) if len(y) else None
    trained = float(base.mean()) if base is not None and len(base) else None
    if thresholds is None:
        thresholds = thresholds_around((observed if trained is None else trained) or 0.0)
    right, pairs = pairs_within(y, p, code, athletes) if len(y) else (np.zeros(0), np.zeros(0))
    return Judgement(
        rows=len(y),
        rows_unknown=int(np.sum(~known)),
        positives=int(y.sum()),
        athletes=athletes,
        base_rate=trained,
        observed_rate=observed,
        auc=interval(area, areas),
        auc_within=ratio_interval(right, pairs, draws),
        average_precision=interval(precision, precisions),
        calibration=calibration(y, p, code, draws),
        brier=brier(y, p, base, code, draws),
        decision=decision_curve(y, p, thresholds, code, draws),
        alarms=None if day is None else monthly_alarms(y, p, code, day[known], draws),
        spread=_spread(y, p, code, athletes, ratio(right, pairs)),
    )


def paired_gain(
    outcome: NDArray[Any],
    new: Column,
    old: Column,
    athlete: NDArray[Any],
    *,
    seed: int,
    measure: Literal["auc", "log_score", "brier"] = "auc",
) -> Interval:
    """How much better ``new`` is than ``old`` on the same rows and the same drawn athletes; above 0 = better.

    ``auc`` takes any scores; ``log_score`` (mean log-likelihood) and ``brier`` take probabilities. Rows that
    either leaves unknown are left out for both.
    """
    known = _known(outcome, new, athlete, None, any_score=measure == "auc")
    known &= _known(outcome, old, athlete, None, any_score=measure == "auc")
    y, new, old = outcome[known].astype(float), new[known].astype(float), old[known].astype(float)
    code, athletes = athlete_codes(athlete[known])
    draws = draw_athletes(athletes, len(y), seed)
    if measure == "auc":
        better, worse = Ranking.of(y, new), Ranking.of(y, old)
        drawn = better.replicates(code, draws)[0] - worse.replicates(code, draws)[0]
        return interval(better.measures()[0] - worse.measures()[0], drawn)
    loss = _log_loss if measure == "log_score" else _squared
    gained = sums(code, athletes, loss(y, old) - loss(y, new))
    return ratio_interval(gained, sums(code, athletes), draws)


def _known(
    outcome: NDArray[Any],
    probability: Column,
    athlete: NDArray[Any],
    day: NDArray[np.int64] | None,
    any_score: bool = False,
) -> NDArray[np.bool_]:
    lengths = {len(a) for a in (outcome, probability, athlete, day) if a is not None}
    if len(lengths) > 1:
        raise ValueError(f"outcome, probability, athlete and day differ in length: {sorted(lengths)}")
    outcomes = outcome[np.isfinite(outcome.astype(float))].astype(float)
    if not np.isin(outcomes, (0.0, 1.0)).all():
        raise ValueError("an outcome is 0 or 1, or NaN where it is not known")
    said = probability[np.isfinite(probability)]
    if not any_score and len(said) and not (said.min() >= 0 and said.max() <= 1):
        raise ValueError(f"a probability is from 0 to 1, got {said.min():g} to {said.max():g}")
    known: NDArray[np.bool_] = np.isfinite(probability) & np.isfinite(outcome.astype(float))
    return known


def _spread(y: Column, p: Column, code: Codes, athletes: int, own_auc: Column) -> Spread:
    rows = sums(code, athletes)
    tried = own_auc[np.isfinite(own_auc)]
    return Spread(
        auc_athletes=len(tried),
        auc=_quartiles(tried),
        mean_probability=_quartiles(ratio(sums(code, athletes, p), rows)),
        observed_rate=_quartiles(ratio(sums(code, athletes, y), rows)),
    )


def _quartiles(values: Column) -> Quartiles | None:
    """None where there are too few athletes to have quarters."""
    if len(values) < 4:
        return None
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return float(low), float(middle), float(high)


def _log_loss(y: Column, p: Column) -> Column:
    p = np.clip(p, CLOSEST_TO_CERTAIN, 1.0 - CLOSEST_TO_CERTAIN)
    return np.asarray(-np.log(np.where(y > 0, p, 1.0 - p)))


def _squared(y: Column, p: Column) -> Column:
    return np.asarray((p - y) ** 2)
