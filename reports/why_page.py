"""Why the level is what it is: causes that add up, causes without weight, and what the sum is not."""

from __future__ import annotations

import math

from features import evidence
from models.verdict import Level, Reason, RiskAssessment
from reports import causes, wording
from reports.causes import Speech
from reports.page import CauseRow, Why
from reports.sources import Citations, grade_words

# What sets the scale of the bars: the largest sum there can be, so that weeks compare by eye.
SCALE = "total_hazard_cap"
MARKS = (
    ("guarded", "level_guarded_from"),
    ("elevated", "level_elevated_from"),
    ("high", "level_high_from"),
)


# Whoever does not see injuries does not see this line.
HELD_BY_INJURY = "An earlier injury alone lifts the level by one step at most, so it stays below the sum."


def why(assessment: RiskAssessment, speech: Speech, cites: Citations) -> Why:
    """The reasons as bars laid end to end, the first starting at zero."""
    rows, start = [], 0.0
    known = assessment.log_hazard is not None
    for reason in assessment.reasons:
        rows.append(_row(reason, speech, cites, start, known))
        start += reason.contribution
    return Why(
        acting=tuple(rows),
        total=_times(start) if known else wording.NOT_KNOWN,
        total_width=_share(start),
        marks=tuple((name, _share(math.log(evidence.value(entry)))) for name, entry in MARKS),
        closing=_closing(assessment),
        idle=tuple(
            _row(r, speech, cites, 0.0, known) for r in assessment.observations if r.code in causes.WEIGHED
        ),
        shown=tuple(
            _row(r, speech, cites, 0.0, known)
            for r in assessment.observations
            if known and r.code not in causes.WEIGHED  # beside no level they are only noise
        ),
    )


def limits(assessment: RiskAssessment, cites: Citations | None = None) -> tuple[str, ...]:
    """What the level is and is not, with the plain rate beside any relative figure."""
    lines = [
        "The level is an overload indicator: it compares your last seven days with your own training. "
        "It is not a diagnosis and no probability of injury.",
        "It knows only what was recorded and told. Where it and your knee disagree, trust your knee.",
    ]
    if assessment.reasons:
        numbers = cites.cite(("knee_per_session_base_rate",)) if cites is not None else ()
        lines.append(in_runs(assessment, "".join(f" [{n}]" for n in numbers)))
    return tuple(lines)


def in_runs(assessment: RiskAssessment, marks: str = "") -> str:
    """What the hazard makes of the base rate, which always stands beside it."""
    total, per_1000 = assessment.log_hazard, assessment.per_1000_runs
    low, high = assessment.log_hazard_low, assessment.log_hazard_high
    if total is None or per_1000 is None or low is None or high is None:
        raise ValueError("without a level there is no rate to tell")
    base = assessment.base_per_1000_runs
    return (
        f"For scale: about {wording.rate(base)} in 1,000 ordinary runs lead to an overuse knee injury "
        f"(our arithmetic from the study's figures{marks}). At {_times(total)} that is about "
        f"{wording.rate(per_1000)} in 1,000 ({wording.rate(base * math.exp(low))} to "
        f"{wording.rate(base * math.exp(high))}): rare still, and worth the care."
    )


def interval(assessment: RiskAssessment) -> str | None:
    """How sure the product is, in words; None where nothing adds up."""
    low, high = assessment.log_hazard_low, assessment.log_hazard_high
    if not assessment.reasons or low is None or high is None:
        return None
    return (
        f"With all that studies leave open, the product lies between {_times(low)} and {_times(high)} (95 %)."
    )


def _row(reason: Reason, speech: Speech, cites: Citations, start: float, known: bool) -> CauseRow:
    acts = reason.contribution > 0
    return CauseRow(
        label=causes.words(reason.code).label,
        sentence=causes.sentence(reason, speech),
        note="" if acts else causes.idle_sentence(reason, known),
        factor=_times(reason.contribution) if acts else "",
        start=_share(start),
        width=_share(reason.contribution),
        grade=grade_words(reason.grade),
        cites=cites.cite(reason.evidence),
    )


def _closing(assessment: RiskAssessment) -> tuple[str, ...]:
    total = assessment.log_hazard
    if total is None:
        return ("The training alone gives no level, so nothing is added up.",)
    by_pain = assessment.overridden_by is not None
    if not assessment.reasons:
        line = "Your training adds nothing to the level"
        return (f"{line}: what you told about your knee sets it." if by_pain else f"{line} this week.",)
    lines = [
        "This is a multiple of the injury rate in running without these causes, and no probability. "
        "The factors come from different studies, so take their product with caution."
    ]
    spread = interval(assessment)
    if spread is not None:
        lines.append(spread)
    if total >= math.log(evidence.value(SCALE)) - 1e-9:
        lines.append(
            f"The product is held at {wording.factor(evidence.value(SCALE))}: beyond that, studies say nothing."
        )
    if by_pain:
        lines.append("The level comes from what you told about your knee, not from this sum.")
    elif assessment.level is not _level_of(total):
        lines.append(HELD_BY_INJURY)
    return tuple(lines)


def _level_of(total: float) -> Level:
    steps = (Level.LOW, Level.GUARDED, Level.ELEVATED, Level.HIGH)
    return steps[sum(total >= math.log(evidence.value(entry)) - 1e-9 for _, entry in MARKS)]


def _times(contribution: float) -> str:
    return wording.factor(math.exp(contribution))


def _share(log_hazard: float) -> float:
    return round(100 * log_hazard / math.log(evidence.value(SCALE)), 1)
