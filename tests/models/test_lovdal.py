"""The public data set's benchmark, on invented files of its shape: planted leaks are caught, clean ones are not."""

from __future__ import annotations

from collections.abc import Iterator

import lovdal_files
import numpy as np
import pytest
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits

from models import lovdal, lovdal_clean, lovdal_paper, probes
from models.lovdal_benchmark import Benchmark, Effort, evaluate
from models.splits import by_athlete

pytestmark = pytest.mark.usefixtures("one_thread")
SMALL = Effort(bags=1, repeats=1, rounds=2)


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """As in the benchmark itself: small samples on a busy machine wait for threads more than they gain by them."""
    with threadpool_limits(limits=1):
        yield


@pytest.fixture(scope="module")
def steps() -> list[str]:
    return []


@pytest.fixture(scope="module")
def leaking(steps: list[str]) -> Benchmark:
    return evaluate(lovdal_files.table(athletes=40, days=200, signal=0.6), SMALL, 1, steps.append)


def findings(benchmark: Benchmark) -> dict[tuple[str, str], bool | None]:
    return {(of, finding.probe): finding.caught for of, finding in benchmark.findings}


# --- the shape of the files ---------------------------------------------------------------------------------


def test_the_day_file_has_ten_numbers_of_seven_days_and_the_week_file_22_of_three_weeks() -> None:
    day, week = lovdal.feature_columns("day"), lovdal.feature_columns("week")
    assert (len(day), len(week)) == (70, 69)
    assert (day[0], day[10], day[-1]) == ("nr. sessions", "nr. sessions.1", "perceived recovery.6")
    assert week[21:23] == ("max recovery", "nr. sessions.1")
    assert week[-1] == "rel total kms week 1_2"


def test_columns_are_found_by_name_whatever_their_order() -> None:
    made = lovdal_files.table("week")
    header = [*made.columns, "Athlete ID", "Date", "injury"]
    rows = np.column_stack([made.values, made.athlete, made.day, made.injury])
    turned = lovdal.Table.of("week", header[::-1], rows[:, ::-1])
    assert np.array_equal(turned.values, made.values)
    assert np.array_equal(turned.injury, made.injury)


@pytest.mark.parametrize(
    ("columns", "change", "message"),
    [
        (slice(2, None), None, "no column 'nr. sessions', 'total km'"),
        (slice(None), (-1, 2.0), "'injury' is not 0 or 1"),
        (slice(None), (-1, 0.0), "0 injuries"),
        (slice(None), (-3, 7.0), "1 athletes"),
    ],
)
def test_a_file_of_another_shape_is_refused_saying_why(
    columns: slice, change: tuple[int, float] | None, message: str
) -> None:
    made = lovdal_files.table()
    header = (*made.columns, "Athlete ID", "Date", "injury")
    rows = np.column_stack([made.values, made.athlete, made.day, made.injury])
    if change:
        rows[:, change[0]] = change[1]
    with pytest.raises(ValueError, match=message):
        lovdal.Table.of("day", header[columns], rows[:, columns])


def test_what_was_not_told_is_unknown_and_a_true_zero_stays() -> None:
    made = lovdal_files.table()
    exertion = made.columns.index("perceived exertion")
    rested = made.values[:, 0] == 0
    assert np.isnan(made.told[rested, exertion]).all()
    assert (made.told[rested, 1] == 0).all()
    assert np.isfinite(made.untold_despite_a_session).all()  # nothing is missing but on days of rest


# --- the paper's protocol -----------------------------------------------------------------------------------


def test_the_ten_athletes_with_the_highest_numbers_are_tested() -> None:
    parted = lovdal_paper.split(np.repeat(np.arange(30), 2))
    assert set(parted.test) == set(range(40, 60))


def test_the_papers_scores_are_distances_from_an_athletes_healthy_rows() -> None:
    # Healthy rows 2 and 4: mean 3, spread √2. The injured row's 5 is √2 spreads above.
    scores = lovdal_paper.healthy_scores(
        np.array([7, 7, 7]), np.array([0.0, 0.0, 1.0]), np.array([[2.0], [4.0], [5.0]])
    )
    assert scores.ravel() == pytest.approx([-(0.5**0.5), 0.5**0.5, 2**0.5])


# --- the clean protocol -------------------------------------------------------------------------------------


def test_a_row_is_normalised_by_earlier_rows_of_its_athlete_leaning_on_the_training_athletes() -> None:
    # Training athletes: mean 10, spread 2. After 28 own days at 14 (two spreads above) the mean is 1 spread and
    # the variance (28 + 28 · 4) / 56 − 1 = 1.5 above: 14 is then (2 − 1) / √1.5, not 2.
    values = np.full((29, 1), 14.0)
    scores = lovdal_clean.normalised(np.zeros(29), np.arange(29), values, np.array([10.0]), np.array([2.0]))
    assert scores[0, 0] == 2.0
    assert scores[28, 0] == pytest.approx(1 / 1.5**0.5)


def test_rows_of_the_same_day_do_not_know_each_other_and_unknown_stays_unknown() -> None:
    values = np.array([[14.0], [14.0], [np.nan]])
    scores = lovdal_clean.normalised(
        np.zeros(3), np.array([5, 5, 9]), values, np.array([10.0]), np.array([2.0])
    )
    assert scores[:2].ravel() == pytest.approx([2.0, 2.0])
    assert np.isnan(scores[2, 0])


@pytest.mark.parametrize("approach", ["day", "week"])
def test_the_clean_protocol_finds_a_true_signal_and_means_what_it_says(approach: str) -> None:
    made = lovdal_files.table(approach, athletes=60, days=240, signal=0.8, seed=3).shuffled(0)
    splits = list(by_athlete(made.athlete, folds=5, seed=0))
    data = (made.told, made.injury, made.athlete, made.day, splits)
    probability, rate = lovdal_clean.held_out(*data, "logistic", 0)
    assert probability.mean() == pytest.approx(
        made.injury.mean(), rel=0.2
    )  # the natural rate, not one in two
    assert rate.mean() == pytest.approx(made.injury.mean(), rel=0.05)
    assert roc_auc_score(made.injury, probability) > 0.6


# --- the whole, and its probes ------------------------------------------------------------------------------


def test_the_leaks_of_the_file_and_of_the_papers_way_are_caught_and_ours_is_clean(leaking: Benchmark) -> None:
    caught = {probed for probed, found in findings(leaking).items() if found}
    assert caught == {("data", "row order"), ("data", "date gap"), ("paper", "future normalisation")}
    clean = {probe: found for (of, probe), found in findings(leaking).items() if of == "clean"}
    assert clean == dict.fromkeys(
        (
            "row order",
            "athlete on both sides",
            "future normalisation",
            "scaling on test rows",
            "permuted labels",
        ),
        False,
    )


def test_it_says_what_was_judged_beside_what_was_published(leaking: Benchmark) -> None:
    assert (leaking.approach, leaking.published_auc, leaking.athletes) == ("day", 0.724, 40)
    assert leaking.paper.athletes == leaking.causal.athletes == 10
    assert set(leaking.clean) == {"logistic", "boosting"}
    assert all(judged.rows == leaking.rows and judged.athletes == 40 for judged in leaking.clean.values())
    # Chances learned from as many injuries as healthy rows are far too high; ours are at the natural rate.
    assert leaking.paper.brier.skill.value < -1
    assert leaking.paper.calibration.intercept.high < -2
    for judged in leaking.clean.values():
        assert abs(judged.brier.skill.value) < 0.05
        assert judged.calibration.intercept.low < 0.3


def test_each_piece_of_work_is_told(leaking: Benchmark, steps: list[str]) -> None:
    assert len(steps) == SMALL.steps
    assert steps[0] == "the paper's protocol"


@pytest.mark.parametrize("approach", ["day", "week"])
@pytest.mark.parametrize("seed", range(3))
def test_leaks_are_caught_where_planted_and_only_there(approach: str, seed: int) -> None:
    clean = lovdal_files.table(approach, seed=seed, buffered=False, injured_last=False)
    leaky = lovdal_files.table(approach, seed=seed, told_after_injury_only=True)

    def caught(table: lovdal.Table) -> list[bool | None]:
        untold = table.untold_despite_a_session
        found = (
            probes.sorted_rows(table.athlete, table.injury, seed=seed),
            probes.gap(table.athlete, table.day, table.injury, seed=seed),
            probes.missingness(untold, table.athlete, table.injury, seed=seed),
        )
        return [finding.caught for finding in found]

    assert caught(clean) == [False, False, False]
    assert caught(leaky) == [True, True, True]


def test_the_same_seed_gives_the_same_numbers() -> None:
    made = lovdal_files.table(athletes=24, days=100, injuries_a_day=0.02)
    first, again = (lovdal_paper.scores(made, 1, 5) for _ in range(2))
    assert np.array_equal(first, again)
