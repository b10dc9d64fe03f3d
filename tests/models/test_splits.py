"""Splits that let nothing be known beforehand: whatever the rows, no athlete and no time is on both sides."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.splits import by_athlete, forward, forward_by_athlete

COUNTS = st.lists(st.integers(1, 12), min_size=4, max_size=12)  # rows of each athlete
SEEDS = st.integers(0, 1000)


def athletes(counts: list[int], seed: int) -> np.ndarray:
    return np.random.default_rng(seed).permutation(np.repeat(np.arange(len(counts)), counts))


@given(COUNTS, SEEDS, st.integers(2, 4))
def test_no_athlete_is_on_both_sides_and_each_row_is_judged_once(
    counts: list[int], seed: int, folds: int
) -> None:
    athlete = athletes(counts, seed)
    splits = list(by_athlete(athlete, folds=folds, seed=seed))
    assert sorted(np.concatenate([s.test for s in splits])) == list(range(len(athlete)))
    for split in splits:
        assert not set(athlete[split.train]) & set(athlete[split.test])
        assert len(split.train) + len(split.test) == len(athlete)


@given(st.lists(st.integers(0, 400), min_size=30, max_size=80), st.integers(1, 4), st.integers(0, 30))
def test_every_outcome_learned_from_is_over_before_the_first_day_judged(
    days: list[int], folds: int, outcome_days: int
) -> None:
    assume(len(set(days)) > 20)
    day = np.array(days) + 738_000
    splits = list(forward(day, folds=folds, outcome_days=outcome_days))
    judged = np.concatenate([s.test for s in splits])
    assert len(splits) == folds
    assert len(judged) == len(set(judged))
    for split in splits:
        assert len(split.test)
        if len(split.train):
            assert (day[split.train] + outcome_days).max() < day[split.test].min()
    # Time runs forward: each stretch is after the one before it, and the last one reaches the end.
    firsts = [day[s.test].min() for s in splits]
    assert firsts == sorted(firsts)
    assert set(judged) == set(np.flatnonzero(day >= firsts[0]))


@given(COUNTS, SEEDS)
def test_both_at_once_hold_both(counts: list[int], seed: int) -> None:
    athlete = athletes([c + 5 for c in counts], seed)
    day = np.random.default_rng(seed).permutation(len(athlete)) + 738_000
    splits = list(forward_by_athlete(athlete, day, folds=3, stretches=2, outcome_days=4, seed=seed))
    assert len(splits) == 6
    for split in splits:
        assert not set(athlete[split.train]) & set(athlete[split.test])
        if len(split.train) and len(split.test):
            assert (day[split.train] + 4).max() < day[split.test].min()
    judged = np.concatenate([s.test for s in splits])
    assert len(judged) == len(set(judged))


def test_folds_are_about_equally_many_athletes() -> None:
    athlete = np.repeat(np.arange(23), 10)
    sizes = [len(set(athlete[s.test])) for s in by_athlete(athlete, folds=5, seed=0)]
    assert sorted(sizes) == [4, 4, 5, 5, 5]


def test_another_seed_makes_other_folds_and_the_same_seed_the_same() -> None:
    athlete = np.repeat(np.arange(30), 3)
    first, again, other = (
        [tuple(s.test) for s in by_athlete(athlete, folds=3, seed=seed)] for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_too_few_athletes_or_days_are_refused() -> None:
    with pytest.raises(ValueError, match="5 folds need at least two folds and as many athletes, got 3"):
        list(by_athlete(np.arange(3), folds=5, seed=0))
    with pytest.raises(ValueError, match="need more days"):
        list(forward(np.full(50, 738_000), folds=3, outcome_days=14))
