"""The coming week: how long the longest run may sensibly be, what to change first, then exercises.

A plan is caution, not treatment. Where triage forbids running or exercise, it says so and stops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from features import evidence
from features.training_log import Athlete, DayFeatures, ShoeDay, Week
from models.envelope import Month, envelope, smallest_change
from models.exercise_choice import NOTHING_KNOWN, Practice, choose
from models.injury_history import last_knee_injury
from models.triage import IRRITATED, PAINFUL
from models.verdict import Level, Plan, RiskAssessment, TrainingChange, Triage

# Every code that a plan can carry, for whoever puts them into words.
CHANGE_CODES = (
    "see_clinician",
    "pause_running",
    "return_with_run_walk",
    "shorten_long_run",
    "keep_long_run",
    "more_frequent_shorter",
    "flatten_route",
    "low_impact_session",
    "check_shoes",
    "rotate_shoes",
)
RAISED = (Level.ELEVATED, Level.HIGH)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that one run may sensibly ask for, what its length is measured against, and the evidence between."""

    most: Month
    basis_m: float | None
    keeps: Level | None
    evidence: tuple[str, ...]

    @property
    def longest_m(self) -> float | None:
        return self.most.distance_m


NO_CEILING = Ceiling(Month(None, None, None), None, None, ())


def plan(
    assessment: RiskAssessment,
    triage: Triage,
    athlete: Athlete,
    features: DayFeatures,
    features_before: DayFeatures | None,
    shoes: Sequence[ShoeDay],
    practice: Practice = NOTHING_KNOWN,
    told_until: date | None = None,
) -> Plan:
    """The plan for the week after that of ``assessment.day``; ``features_before`` are as of the Sunday before.

    Changes come in the order in which they matter, one per code. No run length is given with a
    red flag, with pain above 5, or where the longest recent run is not known. What was told of exercises counts
    up to ``told_until``, else the day of the assessment.
    """
    ceiling = _ceiling(assessment, triage, athlete, features, features_before)
    changes: dict[str, TrainingChange] = {}
    for change in _changes(assessment, triage, features, ceiling, shoes):
        changes.setdefault(change.code, change)
    first_day = Week.of(assessment.day, athlete.week_start).shifted(1).first_day
    ordered = sorted(changes.values(), key=lambda change: CHANGE_CODES.index(change.code))
    return Plan(
        longest_run_m=ceiling.longest_m,
        longest_run_basis_m=ceiling.basis_m,
        longest_run_evidence=ceiling.evidence,
        knee_equivalent_m=ceiling.most.knee_equivalent_m,
        descent_m=ceiling.most.descent_m,
        keeps=ceiling.keeps,
        lowering=None if assessment.overridden_by else smallest_change(features, athlete),
        changes=tuple(ordered),
        exercises=choose(
            assessment, triage, athlete, features, practice, first_day, told_until or assessment.day
        ),
        see_clinician="see_clinician" in changes,
    )


def _must_pause(triage: Triage) -> bool:
    return bool(triage.red_flags) or triage.pain_state == PAINFUL


def _ceiling(
    assessment: RiskAssessment,
    triage: Triage,
    athlete: Athlete,
    features: DayFeatures,
    features_before: DayFeatures | None,
) -> Ceiling:
    """The envelope of a calm week; no more than what is usual where the knee or last week asks for it.

    No growth with pain of 1 or 2 or while a knee injury lasts; with an irritated knee runs get shorter, as runners
    with kneecap pain are taught (doi:10.1136/bjsports-2016-096988). Descent or knee load that was new last week does not grow.
    """
    basis_m = _basis(assessment, features, features_before)
    if basis_m is None or _must_pause(triage):
        return NO_CEILING
    usual = Month(basis_m, features["descent_reference_7d_m"], features["knee_spike_reference_7d_m"])
    if triage.pain_state == IRRITATED:
        shorter = evidence.value("shorter_run_share")
        knee_m = None if usual.knee_equivalent_m is None else shorter * usual.knee_equivalent_m
        most = Month(shorter * basis_m, None, knee_m)  # flat routes: no descent is recommended
        return Ceiling(most, basis_m, None, ("shorter_run_share", "pain_calm_max"))
    if _in_some_pain(triage):
        return Ceiling(usual, basis_m, None, ("spike_window_days", "pain_calm_max"))
    if last_knee_injury(athlete, features.day) == 0:
        return Ceiling(usual, basis_m, None, ("spike_window_days", "previous_injury_hr"))
    most, keeps = envelope(usual, features, athlete)
    acting = {reason.code for reason in assessment.reasons}
    if "descent_novelty" in acting:
        most = replace(most, descent_m=usual.descent_m)
    if "knee_load_novelty" in acting:
        most = replace(most, knee_equivalent_m=usual.knee_equivalent_m)
    kept = None if assessment.level is Level.UNKNOWN else keeps
    return Ceiling(most, basis_m, kept, ("spike_window_days", "spike_graded_from"))


def _basis(
    assessment: RiskAssessment, features: DayFeatures, features_before: DayFeatures | None
) -> float | None:
    """The longest run of 30 days; after a spike the one before it, for one long run does not
    become the new normal at once. None in the first week back from a month without a run."""
    longest_m = features["longest_run_30d_m"]
    if longest_m is None or "history_too_short" in assessment.unknown_because:
        return None
    gap = features["gap_before_run_7d"]
    if gap is not None and gap >= evidence.value("return_gap_days"):
        return None  # the first runs back are no ground to build on yet
    if not _spiked(features):
        return longest_m
    before_m = features_before["longest_run_30d_m"] if features_before is not None else None
    known = (longest_m, before_m, features["spike_reference_7d_m"])
    return min(metres for metres in known if metres is not None)


def _spiked(features: DayFeatures) -> bool:
    ratio = features["session_spike_7d"]
    return ratio is not None and ratio > evidence.value("spike_small_from")


def _in_some_pain(triage: Triage) -> bool:
    return triage.worst_pain is not None and triage.worst_pain > 0


def _changes(
    assessment: RiskAssessment,
    triage: Triage,
    features: DayFeatures,
    ceiling: Ceiling,
    shoes: Sequence[ShoeDay],
) -> Iterator[TrainingChange]:
    """All changes that something calls for; an earlier one wins where two give the same code."""
    yield from _for_pain(triage, ceiling)
    if not _must_pause(triage):
        yield from _for_load(assessment, features, ceiling)
        yield from _for_level(assessment)
        yield from _for_shoes(assessment, shoes)


def _for_pain(triage: Triage, ceiling: Ceiling) -> Iterator[TrainingChange]:
    """A red flag or pain above 5 leaves nothing to plan but rest and a clinician."""
    if triage.red_flags:
        yield _change("see_clinician", triage.red_flags[0], "red_flags")
    elif triage.pain_state == PAINFUL:
        yield _change("see_clinician", triage.pain_state, "pain_stop_above")
    if _must_pause(triage):
        yield _change("pause_running", triage.pain_state, *triage.evidence)
        return
    if "watch_signs" in triage.evidence:
        yield _change("see_clinician", "watch_signs", "watch_signs")
    elif "ostrc_substantial_from" in triage.evidence:
        yield _change("see_clinician", "substantial_problem", "ostrc_substantial_from")
    elif triage.worst_pain is not None and triage.worst_pain > evidence.value("pain_clinician_above"):
        yield _change("see_clinician", triage.pain_state, "pain_clinician_above")
    if triage.pain_state == IRRITATED:
        yield _metres("more_frequent_shorter", IRRITATED, ceiling.longest_m, "shorter_run_share")
        yield _change("flatten_route", IRRITATED, "pain_calm_max", "descent_grade_load")
        yield _minutes(IRRITATED)
    elif _in_some_pain(triage):
        yield _metres("keep_long_run", triage.pain_state, ceiling.longest_m, "pain_calm_max")


def _for_load(
    assessment: RiskAssessment, features: DayFeatures, ceiling: Ceiling
) -> Iterator[TrainingChange]:
    acting = {reason.code for reason in assessment.reasons}
    rested = features["days_since_last_run"]
    if "return_after_gap" in acting or (rested is not None and rested >= evidence.value("return_gap_days")):
        ratio = evidence.value("run_walk_ratio")
        names = ("run_walk_ratio", "return_gap_days")
        yield TrainingChange("return_with_run_walk", "return_after_gap", ratio, "ratio", names)
    if _spiked(features) and ceiling.longest_m is not None:
        names = ("spike_pooled_hrr", "spike_graded_from")
        yield _metres("shorten_long_run", "session_spike", ceiling.longest_m, *names)
    usual_m = features["descent_reference_7d_m"]
    if "descent_novelty" in acting:
        yield _metres("flatten_route", "descent_novelty", usual_m, "descent_grade_load")
    if "knee_load_novelty" in acting:
        yield _metres(
            "flatten_route", "knee_load_novelty", usual_m, "descent_grade_load", "knee_load_novelty_hrr"
        )


def _for_level(assessment: RiskAssessment) -> Iterator[TrainingChange]:
    if assessment.level in RAISED and assessment.reasons:
        yield _minutes(assessment.reasons[0].code)


def _for_shoes(assessment: RiskAssessment, shoes: Sequence[ShoeDay]) -> Iterator[TrainingChange]:
    """A worn pair is a reminder; a single pair is worth a word only when the level is raised."""
    active = [s for s in shoes if s.shoe.retired_on is None or s.shoe.retired_on > s.day]
    for pair in active:
        if pair.distance_m >= pair.shoe.limit_m:
            yield _metres("check_shoes", "shoe_distance", pair.distance_m, "shoe_limit_m")
        elif pair.age_days >= pair.shoe.limit_days:
            names = ("shoe_limit_days",)
            yield TrainingChange("check_shoes", "shoe_age", float(pair.age_days), "d", names)
    if len(active) == 1 and assessment.level in RAISED:
        yield _change("rotate_shoes", "one_pair", "shoe_rotation_hr")


def _change(code: str, because: str, *names: str) -> TrainingChange:
    return TrainingChange(code, because, None, "", names)


def _metres(code: str, because: str, metres: float | None, *names: str) -> TrainingChange:
    return TrainingChange(code, because, metres, "m", names)


def _minutes(because: str) -> TrainingChange:
    amount = evidence.value("low_impact_session_min")
    names = ("other_sports_hr", "low_impact_session_min")
    return TrainingChange("low_impact_session", because, amount, "min", names)
