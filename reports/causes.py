"""Sentences for causes: every number with its unit and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from features import evidence
from models.verdict import Reason
from reports import wording
from reports.wording import Measure

AFTER_A_JUMP = "Keep the next runs shorter, and see how your knees feel tomorrow morning."


@dataclass(frozen=True, slots=True)
class Speech:
    """What a sentence may lean on: the units, and the days of the week's outstanding runs."""

    measure: Measure
    spike_day: date | None = None
    descent_day: date | None = None


@dataclass(frozen=True, slots=True)
class CauseWords:
    """``label`` names the cause beside a bar, ``phrase`` inside a sentence ("because of …").

    ``idle`` says why it adds nothing, where it is shown without weight.
    """

    label: str
    phrase: str
    sentence: Callable[[Reason, Speech], str]
    idle: str


def run_jump(distance_m: float, reference_m: float, day: date | None, measure: Measure) -> str:
    """``Sunday's 21.3 km is 1.5 × your longest run of the 30 days before (14.1 km).``"""
    who = "A run of" if day is None else f"{wording.weekday(day)}'s"
    times = wording.ratio(distance_m / reference_m)
    window = f"{evidence.value('spike_window_days'):.0f}"
    return (
        f"{who} {measure.distance(distance_m)} is {times} your longest run "
        f"of the {window} days before ({measure.distance(reference_m)})."
    )


def _session_spike(reason: Reason, speech: Speech) -> str:
    observed, reference = _both(reason)
    if reason.unit == "m":
        return run_jump(observed, reference, speech.spike_day, speech.measure)
    window = f"{evidence.value('spike_window_days'):.0f}"
    return f"One run was {wording.ratio(observed)} your longest run of the {window} days before it."


def _return_after_gap(reason: Reason, speech: Speech) -> str:
    observed, reference = _both(reason)
    gap = wording.count(round(observed), "day")
    return f"You ran again after {gap} without a run; a return counts from {reference:.0f} days."


def _descent_novelty(reason: Reason, speech: Speech) -> str:
    observed = _observed(reason)
    down = speech.measure.height(observed)
    day = speech.descent_day
    whose = f"A run's {down}" if day is None else f"{wording.weekday(day)}'s {down}"
    window = f"{evidence.value('spike_window_days'):.0f}"
    if not reason.reference:
        return (
            f"{whose} of descent has nothing to compare with: the {window} days before have none on record."
        )
    before = speech.measure.height(reason.reference)
    times = wording.ratio(observed / reason.reference)
    return f"{whose} of descent is {times} the most in one run of the {window} days before ({before})."


def _knee_load_novelty(reason: Reason, speech: Speech) -> str:
    observed, reference = _both(reason)
    window = f"{evidence.value('spike_window_days'):.0f}"
    times = wording.ratio(observed / reference)
    if reason.unit != "m":
        return f"One run loaded the knee {times} as much as any of the {window} days before it."
    now, before = speech.measure.distance(observed), speech.measure.distance(reference)
    return (
        f"Hills and pace made one run as hard on the knee as {now} on the level, {times} the hardest "
        f"of the {window} days before ({before})."
    )


def _previous_knee_injury(reason: Reason, speech: Speech) -> str:
    observed, reference = _both(reason)
    window = wording.age(round(reference))
    if observed == 0:
        return "You told of a knee injury that has not ended."
    ago = wording.age(round(observed))
    return f"Your last knee injury ended {ago} ago; injuries count for {window}."


def _weekly_distance(reason: Reason, speech: Speech) -> str:
    observed = _observed(reason)
    total = f"{speech.measure.distance(observed)} in the last seven days"
    if not reason.reference:
        return f"{total}; there are no four earlier weeks to compare with."
    usual = speech.measure.distance(reason.reference)
    change = wording.percent_change(observed / reason.reference - 1)
    return f"{total}, {change} against your weekly mean of the four weeks before ({usual})."


def _acute_load(reason: Reason, speech: Speech) -> str:
    observed = _observed(reason)
    now = f"{speech.measure.distance(observed)} a day over the last 7 days"
    if not reason.reference:
        return f"{now}; there are no 21 earlier days to compare with."
    before = f"{speech.measure.distance(reason.reference)} a day"
    times = wording.ratio(observed / reason.reference)
    return f"{now}, {times} the 21 days before ({before})."


def _hard_surface(reason: Reason, speech: Speech) -> str:
    share = wording.percent(_observed(reason))
    return f"{share} of the last 28 days' distance was on hard ground, of what the recordings tell."


def _worn_shoes(reason: Reason, speech: Speech) -> str:
    share = wording.percent(_observed(reason))
    return f"{share} of the last 28 days' distance in known pairs was in pairs past their limit."


def _skipped_warm_up(reason: Reason, speech: Speech) -> str:
    share = wording.percent(_observed(reason))
    return f"{share} of the last 28 days' longer runs began as fast as they went on."


def _high_intensity(reason: Reason, speech: Speech) -> str:
    now = wording.duration(_observed(reason))
    if not reason.reference:
        return f"One run had {now} above your threshold; there is no earlier such run within 30 days."
    times = wording.ratio(_observed(reason) / reason.reference)
    before = wording.duration(reason.reference)
    return f"One run had {now} above your threshold, {times} the most in one run of the 30 days before ({before})."


def _low_cadence(reason: Reason, speech: Speech) -> str:
    change = wording.percent_change(_observed(reason) - 1)
    return f"Cadence was {change} against your own usual at the same speed."


def _monotony(reason: Reason, speech: Speech) -> str:
    return f"Monotony was {_observed(reason):.1f}: the mean day's distance over the spread of the seven days."


def _no_low_impact(reason: Reason, speech: Speech) -> str:
    share = wording.percent(_observed(reason))
    return f"{share} of the last 28 days' training time was cycling, swimming, strength or the like."


def _days_since_last_run(reason: Reason, speech: Speech) -> str:
    limit = f"{evidence.value('return_gap_days'):.0f}"
    days = round(_observed(reason))
    since = (
        "You ran on the last of the seven days"
        if days == 0
        else f"{wording.count(days, 'day')} since your last run"
    )
    return f"{since}; a break counts from {limit} days without one."


def _observed(reason: Reason) -> float:
    if reason.observed is None:
        raise ValueError(f"{reason.code} needs an observed value")
    return reason.observed


def _both(reason: Reason) -> tuple[float, float]:
    if reason.observed is None or reason.reference is None:
        raise ValueError(f"{reason.code} needs both an observed and a reference value")
    return reason.observed, reason.reference


CAUSES: dict[str, CauseWords] = {
    "session_spike": CauseWords(
        "One long run", "this week's jump in one run", _session_spike,
        "Within what you are used to.",
    ),
    "return_after_gap": CauseWords(
        "Return after a break", "your return after a break", _return_after_gap,
        "Counted once, with the long run.",
    ),
    "descent_novelty": CauseWords(
        "Unfamiliar descent", "the unfamiliar descent", _descent_novelty,
        "Too little, too close to what you are used to, or already told by the load on the knee.",
    ),
    "knee_load_novelty": CauseWords(
        "Unfamiliar knee load", "the unfamiliar load on the knee", _knee_load_novelty,
        "Within what you are used to, or already told by the distance or the descent.",
    ),
    "previous_knee_injury": CauseWords(
        "Earlier knee injury", "your earlier knee injury", _previous_knee_injury,
        "Long enough ago to add nothing.",
    ),
    "weekly_distance": CauseWords(
        "Weekly distance", "your weekly distance", _weekly_distance,
        "Adds nothing: runners' injuries were not found to follow weekly change.",
    ),
    "acute_load": CauseWords(
        "Last week against the weeks before", "the last week against the weeks before", _acute_load,
        "Adds nothing: in runners a higher ratio did not go with more injuries.",
    ),
    "hard_surface": CauseWords(
        "Hard ground", "the share of hard ground", _hard_surface,
        "Adds nothing: no ground has a shown effect on running knee injury.",
    ),
    "worn_shoes": CauseWords(
        "Worn shoes", "the distance in worn shoes", _worn_shoes,
        "Adds nothing: no study ties a shoe's mileage to knee injury.",
    ),
    "skipped_warm_up": CauseWords(
        "Skipped warm-up", "runs without a warm-up", _skipped_warm_up,
        "Adds nothing: warming up did not lower injuries in a trial.",
    ),
    "high_intensity": CauseWords(
        "Time at high intensity", "the time at high intensity", _high_intensity,
        "Adds nothing: trials of harder against longer running found no clear difference.",
    ),
    "low_cadence": CauseWords(
        "Cadence", "your cadence", _low_cadence,
        "Adds nothing: fewer steps load the knee more per step, but were not seen to bring more injuries.",
    ),
    "monotony": CauseWords(
        "Monotony", "the monotony of the week", _monotony,
        "Adds nothing: it was studied with illness, not with knees.",
    ),
    "no_low_impact": CauseWords(
        "Other sports", "the share of other sports", _no_low_impact,
        "Adds nothing: runners with other sports had fewer injuries, which does not show that those were the reason.",
    ),
    "days_since_last_run": CauseWords(
        "Last run", "the days since your last run", _days_since_last_run,
        "Adds nothing by itself.",
    ),
}  # fmt: skip

# Causes that can carry weight; the others never do.
WEIGHED = frozenset(
    {"session_spike", "return_after_gap", "descent_novelty", "knee_load_novelty", "previous_knee_injury"}
)


def words(code: str) -> CauseWords:
    return CAUSES[code]


def sentence(reason: Reason, speech: Speech) -> str:
    """The cause in one sentence. Raises KeyError for a code without wording."""
    return CAUSES[reason.code].sentence(reason, speech)


def idle_sentence(reason: Reason, level_is_known: bool) -> str:
    """Why a cause that is shown adds nothing."""
    if reason.code not in WEIGHED:
        return CAUSES[reason.code].idle
    if not level_is_known:
        return "Not weighed, as there is too little to judge by."
    if reason.code == "session_spike" and reason.observed is not None and reason.reference is not None:
        above = reason.observed > reason.reference
        return "Counted once, with the return after a break." if above else CAUSES[reason.code].idle
    return CAUSES[reason.code].idle
