"""What is worth telling one athlete now: facts from warehouse and logbook, made into notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from features.training_log import Athlete
from pipelines.logbook import notices, planned_runs, shoes, telling
from pipelines.looking_ahead import look_ahead
from pipelines.warehouse import reading
from pipelines.warehouse.store import Db
from reports import alerts
from reports.alerts import Notice

if TYPE_CHECKING:
    from pipelines.steps import Home

ALERT_DAYS = 7  # a spike older than a week is history, not news


def due(home: Home, db: Db, athlete: Athlete) -> tuple[Notice, ...]:
    """Every notice that holds today, told before or not; what is snoozed is left for later."""
    today = home.settings.today_in(athlete.zone)
    found = (*from_check_ins(home, athlete), *_from_data(home, db, athlete, today))
    return not_snoozed(home, athlete, found)


def from_check_ins(home: Home, athlete: Athlete) -> tuple[Notice, ...]:
    """Pain and red flags: the logbook alone knows them."""
    today = home.settings.today_in(athlete.zone)
    told = home.logbook.check_ins(athlete.id, date.min, today)
    return (
        *alerts.red_flag_notices(told, athlete.id, today, athlete.birth_year),
        *alerts.pain_notices(told, athlete.id, today),
    )


def not_snoozed(home: Home, athlete: Athlete, found: tuple[Notice, ...]) -> tuple[Notice, ...]:
    today = home.settings.today_in(athlete.zone)
    put_off = {(s.kind, s.subject) for s in telling.snoozes(home.logbook, athlete.id, today)}
    return tuple(n for n in found if not {(n.kind, ""), (n.kind, n.subject)} & put_off)


def _from_data(home: Home, db: Db, athlete: Athlete, today: date) -> Iterator[Notice]:
    pairs = reading.shoe_days(db, athlete.id, today, shoes.shoes(home.logbook, athlete.id))
    in_use = [pair for pair in pairs if pair.distance_28d_m > 0]  # an old pair in the attic is no news
    yield from alerts.shoe_notices(in_use, athlete.units)
    recent = reading.sessions(db, athlete.id, today - timedelta(days=ALERT_DAYS), today)
    days = reading.day_features(db, athlete.id, today)["history_days"]
    since = None if days is None else today - timedelta(days=round(days) - 1)
    yield from alerts.spike_notices(recent, athlete.id, today, since, athlete.units)
    for run in planned_runs.to_come(home.logbook, athlete.id, today):
        ahead = look_ahead(home, db, athlete, run)
        yield from alerts.planned_run_notices(
            run, ahead.without, ahead.planned, ahead.longest_that_keeps_m, today, athlete.units
        )
    last_day = reading.last_recorded_day(db, athlete.id)
    yield from alerts.no_data_notices(last_day, athlete.id, today, home.settings.no_data_days)
    known = notices.standing_stages(home.logbook, athlete.id, alerts.FILES)
    rejected = [row for row in reading.rejected_files(db, athlete.id) if row[0] not in known]
    yield from alerts.file_notices(rejected, athlete.id, today)
