"""What an athlete decided about their files: suspect data believed or not, recordings kept apart.

Decisions outlive every rebuild: they are about contents and recordings, whose names never change.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from pipelines.logbook import tables as t
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook
from pipelines.logbook.upsert import keep, put

ACCEPT, REJECT = "accept", "reject"


def decide(
    logbook: Logbook,
    athlete: str,
    content_sha256: str,
    decision: str,
    starts: datetime | None = None,
) -> None:
    """Believe a file (``accept``) or leave it out of everything (``reject``); the last word counts.

    ``starts``, in the athlete's zone, dates a file whose clock was never set.
    """
    values = {
        "decision": decision,
        "starts_at": None if starts is None else plain(starts),
        "day": None if starts is None else starts.date(),
    }
    with logbook.engine.begin() as db:
        put(db, t.file_decision, {"athlete": athlete, "content_sha256": content_sha256}, values)


def keep_apart(logbook: Logbook, athlete: str, recordings: Sequence[str]) -> None:
    """These recordings are workouts of their own, whatever they have in common with others."""
    with logbook.engine.begin() as db:
        for recording in recordings:
            keep(db, t.kept_apart, {"athlete": athlete, "recording": recording})


def let_merge(logbook: Logbook, athlete: str, recordings: Sequence[str]) -> None:
    """Take ``keep_apart`` back."""
    kept = t.kept_apart.c
    with logbook.engine.begin() as db:
        db.execute(delete(t.kept_apart).where(kept.athlete == athlete, kept.recording.in_(recordings)))
