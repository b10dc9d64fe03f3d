"""The plan of an athlete's present week, as it stands today."""

from __future__ import annotations

from datetime import timedelta

from features.training_log import Athlete, Week
from models import advice, risk, triage
from models.knee_pain import knee_pain
from models.verdict import Plan, Triage
from pipelines.logbook import questionnaires
from pipelines.logbook import shoes as shoe_book
from pipelines.logbook.store import Logbook
from pipelines.model_in_use import learned_coefficients
from pipelines.settings import Settings
from pipelines.story import WEEKS_SHOWN, practice
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db


def coming_plan(settings: Settings, logbook: Logbook, db: Db, athlete: Athlete) -> tuple[Week, Plan, Triage]:
    """The plan of the athlete's present week: of the running up to its first day, of all that was told up to today."""
    today = settings.today_in(athlete.zone)
    week = Week.of(today, athlete.week_start)
    day = week.first_day - timedelta(days=1)
    features = reading.day_features(db, athlete.id, day)
    before = reading.day_features(db, athlete.id, day - timedelta(weeks=1))
    check_ins = logbook.check_ins(athlete.id, today - timedelta(weeks=WEEKS_SHOWN), today)
    state = triage.triage(check_ins, today, athlete.birth_year, questionnaires.ostrc(logbook, athlete.id))
    assessment = risk.assess(features, athlete, state, learned_coefficients(settings))
    shoes = reading.shoe_days(db, athlete.id, day, shoe_book.shoes(logbook, athlete.id))
    in_use = tuple(pair for pair in shoes if pair.distance_28d_m > 0 or pair.runs == 0)
    known = practice(logbook, db, athlete, knee_pain(check_ins, today, state), check_ins, today)
    return week, advice.plan(assessment, state, athlete, features, before, in_use, known, today), state
