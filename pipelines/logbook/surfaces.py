"""What an athlete says a run was on; it beats map, watch and export."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import put


def tell(logbook: Logbook, athlete: str, recordings: Sequence[str], surface: str) -> None:
    """Store one of hard, firm, natural, track or treadmill; the last word counts."""
    with logbook.engine.begin() as db:
        for recording in recordings:
            key = {"athlete": athlete, "recording": recording}
            put(db, t.recording_surface, key, {"class": surface})


def told_of(logbook: Logbook, athlete: str, recordings: Sequence[str]) -> str | None:
    """What ``tell`` last said of these recordings of one run."""
    told = t.recording_surface.c
    query = select(told["class"]).where(told.athlete == athlete, told.recording.in_(recordings))
    with logbook.engine.connect() as db:
        return db.scalar(query)


def forget(logbook: Logbook, athlete: str, recordings: Sequence[str]) -> None:
    """Take ``tell`` back."""
    told = t.recording_surface.c
    with logbook.engine.begin() as db:
        db.execute(delete(t.recording_surface).where(told.athlete == athlete, told.recording.in_(recordings)))
