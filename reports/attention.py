"""Which of a coach's athletes need a word, and why: pure facts in, codes and an order out.

A change comes before a state: who was fine a week ago and is not now is called first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from features import evidence
from features.training_log import ShoeDay
from models.risk import STEPS
from models.verdict import Level, Reason
from reports.shoe_life import ShoeLife

RED_FLAG = "red_flag"
LEVEL_ROSE = "level_rose"
HIGH = "high"
NEW_PAIN = "new_pain"
MORE_PAIN = "more_pain"
STOPPED = "stopped"
ELEVATED = "elevated"
PLAN_BEHIND = "plan_behind"
SHOES_DUE = "shoes_due"
# The most pressing first.
CODES = (
    *(RED_FLAG, LEVEL_ROSE, HIGH, NEW_PAIN, MORE_PAIN),
    *(STOPPED, ELEVATED, PLAN_BEHIND, SHOES_DUE),
)
NEEDS_A_WORD = frozenset(CODES) - {PLAN_BEHIND, SHOES_DUE}


@dataclass(frozen=True, slots=True)
class Pain:
    """What was told of the knee: worst pain (0–10) of the last seven days and of the seven before; None = not told."""

    red_flags: tuple[str, ...]
    worst: int | None
    worst_before: int | None
    check_ins: int


@dataclass(frozen=True, slots=True)
class PlanKept:
    """How many of the exercise sessions that the week's plan asked for so far were done."""

    done: int
    asked: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one athlete stands, as far as it was shared; ``day`` is that of the verdict.

    ``level`` is None where training is not shared, ``pain`` where pain is not. ``level_before`` is that of seven
    days earlier. ``reasons`` carry weight, the strongest first; ``unshared_reason`` says that one is left out.
    """

    athlete: str
    name: str
    day: date | None = None
    level: Level | None = None
    level_before: Level | None = None
    raised_by_pain: bool = False
    unknown_because: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    unshared_reason: bool = False
    knee_week_m: float | None = None
    knee_week_usual_m: float | None = None
    week_m: float | None = None
    week_usual_m: float | None = None
    days_since_run: int | None = None
    last_recorded: date | None = None
    pain: Pain | None = None
    shoes: tuple[ShoeDay, ...] = ()
    plan: PlanKept | None = None


def steps_risen(standing: Standing) -> int:
    """By how many levels it went up in seven days; below 0 = down, 0 where either is not known."""
    now, before = standing.level, standing.level_before
    if now is None or before is None or Level.UNKNOWN in (now, before):
        return 0
    return STEPS.index(now) - STEPS.index(before)


def is_changed(standing: Standing) -> bool:
    """Whether anything is other than seven days ago: level, known or not, or pain."""
    is_new_level = standing.level_before is not None and standing.level != standing.level_before
    return is_new_level or any(code in (RED_FLAG, NEW_PAIN, MORE_PAIN) for code in codes(standing))


def has_stopped(standing: Standing) -> bool:
    """No run for more than a week, after running; who has paused for longer than a break is known to pause."""
    days = standing.days_since_run
    if days is None or standing.level is None:
        return False
    return evidence.value("acute_window_days") <= days < evidence.value("return_gap_days")


def shoes_due(standing: Standing) -> tuple[ShoeLife, ...]:
    """Pairs in use that are at a limit of theirs."""
    return tuple(life for life in map(ShoeLife, standing.shoes) if not life.retired and life.share >= 1)


def codes(standing: Standing) -> tuple[str, ...]:
    """Why this athlete is worth a look, the most pressing first; none = nothing to do."""
    return tuple(_codes(standing))


def _codes(s: Standing) -> Iterator[str]:
    if s.pain is not None and s.pain.red_flags:
        yield RED_FLAG
    if steps_risen(s) > 0:
        yield LEVEL_ROSE
    if s.level is Level.HIGH:
        yield HIGH
    worst, before = (None, None) if s.pain is None else (s.pain.worst, s.pain.worst_before)
    if worst is not None and worst > (before or 0):
        yield MORE_PAIN if before else NEW_PAIN
    if has_stopped(s):
        yield STOPPED
    if s.level is Level.ELEVATED:
        yield ELEVATED
    if s.plan is not None and s.plan.asked > 1 and 2 * s.plan.done < s.plan.asked:
        yield PLAN_BEHIND
    if shoes_due(s):
        yield SHOES_DUE


def needs_a_word(standing: Standing) -> bool:
    return not NEEDS_A_WORD.isdisjoint(codes(standing))


def in_order(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Whom to call first: by the most pressing reason, then the greater rise and level, then by name."""

    def urgency(s: Standing) -> tuple[int, int, int, str]:
        first = next((CODES.index(code) for code in codes(s)), len(CODES))
        height = STEPS.index(s.level) if s.level in STEPS else -1
        return first, -steps_risen(s), -height, s.name.casefold()

    return tuple(sorted(standings, key=urgency))
