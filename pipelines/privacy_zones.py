"""Privacy zones: which positions nobody but the athlete sees, so that a map does not tell where they live.

A zone hides whole cells of a grid that is laid at random once and for all: every cell that the disc touches,
and some beyond its edge. The disc is not around the home but moved by an offset drawn once, so that what
many runs show together is the same ragged edge, and its middle is not the home. See docs/privacy.md.
"""

from __future__ import annotations

import hashlib
import math
import random
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from features.per_activity.gps_distance import EARTH_RADIUS_M
from features.training_log import Column, Track

RADII_M = (200.0, 300.0, 500.0, 1000.0)
# In radii. The offset is never small, or the middle would be the home; disc and offset leave a margin, so that
# the plain around the middle may differ from the globe by some metres.
LEAST_OFFSET, MOST_OFFSET, DISC = 0.6, 0.9, 2.0
CELL_M = 120.0
RAGGED_M = 240.0  # how far beyond the disc cells may be hidden, each by the toss of a coin


@dataclass(frozen=True, slots=True)
class Zone:
    """``latitude_deg`` and ``longitude_deg`` are the disc's middle, not the home; ``radius_m`` is the home's."""

    latitude_deg: float
    longitude_deg: float
    radius_m: float
    secret: str


def around(
    latitude_deg: float, longitude_deg: float, radius_m: float, chance: random.Random | None = None
) -> Zone:
    """A new zone for a home there. It is drawn anew each time; ``chance`` is for tests."""
    drawn = chance or secrets.SystemRandom()
    # even over the ring's area
    offset_m = radius_m * math.sqrt(drawn.uniform(LEAST_OFFSET**2, MOST_OFFSET**2))
    bearing = drawn.uniform(0, 2 * math.pi)
    north = math.degrees(offset_m * math.cos(bearing) / EARTH_RADIUS_M)
    east = math.degrees(offset_m * math.sin(bearing) / EARTH_RADIUS_M) / math.cos(math.radians(latitude_deg))
    middle = latitude_deg + north, (longitude_deg + east + 180) % 360 - 180
    return Zone(*middle, radius_m, f"{drawn.getrandbits(128):032x}")


def hidden(zones: Iterable[Zone], latitude_deg: Column, longitude_deg: Column) -> NDArray[np.bool_]:
    """Which of these positions lie in a zone; an unknown one (NaN) does not."""
    inside = np.zeros(len(latitude_deg), dtype=bool)
    for zone in zones:
        inside |= _in_zone(zone, latitude_deg, longitude_deg)
    return inside


def without(track: Track, zones: Iterable[Zone]) -> Track:
    """The track with every position in a zone unknown, wherever in the run it is; all else stays."""
    gone = hidden(zones, track.latitude_deg, track.longitude_deg)
    latitude, longitude = track.latitude_deg, track.longitude_deg
    return replace(
        track,
        latitude_deg=np.where(gone, np.nan, latitude),
        longitude_deg=np.where(gone, np.nan, longitude),
    )


def _in_zone(zone: Zone, latitude_deg: Column, longitude_deg: Column) -> NDArray[np.bool_]:
    reach = DISC * zone.radius_m + RAGGED_M + 2 * CELL_M
    east, north = _metres(zone, latitude_deg, longitude_deg)
    near = np.flatnonzero((np.abs(east) < reach) & (np.abs(north) < reach))  # NaN is not
    inside = np.zeros(len(latitude_deg), dtype=bool)
    if len(near):
        cells = _cells(zone, east[near], north[near])
        kinds, place = np.unique(cells, axis=0, return_inverse=True)
        inside[near] = _hides(zone, kinds)[place.reshape(-1)]
    return inside


def _metres(zone: Zone, latitude_deg: Column, longitude_deg: Column) -> tuple[Column, Column]:
    """East and north of the disc's middle, on the plain that touches the globe there."""
    east_deg = (longitude_deg - zone.longitude_deg + 180) % 360 - 180
    shrink = math.cos(math.radians(zone.latitude_deg))
    return (
        np.radians(east_deg) * EARTH_RADIUS_M * shrink,
        np.radians(latitude_deg - zone.latitude_deg) * EARTH_RADIUS_M,
    )


def _cells(zone: Zone, east_m: Column, north_m: Column) -> NDArray[np.int64]:
    """Column and row of each position's cell, shape (n, 2), on the zone's own turned and shifted grid."""
    turn = math.pi / 2 * _share(zone, "turn")
    x = math.cos(turn) * east_m - math.sin(turn) * north_m
    y = math.sin(turn) * east_m + math.cos(turn) * north_m
    return np.floor(np.column_stack([x, y]) / CELL_M + _shift(zone)).astype(np.int64)


def _hides(zone: Zone, cells: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which cells are hidden: those that the disc touches, and about every second one just beyond."""
    low = (cells - _shift(zone)) * CELL_M
    gap = np.maximum(np.maximum(low, -(low + CELL_M)), 0.0)
    beyond_m = np.hypot(gap[:, 0], gap[:, 1]) - DISC * zone.radius_m
    tossed = [_share(zone, f"{x} {y}") < 0.5 for x, y in cells]
    return np.asarray((beyond_m <= 0) | ((beyond_m <= RAGGED_M) & tossed))


def _shift(zone: Zone) -> tuple[float, float]:
    return _share(zone, "x"), _share(zone, "y")


def _share(zone: Zone, word: str) -> float:
    """A number from 0 to 1 that only this zone's secret gives for this word."""
    return int.from_bytes(hashlib.sha256(f"{zone.secret} {word}".encode()).digest()[:6], "big") / 2**48
