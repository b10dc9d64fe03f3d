"""Counts every change of the logbook that pages may show, in the transaction that makes it.

So whoever keeps what was composed knows when it is out of date, whichever process wrote and whichever
database it is.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Table, event, select, update
from sqlalchemy.sql.dml import UpdateBase

from pipelines.logbook.account_tables import change


def count_changes(engine: Engine) -> None:
    """From now on count what is written through this engine. The count is taken first, so that on a server
    whoever writes waits for the one before, and no two wait for each other."""
    event.listen(engine, "before_execute", _count)


def number(engine: Engine) -> int:
    """How many there were."""
    with engine.connect() as db:
        return int(db.scalars(select(change.c.number)).one())


def _count(db: Connection, statement: object, *_: object) -> None:
    if not isinstance(statement, UpdateBase) or not isinstance(statement.table, Table):
        return
    if not statement.table.info.get("uncounted"):
        db.execute(update(change).values(number=change.c.number + 1))
