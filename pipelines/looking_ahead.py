"""What a run that is planned would do to its athlete's level, as of the day before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from features.training_log import Athlete
from models import envelope, risk, triage
from models.envelope import PlannedRun
from models.verdict import RiskAssessment
from pipelines.logbook import questionnaires
from pipelines.model_in_use import learned_coefficients
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db

if TYPE_CHECKING:
    from pipelines.steps import Home


@dataclass(frozen=True, slots=True)
class LookAhead:
    """The verdict on that day without the run and with it, and the longest run that would not raise it."""

    run: PlannedRun
    without: RiskAssessment
    planned: RiskAssessment
    longest_that_keeps_m: float | None


def look_ahead(home: Home, db: Db, athlete: Athlete, run: PlannedRun) -> LookAhead:
    today = home.settings.today_in(athlete.zone)
    before, month = reading.planned_day(db, athlete.id, today, run.day)
    told = home.logbook.check_ins(athlete.id, date.min, today)
    answers = questionnaires.ostrc(home.logbook, athlete.id)
    felt = triage.triage(told, today, athlete.birth_year, answers)
    after = envelope.with_run(before, month, run)
    learned = learned_coefficients(home.settings)
    without, planned = risk.assess_days([before, after], [athlete] * 2, [felt] * 2, learned)
    return LookAhead(run, without, planned, envelope.longest_that_keeps(before, month, athlete))
