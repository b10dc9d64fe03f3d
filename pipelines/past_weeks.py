"""Past weeks beside what followed them: each Sunday's level, and whether a knee problem was told of afterwards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.ostrc import Ostrc
from features.training_log import Athlete, CheckIn, Column
from models.backtest import JudgedWeek
from models.injury_history import is_knee
from models.outcomes import Reports, label, problem_days, unwell
from models.verdict import Level
from pipelines.logbook import questionnaires
from pipelines.logbook.store import Logbook
from pipelines.warehouse import learning as histories_of
from pipelines.warehouse.learning import Histories
from pipelines.warehouse.store import Db


@dataclass(frozen=True, slots=True)
class Told:
    """What all athletes of the histories reported, and the days since their last knee injury."""

    reports: Reports
    days_since_knee_injury: Column


def judged_weeks(logbook: Logbook, db: Db, athletes: Collection[str] | None = None) -> tuple[JudgedWeek, ...]:
    """Every Sunday's level and what followed, of all athletes or of some; of others nothing is read."""
    past = histories_of.histories(db, (), athletes)
    told = told_by(logbook, past)
    outcome, problem, is_unwell = label(told.reports), problem_days(told.reports), unwell(told.reports)
    number = {athlete: i for i, athlete in enumerate(past.athletes)}
    window = int(evidence.value("onset_window_days"))
    weeks = []
    for verdict in histories_of.past_verdicts(db, athletes):
        row = number[verdict.athlete]
        day = verdict.day.toordinal() - int(past.first_day[row])
        begins = np.flatnonzero(problem[row, day + 1 : day + 1 + window])
        happened = float(outcome[row, day])
        weeks.append(
            JudgedWeek(
                athlete=verdict.athlete,
                day=verdict.day,
                level=Level(verdict.level),
                log_hazard=verdict.log_hazard,
                outcome=happened,
                is_unwell=bool(is_unwell[row, day]),
                problem_on=verdict.day + timedelta(days=1 + int(begins[0])) if happened == 1 else None,
            )
        )
    return tuple(weeks)


def told_by(logbook: Logbook, past: Histories) -> Told:
    """Check-ins, weekly answers and knee injuries of the logbook, on the days of the histories."""
    shape = (len(past.athletes), int(past.days.max(initial=0)))
    recorded = np.arange(shape[1]) < past.days[:, None]
    pain, participation = np.full(shape, np.nan), np.full(shape, np.nan)
    injured = np.zeros(shape, dtype=bool)
    since = np.full(shape, np.nan)
    people = {athlete.id: athlete for athlete in logbook.athletes(past.athletes)}
    for row, name in enumerate(past.athletes):
        first = int(past.first_day[row])
        days = int(past.days[row])
        _put_pain(pain[row, :days], logbook.check_ins(name, date.min, date.max), first)
        _put_answers(participation[row, :days], questionnaires.ostrc(logbook, name), first)
        if name in people:
            _put_injuries(injured[row, :days], since[row, :days], people[name], first)
    return Told(Reports(pain, participation, injured, recorded), since)


def _put_pain(pain: Column, check_ins: Sequence[CheckIn], first_day: int) -> None:
    for check_in in check_ins:
        day = check_in.day.toordinal() - first_day
        if check_in.worst_pain is not None and 0 <= day < len(pain):
            pain[day] = check_in.worst_pain


def _put_answers(participation: Column, answers: Sequence[Ostrc], first_day: int) -> None:
    for answer in answers:
        day = answer.day.toordinal() - first_day
        if 0 <= day < len(participation):
            participation[day] = answer.participation


def _put_injuries(injured: NDArray[np.bool_], since: Column, athlete: Athlete, first_day: int) -> None:
    """As of each day: what began later is not known yet, and what ended later still lasts."""
    day = first_day + np.arange(len(since))
    for injury in filter(is_knee, athlete.injuries):
        start = injury.started_on.toordinal()
        end = date.max.toordinal() if injury.ended_on is None else injury.ended_on.toordinal()
        injured |= (day >= start) & (day <= end)
        since[:] = np.fmin(since, np.where(day >= start, np.maximum(day - end, 0.0), np.nan))
