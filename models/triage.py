"""Pain comes first: red flags and pain states from the knee check-ins, and the lowest level they allow.

The rules only ever make the verdict more careful. What a check-in does not say is not known,
and never taken as reassuring.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from features import evidence
from features.ostrc import Ostrc
from features.training_log import CheckIn, Symptom
from models.pain_response import irritated_by
from models.red_flags import RED_FLAGS, told_by
from models.verdict import Level, Triage

NONE_REPORTED = "none_reported"
CALM = "calm"
IRRITATED = "irritated"
PAINFUL = "painful"
RED_FLAG = "red_flag"

WATCH_SIGNS = frozenset(
    {
        Symptom.SWELLING,
        Symptom.WARMTH,
        Symptom.REDNESS,
        Symptom.FEVER,
        Symptom.GIVING_WAY,
        Symptom.CANNOT_BEND_90,
    }
)
Dated = TypeVar("Dated", CheckIn, Ostrc)


def triage(
    check_ins: Sequence[CheckIn],
    as_of: date,
    birth_year: int | None = None,
    questionnaires: Sequence[Ostrc] = (),
) -> Triage:
    """Reads what was told up to ``as_of``: 14 days back for red flags, 7 days for pain and the questionnaire.

    Floors: a red flag or pain above 5 gives high; pain of 3 to 5, more pain after or the next morning
    than while running, a watch sign or a substantial problem (OSTRC-O2) gives elevated; pain of 1 or 2
    gives guarded, so that running in pain never reads low.
    """
    for_flags = _within(check_ins, as_of, evidence.value("red_flag_window_days"))
    recent = _within(check_ins, as_of, evidence.value("pain_window_days"))
    answers = _within(questionnaires, as_of, evidence.value("pain_window_days"))
    facts = [told_by(c, birth_year) for c in for_flags]
    flags = tuple(code for code, holds in RED_FLAGS if any(holds(told) for told in facts))
    told = [c.worst_pain for c in recent if c.worst_pain is not None]
    worst = max(told, default=None)
    state, floor, names = _state(flags, worst, tuple(dict.fromkeys(_irritations(recent, answers))))
    return Triage(state, worst, flags, floor, len(for_flags), names)


def _state(
    flags: tuple[str, ...], worst: int | None, irritations: tuple[str, ...]
) -> tuple[str, Level | None, tuple[str, ...]]:
    if flags:
        flagged = ("ottawa_age_from",) if flags[-1] == "ottawa_knee_rule" else ()
        return RED_FLAG, Level.HIGH, ("red_flags", "red_flag_window_days", *flagged)
    if worst is not None and worst > evidence.value("pain_stop_above"):
        named = tuple(name for name in irritations if name in ("watch_signs", "ostrc_substantial_from"))
        return PAINFUL, Level.HIGH, ("pain_stop_above", *named)
    if irritations:
        return IRRITATED, Level.ELEVATED, irritations
    if worst is None:
        return NONE_REPORTED, None, ()
    return CALM, Level.GUARDED if worst > 0 else None, ("pain_calm_max",)


def _irritations(recent: Sequence[CheckIn], answers: Sequence[Ostrc]) -> Iterable[str]:
    """By what evidence the knee counts as irritated, what says most first."""
    pains = {name for c in recent for name in irritated_by(c)}
    yield from (n for n in ("pain_calm_max", "pain_after_rise", "pain_next_morning_rise") if n in pains)
    if any(c.symptoms & WATCH_SIGNS for c in recent):
        yield "watch_signs"
    if any(answer.is_substantial for answer in answers):
        yield "ostrc_substantial_from"


def _within(told: Sequence[Dated], as_of: date, days: float) -> list[Dated]:
    return [one for one in told if 0 <= (as_of - one.day).days < days]
