"""Answers the plan's tick boxes: the plan as it was given for this week, or as it stands where none was given yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from features.training_log import Athlete, Week
from models.adherence import GivenPlan, given
from models.exercises import by_id
from models.progress import DoneExercise, must_rescreen
from models.triage import triage
from pipelines.coming_week import coming_plan
from pipelines.logbook import exercises, questionnaires
from pipelines.serving.reach import Reach
from reports.dashboard.refusals import Refused
from reports.dashboard.views.plan_day import PlanDay, plan_day

FELT = timedelta(weeks=12)  # further back no check-in speaks for or against an exercise
NO_PLAN = "No exercises are planned for this week."


class Plans:
    """``reports.dashboard.ports.plans.PlanPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def day(self, athlete: str, day: date | None = None) -> PlanDay | None:
        person = self._reach.logbook.athlete(athlete)
        today = self._reach.settings.today_in(person.zone)
        plan = self._reach.kept.get(("plan", athlete, today), lambda: self._plan(person, today))
        if plan is None:
            return None
        logbook = self._reach.logbook
        done = exercises.done_by(logbook, athlete)
        rescreen = must_rescreen(done, logbook.check_ins(athlete, today - FELT, today), today)
        return plan_day(athlete, plan, done, _open(plan, day or today, today), today, rescreen)

    def tell(self, athlete: str, day: date, pain: Mapping[str, int | None], next_morning: int | None) -> None:
        person = self._reach.logbook.athlete(athlete)
        today = self._reach.settings.today_in(person.zone)
        plan = self._plan(person, today)
        if plan is None:
            raise Refused(NO_PLAN)
        when = _open(plan, day, today)
        steps = {planned.exercise: planned.step for planned in plan.exercises}
        if not set(pain) <= set(steps):
            raise Refused("That exercise is not planned for this week.")
        if not all(value is None or 0 <= value <= 10 for value in (*pain.values(), next_morning)):
            raise Refused("Pain is told on a scale from 0 to 10.")
        after = next_morning if when < today else None
        done = [DoneExercise(athlete, when, name, steps[name], told, after) for name, told in pain.items()]
        exercises.put_day(self._reach.logbook, athlete, when, set(steps), done)
        self._reach.wake()

    def _plan(self, person: Athlete, today: date) -> GivenPlan | None:
        """None where no exercise is planned, or a red flag came since."""
        logbook, settings = self._reach.logbook, self._reach.settings
        told = logbook.check_ins(person.id, today - FELT, today)
        answers = questionnaires.ostrc(logbook, person.id)
        if not triage(told, today, person.birth_year, answers).exercises_allowed:
            return None
        week = Week.of(today, person.week_start)
        plan = exercises.plan_of(logbook, person.id, week.first_day)
        if plan is None:
            if self._reach.published.identity() is None:
                return None
            with self._reach.published.reading() as db:
                plan = given(coming_plan(settings, logbook, db, person)[1], week.first_day)
        known = by_id()
        still = (e for e in plan.exercises if e.exercise in known and e.step <= len(known[e.exercise].steps))
        plan = replace(plan, exercises=tuple(still))
        return plan if plan.exercises else None


def _open(plan: GivenPlan, day: date, today: date) -> date:
    if day > today:
        raise Refused(f"{day} has not come yet.")
    if day < plan.first_day:
        raise Refused(f"{day} is before this week. Add it with: kneewise exercise done")
    return day
