"""Notices in the logbook: each stage is stored once, and stands until it lapses."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, select

from pipelines.logbook import rows
from pipelines.logbook.instants import plain
from pipelines.logbook.tables import notice as table
from pipelines.logbook.upsert import put_new
from reports.alerts import Notice

if TYPE_CHECKING:
    from pipelines.logbook.store import Logbook


def put(db: Connection, notice: Notice, now: datetime, choice: str) -> int | None:
    """Store a notice and the lower stages that count as told with it; None if its stage was told before."""
    number: int | None = None
    for stage in notice.covers:
        is_own = stage == notice.stage
        row = {
            "athlete": notice.athlete,
            "kind": notice.kind,
            "subject": notice.subject,
            "stage": stage,
            "day": notice.day,
            "text": notice.text,
            "told_at": plain(now),
            "told_with": None if is_own else notice.stage,
            "choice": choice,
        }
        stored = put_new(db, table, row, "id")
        if is_own and stored is not None:
            number = int(stored)
    return number


def found(db: Connection, query: Select[tuple[object, ...]]) -> tuple[Notice, ...]:
    return tuple(map(rows.notice, db.execute(query).mappings()))


def standing_stages(logbook: Logbook, athlete: str, kind: str) -> frozenset[str]:
    """Every stage of that kind that counts as told."""
    c = table.c
    query = select(c.stage).where(c.athlete == athlete, c.kind == kind, c.lapsed_at.is_(None))
    with logbook.engine.connect() as db:
        return frozenset(db.scalars(query))
