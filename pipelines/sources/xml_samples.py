"""Samples gathered point by point from an XML file, in runs that a pause separates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from features.training_log import Column, Flag
from pipelines.sources.samples import in_time_order

COLUMNS = (
    "latitude_deg", "longitude_deg", "altitude_m", "distance_m", "speed_mps", "heart_rate_bpm", "cadence_spm",
)  # fmt: skip
# Exports start a new segment at every lap, too: only a real gap between segments is a pause.
SHORTEST_PAUSE_S = 10.0

Point = dict[str, float]


@dataclass(slots=True)
class Run:
    """Consecutive points; ``time_s`` (seconds since 1970 UTC) is None where a point has no time."""

    points: list[Point] = field(default_factory=list)
    times_s: list[float | None] = field(default_factory=list)

    def add(self, time_s: float | None, point: Point) -> None:
        self.times_s.append(time_s)
        self.points.append(point)

    @property
    def known_times_s(self) -> list[float]:
        return [time for time in self.times_s if time is not None]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All points with a time, in order, and the pauses between runs (in seconds since 1970)."""

    time_s: Column
    columns: dict[str, Column]
    pauses_s: tuple[tuple[float, float], ...]
    flags: frozenset[Flag]


def timeline_of(runs: Sequence[Run]) -> Timeline:
    """Points of several runs in time order; a run that repeats an earlier one's times is left out."""
    kept = _without_repeats(runs)
    times = np.array([np.nan if t is None else t for run in kept for t in run.times_s], dtype=np.float64)
    points = [point for run in kept for point in run.points]
    columns = {name: np.array([p.get(name, np.nan) for p in points], dtype=np.float64) for name in COLUMNS}
    time_s, ordered, flags = in_time_order(times, columns)
    return Timeline(time_s, ordered, _pauses(kept), flags)


def _without_repeats(runs: Sequence[Run]) -> list[Run]:
    seen: set[tuple[float, float, int]] = set()
    kept: list[Run] = []
    for run in runs:
        times = run.known_times_s
        if not times:
            continue
        key = (min(times), max(times), len(times))
        if key not in seen:
            seen.add(key)
            kept.append(run)
    return kept


def _pauses(runs: Sequence[Run]) -> tuple[tuple[float, float], ...]:
    """Gaps between runs that no other run covers."""
    spans = sorted((min(run.known_times_s), max(run.known_times_s)) for run in runs)
    pauses: list[tuple[float, float]] = []
    covered_to = -np.inf
    for first, last in spans:
        if covered_to + SHORTEST_PAUSE_S < first and pauses is not None and covered_to > -np.inf:
            pauses.append((covered_to, first))
        covered_to = max(covered_to, last)
    return tuple(pauses)


def time_of(text: str) -> float | None:
    """Seconds since 1970 UTC of an ISO 8601 time; without an offset it is UTC, as both formats say."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return moment.timestamp()
    except (ValueError, OverflowError):
        return None


def number_of(text: str) -> float | None:
    """A finite number, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None
