"""Everything one weekly report says, gathered: what the templates may read, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from features.training_log import Athlete, CheckIn, DayFeatures, Flag, ShoeDay, Surface, Week
from models.adherence import Adherence
from models.knee_pain import KneePain
from models.track_record import TrackRecord
from models.verdict import Plan, RiskAssessment, Triage


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session of the week. ``spike_ratio`` and ``reference_m`` are for runs alone:
    distance ÷ longest run of the 30 days before, and that longest run."""

    activity_id: str
    started_at: datetime
    zone: str
    day: date
    sport: str
    sub_sport: str | None
    surface: Surface
    distance_m: float | None
    duration_s: float | None
    moving_s: float | None
    ascent_m: float | None
    descent_m: float | None
    spike_ratio: float | None
    reference_m: float | None
    shoe: str | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class WeekTotals:
    """One calendar week of running in numbers; ``descent_m`` is None where it was not measured.

    ``distance_m`` is that of the runs whose distance is known; ``unmeasured_runs`` are the others.
    """

    week: Week
    distance_m: float
    runs: int
    longest_m: float | None
    descent_m: float | None
    worst_pain: int | None
    unmeasured_runs: int = 0

    @property
    def whole_distance_m(self) -> float | None:
        """The week's distance, if that of every run is known."""
        return self.distance_m if self.unmeasured_runs == 0 else None


@dataclass(frozen=True, slots=True)
class CadenceHabit:
    """The week's cadence beside the athlete's own usual at the same speeds (steps per minute)."""

    observed_spm: float
    usual_spm: float
    speed_mps: float
    runs: int


@dataclass(frozen=True, slots=True)
class WeekStory:
    """``features`` are as of the week's last day (or today), ``features_before`` as of the
    Sunday before; ``weeks`` are the twelve weeks up to and including this one, oldest first;
    ``check_ins`` reach as far back as triage looks for red flags;
    ``past`` is what became of the last year's levels, ``adherence`` what was done of the plan given for this week
    (None where none was)."""

    athlete: Athlete
    week: Week
    as_of: date
    sessions: tuple[SessionLine, ...]
    weeks: tuple[WeekTotals, ...]
    features: DayFeatures
    features_before: DayFeatures | None
    assessment: RiskAssessment
    triage: Triage
    knee_pain: KneePain
    plan: Plan
    shoes: tuple[ShoeDay, ...]
    check_ins: tuple[CheckIn, ...]
    cadence: CadenceHabit | None
    files_with_problems: int
    past: TrackRecord | None = None
    adherence: Adherence | None = None
