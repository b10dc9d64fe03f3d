"""What we conclude, as data: level, reasons, confidence, triage, plan. No wording, no rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.exercise_plan import ExercisePlan


class Level(StrEnum):
    """How far the week's demand on the knee stands above the athlete's own ordinary week."""

    LOW = "low"
    GUARDED = "guarded"
    ELEVATED = "elevated"
    HIGH = "high"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause and what it adds.

    ``contribution`` is a log hazard ratio; the reasons' contributions add up to the
    assessment's ``log_hazard``. A cause that is shown but may not act has contribution 0.
    ``observed`` and ``reference`` are in ``unit`` (SI). ``evidence`` names entries of the
    evidence table; ``grade`` is that of the literature among them.
    """

    code: str
    observed: float | None
    reference: float | None
    unit: str
    contribution: float
    grade: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confidence:
    """How much the verdict rests on. ``missing`` are codes of what was not there to see.

    The shares are of the last 28 days' running that has descent, heart rate or a surface.
    """

    word: str  # good | limited | poor
    history_days: int
    grade_share: float | None
    heart_rate_share: float | None
    surface_share: float | None
    check_ins: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """The overload verdict for one athlete as of one day (looking back over seven days).

    ``log_hazard_low`` and ``log_hazard_high`` are the 95 % interval of ``log_hazard``; ``per_1000_runs`` is what that
    hazard makes of the base rate, in overuse knee injuries: never to be shown without ``base_per_1000_runs``.
    """

    athlete: str
    day: date
    level: Level
    log_hazard: float | None
    log_hazard_low: float | None
    log_hazard_high: float | None
    base_per_1000_runs: float
    per_1000_runs: float | None
    reasons: tuple[Reason, ...]
    observations: tuple[Reason, ...]
    confidence: Confidence
    unknown_because: tuple[str, ...]
    overridden_by: str | None
    model_version: str


@dataclass(frozen=True, slots=True)
class Triage:
    """What the check-ins say. A red flag stops all exercise advice.

    ``pain_state``: none_reported, calm (0–2), irritated (3–5), painful (> 5), red_flag.
    ``floor`` is the lowest level that may be shown, whatever the load says.
    """

    pain_state: str
    worst_pain: int | None
    red_flags: tuple[str, ...]
    floor: Level | None
    check_ins: int
    evidence: tuple[str, ...]

    @property
    def exercises_allowed(self) -> bool:
        return not self.red_flags and self.pain_state != "painful"


@dataclass(frozen=True, slots=True)
class TrainingChange:
    """One change to the coming week's training; ``because`` is the reason's code."""

    code: str
    because: str
    amount: float | None
    unit: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lowering:
    """The smallest single change that would have given a lower level: ``amount`` instead of ``observed`` metres."""

    code: str
    observed: float
    amount: float
    level: Level


@dataclass(frozen=True, slots=True)
class Plan:
    """The coming week: longest sensible run, changes first, then exercises.

    ``longest_run_m``, ``knee_equivalent_m`` and ``descent_m`` are for one run, each by itself; ``keeps`` is the level
    that they leave the coming week at. None where nothing can be said.
    """

    longest_run_m: float | None
    longest_run_basis_m: float | None
    longest_run_evidence: tuple[str, ...]
    knee_equivalent_m: float | None
    descent_m: float | None
    keeps: Level | None
    lowering: Lowering | None
    changes: tuple[TrainingChange, ...]
    exercises: ExercisePlan
    see_clinician: bool
