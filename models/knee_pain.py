"""What kind of pain several check-ins fit with, and what people do first about it. Never a diagnosis.

The rules are our own and untested; each is a pattern that somebody could count by hand. Both knees are
read together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from features import evidence
from features.training_log import CheckIn, Onset, Symptom
from models.pain_response import Response, response
from models.triage import CALM, NONE_REPORTED, PAINFUL
from models.verdict import Triage

SUDDEN = "sudden"
MECHANICAL = "mechanical"
GRADUAL = "gradual"
SORENESS = "soreness"
UNCLEAR = "unclear"
KINDS = (SUDDEN, MECHANICAL, GRADUAL, SORENESS, UNCLEAR)
MEASURES = (
    "leave_what_hurts",
    "cool",
    "low_impact",
    "soft_ground",
    "look_at_shoes",
    "tape",
    "warm_up",
    "not_settling",
    "physiotherapist",
)

SWELLING = frozenset({Symptom.SWELLING, Symptom.RAPID_SWELLING})
TO_COOL = SWELLING | {Symptom.WARMTH}
MECHANICAL_SIGNS = frozenset({Symptom.STIFFNESS, Symptom.CLICKING, Symptom.LOCKING})
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class KneePain:
    """``kinds`` of ``KINDS`` that the check-ins fit with and ``measures`` of ``MEASURES``, both in their order."""

    kinds: tuple[str, ...]
    measures: tuple[str, ...]
    evidence: tuple[str, ...]


NO_PAIN = KneePain((), (), ())


def knee_pain(check_ins: Sequence[CheckIn], as_of: date, triage: Triage) -> KneePain:
    """Reads four weeks of check-ins up to ``as_of``.

    With a red flag there are no measures and at most the sudden kind: nothing may read as a way to cope.
    """
    told = _within(check_ins, as_of, evidence.value("knee_pain_days"))
    recent = _within(told, as_of, evidence.value("pain_window_days"))
    if triage.red_flags:
        return KneePain((SUDDEN,), (), ("sudden_days",)) if _is_sudden(told, as_of) else NO_PAIN
    kinds = tuple(_kinds(told, recent, as_of))
    if not kinds and triage.pain_state in (NONE_REPORTED, CALM):
        return NO_PAIN
    measures = tuple(_measures(kinds, recent, triage, _not_settling(check_ins, as_of)))
    return KneePain(kinds, measures, ("knee_pain_days", "pattern_check_ins", "first_measures"))


def _kinds(told: Sequence[CheckIn], recent: Sequence[CheckIn], as_of: date) -> Iterator[str]:
    """Sudden, mechanical and gradual may come together; soreness only where nothing else is told."""
    enough = evidence.value("pattern_check_ins")
    sore_days = sum(map(_hurts, told))
    patterns = []
    if _is_sudden(told, as_of):
        patterns.append(SUDDEN)
    if sum(map(_is_mechanical, told)) >= enough and any(map(_is_mechanical, recent)):
        patterns.append(MECHANICAL)
    if sore_days >= enough and any(map(_hurts, recent)) and not any(map(_began_at_once, told)):
        patterns.append(GRADUAL)
    yield from patterns
    if not patterns and any(map(_hurts, recent)):
        yield SORENESS if all(map(_is_mild, told)) and sore_days < enough else UNCLEAR


def _measures(
    kinds: tuple[str, ...], recent: Sequence[CheckIn], triage: Triage, not_settling: bool
) -> Iterator[str]:
    """Above 5 of 10 only what spares the knee; tape and shoes where the pain came gradually."""
    yield "leave_what_hurts"
    if any(c.symptoms & TO_COOL for c in recent):
        yield "cool"
    if triage.pain_state != PAINFUL and SUDDEN not in kinds:
        yield from ("low_impact", "soft_ground")
        if GRADUAL in kinds:
            yield from ("look_at_shoes", "tape")
        yield "warm_up"
    yield "not_settling" if not_settling else "physiotherapist"


def _is_sudden(told: Sequence[CheckIn], as_of: date) -> bool:
    """At once, with swelling, trouble bearing weight or pain too strong to run with: a single check-in is enough."""
    return any(
        _began_at_once(c)
        and (bool(c.symptoms & SWELLING) or c.can_bear_weight is False or response(c) is Response.PAINFUL)
        for c in _within(told, as_of, evidence.value("sudden_days"))
    )


def _began_at_once(c: CheckIn) -> bool:
    return c.onset is Onset.SUDDEN or c.after_trauma is True


def _is_mechanical(c: CheckIn) -> bool:
    return bool(c.symptoms & MECHANICAL_SIGNS)


def _hurts(c: CheckIn) -> bool:
    return c.worst_pain is not None and c.worst_pain > 0


def _is_mild(c: CheckIn) -> bool:
    """No more than a knee may feel after exercise: calm pain, at most stiffness, nothing sudden."""
    calm = response(c) in (Response.CALM, None)
    return calm and c.symptoms <= {Symptom.STIFFNESS} and not _began_at_once(c)


def _not_settling(check_ins: Sequence[CheckIn], as_of: date) -> bool:
    """Pain in each of the last weeks, counted back from ``as_of``."""
    weeks = range(int(evidence.value("not_settling_weeks")))
    return all(any(map(_hurts, _within(check_ins, as_of - back * WEEK, WEEK.days))) for back in weeks)


def _within(told: Sequence[CheckIn], as_of: date, days: float) -> list[CheckIn]:
    return [c for c in told if 0 <= (as_of - c.day).days < days]
