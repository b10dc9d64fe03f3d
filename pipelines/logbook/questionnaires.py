"""The weekly knee questionnaire (OSTRC-O2) in the logbook."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from features.ostrc import Ostrc
from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook


def put_ostrc(logbook: Logbook, told: Ostrc) -> None:
    """Store the answers; a second time on the same day replaces the first."""
    values = asdict(told)
    statement = insert(t.ostrc).values(values)
    with logbook.engine.begin() as db:
        db.execute(statement.on_conflict_do_update(index_elements=["athlete", "day"], set_=values))


def ostrc(logbook: Logbook, athlete: str) -> tuple[Ostrc, ...]:
    """Everything told by one athlete, oldest first."""
    query = select(t.ostrc).where(t.ostrc.c.athlete == athlete).order_by(t.ostrc.c.day)
    with logbook.engine.connect() as db:
        return tuple(Ostrc(**row) for row in db.execute(query).mappings())
