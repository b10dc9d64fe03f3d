"""Sketches of runs around a place, for the athlete's own eyes: what others see of them and what not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from features.per_activity.gps_distance import EARTH_RADIUS_M
from features.training_log import Column
from pipelines.privacy_zones import Zone, hidden
from reports.dashboard.ports.own_data import Piece, Sketch

AROUND = 4.0  # radii
STEP_M = 15.0  # finer than a sketch can show


def sketch(
    runs: Sequence[tuple[Column, Column]], middle: tuple[float, float], radius_m: float, zones: Sequence[Zone]
) -> Sketch:
    """``runs`` are latitudes and longitudes in degrees; ``middle`` is the place that the sketch is around."""
    half_m = AROUND * radius_m
    pieces: list[Piece] = []
    for latitude, longitude in runs:
        points = _metres(middle, latitude, longitude)
        near = np.flatnonzero((np.abs(points) <= half_m).all(axis=1))
        if len(near) < 2:
            continue
        gone = hidden(zones, latitude, longitude)
        cuts = np.flatnonzero((np.diff(near) > 1) | (np.diff(gone[near]) != 0)) + 1
        for stretch in np.split(near, cuts):
            thinned = _thinned(points[stretch])
            if len(thinned) > 1:
                pieces.append(Piece(tuple((float(x), float(y)) for x, y in thinned), bool(gone[stretch[0]])))
    return Sketch(half_m, tuple(pieces))


def _metres(middle: tuple[float, float], latitude_deg: Column, longitude_deg: Column) -> Column:
    east = np.radians((longitude_deg - middle[1] + 180) % 360 - 180) * np.cos(np.radians(middle[0]))
    return np.column_stack([east, np.radians(latitude_deg - middle[0])]) * EARTH_RADIUS_M


def _thinned(points: Column) -> Column:
    """About one point every ``STEP_M``, the first and the last always."""
    covered = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    _, first = np.unique(np.floor(covered / STEP_M), return_index=True)
    return np.asarray(points[np.unique([*first, len(points) - 1])].round(0))
