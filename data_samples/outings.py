"""What a sample athlete sets out to do: the runner, the watch, and one planned outing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from data_samples.terrain import Place

FIRST_MONDAY = date(2026, 4, 20)
WEEKS = 30  # to Sunday 2026-11-15; the demo's today is the Monday after


@dataclass(frozen=True, slots=True)
class Watch:
    """What a watch writes of itself, and how it records."""

    manufacturer: str
    product: int
    product_name: str | None
    serial: int | None
    software: int
    auto_pause: bool
    smart: bool  # a record when something changes, instead of a fixed step
    half_strides: bool
    temperature: bool
    barometer_listed: bool
    writes_generic: bool  # whether an outdoor run's sub-sport is written as "generic" or left out


@dataclass(frozen=True, slots=True)
class Runner:
    """A body: heart rates, the speed at which oxygen uptake is maximal on the flat, usual cadence."""

    id: str
    place: Place
    zone: str
    watch: Watch
    rest_bpm: float
    max_bpm: float
    top_speed_mps: float
    steps_per_min: float  # at 2.9 m/s on the flat

    def local(self, day: date, hour: float) -> datetime:
        """That wall-clock hour of that day, with the runner's zone."""
        at = datetime.combine(day, time()) + timedelta(seconds=round(hour * 3600))
        return at.replace(tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Outing:
    """One workout before it happens. ``None`` means: does not apply (no distance, no terrain)."""

    runner: Runner
    started_at: datetime
    kind: str  # easy, long, tempo, intervals, hills, treadmill, ride, walk, strength
    sport: str
    sub_sport: str
    distance_m: float | None
    descent_m: float | None
    speed_mps: float
    suffix: str = ".fit.gz"
    every_s: int = 6
    heart_rate: bool = True
    duration_s: int = 0  # only where there is no distance
    stem: str = field(default="")

    @property
    def day(self) -> date:
        return self.started_at.date()

    @property
    def path(self) -> str:
        stem = self.stem or f"{self.day}-{self.kind}"
        return f"{self.runner.id}/{stem}{self.suffix}"


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """A week of the plan; ``on`` turns a weekday (Monday = 0) into a date."""

    number: int

    def on(self, weekday: int) -> date:
        return FIRST_MONDAY + timedelta(weeks=self.number - 1, days=weekday)


def weeks() -> Iterator[PlannedWeek]:
    return (PlannedWeek(n) for n in range(1, WEEKS + 1))
