"""Exercises that were done and plans that were given, in the logbook."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import delete, select

from models.adherence import GivenPlan, from_json, to_json
from models.progress import DoneExercise
from pipelines.logbook import exercise_tables as t
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import put


def put_done(logbook: Logbook, done: DoneExercise, **told: int | None) -> DoneExercise:
    """Store a session. Of one that is there already, what is ``told`` now replaces what was; the rest stays."""
    values = {name: value for name, value in told.items() if value is not None}
    key = {"athlete": done.athlete, "day": done.day, "exercise": done.exercise}
    with logbook.engine.begin() as db:
        put(db, t.exercise_done, key, values, first={} if "step" in values else {"step": done.step})
    return next(d for d in done_by(logbook, done.athlete) if (d.day, d.exercise) == (done.day, done.exercise))


def put_day(
    logbook: Logbook, athlete: str, day: date, asked: Collection[str], done: Sequence[DoneExercise]
) -> None:
    """Of the exercises that were asked about on a day, exactly these were done; their sets stay as told before."""
    c = t.exercise_done.c
    mine = (c.athlete == athlete, c.day == day, c.exercise.in_(asked))
    with logbook.engine.begin() as db:
        sets = dict(db.execute(select(c.exercise, c.sets).where(*mine)).tuples().all())
        db.execute(delete(t.exercise_done).where(*mine))
        for one in done:
            values = asdict(replace(one, athlete=athlete, day=day, sets=sets.get(one.exercise)))
            db.execute(t.exercise_done.insert().values(values))


def take_back(logbook: Logbook, athlete: str, exercise: str, day: date) -> bool:
    """Forget a session; whether there was one."""
    c = t.exercise_done.c
    mine = (c.athlete == athlete, c.exercise == exercise, c.day == day)
    with logbook.engine.begin() as db:
        return db.execute(delete(t.exercise_done).where(*mine)).rowcount > 0


def done_by(logbook: Logbook, athlete: str) -> tuple[DoneExercise, ...]:
    """Every session that was told, oldest first."""
    c = t.exercise_done.c
    query = select(t.exercise_done).where(c.athlete == athlete).order_by(c.day, c.exercise)
    with logbook.engine.connect() as db:
        return tuple(DoneExercise(**row) for row in db.execute(query).mappings())


def keep_plan(logbook: Logbook, athlete: str, plan: GivenPlan, now: datetime) -> bool:
    """Keep a plan as it was given; whether it differs from the last one of that week."""
    if plan_of(logbook, athlete, plan.first_day) == plan:
        return False
    with logbook.engine.begin() as db:
        db.execute(
            t.plan_given.insert().values(
                athlete=athlete,
                first_day=plan.first_day,
                given_at=plain(now),
                plan=to_json(plan),
            )
        )
    return True


def plan_of(logbook: Logbook, athlete: str, first_day: date) -> GivenPlan | None:
    """The plan that was given last for the week from ``first_day``."""
    c = t.plan_given.c
    query = (
        select(c.plan).where(c.athlete == athlete, c.first_day == first_day).order_by(c.id.desc()).limit(1)
    )
    with logbook.engine.connect() as db:
        found = db.scalar(query)
    return None if found is None else from_json(found)
