"""The coming week's plan as plain text for the command line, and as facts for programs."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import Any

from features.training_log import Athlete, Week
from models.exercise_plan import ExercisePlan, PlannedExercise
from models.verdict import Plan, Triage
from reports import exercise_words, sentences, wording
from reports.next_week import change_rows, envelope
from reports.sources import Citations
from reports.wording import Measure

WIDTH = 72
HOW = (
    "Of all choices that keep every limit, the best is taken: first the one that answers most of the week's needs, "
    "then the one with more days, then the one with the exercises that are wanted most, each as far as you have "
    "earned its steps, then the one with fewer running days, evenly apart."
)


def render_plan(plan: Plan, triage: Triage, athlete: Athlete, week: Week, why: bool) -> str:
    """At most 72 columns wide. Raises KeyError for a code without wording."""
    measure = Measure(athlete.units)
    lines = [
        _fold(f"{athlete.name}, {wording.week_span(week)}"),
        "",
        "TRAINING",
        *_training(plan, triage, measure),
    ]
    lines += ["", "EXERCISES", *_exercises(plan.exercises, measure, why)]
    lines += _ledger(plan.exercises, measure)
    if why:
        lines += ["", "WHY NOT THE OTHERS", *_left_out(plan.exercises)]
        lines += ["", "HOW IT IS CHOSEN", _fold(HOW)]
    return "\n".join(lines) + "\n"


def plan_facts(plan: Plan, triage: Triage) -> dict[str, Any]:
    """The same in codes and SI units."""
    exercises = plan.exercises
    return {
        "red_flags": triage.red_flags,
        "pain_state": triage.pain_state,
        "longest_run_m": plan.longest_run_m,
        "knee_equivalent_m": plan.knee_equivalent_m,
        "descent_m": plan.descent_m,
        "changes": [asdict(change) for change in plan.changes],
        "need": exercises.need,
        "nothing_because": exercises.nothing_because,
        "days": exercises.days,
        "exercises": [_facts(planned) for planned in exercises.chosen],
        "ledger": None if exercises.ledger is None else asdict(exercises.ledger),
        "left_out": [{"exercise": out.exercise.id, "because": out.because} for out in exercises.left_out],
    }


def _facts(planned: PlannedExercise) -> dict[str, Any]:
    return {
        "exercise": planned.exercise.id,
        "step": planned.step,
        "steps": len(planned.exercise.steps),
        "dose": asdict(planned.dose),
        "because": planned.because,
        "session_m": planned.session_m,
        "session_s": planned.session_s,
        "earned_step": planned.earned.step,
        "good_sessions": planned.earned.good,
    }


def _training(plan: Plan, triage: Triage, measure: Measure) -> list[str]:
    lines = []
    if triage.red_flags:
        stop, _, if_worse = sentences.RED_FLAG_STEPS
        lines.append(_fold(f"{sentences.red_flag_opening(triage.red_flags)} {stop} {if_worse}"))
    if plan.longest_run_m is not None:
        lines.append(_fold(f"Longest sensible run: {measure.careful_distance(plan.longest_run_m)}."))
    more = envelope(plan, measure)
    lines += [_fold(more)] if more else []
    rows = change_rows(plan.changes, measure, Citations())
    lines += [_fold(f"{row.because}: {row.action}", "- ") for row in rows]
    return lines or [_fold("Nothing to change: no length can be given yet, and nothing asks for less.")]


def _exercises(plan: ExercisePlan, measure: Measure, why: bool) -> list[str]:
    if plan.nothing_because is not None:
        return [_fold(exercise_words.NOTHING[plan.nothing_because])]
    dates = wording.listed([f"{wording.short_weekday(day)} {wording.short_date(day)}" for day in plan.days])
    lines = [
        _fold(exercise_words.CHOSEN_BECAUSE[plan.need or ""]),
        _fold(f"On {dates}, each time {exercise_words.minutes(plan)}:"),
    ]
    for number, planned in enumerate(plan.chosen, start=1):
        exercise = planned.exercise
        lines += [
            "",
            _fold(f"{exercise.name}: {exercise_words.dose(exercise, planned.dose)}.", f"{number}. "),
            _fold(exercise_words.how_far(planned), "   "),
            _fold(exercise_words.load(planned, measure), "   "),
        ]
        if why:
            lines.append(_fold(f"Why: {exercise_words.ANSWERS[planned.because]}.", "   "))
        lines.append(_fold(f"Stop: {exercise.stop_rule}", "   "))
    return [*lines, "", _fold(exercise_words.STOP_RULE)]


def _ledger(plan: ExercisePlan, measure: Measure) -> list[str]:
    """The week on the knee: what each takes, and the usual week beside it."""
    books = plan.ledger
    if books is None:
        return []
    rows = [("exercises, at most", measure.ample_distance(books.exercise_m))]
    if books.running_m is not None and books.usual_running_m is not None:
        rows = [("running, at most", measure.careful_distance(books.running_m)), *rows]
        rows.append(("usual week: running", measure.distance(books.usual_running_m)))
        rows.append(("usual week: exercises", measure.distance(books.usual_exercise_m)))
    lines = [f"{name:<24}{amount:>10}" for name, amount in rows]
    told = exercise_words.ledger(plan, measure)
    return ["", "LOAD ON THE KNEE, AS LEVEL RUNNING", *lines, *(_fold(line) for line in told)]


def _left_out(plan: ExercisePlan) -> list[str]:
    return [
        _fold(f"{out.exercise.name}: {exercise_words.LEFT_OUT[out.because]}.", "- ") for out in plan.left_out
    ]


def _fold(text: str, bullet: str = "") -> str:
    return textwrap.fill(
        wording.plain(text), WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet),
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
