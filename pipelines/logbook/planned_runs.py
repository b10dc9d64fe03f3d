"""Runs that an athlete means to run: one for each day, kept so that a warning can come before it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select

from models.envelope import PlannedRun
from pipelines.logbook.exercise_tables import planned_run as table
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import put


def keep(logbook: Logbook, athlete: str, run: PlannedRun) -> None:
    """The last word on a day counts."""
    values = {"distance_m": run.distance_m, "descent_m": run.descent_m}
    with logbook.engine.begin() as db:
        put(db, table, {"athlete": athlete, "day": run.day}, values)


def drop(logbook: Logbook, athlete: str, day: date) -> None:
    with logbook.engine.begin() as db:
        db.execute(delete(table).where(table.c.athlete == athlete, table.c.day == day))


def to_come(logbook: Logbook, athlete: str, today: date) -> tuple[PlannedRun, ...]:
    """Those of today and later, the next first."""
    c = table.c
    query = (
        select(c.day, c.distance_m, c.descent_m).where(c.athlete == athlete, c.day >= today).order_by(c.day)
    )
    with logbook.engine.connect() as db:
        return tuple(PlannedRun(*row) for row in db.execute(query))
