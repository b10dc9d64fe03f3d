"""The calibration page: what was right, what was a false alarm, what was missed, and what nobody told."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import log, nan

import pytest
from page_text import Reader

from models.backtest import JudgedWeek, backtest
from models.verdict import Level
from reports.calibration import compose, render_html
from reports.calibration_picture import levels_picture, strips

SUNDAY = date(2026, 1, 4)


def week(
    number: int, level: Level, outcome: float, athlete: str = "mara", *, unwell: bool = False
) -> JudgedWeek:
    """A problem begins three days after its week."""
    day = SUNDAY + timedelta(weeks=number)
    hazard = {Level.LOW: 0.0, Level.GUARDED: log(1.5), Level.ELEVATED: log(2), Level.HIGH: log(3)}[level]
    problem_on = day + timedelta(days=3) if outcome == 1 else None
    return JudgedWeek(
        athlete=athlete,
        day=day,
        level=level,
        log_hazard=hazard,
        outcome=outcome,
        is_unwell=unwell,
        problem_on=problem_on,
    )


WEEKS = (
    *(week(n, Level.LOW, 0.0) for n in range(9)),
    week(9, Level.LOW, 1.0),  # missed
    week(10, Level.ELEVATED, 0.0),  # a false alarm
    week(11, Level.ELEVATED, nan),
    week(12, Level.HIGH, 1.0),
    week(13, Level.HIGH, nan, unwell=True),  # while that problem lasted
)


def page(*weeks: JudgedWeek) -> Reader:
    return Reader(render_html(backtest(weeks), weeks))


def test_right_false_untold_and_missed_are_counted_side_by_side() -> None:
    counts = compose(backtest(WEEKS), WEEKS).big
    assert [(number, code) for number, code, _ in counts] == [
        ("1", "right"),
        ("1", "false"),
        ("1", "unknown"),
        ("1", "missed"),
    ]
    text = page(*WEEKS).text
    assert "raised weeks that none followed: false alarms" in text
    assert "11 March 2026" in text  # the missed one: three days after 8 March


def test_every_raised_week_says_what_followed_newest_first() -> None:
    rows = compose(backtest(WEEKS), WEEKS).raised
    assert [(row.up_to, row.level, row.followed) for row in rows] == [
        ("5 April 2026", "High", "The knee was not well already"),
        ("29 March 2026", "High", "A knee problem began on 1 April 2026"),
        ("22 March 2026", "Elevated", "Not known: nobody told"),
        ("15 March 2026", "Elevated", "No knee problem: a false alarm"),
    ]


def test_what_the_score_said_stands_beside_what_happened_on_one_scale() -> None:
    # One low week in ten had a problem; elevated weeks were said to have twice as many (0 of 1 had), high ones
    # three times (1 of 1 had). The axis ends at 100 %: 374 units wide from 96.
    picture = levels_picture(backtest(WEEKS))
    low, guarded, elevated, high = picture.marks
    assert (low.x, low.said_x) == (133.4, 133.4)
    assert (guarded.x, guarded.said_x) == (None, None)  # no such week: nothing is drawn
    assert (elevated.x, elevated.said_x) == (96.0, 170.8)
    assert (high.x, high.said_x) == (470.0, 208.2)
    assert picture.ticks[0][1] == "0 %"
    assert picture.ticks[-1] == (470.0, "100 %")


def test_athletes_stand_below_each_other_on_one_span_of_time() -> None:
    both = (*WEEKS, week(4, Level.HIGH, 0.0, "jonas"))
    jonas, mara = strips(both)
    assert (jonas.athlete, mara.athlete) == ("jonas", "mara")
    assert jonas.weeks[0].x == mara.weeks[4].x
    assert [mark.fate for mark in mara.weeks[9:]] == [None, "false", "unknown", "right", "unwell"]
    assert [warned for _, warned in mara.problems] == [False, True]
    assert (
        "4 raised weeks, of which 1 followed by a problem, 1 not, 1 while the knee was not well"
        in mara.description
    )
    assert "already, 1 not known; 2 knee problems." in mara.description


def test_years_of_weeks_and_many_athletes_stay_inside_the_picture() -> None:
    weeks = tuple(week(n, Level.GUARDED, 0.0, f"a{k}") for k in range(12) for n in range(160))
    for strip in strips(weeks):
        assert all(0 <= mark.x <= 480 - mark.width for mark in strip.weeks)
        places = [x for x, _ in strip.labels]
        assert all(b - a >= 50 for a, b in pairwise(places))
        assert max(places) <= 430


def test_intervals_are_drawn_only_where_there_are_athletes_enough() -> None:
    assert levels_picture(backtest(WEEKS)).marks[0].low_x is None
    many = tuple(week(n, Level.LOW, float(n == k % 9), f"a{k:02}") for k in range(12) for n in range(9))
    mark = levels_picture(backtest(many)).marks[0]
    assert mark.low_x <= mark.x <= mark.high_x


def test_without_a_week_it_says_what_is_missing_and_shows_no_number() -> None:
    empty = page()
    assert "there is nothing to hold against anything" in empty.text
    assert "come back after some weeks" in empty.text
    assert "svg" not in empty.tags
    assert "false alarms" not in empty.text


def test_levels_nobody_reported_on_are_neither_right_nor_wrong() -> None:
    weeks = tuple(week(n, Level.ELEVATED, nan) for n in range(5))
    text = page(*weeks).text
    assert "can be called right or wrong" in text
    assert "A short knee check-in each week" in text
    assert levels_picture(backtest(weeks)) is None
    assert text.count("Not known: nobody told") == 5


@pytest.mark.parametrize("weeks", [(), WEEKS])
def test_the_page_stands_alone_and_runs_nothing(weeks: tuple[JudgedWeek, ...]) -> None:
    html = render_html(backtest(weeks), weeks)
    read = Reader(html)
    assert not read.tags & {"script", "link", "iframe", "img"}
    assert read.links == []
    assert len(read.ids) == len(set(read.ids))
    assert "prefers-color-scheme:dark" in html
    assert len(html) < 60_000


def test_a_name_cannot_break_out_of_the_page() -> None:
    read = page(week(0, Level.HIGH, 0.0, '<b title="x">'))
    assert '<b title="x">' in read.text
