"""Past levels against what followed: right ones, false alarms, missed problems and what nobody told."""

from __future__ import annotations

from datetime import date, timedelta
from math import log, nan

import pytest

from models.backtest import JudgedWeek, backtest
from models.verdict import Level
from reports.backtest import render_text

SUNDAY = date(2026, 6, 7)


def week(
    number: int,
    level: Level,
    outcome: float,
    *,
    athlete: str = "ada",
    problem: int | None = None,
    unwell: bool = False,
) -> JudgedWeek:
    """A week's verdict; ``problem`` is the first day of a problem, in days after the first Sunday."""
    begins = None if problem is None else SUNDAY + timedelta(days=problem)
    hazard = {Level.LOW: 0.0, Level.ELEVATED: log(1.5), Level.HIGH: log(2.0)}.get(level)
    return JudgedWeek(athlete, SUNDAY + timedelta(weeks=number), level, hazard, outcome, unwell, begins)


WEEKS = (
    week(0, Level.LOW, 0.0),
    week(1, Level.LOW, 0.0),
    week(2, Level.ELEVATED, 0.0),  # a false alarm
    week(3, Level.LOW, 1.0, problem=33),
    week(4, Level.HIGH, 1.0, problem=33),  # right, and finds the problem that the week before missed
    week(5, Level.HIGH, nan, unwell=True),  # the knee hurts already
    week(9, Level.LOW, 1.0, problem=70),  # missed
    week(12, Level.ELEVATED, nan),  # nobody told
    week(0, Level.LOW, 0.0, athlete="bea"),
)


def test_false_alarms_and_missed_problems_are_counted() -> None:
    found = backtest(WEEKS)
    assert (found.weeks, found.athletes) == (9, 2)
    assert (found.alarms, found.alarms_unwell, found.alarms_known, found.right) == (4, 1, 2, 1)
    assert (found.problems, found.missed) == (2, 1)
    assert found.alarms_per_month == pytest.approx(4 / (9 * 12 * 7 / 365.25), rel=1e-3)


def test_each_level_says_how_often_it_was_followed_by_a_problem() -> None:
    low, guarded, elevated, high = backtest(WEEKS).levels
    assert (low.weeks, low.known, low.problems, low.share.value) == (5, 5, 2, 0.4)
    assert (low.said, low.happened) == (1.0, 1.0)
    assert (guarded.weeks, guarded.share.value, guarded.said) == (0, None, None)
    assert (elevated.weeks, elevated.known, elevated.problems) == (2, 1, 0)
    assert elevated.said == pytest.approx(1.5)
    assert (high.weeks, high.known, high.share.value, high.happened) == (2, 1, 1.0, 2.5)
    assert low.share.low is None  # two athletes are too few for an interval


def test_the_text_admits_false_alarms_in_words() -> None:
    found = backtest(WEEKS)
    text = " ".join(render_text(found).split())
    assert "4 times it was raised" in text
    assert "1 was followed by a knee problem within 14 days; 1 was not: false alarms." in text
    assert "1 of them came while a knee problem or its recovery lasted" in text
    assert "Of 2 knee problems, 1 came without a raised level" in text


def test_nothing_to_hold_against_anything_is_said() -> None:
    found = backtest(())
    assert found.alarms_per_month is None
    assert "nothing to hold against anything" in render_text(found)
