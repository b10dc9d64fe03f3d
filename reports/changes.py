"""Sentences for training changes: what called for it, then what to do."""

from __future__ import annotations

from collections.abc import Callable

from models.verdict import TrainingChange
from reports import sentences, wording
from reports.causes import CAUSES
from reports.wording import Measure

# What called for a change, where it is neither a cause with a weight nor a red flag.
STATES = {
    "calm": "pain of 1 or 2 of 10",
    "irritated": "your irritated knee",
    "painful": "pain above 5 of 10",
    "red_flag": "the sign you told of",
    "watch_signs": "swelling, warmth, redness, fever, giving way or a knee that bends too little this week",
    "substantial_problem": "the substantial problem that your weekly answers tell of",
    "shoe_distance": "the distance in your shoes",
    "shoe_age": "the age of your shoes",
    "one_pair": "a single pair of shoes in use",
}


def _see_clinician(change: TrainingChange, measure: Measure) -> str:
    if change.because in ("irritated", "watch_signs", "substantial_problem"):
        return "See a clinician or physiotherapist if it has not settled within the week."
    return "See a clinician before you run again."


def _pause_running(change: TrainingChange, measure: Measure) -> str:
    return "Stop running for now."


def _return_with_run_walk(change: TrainingChange, measure: Measure) -> str:
    walk = "for every minute of walking"
    minutes = wording.count(round(_amount(change)), "minute")
    return f"Come back in intervals: {minutes} of running {walk}."


def _shorten_long_run(change: TrainingChange, measure: Measure) -> str:
    return f"Keep the longest run to {_at_most(change, measure)}."


def _keep_long_run(change: TrainingChange, measure: Measure) -> str:
    if change.amount is None:
        return "Do not lengthen your runs yet."
    return f"Do not lengthen your runs yet: {_at_most(change, measure)} is enough."


def _more_frequent_shorter(change: TrainingChange, measure: Measure) -> str:
    if change.amount is None:
        return "Run more often and shorter, not longer."
    return f"Run more often and shorter: {_at_most(change, measure)} at a time."


def _flatten_route(change: TrainingChange, measure: Measure) -> str:
    if change.amount is None:
        return "Choose flat routes; leave steep descents until it has calmed down."
    return (
        f"Choose flatter routes: no more than {measure.height(change.amount)} of descent in one run, "
        "the most you were used to."
    )


def _low_impact_session(change: TrainingChange, measure: Measure) -> str:
    minutes = wording.count(round(_amount(change)), "minute")
    return f"Replace one run by {minutes} of easy cycling or swimming."


def _check_shoes(change: TrainingChange, measure: Measure) -> str:
    return "Check them for a worn tread, creases in the midsole and a heel that leans."


def _rotate_shoes(change: TrainingChange, measure: Measure) -> str:
    return "If you own a second pair that fits, take turns between the two."


def _at_most(change: TrainingChange, measure: Measure) -> str:
    return measure.careful_distance(_amount(change))


def _amount(change: TrainingChange) -> float:
    if change.amount is None:
        raise ValueError(f"the change {change.code} needs an amount")
    return change.amount


ACTIONS: dict[str, Callable[[TrainingChange, Measure], str]] = {
    "see_clinician": _see_clinician,
    "pause_running": _pause_running,
    "return_with_run_walk": _return_with_run_walk,
    "shorten_long_run": _shorten_long_run,
    "keep_long_run": _keep_long_run,
    "more_frequent_shorter": _more_frequent_shorter,
    "flatten_route": _flatten_route,
    "low_impact_session": _low_impact_session,
    "check_shoes": _check_shoes,
    "rotate_shoes": _rotate_shoes,
}


def action(change: TrainingChange, measure: Measure) -> str:
    """What to do. Raises KeyError for a change without wording."""
    return ACTIONS[change.code](change, measure)


def called_for_by(code: str) -> str:
    """``the unfamiliar descent``: what a change answers. Raises KeyError for an unknown code."""
    if code in CAUSES:
        return CAUSES[code].phrase
    if code in sentences.RED_FLAGS:
        return STATES["red_flag"]
    return STATES[code]
