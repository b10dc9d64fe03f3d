"""Which parts of the world a map is missing for: boxes around the runs that no stored region covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.surfaces.cells import PER_DEGREE, corner_deg
from pipelines.surfaces.new_runs import region_of
from pipelines.surfaces.region import Region
from pipelines.warehouse.surfaces import OutdoorRun

BLOCK = 25  # cells: runs in the same or neighbouring quarters of a degree want one map
MARGIN_DEG = 0.02  # about 2 km, so that a run at the edge has its ways whole

Block = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """A box in degrees, and the runs in it that have no map."""

    west: float
    south: float
    east: float
    north: float
    runs: int
    first_day: date
    last_day: date


def areas_needed(runs: Iterable[OutdoorRun], maps: Sequence[Region]) -> tuple[Area, ...]:
    """The boxes, the one with most runs first."""
    groups: list[tuple[set[Block], list[OutdoorRun]]] = []
    for run in runs:
        if not run.cells or region_of(run.cells, maps) is not None:
            continue
        blocks, around = _blocks(run)
        near = [group for group in groups if not around.isdisjoint(group[0])]
        groups = [group for group in groups if group not in near]
        groups.append((blocks.union(*(b for b, _ in near)), [run, *(r for _, rs in near for r in rs)]))
    return tuple(sorted((_area(found) for _, found in groups), key=lambda area: (-area.runs, area.west)))


def _blocks(run: OutdoorRun) -> tuple[set[Block], set[Block]]:
    """The blocks that a run lies in, and these with their neighbours."""
    corners = np.column_stack(corner_deg(np.array(run.cells)))
    blocks = {(x, y) for x, y in np.floor(corners * PER_DEGREE / BLOCK + 1e-9).astype(int).tolist()}
    return blocks, {(x + e, y + n) for x, y in blocks for e in (-1, 0, 1) for n in (-1, 0, 1)}


def _area(runs: Sequence[OutdoorRun]) -> Area:
    west, south = corner_deg(np.array([cell for run in runs for cell in run.cells]))
    return Area(
        west=round(float(west.min()) - MARGIN_DEG, 2),
        south=round(float(south.min()) - MARGIN_DEG, 2),
        east=round(float(west.max()) + 1 / PER_DEGREE + MARGIN_DEG, 2),
        north=round(float(south.max()) + 1 / PER_DEGREE + MARGIN_DEG, 2),
        runs=len(runs),
        first_day=min(run.day for run in runs),
        last_day=max(run.day for run in runs),
    )
