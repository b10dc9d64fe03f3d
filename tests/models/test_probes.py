"""Leaks planted on purpose are caught, and the same data without them is not."""

from __future__ import annotations

import judged
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from models import probes
from models.splits import Split, by_athlete

SEEDS = range(6)


def signal(rows: judged.Rows, seed: int, columns: int = 5) -> np.ndarray:
    """Features of which the first says honestly, and a little, what may come."""
    rng = np.random.default_rng(seed + 100)
    values = rng.normal(size=(len(rows.outcome), columns))
    values[:, 0] += np.log(rows.probability)
    return values


def without(rows: judged.Rows, kept: np.ndarray) -> judged.Rows:
    return judged.Rows(rows.athlete[kept], rows.day[kept], rows.probability[kept], rows.outcome[kept])


# --- labels dealt at random ---------------------------------------------------------------------------------


def fitted(values: np.ndarray, outcome: np.ndarray, splits: list[Split]) -> np.ndarray:
    scores = np.full(len(outcome), np.nan)
    for split in splits:
        model = LogisticRegression().fit(values[split.train], outcome[split.train])
        scores[split.test] = model.decision_function(values[split.test])
    return scores


@pytest.mark.parametrize("seed", SEEDS)
def test_an_honest_model_finds_nothing_in_labels_dealt_at_random(seed: int) -> None:
    rows = judged.rows(athletes=40, days=60, seed=seed)
    splits = list(by_athlete(rows.athlete, folds=5, seed=seed))
    values = signal(rows, seed)
    found = probes.permuted_labels(
        lambda dealt: fitted(values, dealt, splits), rows.outcome, rows.athlete, seed=seed
    )
    assert found.caught is False
    assert 0.46 <= found.number <= 0.52
    assert "finds nothing" in found.sentence


@pytest.mark.parametrize("seed", SEEDS)
def test_features_chosen_with_the_rows_judged_by_are_caught(seed: int) -> None:
    rows = judged.rows(athletes=40, days=20, seed=seed)
    noise = np.random.default_rng(seed).normal(size=(len(rows.outcome), 400))

    def held_out(dealt: np.ndarray) -> np.ndarray:
        best = np.argsort(-np.abs(noise.T @ (dealt - dealt.mean())))[:10]
        return fitted(noise[:, best], dealt, list(by_athlete(rows.athlete, folds=5, seed=seed)))

    found = probes.permuted_labels(held_out, rows.outcome, rows.athlete, seed=seed)
    assert found.caught is True
    assert found.low > 0.55


@pytest.mark.parametrize("seed", SEEDS)
def test_neighbouring_days_on_both_sides_are_caught(seed: int) -> None:
    # Outcomes last for days, and the split parts single rows: yesterday's outcome is today's.
    rng = np.random.default_rng(seed)
    athlete, day = np.repeat(np.arange(20), 60), np.tile(np.arange(60), 20)
    outcome = np.repeat(rng.random(20 * 6) < 0.2, 10).astype(float)

    def held_out(dealt: np.ndarray) -> np.ndarray:
        taught = rng.random(len(dealt)) < 0.8
        scores = np.full(len(dealt), np.nan)
        for row in np.flatnonzero(~taught):
            near = taught & (athlete == athlete[row]) & (np.abs(day - day[row]) <= 2)
            scores[row] = dealt[near].mean() if near.any() else 0.1
        return scores

    assert probes.permuted_labels(held_out, outcome, athlete, seed=seed).caught is True


# --- date gaps ----------------------------------------------------------------------------------------------


def buffered(rows: judged.Rows) -> judged.Rows:
    """Without the rows of the three weeks before each problem, as a healthy buffer would leave it."""
    last = np.full(len(rows.day), np.inf)
    for athlete in np.unique(rows.athlete):
        own = np.flatnonzero(rows.athlete == athlete)
        problems = rows.day[own][rows.outcome[own] > 0]
        for row in own:
            coming = problems[problems > rows.day[row]]
            last[row] = coming.min() - rows.day[row] if len(coming) else np.inf
    return without(rows, (last > 21) | (rows.outcome > 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_buffer_before_problems_is_caught_by_its_gap(seed: int) -> None:
    rows = judged.rows(athletes=30, days=300, seed=seed, base=-5.0)
    leaking = buffered(rows)
    found = probes.gap(leaking.athlete, leaking.day, leaking.outcome, seed=seed)
    assert found.caught is True
    assert found.number > 0.7
    clean = probes.gap(rows.athlete, rows.day, rows.outcome, seed=seed)
    assert clean.caught is False


@pytest.mark.parametrize("seed", SEEDS)
def test_days_missing_at_random_are_no_leak(seed: int) -> None:
    rows = judged.rows(athletes=30, days=300, seed=seed)
    kept = without(rows, np.random.default_rng(seed).random(len(rows.day)) < 0.7)
    shuffled = without(kept, np.random.default_rng(seed).permutation(len(kept.day)))
    assert probes.gap(shuffled.athlete, shuffled.day, shuffled.outcome, seed=seed).caught is False


# --- missing values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_a_field_filled_in_only_after_problems_is_caught(seed: int) -> None:
    rows = judged.rows(athletes=30, seed=seed)
    rng = np.random.default_rng(seed)
    values = signal(rows, seed)
    values[rng.random(values.shape) < 0.2] = np.nan
    assert probes.missingness(values, rows.athlete, rows.outcome, seed=seed).caught is False
    values[(rows.outcome == 0) & (rng.random(len(rows.outcome)) < 0.7), 3] = np.nan
    found = probes.missingness(values, rows.athlete, rows.outcome, seed=seed)
    assert found.caught is True
    assert "what is missing" in found.sentence


# --- order of rows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_sorted_by_their_outcome_are_caught_and_shuffling_mends_it(seed: int) -> None:
    rows = judged.rows(athletes=30, seed=seed)
    assert probes.sorted_rows(rows.athlete, rows.outcome, seed=seed).caught is False
    by_outcome = without(rows, np.argsort(rows.outcome, kind="stable"))
    assert probes.sorted_rows(by_outcome.athlete, by_outcome.outcome, seed=seed).caught is True
    within = without(rows, np.lexsort((rows.outcome, rows.athlete)))
    assert probes.sorted_rows(within.athlete, within.outcome, seed=seed).caught is True
    mended = without(within, np.random.default_rng(seed).permutation(len(within.day)))
    assert probes.sorted_rows(mended.athlete, mended.outcome, seed=seed).caught is False


# --- athletes on both sides ---------------------------------------------------------------------------------


def test_an_athlete_on_both_sides_is_caught_and_counted() -> None:
    athlete = np.repeat(np.array(["anna", "ben", "cleo", "dora"]), 5)
    rows = np.arange(20)
    found = probes.athlete_overlap(athlete, [Split(rows[:12], rows[12:])])
    assert (found.caught, found.number) == (True, 1.0)
    assert found.sentence.startswith("1 of the athletes")
    assert probes.athlete_overlap(athlete, by_athlete(athlete, folds=4, seed=0)).caught is False


# --- normalisation ------------------------------------------------------------------------------------------


def by_whole_history(athlete: np.ndarray, day: np.ndarray, values: np.ndarray) -> np.ndarray:
    prepared = values.copy()
    for name in np.unique(athlete):
        own = athlete == name
        prepared[own] = (values[own] - values[own].mean(axis=0)) / values[own].std(axis=0)
    return prepared


def by_days_before(athlete: np.ndarray, day: np.ndarray, values: np.ndarray) -> np.ndarray:
    prepared = np.full_like(values, np.nan)
    for row in range(len(day)):
        before = (athlete == athlete[row]) & (day < day[row])
        if before.sum() >= 5:
            prepared[row] = values[row] - values[before].mean(axis=0)
    return prepared


@pytest.mark.parametrize("seed", SEEDS)
def test_scaling_with_an_athletes_later_rows_is_caught(seed: int) -> None:
    rows = judged.rows(athletes=6, days=40, seed=seed)
    values = signal(rows, seed)
    found = probes.future_normalisation(by_whole_history, rows.athlete, rows.day, values)
    assert found.caught is True
    assert found.number > 0.9
    clean = probes.future_normalisation(by_days_before, rows.athlete, rows.day, values)
    assert (clean.caught, clean.number) == (False, 0.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_scaling_with_the_rows_judged_by_is_caught(seed: int) -> None:
    rows = judged.rows(athletes=10, days=20, seed=seed)
    values = signal(rows, seed)
    split = next(by_athlete(rows.athlete, folds=5, seed=seed))

    def with_all(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        middle = values[np.r_[train, test]].mean(axis=0)
        return values[train] - middle, values[test] - middle

    def with_training_rows(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        middle = values[train].mean(axis=0)
        return values[train] - middle, values[test] - middle

    assert probes.scaling_on_test_rows(with_all, split, rows.athlete).caught is True
    assert probes.scaling_on_test_rows(with_training_rows, split, rows.athlete).caught is False


# --- what cannot be told ------------------------------------------------------------------------------------


def test_too_few_athletes_or_one_outcome_alone_are_not_told() -> None:
    few = judged.rows(athletes=3)
    assert probes.gap(few.athlete, few.day, few.outcome, seed=0).caught is None
    rows = judged.rows(athletes=30)
    found = probes.sorted_rows(rows.athlete, np.zeros(len(rows.outcome)), seed=0)
    assert (found.caught, found.number) == (None, None)
    assert found.sentence == "These rows are too few to tell."
