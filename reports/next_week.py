"""The coming week in words: how long, what to change and why, exercises, shoes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from features import evidence
from features.training_log import ShoeDay
from models.exercise_plan import ExercisePlan, PlannedExercise
from models.verdict import Plan, TrainingChange
from reports import changes, drawings, exercise_words, sentences, wording
from reports.page import ChangeRow, ExerciseRow, NextWeek, ShoeRow
from reports.shoe_life import ShoeLife
from reports.sources import Citations, grade_words
from reports.week_story import WeekStory
from reports.wording import Measure

# The longest run of 30 days and the basis are the same run when they differ by less than this.
SAME_RUN_M = 1.0
# Changes that may ask for one and the same length, the one that says most first.
SAME_LENGTH = ("more_frequent_shorter", "shorten_long_run", "keep_long_run")
LEDGER_EVIDENCE = ("exercise_metres_per_bw_s", "exercise_new_load_share")
NO_SAFE_LINE = "No length is a safe line: in the study, injuries rose with the step above the longest run."


def next_week(story: WeekStory, measure: Measure, cites: Citations) -> NextWeek:
    plan = story.plan
    allowed = story.triage.exercises_allowed
    chosen = plan.exercises.chosen if allowed else ()
    return NextWeek(
        longest=None if plan.longest_run_m is None else measure.careful_distance(plan.longest_run_m),
        longest_basis=_basis(story, measure),
        longest_cites=cites.cite(plan.longest_run_evidence),
        envelope=envelope(plan, measure),
        lowering=lowering(plan, measure),
        changes=change_rows(plan.changes, measure, cites),
        exercises_because=_exercises_because(plan.exercises)
        if allowed
        else exercise_words.NOTHING["knee_first"],
        exercises=tuple(_exercise(e, plan.exercises, measure, cites) for e in chosen),
        adherence=exercise_words.kept(story.adherence, measure) if story.adherence and allowed else "",
        ledger=exercise_words.ledger(plan.exercises, measure) if chosen else (),
        ledger_cites=cites.cite(LEDGER_EVIDENCE) if chosen else (),
    )


def envelope(plan: Plan, measure: Measure) -> str | None:
    """What one run may ask for beside its length; None where no level can be kept by it."""
    if plan.keeps is None:
        return None
    most = []
    if plan.knee_equivalent_m is not None:
        most.append(f"as hard on the knee as {measure.careful_distance(plan.knee_equivalent_m)} on the level")
    if plan.descent_m is not None:
        most.append(f"{measure.careful_height(plan.descent_m)} of descent")
    if not most:
        return None
    word = sentences.level(plan.keeps).word.lower()
    each = " each by itself" if len(most) > 1 else ""
    return (
        f"In one run, up to {wording.listed(most, 'or')} would{each} leave the level {word}, and no higher."
    )


def lowering(plan: Plan, measure: Measure) -> str | None:
    """The smallest change of last week's running that would have lowered the level."""
    change = plan.lowering
    if change is None:
        return None
    word = sentences.level(change.level).word.lower()
    if change.code == "descent_novelty":
        what = (
            f"{measure.careful_height(change.amount)} of descent instead of {measure.height(change.observed)}"
        )
    else:
        load = " of load on the knee" if change.code == "knee_load_novelty" else ""
        now = measure.distance(change.observed)
        what = f"{measure.careful_distance(change.amount)}{load} in one run instead of {now}"
    return f"The smallest change that would have lowered the level to {word}: {what}."


def shoe_rows(shoes: Sequence[ShoeDay], measure: Measure) -> tuple[ShoeRow, ...]:
    """Pairs in use, the most used up first."""
    lives = sorted((ShoeLife(s) for s in shoes), key=lambda life: -life.share)
    return tuple(
        ShoeRow(
            name=life.state.shoe.name,
            standing=life.standing(measure),
            outlook=life.outlook(measure),
            percent=round(min(life.share, 1.0) * 100, 1),
            reached=life.share >= 1,
        )
        for life in lives
        if not life.retired
    )


def _basis(story: WeekStory, measure: Measure) -> str:
    plan, recent_m = story.plan, story.features["longest_run_30d_m"]
    longest_m, basis_m = plan.longest_run_m, plan.longest_run_basis_m
    if longest_m is None or basis_m is None:
        if not story.triage.exercises_allowed:
            return "No run length is given while your knee needs a clinician's look first."
        if any(reason.code == "return_after_gap" for reason in story.assessment.reasons):
            return "No run length is given for the first runs after a break: go by minutes, and by how your knee answers."
        return "No run length can be given yet: there are too few recordings to build on."
    what = "your longest run of the last 30 days"
    if recent_m is None or abs(recent_m - basis_m) > SAME_RUN_M:
        what = "your longest run before this week's jump: one long run is not yet a habit"
    basis = measure.distance(basis_m)
    if longest_m < basis_m - SAME_RUN_M:
        return (
            f"{wording.ratio(longest_m / basis_m)} {basis}, {what}. Shorter, because your knee is irritated."
        )
    if abs(longest_m - basis_m) < SAME_RUN_M:
        return f"No longer than {basis}, {what}. {NO_SAFE_LINE}"
    return f"{wording.ratio(longest_m / basis_m)} {basis}, {what}. {NO_SAFE_LINE}"


def change_rows(
    planned: Sequence[TrainingChange], measure: Measure, cites: Citations
) -> tuple[ChangeRow, ...]:
    """One row per change; those that ask for the same length are one, with all of their causes."""
    lengths = [c for code in SAME_LENGTH for c in planned if c.code == code]
    kept = lengths[0] if lengths else None
    same = [c for c in lengths if kept is not None and c.amount == kept.amount]
    rows = []
    for change in planned:
        if change not in same:
            rows.append(_change(change, (change.because,), measure, cites))
        elif change is kept:
            names = tuple(dict.fromkeys(name for c in same for name in c.evidence))
            because = tuple(dict.fromkeys(c.because for c in sorted(same, key=planned.index)))
            rows.append(_change(replace(change, evidence=names), because, measure, cites))
    return tuple(rows)


def _change(
    change: TrainingChange, because: tuple[str, ...], measure: Measure, cites: Citations
) -> ChangeRow:
    causes = wording.listed([changes.called_for_by(code) for code in because])
    return ChangeRow(
        because=wording.capitalised(causes),
        action=changes.action(change, measure),
        grade=grade_words(evidence.weakest_grade(change.evidence)),
        cites=cites.cite(change.evidence),
    )


def _exercises_because(plan: ExercisePlan) -> str:
    if plan.nothing_because is not None:
        return exercise_words.NOTHING[plan.nothing_because]
    return exercise_words.CHOSEN_BECAUSE[plan.need or ""]


def _exercise(
    planned: PlannedExercise, plan: ExercisePlan, measure: Measure, cites: Citations
) -> ExerciseRow:
    e = planned.exercise
    return ExerciseRow(
        name=e.name,
        because=wording.capitalised(exercise_words.ANSWERS[planned.because]),
        dose=wording.capitalised(exercise_words.dose(e, planned.dose)),
        days=exercise_words.days(plan.days),
        load=exercise_words.load(planned, measure),
        how=e.how,
        cue=e.cue,
        feel=e.feel,
        progression=exercise_words.how_far(planned),
        stop_rule=e.stop_rule,
        drawing=drawings.svg(e.id),
        cites=cites.cite(tuple(dict.fromkeys((*planned.dose.evidence, *e.evidence)))),
    )
