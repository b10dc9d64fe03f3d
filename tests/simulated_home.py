"""A home folder filled with a simulated cohort: recordings in the warehouse, check-ins and injuries in the logbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from training import history, run

from features.ostrc import Ostrc
from features.training_log import Activity, Athlete, CheckIn, Injury
from models.simulation import Cohort
from pipelines import settings
from pipelines.logbook import questionnaires
from pipelines.steps import open_home
from pipelines.warehouse import store


def fill(folder: Path, cohort: Cohort) -> date:
    """Returns the last day of the cohort's record."""
    config = settings.load(folder)
    with open_home(config) as home, store.open_for_writing(config.warehouse_path) as db:
        history(db, list(_runs(cohort)))
        for number in range(len(cohort.begins)):
            injuries = tuple(_injuries(cohort, number))
            home.logbook.add_athlete(Athlete(_name(number), _name(number), injuries=injuries))
            pain = cohort.reports.pain[number]
            for day in np.flatnonzero(np.isfinite(pain)):
                told = CheckIn(_name(number), _on(cohort, day), pain_after=int(pain[day]))
                home.logbook.put_check_in(told)
            asked = cohort.reports.participation[number]
            for day in np.flatnonzero(np.isfinite(asked)):
                answers = Ostrc(_name(number), _on(cohort, day), int(asked[day]), 0, 0, 0)
                questionnaires.put_ostrc(home.logbook, answers)
    return _on(cohort, cohort.begins.shape[1] - 1)


def _name(number: int) -> str:
    return f"simulated-{number:03d}"


def _on(cohort: Cohort, day: int) -> date:
    return cohort.first_day + timedelta(days=int(day))


def _runs(cohort: Cohort) -> Iterator[Activity]:
    t = cohort.training
    for number, day in np.argwhere(t.distance_m > 0):
        yield run(
            _on(cohort, day),
            t.distance_m[number, day] / 1000,
            minutes=t.moving_s[number, day] / 60,
            descent_m=t.descent_m[number, day],
            athlete=_name(number),
        )


def _injuries(cohort: Cohort, number: int) -> Iterator[Injury]:
    lasting = np.flatnonzero(cohort.reports.injured[number])
    for days in np.split(lasting, np.flatnonzero(np.diff(lasting) > 1) + 1):
        if len(days):
            yield Injury(_name(number), "knee", None, _on(cohort, days[0]), _on(cohort, days[-1]))
