"""Writes to the warehouse, in bulk through Arrow: files, activities, tracks, logbook copies, verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

import numpy as np
import pyarrow as pa

from features import catalog
from features.stream_measures import VERSION, Segments, StreamMeasure
from features.training_log import Activity, Column, Track
from models.verdict import Reason, RiskAssessment
from pipelines.warehouse import arrow_columns as arrow
from pipelines.warehouse import feature_tables
from pipelines.warehouse.store import Db

# Single precision is finer than any sensor, but not than a running distance or a place on the globe.
_FINE_COLUMNS = frozenset({"elapsed_s", "distance_m", "latitude_deg", "longitude_deg"})
_RARE_COLUMNS = frozenset(
    {"stance_time_ms", "stance_balance_percent", "vertical_oscillation_m", "power_w", "temperature_c"}
)

_KINDS = {
    **dict.fromkeys(catalog.STEPPING_STONES, "temp table"),
    **dict.fromkeys(catalog.KEPT_AS_QUERIES, "view"),
    **dict.fromkeys(catalog.PASSING, "temp view"),
}


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
    recording_ids: list[str]
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """One recording as the ``recording`` table holds it: what it says, and where it came from."""

    summary: Activity
    content_sha256: str
    format: str
    imported_at: datetime


@dataclass(slots=True)
class Batch:
    """What one transaction brings in: a file's row never stands without its recordings."""

    files: list[FileRow] = field(default_factory=list)
    recordings: list[RecordingRow] = field(default_factory=list)
    tracks: list[tuple[str, Track]] = field(default_factory=list)
    measures: list[tuple[str, StreamMeasure]] = field(default_factory=list)  # of the tracks
    touched: list[FileRow] = field(default_factory=list)  # known files with a new time stamp

    def __len__(self) -> int:
        return len(self.files) + len(self.touched)

    @property
    def samples(self) -> int:
        return sum(len(track) for _, track in self.tracks)


def write_batch(db: Db, batch: Batch) -> None:
    """Insert the whole batch or nothing."""
    db.execute("begin")
    try:
        insert_recordings(db, batch.recordings)
        if batch.tracks:
            insert(db, "track", _track_table(batch.tracks), "or ignore")
        if batch.measures:
            insert(db, "stream_measure", measure_table(batch.measures), "or ignore")
        if batch.files:
            db.execute("delete from current_state")
            # a file that could not be opened has no hash to be told apart by: its row is replaced
            insert(db, "file", _file_table(batch.files), "or replace")
        for row in batch.touched:
            db.execute(
                "update file set mtime_ns = ? where athlete = ? and path = ? and sha256 = ?",
                [row.mtime_ns, row.athlete, row.path, row.sha256],
            )
        db.execute("commit")
    except BaseException:
        db.execute("rollback")
        raise


def insert_recordings(db: Db, rows: Sequence[RecordingRow]) -> None:
    """Append recordings; what counts of them is settled by the next measuring."""
    if rows:
        insert(db, "recording", _recording_table(rows), "or ignore")


def name_recordings(db: Db, titles: Mapping[str, str]) -> None:
    """Give recordings the titles that their owner gave them."""
    if titles:
        db.register(
            "incoming",
            pa.table({"id": arrow.texts(list(titles)), "title": arrow.texts(list(titles.values()))}),
        )
        db.execute(
            "update recording set name = incoming.title from incoming where recording.id = incoming.id"
        )
        db.unregister("incoming")


def insert(db: Db, table: str, rows: pa.Table, conflict: str = "") -> None:
    """Append an Arrow table to the warehouse table of that name, columns matched by name."""
    db.register("incoming", rows)
    db.execute(f"insert {conflict} into {table} by name select * from incoming")
    db.unregister("incoming")


def replace(db: Db, table: str, rows: Sequence[dict[str, object]]) -> None:
    """Make these rows the whole content of one of the logbook's copies, which has the columns that features read."""
    db.execute(f"delete from {table}")
    copied = {name for name, *_ in db.execute(f"describe {table}").fetchall()}
    if rows:
        insert(db, table, _table([{k: v for k, v in row.items() if k in copied} for row in rows]))


def make_views(db: Db, names: Collection[str], as_of: date) -> None:
    """Make these views anew, in the catalog's order; readers see all of them or none."""
    db.execute("set variable as_of = ?::date", [as_of])
    db.execute("begin")
    for view in catalog.views():
        if view.name in names:
            kind = _KINDS.get(view.name, "table")
            if asked := catalog.looking_back(view):
                feature_tables.make(db, view.name, asked, kind)
            else:
                db.execute(f"create or replace {kind} {view.name} as {view.sql}")
    db.execute("commit")


def make_features(db: Db) -> None:
    """Make all features anew from the views: one row per athlete and day, one per pair of shoes and day."""
    db.execute("begin")
    feature_tables.make(db, "athlete_day", catalog.daily())
    feature_tables.make(db, "shoe_state", catalog.shoe_daily())
    db.execute("commit")


def put_assessments(db: Db, batches: Iterable[Sequence[RiskAssessment]]) -> None:
    """Replace all verdicts by these, or keep the old ones if anything fails."""
    db.execute("begin")
    try:
        db.execute("delete from assessment")
        db.execute("delete from reason")
        for verdicts in batches:
            _insert_verdicts(db, verdicts)
        db.execute("commit")
    except BaseException:
        db.execute("rollback")
        raise


def _insert_verdicts(db: Db, verdicts: Sequence[RiskAssessment]) -> None:
    if not verdicts:
        return
    lists = {"unknown_because", "missing", "evidence"}
    insert(db, "assessment", _table([_verdict(a) for a in verdicts], lists))
    reasons = [_reason(a, reason) for a in verdicts for reason in (*a.reasons, *a.observations)]
    if reasons:
        insert(db, "reason", _table(reasons, lists))


def _verdict(a: RiskAssessment) -> dict[str, object]:
    return {
        "athlete": a.athlete,
        "day": a.day,
        "level": a.level.value,
        "log_hazard": a.log_hazard,
        "log_hazard_low": a.log_hazard_low,
        "log_hazard_high": a.log_hazard_high,
        "base_per_1000_runs": a.base_per_1000_runs,
        "per_1000_runs": a.per_1000_runs,
        "confidence": a.confidence.word,
        "grade_share": a.confidence.grade_share,
        "heart_rate_share": a.confidence.heart_rate_share,
        "surface_share": a.confidence.surface_share,
        "missing": list(a.confidence.missing),
        "overridden_by": a.overridden_by,
        "unknown_because": list(a.unknown_because),
        "model_version": a.model_version,
    }


def _reason(a: RiskAssessment, reason: Reason) -> dict[str, object]:
    return {
        "athlete": a.athlete,
        "day": a.day,
        "code": reason.code,
        "observed": reason.observed,
        "reference": reason.reference,
        "unit": reason.unit,
        "contribution": reason.contribution,
        "grade": reason.grade,
        "evidence": list(reason.evidence),
    }


def mark_current(db: Db, logbook: str, as_of: date) -> None:
    """Say, last of all, that verdicts rest on every file stored and on the logbook as it was."""
    replace(db, "current_state", [{"as_of": as_of, "logbook": logbook}])


def _file_table(rows: Sequence[FileRow]) -> pa.Table:
    return _table(
        [{f.name: getattr(row, f.name) for f in fields(FileRow)} for row in rows], {"recording_ids"}
    )


def _recording_table(rows: Sequence[RecordingRow]) -> pa.Table:
    return _table([_recording(row) for row in rows], {"flags"})


def _recording(row: RecordingRow) -> dict[str, object]:
    return {f.name: getattr(row.summary, f.name) for f in fields(Activity)} | {
        "content_sha256": row.content_sha256,
        "format": row.format,
        "imported_at": row.imported_at,
        "started_at": row.summary.started_at.replace(tzinfo=None),
        "zone_source": row.summary.zone_source.value,
        "surface": row.summary.surface.value,
        "flags": [flag.value for flag in row.summary.flags],
    }


def _table(rows: Sequence[Mapping[str, object]], lists: Collection[str] = ()) -> pa.Table:
    """Rows with the same keys as columns; ``lists`` names the columns of lists of text."""
    return pa.table({name: arrow.column([row[name] for row in rows], name in lists) for name in rows[0]})


def measure_table(measured: Sequence[tuple[str, StreamMeasure]]) -> pa.Table:
    """The measures of recordings as rows of ``stream_measure``."""
    measures = [measure for _, measure in measured]
    columns = {
        "recording_id": arrow.texts([recording for recording, _ in measured]),
        "version": arrow.integers([VERSION] * len(measured)),
    }
    for f in fields(Segments):
        columns[f"segment_{f.name}"] = arrow.list_column([getattr(m.segments, f.name) for m in measures])
    for f in fields(StreamMeasure)[1:]:
        values = [getattr(m, f.name) for m in measures]
        is_list = f.name in ("heart_rate_s", "best_effort_m")
        columns[f.name] = arrow.list_column(values) if is_list else arrow.numbers(values)
    return pa.table(columns)


def _track_table(rows: Sequence[tuple[str, Track]]) -> pa.Table:
    columns: dict[str, pa.Array] = {"recording_id": arrow.texts([recording for recording, _ in rows])}
    for f in fields(Track):
        columns[f.name] = _lists([getattr(track, f.name) for _, track in rows], f.name)
    return pa.table(columns)


def _lists(samples: Sequence[Column], name: str) -> pa.Array:
    """One list per track, NaN as NULL; NULL for the whole list of a rare column that is all unknown."""
    told = [not (name in _RARE_COLUMNS and bool(np.isnan(column).all())) for column in samples]
    heard = [samples[0][:0], *(column for column, is_told in zip(samples, told, strict=True) if is_told)]
    lengths = [len(column) if is_told else 0 for column, is_told in zip(samples, told, strict=True)]
    kind = pa.float64() if name in _FINE_COLUMNS else pa.float32()
    return arrow.lists(arrow.numbers(np.concatenate(heard), kind), lengths, told)
