"""The exercises of a coming week as data: what was chosen, on which days, what it adds to the knee's week, what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.exercises import Exercise, Step
from models.progress import Progress


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """``because`` is the need that it answers, ``step`` counts from 1; ``earned`` is as far as progress has come.

    ``session_m`` is one session in knee-equivalent metres, the most that it is taken to be; None = not known.
    """

    exercise: Exercise
    step: int
    because: str
    session_m: float | None
    session_s: float
    earned: Progress

    @property
    def dose(self) -> Step:
        return self.exercise.steps[self.step - 1]

    @property
    def next_dose(self) -> Step | None:
        steps = self.exercise.steps
        return steps[self.step] if self.step < len(steps) else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An exercise that is not in the plan; ``because`` is one of ``exercise_choice.LEFT_OUT_CODES``."""

    exercise: Exercise
    because: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The coming week's load on the knee, in knee-equivalent metres; None = not known.

    ``usual_running_m`` and ``usual_exercise_m`` are what the athlete is used to, ``exercise_m`` what this plan adds,
    ``running_m`` what that leaves for running. ``from_distance``: plain distance stands in for the knee's.
    ``uncounted`` are planned exercises whose load is not known.
    """

    usual_running_m: float | None
    usual_exercise_m: float
    exercise_m: float
    running_m: float | None
    from_distance: bool
    uncounted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExercisePlan:
    """``days`` are the week's sessions: every exercise is done in each. ``need`` is what the choice answers first.

    ``nothing_because`` says why there is none, one of ``exercise_choice.NOTHING_CODES``.
    """

    chosen: tuple[PlannedExercise, ...]
    days: tuple[date, ...]
    need: str | None
    ledger: Ledger | None
    left_out: tuple[LeftOut, ...]
    nothing_because: str | None = None
