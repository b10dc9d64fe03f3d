"""A village of a few ways as an OpenStreetMap file, and runs through it: everything in metres from its centre."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np

from features.training_log import Column, Track

LATITUDE, LONGITUDE = 49.005, 8.005  # the middle of a cell
METRES_PER_DEGREE = 6_371_008.8 * np.pi / 180

Places = Sequence[tuple[float, float]]


def degrees(places: Places) -> tuple[Column, Column]:
    """Longitude and latitude of places given as (east, north)."""
    east, north = np.array(places, dtype=np.float64).T
    latitude = LATITUDE + north / METRES_PER_DEGREE
    return LONGITUDE + east / METRES_PER_DEGREE / np.cos(np.radians(LATITUDE)), latitude


def write_map(path: Path, ways: Sequence[tuple[Places, dict[str, str]]], header: str = "") -> Path:
    """An .osm file of ways; equal places are the same node, so ways that share one are linked."""
    nodes: dict[tuple[float, float], int] = {}
    lines = []
    for number, (places, tags) in enumerate(ways, start=1):
        refs = "".join(f'<nd ref="{nodes.setdefault(place, len(nodes) + 1)}"/>' for place in places)
        told = "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())
        lines.append(f'<way id="{number}" version="1" timestamp="2026-03-01T00:00:00Z">{refs}{told}</way>')
    longitude, latitude = degrees(list(nodes))
    points = [
        f'<node id="{number}" version="1" lon="{x:.7f}" lat="{y:.7f}"/>'
        for number, x, y in zip(nodes.values(), longitude, latitude, strict=True)
    ]
    path.write_text(f'<osm version="0.6"{header}>{"".join(points + lines)}</osm>', encoding="utf-8")
    return path


def walk(places: Places, seed: int | None = None, stretch: float = 1.0) -> Track:
    """A run along these corners, a sample every 3 m; the device counts ``stretch`` times the way.

    With a seed, a receiver that wanders by 3 m.
    """
    corners = np.array(places, dtype=np.float64)
    covered = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))))
    at = np.arange(0.0, covered[-1] + 1e-9, 3.0)
    path = np.column_stack([np.interp(at, covered, corners[:, axis]) for axis in (0, 1)])
    if seed is not None:
        rng, drift = np.random.default_rng(seed), np.zeros_like(path)
        for second in range(1, len(path)):
            drift[second] = 0.96 * drift[second - 1] + rng.normal(0, 0.8, 2)
        path += drift
    longitude, latitude = degrees([tuple(place) for place in path])
    return Track.of(
        np.arange(len(at), dtype=np.float64),
        distance_m=at * stretch,
        longitude_deg=longitude,
        latitude_deg=latitude,
    )


STRAIGHT_M, RADIUS_M = 84.39, 36.8  # World Athletics: 400 m are measured 30 cm from the kerb of 36.5 m
LAP_M = 2 * STRAIGHT_M + 2 * np.pi * RADIUS_M


def oval(metres: Column) -> Column:
    """East and north (n, 2) after so many metres on the standard oval."""
    bend = np.pi * RADIUS_M
    at = metres % LAP_M
    along, first_bend, back = at, at - STRAIGHT_M, at - STRAIGHT_M - bend
    last_bend = back - STRAIGHT_M
    east = np.select(
        [at < STRAIGHT_M, first_bend < bend, back < STRAIGHT_M],
        [along, STRAIGHT_M + RADIUS_M * np.sin(first_bend / RADIUS_M), STRAIGHT_M - back],
        -RADIUS_M * np.sin(last_bend / RADIUS_M),
    )
    north = np.select(
        [at < STRAIGHT_M, first_bend < bend, back < STRAIGHT_M],
        [0 * at, RADIUS_M * (1 - np.cos(first_bend / RADIUS_M)), 0 * at + 2 * RADIUS_M],
        RADIUS_M * (1 + np.cos(last_bend / RADIUS_M)),
    )
    return np.column_stack([east, north])
