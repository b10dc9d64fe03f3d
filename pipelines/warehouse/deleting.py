"""Deletes what is derived about one athlete so that nothing of it is left in the file.

DuckDB marks deleted rows and keeps their blocks until something else is written there. So after the deletion the
rows of everybody else are copied into a new file, which takes the old one's place.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.warehouse.store import Db

OF_NOBODY = frozenset({"schema_version", "current_state"})


def delete_rows(db: Db, athlete: str) -> dict[str, int]:
    """Delete an athlete's rows from every table, all or none; returns how many there were in each."""
    clauses = owned_by(db)
    db.execute("begin")
    try:
        counts = {
            table: len(db.execute(f"delete from {table} where {clause} returning 1", [athlete]).fetchall())
            for table, clause in clauses.items()
        }
        db.execute("commit")
    except BaseException:
        db.execute("rollback")
        raise
    return {table: count for table, count in counts.items() if count}


def owned_by(db: Db) -> dict[str, str]:
    """Each table that has rows of athletes, and which are one's; those that hang on recordings come before these.

    Raises LookupError for a table of which it cannot be said whose its rows are.
    """
    found: dict[str, str] = {}
    columns: dict[str, set[str]] = {}
    for table, column in db.execute(
        "select table_name, column_name from duckdb_columns() semi join duckdb_tables() using (table_oid, database_name) "
        "where not internal and database_name = current_database() order by all"
    ).fetchall():
        columns.setdefault(table, set()).add(column)
    for table, named in sorted(columns.items(), key=lambda each: "recording_id" not in each[1]):
        if table in OF_NOBODY:
            continue
        if table == "athlete":
            found[table] = "id = ?"
        elif "athlete" in named:
            found[table] = "athlete = ?"
        elif "recording_id" in named:
            found[table] = "recording_id in (select id from recording where athlete = ?)"
        else:
            raise LookupError(f"nothing says whose the rows of {table} are")
    return found


def copy_what_is_left(db: Db, fresh: Path) -> None:
    """Write every row that is still there into a new file, without a trace of those that were."""
    fresh.unlink(missing_ok=True)
    (name,) = db.execute("select current_database()").fetchone() or ("",)
    quoted = str(fresh).replace("'", "''")
    db.execute(f"attach '{quoted}' as fresh")
    try:
        db.execute(f'copy from database "{name}" to fresh')
        db.execute("checkpoint fresh")
    finally:
        db.execute("detach fresh")
