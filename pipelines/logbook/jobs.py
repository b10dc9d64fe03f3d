"""What ran by itself in the logbook: when, and what became of it. Numbers and reasons, never anybody's data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import RowMapping

from pipelines.logbook import telling_tables
from pipelines.logbook.coach_tables import job as table
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook
from reports.jobs import Job, Outcome

KEPT_FOR = timedelta(days=90)


def begin(logbook: Logbook, name: str, now: datetime) -> int:
    """Its number. What is older than a season is forgotten."""
    with logbook.engine.begin() as db:
        db.execute(delete(table).where(table.c.started_at < plain(now - KEPT_FOR)))
        values = {"name": name, "started_at": plain(now), "outcome": "running", "counts": "{}"}
        made = db.execute(table.insert().values(values)).inserted_primary_key
    assert made is not None
    return int(made[0])


def end(
    logbook: Logbook,
    number: int,
    now: datetime,
    outcome: Outcome,
    counts: Mapping[str, int],
    reason: str | None = None,
) -> None:
    values = {"ended_at": plain(now), "outcome": outcome, "counts": json.dumps(counts), "reason": reason}
    with logbook.engine.begin() as db:
        db.execute(update(table).where(table.c.id == number).values(values))


def note(logbook: Logbook, name: str, now: datetime, outcome: Outcome, reason: str | None) -> None:
    """What took no time: it ended as it began."""
    at = plain(now)
    values = {"name": name, "started_at": at, "ended_at": at, "outcome": outcome, "counts": "{}"}
    with logbook.engine.begin() as db:
        db.execute(table.insert().values(values | {"reason": reason}))


def drop(logbook: Logbook, number: int) -> None:
    """It had nothing to do, so nothing is to be told of it."""
    with logbook.engine.begin() as db:
        db.execute(delete(table).where(table.c.id == number))


def last_of_each(logbook: Logbook) -> tuple[Job, ...]:
    """The newest run of every job, by name."""
    newest = select(func.max(table.c.id)).group_by(table.c.name)
    return _found(logbook, table.c.id.in_(newest), 100)


def failures(logbook: Logbook, number: int) -> tuple[Job, ...]:
    """The newest that failed, newest first."""
    return _found(logbook, table.c.outcome == "failed", number)


def outbox_counts(logbook: Logbook) -> dict[str, int]:
    """State of delivery → how many are in it."""
    state = telling_tables.delivery.c.state
    with logbook.engine.connect() as db:
        counted = db.execute(select(state, func.count()).group_by(state).order_by(state)).all()
    return {name: int(number) for name, number in counted}


def _found(logbook: Logbook, condition: object, number: int) -> tuple[Job, ...]:
    query = select(table).where(condition).order_by(table.c.id.desc()).limit(number)  # type: ignore[arg-type]
    with logbook.engine.connect() as db:
        return tuple(map(_job, db.execute(query).mappings()))


def _job(row: RowMapping) -> Job:
    ended_at = row["ended_at"]
    return Job(
        name=row["name"],
        started_at=row["started_at"].replace(tzinfo=UTC),
        ended_at=None if ended_at is None else ended_at.replace(tzinfo=UTC),
        outcome=row["outcome"],
        counts=json.loads(row["counts"]),
        reason=row["reason"],
    )
