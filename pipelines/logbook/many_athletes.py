"""What several athletes told, asked for at once: a coach's pages must not ask athlete by athlete."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from features.training_log import CheckIn
from models.adherence import GivenPlan, from_json
from models.progress import DoneExercise
from pipelines.logbook import exercise_tables, rows
from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook


def check_ins_of(logbook: Logbook, athletes: Collection[str], first: date) -> dict[str, tuple[CheckIn, ...]]:
    """Athlete → their check-ins from ``first`` on, oldest first; who told nothing has none."""
    c = t.check_in.c
    query = (
        select(t.check_in).where(c.athlete.in_(sorted(athletes)), c.day >= first).order_by(c.athlete, c.day)
    )
    found: dict[str, tuple[CheckIn, ...]] = dict.fromkeys(athletes, ())
    with logbook.engine.connect() as db:
        for row in db.execute(query).mappings():
            found[row["athlete"]] = (*found[row["athlete"]], rows.check_in(row))
    return found


def plans_of(logbook: Logbook, athletes: Collection[str], first: date) -> dict[str, dict[date, GivenPlan]]:
    """Athlete → first day of week → the plan that was given last for it, of weeks that begin on ``first`` or later."""
    c = exercise_tables.plan_given.c
    query = select(c.athlete, c.first_day, c.plan).where(
        c.athlete.in_(sorted(athletes)), c.first_day >= first
    )
    found: dict[str, dict[date, GivenPlan]] = {athlete: {} for athlete in athletes}
    with logbook.engine.connect() as db:
        for athlete, first_day, plan in db.execute(query.order_by(c.id)):
            found[athlete][first_day] = from_json(plan)
    return found


def done_of(logbook: Logbook, athletes: Collection[str], first: date) -> dict[str, tuple[DoneExercise, ...]]:
    """Athlete → the exercises they did from ``first`` on; pain that was told with them is not read."""
    c = exercise_tables.exercise_done.c
    wanted = (c.athlete.in_(sorted(athletes)), c.day >= first)
    query = select(c.athlete, c.day, c.exercise, c.step).where(*wanted).order_by(c.athlete, c.day)
    found: dict[str, tuple[DoneExercise, ...]] = dict.fromkeys(athletes, ())
    with logbook.engine.connect() as db:
        for row in db.execute(query).mappings():
            found[row["athlete"]] = (*found[row["athlete"]], DoneExercise(**row))
    return found
