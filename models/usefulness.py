"""Would acting on it help? Net benefit over a range of thresholds, and what one alert a month would find.

Net benefit (Vickers and Elkin 2006, doi:10.1177/0272989X06295361): acting at a probability t says that one
problem met is worth (1 - t) / t needless actions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.resampling import Codes, Draws, Interval, interval, ratio, ratio_interval, sums

Rows = NDArray[np.int64]

WEEKS_PER_MONTH = 365.25 / 12 / 7
DAYS_PER_WEEK = 7

# From half the base rate (acting early) to five times it (acting on a clear signal only), evenly in ratio.
THRESHOLDS_OF_BASE_RATE = tuple(float(x) for x in np.geomspace(0.5, 5.0, 10))
HIGHEST_THRESHOLD = 0.95

SHIFTS = 200  # how often the flags are moved along the rows to see what they meet by chance


@dataclass(frozen=True, slots=True)
class NetBenefit:
    """Per row. Acting never gives 0; ``gain`` is ``model`` less the better of acting always and never."""

    threshold: float
    model: float
    treat_all: float
    gain: Interval


@dataclass(frozen=True, slots=True)
class Alarms:
    """At one alert per athlete and month, told at most once in a calendar week.

    ``sensitivity``: share of the problems (stretches of positive days) with a flagged day among theirs;
    ``by_chance``: the share that the same flags would meet at any other time. ``followed``: share of the alerts
    in whose week a positive day was; the rest are false alarms.
    """

    threshold: float
    alerts: float
    athlete_months: float
    problems: int
    sensitivity: Interval
    by_chance: float
    followed: Interval


def decision_curve(
    outcome: Column, probability: Column, thresholds: tuple[float, ...], code: Codes, draws: Draws
) -> tuple[NetBenefit, ...]:
    """At each threshold: act where the probability reaches it, beside acting always and never."""
    athletes = draws.shape[1]
    rows = sums(code, athletes)
    problems = sums(code, athletes, outcome)
    curve = []
    for threshold in thresholds:
        odds = threshold / (1.0 - threshold)
        acted = probability >= threshold
        met = sums(code, athletes, acted * (outcome - (1.0 - outcome) * odds))
        everywhere = problems - (rows - problems) * odds
        model, treat_all = ratio(met.sum(), rows.sum()), ratio(everywhere.sum(), rows.sum())
        drawn = ratio(draws @ met, draws @ rows) - np.maximum(ratio(draws @ everywhere, draws @ rows), 0.0)
        gain = interval(float(model - np.maximum(treat_all, 0.0)), drawn)
        curve.append(NetBenefit(float(threshold), float(model), float(treat_all), gain))
    return tuple(curve)


def thresholds_around(base_rate: float) -> tuple[float, ...]:
    return tuple(base_rate * x for x in THRESHOLDS_OF_BASE_RATE if 0 < base_rate * x <= HIGHEST_THRESHOLD)


def monthly_alarms(
    outcome: Column, probability: Column, code: Codes, day: Rows, draws: Draws
) -> Alarms | None:
    """``day``: ``date.toordinal()`` of each row. None without a problem or with nothing but problems."""
    if len(outcome) == 0 or outcome.min() == outcome.max():
        return None
    athletes = draws.shape[1]
    order = np.lexsort((day, code))
    code, day, outcome, probability = code[order], day[order], outcome[order], probability[order]
    week = (day - 1) // DAYS_PER_WEEK  # the first day of all, ordinal 1, was a Monday
    new_week = np.r_[True, (code[1:] != code[:-1]) | (week[1:] != week[:-1])]
    weeks = np.flatnonzero(new_week)
    of_week = np.maximum.reduceat(probability, weeks)

    months = len(weeks) / WEEKS_PER_MONTH
    threshold, at_threshold = _threshold_for(of_week, months)
    told = _told(of_week, threshold, at_threshold)
    followed = told * np.maximum.reduceat(outcome, weeks)
    owner = code[weeks]

    inside = np.flatnonzero(outcome > 0)
    firsts = _firsts_of_problems(inside, code, day)
    flags = _told(probability, threshold, at_threshold)
    met = np.maximum.reduceat(flags[inside], firsts)
    shifts = np.random.default_rng(0).integers(0, len(flags), SHIFTS)
    elsewhere = [np.maximum.reduceat(flags[(inside + s) % len(flags)], firsts).mean() for s in shifts]
    whose = code[inside[firsts]]
    return Alarms(
        threshold=threshold,
        alerts=float(told.sum()),
        athlete_months=months,
        problems=len(firsts),
        sensitivity=ratio_interval(sums(whose, athletes, met), sums(whose, athletes), draws),
        by_chance=float(np.mean(elsewhere)),
        followed=ratio_interval(sums(owner, athletes, followed), sums(owner, athletes, told), draws),
    )


def _threshold_for(scores: Column, alerts: float) -> tuple[float, float]:
    """The score above which all are told, and the share of those right at it, to make so many alerts."""
    threshold = float(np.sort(scores)[::-1][min(int(alerts), len(scores) - 1)])
    above, at = np.sum(scores > threshold), np.sum(scores == threshold)
    return threshold, float(np.clip((alerts - above) / at, 0.0, 1.0))


def _told(scores: Column, threshold: float, at_threshold: float) -> Column:
    """1 above the threshold, below it 0; tied rows share what is left, as if drawn."""
    return np.where(scores > threshold, 1.0, np.where(scores == threshold, at_threshold, 0.0))


def _firsts_of_problems(inside: Rows, code: Codes, day: Rows) -> Rows:
    """Which of the positive rows begin a problem: those of one athlete that are within a week go on."""
    goes_on = (np.diff(code[inside]) == 0) & (np.diff(day[inside]) <= DAYS_PER_WEEK)
    return np.flatnonzero(np.r_[True, ~goes_on])
