"""Which days of the week may have exercises, from the days on which somebody runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.exercise_days import day_sets
from models.running_week import RanOn, RunningWeek, running_week

MONDAY = date(2026, 11, 16)
TUE, THU, SAT, SUN = 1, 3, 5, 6


def habit(
    *weekdays: int, long: int | None = None, hard: tuple[int, ...] = (), m: float = 6000.0
) -> RunningWeek:
    on = tuple(n in weekdays for n in range(7))
    return RunningWeek(
        on, tuple(n in hard for n in range(7)), tuple(m if ran else 0.0 for ran in on), long, 6
    )


def best(week: RunningWeek, last_session: date | None = None) -> list[int]:
    sets = day_sets(MONDAY, week, last_session)
    return [day.weekday() for day in sets[0].days] if sets else []


def ran(weekday: int, weeks_back: int, km: float, hard: bool | None = False) -> RanOn:
    return RanOn(MONDAY + timedelta(days=weekday - 7 * weeks_back), km * 1000, None, hard)


def test_rest_days_come_before_running_days_and_never_the_day_before_the_long_run() -> None:
    # runs on Tuesday, Thursday and the long one on Sunday: Monday, Wednesday and Friday are free
    assert best(habit(TUE, THU, SUN, long=SUN)) == [0, 2, 4]


def test_hard_days_are_left_alone_and_easy_ones_taken_where_there_is_no_rest_day() -> None:
    every_day = habit(*range(7), long=SAT, hard=(1, 3))
    assert best(every_day) == [0, 2, 6] or best(every_day) == [2, 6]
    for chosen in day_sets(MONDAY, every_day, None):
        assert not {day.weekday() for day in chosen.days} & {1, 3, 4, 5}


def test_sunday_is_next_to_monday_and_a_day_lies_between() -> None:
    for chosen in day_sets(MONDAY, RunningWeek(), None):
        days = [day.weekday() for day in chosen.days]
        assert not any((a + 1) % 7 in days for a in days)
        assert len(days) <= 3


def test_where_nothing_is_known_of_the_runs_the_days_are_spread_from_monday_on() -> None:
    assert best(RunningWeek()) == [0, 2, 4]


def test_a_session_on_sunday_bars_monday() -> None:
    assert best(RunningWeek(), MONDAY - timedelta(days=1)) == [1, 3, 5]


def test_a_week_may_begin_on_sunday() -> None:
    week = habit(TUE, THU, SUN, long=SUN)
    sets = day_sets(MONDAY - timedelta(days=1), week, None)
    assert [day.weekday() for day in sets[0].days] == [0, 2, 4]
    assert all(MONDAY - timedelta(days=1) <= day < MONDAY + timedelta(days=6) for s in sets for day in s.days)


def test_a_week_of_hard_days_has_no_room() -> None:
    assert day_sets(MONDAY, habit(*range(7), long=SUN, hard=tuple(range(7))), None) == ()


def test_the_load_of_the_days_is_that_of_the_heaviest() -> None:
    week = habit(0, 2, long=SUN, m=7000.0)
    loads = {tuple(d.weekday() for d in s.days): s.running_m for s in day_sets(MONDAY, week, None)}
    assert loads[(1, 3)] == 0 and loads[(0, 3)] == 7000 and loads[(1,)] == 0


def test_habits_are_learned_from_six_weeks() -> None:
    days = [ran(weekday, back, km) for back in range(1, 7) for weekday, km in ((TUE, 8), (THU, 6), (SUN, 15))]
    week = running_week(days, MONDAY)
    assert [n for n in range(7) if week.runs[n]] == [TUE, THU, SUN]
    assert (week.long_weekday, week.weeks) == (SUN, 6)
    assert week.knee_m[TUE] == 8000


def test_half_of_the_weeks_make_a_habit_and_less_does_not() -> None:
    sundays = [ran(SUN, back, 15) for back in range(1, 7)]
    assert running_week([*sundays, *(ran(TUE, back, 5) for back in (1, 2, 3))], MONDAY).runs[TUE]
    assert not running_week([*sundays, *(ran(TUE, back, 5) for back in (1, 2))], MONDAY).runs[TUE]


def test_a_day_is_hard_if_half_of_its_runs_are_known_to_be() -> None:
    days = [ran(TUE, 1, 8, True), ran(TUE, 2, 8, None), ran(THU, 1, 8, True), ran(THU, 2, 8), ran(THU, 3, 8)]
    week = running_week(days, MONDAY)
    assert week.hard[TUE] and not week.hard[THU]


def test_a_single_run_a_week_is_no_long_run() -> None:
    assert running_week([ran(SUN, back, 15) for back in range(1, 7)], MONDAY).long_weekday is None


def test_a_short_record_counts_its_own_weeks_alone() -> None:
    week = running_week([ran(TUE, 1, 5), ran(SAT, 1, 9)], MONDAY)
    assert (week.weeks, week.runs[TUE], week.long_weekday) == (1, True, SAT)


def test_no_run_is_no_habit() -> None:
    assert running_week([], MONDAY) == RunningWeek()
    assert running_week([ran(TUE, 9, 5)], MONDAY) == RunningWeek()
    assert running_week([RanOn(MONDAY, 5000.0)], MONDAY) == RunningWeek()


@pytest.mark.parametrize("known_m, load_m", [(None, 8000.0), (9100.0, 9100.0)])
def test_distance_stands_in_for_a_load_that_is_not_known(known_m: float | None, load_m: float) -> None:
    day = RanOn(MONDAY - timedelta(days=6), 8000.0, known_m)
    assert running_week([day], MONDAY).knee_m[TUE] == load_m
