"""Writes to the warehouse, in bulk through Arrow: files, activities, tracks, logbook copies, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

import pyarrow as pa

from features import catalog
from features.training_log import Activity, Track
from models.verdict import RiskAssessment
from pipelines.warehouse.store import Db


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file and what became of it, as the ``file`` table holds it."""

    athlete: str
    path: str
    sha256: str
    content_sha256: str | None
    bytes: int
    mtime_ns: int
    format: str | None
    outcome: str
    reason: str
    activity_ids: list[str]
    seen_at: datetime


@dataclass(slots=True)
class Batch:
    """What one transaction brings in: a file's row never stands without its activities."""

    files: list[FileRow] = field(default_factory=list)
    activities: list[tuple[str, Activity]] = field(default_factory=list)
    tracks: list[tuple[str, Track]] = field(default_factory=list)
    touched: list[FileRow] = field(default_factory=list)  # known files with a new time stamp

    def __len__(self) -> int:
        return len(self.files) + len(self.touched)


def write_batch(db: Db, batch: Batch) -> None:
    """Insert the whole batch or nothing."""
    db.execute("begin")
    try:
        insert_activities(db, batch.activities)
        if batch.tracks:
            insert(db, "track", _track_table(batch.tracks))
        if batch.files:
            insert(db, "file", _file_table(batch.files))
        for row in batch.touched:
            db.execute(
                "update file set mtime_ns = ? where athlete = ? and path = ? and sha256 = ?",
                [row.mtime_ns, row.athlete, row.path, row.sha256],
            )
        db.execute("commit")
    except BaseException:
        db.execute("rollback")
        raise


def insert_activities(db: Db, activities: Sequence[tuple[str, Activity]]) -> None:
    """Append activities, each with the hash of the content it was read from."""
    if activities:
        insert(db, "activity", _activity_table(activities))


def insert(db: Db, table: str, rows: pa.Table) -> None:
    """Append an Arrow table to the warehouse table of that name, columns matched by name."""
    db.register("incoming", rows)
    db.execute(f"insert into {table} by name select * from incoming")
    db.unregister("incoming")


def replace(db: Db, table: str, rows: Sequence[dict[str, object]]) -> None:
    """Make these rows the whole content of one of the logbook's copies."""
    db.execute(f"delete from {table}")
    if rows:
        insert(db, table, pa.Table.from_pylist(list(rows)))


def measure(db: Db, as_of: date) -> None:
    """Rebuild every view and feature from the activities, up to and including ``as_of``.

    Histories are always rebuilt whole, so a late or corrected file needs no special case.
    """
    db.execute("set variable as_of = ?::date", [as_of])
    db.execute("begin")
    replace(db, "measured", [{"as_of": as_of}])
    for view in catalog.views():
        db.execute(f"create or replace table {view.name} as {view.sql}")
    db.execute(
        f"create or replace table athlete_day as {_wide('day', ('athlete', 'day'), catalog.per_day())}"
    )
    shoe_keys = ("athlete", "shoe", "day")
    db.execute(f"create or replace table shoe_state as {_wide('shoe_day', shoe_keys, catalog.per_shoe())}")
    db.execute("commit")


def put_assessments(db: Db, assessments: Iterable[RiskAssessment]) -> None:
    """Replace all verdicts by these."""
    verdicts, reasons = [], []
    for a in assessments:
        verdicts.append(
            {
                "athlete": a.athlete,
                "day": a.day,
                "level": a.level.value,
                "log_hazard": a.log_hazard,
                "confidence": a.confidence.word,
                "overridden_by": a.overridden_by,
                "unknown_because": list(a.unknown_because),
                "model_version": a.model_version,
            }
        )
        for r in (*a.reasons, *a.observations):
            reasons.append(
                {
                    "athlete": a.athlete,
                    "day": a.day,
                    "code": r.code,
                    "observed": r.observed,
                    "reference": r.reference,
                    "unit": r.unit,
                    "contribution": r.contribution,
                    "grade": r.grade,
                    "evidence": list(r.evidence),
                }
            )
    db.execute("begin")
    replace(db, "assessment", verdicts)
    replace(db, "reason", reasons)
    db.execute("commit")


def _wide(spine: str, keys: tuple[str, ...], features: Sequence[catalog.Feature]) -> str:
    columns = ", ".join(f"{f.name}.value as {f.name}" for f in features)
    using = ", ".join(keys)
    joins = "\n".join(f"left join ({f.sql}) as {f.name} using ({using})" for f in features)
    return f"select {', '.join(f'spine.{k}' for k in keys)}, {columns}\nfrom {spine} as spine\n{joins}"


def _file_table(rows: Sequence[FileRow]) -> pa.Table:
    columns = {f.name: [getattr(row, f.name) for row in rows] for f in fields(FileRow)}
    arrays = {
        name: pa.array(values, pa.list_(pa.string())) if name == "activity_ids" else pa.array(values)
        for name, values in columns.items()
    }
    return pa.table(arrays)


def _activity_table(rows: Sequence[tuple[str, Activity]]) -> pa.Table:
    columns: dict[str, list[object]] = {
        f.name: [getattr(a, f.name) for _, a in rows] for f in fields(Activity)
    }
    columns["content_sha256"] = [content for content, _ in rows]
    columns["started_at"] = [a.started_at.replace(tzinfo=None) for _, a in rows]
    columns["zone_source"] = [a.zone_source.value for _, a in rows]
    columns["surface"] = [a.surface.value for _, a in rows]
    columns["flags"] = [[flag.value for flag in a.flags] for _, a in rows]
    typed = {name: pa.array(values) for name, values in columns.items() if name != "flags"}
    typed["flags"] = pa.array(columns["flags"], pa.list_(pa.string()))
    return pa.table(typed)


def _track_table(rows: Sequence[tuple[str, Track]]) -> pa.Table:
    columns: dict[str, pa.Array] = {"activity_id": pa.array([activity for activity, _ in rows])}
    for f in fields(Track):
        kind = (
            pa.float64()
            if f.name in ("elapsed_s", "distance_m", "latitude_deg", "longitude_deg")
            else pa.float32()
        )
        columns[f.name] = pa.array(
            [pa.array(getattr(track, f.name), kind, from_pandas=True) for _, track in rows], pa.list_(kind)
        )
    return pa.table(columns)
