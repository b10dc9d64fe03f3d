"""Pain comes first: red flags and pain states from the knee check-ins, and the lowest level they allow.

The rules only ever make the verdict more careful. What a check-in does not say is not known,
and never taken as reassuring.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from features import evidence
from features.training_log import CheckIn, Onset, Symptom
from models.verdict import Level, Triage

NONE_REPORTED = "none_reported"
CALM = "calm"
IRRITATED = "irritated"
PAINFUL = "painful"
RED_FLAG = "red_flag"

JOINT_SIGNS = frozenset({Symptom.SWELLING, Symptom.RAPID_SWELLING, Symptom.WARMTH, Symptom.REDNESS})
HOT_SWOLLEN_JOINT = frozenset({Symptom.SWELLING, Symptom.WARMTH, Symptom.REDNESS})
WATCH_SIGNS = frozenset(
    {Symptom.SWELLING, Symptom.WARMTH, Symptom.REDNESS, Symptom.FEVER, Symptom.GIVING_WAY}
)


def _told(symptom: Symptom) -> Callable[[CheckIn], bool]:
    return lambda c: symptom in c.symptoms


def _acute_swelling(c: CheckIn) -> bool:
    """Swelling counts as rapid where it was called so, or where it came suddenly or after a blow."""
    sudden = c.onset is Onset.SUDDEN or c.after_trauma is True
    return Symptom.RAPID_SWELLING in c.symptoms or (Symptom.SWELLING in c.symptoms and sudden)


def _hot_and_unwell(c: CheckIn) -> bool:
    """Fever with any sign or pain in the knee; or hot, red and swollen at once, since "unwell" is not asked."""
    feverish = Symptom.FEVER in c.symptoms
    with_knee = bool(c.symptoms & JOINT_SIGNS) or (c.worst_pain is not None and c.worst_pain > 0)
    return (feverish and with_knee) or c.symptoms >= HOT_SWOLLEN_JOINT


def _gave_way_after_trauma(c: CheckIn) -> bool:
    """A sudden onset counts as trauma unless the athlete says that there was none."""
    trauma = c.after_trauma is True or (c.after_trauma is None and c.onset is Onset.SUDDEN)
    return Symptom.GIVING_WAY in c.symptoms and trauma


# In the order in which they are named to the athlete.
RED_FLAGS: tuple[tuple[str, Callable[[CheckIn], bool]], ...] = (
    ("cannot_bear_weight", lambda c: c.can_bear_weight is False),
    ("deformity", _told(Symptom.DEFORMITY)),
    ("tendon_snap", _told(Symptom.TENDON_SNAP)),
    ("rapid_swelling", _acute_swelling),
    ("hot_swollen_fever", _hot_and_unwell),
    ("locking", _told(Symptom.LOCKING)),
    ("giving_way_after_trauma", _gave_way_after_trauma),
    ("numbness", _told(Symptom.NUMBNESS)),
    ("calf_swelling", _told(Symptom.CALF_SWELLING)),
    ("night_pain", _told(Symptom.NIGHT_PAIN)),
    ("weight_loss", _told(Symptom.WEIGHT_LOSS)),
    ("lump", _told(Symptom.LUMP)),
)


def triage(check_ins: Sequence[CheckIn], as_of: date) -> Triage:
    """Reads the check-ins up to ``as_of``: 14 days back for red flags, 7 days for pain.

    Floors: a red flag or pain above 5 gives high; pain of 3 to 5, a worse next morning, or a
    watch sign gives elevated; pain of 1 or 2 gives guarded, so that running in pain never reads
    low. Pain rules: TREK education on Esculier et al. 2018 (doi:10.1136/bjsports-2016-096988)
    and Silbernagel et al. 2007 (doi:10.1177/0363546506298279).
    """
    for_flags = _within(check_ins, as_of, evidence.value("red_flag_window_days"))
    recent = _within(check_ins, as_of, evidence.value("pain_window_days"))
    flags = tuple(code for code, holds in RED_FLAGS if any(holds(c) for c in for_flags))
    told = [c.worst_pain for c in recent if c.worst_pain is not None]
    worst = max(told, default=None)
    state, floor, names = _state(flags, worst, recent)
    return Triage(state, worst, flags, floor, len(for_flags), names)


def _state(
    flags: tuple[str, ...], worst: int | None, recent: Sequence[CheckIn]
) -> tuple[str, Level | None, tuple[str, ...]]:
    watched = any(c.symptoms & WATCH_SIGNS for c in recent)
    if flags:
        return RED_FLAG, Level.HIGH, ("red_flags", "red_flag_window_days")
    if worst is not None and worst > evidence.value("pain_stop_above"):
        return PAINFUL, Level.HIGH, ("pain_stop_above", *_watch(watched))
    if worst is not None and worst > evidence.value("pain_calm_max"):
        return IRRITATED, Level.ELEVATED, ("pain_calm_max", "pain_stop_above", *_watch(watched))
    if any(_worse_next_morning(c) for c in recent):
        return IRRITATED, Level.ELEVATED, ("pain_next_morning_rise", *_watch(watched))
    if watched:
        return IRRITATED, Level.ELEVATED, _watch(watched)
    if worst is None:
        return NONE_REPORTED, None, ()
    return CALM, Level.GUARDED if worst > 0 else None, ("pain_calm_max",)


def _watch(watched: bool) -> tuple[str, ...]:
    return ("watch_signs",) if watched else ()


def _worse_next_morning(c: CheckIn) -> bool:
    if c.pain_running is None or c.pain_next_morning is None:
        return False
    return c.pain_next_morning - c.pain_running >= evidence.value("pain_next_morning_rise")


def _within(check_ins: Sequence[CheckIn], as_of: date, days: float) -> list[CheckIn]:
    return [c for c in check_ins if 0 <= (as_of - c.day).days < days]
