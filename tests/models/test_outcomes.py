"""When a knee problem begins, which days are at risk of one, and what silence means."""

from __future__ import annotations

import numpy as np
import pytest

from features.training_log import Column
from models.outcomes import Reports, label, problem_days

DAYS = 70
WEEKLY = range(0, DAYS, 7)


def told(
    pain: dict[int, int] | None = None,
    *,
    weekly: dict[int, int] | None = None,
    injured: range | None = None,
    well_on: range = WEEKLY,
    days: int = DAYS,
) -> Reports:
    """One athlete who says "no pain" every week, and otherwise what is given, by day."""
    said = np.full((1, days), np.nan)
    said[0, [day for day in well_on if day < days]] = 0
    for day, worst in (pain or {}).items():
        said[0, day] = worst
    participation = np.full((1, days), np.nan)
    for day, answer in (weekly or {}).items():
        participation[0, day] = answer
    hurt = np.zeros((1, days), bool)
    if injured is not None:
        hurt[0, injured] = True
    return Reports(said, participation, hurt, np.ones((1, days), bool))


def labels(reports: Reports) -> Column:
    return label(reports)[0]


def days_of_problem(reports: Reports) -> list[int]:
    return [int(day) for day in np.flatnonzero(problem_days(reports)[0])]


def test_two_sore_days_within_a_week_are_a_problem_and_one_is_not() -> None:
    assert days_of_problem(told({30: 3, 33: 4})) == [30, 33]
    assert days_of_problem(told({30: 3})) == []
    assert days_of_problem(told({30: 3, 36: 3})) == [30, 36]
    assert days_of_problem(told({30: 3, 37: 3})) == []
    assert days_of_problem(told({30: 2, 31: 2, 32: 2})) == []


def test_the_fourteen_days_before_a_problem_are_followed_by_it_and_earlier_ones_are_not() -> None:
    said = labels(told({30: 3, 33: 4}))
    assert list(said[:16]) == [0.0] * 16  # day 15 looks at days 16 to 29
    assert list(said[16:30]) == [1.0] * 14


def test_days_within_a_problem_and_its_recovery_are_out() -> None:
    said = labels(told({30: 3, 33: 4}))
    assert np.isnan(said[30:47]).all()  # the last sore day is 33; 33 + 14 = 47
    assert said[47] == 0.0


def test_a_problem_is_not_over_before_somebody_said_that_the_knee_is_well() -> None:
    said = labels(told({30: 3, 33: 4}, well_on=range(0, 29, 7)))
    assert np.isnan(said[30:]).all()
    again = labels(told({30: 3, 33: 4, 50: 0, 57: 0, 64: 1}, well_on=range(0, 29, 7)))
    assert np.isnan(again[30:50]).all()
    assert again[50] == 0.0


def test_silence_is_not_health() -> None:
    said = labels(told(well_on=range(0, 28, 7)))  # the last word is on day 21
    assert list(said[:14]) == [0.0] * 14  # after day 13: a word in days 14–20 and one in days 21–27
    assert np.isnan(said[14:]).all()


def test_silence_after_the_problem_began_does_not_hide_it() -> None:
    said = labels(told(injured=range(30, 40), well_on=range(0, 29, 7)))
    assert list(said[23:30]) == [1.0] * 7
    assert list(said[16:23]) == [1.0] * 7  # heard on day 28, then injured on day 30


def test_what_is_not_over_is_not_known_even_where_a_problem_began() -> None:
    said = labels(told({60: 5, 61: 5}))
    assert np.isnan(said[56:]).all()  # 56 + 14 = 70, the first day that is not recorded
    assert said[55] == 1.0


def test_a_weekly_answer_speaks_of_its_seven_days_but_for_those_told_to_be_well() -> None:
    assert days_of_problem(told(weekly={40: 8}, well_on=range(0))) == [34, 35, 36, 37, 38, 39, 40]
    assert days_of_problem(told({37: 1}, weekly={40: 8}, well_on=range(0))) == [38, 39, 40]
    assert days_of_problem(told({40: 1}, weekly={40: 8}, well_on=range(0))) == list(range(34, 41))
    assert days_of_problem(told(weekly={40: 0})) == []


def test_a_logged_injury_ends_with_the_word_that_it_is_over() -> None:
    said = labels(told(injured=range(20, 26)))
    assert np.isnan(said[20:39]).all()  # the last day of the injury is 25; 25 + 14 = 39
    assert said[39] == 0.0


def test_nothing_is_cut_away_before_a_problem() -> None:
    with_problem, without = labels(told({30: 3, 33: 4})), labels(told())
    assert np.isfinite(with_problem[:30]).all()
    assert np.isfinite(without[:30]).all()


@pytest.mark.parametrize("seed", range(3))
def test_days_after_the_window_and_the_word_on_them_change_no_label(seed: int) -> None:
    """A label looks fourteen days ahead, and a week further for the second sore day and the weekly answer."""
    draw = np.random.default_rng(seed)
    pain = np.where(draw.random((20, DAYS)) < 0.5, draw.integers(0, 5, (20, DAYS)), np.nan)
    weekly = np.where(draw.random((20, DAYS)) < 0.1, draw.choice([0.0, 8.0, 17.0], (20, DAYS)), np.nan)
    reports = Reports(pain, weekly, np.zeros((20, DAYS), bool), np.ones((20, DAYS), bool))
    cut = 50
    shorter = Reports(pain[:, :cut], weekly[:, :cut], reports.injured[:, :cut], reports.recorded[:, :cut])
    settled = cut - 14 - 7
    assert np.array_equal(label(reports)[:, :settled], label(shorter)[:, :settled], equal_nan=True)
