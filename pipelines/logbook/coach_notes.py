"""What coaches note on athletes, each note for its coach alone or for the athlete too."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.engine import RowMapping

from pipelines.errors import KneewiseError
from pipelines.logbook.coach_tables import coach_note as table
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook
from reports.dashboard.ports.notes import Note

LONGEST = 4000


def add(
    logbook: Logbook, athlete: str, coach: int, coach_name: str, text: str, is_shared: bool, now: datetime
) -> None:
    """Raises KneewiseError for a note of nothing, or a book."""
    said = text.strip()
    if not said:
        raise KneewiseError("a note needs at least a word.")
    if len(said) > LONGEST:
        raise KneewiseError(f"a note has at most {LONGEST:,} characters; this one has {len(said):,}.")
    values = {
        "athlete": athlete,
        "coach": coach,
        "coach_name": coach_name,
        "written_at": plain(now),
        "text": said,
        "is_shared": is_shared,
    }
    with logbook.engine.begin() as db:
        db.execute(table.insert().values(values))


def remove(logbook: Logbook, coach: int, athlete: str, number: int) -> None:
    """A coach's own note; anybody else's stays."""
    c = table.c
    with logbook.engine.begin() as db:
        db.execute(delete(table).where(c.id == number, c.coach == coach, c.athlete == athlete))


def of_coach(logbook: Logbook, coach: int, athlete: str) -> tuple[Note, ...]:
    """A coach's own notes on an athlete, the newest first."""
    return _found(logbook, (table.c.coach == coach) & (table.c.athlete == athlete))


def shared_with(logbook: Logbook, athlete: str) -> tuple[Note, ...]:
    """What coaches wrote for the athlete to read, the newest first."""
    return _found(logbook, (table.c.athlete == athlete) & table.c.is_shared.is_(True))


def _found(logbook: Logbook, condition: ColumnElement[bool]) -> tuple[Note, ...]:
    query = select(table).where(condition).order_by(table.c.id.desc())
    with logbook.engine.connect() as db:
        return tuple(map(_note, db.execute(query).mappings()))


def _note(row: RowMapping) -> Note:
    return Note(
        id=row["id"],
        coach_name=row["coach_name"],
        written_at=row["written_at"].replace(tzinfo=UTC),
        text=row["text"],
        is_shared=row["is_shared"],
    )
