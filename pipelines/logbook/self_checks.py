"""Self-checks of posture in the logbook."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import delete, select

from features.self_check import Posture, SelfCheck
from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook


def put_self_check(logbook: Logbook, told: SelfCheck) -> None:
    """Store the answers; a second time on the same day replaces the first."""
    c = t.self_check.c
    rows = [
        {"athlete": told.athlete, "day": told.day, "question": question, "answer": answer}
        for question, answer in told.answers.items()
    ]
    with logbook.engine.begin() as db:
        db.execute(delete(t.self_check).where(c.athlete == told.athlete, c.day == told.day))
        if rows:
            db.execute(t.self_check.insert(), rows)


def self_checks(logbook: Logbook, athlete: str) -> tuple[SelfCheck, ...]:
    """Everything told by one athlete, oldest first."""
    c = t.self_check.c
    query = select(c.day, c.question, c.answer).where(c.athlete == athlete).order_by(c.day)
    with logbook.engine.connect() as db:
        days = groupby(db.execute(query), key=lambda row: row.day)
        return tuple(
            SelfCheck(athlete, day, {Posture(row.question): row.answer for row in rows}) for day, rows in days
        )
