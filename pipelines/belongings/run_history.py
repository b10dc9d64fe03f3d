"""What the orchestrator remembers of past runs: whose they were, and what they said. It is history alone.

Its database is Prefect's own. Finished runs, their states, logs and events are deleted, of everybody: their words
are about several athletes at once. Runs that are still to come stay, but for those of the athlete.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipelines.belongings.receipts import Files
from pipelines.errors import BusyError

DATABASE = "prefect.db"
DONE = "('COMPLETED', 'FAILED', 'CRASHED', 'CANCELLED')"
WHOLE = (
    *("log", "events", "event_resources", "artifact", "artifact_collection"),
    *("task_run_state", "task_run_state_cache", "task_run", "flow_run_notification_queue"),
)


def delete(folder: Path, athlete: str) -> Files:
    """Returns the database's size before. Raises BusyError while a run writes to it."""
    path = folder / DATABASE
    if not path.is_file():
        return Files(0, 0)
    counted = Files.of([path])
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as db:
            there = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
            db.execute("begin immediate")
            for table in there.intersection(WHOLE):
                db.execute(f'delete from "{table}"')
            if {"flow_run", "flow_run_state", "deployment"} <= there:
                named = f'%"{athlete}"%'
                db.execute(f"delete from flow_run where state_type in {DONE} or parameters like ?", [named])
                db.execute("delete from flow_run_state where flow_run_id not in (select id from flow_run)")
                db.execute("delete from deployment where name = ?", [f"weekly-{athlete}"])
            db.execute("commit")
            db.execute("vacuum")
            db.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.OperationalError as error:
        raise BusyError(
            f"the history of runs cannot be written now ({error}); try again in a moment."
        ) from error
    return counted
