"""Cards: how much of a published effect is believed, and how exposed a week is, against hand-worked numbers."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from knee_weeks import HURT_100_DAYS_AGO, knee_injury, runner, spiked, verdict, week

from features import catalog, evidence
from features.training_log import Column
from models import evidence_model, risk, uncertainty
from models.evidence_model import CARDS, STANDING, exposures
from models.risk import LEVELS, columns_of, score, steps

CODES = [card.code for card in CARDS()]


def exposed(code: str, **features: float) -> float:
    """One card's exposure on one day."""
    columns = {name: np.array([value]) for name, value in features.items()}
    return float(exposures(columns, np.array([np.nan]))[0, CODES.index(code)])


def test_a_published_effect_is_believed_as_far_as_its_grade_goes() -> None:
    means = {card.code: card.mean for card in CARDS()}
    assert means["spike_pooled"] == pytest.approx(0.8 * log(1.6))
    assert means["spike_large"] == pytest.approx(0.8 * log(2.28))
    assert means["previous_knee_injury"] == pytest.approx(0.8 * log(1.72))
    assert means["spike_graded"] == pytest.approx(0.5 * log(1.6))
    assert means["return_after_gap"] == pytest.approx(0.5 * log(2.28))
    assert means["descent_novelty"] == pytest.approx(0.5 * log(1.222))
    assert means["knee_load_novelty"] == pytest.approx(0.5 * log(1.6))


def test_the_spread_joins_the_published_interval_and_what_is_believed() -> None:
    # ln 1.72 (1.11–2.66): 0.5423, standard error (0.9783 − 0.1044) ÷ 3.92 = 0.2230; share uniform from 0.6 to 1:
    # mean 0.8, variance 0.4² ÷ 12 = 0.01333. Variance of the product: (0.64 + 0.01333) × (0.2941 + 0.0497) − 0.1882.
    card = CARDS()[CODES.index("previous_knee_injury")]
    assert card.sd == pytest.approx(sqrt((0.64 + 0.013333) * (0.29412 + 0.04971) - 0.18824), abs=2e-4)


def test_every_grade_shrinks_and_a_weaker_one_never_less() -> None:
    kept = [
        evidence.value(f"shrinkage_{grade}") for grade in ("strong", "moderate", "contested", "mechanistic")
    ]
    assert kept == sorted(kept, reverse=True)
    assert max(kept) < 1
    for name in evidence_model.SHRINKAGES.values():
        believed = evidence.entry(name)
        assert believed.low is not None and believed.high is not None
        assert believed.value == pytest.approx((believed.low + believed.high) / 2)


@pytest.mark.parametrize(
    "ratio, graded, pooled, large",
    [
        (0.5, 0, 0, 0), (1.0, 0, 0, 0), (1.05, 0.5, 0, 0), (1.10, 1, 0, 0), (1.11, 0, 1, 0), (2.0, 0, 1, 0),
        (2.01, 0, 0, 1), (9.0, 0, 0, 1),
    ],
)  # fmt: skip
def test_a_run_is_in_one_state_of_the_study(ratio: float, graded: float, pooled: float, large: float) -> None:
    told = [exposed(code, session_spike_7d=ratio) for code in ("spike_graded", "spike_pooled", "spike_large")]
    assert told == pytest.approx([graded, pooled, large])


@pytest.mark.parametrize(
    "code, features, exposure",
    [
        ("weekly_distance", {"weekly_distance_change": 0.15}, 0.5),
        ("weekly_distance", {"weekly_distance_change": -0.4}, 0),
        ("hard_surface", {"hard_surface_change": 0.25}, 0.25),
        ("worn_shoes", {"worn_shoe_share_28d": 0.4}, 0.4),
        ("skipped_warm_up", {"skipped_warm_up_share_28d": 1.0}, 1),
        ("high_intensity", {"high_intensity_spike_7d": 1.5}, 0.5),
        ("low_cadence", {"cadence_vs_usual_7d": 0.95}, 0.5),
        ("low_cadence", {"cadence_vs_usual_7d": 1.1}, 0),
        ("monotony", {"monotony_7d": 1.5}, 0.5),
        ("no_low_impact", {"low_impact_share_28d": 0.25}, 0.75),
        ("descent_novelty", {"descent_spike_7d": 1.5, "descent_peak_7d_m": 60.0}, 0.5),
        ("descent_novelty", {"descent_spike_7d": 9.0, "descent_peak_7d_m": 49.0}, 0),
        ("return_after_gap", {"gap_before_run_7d": 29.0}, 0),
        ("return_after_gap", {"gap_before_run_7d": 30.0}, 1),
    ],
)  # fmt: skip
def test_an_exposure_runs_from_none_to_full(code: str, features: dict[str, float], exposure: float) -> None:
    assert exposed(code, **features) == pytest.approx(exposure)


def test_what_is_not_known_is_no_exposure_and_no_zero() -> None:
    unknown = exposures({}, np.array([np.nan]))[0]
    known = {"return_after_gap", "previous_knee_injury"}  # no gap and no injury told is none
    assert {code for code, x in zip(CODES, unknown, strict=True) if np.isnan(x)} == set(CODES) - known


def test_every_feature_that_the_cards_read_exists() -> None:
    asked: set[str] = set()

    class Listening(dict[str, Column]):
        def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
            asked.add(name)
            return default

    score(Listening(), np.array([np.nan]))
    assert asked <= {feature.name for feature in catalog.per_day()}
    assert len(asked) > 15


def test_causes_without_support_move_no_level_and_widen_the_interval() -> None:
    loud = {"weekly_distance_change": 0.5, "hard_surface_change": 1.0, "monotony_7d": 2.0}
    quiet, told = verdict(spiked(1.5)), verdict(spiked(1.5, **loud))
    assert (told.level, told.log_hazard) == (quiet.level, quiet.log_hazard)
    assert told.log_hazard_low < quiet.log_hazard_low
    assert told.log_hazard_high > quiet.log_hazard_high


def test_a_habit_is_in_the_ordinary_week_too_and_tells_nothing_of_this_one() -> None:
    habits = {"worn_shoe_share_28d": 1.0, "skipped_warm_up_share_28d": 1.0, "low_impact_share_28d": 0.0}
    assert {"worn_shoes", "skipped_warm_up", "no_low_impact"} <= STANDING
    quiet, told = verdict(spiked(1.5)), verdict(spiked(1.5, **habits))
    assert (told.log_hazard_low, told.log_hazard_high) == (quiet.log_hazard_low, quiet.log_hazard_high)


def test_the_interval_is_that_of_a_million_plain_draws() -> None:
    # one pooled spike, a past injury and one whole unsupported cause, drawn anew and by another way
    rng = np.random.default_rng(1)
    draws = 1_000_000
    spike = rng.normal(log(1.6), log(1.89 / 1.34) / 3.92, draws) * rng.uniform(0.6, 1, draws)
    injury = rng.normal(log(1.72), log(2.66 / 1.11) / 3.92, draws) * rng.uniform(0.6, 1, draws)
    low, high = np.quantile(spike + injury + rng.normal(0, 0.15, draws), (0.025, 0.975))
    told = verdict(spiked(1.5, weekly_distance_change=0.3), HURT_100_DAYS_AGO)
    assert told.log_hazard_low == pytest.approx(low, abs=0.015)
    assert told.log_hazard_high == pytest.approx(high, abs=0.015)


def test_draws_are_the_same_every_time() -> None:
    first = uncertainty._draws().copy()
    uncertainty._draws.cache_clear()
    assert np.array_equal(first, uncertainty._draws())


def test_many_days_and_one_day_are_scored_alike() -> None:
    """One truth: a table of days gives what each day gives alone, interval and all."""
    rng = np.random.default_rng(2)
    days = [
        spiked(
            ratio,
            descent_spike_7d=rng.uniform(0.5, 3),
            descent_peak_7d_m=rng.uniform(0, 400),
            knee_spike_7d=None if rng.random() < 0.3 else rng.uniform(0.5, 2),
            weekly_distance_change=rng.uniform(-1, 1),
            gap_before_run_7d=rng.choice([2.0, 45.0]),
            history_days=rng.choice([12.0, 180.0]),
            unmeasured_runs_7d=rng.choice([0.0, 1.0]),
        )
        for ratio in rng.uniform(0.5, 2.5, 200)
    ]
    injured = rng.choice([np.nan, 0.0, 100.0, 900.0], 200)
    scores = score(columns_of(days), injured)
    assert np.array_equal(scores.level, steps(columns_of(days), injured))
    for row, day in enumerate(days):
        past = [] if np.isnan(injured[row]) else [knee_injury(int(injured[row]) or None)]
        told = verdict(day, runner(*past))
        assert told.level is LEVELS[scores.level[row]]
        numbers = (told.log_hazard, told.log_hazard_low, told.log_hazard_high)
        known = [np.nan if number is None else number for number in numbers]
        assert known == pytest.approx(
            [scores.log_hazard[row], scores.low[row], scores.high[row]], nan_ok=True
        )
        if told.log_hazard is not None:
            assert sum(r.contribution for r in told.reasons) == pytest.approx(scores.contribution[row].sum())


def test_absolute_figures_come_with_their_base_rate() -> None:
    told = verdict(spiked(1.5))
    assert told.base_per_1000_runs == pytest.approx(0.6)
    assert told.per_1000_runs == pytest.approx(0.6 * exp(0.8 * log(1.6)))  # 0.87
    unknown = verdict(week(history_days=3.0))
    assert (unknown.per_1000_runs, unknown.log_hazard_low, unknown.log_hazard_high) == (None, None, None)


def test_each_level_begins_where_its_own_card_is_full() -> None:
    cards = {card.code: card.mean for card in CARDS()}
    bounds = [log(evidence.value(f"level_{name}_from")) for name in ("guarded", "elevated", "high")]
    full = [cards["descent_novelty"], cards["spike_pooled"], cards["spike_large"]]
    assert all(0 <= card - bound < 0.001 for card, bound in zip(full, bounds, strict=True))
    assert min(mean for mean in cards.values() if mean) == full[0]
    assert risk.STEPS[-1].value == "high"
