"""Answers a coach's pages: all athletes in a few questions, of each only what was shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from features import evidence
from features.training_log import Athlete, CheckIn
from models.adherence import GivenPlan, adherence
from models.backtest import JudgedWeek
from models.progress import DoneExercise
from models.running_week import DAYS
from models.triage import triage
from models.verdict import Level
from pipelines.logbook.many_athletes import check_ins_of, done_of, plans_of
from pipelines.past_weeks import judged_weeks
from pipelines.serving.reach import Reach
from pipelines.warehouse import standings
from reports.attention import Pain, PlanKept, Standing
from reports.comparing import AthleteWeeks
from reports.dashboard.ports.coach import Shared
from reports.dashboard.viewer import Scope


class Coaching:
    """Answers ``reports.dashboard.ports.coach.CoachPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def today(self) -> date:
        return self._reach.settings.now().date()

    def standings(self, shared: Shared) -> tuple[Standing, ...]:
        asked = ("standings", _key(shared))
        return self._reach.kept.get(asked, lambda: self._standings(shared))

    def weeks(self, shared: Shared, athletes: Sequence[str], number: int) -> tuple[AthleteWeeks, ...]:
        wanted = [name for name in athletes if Scope.TRAINING in shared.get(name, ())]
        names = {a.id: a.name for a in self._reach.logbook.athletes()}
        with self._reach.published.reading() as db:
            found = standings.weeks(db, wanted, number)
        return tuple(AthleteWeeks(one, names[one], found.get(one, ())) for one in wanted if one in names)

    def judged_weeks(self, shared: Shared) -> tuple[JudgedWeek, ...]:
        wanted = [one for one, scopes in shared.items() if {Scope.TRAINING, Scope.PAIN} <= scopes]
        asked = ("judged weeks", tuple(sorted(wanted)))
        return self._reach.kept.get(asked, lambda: self._judged_weeks(wanted))

    def _judged_weeks(self, wanted: Sequence[str]) -> tuple[JudgedWeek, ...]:
        names = _names_apart(self._reach.logbook.athletes())
        if self._reach.published.identity() is None:
            return ()
        with self._reach.published.reading() as db:
            weeks = judged_weeks(self._reach.logbook, db, wanted)
        return tuple(replace(week, athlete=names[week.athlete]) for week in weeks)

    def _standings(self, shared: Shared) -> tuple[Standing, ...]:
        people = [a for a in self._reach.logbook.athletes() if shared.get(a.id)]
        todays = {a.id: self._reach.settings.today_in(a.zone) for a in people}
        pains = self._pains([a for a in people if Scope.PAIN in shared[a.id]], todays)
        names = {a.id: a.name for a in people if Scope.TRAINING in shared[a.id]}
        with_body = [a.id for a in people if Scope.BODY in shared[a.id]]
        found: dict[str, Standing] = {}
        if names and self._reach.published.identity() is not None:
            with self._reach.published.reading() as db:
                found = standings.standings(
                    db, names, with_body, todays, pains, self._plans(list(names), todays)
                )
        return tuple(found.get(a.id) or _without_verdict(a, a.id in names, pains.get(a.id)) for a in people)

    def _plans(self, athletes: Sequence[str], todays: Mapping[str, date]) -> dict[str, PlanKept]:
        since = min(todays.values()) - timedelta(days=2 * DAYS)
        plans = plans_of(self._reach.logbook, athletes, since)
        done = done_of(self._reach.logbook, athletes, since)
        kept = {a: _plan_kept(plans[a], done[a], todays[a]) for a in athletes}
        return {a: plan for a, plan in kept.items() if plan is not None}

    def _pains(self, people: Sequence[Athlete], todays: Mapping[str, date]) -> dict[str, Pain]:
        if not people:
            return {}
        window = evidence.value("red_flag_window_days")
        told = check_ins_of(
            self._reach.logbook, [a.id for a in people], min(todays.values()) - timedelta(days=window)
        )
        return {a.id: _pain(told[a.id], todays[a.id], a.birth_year) for a in people}


def _names_apart(people: Sequence[Athlete]) -> dict[str, str]:
    """Id → name; of several with the same name the id is told too."""
    counts = Counter(a.name for a in people)
    return {a.id: a.name if counts[a.name] == 1 else f"{a.name} ({a.id})" for a in people}


def _without_verdict(athlete: Athlete, is_training_shared: bool, pain: Pain | None) -> Standing:
    level = Level.UNKNOWN if is_training_shared else None
    return Standing(athlete.id, athlete.name, level=level, pain=pain)


def _plan_kept(plans: Mapping[date, GivenPlan], done: Sequence[DoneExercise], today: date) -> PlanKept | None:
    """Of the week under way; of the one before while this one has asked for nothing yet."""
    for first_day in sorted(plans, reverse=True):
        if first_day <= today:
            found = adherence(plans[first_day], done, (), today)
            if found.sessions_planned:
                return PlanKept(found.sessions_done, found.sessions_planned)
    return None


def _pain(told: Sequence[CheckIn], today: date, birth_year: int | None) -> Pain:
    week = timedelta(days=evidence.value("pain_window_days"))
    now, before = triage(told, today, birth_year), triage(told, today - week, birth_year)
    return Pain(now.red_flags, now.worst_pain, before.worst_pain, now.check_ins)


def _key(shared: Shared) -> tuple[tuple[str, tuple[Scope, ...]], ...]:
    return tuple(sorted((athlete, tuple(sorted(scopes))) for athlete, scopes in shared.items()))
