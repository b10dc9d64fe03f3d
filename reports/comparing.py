"""Some athletes' weeks side by side, each against their own usual: what a comparison is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.verdict import Level


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The seven days up to a Sunday; None = not known. ``usual`` is the mean of the four weeks before."""

    day: date
    level: Level | None
    knee_week_m: float | None
    knee_week_usual_m: float | None
    week_m: float | None
    week_usual_m: float | None

    @property
    def load_m(self) -> float | None:
        """Knee-equivalent distance; where that is not known, the distance stands in."""
        return self.week_m if self.knee_week_m is None else self.knee_week_m

    @property
    def usual_m(self) -> float | None:
        """What ``load_m`` is compared with, of the same kind."""
        return self.week_usual_m if self.knee_week_m is None else self.knee_week_usual_m

    @property
    def is_distance(self) -> bool:
        return self.knee_week_m is None


@dataclass(frozen=True, slots=True)
class AthleteWeeks:
    athlete: str
    name: str
    weeks: tuple[WeekOf, ...]
