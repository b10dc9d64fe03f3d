"""What known joint conditions ask for: a clinician before changes, and care with a warm or swollen knee.

They move no level: in runners no figure was found that could.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from features import evidence
from features.training_log import Athlete, CheckIn, Condition, Symptom

INFLAMMATORY = frozenset({Condition.RHEUMATOID_ARTHRITIS, Condition.GOUT, Condition.OTHER_INFLAMMATORY})
FLARE_SIGNS = frozenset({Symptom.WARMTH, Symptom.REDNESS, Symptom.SWELLING, Symptom.RAPID_SWELLING})


def clinician_first(athlete: Athlete) -> tuple[Condition, ...]:
    """The athlete's conditions with which a clinician is asked before exercises or training change."""
    return tuple(sorted(athlete.conditions & INFLAMMATORY))


def may_be_a_flare(athlete: Athlete, check_ins: Sequence[CheckIn], as_of: date) -> bool:
    """Whether one of those athletes told of a warm, red or swollen knee in the last days."""
    days = evidence.value("pain_window_days")
    recent = [c for c in check_ins if 0 <= (as_of - c.day).days < days]
    return bool(clinician_first(athlete)) and any(c.symptoms & FLARE_SIGNS for c in recent)
