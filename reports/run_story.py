"""Everything one run's page says, gathered: what it was, what it asked of the knee, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from features.training_log import Flag


@dataclass(frozen=True, slots=True)
class WornPair:
    """A pair and its share of the run; ``matched_by`` says why it is this one: hand, export or a rule."""

    name: str
    share: float
    matched_by: str


@dataclass(frozen=True, slots=True)
class RunStory:
    """One workout. Fields are those of ``features.stream_measures``; ``None`` = not known.

    ``surfaces`` are shares of the distance by group, largest first, unknown included. ``zone_s`` and
    ``pace_zone_s`` are seconds in five zones.
    """

    id: str
    started_at: datetime
    zone: str
    day: date
    sport: str
    sub_sport: str | None
    distance_m: float | None
    duration_s: float | None
    moving_s: float | None
    ascent_m: float | None
    descent_m: float | None
    mean_heart_rate_bpm: float | None
    mean_cadence_spm: float | None
    device: str | None
    flags: tuple[Flag, ...]
    knee_equivalent_m: float | None
    knee_equivalent_low_m: float | None
    knee_equivalent_high_m: float | None
    knee_peak_load: float | None
    knee_grade_known_share: float | None
    knee_cadence_known_share: float | None
    knee_extrapolated_share: float | None
    walking_m: float | None
    trimp_banister: float | None
    trimp_edwards: float | None
    high_intensity_s: float | None
    intensity_from: str | None
    zone_s: tuple[float, ...] | None
    pace_zone_s: tuple[float, ...] | None
    warm_up_ratio: float | None
    cool_down_ratio: float | None
    cadence_drop: float | None
    stance_balance_percent: float | None
    stance_balance_change: float | None
    surfaces: tuple[tuple[str, float], ...]
    surface_source: str | None
    surface_confidence: float | None
    rpe: int | None
    recovery: int | None
    shoes: tuple[WornPair, ...]
