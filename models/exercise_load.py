"""What one session of an exercise asks: of the kneecap in knee-equivalent metres, and of the day in seconds."""

from __future__ import annotations

from features import evidence
from models.exercises import HOLD, LIFT, REPETITION, Exercise, Step


def impulse_bw_s(exercise: Exercise, step: Step) -> float | None:
    """Body-weight seconds behind each kneecap in one session; None where the load is not known.

    While a limb moves, half of the peak is taken: it rises from nothing and falls to nothing again.
    """
    load = exercise.load
    if load.source is None:
        return None
    each = {
        REPETITION: 1.0,
        LIFT: step.hold_s + exercise.moving_s / 2,
        HOLD: float(step.hold_s),
    }[load.per or ""]
    return step.sets * step.repetitions * each * evidence.value(load.source)


def session_m(exercise: Exercise, step: Step) -> float | None:
    """The same as knee-equivalent metres of running."""
    impulse = impulse_bw_s(exercise, step)
    return None if impulse is None else impulse * evidence.value("exercise_metres_per_bw_s")


def session_s(exercise: Exercise, step: Step) -> float:
    """How long it takes, with rests between sets; one leg after the other where both cannot work at once."""
    if step.minutes is not None:
        return step.minutes * 60.0
    legs = 1 if exercise.legs_at_once else 2
    working = step.sets * step.repetitions * (step.hold_s + exercise.moving_s) * legs
    return working + (step.sets - 1) * evidence.value("exercise_rest_s")
