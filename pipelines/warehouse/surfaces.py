"""What the warehouse knows of where runs were and what they were on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from pipelines.surfaces.matching import SurfaceMatch
from pipelines.warehouse import arrow_columns as arrow
from pipelines.warehouse.store import Db
from pipelines.warehouse.writing import insert


@dataclass(frozen=True, slots=True)
class OutdoorRun:
    """A recording of a run with positions; ``made_of`` says of what its stored match was made, None = no match."""

    recording: str
    athlete: str
    content_sha256: str
    day: date
    cells: tuple[int, ...]
    made_of: str | None


def without_cells(db: Db) -> list[str]:
    """Recordings of outdoor runs whose cells are not known yet. Virtual runs have positions that nobody ran in."""
    answer = db.execute(
        "select id from recording where sport = 'running' and surface <> 'treadmill' and position_share > 0 "
        "and id not in (select recording_id from recording_cells) order by id"
    )
    return [row[0] for row in answer.fetchall()]


def put_cells(db: Db, cells: Mapping[str, Sequence[int]]) -> None:
    """Store the cells of recordings."""
    lengths = [len(found) for found in cells.values()]
    items = arrow.integers([cell for found in cells.values() for cell in found])
    rows = pa.table({"recording_id": arrow.texts(list(cells)), "cells": arrow.lists(items, lengths)})
    insert(db, "recording_cells", rows, "or replace")


def outdoor_runs(db: Db) -> list[OutdoorRun]:
    """Every recording with cells, oldest first."""
    answer = db.execute(
        "select id, athlete, content_sha256, day, cells, made_of from recording "
        "inner join recording_cells on id = recording_cells.recording_id "
        "left join surface_match on id = surface_match.recording_id order by started_at, id"
    )
    return [
        OutdoorRun(recording, athlete, content, day, tuple(cells), made_of)
        for recording, athlete, content, day, cells, made_of in answer.fetchall()
    ]


def days_matched(db: Db) -> dict[str, list[date]]:
    """Region → the days of the recordings that were matched with it."""
    answer = db.execute(
        "select region, list(day order by day) from surface_match "
        "inner join recording on recording_id = recording.id group by region"
    )
    return dict(answer.fetchall())


def put_matches(db: Db, region: str, matches: Mapping[str, tuple[str, SurfaceMatch]]) -> None:
    """Store what recordings were run on, in place of what was stored: recording → (made of, match)."""
    ids = list(matches)
    found = [match for _, match in matches.values()]
    columns = {
        "recording_id": arrow.texts(ids),
        "made_of": arrow.texts([made_of for made_of, _ in matches.values()]),
        "region": arrow.texts([region] * len(ids)),
    }
    for name in found[0].shares:
        columns[name] = arrow.numbers([match.shares[name] for match in found])
    for name in ("explicit_share", "inferred_share", "off_network_share", "no_position_share", "confidence"):
        columns[name] = arrow.numbers([getattr(match, name) for match in found])
    stretches = [(recording, s) for recording, (_, match) in matches.items() for s in match.stretches]
    segments = {
        "recording_id": arrow.texts([recording for recording, _ in stretches]),
        "from_m": arrow.numbers([s.from_m for _, s in stretches]),
        "to_m": arrow.numbers([s.to_m for _, s in stretches]),
        "class": arrow.texts([s.surface for _, s in stretches]),
        "way": arrow.integers([s.way for _, s in stretches]),
        "is_explicit": arrow.truths([s.is_explicit for _, s in stretches]),
        "posterior": arrow.numbers([s.posterior for _, s in stretches]),
    }
    db.execute("begin")
    db.execute("delete from surface_segment where list_contains(?, recording_id)", [ids])
    insert(db, "surface_match", pa.table(columns), "or replace")
    insert(db, "surface_segment", pa.table(segments))
    db.execute("commit")
