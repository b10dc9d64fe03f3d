"""What a watch keeps of an outing: noisy positions, barometric altitude, thinned records, laps, totals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from data_samples.outings import Outing
from data_samples.physiology import Motion
from data_samples.terrain import Floats, Route, drops
from data_samples.wander import wander

_HYSTERESIS_M = 3.0  # smaller moves of the barometer are taken as weather and noise


@dataclass(frozen=True, slots=True)
class Lap:
    """A stretch of the recording, first to last second, both included."""

    first_s: int
    last_s: int
    pressed: bool  # ended by hand, not by distance


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished recording. Columns have one value per second since ``started_at`` (NaN: not measured);
    ``rows`` are the seconds that are written as records; ``pauses`` are (timer off, timer on, by hand).
    """

    outing: Outing
    started_at: datetime
    distance_m: Floats
    speed_mps: Floats
    altitude_m: Floats
    heart_rate_bpm: Floats
    cadence_rpm: Floats
    latitude_deg: Floats
    longitude_deg: Floats
    temperature_c: Floats
    rows: NDArray[np.int64]
    pauses: tuple[tuple[int, int, bool], ...]
    laps: tuple[Lap, ...]

    @property
    def elapsed_s(self) -> int:
        return len(self.distance_m) - 1

    def at(self, second: int) -> datetime:
        return self.started_at + timedelta(seconds=int(second))

    def timer_s(self, first: int = 0, last: int | None = None) -> int:
        last = self.elapsed_s if last is None else last
        paused = sum(max(0, min(off, last) - max(on, first)) for on, off, _ in self.pauses)
        return last - first - paused

    def total_distance_m(self) -> float | None:
        total = float(self.distance_m[-1])
        return None if math.isnan(total) else round(total, 2)

    def ascent_descent_m(self, first: int = 0, last: int | None = None) -> tuple[int, int] | None:
        """Whole metres, as watches store them; ``None`` without an altitude."""
        heights = self.altitude_m[first : None if last is None else last + 1]
        if np.isnan(heights).any():
            return None
        ascent, descent = drops(heights, _HYSTERESIS_M)
        return round(ascent), round(descent)


def keep(outing: Outing, motion: Motion, route: Route | None, rng: np.random.Generator) -> Kept:
    count = len(motion.distance_m)
    unknown = np.full(count, np.nan)
    distance = np.round(motion.distance_m * (1.0 + rng.normal(0.0, 0.003)), 2)
    altitude, latitude, longitude = unknown, unknown, unknown
    if route is not None:
        altitude = _barometer(motion, route, rng)
        latitude, longitude = _fixes(motion, route, rng)
    pauses = tuple(s for s in motion.stops if outing.runner.watch.auto_pause or s[2])
    return Kept(
        outing=outing,
        started_at=outing.started_at.astimezone(UTC),
        distance_m=distance,
        speed_mps=_smooth(motion.speed_mps),
        altitude_m=altitude,
        heart_rate_bpm=np.round(motion.heart_rate_bpm) if outing.heart_rate else unknown,
        cadence_rpm=_strides(motion.cadence_rpm, outing.runner.watch.half_strides),
        latitude_deg=latitude,
        longitude_deg=longitude,
        temperature_c=_warmth(outing, count, rng) if outing.runner.watch.temperature else unknown,
        rows=_rows(outing, count, pauses, rng),
        pauses=pauses,
        laps=_laps(outing, distance),
    )


def _smooth(speed: Floats) -> Floats:
    return np.convolve(np.pad(speed, 2, mode="edge"), np.full(5, 0.2), mode="valid")


def _strides(cadence: Floats, halves: bool) -> Floats:
    return np.asarray(np.round(cadence * 2) / 2 if halves else np.round(cadence))


def _barometer(motion: Motion, route: Route, rng: np.random.Generator) -> Floats:
    """True height, off by some metres from the start, drifting with the weather, in steps of 20 cm."""
    count = len(motion.distance_m)
    along = np.arange(len(route.altitude_m)) * (route.length_m / (len(route.altitude_m) - 1))
    true = np.interp(motion.distance_m, along, route.altitude_m)
    drift = np.cumsum(rng.normal(0.0, 0.012, count))
    seen = true + rng.normal(0.0, 3.0) + drift + wander(rng, count, 0.15, 8.0)
    return np.asarray(np.round(seen * 5) / 5)


def _fixes(motion: Motion, route: Route, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Positions a few metres off, the error moving slowly; worst while the first satellites are found."""
    count = len(motion.distance_m)
    along = np.linspace(0.0, route.length_m, len(route.east_m))
    settling = 1.0 + 2.0 * np.exp(-np.arange(count) / 15.0)
    off_east = wander(rng, count, 1.9, 70.0) * settling + wander(rng, count, 0.25, 2.0)
    off_north = wander(rng, count, 1.9, 70.0) * settling + wander(rng, count, 0.25, 2.0)
    east = np.interp(motion.distance_m, along, route.east_m) + off_east
    north = np.interp(motion.distance_m, along, route.north_m) + off_north
    return route.place.degrees(east, north)


def _warmth(outing: Outing, count: int, rng: np.random.Generator) -> Floats:
    """Air of the season, warmed by the wrist at first."""
    outside = 10.5 - 9.5 * math.cos(2 * math.pi * (outing.day.timetuple().tm_yday - 20) / 365.25)
    outside += rng.normal(0.0, 2.5) + (4.0 if outing.sub_sport == "treadmill" else 0.0)
    return np.asarray(np.round(outside + 4.0 + 6.0 * np.exp(-np.arange(count) / 420.0)))


def _rows(
    outing: Outing, count: int, pauses: tuple[tuple[int, int, bool], ...], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Which seconds become records: none while the timer is off, and both edges of every stretch."""
    edges = [0, *(second for off, on, _ in pauses for second in (off - 1, on)), count - 1]
    rows: set[int] = set()
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        at = first
        while at < last:
            rows.add(at)
            if outing.every_s == 1:
                at += 1
            elif outing.runner.watch.smart:
                at += int(rng.integers(max(2, outing.every_s - 3), outing.every_s + 4))
            else:
                at += outing.every_s
        rows.add(last)
    return np.array(sorted(rows), dtype=np.int64)


def _laps(outing: Outing, distance: Floats) -> tuple[Lap, ...]:
    """One lap a kilometre (five on the bike); the rest is the last lap."""
    each = 5000.0 if outing.sport == "cycling" else 1000.0
    last = len(distance) - 1
    if math.isnan(float(distance[-1])):
        return (Lap(0, last, True),)
    marks = np.arange(each, float(distance[-1]), each)
    ends = [end for end in np.searchsorted(distance, marks).tolist() if end < last - 5]
    firsts = [0, *ends]
    return tuple(Lap(a, b, b == last) for a, b in zip(firsts, [*ends, last], strict=True))
