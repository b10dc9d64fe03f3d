"""What a coach reads of an athlete: why they are worth a look, in short lines about a third person."""

from __future__ import annotations

from collections.abc import Callable

from features import evidence
from models.verdict import Level, Reason
from reports import attention, sentences, wording
from reports.attention import Standing
from reports.causes import CAUSES
from reports.shoe_life import ShoeLife
from reports.wording import Measure

UNSHARED = "For a reason that was not shared with you."
RED_FLAGS = {
    "cannot_bear_weight": "the leg does not take weight",
    "deformity": "the knee has changed its shape",
    "tendon_snap": "something snapped in a tendon",
    "rapid_swelling": "the knee swelled up fast or after a blow",
    "hot_swollen_fever": "a hot, red or swollen knee, with fever or feeling unwell",
    "locking": "the knee locks",
    "giving_way_after_trauma": "the knee gives way after a blow or a sudden start",
    "numbness": "part of the leg feels numb, weak or cold",
    "calf_swelling": "a swollen or warm calf",
    "night_pain": "pain at night or at rest",
    "weight_loss": "loss of weight",
    "lump": "a lump",
    "ottawa_knee_rule": "after a fall or blow, a sign by which doctors consider an X-ray",
}


def line(code: str, standing: Standing, measure: Measure) -> str:
    """Why this code holds for them. Raises KeyError for an unknown code."""
    return _LINES[code](standing, measure)


def top_reason(standing: Standing, measure: Measure) -> str | None:
    """What the level rests on most, in words; None where it rests on nothing, or pain is told beside it."""
    if standing.raised_by_pain:
        return UNSHARED if standing.pain is None else None
    if standing.reasons:
        strongest, others = standing.reasons[0], len(standing.reasons) - 1 + standing.unshared_reason
        more = f", and {wording.spelled(others)} more" if others else ""
        return f"{cause(strongest, measure)}{more}."
    return UNSHARED if standing.unshared_reason else None


def cause(reason: Reason, measure: Measure) -> str:
    """``One run of 21.3 km, 1.5 × the longest of the 30 days before``; a cause without words of its own by its name."""
    say = _CAUSES.get(reason.code)
    return CAUSES[reason.code].label if say is None else say(reason, measure)


def _red_flag(s: Standing, measure: Measure) -> str:
    flags = () if s.pain is None else s.pain.red_flags
    told = wording.listed([RED_FLAGS[flag] for flag in flags])
    return f"Told of a red flag: {told}. Ask whether a clinician has seen the knee."


def _rose(s: Standing, measure: Measure) -> str:
    before, now = s.level_before or Level.UNKNOWN, s.level or Level.UNKNOWN
    return f"Rose from {sentences.level(before).word.lower()} to {sentences.level(now).word.lower()} in seven days."


def _stays(s: Standing, measure: Measure) -> str:
    word = sentences.level(s.level or Level.UNKNOWN).word
    if s.level is s.level_before:
        return f"Still {word.lower()}."
    if s.level_before in (None, Level.UNKNOWN):
        return f"{word}; a week ago there was no level."
    return f"{word}, down from {sentences.level(s.level_before).word.lower()}."


def _new_pain(s: Standing, measure: Measure) -> str:
    return f"New knee pain: {_pain(s)}."


def _more_pain(s: Standing, measure: Measure) -> str:
    return f"More knee pain: {_pain(s)}."


def _pain(s: Standing) -> str:
    """``4 of 10, 2 the week before``."""
    assert s.pain is not None and s.pain.worst is not None  # the code says so
    before = f", {s.pain.worst_before} the week before" if s.pain.worst_before else ""
    return f"{s.pain.worst} of 10{before}"


def _stopped(s: Standing, measure: Measure) -> str:
    return f"No run for {wording.count(s.days_since_run or 0, 'day')}."


def _plan_behind(s: Standing, measure: Measure) -> str:
    assert s.plan is not None
    return f"Did {s.plan.done} of {wording.count(s.plan.asked, 'planned session')}."


def _shoes_due(s: Standing, measure: Measure) -> str:
    return " ".join(_shoe(life, measure) for life in attention.shoes_due(s))


def _shoe(life: ShoeLife, measure: Measure) -> str:
    state = life.state
    if life.distance_share >= 1:
        limit = measure.whole_distance(state.shoe.limit_m)
        return f"{wording.plain(state.shoe.name)}: {measure.whole_distance(state.distance_m)}, limit {limit}."
    return f"{wording.plain(state.shoe.name)}: {wording.age(state.age_days)} old, limit {wording.age(state.shoe.limit_days)}."


_LINES: dict[str, Callable[[Standing, Measure], str]] = {
    attention.RED_FLAG: _red_flag,
    attention.LEVEL_ROSE: _rose,
    attention.HIGH: _stays,
    attention.NEW_PAIN: _new_pain,
    attention.MORE_PAIN: _more_pain,
    attention.STOPPED: _stopped,
    attention.ELEVATED: _stays,
    attention.PLAN_BEHIND: _plan_behind,
    attention.SHOES_DUE: _shoes_due,
}


def _long_run(r: Reason, measure: Measure) -> str:
    return _beside(r, measure.distance, "One run of {}", "the longest", "One run {} as long as any")


def _descent(r: Reason, measure: Measure) -> str:
    return _beside(r, measure.height, "{} down in one run", "the most", "One run {} as far down as any")


def _knee_load(r: Reason, measure: Measure) -> str:
    first = "One run as hard on the knee as {} on the level"
    return _beside(r, measure.distance, first, "the hardest", "One run {} as hard on the knee as any")


def _beside(r: Reason, amount: Callable[[float | None], str], first: str, most: str, by_ratio: str) -> str:
    """An amount against the most of the window before, or the ratio alone where only that is known."""
    before = f"of the {evidence.value('spike_window_days'):.0f} days before"
    if r.unit != "m":
        return f"{by_ratio.format(wording.ratio(r.observed or 0.0))} {before}"
    if not r.reference or r.observed is None:
        return f"{first.format(amount(r.observed))}, with none on record before"
    return f"{first.format(amount(r.observed))}, {wording.ratio(r.observed / r.reference)} {most} {before}"


def _return(r: Reason, measure: Measure) -> str:
    return f"Ran again after {wording.count(round(r.observed or 0), 'day')} without a run"


def _injury(r: Reason, measure: Measure) -> str:
    if not r.observed:
        return "A knee injury that has not ended"
    return f"A knee injury that ended {wording.age(round(r.observed))} ago"


_CAUSES: dict[str, Callable[[Reason, Measure], str]] = {
    "session_spike": _long_run,
    "return_after_gap": _return,
    "descent_novelty": _descent,
    "knee_load_novelty": _knee_load,
    "previous_knee_injury": _injury,
}
