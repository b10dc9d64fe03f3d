"""One day of the week's exercises, to be ticked off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.adherence import GivenPlan
from models.exercises import by_id
from models.progress import DoneExercise, progress
from reports import exercise_words, wording


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An exercise as planned; ``pain`` (0 to 10) is what was told of it, None = not said or not done."""

    exercise: str
    name: str
    dose: str
    standing: str
    is_done: bool
    pain: int | None


@dataclass(frozen=True, slots=True)
class WeekdayMark:
    """A day of the week, with a sign and the words that it stands for; ``is_open`` where it can be told of."""

    day: date
    name: str
    sign: str
    words: str
    is_open: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class PlanDay:
    """``asks_next_morning`` from the day after; ``morning_after`` is a day before whose next morning was not told."""

    athlete: str
    day: date
    title: str
    is_today: bool
    is_planned: bool
    planned_days: str
    week: tuple[WeekdayMark, ...]
    lines: tuple[PlanLine, ...]
    next_morning: int | None
    asks_next_morning: bool
    morning_after: date | None
    advice: str


def plan_day(
    athlete: str, plan: GivenPlan, done: Sequence[DoneExercise], day: date, today: date, rescreen: bool
) -> PlanDay:
    """``done`` are all sessions of the athlete that were ever told; ``rescreen``: one of them hurt too much."""
    planned = {given.exercise: given.step for given in plan.exercises}
    told = {d.exercise: d for d in done if d.day == day}
    mornings = {d.pain_next_morning for name, d in told.items() if name in planned}
    return PlanDay(
        athlete=athlete,
        day=day,
        title="Today" if day == today else f"{wording.weekday(day)} {wording.short_date(day)}",
        is_today=day == today,
        is_planned=day in plan.days,
        planned_days=exercise_words.days(plan.days),
        week=tuple(_mark(plan, done, plan.first_day + timedelta(days=n), day, today) for n in range(7)),
        lines=tuple(_line(name, step, told.get(name), done, today) for name, step in planned.items()),
        next_morning=max((pain for pain in mornings if pain is not None), default=None),
        asks_next_morning=day < today,
        morning_after=_morning_after(plan, done, today),
        advice=exercise_words.NOTHING["rescreen"] if rescreen else "",
    )


def _line(
    name: str, step: int, told: DoneExercise | None, done: Sequence[DoneExercise], today: date
) -> PlanLine:
    exercise = by_id()[name]
    return PlanLine(
        exercise=name,
        name=exercise.name,
        dose=wording.capitalised(exercise_words.dose(exercise, exercise.steps[step - 1])),
        standing=exercise_words.standing(exercise, progress(exercise, done, today)),
        is_done=told is not None,
        pain=None if told is None else told.pain,
    )


def _mark(plan: GivenPlan, done: Sequence[DoneExercise], at: date, shown: date, today: date) -> WeekdayMark:
    planned = {given.exercise for given in plan.exercises}
    count = len({d.exercise for d in done if d.day == at} & planned)
    sign, words = ("○", "planned") if at in plan.days else ("", "")
    if count:
        sign, words = f"{count}/{len(planned)}", f"{count} of {len(planned)} done"
    return WeekdayMark(at, wording.short_weekday(at), sign, words, at <= today, at == shown)


def _morning_after(plan: GivenPlan, done: Sequence[DoneExercise], today: date) -> date | None:
    """Yesterday, if something was done then and this morning was not told of."""
    yesterday = today - timedelta(days=1)
    open_still = [d for d in done if d.day == yesterday and d.pain_next_morning is None]
    return yesterday if open_still and yesterday >= plan.first_day else None
