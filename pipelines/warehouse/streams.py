"""Samples of recordings out, stream measures in, and the measures of many recordings at once out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.stream_measures import VERSION, Segments, StreamMeasure
from features.training_log import Column, Flag, Surface, Track
from pipelines.warehouse import arrow_columns as arrow
from pipelines.warehouse.store import Db
from pipelines.warehouse.writing import insert, measure_table

# What the measures of a stream read; what few devices record is not loaded for nothing.
TRACK_COLUMNS = (
    *("elapsed_s", "distance_m", "altitude_m", "heart_rate_bpm", "cadence_spm"),
    *("latitude_deg", "longitude_deg", "stance_balance_percent"),
)
SEGMENT_COLUMNS = tuple(f"segment_{f.name}" for f in fields(Segments))


@dataclass(frozen=True, slots=True)
class Stream:
    """The samples of one recording, and what its summary says of it."""

    recording: str
    sport: str
    surface: Surface
    flags: frozenset[Flag]
    track: Track


def unmeasured(db: Db) -> list[tuple[str, int]]:
    """Recordings with samples that are not measured as this version does, and how many samples each has."""
    return db.execute(
        "select track.recording_id, recording.samples from track "
        "inner join recording on track.recording_id = recording.id "
        "left join stream_measure on track.recording_id = stream_measure.recording_id "
        "where stream_measure.version is distinct from ? order by recording.imported_at, recording.id",
        [VERSION],
    ).fetchall()


def streams(db: Db, recordings: Sequence[str]) -> Iterator[Stream]:
    """The samples of these recordings, one by one out of one reading."""
    columns = ", ".join(f"track.{name}" for name in TRACK_COLUMNS)
    found = db.sql(
        f"select recording.id, recording.sport, recording.surface, recording.flags, {columns} "
        "from track inner join recording on track.recording_id = recording.id "
        "where list_contains($recordings, track.recording_id)",
        params={"recordings": list(recordings)},
    ).to_arrow_table()
    for batch in found.to_batches():
        told = (batch.column(name).to_pylist() for name in ("id", "sport", "surface", "flags"))
        samples = {name: _lists(batch.column(name)) for name in TRACK_COLUMNS}
        for place, (recording, sport, surface, flags) in enumerate(zip(*told, strict=True)):
            of_track = {
                name: column for name in TRACK_COLUMNS if (column := samples[name][place]) is not None
            }
            track = Track.of(of_track.pop("elapsed_s"), **of_track)
            yield Stream(recording, sport, Surface(surface), frozenset(map(Flag, flags)), track)


def put_measures(db: Db, measured: Sequence[tuple[str, StreamMeasure]]) -> None:
    """Store the measures of recordings, in place of older ones."""
    insert(db, "stream_measure", measure_table(measured), "or replace")


@dataclass(frozen=True, slots=True)
class Stretches:
    """The segments of many recordings in a row; ``place`` says of which one each is."""

    place: NDArray[np.intp]
    segments: Segments


def stretches(db: Db, recordings: Sequence[str | None]) -> Stretches:
    """The segments of these recordings, those of one together and in order; None has none."""
    batches = _measures(db, recordings, SEGMENT_COLUMNS).to_batches()
    places = [np.repeat(_places(b), _lengths(b.column(SEGMENT_COLUMNS[0]))) for b in batches]
    place = np.concatenate([np.empty(0, dtype=np.intp), *places])
    order = np.argsort(place, kind="stable")
    columns = (
        np.concatenate([np.empty(0), *(arrow.floats(b.column(name).flatten()) for b in batches)])[order]
        for name in SEGMENT_COLUMNS
    )
    return Stretches(place[order], Segments(*columns))


def measured(db: Db, recordings: Sequence[str | None], name: str) -> Column:
    """One measure of each of these recordings, shape (n,), NaN where there is none."""
    found = np.full(len(recordings), np.nan)
    for batch in _measures(db, recordings, (name,)).to_batches():
        found[_places(batch)] = arrow.floats(batch.column(name))
    return found


def measured_rows(db: Db, recordings: Sequence[str | None], name: str, width: int) -> Column:
    """The same of a measure that is a list of ``width`` numbers, shape (n, width)."""
    found = np.full((len(recordings), width), np.nan)
    for batch in _measures(db, recordings, (name,)).to_batches():
        told = batch.column(name).is_valid().to_pylist()
        found[_places(batch)[told]] = arrow.floats(batch.column(name).flatten()).reshape(-1, width)
    return found


def _measures(db: Db, recordings: Sequence[str | None], names: Sequence[str]) -> pa.Table:
    """These measures of the recordings that have some, with the place of each."""
    wanted = pa.table(
        {"place": arrow.integers(range(len(recordings))), "recording_id": arrow.texts(recordings)}
    )
    db.register("wanted", wanted)
    found = db.sql(
        f"select place, {', '.join(names)} from wanted "
        "inner join stream_measure on wanted.recording_id = stream_measure.recording_id"
    ).to_arrow_table()
    db.unregister("wanted")
    return found


def _places(batch: pa.RecordBatch) -> NDArray[np.intp]:
    return np.array(batch.column("place").to_pylist(), dtype=np.intp)


def _lengths(lists: pa.Array) -> NDArray[np.int64]:
    return np.array(lists.value_lengths().to_pylist(), dtype=np.int64)


def _lists(column: pa.Array) -> list[Column | None]:
    """Each list as an array; None where the whole list is NULL."""
    ends = np.cumsum(np.nan_to_num(_lengths(column.fill_null([]))))
    items = np.split(arrow.floats(column.flatten()), ends[:-1])
    return [each if told else None for each, told in zip(items, column.is_valid().to_pylist(), strict=True)]
