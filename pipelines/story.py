"""Gathers one athlete's week from warehouse and logbook into the story that a report tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from features import evidence
from features.training_log import Athlete, CheckIn, DayFeatures, Shoe, Week
from models import advice, risk, triage
from models.adherence import Adherence, adherence
from models.exercise_choice import Practice
from models.knee_pain import KneePain, knee_pain
from models.track_record import TrackRecord, track_record
from models.verdict import RiskAssessment, Triage
from pipelines import past_weeks
from pipelines.logbook import exercises, questionnaires
from pipelines.logbook import shoes as shoe_book
from pipelines.logbook.store import Logbook
from pipelines.model_in_use import learned_coefficients
from pipelines.settings import Settings
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from reports.week_story import CadenceHabit, SessionLine, WeekStory

WEEKS_SHOWN = 12
DAYS_LOOKED_BACK = 365


def verdict_on(
    settings: Settings, logbook: Logbook, db: Db, athlete: Athlete, day: date
) -> tuple[DayFeatures, Triage, RiskAssessment]:
    """Features, triage and verdict of one athlete as of one day."""
    features = reading.day_features(db, athlete.id, day)
    check_ins = logbook.check_ins(athlete.id, day - timedelta(weeks=WEEKS_SHOWN), day)
    answers = questionnaires.ostrc(logbook, athlete.id)
    state = triage.triage(check_ins, day, athlete.birth_year, answers)
    return features, state, risk.assess(features, athlete, state, learned_coefficients(settings))


def build_story(
    settings: Settings, logbook: Logbook, db: Db, athlete: Athlete, week: Week, until: date | None = None
) -> WeekStory:
    """Everything the weekly report of ``week`` says; of a week under way, what there is up to ``until`` (None: today)."""
    as_of = min(week.last_day, until or settings.today_in(athlete.zone))
    day_before = week.first_day - timedelta(days=1)
    features, state, assessment = verdict_on(settings, logbook, db, athlete, as_of)
    before = reading.day_features(db, athlete.id, day_before)
    first_shown = week.shifted(1 - WEEKS_SHOWN).first_day
    check_ins = logbook.check_ins(athlete.id, first_shown, as_of)
    pairs = shoe_book.shoes(logbook, athlete.id)
    shoes = reading.shoe_days(db, athlete.id, as_of, pairs)
    pain = knee_pain(check_ins, as_of, state)
    known = practice(logbook, db, athlete, pain, check_ins, as_of)
    in_use = tuple(pair for pair in shoes if pair.distance_28d_m > 0 or pair.runs == 0)
    return WeekStory(
        athlete=athlete,
        week=week,
        as_of=as_of,
        sessions=with_shoe_names(reading.sessions(db, athlete.id, week.first_day, as_of), pairs),
        weeks=reading.week_totals(db, athlete.id, week, WEEKS_SHOWN, check_ins),
        features=features,
        features_before=before if before["history_days"] is not None else None,
        assessment=assessment,
        triage=state,
        knee_pain=pain,
        plan=advice.plan(assessment, state, athlete, features, before, in_use, known),
        shoes=in_use,
        check_ins=tuple(
            c for c in check_ins if c.day > as_of - timedelta(days=evidence.value("red_flag_window_days"))
        ),
        cadence=_cadence_habit(db, athlete, week.first_day, as_of),
        files_with_problems=reading.files_with_problems(db, athlete.id),
        past=_past(logbook, db, athlete, as_of),
        adherence=_adherence(logbook, athlete, week, known, as_of),
    )


def _past(logbook: Logbook, db: Db, athlete: Athlete, as_of: date) -> TrackRecord:
    """What became of the last year's levels, as far as the fortnight after them is over."""
    over = as_of - timedelta(days=evidence.value("onset_window_days"))
    since = over - timedelta(days=DAYS_LOOKED_BACK)
    weeks = past_weeks.judged_weeks(logbook, db, (athlete.id,))
    return track_record([week for week in weeks if since < week.day <= over])


def _adherence(
    logbook: Logbook, athlete: Athlete, week: Week, known: Practice, as_of: date
) -> Adherence | None:
    plan = exercises.plan_of(logbook, athlete.id, week.first_day)
    return None if plan is None else adherence(plan, known.done, known.ran, as_of)


def practice(
    logbook: Logbook, db: Db, athlete: Athlete, pain: KneePain, check_ins: tuple[CheckIn, ...], as_of: date
) -> Practice:
    """What a plan rests on beside the week's features."""
    first = as_of - timedelta(weeks=evidence.value("habit_weeks") + 1)
    return Practice(
        pain_kinds=pain.kinds,
        done=tuple(d for d in exercises.done_by(logbook, athlete.id) if d.day <= as_of),
        check_ins=check_ins,
        ran=reading.days_run_on(db, athlete.id, first, as_of),
    )


def with_shoe_names(sessions: tuple[SessionLine, ...], pairs: tuple[Shoe, ...]) -> tuple[SessionLine, ...]:
    """The sessions with each pair called as the athlete calls it."""
    names = {pair.id: pair.name for pair in pairs}
    return tuple(replace(s, shoe=names.get(s.shoe, s.shoe) if s.shoe else None) for s in sessions)


def _cadence_habit(db: Db, athlete: Athlete, monday: date, as_of: date) -> CadenceHabit | None:
    """The week's mean cadence beside what this athlete usually has at that speed, if that is known."""
    means = reading.mean_cadence(db, athlete.id, monday, as_of)
    since = monday - timedelta(days=evidence.value("usual_cadence_days"))
    habit = reading.cadence_habit(db, athlete.id, since, monday)
    if means is None or habit is None:
        return None
    speed, observed = means
    if not habit.slowest_mps <= speed <= habit.fastest_mps:
        return None
    usual = float(habit.cadence_spm(np.array([speed]))[0])
    return CadenceHabit(observed_spm=observed, usual_spm=usual, speed_mps=speed, runs=habit.runs)
