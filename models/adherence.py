"""What was done of the plan that was given: sessions, exercises, and whether the longest run kept to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from models.progress import DoneExercise
from models.running_week import DAYS, RanOn
from models.verdict import Plan


@dataclass(frozen=True, slots=True)
class GivenExercise:
    """An exercise of a plan, at the step it was given at."""

    exercise: str
    step: int


@dataclass(frozen=True, slots=True)
class GivenPlan:
    """A week's plan as the athlete had it, whatever the rules have become since."""

    first_day: date
    days: tuple[date, ...]
    exercises: tuple[GivenExercise, ...]
    longest_run_m: float | None
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """How often one exercise was planned in the days that are over, and on how many days of the week it was done."""

    exercise: str
    planned: int
    done: int


@dataclass(frozen=True, slots=True)
class Adherence:
    """Done beside planned. A session is a day: ``sessions_done`` are days with at least one planned exercise.

    ``longest_run_m`` is None without a run whose distance is known; ``kept_longest`` is None where nothing can be said.
    """

    first_day: date
    sessions_planned: int
    sessions_done: int
    exercises: tuple[Kept, ...]
    longest_allowed_m: float | None
    longest_run_m: float | None
    kept_longest: bool | None


def given(plan: Plan, first_day: date) -> GivenPlan:
    """What of a plan is to be kept for later."""
    exercises = plan.exercises
    return GivenPlan(
        first_day=first_day,
        days=exercises.days,
        exercises=tuple(GivenExercise(p.exercise.id, p.step) for p in exercises.chosen),
        longest_run_m=plan.longest_run_m,
        changes=tuple(change.code for change in plan.changes),
    )


def adherence(plan: GivenPlan, done: Sequence[DoneExercise], ran: Sequence[RanOn], as_of: date) -> Adherence:
    """What was done up to ``as_of``; sessions planned for later are not asked for yet. Days may be swapped."""
    last = min(as_of, plan.first_day + timedelta(days=DAYS - 1))
    asked = sum(day <= last for day in plan.days)
    mine = {e.exercise: 0 for e in plan.exercises}
    days: set[date] = set()
    for d in done:
        if plan.first_day <= d.day <= last and d.exercise in mine:
            mine[d.exercise] += 1
            days.add(d.day)
    runs = [r.distance_m for r in ran if plan.first_day <= r.day <= last and r.distance_m is not None]
    longest_m = max(runs, default=None)
    can_be_told = plan.longest_run_m is not None and longest_m is not None
    return Adherence(
        first_day=plan.first_day,
        sessions_planned=asked,
        sessions_done=len(days),
        exercises=tuple(Kept(name, asked, times) for name, times in mine.items()),
        longest_allowed_m=plan.longest_run_m,
        longest_run_m=longest_m,
        kept_longest=(longest_m or 0.0) <= (plan.longest_run_m or 0.0) if can_be_told else None,
    )


def to_json(plan: GivenPlan) -> str:
    return json.dumps(asdict(plan), default=date.isoformat)


def from_json(text: str) -> GivenPlan:
    told = json.loads(text)
    return GivenPlan(
        first_day=date.fromisoformat(told["first_day"]),
        days=tuple(map(date.fromisoformat, told["days"])),
        exercises=tuple(GivenExercise(**e) for e in told["exercises"]),
        longest_run_m=told["longest_run_m"],
        changes=tuple(told["changes"]),
    )
