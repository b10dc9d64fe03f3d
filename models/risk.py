"""The evidence model's verdict: how far seven days stood above the athlete's own ordinary week.

Each cause adds what is believed of a published log hazard ratio, or nothing; what the literature does not support is
shown and adds 0. Nothing is learned from data, but where a learned model has won the right to stand in. The sum is relative and no probability. Adding ratios from different
cohorts assumes that they are independent, which is not known; hence the bound.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.training_log import Athlete, Column, DayFeatures
from models.confidence import confidence
from models.evidence_model import CARDS, INTERVAL_IN_SE, STANDING, Card, exposures
from models.injury_history import last_knee_injury
from models.observations import observations
from models.uncertainty import interval
from models.verdict import Level, Reason, RiskAssessment, Triage

MODEL_VERSION = "evidence-2 (2026-11)"

# Sums of logarithms meet boundaries that are sums themselves: equality must survive rounding.
TOLERANCE = 1e-9

STEPS = (Level.LOW, Level.GUARDED, Level.ELEVATED, Level.HIGH)
LEVELS = (*STEPS, Level.UNKNOWN)  # ``Scores.level`` counts in these
UNKNOWN_CODES = ("no_run_this_week", "history_too_short", "no_earlier_run", "distance_unknown")

# Cards that are one cause to the athlete; every other card is a cause of its own.
CAUSE_OF = dict.fromkeys(("spike_graded", "spike_pooled", "spike_large"), "session_spike")
INJURY = "previous_knee_injury"


@dataclass(frozen=True, slots=True)
class Scores:
    """The verdict on many days, one row each, before pain has its say.

    ``level`` counts in ``LEVELS``. ``log_hazard`` and its 95 % interval are NaN where the level is unknown;
    ``contribution`` (days, cards) adds up to it. ``unknown`` (days, ``UNKNOWN_CODES``) says why.
    """

    level: NDArray[np.intp]
    log_hazard: Column
    low: Column
    high: Column
    contribution: Column
    unknown: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What was learned in the place of the cards' means and spreads, in their order; no mean is below 0."""

    mean: Column
    covariance: Column
    version: str


def acting_cards() -> tuple[Card, ...]:
    return tuple(card for card in CARDS() if card.mean)


def score(
    columns: Mapping[str, Column], days_since_knee_injury: Column, learned: Coefficients | None = None
) -> Scores:
    """The verdict on every day from its features, by name; NaN (or no such column) is unknown."""
    means = _means(learned)
    exposure = np.nan_to_num(exposures(columns, days_since_knee_injury))
    total = exposure @ means
    cap = math.log(evidence.value("total_hazard_cap"))
    # past the bound, all causes shrink alike, so that they still add up
    bounded = exposure * np.minimum(1.0, cap / np.maximum(total, cap))[:, None]
    low, high = _interval(exposure, bounded, learned)
    unknown = _unknown(columns, len(days_since_knee_injury))
    is_unknown = unknown.any(axis=1)
    return Scores(
        level=np.where(is_unknown, LEVELS.index(Level.UNKNOWN), _level(exposure, means)),
        log_hazard=np.where(is_unknown, np.nan, bounded @ means),
        low=np.where(is_unknown, np.nan, low),
        high=np.where(is_unknown, np.nan, high),
        contribution=bounded * means,
        unknown=unknown,
    )


def steps(columns: Mapping[str, Column], days_since_knee_injury: Column) -> NDArray[np.intp]:
    """The level that ``score`` gives, in ``LEVELS``, and nothing else: for trying many plans."""
    exposure = np.nan_to_num(exposures(columns, days_since_knee_injury))
    is_unknown = _unknown(columns, len(exposure)).any(axis=1)
    return np.where(is_unknown, LEVELS.index(Level.UNKNOWN), _level(exposure, _means(None)))


def _means(learned: Coefficients | None) -> Column:
    return np.array([card.mean for card in CARDS()]) if learned is None else learned.mean


def _interval(exposure: Column, bounded: Column, learned: Coefficients | None) -> tuple[Column, Column]:
    """Of the log hazard, 95 %; what was learned is taken as normal."""
    if learned is not None:
        spread = np.sqrt(np.einsum("di,ij,dj->d", bounded, learned.covariance, bounded))
        middle = bounded @ learned.mean
        return middle - INTERVAL_IN_SE / 2 * spread, middle + INTERVAL_IN_SE / 2 * spread
    acting = len(acting_cards())
    spreads = [0.0 if card.code in STANDING else card.sd for card in CARDS()[acting:]]
    return interval(bounded[:, :acting], np.sqrt(np.square(exposure[:, acting:]) @ np.square(spreads)))


def _level(exposure: Column, means: Column) -> NDArray[np.intp]:
    """The step of the whole sum, at most one above the step of what the week did."""
    is_standing = np.array([card.code in STANDING for card in CARDS()])
    whole, of_week = _step(exposure @ means), _step(exposure @ np.where(is_standing, 0.0, means))
    return np.minimum(whole, of_week + int(evidence.value("standing_factor_steps")))


def _unknown(columns: Mapping[str, Column], days: int) -> NDArray[np.bool_]:
    """Why no level can be given, by ``UNKNOWN_CODES``. Silence is not a low level."""
    nothing = np.full(days, np.nan)
    runs, gap = columns.get("runs_7d", nothing), columns.get("gap_before_run_7d", nothing)
    ratio = columns.get("session_spike_7d", nothing)
    ran = runs > 0
    returned = gap >= evidence.value("return_gap_days")
    no_ratio = ran & np.isnan(ratio) & ~returned
    # a run without a distance may be the longest of the month; where another stands out, that is enough
    stands_out = returned | (ratio > evidence.value("spike_small_from"))
    half_measured = ran & (columns.get("unmeasured_runs_7d", nothing) > 0) & ~stands_out
    has_history = columns.get("history_days", nothing) >= evidence.value("spike_window_days")
    is_first = no_ratio & np.isnan(gap)
    return np.column_stack((~ran, ~has_history, is_first, (no_ratio | half_measured) & ~is_first))


def _step(log_hazard: Column) -> NDArray[np.intp]:
    names = ("level_guarded_from", "level_elevated_from", "level_high_from")
    bounds = np.log([evidence.value(name) for name in names]) - TOLERANCE
    return np.searchsorted(bounds, log_hazard, side="right")


def columns_of(days: Sequence[DayFeatures]) -> dict[str, Column]:
    """Features of many days as columns, None as NaN."""
    return {name: np.array([day.values[name] for day in days], dtype=np.float64) for name in days[0].values}


def assess(
    features: DayFeatures, athlete: Athlete, triage: Triage, learned: Coefficients | None = None
) -> RiskAssessment:
    """The verdict as of ``features.day``, looking back seven days."""
    return next(assess_days([features], [athlete], [triage], learned))


def assess_days(
    days: Sequence[DayFeatures],
    athletes: Sequence[Athlete],
    triages: Sequence[Triage],
    learned: Coefficients | None = None,
) -> Iterator[RiskAssessment]:
    """The verdicts on many days, scored at once; the first three are of equal length.

    ``log_hazard`` is the sum of the reasons' contributions, or None where the level could not be worked out. Pain
    may lift the level (``overridden_by``), never lower it.
    """
    if not days:
        return
    injured = [last_knee_injury(athlete, day.day) for day, athlete in zip(days, athletes, strict=True)]
    scores = score(columns_of(days), np.array(injured, dtype=np.float64), learned)
    version = MODEL_VERSION if learned is None else learned.version
    for row, (day, triage) in enumerate(zip(days, triages, strict=True)):
        yield _verdict(scores, row, day, injured[row], triage, version)


def _verdict(
    scores: Scores, row: int, features: DayFeatures, injured: int | None, triage: Triage, version: str
) -> RiskAssessment:
    unknown_because = tuple(
        code for code, holds in zip(UNKNOWN_CODES, scores.unknown[row], strict=True) if holds
    )
    is_known = not unknown_because
    adds = scores.contribution[row] if is_known else np.zeros(len(CARDS()))
    causes = (*_causes(features, injured, adds), *_observed(features, adds))
    reasons = tuple(sorted((c for c in causes if c.contribution > 0), key=lambda c: -c.contribution))
    total = math.fsum(reason.contribution for reason in reasons)
    level = LEVELS[scores.level[row]]
    floored = _floored(level, triage.floor)
    base = 1000 * evidence.value("knee_per_session_base_rate")
    return RiskAssessment(
        athlete=features.athlete,
        day=features.day,
        level=floored,
        log_hazard=total if is_known else None,
        log_hazard_low=float(scores.low[row]) if is_known else None,
        log_hazard_high=float(scores.high[row]) if is_known else None,
        base_per_1000_runs=base,
        per_1000_runs=base * math.exp(total) if is_known else None,
        reasons=reasons,
        observations=tuple(c for c in causes if c.contribution == 0),
        confidence=confidence(features, triage, level_is_known=is_known),
        unknown_because=unknown_because,
        overridden_by=triage.pain_state if floored is not level else None,
        model_version=version,
    )


def _causes(features: DayFeatures, injured: int | None, contribution: Column) -> tuple[Reason, ...]:
    """The published causes that there is something to say of, with what each adds."""
    told: dict[str, Reason] = {}
    for number, card in enumerate(acting_cards()):
        code = CAUSE_OF.get(card.code, card.code)
        seen = _seen(code, features, injured)
        adds = float(contribution[number])
        if seen is not None and (code not in told or adds > told[code].contribution):
            told[code] = Reason(code, *seen, adds, card.grade, card.evidence)
    return tuple(told.values())


def _observed(features: DayFeatures, contribution: Column) -> Iterator[Reason]:
    """What else there is to see; it adds nothing but where a weight was learned for it."""
    learned = {card.code: float(adds) for card, adds in zip(CARDS(), contribution, strict=True)}
    for seen in observations(features):
        yield replace(seen, contribution=learned.get(seen.code, 0.0))


def _seen(code: str, features: DayFeatures, injured: int | None) -> tuple[float, float | None, str] | None:
    """What was observed of a cause, what it is compared with, and the unit; None where there is nothing."""
    if code == INJURY:
        return (
            None if injured is None else (float(injured), evidence.value("previous_injury_window_days"), "d")
        )
    if code == "return_after_gap":
        gap, limit = features["gap_before_run_7d"], evidence.value("return_gap_days")
        return None if gap is None or gap < limit else (gap, limit, "d")
    ratio, observed, reference = (features[name] for name in SEEN[code])
    if observed is None or (reference is None and ratio is not None):
        return None if ratio is None else (ratio, 1.0, "ratio")
    return observed, reference, "m"


SEEN = {
    "session_spike": ("session_spike_7d", "spike_distance_7d_m", "spike_reference_7d_m"),
    "descent_novelty": ("descent_spike_7d", "descent_peak_7d_m", "descent_reference_7d_m"),
    "knee_load_novelty": ("knee_spike_7d", "knee_spike_session_7d_m", "knee_spike_reference_7d_m"),
}


def _floored(level: Level, floor: Level | None) -> Level:
    if floor is None:
        return level
    if level is Level.UNKNOWN:
        return floor
    return max(level, floor, key=STEPS.index)
