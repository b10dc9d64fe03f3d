"""The weekly knee questionnaire (OSTRC-O2) in the logbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from features.ostrc import Ostrc
from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import columns, put


def put_all(logbook: Logbook, told: Sequence[Ostrc]) -> None:
    """Store answers, all or none; a second time on the same day replaces the first."""
    with logbook.engine.begin() as db:
        for answers in told:
            put(db, t.ostrc, *columns(asdict(answers), ("athlete", "day")))


def put_ostrc(logbook: Logbook, told: Ostrc) -> None:
    put_all(logbook, [told])


def ostrc(logbook: Logbook, athlete: str) -> tuple[Ostrc, ...]:
    """Everything told by one athlete, oldest first."""
    query = select(t.ostrc).where(t.ostrc.c.athlete == athlete).order_by(t.ostrc.c.day)
    with logbook.engine.connect() as db:
        return tuple(Ostrc(**row) for row in db.execute(query).mappings())
