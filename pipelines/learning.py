"""Learns from the home's own athletes, or from simulated ones, and holds past verdicts against logged pain."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.ostrc import Ostrc
from features.training_log import Athlete, CheckIn, Column
from models import backtest as backtesting
from models import learned, simulation
from models.comparison import compare
from models.injury_history import is_knee
from models.learned import LearnedModel
from models.learning_rows import FEATURES, learning_rows
from models.outcomes import Reports, label, problem_days, unwell
from models.training import Rows, anchored, learn
from models.verdict import Level
from pipelines.errors import KneewiseError
from pipelines.logbook import questionnaires
from pipelines.settings import Settings
from pipelines.steps import Home
from pipelines.warehouse import learning as histories_of
from pipelines.warehouse.learning import Histories
from pipelines.warehouse.store import Db
from reports.backtest import render_text
from reports.calibration import render_html

SEED = 20261122
SIMULATED_DAYS = 730


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and where it and its card were written."""

    model: LearnedModel
    json: Path
    card: Path


@dataclass(frozen=True, slots=True)
class Told:
    """What all athletes of the histories reported, and the days since their last knee injury."""

    reports: Reports
    days_since_knee_injury: Column


def train(home: Home, db: Db) -> Trained:
    """Learn from the athletes of this home, compare, and write model and card.

    Raises KneewiseError, with what is missing, where there is too little to learn from.
    """
    past = histories_of.histories(db, FEATURES)
    told = told_by(home, past)
    athlete = np.array(past.athletes)
    rows = learning_rows(past.features, told.days_since_knee_injury, told.reports, athlete, past.first_day)
    athletes, problems = len(np.unique(rows.athlete)), int(rows.outcome.sum())
    needed = int(evidence.value("learning_athletes_min")), int(evidence.value("learning_problems_min"))
    if athletes < needed[0] or problems < needed[1]:
        raise KneewiseError(
            f"too little to learn from: {len(rows)} fortnights with a known outcome, of {athletes} athletes, with "
            f"{problems} knee problems. At least {needed[0]} athletes with {needed[1]} problems in all are needed; "
            "until then the evidence model stays. Weekly check-ins make fortnights known. "
            "`kneewise train --simulate 200` shows what learning would look like."
        )
    return _trained(home.settings, rows, is_simulated=False)


def train_simulated(settings: Settings, athletes: int) -> Trained:
    """The same with simulated athletes; what comes of it is marked so and never used."""
    least = int(evidence.value("learning_athletes_min"))
    if athletes < least:
        raise KneewiseError(f"at least {least} athletes are needed to learn, simulated or not.")
    cohort = simulation.simulate(athletes, SIMULATED_DAYS, seed=SEED)
    return _trained(settings, simulation.rows_of(cohort), is_simulated=True)


def _trained(settings: Settings, rows: Rows, *, is_simulated: bool) -> Trained:
    compared = compare(rows, seed=SEED)
    model = learned.made(
        rows,
        learn(rows),
        anchored(),
        compared,
        made_on=settings.now().date(),
        is_simulated=is_simulated,
    )
    return Trained(model, *learned.write(model, settings.models_path))


def backtest(home: Home, db: Db) -> tuple[backtesting.Backtest, Path]:
    """Every Sunday's level against the fortnight after it; also written as a page below the reports."""
    judged = judged_weeks(home, db)
    result = backtesting.backtest(judged)
    page = home.settings.reports_path / "backtest.html"
    page.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    page.write_text(render_html(result, judged), encoding="utf-8")
    page.with_suffix(".txt").write_text(render_text(result), encoding="utf-8")
    return result, page


def judged_weeks(
    home: Home, db: Db, athletes: Collection[str] | None = None
) -> tuple[backtesting.JudgedWeek, ...]:
    """Every Sunday's level and what followed, of all athletes or of some; of others nothing is read."""
    past = histories_of.histories(db, (), athletes)
    told = told_by(home, past)
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
            backtesting.JudgedWeek(
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


def told_by(home: Home, past: Histories) -> Told:
    """Check-ins, weekly answers and knee injuries of the logbook, on the days of the histories."""
    shape = (len(past.athletes), int(past.days.max(initial=0)))
    recorded = np.arange(shape[1]) < past.days[:, None]
    pain, participation = np.full(shape, np.nan), np.full(shape, np.nan)
    injured = np.zeros(shape, dtype=bool)
    since = np.full(shape, np.nan)
    people = {athlete.id: athlete for athlete in home.logbook.athletes()}
    for row, name in enumerate(past.athletes):
        first = int(past.first_day[row])
        days = int(past.days[row])
        _put_pain(pain[row, :days], home.logbook.check_ins(name, date.min, date.max), first)
        _put_answers(participation[row, :days], questionnaires.ostrc(home.logbook, name), first)
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
