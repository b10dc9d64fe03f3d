"""What a report does not know, said aloud: gaps, coverage, flagged sessions, files with problems."""

from __future__ import annotations

from features.training_log import DayFeatures, Surface
from models.verdict import RiskAssessment
from reports import sentences, wording
from reports.week_story import SessionLine, WeekStory

# Told with its number where there is one; the code of what is missing then adds nothing.
COVERAGE = {
    "descent_unknown": (
        "descent_known_share_28d",
        "Descent was measured on {} of the last 28 days' distance; hills may be under-counted.",
    ),
    "surface_unknown": (
        "surface_known_share_28d",
        "The ground is known for {} of the last 28 days' distance.",
    ),
}


def confidence_sentence(assessment: RiskAssessment) -> str:
    sure = assessment.confidence
    recorded = wording.count(sure.history_days, "day")
    return f"{sentences.CONFIDENCE[sure.word]}: {recorded} of recordings."


def coverage_sentence(assessment: RiskAssessment) -> str:
    """How much of the running carries what, and how often the knee was asked."""
    sure = assessment.confidence
    shares = {
        "descent": sure.grade_share,
        "heart rate": sure.heart_rate_share,
        "the ground": sure.surface_share,
    }
    known = [f"{name} for {wording.percent(share or 0.0)}" for name, share in shares.items()]
    told = wording.count(sure.check_ins, "knee check-in")
    return f"Of the last 28 days' running, {wording.listed(known)} is known; {told} in the last two weeks."


def not_known(story: WeekStory) -> tuple[str, ...]:
    """Gaps in the record, coverage in percent, flagged sessions, files with problems."""
    if not story.assessment.confidence.history_days:
        return (sentences.MISSING["no_check_ins"],) if story.triage.check_ins == 0 else ()
    lines = [
        sentences.MISSING[code]
        for code in story.assessment.confidence.missing
        if code not in COVERAGE or story.features[COVERAGE[code][0]] is None
    ]
    lines += _coverage(story.features)
    lines += _unmeasured_descent(story.sessions)
    for session in story.sessions:
        worth = [f for f in session.flags if f not in sentences.FLAGS_NOT_WORTH_A_LINE]
        if worth:
            kind = sentences.sport(session.sport, session.sub_sport).lower()
            told = "; ".join(sentences.flag(f) for f in worth)
            lines.append(f"{wording.weekday(session.day)}'s {kind}: {told}.")
    if story.files_with_problems:
        files = wording.count(story.files_with_problems, "file")
        lines.append(f"{files} could not be used in full; the list of files says why.")
    return tuple(lines)


def _unmeasured_descent(sessions: tuple[SessionLine, ...]) -> list[str]:
    """The week's descent is a sum over the runs that have one; a treadmill has none to measure."""
    outdoors = [s for s in sessions if s.sport == "running" and s.surface is not Surface.TREADMILL]
    silent = sum(s.descent_m is None for s in outdoors)
    if not silent:
        return []
    return [
        f"Descent was not measured on {silent} of this week's {wording.count(len(outdoors), 'run')} outdoors."
    ]


def _coverage(features: DayFeatures) -> list[str]:
    lines = []
    for name, text in COVERAGE.values():
        share = features[name]
        if share is not None and share < 1:
            lines.append(text.format(wording.percent(share)))
    return lines
