"""How models are judged: held to scikit-learn, to values worked by hand, and to saying unknown when it is."""

from __future__ import annotations

from dataclasses import asdict

import judged
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from models.ranking import Ranking, auc
from models.resampling import athlete_codes, draw_athletes
from models.validation import Judgement, judge, paired_gain

ROWS = judged.rows()
DAYS = np.arange(1, 29)  # four whole weeks: ordinal day 1 was a Monday


def judged_rows(rows: judged.Rows, probability: np.ndarray | None = None, **more: object) -> Judgement:
    said = rows.probability if probability is None else probability
    return judge(rows.outcome, said, rows.athlete, seed=1, day=rows.day, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("decimals", [1, 2, 12])  # with one decimal nearly all scores are tied
def test_ranking_agrees_with_scikit_learn_also_where_scores_are_tied(decimals: int) -> None:
    said = np.round(ROWS.probability, decimals)
    told = judged_rows(ROWS, said)
    assert told.auc.value == pytest.approx(roc_auc_score(ROWS.outcome, said), abs=1e-12)
    expected = average_precision_score(ROWS.outcome, said)
    assert told.average_precision.value == pytest.approx(expected, abs=1e-12)


def test_a_weighted_ranking_agrees_with_scikit_learn() -> None:
    said = np.round(ROWS.probability, 2)
    code, athletes = athlete_codes(ROWS.athlete)
    ranking = Ranking.of(ROWS.outcome, said)
    draws = draw_athletes(athletes, 0, seed=3)[:5]
    areas, precisions = ranking.replicates(code, draws)
    for drawn, area, precision in zip(draws, areas, precisions, strict=True):
        weight = drawn[code]
        assert area == pytest.approx(roc_auc_score(ROWS.outcome, said, sample_weight=weight))
        expected = average_precision_score(ROWS.outcome, said, sample_weight=weight)
        assert precision == pytest.approx(expected)


def test_four_rows_by_hand() -> None:
    # Problems score 0.8 and 0.3, the others 0.5 and 0.3: of four pairs two and a half are ranked rightly.
    assert auc(np.array([1.0, 1, 0, 0]), np.array([0.8, 0.3, 0.5, 0.3])) == 2.5 / 4


def test_rows_of_the_same_athlete_are_compared_apart() -> None:
    # Anna's days are ranked rightly (one pair), Ben's wrongly (one pair); between them all is right.
    outcome = np.array([1.0, 0, 1, 0])
    said = np.array([0.9, 0.8, 0.1, 0.2])
    told = judge(outcome, said, np.array(["anna", "anna", "ben", "ben"]), seed=0)
    assert told.auc_within.value == 0.5
    assert told.auc.value == 0.5  # 0.9 beats both others, 0.1 neither
    assert told.spread.auc_athletes == 2


def test_the_brier_score_agrees_with_scikit_learn_and_skill_is_over_the_training_rate() -> None:
    told = judged_rows(ROWS, base_rate=0.08)
    assert told.brier.score.value == pytest.approx(brier_score_loss(ROWS.outcome, ROWS.probability))
    plain = brier_score_loss(ROWS.outcome, np.full(len(ROWS.outcome), 0.08))
    assert told.brier.skill.value == pytest.approx(1 - told.brier.score.value / plain)
    assert told.base_rate == pytest.approx(0.08)
    assert judged_rows(ROWS).brier.skill.value is None  # the rate of the rows judged would flatter


def test_each_fold_may_have_its_own_base_rate() -> None:
    outcome, rate = np.array([1.0, 0, 0, 0]), np.array([0.5, 0.5, 0.1, 0.1])
    told = judge(outcome, np.array([1.0, 0, 0, 0]), np.arange(4), seed=0, base_rate=rate)
    assert told.brier.skill.value == 1.0
    told = judge(outcome, rate, np.arange(4), seed=0, base_rate=rate)
    assert told.brier.skill.value == 0.0


def test_calibration_agrees_with_a_logistic_regression_and_knows_true_probabilities() -> None:
    rows = judged.rows(athletes=100, seed=4)
    told = judged_rows(rows).calibration
    log_odds = np.log(rows.probability / (1 - rows.probability))
    line = LogisticRegression(C=np.inf, tol=1e-8).fit(log_odds[:, None], rows.outcome)
    assert told.slope.value == pytest.approx(line.coef_[0, 0], abs=1e-4)
    assert told.slope.low < 1 < told.slope.high
    assert told.intercept.low < 0 < told.intercept.high


def test_too_extreme_and_too_low_probabilities_are_seen_as_such() -> None:
    log_odds = np.log(ROWS.probability / (1 - ROWS.probability))
    extreme = judged_rows(ROWS, 1 / (1 + np.exp(-2 * log_odds))).calibration
    assert extreme.slope.value == pytest.approx(judged_rows(ROWS).calibration.slope.value / 2)
    low = judged_rows(ROWS, ROWS.probability / 3).calibration
    assert low.intercept.low > 0.8  # about log 3


def test_one_step_intervals_are_those_of_refitting_each_replicate() -> None:
    told = judged_rows(ROWS).calibration.slope
    log_odds = np.log(ROWS.probability / (1 - ROWS.probability))[:, None]
    refit = []
    for drawn in draw_athletes(40, len(ROWS.outcome), seed=1)[:150]:
        line = LogisticRegression(C=np.inf).fit(log_odds, ROWS.outcome, sample_weight=drawn[ROWS.athlete])
        refit.append(line.coef_[0, 0])
    low, high = np.quantile(refit, [0.025, 0.975])
    assert told.low == pytest.approx(low, abs=0.03)
    assert told.high == pytest.approx(high, abs=0.03)


def test_the_curve_says_what_was_said_and_what_happened() -> None:
    outcome = np.tile([1.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0], 20)
    said = np.tile(np.repeat([0.1, 0.3], [10, 5]), 20)
    first, second = judge(outcome, said, np.repeat(np.arange(20), 15), seed=0).calibration.curve
    assert (first.said, first.happened.value, first.rows) == (pytest.approx(0.1), 0.1, 200)
    assert (second.said, second.happened.value, second.rows) == (pytest.approx(0.3), 0.4, 100)


def test_net_benefit_by_hand() -> None:
    # At 0.2 three rows are acted on: one problem met, two needless at 0.25 each: (1 - 2 * 0.25) / 10.
    outcome = np.array([1.0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    said = np.array([0.5, 0.2, 0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    (point,) = judge(outcome, said, np.arange(10), seed=0, thresholds=(0.2,)).decision
    assert point.model == pytest.approx(0.05)
    assert point.treat_all == pytest.approx((2 - 8 * 0.25) / 10)
    assert point.gain.value == pytest.approx(0.05)


def test_thresholds_reach_from_half_to_five_times_the_base_rate() -> None:
    thresholds = [point.threshold for point in judged_rows(ROWS, base_rate=0.04).decision]
    assert thresholds[0] == pytest.approx(0.02)
    assert thresholds[-1] == pytest.approx(0.2)


def test_one_alert_a_month_by_hand() -> None:
    # 28 days of 100 athletes are 92 months. The problem of each tenth athlete is their last week, with 0.9 on
    # its first day; every other day says 0.1 but for 0.5 on one day of the last athlete.
    athlete, day = np.repeat(np.arange(100), 28), np.tile(DAYS, 100)
    outcome = ((athlete % 10 == 0) & (day > 21)).astype(float)
    said = np.full(len(day), 0.1)
    said[(outcome > 0) & (day == 22)] = 0.9
    said[(athlete == 99) & (day == 1)] = 0.5
    told = judge(outcome, said, athlete, seed=0, day=day).alarms
    assert told.athlete_months == pytest.approx(100 * 28 / (365.25 / 12))
    assert told.problems == 10
    assert told.sensitivity.value == 1.0
    # What alerts are left fall on the tied weeks, none of which has a problem in it.
    assert told.alerts == pytest.approx(told.athlete_months)
    assert told.followed.value == pytest.approx(10 / told.athlete_months)
    assert told.by_chance < 0.25


def test_an_alert_that_knows_nothing_meets_as_many_problems_as_chance_does() -> None:
    rng = np.random.default_rng(8)
    athlete, day = np.repeat(np.arange(300), 364), np.tile(np.arange(1, 365), 300)
    onset = rng.integers(20, 364, 300)[athlete]
    outcome = ((day >= onset - 14) & (day < onset)).astype(float)
    noise = rng.random((300, 52)).repeat(7, axis=1).ravel()  # the same all week, as a weekly level is
    told = judge(outcome, noise, athlete, seed=0, day=day).alarms
    assert told.problems == 300
    assert told.sensitivity.low < told.by_chance < told.sensitivity.high
    assert told.by_chance == pytest.approx(1 - (1 - 0.23) ** 3, abs=0.06)  # 14 days meet two or three weeks


def test_without_days_there_are_no_alarms() -> None:
    assert judge(ROWS.outcome, ROWS.probability, ROWS.athlete, seed=0).alarms is None


def test_intervals_come_from_whole_athletes() -> None:
    # Athletes who differ in their rate: drawing rows as if they were independent would tell too much.
    rng = np.random.default_rng(5)
    athlete = np.repeat(np.arange(30), 300)
    own = rng.normal(0, 1.5, 30)[athlete] - 2
    outcome = (rng.random(len(athlete)) < 1 / (1 + np.exp(-own))).astype(float)
    said = np.repeat(rng.random(30), 300)  # knows who, and is wrong about them
    by_athlete = judge(outcome, said, athlete, seed=0).auc
    by_row = judge(outcome, said, np.arange(len(athlete)), seed=0).auc
    assert by_athlete.high - by_athlete.low > 4 * (by_row.high - by_row.low)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    truth = auc(*(lambda r: (r.outcome, r.probability))(judged.rows(athletes=2000, seed=99)))
    held = 0
    for seed in range(60):
        rows = judged.rows(athletes=60, days=50, seed=seed)
        found = judge(rows.outcome, rows.probability, rows.athlete, seed=seed).auc
        held += found.low <= truth <= found.high
    assert 52 <= held <= 60  # of 60, 57 expected; fewer than 52 would be one chance in a hundred


def test_the_same_seed_gives_the_same_numbers() -> None:
    assert asdict(judged_rows(ROWS)) == asdict(judged_rows(ROWS))


def test_the_order_of_rows_and_the_names_of_athletes_change_nothing() -> None:
    mixed = np.random.default_rng(0).permutation(len(ROWS.outcome))
    names = np.array([f"athlete {n:03}" for n in range(40)])
    shuffled = judge(
        ROWS.outcome[mixed],
        ROWS.probability[mixed],
        names[ROWS.athlete][mixed],
        seed=1,
        day=ROWS.day[mixed],
    )
    told = judged_rows(ROWS)
    assert shuffled.auc.low == pytest.approx(told.auc.low)
    assert shuffled.alarms.sensitivity.value == pytest.approx(told.alarms.sensitivity.value)
    assert shuffled.spread.auc == pytest.approx(told.spread.auc)


def test_rows_without_a_probability_or_an_outcome_are_counted_and_left_out() -> None:
    outcome, said = ROWS.outcome.copy(), ROWS.probability.copy()
    outcome[:100], said[50:150] = np.nan, np.nan
    told = judge(outcome, said, ROWS.athlete, seed=1)
    assert (told.rows, told.rows_unknown) == (len(outcome) - 150, 150)
    assert told.auc.value == pytest.approx(roc_auc_score(outcome[150:], said[150:]))


@pytest.mark.parametrize("only", [0.0, 1.0])
def test_one_outcome_alone_says_nothing_of_ranking_or_calibration(only: float) -> None:
    told = judged_rows(judged.Rows(ROWS.athlete, ROWS.day, ROWS.probability, np.full(len(ROWS.day), only)))
    unknown = (told.auc, told.auc_within, told.average_precision, told.calibration.slope)
    assert [m.value for m in (*unknown, told.calibration.intercept)] == [None] * 5
    assert told.alarms is None
    assert told.brier.score.value is not None


def test_a_single_athlete_has_no_interval() -> None:
    rows = judged.rows(athletes=1, days=400)
    told = judged_rows(rows)
    assert told.auc.value is not None
    assert (told.auc.low, told.auc.high, told.spread.auc) == (None, None, None)


def test_one_probability_for_all_has_no_slope() -> None:
    told = judged_rows(ROWS, np.full(len(ROWS.day), 0.05))
    assert told.auc.value == 0.5
    assert told.calibration.slope.value is None
    assert told.calibration.intercept.value is not None
    assert len(told.calibration.curve) == 1


def test_outcomes_that_the_score_parts_fully_have_no_slope() -> None:
    told = judge(np.repeat([0.0, 1.0], 10), np.repeat([0.1, 0.9], 10), np.arange(20), seed=0)
    assert told.auc.value == 1.0
    assert told.calibration.slope.value is None


def test_certainty_that_is_wrong_stays_a_number() -> None:
    outcome, said = np.tile([0.0, 1.0, 1.0, 0.0, 0.0], 8), np.tile([1.0, 0.0, 1.0, 0.0, 0.0], 8)
    told = judge(outcome, said, np.arange(40), seed=0)
    assert told.brier.score.value == pytest.approx(2 / 5)
    assert told.calibration.slope.high < 0.2  # far too sure


def test_no_rows_at_all_is_unknown_throughout() -> None:
    nothing = np.empty(0)
    told = judge(nothing, nothing, nothing, seed=0, day=np.empty(0, dtype=np.int64), base_rate=0.1)
    assert (told.rows, told.athletes, told.observed_rate, told.auc.value) == (0, 0, None, None)
    assert told.brier.score.value is None


@pytest.mark.parametrize(
    ("outcome", "said", "message"),
    [
        ([0.0, 1.0], [0.5, 1.5], "a probability is from 0 to 1"),
        ([0.0, 2.0], [0.5, 0.5], "an outcome is 0 or 1"),
        ([0.0], [0.5, 0.5], "differ in length"),
    ],
)
def test_what_is_no_probability_or_outcome_is_refused(
    outcome: list[float], said: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        judge(np.array(outcome), np.array(said), np.arange(2), seed=0)


def test_a_better_score_gains_and_a_score_gains_nothing_on_itself() -> None:
    noisy = ROWS.probability * np.random.default_rng(0).uniform(0.2, 1, len(ROWS.day))
    for measure in ("auc", "log_score", "brier"):
        gain = paired_gain(ROWS.outcome, ROWS.probability, noisy, ROWS.athlete, seed=2, measure=measure)
        assert gain.low > 0
        itself = paired_gain(ROWS.outcome, noisy, noisy, ROWS.athlete, seed=2, measure=measure)
        assert (itself.value, itself.low, itself.high) == (0.0, 0.0, 0.0)


def test_a_gain_is_the_difference_of_the_two_measures() -> None:
    noisy = ROWS.probability * np.random.default_rng(0).uniform(0.2, 1, len(ROWS.day))
    gain = paired_gain(ROWS.outcome, ROWS.probability, noisy, ROWS.athlete, seed=2, measure="brier")
    expected = brier_score_loss(ROWS.outcome, noisy) - brier_score_loss(ROWS.outcome, ROWS.probability)
    assert gain.value == pytest.approx(expected)


def test_a_paired_interval_is_narrower_than_two_apart() -> None:
    near = np.clip(ROWS.probability * np.random.default_rng(0).uniform(0.9, 1, len(ROWS.day)), 0, 1)
    gain = paired_gain(ROWS.outcome, ROWS.probability, near, ROWS.athlete, seed=2)
    alone = judged_rows(ROWS).auc
    assert gain.high - gain.low < 0.2 * (alone.high - alone.low)
