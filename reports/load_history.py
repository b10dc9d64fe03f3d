"""An athlete's load over time: weeks summed, and what was usual before each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from features.training_log import Injury, Week
from models.verdict import Level

WEEKS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class RanSession:
    """One running session; ``None`` = not known."""

    activity: str
    day: date
    distance_m: float | None
    knee_equivalent_m: float | None
    spike_ratio: float | None


@dataclass(frozen=True, slots=True)
class LoadHistory:
    """Weeks without a gap, oldest first. Pain (day → worst of 10) and injuries are only those that may be seen."""

    athlete: str
    name: str
    weeks: tuple[Week, ...]
    first_day: date
    last_day: date
    sessions: tuple[RanSession, ...]
    levels: Mapping[date, Level]
    pain: Mapping[date, int]
    injuries: tuple[Injury, ...]
    shows_pain: bool
    shows_body: bool


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """A week summed; a sum is None where one of its runs is not known. ``is_whole``: all seven days are recorded."""

    week: Week
    runs: int
    distance_m: float | None
    knee_m: float | None
    longest_m: float | None
    worst_pain: int | None
    level: Level | None
    is_whole: bool


Usual = tuple[float, float]


def week_loads(history: LoadHistory) -> tuple[WeekLoad, ...]:
    ran: dict[Week, list[RanSession]] = {week: [] for week in history.weeks}
    worst: dict[Week, int] = {}
    starts_on = history.weeks[0].starts_on
    for session in history.sessions:
        ran.get(Week.of(session.day, starts_on), []).append(session)
    for day, pain in history.pain.items():
        week = Week.of(day, starts_on)
        worst[week] = max(pain, worst.get(week, 0))
    return tuple(_load(week, ran[week], worst.get(week), history) for week in history.weeks)


def usual_before(
    loads: Sequence[WeekLoad], of: Callable[[WeekLoad], float | None]
) -> dict[Week, Usual | None]:
    """Week → lowest and highest of the four whole weeks before it; None with fewer."""
    usual: dict[Week, Usual | None] = {}
    for n, load in enumerate(loads):
        before = loads[max(0, n - WEEKS_BEFORE) : n]
        known = [value for b in before if b.is_whole and (value := of(b)) is not None]
        usual[load.week] = (min(known), max(known)) if len(known) == WEEKS_BEFORE else None
    return usual


def _load(week: Week, ran: Sequence[RanSession], worst: int | None, history: LoadHistory) -> WeekLoad:
    distances = [s.distance_m for s in ran]
    return WeekLoad(
        week=week,
        runs=len(ran),
        distance_m=_sum_known(distances),
        knee_m=_sum_known([s.knee_equivalent_m for s in ran]),
        longest_m=max((d for d in distances if d is not None), default=None),
        worst_pain=worst,
        level=history.levels.get(min(week.last_day, history.last_day)),
        is_whole=history.first_day <= week.first_day and week.last_day <= history.last_day,
    )


def _sum_known(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) else None
