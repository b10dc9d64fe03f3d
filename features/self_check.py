"""A look in the mirror: posture and alignment of hips, knees, back and feet, as the athlete sees them.

No feature, level or plan rests on it: studies of runners found next to nothing of this kind that goes with
injuries. It is kept to be shown, and to be taken along to a physiotherapist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Posture(StrEnum):
    HIPS_LEVEL = "hips_level"
    KNEES_OVER_FEET = "knees_over_feet"
    BACK_STRAIGHT = "back_straight"
    BACK_FREE = "back_free"
    FEET_AHEAD = "feet_ahead"
    FEET_ARCHED = "feet_arched"
    SOLES_EVEN = "soles_even"


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """One look on one day: yes or no to each question; one that is absent is not known."""

    athlete: str
    day: date
    answers: Mapping[Posture, bool] = field(default_factory=dict)
