"""What is derived about one athlete: taken out as columns, and deleted so that nothing of it is left in the file."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from pipelines.warehouse.store import Db

TAKEN_OUT = {
    "activities": "activity",
    "days": "athlete_day",
    "verdicts": "assessment",
    "reasons": "reason",
    "files": "file",
}
ROWS_AT_ONCE = 500


def derived(db: Db, table: str, athlete: str) -> tuple[list[str], Iterator[tuple[object, ...]]]:
    """The columns of one table, and its rows of an athlete, some at a time."""
    answer = db.execute(f"select * from {table} where athlete = ? order by all", [athlete])
    return [column[0] for column in answer.description], _fetched(answer)


def has_table(db: Db, table: str) -> bool:
    found = db.execute(
        "select 1 from information_schema.tables where table_name = ? and table_schema = 'main'", [table]
    )
    return found.fetchone() is not None


def _fetched(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while rows := answer.fetchmany(ROWS_AT_ONCE):
        yield from rows
