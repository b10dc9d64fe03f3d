"""What was done of a plan: counted up to the day that is asked for, days may be swapped, nothing told is nothing done."""

from __future__ import annotations

from datetime import date, timedelta

from knee_weeks import SUNDAY, felt, runner, verdict, week

from models.adherence import GivenExercise, GivenPlan, Kept, adherence, from_json, given, to_json
from models.advice import plan
from models.progress import DoneExercise
from models.running_week import RanOn

MONDAY = date(2026, 11, 16)
PLAN = GivenPlan(
    first_day=MONDAY,
    days=(MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)),
    exercises=(GivenExercise("mini_squat", 2), GivenExercise("quad_set", 1)),
    longest_run_m=12_500.0,
    changes=("shorten_long_run",),
)


def done(day: int, name: str = "mini_squat") -> DoneExercise:
    return DoneExercise("ada", MONDAY + timedelta(days=day), name, 2)


def test_sessions_are_days_and_exercises_are_counted_each() -> None:
    told = adherence(PLAN, [done(0), done(0, "quad_set"), done(3)], [], MONDAY + timedelta(days=6))
    assert (told.sessions_planned, told.sessions_done) == (3, 2)
    assert told.exercises == (Kept("mini_squat", 3, 2), Kept("quad_set", 3, 1))


def test_what_is_planned_for_later_is_not_asked_for_yet() -> None:
    told = adherence(PLAN, [done(0), done(4)], [], MONDAY + timedelta(days=1))
    assert (told.sessions_planned, told.sessions_done) == (1, 1)


def test_other_weeks_and_other_exercises_do_not_count() -> None:
    told = adherence(PLAN, [done(-1), done(7), done(1, "wall_sit")], [], MONDAY + timedelta(days=20))
    assert told.sessions_done == 0


def test_the_longest_run_is_held_against_what_was_given() -> None:
    def kept(*km: float | None) -> bool | None:
        ran = [RanOn(MONDAY + timedelta(days=n), None if k is None else k * 1000) for n, k in enumerate(km)]
        return adherence(PLAN, [], ran, MONDAY + timedelta(days=6)).kept_longest

    assert kept(6.0, 12.5) is True
    assert kept(12.6, 6.0) is False
    assert kept() is None
    assert kept(None) is None


def test_a_plan_is_kept_as_it_was_given() -> None:
    made = plan(verdict(week()), felt(), runner(), week(), None, ())
    kept = given(made, MONDAY)
    assert kept.days == made.exercises.days and SUNDAY + timedelta(days=1) == MONDAY
    assert [e.exercise for e in kept.exercises] == [p.exercise.id for p in made.exercises.chosen]
    assert from_json(to_json(kept)) == kept
    assert from_json(to_json(PLAN)) == PLAN
