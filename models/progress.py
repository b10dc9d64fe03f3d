"""Which step of an exercise somebody has earned: up after two good sessions, down when it hurts, stop above five."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from features import evidence
from features.training_log import CheckIn
from models.exercises import Earned, Exercise


@dataclass(frozen=True, slots=True)
class DoneExercise:
    """One exercise done on one day: the step, and pain on a 0–10 scale in it and the next morning (None = not told).

    ``sets`` are those that were done; None = as many as the step has.
    """

    athlete: str
    day: date
    exercise: str
    step: int
    pain: int | None = None
    pain_next_morning: int | None = None
    sets: int | None = None


class Felt(StrEnum):
    """How a session went; ``UNKNOWN`` where pain or the next morning was not told."""

    GOOD = "good"
    UNKNOWN = "unknown"
    IRRITATED = "irritated"
    PAINFUL = "painful"


@dataclass(frozen=True, slots=True)
class Progress:
    """The step that is earned (1 = the first) and the good sessions on it so far; ``held_back`` names what took a
    step away last, until a good session."""

    step: int = 1
    good: int = 0
    held_back: Felt | None = None


def felt(done: DoneExercise) -> Felt:
    told = [pain for pain in (done.pain, done.pain_next_morning) if pain is not None]
    worst = max(told, default=0)
    if worst > evidence.value("pain_stop_above"):
        return Felt.PAINFUL
    rise = evidence.value("pain_next_morning_rise")
    is_worse = len(told) > 1 and told[1] - told[0] >= rise
    if worst > evidence.value("pain_calm_max") or is_worse:
        return Felt.IRRITATED
    return Felt.GOOD if len(told) > 1 else Felt.UNKNOWN


def progress(exercise: Exercise, done: Sequence[DoneExercise], as_of: date) -> Progress:
    """What the sessions up to ``as_of`` have earned; after four weeks without one it begins anew."""
    pause = timedelta(days=evidence.value("exercise_pause_days"))
    mine = _of(exercise.id, done, as_of)
    state, last = Progress(), None
    for session in mine:
        if last is not None and session.day - last > pause:
            state = Progress()
        state, last = _after(state, session, len(exercise.steps)), session.day
    return Progress() if last is None or as_of - last > pause else state


def _after(state: Progress, session: DoneExercise, steps: int) -> Progress:
    how = felt(session)
    if how is Felt.PAINFUL:
        return Progress(held_back=how)
    if how is Felt.IRRITATED:
        return Progress(max(min(state.step, session.step) - 1, 1), held_back=how)
    if how is Felt.UNKNOWN or session.step < state.step:
        return state
    good = state.good + 1
    if good < evidence.value("good_sessions_to_progress"):
        return replace(state, good=good, held_back=None)
    if state.step == steps:
        return replace(state, held_back=None)
    return Progress(state.step + 1)


def has_earned(wanted: Earned, done: Sequence[DoneExercise], as_of: date) -> bool:
    """Whether that step went well, with nothing of that exercise going badly since."""
    pause = timedelta(days=evidence.value("exercise_pause_days"))
    went_well = False
    for session in _of(wanted.exercise, done, as_of):
        how = felt(session)
        if how in (Felt.IRRITATED, Felt.PAINFUL):
            went_well = False
        elif how is Felt.GOOD and session.step >= wanted.step and as_of - session.day <= pause:
            went_well = True
    return went_well


def must_rescreen(done: Sequence[DoneExercise], check_ins: Sequence[CheckIn], as_of: date) -> bool:
    """Whether an exercise hurt too much and the knee was not told of since."""
    window = timedelta(days=evidence.value("rescreen_days"))
    hurt = [d.day for d in done if d.day <= as_of < d.day + window and felt(d) is Felt.PAINFUL]
    told = [c.day for c in check_ins if c.day <= as_of and c.worst_pain is not None]
    return bool(hurt) and max(told, default=date.min) < max(hurt)


def hurt_lately(done: Sequence[DoneExercise], as_of: date) -> bool:
    """Whether an exercise went badly in the days in which knee pain counts."""
    days = evidence.value("pain_window_days")
    bad = (Felt.IRRITATED, Felt.PAINFUL)
    return any(0 <= (as_of - d.day).days < days and felt(d) in bad for d in done)


def _of(exercise: str, done: Sequence[DoneExercise], as_of: date) -> list[DoneExercise]:
    return sorted((d for d in done if d.exercise == exercise and d.day <= as_of), key=lambda d: d.day)
