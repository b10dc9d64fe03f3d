"""What a week asks of its exercises: the states in which some are never offered, and the needs that others answer."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from features import evidence
from features.training_log import Athlete, Condition
from models import knee_pain
from models.conditions import INFLAMMATORY
from models.injury_history import last_knee_injury
from models.triage import IRRITATED
from models.verdict import Level, RiskAssessment, Triage

# What a menu is made for, the first that holds; every exercise ranks itself for each in ``wanted``.
LEADING_NEEDS = (IRRITATED, "pain_told", "previous_knee_injury", "raised_level", "no_pain")
# What the pain fits with, and causes found in the week's running, that an exercise may answer besides.
PAIN_KINDS = (knee_pain.GRADUAL, knee_pain.MECHANICAL)
CAUSES = ("session_spike", "descent_novelty", "knee_load_novelty", "return_after_gap")
NEEDS = (*LEADING_NEEDS, *PAIN_KINDS, *CAUSES)
SWOLLEN, ANY_PAIN, USUAL_UNKNOWN = "swollen", "any_pain", "usual_unknown"
PAIN_STATES = frozenset({IRRITATED, SWOLLEN, ANY_PAIN, knee_pain.SUDDEN, knee_pain.GRADUAL})
STATES = (
    *(IRRITATED, SWOLLEN, ANY_PAIN, knee_pain.SUDDEN, knee_pain.GRADUAL),
    *("recent_knee_injury", "raised_level", "osteoarthritis", "inflammatory", USUAL_UNKNOWN),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """``states`` of ``STATES`` and ``needs`` of ``NEEDS``, the leading one first."""

    states: frozenset[str]
    needs: tuple[str, ...]

    @property
    def menu(self) -> str:
        return self.needs[0]


def asked(
    assessment: RiskAssessment,
    triage: Triage,
    athlete: Athlete,
    pain_kinds: tuple[str, ...],
    exercise_hurt: bool,
    usual_is_known: bool,
) -> Asked:
    """Both in full; ``exercise_hurt`` is pain above 2 in an exercise of the last days."""
    injured = last_knee_injury(athlete, assessment.day)
    irritated = triage.pain_state == IRRITATED
    holds = {
        IRRITATED: irritated,
        SWOLLEN: "watch_signs" in triage.evidence,
        ANY_PAIN: irritated or exercise_hurt or bool(triage.worst_pain),
        knee_pain.SUDDEN: knee_pain.SUDDEN in pain_kinds,
        knee_pain.GRADUAL: knee_pain.GRADUAL in pain_kinds,
        "recent_knee_injury": injured is not None
        and injured <= evidence.value("previous_injury_window_days"),
        "raised_level": _is_raised_by_load(assessment),
        "osteoarthritis": Condition.OSTEOARTHRITIS in athlete.conditions,
        "inflammatory": bool(athlete.conditions & INFLAMMATORY),
        USUAL_UNKNOWN: not usual_is_known,
    }
    states = frozenset(state for state, is_so in holds.items() if is_so)
    causes = {reason.code for reason in assessment.reasons}
    more = (*(k for k in PAIN_KINDS if k in pain_kinds), *(c for c in CAUSES if c in causes))
    return Asked(states, (_menu(states), *more))


def calmer(week: Asked) -> Asked | None:
    """The same week with one kind of trouble less: a sorer knee never gets more load than that. None = it is calm."""
    states, causes = week.states, tuple(need for need in week.needs[1:] if need in CAUSES)
    if IRRITATED in states:
        return _asked_anew(states - {IRRITATED, SWOLLEN, knee_pain.SUDDEN} | {ANY_PAIN}, week.needs[1:])
    if states & {knee_pain.SUDDEN, knee_pain.GRADUAL} or len(causes) < len(week.needs) - 1:
        return _asked_anew(states - {knee_pain.SUDDEN, knee_pain.GRADUAL}, causes)
    if ANY_PAIN in states:
        return _asked_anew(states - PAIN_STATES, causes)
    return None


def _asked_anew(states: frozenset[str], more: tuple[str, ...]) -> Asked:
    return Asked(states, (_menu(states), *more))


def _menu(states: frozenset[str]) -> str:
    if IRRITATED in states:
        return IRRITATED
    if ANY_PAIN in states:
        return "pain_told"
    if "recent_knee_injury" in states:
        return "previous_knee_injury"
    return "raised_level" if "raised_level" in states else "no_pain"


def _is_raised_by_load(assessment: RiskAssessment) -> bool:
    """By running alone: pain has states of its own, and must not also pass for load."""
    if assessment.overridden_by is None:
        return assessment.level in (Level.ELEVATED, Level.HIGH)
    hazard = assessment.log_hazard
    return hazard is not None and hazard >= log(evidence.value("level_elevated_from"))
