"""Deletes everything that one athlete told, and their account, so that nothing of it is left in the file."""

from __future__ import annotations

import time

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, update

from pipelines.errors import BusyError
from pipelines.logbook import belongings
from pipelines.logbook.account_tables import account, invitation
from pipelines.logbook.store import Logbook
from pipelines.logbook.whole_shape import metadata

GONE = "a deleted account"
WAIT_FOR_READERS_S = 20.0


def delete_rows(logbook: Logbook, athlete: str) -> dict[str, int]:
    """Delete an athlete's rows from every table, all or none; returns how many there were in each.

    Where their account coached others, those keep the record that somebody had access, without the name.
    """
    clauses = _clauses(athlete)
    with logbook.engine.begin() as db:
        _forget_the_name(db, clauses)
        counts = {
            table.name: db.execute(delete(table).where(clause)).rowcount
            for table, clause in reversed(clauses.items())
        }
    return {name: count for name, count in sorted(counts.items()) if count}


def scrub(logbook: Logbook) -> None:
    """Rewrite the file, so that no page that is free now still holds what was deleted.

    Raises BusyError where somebody keeps reading an older state of it.
    """
    with logbook.engine.connect() as plain:
        plain.connection.rollback()  # whether it still answers was asked within a transaction
        db = plain.execution_options(isolation_level="AUTOCOMMIT")
        db.exec_driver_sql("vacuum")
        if logbook.engine.dialect.name != "sqlite":
            return
        deadline = time.monotonic() + WAIT_FOR_READERS_S
        while db.exec_driver_sql("pragma wal_checkpoint(truncate)").one()[0]:
            if time.monotonic() > deadline:
                raise BusyError(
                    "everything is deleted, but another program keeps the logbook open, so that its file could not "
                    "be rewritten. Close it, then delete once more."
                )
            time.sleep(0.1)


def _clauses(athlete: str) -> dict[Table, ColumnElement[bool]]:
    """Whose rows go, tables in the order in which they could be stored: the athlete's, and what hangs on them."""
    clauses = dict(belongings.owned(athlete))
    named = {table.name: clause for table, clause in clauses.items()}
    for table in metadata.sorted_tables:
        hanging = [
            key.parent.in_(select(key.column).where(named[key.column.table.name]))
            for key in table.foreign_keys
            if key.column.table.name in named and key.column.table.name != "athlete"
        ]
        if hanging:
            own = [clauses[table]] if table in clauses else []
            clauses[table] = named[table.name] = or_(*own, *hanging)
    _add_invitations(clauses)
    return {table: clauses[table] for table in metadata.sorted_tables if table in clauses}


def _add_invitations(clauses: dict[Table, ColumnElement[bool]]) -> None:
    """Those by which they came: they name the address, and nothing else."""
    addresses = select(account.c.email).where(clauses[account])
    clauses[invitation] = or_(clauses[invitation], invitation.c.email.in_(addresses))


def _forget_the_name(db: Connection, clauses: dict[Table, ColumnElement[bool]]) -> None:
    theirs = select(account.c.id).where(clauses[account])
    for table in metadata.sorted_tables:
        if {"coach", "coach_name"} <= set(table.c.keys()):
            db.execute(update(table).where(table.c.coach.in_(theirs)).values(coach_name=GONE))
