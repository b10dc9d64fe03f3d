"""The ways around some runs, ready to be searched: which lie near a path, and which share a node.

Needs the extra ``surface``. Everything is in Mercator's projection, whose scale is the same in all directions, so
that a distance is right anywhere once it is multiplied by the cosine of the latitude.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from features.per_activity.gps_distance import EARTH_RADIUS_M
from features.per_activity.map_match import NO_WAY, Candidates
from features.training_log import Column
from pipelines.surfaces.cells import PER_DEGREE, corner_deg
from pipelines.surfaces.region import Region

SEARCH_M = 40.0  # beyond, being off the map is likelier
AT_MOST = (
    8  # ways a point; with 12 or 16 the way was right a little oftener in cities, its surface no oftener
)
AHEAD_M = 2.0  # how far on either side of the nearest place a way's direction is taken

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Network:
    """Some ways of a region: their ids, their kinds, their lines in a search tree, and who shares a node."""

    way: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    lines: npt.NDArray[Any]
    tree: shapely.STRtree
    neighbours: npt.NDArray[np.int64]  # sorted: first way x number of ways + second way

    def linked(self, before: Indices, after: Indices) -> npt.NDArray[np.bool_]:
        """Which pairs of ways share a node."""
        if not len(self.neighbours):
            return np.zeros(before.shape, dtype=np.bool_)
        pair = before.astype(np.int64) * len(self.way) + after
        place = np.minimum(np.searchsorted(self.neighbours, pair), len(self.neighbours) - 1)
        return np.asarray(self.neighbours[place] == pair)

    def candidates(self, longitude_deg: Column, latitude_deg: Column) -> Candidates:
        """The ways near each of at least two points, the nearest ``AT_MOST``."""
        scale = float(np.cos(np.radians(np.median(latitude_deg))))  # a fix gone astray does not move it
        path = _mercator_m(longitude_deg, latitude_deg)
        points = shapely.points(path)
        point, way = self.tree.query(points, predicate="dwithin", distance=SEARCH_M / scale)
        apart = shapely.distance(points[point], self.lines[way]) * scale
        order = np.lexsort((way, apart, point))
        point, way, apart = point[order], way[order], apart[order]
        rank = np.arange(len(point)) - np.searchsorted(point, point)
        kept = rank < AT_MOST
        point, way, apart, rank = point[kept], way[kept], apart[kept], rank[kept]
        lines = self.lines[way]
        along = shapely.line_locate_point(lines, points[point])
        nearest = _at(lines, along)
        direction = _at(lines, along + AHEAD_M / scale) - _at(lines, np.maximum(along - AHEAD_M / scale, 0))
        across = 1 - np.abs(_cosine(direction, _heading(path)[point]))

        def table(values: npt.NDArray[Any], empty: float) -> npt.NDArray[Any]:
            filled = np.full((len(points), AT_MOST), empty, dtype=values.dtype)
            filled[point, rank] = values
            return filled

        place = (nearest - path[0]) * scale
        return Candidates(
            way=table(way, NO_WAY),
            apart_m=table(apart, 0.0),
            across=table(across, 0.0),
            east_m=table(place[:, 0], 0.0),
            north_m=table(place[:, 1], 0.0),
            step_m=np.hypot(*np.diff(path, axis=0).T) * scale,
        )


def around(region: Region, cells: Collection[int]) -> Network:
    """The region's ways that come into these cells or their neighbours; cells elsewhere are passed over."""
    chosen = _ways_in(region.array("bounds_e7"), np.array(sorted(region.cells.intersection(cells))))
    start = np.asarray(region.array("start"))
    lengths = (start[1:] - start[:-1])[chosen]
    owner = np.repeat(np.arange(len(chosen)), lengths)
    first = np.repeat(start[chosen] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    points_e7 = region.array("points_e7")[first + np.arange(len(owner))]
    places = _mercator_m(points_e7[:, 0] / 1e7, points_e7[:, 1] / 1e7)
    lines = shapely.linestrings(places, indices=owner)
    return Network(
        way=np.asarray(region.array("way")[chosen]),
        kind=np.asarray(region.array("kind")[chosen]),
        lines=lines,
        tree=shapely.STRtree(lines),
        neighbours=_neighbours(points_e7, owner, len(chosen)),
    )


def _ways_in(bounds_e7: npt.NDArray[np.int64], cells: npt.NDArray[np.int64]) -> Indices:
    """Which ways have a box that meets one of the cells: sums over a grid tell it for all ways at once."""
    corners = np.floor(np.column_stack(corner_deg(cells)) * PER_DEGREE + 0.5).astype(np.int64)
    low = corners.min(axis=0) - 1
    size = corners.max(axis=0) - low + 2
    visited = np.zeros(
        size + 1, dtype=np.int64
    )  # row and column 0 stay empty: what lies before the first cell
    column, row = (corners - low).T
    for east in (-1, 0, 1):
        for north in (-1, 0, 1):
            visited[column + east + 1, row + north + 1] = 1
    upto = visited.cumsum(axis=0).cumsum(axis=1)
    boxes = np.floor(np.asarray(bounds_e7) / (1e7 / PER_DEGREE)).astype(np.int64)
    west, south = np.clip(boxes[:, :2] - low, 0, size).T
    east, north = np.clip(boxes[:, 2:] - low + 1, 0, size).T
    return np.flatnonzero(upto[east, north] - upto[west, north] - upto[east, south] + upto[west, south])


def _neighbours(points_e7: npt.NDArray[np.int64], owner: Indices, ways: int) -> npt.NDArray[np.int64]:
    """All ordered pairs of ways that have a point in common; equal places are the same node."""
    node = (points_e7[:, 0].astype(np.int64) << 32) + points_e7[:, 1].astype(np.int64)
    order = np.lexsort((owner, node))
    node, owner = node[order], owner[order]
    is_first = np.ones(len(node), dtype=np.bool_)
    is_first[1:] = (node[1:] != node[:-1]) | (owner[1:] != owner[:-1])
    node, owner = node[is_first], owner[is_first]
    pairs = []
    for on in range(1, len(node)):
        together = node[on:] == node[:-on]
        if not together.any():
            break
        one, other = owner[:-on][together], owner[on:][together]
        pairs += [one * ways + other, other * ways + one]
    return np.unique(np.concatenate(pairs)) if pairs else np.empty(0, dtype=np.int64)


def _mercator_m(longitude_deg: Column, latitude_deg: Column) -> Column:
    """East and north as (n, 2), at the scale of the equator."""
    north = np.log(np.tan(np.pi / 4 + np.radians(latitude_deg) / 2))
    return np.asarray(EARTH_RADIUS_M * np.column_stack([np.radians(longitude_deg), north]))


def _at(lines: npt.NDArray[Any], along: Column) -> Column:
    return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(lines, along)))


def _heading(path: Column) -> Column:
    """The direction of the path at each point, from the one before to the one after."""
    return np.asarray(np.gradient(path, axis=0))


def _cosine(one: Column, other: Column) -> Column:
    """Of the angle between two directions each; 1 where one of them is none."""
    lengths = np.hypot(*one.T) * np.hypot(*other.T)
    product = np.sum(one * other, axis=1)
    return np.asarray(np.divide(product, lengths, out=np.ones(len(one)), where=lengths > 0))
