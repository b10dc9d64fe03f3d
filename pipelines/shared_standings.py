"""Where athletes stand, for one coach: all of them in a few questions, of each only what was shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from features import evidence
from features.training_log import Athlete, CheckIn
from models.adherence import GivenPlan, adherence
from models.progress import DoneExercise
from models.running_week import DAYS
from models.triage import triage
from models.verdict import Level
from pipelines.logbook.many_athletes import check_ins_of, done_of, plans_of
from pipelines.logbook.store import Logbook
from pipelines.settings import Settings
from pipelines.warehouse import standings
from pipelines.warehouse.published import Published
from reports.attention import Pain, PlanKept, Standing
from reports.dashboard.ports.coach import Shared
from reports.dashboard.viewer import Scope


def shared_standings(
    settings: Settings, logbook: Logbook, published: Published, shared: Shared
) -> tuple[Standing, ...]:
    """One for each athlete who shares anything, as of today. Raises KneewiseError where the published copy is
    one of an earlier version."""
    people = [a for a in logbook.athletes() if shared.get(a.id)]
    todays = {a.id: settings.today_in(a.zone) for a in people}
    pains = _pains(logbook, [a for a in people if Scope.PAIN in shared[a.id]], todays)
    names = {a.id: a.name for a in people if Scope.TRAINING in shared[a.id]}
    with_body = [a.id for a in people if Scope.BODY in shared[a.id]]
    found: dict[str, Standing] = {}
    if names and published.identity() is not None:
        plans = _plans(logbook, list(names), todays)
        with published.reading() as db:
            found = standings.standings(db, names, with_body, todays, pains, plans)
    return tuple(found.get(a.id) or _without_verdict(a, a.id in names, pains.get(a.id)) for a in people)


def _plans(logbook: Logbook, athletes: Sequence[str], todays: Mapping[str, date]) -> dict[str, PlanKept]:
    since = min(todays.values()) - timedelta(days=2 * DAYS)
    plans = plans_of(logbook, athletes, since)
    done = done_of(logbook, athletes, since)
    kept = {a: _plan_kept(plans[a], done[a], todays[a]) for a in athletes}
    return {a: plan for a, plan in kept.items() if plan is not None}


def _pains(logbook: Logbook, people: Sequence[Athlete], todays: Mapping[str, date]) -> dict[str, Pain]:
    if not people:
        return {}
    window = evidence.value("red_flag_window_days")
    told = check_ins_of(logbook, [a.id for a in people], min(todays.values()) - timedelta(days=window))
    return {a.id: _pain(told[a.id], todays[a.id], a.birth_year) for a in people}


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
