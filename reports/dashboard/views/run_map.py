"""A run's line without a map beneath it: nobody's server is asked. North is up, and a bar gives the scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.per_activity.gps_distance import EARTH_RADIUS_M
from features.training_log import Column
from reports.wording import Measure

WIDTH, LEAST_HEIGHT, MOST_HEIGHT, EDGE = 600.0, 220.0, 560.0, 18.0
MOST_POINTS = 600
SCALE_STEPS = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the way of one kind, as an SVG path."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class RunMap:
    """``at`` are places along the way (fractions of its length → x y) for a marker; None = not to be seen."""

    height: float
    lines: tuple[Line, ...]
    kinds: tuple[str, ...]
    start: tuple[float, float] | None
    finish: tuple[float, float] | None
    scale_px: float
    scale_words: str
    has_gaps: bool
    at: tuple[tuple[float, float] | None, ...]


def run_map(
    latitude_deg: Column,
    longitude_deg: Column,
    kinds: Sequence[str],
    bins: NDArray[np.intp],
    measure: Measure,
) -> RunMap | None:
    """The line of samples, each of a kind; ``bins`` says to which place along the way a sample belongs.

    None with fewer than two positions.
    """
    known = ~(np.isnan(latitude_deg) | np.isnan(longitude_deg))
    if known.sum() < 2:
        return None
    x, y, height, per_px = _placed(latitude_deg, longitude_deg)
    kept = _thinned(len(x))
    lines = _lines(x[kept], y[kept], known[kept], [kinds[n] for n in kept])
    scale_m = _round_length(WIDTH / 4 * per_px / measure.metres_per_unit) * measure.metres_per_unit
    return RunMap(
        height=height,
        lines=lines,
        kinds=tuple(dict.fromkeys(line.kind for line in lines)),
        start=(float(x[0]), float(y[0])) if known[0] else None,
        finish=(float(x[-1]), float(y[-1])) if known[-1] else None,
        scale_px=round(scale_m / per_px, 1),
        scale_words=_length_words(scale_m, measure),
        has_gaps=bool(not known.all()),
        at=_places(x, y, known, bins),
    )


def _placed(latitude_deg: Column, longitude_deg: Column) -> tuple[Column, Column, float, float]:
    """Pixels right and down, the picture's height, and metres in a pixel."""
    south, north = np.nanmin(latitude_deg), np.nanmax(latitude_deg)
    shrink = math.cos(math.radians((south + north) / 2))
    first = longitude_deg[~np.isnan(longitude_deg)][0]
    east = np.radians((longitude_deg - first + 180) % 360 - 180) * EARTH_RADIUS_M * shrink
    up = np.radians(latitude_deg - south) * EARTH_RADIUS_M
    wide, high = np.nanmax(east) - np.nanmin(east), np.nanmax(up)
    per_px = max(wide / (WIDTH - 2 * EDGE), high / (MOST_HEIGHT - 2 * EDGE), 0.05)
    height = max(LEAST_HEIGHT, round(high / per_px + 2 * EDGE))
    left = (WIDTH - wide / per_px) / 2
    top = (height - high / per_px) / 2
    x = np.round(left + (east - np.nanmin(east)) / per_px, 1)
    return x, np.round(height - top - up / per_px, 1), float(height), float(per_px)


def _thinned(samples: int) -> NDArray[np.intp]:
    return np.unique(np.linspace(0, samples - 1, min(samples, MOST_POINTS)).round().astype(np.intp))


def _lines(x: Column, y: Column, known: NDArray[np.bool_], kinds: Sequence[str]) -> tuple[Line, ...]:
    """Parts of one kind, each joined to the one before; a position that is not to be seen ends a part."""
    lines: list[Line] = []
    points: list[str] = []
    for n in range(len(x)):
        if not known[n]:
            _end(lines, points, kinds[n - 1] if n else "")
            points = []
            continue
        if points and kinds[n] != kinds[n - 1]:
            here = f"{x[n]:g} {y[n]:g}"
            _end(lines, [*points, here], kinds[n - 1])
            points = [here]
        else:
            points.append(f"{x[n]:g} {y[n]:g}")
    _end(lines, points, kinds[-1])
    return tuple(lines)


def _end(lines: list[Line], points: Sequence[str], kind: str) -> None:
    if len(points) > 1:
        lines.append(Line(kind, "M" + "L".join(points)))


def _places(
    x: Column, y: Column, known: NDArray[np.bool_], bins: NDArray[np.intp]
) -> tuple[tuple[float, float] | None, ...]:
    first = np.unique(bins, return_index=True)
    found = dict(zip(first[0].tolist(), first[1].tolist(), strict=True))
    return tuple(
        (float(x[n]), float(y[n])) if (n := found.get(at)) is not None and known[n] else None
        for at in range(int(bins.max()) + 1)
    )


def _round_length(most: float) -> float:
    """The largest of 1, 2, 5, 10 … that is not longer."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step for step in SCALE_STEPS if step * power <= most) * power


def _length_words(metres: float, measure: Measure) -> str:
    if measure.units == "km" and metres < measure.metres_per_unit:
        return f"{metres:g} m"
    return f"{metres / measure.metres_per_unit:g} {measure.units}"
