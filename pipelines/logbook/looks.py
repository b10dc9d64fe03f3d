"""Which coach looked at what of whom, by the hour: for the athlete to see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select, tuple_
from sqlalchemy.exc import DatabaseError

from pipelines.errors import BusyError
from pipelines.logbook.instants import plain
from pipelines.logbook.rights_tables import coach_look as table
from pipelines.logbook.store import Logbook
from pipelines.logbook.tables import athlete as athlete_table


@dataclass(frozen=True, slots=True)
class Look:
    """In the hour that began at ``hour`` (UTC), at least once. ``page`` is a path without the athlete."""

    athlete: str
    coach: int
    hour: datetime
    page: str
    coach_name: str


def put(logbook: Logbook, seen: Collection[Look]) -> None:
    """Store looks in one transaction; one that is stored already stays one, those at an athlete who is gone go too.

    Raises BusyError where the logbook cannot be written now.
    """
    columns = tuple_(table.c.athlete, table.c.coach, table.c.hour, table.c.page)
    rows = [{**asdict(look), "hour": plain(look.hour)} for look in seen]
    keys = [(row["athlete"], row["coach"], row["hour"], row["page"]) for row in rows]
    try:
        with logbook.engine.begin() as db:
            db.execute(delete(table).where(columns.in_(keys)))
            there = set(db.scalars(select(athlete_table.c.id)))
            if kept := [row for row in rows if row["athlete"] in there]:
                db.execute(table.insert(), kept)
    except DatabaseError as error:
        raise BusyError("the access log cannot be written now.") from error


def looks(logbook: Logbook, athlete: str, since: datetime) -> tuple[Look, ...]:
    """What was looked at since then, the newest first."""
    c = table.c
    query = select(table).where(c.athlete == athlete, c.hour >= plain(since))
    ordered = query.order_by(c.hour.desc(), c.coach, c.page)
    with logbook.engine.connect() as db:
        return tuple(
            Look(**{**row, "hour": row["hour"].replace(tzinfo=UTC)}) for row in db.execute(ordered).mappings()
        )
