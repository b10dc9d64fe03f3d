"""Made-up landscapes and the loops people run through them: same place, same altitude, every time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from data_samples.wander import stream

Floats = NDArray[np.float64]

STEP_M = 5.0  # spacing of a route's points
_METRES_PER_DEGREE = 111_195.0
_HEADINGS = 20
_SHAPES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A landscape in metres east and north of a start point.

    ``roll_m`` is the standard deviation of altitude on the plain; ``hill_m`` that of the hills
    that begin east of the start (0: no hills).
    """

    name: str
    latitude_deg: float
    longitude_deg: float
    altitude_m: float
    roll_m: float
    hill_m: float

    def altitude(self, east_m: Floats, north_m: Floats) -> Floats:
        """Metres above sea level; a sum of long waves, so every slope is smooth."""
        plain = _waves(self.name, "plain", (1800.0, 7000.0), east_m, north_m) * self.roll_m
        if self.hill_m <= 0:
            return np.asarray(self.altitude_m + plain)
        hills = _waves(self.name, "hills", (1100.0, 4200.0), east_m, north_m) * self.hill_m
        into = np.clip((east_m - 300.0) / 2200.0, 0.0, 1.0)
        share = into * into * (3.0 - 2.0 * into)
        return np.asarray(self.altitude_m + plain * (1.0 - share) + (hills + 1.6 * self.hill_m) * share)

    def degrees(self, east_m: Floats, north_m: Floats) -> tuple[Floats, Floats]:
        """Latitude and longitude on a sphere, exact enough for loops of a few kilometres."""
        latitude = self.latitude_deg + north_m / _METRES_PER_DEGREE
        shrink = math.cos(math.radians(self.latitude_deg))
        return latitude, self.longitude_deg + east_m / (_METRES_PER_DEGREE * shrink)


def _waves(place: str, layer: str, lengths_m: tuple[float, float], east: Floats, north: Floats) -> Floats:
    """A random field of standard deviation 1; longer waves are higher, as in eroded land."""
    rng = stream(place, layer)
    shortest_m, longest_m = lengths_m
    total, power = np.zeros_like(east), 0.0
    for _ in range(14):
        length = shortest_m * (longest_m / shortest_m) ** rng.uniform()
        heading, phase = rng.uniform(0, math.pi), rng.uniform(0, 2 * math.pi)
        along = east * math.cos(heading) + north * math.sin(heading)
        height = (length / longest_m) ** 0.8
        total += height * np.sin(2 * math.pi * along / length + phase)
        power += height * height / 2
    return total / math.sqrt(power)


@dataclass(frozen=True, slots=True)
class Route:
    """A closed loop, one point every ``STEP_M`` metres: where it is and how high."""

    place: Place
    east_m: Floats
    north_m: Floats
    altitude_m: Floats
    grade: Floats

    @property
    def length_m(self) -> float:
        return (len(self.altitude_m) - 1) * STEP_M


def drops(altitude_m: Floats, threshold_m: float) -> tuple[float, float]:
    """Ascent and descent in metres between turning points; swings below ``threshold_m`` do not turn."""
    ascent = descent = 0.0
    start = peak = float(altitude_m[0])  # where the present leg began, and the furthest it went
    for height in altitude_m.tolist():
        rising = peak - start
        if abs(height - start) > abs(rising) and (height - start) * rising >= 0:
            peak = height
        elif abs(height - peak) >= threshold_m:
            if abs(rising) >= threshold_m:
                ascent, descent = ascent + max(rising, 0.0), descent + max(-rising, 0.0)
            start, peak = peak, height
    last = peak - start
    if abs(last) >= threshold_m:
        ascent, descent = ascent + max(last, 0.0), descent + max(-last, 0.0)
    return ascent, descent


def loop(place: Place, length_m: float, heading: int, shape: int) -> Route:
    """A closed loop from the place's start point, one of 20 headings and of 3 shapes."""
    east, north = _outline(place.name, heading, shape)
    steps = round(length_m / STEP_M)
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))])
    scale = steps * STEP_M / lengths[-1]
    at = np.linspace(0.0, lengths[-1], steps + 1)
    x, y = np.interp(at, lengths, east) * scale, np.interp(at, lengths, north) * scale
    altitude = place.altitude(x, y)
    return Route(place, x, y, altitude, np.gradient(altitude, STEP_M))


@lru_cache(maxsize=256)
def _outline(place: str, heading: int, shape: int) -> tuple[Floats, Floats]:
    """A polygon through (0, 0) with bends within bends, corners rounded by Chaikin's cutting."""
    rng = stream(place, "outline", heading, shape)
    corners = 9 + 2 * shape
    turn = np.linspace(0.0, 2 * math.pi, corners, endpoint=False) + rng.uniform(-0.16, 0.16, corners)
    radius = 1.0 + rng.uniform(-0.25, 0.25, corners)
    stretch = rng.uniform(0.55, 0.9)
    points = np.column_stack([radius * np.cos(turn), stretch * radius * np.sin(turn)])
    points = np.vstack([points, points[:1]])
    for bend in (0.16, 0.2):
        points = _bent(points, bend, rng)
    for _ in range(3):
        first, second = points[:-1], points[1:]
        cut = np.stack([0.8 * first + 0.2 * second, 0.2 * first + 0.8 * second], axis=1)
        points = np.vstack([cut.reshape(-1, 2), cut[0, :1]])
    points = points - points[0]
    away = 2 * math.pi * heading / _HEADINGS - math.atan2(*(points[:-1].mean(axis=0)[::-1]))
    turned_east = points[:, 0] * math.cos(away) - points[:, 1] * math.sin(away)
    turned_north = points[:, 0] * math.sin(away) + points[:, 1] * math.cos(away)
    return turned_east, turned_north


def _bent(points: Floats, bend: float, rng: np.random.Generator) -> Floats:
    """Each edge broken in its middle, which moves sideways by up to ``bend`` of the edge."""
    first, edge = points[:-1], np.diff(points, axis=0)
    sideways = np.column_stack([-edge[:, 1], edge[:, 0]]) * rng.uniform(-bend, bend, (len(edge), 1))
    middle = first + edge * rng.uniform(0.35, 0.65, (len(edge), 1)) + sideways
    return np.vstack([np.stack([first, middle], axis=1).reshape(-1, 2), points[-1:]])


def route_with(place: Place, length_m: float, descent_m: float, rng: np.random.Generator) -> Route:
    """One of the place's loops of that length whose descent comes close to ``descent_m``.

    One of the three nearest is drawn, as people vary their rounds.
    """
    known = [(heading, shape) for heading in range(_HEADINGS) for shape in range(_SHAPES)]
    found = [loop(place, length_m, heading, shape) for heading, shape in known]
    found.sort(key=lambda route: abs(drops(route.altitude_m, 3.0)[1] - descent_m))
    return found[int(rng.integers(3))]
