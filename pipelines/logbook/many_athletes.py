"""What several athletes told, asked for at once: a coach's pages must not ask athlete by athlete."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from features.training_log import CheckIn
from pipelines.logbook import rows
from pipelines.logbook import tables as t
from pipelines.logbook.store import Logbook


def check_ins_of(logbook: Logbook, athletes: Collection[str], first: date) -> dict[str, tuple[CheckIn, ...]]:
    """Athlete → their check-ins from ``first`` on, oldest first; who told nothing has none."""
    c = t.check_in.c
    query = (
        select(t.check_in).where(c.athlete.in_(sorted(athletes)), c.day >= first).order_by(c.athlete, c.day)
    )
    found: dict[str, tuple[CheckIn, ...]] = dict.fromkeys(athletes, ())
    with logbook.engine.connect() as db:
        for row in db.execute(query).mappings():
            found[row["athlete"]] = (*found[row["athlete"]], rows.check_in(row))
    return found
