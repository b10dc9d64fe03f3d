"""A week as far as it was shared: what a viewer was not given is taken out of the story before anything is said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from features.training_log import Athlete
from models import advice
from models.exercise_choice import KNEE_FIRST
from models.exercise_plan import ExercisePlan
from models.knee_pain import NO_PAIN
from models.verdict import Confidence, Plan, Reason, RiskAssessment, Triage
from reports.dashboard.viewer import Scope
from reports.week_story import WeekStory

NOT_SHARED = "A reason that was not shared with you also sets this level."
# reasons that tell of the body, of injuries or of the heart; their share of the sum is still shown
OF_BODY = frozenset({"previous_knee_injury", "high_intensity"})
# Exercises are chosen by pain, injuries and what was felt in them: they are shown to those who see all of that.
UNSEEN_EXERCISES = ExercisePlan((), (), None, None, (), KNEE_FIRST)
NOTHING_TOLD = Triage("none_reported", None, (), None, 0, ())


def as_shared(story: WeekStory, scopes: Collection[Scope]) -> WeekStory:
    """The same week without pain, body data, and what of the plan only they explain."""
    if Scope.PAIN in scopes and Scope.BODY in scopes:
        return story
    # what became of past levels rests on pain and injuries; what was done of the plan names its exercises
    story = replace(story, past=None, adherence=None)
    athlete, triage, assessment = story.athlete, story.triage, story.assessment
    if Scope.PAIN not in scopes:
        triage = NOTHING_TOLD
        assessment = replace(assessment, overridden_by=None, confidence=_silent(assessment))
        story = replace(
            story,
            check_ins=(),
            knee_pain=NO_PAIN,
            weeks=tuple(replace(week, worst_pain=None) for week in story.weeks),
        )
    if Scope.BODY not in scopes:
        athlete = _without_body(athlete)
        assessment = replace(
            assessment,
            reasons=tuple(map(_unexplained, assessment.reasons)),
            observations=tuple(r for r in assessment.observations if r.code not in OF_BODY),
        )
    known = replace(assessment, reasons=tuple(r for r in assessment.reasons if r.evidence))
    explained = advice.plan(known, triage, athlete, story.features, story.features_before, story.shoes)
    return replace(
        story,
        athlete=athlete,
        triage=triage,
        assessment=assessment,
        plan=_in_common(story.plan, explained),
    )


def _without_body(athlete: Athlete) -> Athlete:
    return Athlete(
        id=athlete.id,
        name=athlete.name,
        zone=athlete.zone,
        units=athlete.units,
        equipment=athlete.equipment,
    )


def _unexplained(reason: Reason) -> Reason:
    """A reason of the body keeps what it adds, and says nothing of why."""
    return replace(reason, observed=0.0, reference=0.0, evidence=()) if reason.code in OF_BODY else reason


def _silent(assessment: RiskAssessment) -> Confidence:
    sure = assessment.confidence
    return replace(sure, check_ins=0, missing=tuple(m for m in sure.missing if m != "no_check_ins"))


def _in_common(whole: Plan, explained: Plan) -> Plan:
    """What the plan says and what was shared would say too: the rest would tell what was not shared."""
    same_run = (whole.longest_run_m, whole.keeps) == (explained.longest_run_m, explained.keeps)
    run = whole if same_run else replace(whole, longest_run_m=None, longest_run_basis_m=None, keeps=None)
    run = run if same_run else replace(run, longest_run_evidence=(), knee_equivalent_m=None, descent_m=None)
    return replace(
        run,
        lowering=whole.lowering if whole.lowering == explained.lowering else None,
        changes=tuple(change for change in whole.changes if change in explained.changes),
        exercises=UNSEEN_EXERCISES,
        see_clinician=explained.see_clinician,
    )
