"""The ten exercises, and which three to five of them suit a knee this week.

The table ``exercises.toml`` says when each is never offered; the menus below say which are
preferred, lightest first. Both are rules to be read, not a score.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from features import evidence
from features.training_log import Athlete
from models.injury_history import last_knee_injury
from models.triage import IRRITATED
from models.verdict import Exercise, Level, PlannedExercise, RiskAssessment, Triage

TABLE = Path(__file__).with_name("exercises.toml")

HOUSEHOLD = frozenset({"chair", "towel", "wall"})

MOST = 5

# Preferred exercises per state, the most wanted first; the week's list is sorted by load afterwards.
MENUS: dict[str, tuple[str, ...]] = {
    IRRITATED: ("quad_set", "straight_leg_raise", "heel_slide"),
    "pain_told": (
        "quad_set",
        "straight_leg_raise",
        "seated_knee_extension",
        "terminal_knee_extension",
        "stationary_bike",
    ),
    "previous_knee_injury": (
        "straight_leg_raise",
        "seated_knee_extension",
        "mini_squat",
        "terminal_knee_extension",
        "stationary_bike",
    ),
    "raised_level": (
        "straight_leg_raise",
        "short_arc_quad",
        "mini_squat",
        "terminal_knee_extension",
        "stationary_bike",
    ),
    "no_pain": (
        "mini_squat",
        "seated_knee_extension",
        "wall_sit",
        "straight_leg_raise",
        "stationary_bike",
    ),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An exercise with what only the choice needs: where it is never offered, and how often it is done."""

    exercise: Exercise
    not_when: frozenset[str]
    days_per_week: str


@cache
def library() -> tuple[Listed, ...]:
    """All ten, in order of load."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["exercise"]
    return tuple(sorted((_read(row) for row in rows), key=lambda listed: listed.exercise.load_rank))


def _read(row: dict[str, Any]) -> Listed:
    words = {
        key: row[key] for key in ("id", "name", "how", "cue", "feel", "dose", "progression", "stop_rule")
    }
    exercise = Exercise(
        **words,
        load_rank=row["load_rank"],
        equipment=frozenset(row["equipment"]),
        evidence=tuple(row["evidence"]),
    )
    return Listed(exercise, frozenset(row["not_when"]), row["days_per_week"])


def choose(assessment: RiskAssessment, triage: Triage, athlete: Athlete) -> tuple[PlannedExercise, ...]:
    """Three to five exercises by pain state and cause, lightest first; none where triage forbids.

    A swollen or hot knee gets two: what else could be done sitting still is not known to suit it.
    """
    if not triage.exercises_allowed:
        return ()
    states = _states(assessment, triage, athlete)
    menu = _menu(states)
    at_hand = HOUSEHOLD | athlete.equipment
    chosen = [
        listed
        for listed in library()
        if listed.exercise.id in MENUS[menu]
        and listed.exercise.equipment <= at_hand
        and not listed.not_when & states
    ]
    wanted = sorted(chosen, key=lambda listed: MENUS[menu].index(listed.exercise.id))[:MOST]
    return tuple(
        PlannedExercise(listed.exercise, listed.days_per_week, menu) for listed in chosen if listed in wanted
    )


def _states(assessment: RiskAssessment, triage: Triage, athlete: Athlete) -> frozenset[str]:
    injured = last_knee_injury(athlete, assessment.day)
    window = evidence.value("previous_injury_window_days")
    holds = {
        IRRITATED: triage.pain_state == IRRITATED,
        "swollen": "watch_signs" in triage.evidence,
        "any_pain": triage.worst_pain is not None and triage.worst_pain > 0,
        "recent_knee_injury": injured is not None and injured <= window,
        "raised_level": assessment.level in (Level.ELEVATED, Level.HIGH),
        "not_yet_earned": True,
    }
    return frozenset(state for state, is_so in holds.items() if is_so)


def _menu(states: frozenset[str]) -> str:
    if IRRITATED in states:
        return IRRITATED
    if "any_pain" in states:
        return "pain_told"
    if "recent_knee_injury" in states:
        return "previous_knee_injury"
    return "raised_level" if "raised_level" in states else "no_pain"
