"""The causes a knee may have, each as a card: how far its published effect is believed, and how exposed a day is.

The log hazard of a day is the sum of each card's mean times the day's exposure to it. A published effect is
shrunk by its evidence grade, since studies of all injuries in other runners say less about this knee. A cause that
the literature does not support has mean 0 and a spread: it moves no level and widens every interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from features import evidence
from features.training_log import Column

# A published 95 % interval is so many standard errors wide.
INTERVAL_IN_SE = 2 * 1.96

# How much of a published effect is believed, by grade. Our own choices (engineering, product) are no evidence.
names = ("shrinkage_strong", "shrinkage_moderate", "shrinkage_contested", "shrinkage_mechanistic")
SHRINKAGES = {name.removeprefix("shrinkage_"): name for name in names}

# History and habits are in the athlete's ordinary week, too: they cannot tell this week from it.
STANDING = frozenset({"previous_knee_injury", "worn_shoes", "skipped_warm_up", "no_low_impact"})


@dataclass(frozen=True, slots=True)
class Card:
    """One cause. ``mean`` and ``sd`` are of the log hazard ratio at exposure 1, after shrinkage.

    ``grade`` is that of the effect. The first name in ``evidence`` is the effect, the others say how large an
    exposure is.
    """

    code: str
    mean: float
    sd: float
    grade: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """A published log hazard ratio with its standard error, and the range of what is believed of it."""

    log_ratio: float
    standard_error: float
    kept_low: float
    kept_high: float

    @property
    def mean(self) -> float:
        return self.log_ratio * (self.kept_low + self.kept_high) / 2

    @property
    def sd(self) -> float:
        """Of the product of the published normal and the uniform share that is kept of it."""
        kept, spread = (self.kept_low + self.kept_high) / 2, (self.kept_high - self.kept_low) ** 2 / 12
        square = (kept**2 + spread) * (self.log_ratio**2 + self.standard_error**2)
        return math.sqrt(square - self.mean**2)


@cache
def CARDS() -> tuple[Card, ...]:  # noqa: N802 - reads as the constant that it is; the table is read on first use
    """The cards that act, then those of mean 0, in the order of the columns of ``exposures``.

    A run slightly longer than usual is graded contested, for its size was not found (see the decision notes).
    """
    return (
        _card("spike_graded", evidence=("spike_pooled_hrr", "spike_graded_from", "spike_small_from")),
        _card("spike_pooled", evidence=("spike_pooled_hrr", "spike_small_from", "spike_window_days")),
        _card("spike_large", evidence=("spike_large_hrr", "spike_large_from", "spike_window_days")),
        _card("return_after_gap", evidence=("return_hrr", "return_gap_days")),
        _card("previous_knee_injury", evidence=("previous_injury_hr", "previous_injury_window_days")),
        _card("descent_novelty", evidence=("descent_grade_load", "descent_full_ratio", "descent_floor_m")),
        _card("knee_load_novelty", evidence=("knee_load_novelty_hrr", "spike_window_days")),
        _null("weekly_distance", evidence=("weekly_change_null", "weekly_change_full")),
        _null("hard_surface", evidence=("surface_null",)),
        _null("worn_shoes", evidence=("shoe_mileage_null",)),
        _null("skipped_warm_up", evidence=("warm_up_null",)),
        _null("high_intensity", evidence=("intensity_null", "spike_large_from")),
        _null("low_cadence", evidence=("cadence_null", "cadence_below_full")),
        _null("monotony", evidence=("monotony_null", "monotony_full")),
        _null("no_low_impact", evidence=("other_sports_hr",)),
    )


def effect(card: Card) -> Effect:
    """What is published behind an acting card, and how much of it its grade lets stand."""
    return _effect(card.evidence[0], card.grade)


def exposures(columns: Mapping[str, Column], days_since_knee_injury: Column) -> Column:
    """How exposed each day is to each card: 0 = not at all, 1 = in full, NaN = unknown; shape (days, cards).

    ``columns`` are per-day features by name, NaN (or no such column) = unknown. ``days_since_knee_injury`` is 0
    while one lasts and NaN where none was told, which counts as none. The looks back are the features' own.
    """
    unknown = np.full(len(days_since_knee_injury), np.nan)

    def column(name: str) -> Column:
        return columns.get(name, unknown)

    spike = _spike(column("session_spike_7d"))
    returned = column("gap_before_run_7d") >= evidence.value("return_gap_days")
    # A return and a spike are one run beyond what the month prepared for: the larger of the two counts.
    is_return = returned & ~(_spike_means() @ np.nan_to_num(spike) > _mean("return_after_gap"))
    spike[:, is_return] = 0.0
    descent = _descent(column("descent_spike_7d"), column("descent_peak_7d_m"))
    knee = _beyond_distance(column("knee_spike_7d"), spike)
    knee[is_return] = 0.0
    # Slopes load the kneecap joint: of one week's descent and knee load, too, the larger counts.
    is_steep = descent * _mean("descent_novelty") >= np.nan_to_num(knee) * _mean("knee_load_novelty")
    knee = np.where(is_steep & (descent > 0) & (knee > 0), 0.0, knee)
    descent = np.where(~is_steep & (knee > 0), 0.0, descent)
    acting = (*spike, is_return.astype(np.float64), _injured(days_since_knee_injury), descent, knee)
    full_at = evidence.value
    null = (
        _rising(column("weekly_distance_change"), 0.0, full_at("weekly_change_full")),
        _rising(column("hard_surface_change"), 0.0, 1.0),
        _rising(column("worn_shoe_share_28d"), 0.0, 1.0),
        _rising(column("skipped_warm_up_share_28d"), 0.0, 1.0),
        _rising(column("high_intensity_spike_7d"), 1.0, full_at("spike_large_from")),
        _rising(1.0 - column("cadence_vs_usual_7d"), 0.0, full_at("cadence_below_full")),
        _rising(column("monotony_7d"), 1.0, full_at("monotony_full")),
        _rising(1.0 - column("low_impact_share_28d"), 0.0, 1.0),
    )
    return np.column_stack((*acting, *null))


def _spike(ratio: Column) -> Column:
    """Exposure to the graded, the pooled and the large spike, at most one of them; shape (3, days).

    Schuster Brandt Frandsen et al. 2025, doi:10.1136/bjsports-2024-109380: reference up to +10 %; small and
    moderate spikes pooled, as their published order is not monotone; large above +100 %. Below +10 % caution grows
    in proportion, as rates are said to rise there too.
    """
    start, small = evidence.value("spike_graded_from"), evidence.value("spike_small_from")
    large = evidence.value("spike_large_from")
    graded = np.where(ratio <= small, _rising(ratio, start, small), 0.0)
    states = np.stack((graded, (ratio > small) & (ratio <= large), ratio > large)).astype(np.float64)
    return np.where(np.isnan(ratio), np.nan, states)


def _beyond_distance(ratio: Column, spike: Column) -> Column:
    """How much more of a spike a week's hardest run was in knee-equivalent metres than in distance.

    The distance has already counted; 1 is a whole pooled spike that distance does not show.
    """
    means = _spike_means()
    excess = means @ _spike(ratio) - means @ np.nan_to_num(spike)
    return np.clip(excess / _mean("spike_pooled"), 0.0, 1.0)


def _descent(ratio: Column, peak_m: Column) -> Column:
    """Grows with the ratio to the most descent in one run of the 30 days before; small descents do not act.

    A caution from joint load and not from injuries (Van Hooren et al. 2024, doi:10.1111/sms.14570).
    """
    is_small = peak_m < evidence.value("descent_floor_m")
    return np.where(is_small, 0.0, _rising(ratio, 1.0, evidence.value("descent_full_ratio")))


def _injured(days: Column) -> Column:
    """A knee injury that lasts, or ended within the window that the knee-specific model asked about."""
    return (days <= evidence.value("previous_injury_window_days")).astype(np.float64)


def _rising(value: Column, start: float, full: float) -> Column:
    """From 0 at ``start`` to 1 at ``full``, in proportion; NaN stays."""
    return np.clip((value - start) / (full - start), 0.0, 1.0)


def _spike_means() -> Column:
    return np.array([_mean(code) for code in ("spike_graded", "spike_pooled", "spike_large")])


def _mean(code: str) -> float:
    return next(card.mean for card in CARDS() if card.code == code)


def _card(code: str, *, evidence: tuple[str, ...]) -> Card:
    grade = _literature_grade(evidence)
    told = _effect(evidence[0], grade)
    return Card(code, told.mean, told.sd, grade, evidence)


def _null(code: str, *, evidence: tuple[str, ...]) -> Card:
    return Card(code, 0.0, _null_sd(), _literature_grade(evidence), evidence)


def _null_sd() -> float:
    return evidence.value("null_effect_sd")


def _literature_grade(names: tuple[str, ...]) -> str:
    """The weakest grade among what is literature; how an exposure is counted may be our own choice."""
    return evidence.weakest_grade(name for name in names if evidence.entry(name).grade in SHRINKAGES)


def _effect(name: str, grade: str) -> Effect:
    entry, believed = evidence.entry(name), evidence.entry(SHRINKAGES[grade])
    if believed.low is None or believed.high is None:
        raise evidence.EvidenceError(f"{believed.name} needs an interval: what is kept is drawn from it")
    # where no interval is published, the range of what is believed is all the uncertainty there is
    width = 0.0 if entry.low is None or entry.high is None else math.log(entry.high / entry.low)
    return Effect(math.log(entry.value), width / INTERVAL_IN_SE, believed.low, believed.high)
