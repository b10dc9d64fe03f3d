"""What programs may read of their athlete: facts in SI units and UTC, without words around them. Unknown is null."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """``contribution`` is a log hazard ratio; those of all reasons add up to the week's ``log_hazard``."""

    code: str
    observed: float | None
    reference: float | None
    unit: str
    contribution: float
    grade: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    """``spike_ratio``: distance ÷ longest run of the 30 days before."""

    id: str
    started_at: datetime
    zone: str
    day: date
    sport: str
    sub_sport: str | None
    surface: str
    distance_m: float | None
    duration_s: float | None
    moving_s: float | None
    ascent_m: float | None
    descent_m: float | None
    spike_ratio: float | None
    shoe: str | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """``as_of``: the last day that is looked at. ``overridden_by``: pain that sets the level, whatever the load says."""

    athlete: str
    week: str
    first_day: date
    as_of: date
    level: str
    log_hazard: float | None
    log_hazard_low: float | None
    log_hazard_high: float | None
    overridden_by: str | None
    unknown_because: tuple[str, ...]
    confidence: str
    reasons: tuple[ReasonFacts, ...]
    runs: tuple[RunFacts, ...]


@dataclass(frozen=True, slots=True)
class ShoeFacts:
    id: str
    name: str
    bought_on: date
    retired_on: date | None
    distance_m: float
    distance_28d_m: float
    runs: int
    age_days: int
    limit_m: float
    limit_days: int


class SummaryPort(Protocol):
    """All are an athlete's own. None: nothing is measured yet, or that week has not begun."""

    def week(self, athlete: str, week: str | None) -> WeekFacts | None:
        """``week`` like 2026-W46; None = the one under way. Refused for what is no week."""

    def runs(self, athlete: str, first: date | None, last: date | None) -> tuple[RunFacts, ...]:
        """Both days inclusive; the last 28 days where they are not told. Refused for more than a year."""

    def shoes(self, athlete: str) -> tuple[ShoeFacts, ...]: ...
