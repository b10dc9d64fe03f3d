"""The anchored model: its prior, what data do to it, and what it recovers where the truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from features.training_log import Column
from models import simulation
from models.comparison import held_out
from models.evidence_model import CARDS
from models.probes import gap, permuted_labels
from models.splits import by_athlete
from models.training import (
    Prior,
    Rows,
    anchored,
    as_published,
    chance,
    fit,
    learn,
    learned,
    logistic,
    towards_zero,
    unanchored,
)

CARD_COUNT = len(CARDS())


def rows(count: int, coefficients: Column, seed: int = 0, base: float = -2.0) -> Rows:
    """Rows of a logistic truth, thirty for each athlete."""
    draw = np.random.default_rng(seed)
    exposures = (draw.random((count, CARD_COUNT)) < 0.2).astype(float)
    outcome = (draw.random(count) < chance(base + exposures @ coefficients)).astype(float)
    number = np.arange(count)
    return Rows(exposures, outcome, number // 30, 738_000 + 14 * (number % 30))


def test_without_data_to_speak_of_the_coefficients_are_the_published_ones() -> None:
    few = rows(60, np.zeros(CARD_COUNT))
    prior = anchored()
    assert np.abs((fit(few.exposures, few.outcome, prior).coefficients - prior.mean) / prior.sd).max() < 1


def test_the_evidence_model_as_it_stands_learns_its_base_rate_alone() -> None:
    many = rows(20_000, np.full(CARD_COUNT, 0.5))
    held = fit(many.exposures, many.outcome, as_published())
    assert np.allclose(held.coefficients, anchored().mean, atol=1e-4)
    assert held.probability(many.exposures).mean() == pytest.approx(many.outcome.mean(), rel=1e-6)


def test_enough_data_overrule_the_literature() -> None:
    truth = np.where(anchored().mean > 0, 0.0, 1.0)
    many = rows(100_000, truth)
    found = fit(many.exposures, many.outcome, anchored())
    assert np.abs(found.coefficients - truth).max() < 0.15


def test_the_mode_is_that_of_an_independent_solver() -> None:
    """A prior of mean zero and one spread is scikit-learn's ridge penalty, C = sd²."""
    some = rows(3_000, np.full(CARD_COUNT, 0.3))
    sd = 0.7
    ours = fit(some.exposures, some.outcome, Prior(np.zeros(CARD_COUNT), np.full(CARD_COUNT, sd)))
    theirs = LogisticRegression(C=sd**2, tol=1e-10, max_iter=1000).fit(some.exposures, some.outcome)
    assert np.allclose(ours.coefficients, theirs.coef_[0], atol=1e-5)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-5)


def test_a_prior_elsewhere_is_the_same_penalty_around_an_offset() -> None:
    """Hand-worked: one exposure, always 1, so that intercept and coefficient are told apart by the prior alone.

    With outcomes half and half the log odds are 0 = intercept + coefficient; the coefficient stays at its mean.
    """
    found = fit(np.ones((10, 1)), np.tile([0.0, 1.0], 5), Prior(np.array([0.4]), np.array([0.1])))
    assert found.coefficients[0] == pytest.approx(0.4)
    assert found.intercept == pytest.approx(-0.4)
    assert found.sd[0] == pytest.approx(0.1, rel=1e-3)


def test_unknown_reads_as_the_mean_and_never_as_unexposed() -> None:
    some = rows(3_000, np.full(CARD_COUNT, 0.5))
    some.exposures[::2, 0] = np.nan
    found = fit(some.exposures, some.outcome, anchored())
    assert found.unknown_reads_as[0] == pytest.approx(np.nanmean(some.exposures[:, 0]))
    day = np.zeros((1, CARD_COUNT))
    unknown, mean = day.copy(), day.copy()
    unknown[0, 0], mean[0, 0] = np.nan, found.unknown_reads_as[0]
    assert found.probability(unknown) == found.probability(mean)


def test_separated_outcomes_do_not_run_away() -> None:
    exposures = np.zeros((100, CARD_COUNT))
    exposures[:5, 2] = 1.0
    outcome = exposures[:, 2].copy()
    outcome[50:53] = 1.0
    assert np.abs(fit(exposures, outcome, unanchored()).coefficients).max() < 10


def test_outcomes_all_alike_teach_nothing() -> None:
    with pytest.raises(ValueError, match="both kinds"):
        fit(np.zeros((10, CARD_COUNT)), np.zeros(10), anchored())


@pytest.mark.slow
def test_a_simulated_cohorts_coefficients_lie_within_their_intervals() -> None:
    """Coefficients drawn from the cards for each of eight cohorts: 95 % intervals hold nineteen of twenty."""
    prior, held = anchored(), []
    for seed in range(8):
        truth = np.random.default_rng(seed).normal(prior.mean, prior.sd)
        some = simulation.rows_of(simulation.simulate(150, 365, seed=seed, coefficients=truth))
        found = fit(some.exposures, some.outcome, prior)
        held.append(np.abs(found.coefficients - truth) < 1.96 * found.sd)
    assert 0.88 < np.mean(held) <= 1.0


@pytest.mark.slow
def test_anchoring_is_worth_more_than_the_data_of_a_small_cohort() -> None:
    """Mean log score on other athletes with the same truth, paired over seeds; the whole interval is above zero."""
    prior, gains = anchored(), []
    for seed in range(8):
        truth = np.random.default_rng(seed).normal(prior.mean, prior.sd)
        some, others = (
            simulation.rows_of(simulation.simulate(athletes, 365, seed=number, coefficients=truth))
            for athletes, number in ((60, 100 + seed), (300, 200 + seed))
        )
        scores = []
        for of in (anchored, unanchored):
            said = fit(some.exposures, some.outcome, of()).probability(others.exposures)
            y = others.outcome
            scores.append(np.mean(y * np.log(said) + (1 - y) * np.log1p(-said)))
        gains.append(scores[0] - scores[1])
    mean, error = np.mean(gains), np.std(gains, ddof=1) / np.sqrt(len(gains))
    assert mean - 1.96 * error > 0


@pytest.fixture(scope="module")
def simulated() -> Rows:
    return simulation.rows_of(simulation.simulate(150, 365, seed=9))


def test_dealt_labels_teach_nothing(simulated: Rows) -> None:
    splits = list(by_athlete(simulated.athlete, folds=5, seed=1))

    def relearned(outcome: Column) -> Column:
        return held_out(replace(simulated, outcome=outcome), splits, logistic(anchored))

    finding = permuted_labels(relearned, simulated.outcome, simulated.athlete, seed=1, rounds=30)
    assert finding.number == pytest.approx(0.5, abs=0.02)
    assert finding.caught is False


def test_no_gap_between_rows_tells_where_a_problem_is(simulated: Rows) -> None:
    assert gap(simulated.athlete, simulated.day, simulated.outcome, seed=1).caught is False


def test_the_side_of_a_small_cohort_does_not_tell_the_rate_of_the_other() -> None:
    """With no exposure at all every row is alike: whatever the folds' base rates, the ranking must be level."""
    level = rows(300, np.zeros(CARD_COUNT))
    level = replace(level, exposures=np.zeros_like(level.exposures))
    said = held_out(level, by_athlete(level.athlete, folds=5, seed=1), logistic(towards_zero))
    assert np.allclose(said, said[0])


@pytest.mark.parametrize("problems", [1, 2, 3])
def test_hardly_any_problem_leaves_the_published_model_as_it_is(problems: int) -> None:
    few = rows(300, np.zeros(CARD_COUNT))
    outcome = np.zeros(300)
    outcome[:problems] = 1.0
    assert np.abs(learn(replace(few, outcome=outcome)).coefficients - anchored().mean).max() < 0.3


def test_calibration_is_in_the_learned_model(simulated: Rows) -> None:
    whole, plain = learn(simulated), fit(simulated.exposures, simulated.outcome, anchored())
    rising = np.maximum(plain.coefficients, 0.0)
    assert np.allclose(whole.coefficients, whole.calibration_slope * rising)
    assert np.allclose(whole.sd, whole.calibration_slope * plain.sd)
    assert whole.calibration_slope == pytest.approx(1.0, abs=0.4)
    told = learned(simulated)(simulated.exposures)
    assert told.mean() == pytest.approx(simulated.outcome.mean(), rel=0.02)
