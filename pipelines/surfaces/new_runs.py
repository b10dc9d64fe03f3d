"""Matches the runs that are new, or whose map is: each once, while recording, map and method stay as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np

from features.training_log import Track
from pipelines.errors import KneewiseError
from pipelines.settings import Settings
from pipelines.surfaces.cells import cell_of
from pipelines.surfaces.extract import require_extra
from pipelines.surfaces.matching import VERSION, match_track
from pipelines.surfaces.region import Region, regions
from pipelines.warehouse import surfaces as stored
from pipelines.warehouse.store import Db
from pipelines.warehouse.streams import streams
from pipelines.warehouse.surfaces import OutdoorRun

Item = TypeVar("Item")

COVERED_FROM = 0.5  # of a run's cells; with less, the map is of another place
AT_ONCE = 200  # recordings in memory together


def match_new(db: Db, settings: Settings) -> None:
    """Match every outdoor run that a stored region covers and that was not yet matched with it.

    Where no region is stored, or the libraries are missing, what runs were on stays what it is without a map.
    """
    _note_cells(db)
    maps = regions(settings.regions_path)
    waiting: dict[str, list[OutdoorRun]] = defaultdict(list)
    for run in stored.outdoor_runs(db):
        region = region_of(run.cells, maps)
        if region is not None and run.made_of != _made_of(run, region):
            waiting[region.about.name].append(run)
    if not waiting:
        return
    try:
        require_extra()
    except KneewiseError:
        return
    for region in maps:
        for runs in _parts(waiting[region.about.name]):
            _match(db, region, runs)


def region_of(cells: Sequence[int], maps: Iterable[Region]) -> Region | None:
    """The region that covers most of a run, the first of those that do alike; None if none covers it."""

    def covered(region: Region) -> float:
        # tenths, so that a newer map goes before one that has a single square more
        return round(sum(cell in region.cells for cell in cells) / max(len(cells), 1), 1)

    best = max(maps, key=covered, default=None)
    return best if best is not None and covered(best) >= COVERED_FROM else None


def _note_cells(db: Db) -> None:
    for recordings in _parts(stored.without_cells(db)):
        stored.put_cells(db, {found.recording: _cells(found.track) for found in streams(db, recordings)})


def _cells(track: Track) -> list[int]:
    known = ~np.isnan(track.longitude_deg) & ~np.isnan(track.latitude_deg)
    cells: list[int] = np.unique(cell_of(track.longitude_deg[known], track.latitude_deg[known])).tolist()
    return cells


def _match(db: Db, region: Region, runs: Sequence[OutdoorRun]) -> None:
    from pipelines.surfaces.network import around  # needs the extra

    network = around(region, {cell for run in runs for cell in run.cells})
    made_of = {run.recording: _made_of(run, region) for run in runs}
    matches = {
        found.recording: (made_of[found.recording], match_track(found.track, network, region))
        for found in streams(db, list(made_of))
    }
    stored.put_matches(db, region.about.name, matches)


def _made_of(run: OutdoorRun, region: Region) -> str:
    """Changes whenever a match would: with the recording, the map, or the method."""
    return f"{run.content_sha256[:16]} {region.about.sha256[:16]} {VERSION}"


def _parts(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
