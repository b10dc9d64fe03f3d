"""What an athlete's told injuries say about the knee, as of a day."""

from __future__ import annotations

from datetime import date

from features.training_log import Athlete, Injury

# How people name a knee injury; the body part is free text.
KNEE_WORDS = ("knee", "patell", "menisc", "cruciate")


def is_knee(injury: Injury) -> bool:
    return any(word in injury.body_part.casefold() for word in KNEE_WORDS)


def last_knee_injury(athlete: Athlete, as_of: date) -> int | None:
    """Days since the last knee injury ended, 0 while one lasts, None where none is known.

    What was not yet known on ``as_of`` is not used: a later injury does not exist, and one
    that ended later still lasts.
    """
    days = [_days_since(i, as_of) for i in athlete.injuries if is_knee(i) and i.started_on <= as_of]
    return min(days, default=None)


def _days_since(injury: Injury, as_of: date) -> int:
    if injury.ended_on is None or injury.ended_on > as_of:
        return 0
    return (as_of - injury.ended_on).days
