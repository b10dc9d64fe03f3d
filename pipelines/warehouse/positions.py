"""Tracks and starts of runs out of the warehouse, whole: ``pipelines.serving.tracks`` decides who sees what."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from features.training_log import Column, Track
from pipelines.warehouse import arrow_columns as arrow
from pipelines.warehouse.store import Db, question


def whole_track(db: Db, recording: str) -> tuple[str, Track] | None:
    """Whose recording it is, and its samples; None where there is none, or it has none."""
    names = [field.name for field in fields(Track)]
    found = db.sql(
        f"select recording.athlete, {', '.join(f'track.{name}' for name in names)} "
        "from track inner join recording on track.recording_id = recording.id where recording.id = ?",
        params=[recording],
    ).to_arrow_table()
    if found.num_rows == 0:
        return None
    columns = {
        name: arrow.floats(column.combine_chunks().flatten())
        for name in names
        if (column := found.column(name)).null_count == 0
    }
    return found.column("athlete")[0].as_py(), Track.of(columns.pop("elapsed_s"), **columns)


def starts(db: Db, athlete: str, newest: int) -> tuple[list[str], Column]:
    """The newest recordings that have a position, and the first (latitude, longitude) of each, shape (n, 2)."""
    rows = db.execute(question("starts"), {"athlete": athlete, "newest": newest}).fetchall()
    return [row[0] for row in rows], np.array([row[1:] for row in rows], dtype=float).reshape(-1, 2)


def paths(db: Db, athlete: str, newest: int) -> list[tuple[Column, Column]]:
    """Latitudes and longitudes of the newest recordings that have any; unknown ones left out."""
    found = db.sql(
        "select track.latitude_deg, track.longitude_deg from track "
        "inner join recording on track.recording_id = recording.id "
        "where recording.athlete = ? and recording.position_share > 0 "
        "order by recording.started_at desc limit ?",
        params=[athlete, newest],
    ).to_arrow_table()
    columns = (found.column(name).combine_chunks() for name in ("latitude_deg", "longitude_deg"))
    places = [[arrow.floats(each.values) for each in column] for column in columns]
    known = (~(np.isnan(latitude) | np.isnan(longitude)) for latitude, longitude in zip(*places, strict=True))
    return [(a[k], b[k]) for a, b, k in zip(*places, known, strict=True)]
