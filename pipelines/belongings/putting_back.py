"""Takes an export in: a home gets the same athlete, and works the same numbers out anew.

First the originals, then what was told, then both are read as after any sync. Nothing of an athlete who is here
already is touched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines import steps
from pipelines.belongings import csv_text, reading_zip
from pipelines.belongings.reading_zip import Export
from pipelines.decoders import Decoders, Job
from pipelines.errors import KneewiseError
from pipelines.finding import Found
from pipelines.intake import BATCH_FILES, BATCH_SAMPLES, Tick, put_away
from pipelines.logbook import belongings as told
from pipelines.originals import INDEX, add_lines, kept_titles, original_of
from pipelines.steps import Home, Progress
from pipelines.warehouse import store
from pipelines.warehouse.store import Db
from pipelines.warehouse.writing import Batch, FileRow, name_recordings, write_batch


@dataclass(frozen=True, slots=True)
class PutBack:
    athlete: str
    rows: int
    files: int


def take_in(home: Home, path: Path, progress: Progress) -> PutBack:
    """Raises KneewiseError, and changes nothing, for a damaged export or an athlete who is here already."""
    with reading_zip.opened(path) as export:
        if any(athlete.id == export.athlete for athlete in home.logbook.athletes()):
            raise KneewiseError(
                f"there is an athlete {export.athlete!r} here already, and nobody is overwritten. "
                "Import into another data folder (--home), or delete them here first."
            )
        rows = _told(export)
        noted = _noted(export)
        with store.open_for_writing(home.settings.warehouse_path) as db:
            _keep_originals(home.settings.originals_path, export, noted)
            stored = told.put_rows(home.logbook, rows)
            with progress("reading originals") as tick:
                files = _read(home, db, export.athlete, noted, tick)
            steps.measure(home, db)
            steps.assess(home, db)
            steps.publish(home, db)
    return PutBack(export.athlete, stored, files)


def _told(export: Export) -> dict[str, list[told.Row]]:
    """What was told, by table. Raises KneewiseError for what this version's logbook has no place for."""
    found: dict[str, list[told.Row]] = {}
    for name in export.in_folder("logbook"):
        table = name.removeprefix("logbook/").removesuffix(".csv")
        columns = told.columns_of(table)
        if columns is None or not told.is_told_elsewhere(table):
            raise KneewiseError(f"{name} is not known to this version. Update Kneewise, then import again.")
        types = {column: told.python_type(table, column) for column in columns}
        required = [column for column, (_, may_be_unknown) in types.items() if not may_be_unknown]
        found[table] = csv_text.read(name, export.text(name), types, required)
        owner = "id" if table == "athlete" else "athlete"
        if any(row.get(owner, export.athlete) != export.athlete for row in found[table]):
            raise KneewiseError(f"{name} holds rows of somebody else; nothing was taken in.")
    if len(found.get("athlete", ())) != 1:
        raise KneewiseError("the export holds no athlete; nothing was taken in.")
    return found


def _noted(export: Export) -> list[dict[str, Any]]:
    """The lines of the index. Raises KneewiseError for one of another athlete, or whose file is missing."""
    lines = [json.loads(line) for line in export.text(f"originals/{INDEX}").split("\n") if line]
    held = {name.removeprefix("originals/") for name in export.in_folder("originals")}
    for line in lines:
        kept = line.get("kept")
        if kept and (kept["athlete"] != export.athlete or kept["sha256"] not in held):
            raise KneewiseError(
                "the export's list of originals does not fit its files; nothing was taken in."
            )
    return lines


def _keep_originals(originals: Path, export: Export, noted: Sequence[dict[str, Any]]) -> None:
    for entry in export.entries:
        sha256 = entry.name.removeprefix("originals/")
        target = original_of(originals, sha256)
        if not entry.name.startswith("originals/") or sha256 == INDEX or target.exists():
            continue
        if entry.sha256 != sha256:
            raise KneewiseError(f"{entry.name} is not the file that its name says.")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f"{sha256}.{os.getpid()}.new")
        fresh.write_bytes(export.archive.read(entry.name))
        os.replace(fresh, target)
    add_lines(originals, noted)


def _read(home: Home, db: Db, athlete: str, noted: Sequence[dict[str, Any]], tick: Tick) -> int:
    """Decode the originals as on the day they came in; returns how many there were."""
    person, now, batch = home.logbook.athlete(athlete), home.settings.now(), Batch()
    originals = home.settings.originals_path
    rows = [_row(line["kept"]) for line in noted if "kept" in line]
    with Decoders(home.settings.workers) as decoders:
        for done, row in enumerate(rows, 1):
            payload = original_of(originals, row.sha256).read_bytes()
            decoders.submit(Job(Found(row, payload), person, now))
            for found, decoded in decoders.finished():
                put_away(batch, found.row, decoded)
            if len(batch) >= BATCH_FILES or batch.samples >= BATCH_SAMPLES:
                write_batch(db, batch)
                batch = Batch()
            tick(done, len(rows), row.path)
        for found, decoded in decoders.all_finished():
            put_away(batch, found.row, decoded)
    write_batch(db, batch)
    name_recordings(db, kept_titles(originals))
    return len(rows)


def _row(kept: dict[str, Any]) -> FileRow:
    seen_at = datetime.fromisoformat(kept["seen_at"])
    noted = {**kept, "seen_at": seen_at}
    return FileRow(**noted, format=None, outcome="", reason="", recording_ids=[])
