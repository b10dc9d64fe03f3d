"""Which days of a week may have exercises: easy or rest days, not before the long run, with a day between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from features import evidence
from models.running_week import DAYS, RunningWeek


@dataclass(frozen=True, slots=True)
class DaySet:
    """Days that go together, and the most that running usually loads the knee with on one of them."""

    days: tuple[date, ...]
    running_m: float


def day_sets(monday: date, habit: RunningWeek, last_session: date | None) -> tuple[DaySet, ...]:
    """All that keep the rules, the best first: more days, then fewer of them running days, evenly apart, early.

    The week is taken as one of many alike, so Sunday is next to Monday.
    """
    apart = int(evidence.value("exercise_days_apart"))
    open_days = [n for n in range(DAYS) if _is_open(n, habit) and _is_rested(monday, n, last_session, apart)]
    most = int(evidence.value("exercise_days_per_week"))
    sets = [
        chosen
        for size in range(1, most + 1)
        for chosen in combinations(open_days, size)
        if all(gap >= apart for gap in _gaps(chosen))
    ]
    sets.sort(key=lambda chosen: _quality(chosen, habit))
    return tuple(
        DaySet(tuple(monday + timedelta(days=n) for n in chosen), max(habit.knee_m[n] for n in chosen))
        for chosen in sets
    )


def _is_open(weekday: int, habit: RunningWeek) -> bool:
    """Neither a hard day nor that of the long run, nor the one before it."""
    long_run = habit.long_weekday
    around = () if long_run is None else (long_run, (long_run - 1) % DAYS)
    return weekday not in around and not (habit.runs[weekday] and habit.hard[weekday])


def _is_rested(monday: date, weekday: int, last_session: date | None, apart: int) -> bool:
    return last_session is None or (monday + timedelta(days=weekday) - last_session).days >= apart


def _gaps(chosen: Sequence[int]) -> Iterator[int]:
    for place, weekday in enumerate(chosen):
        following = chosen[(place + 1) % len(chosen)]
        yield (following - weekday) % DAYS or DAYS


def _quality(chosen: tuple[int, ...], habit: RunningWeek) -> tuple[int, int, int, tuple[int, ...]]:
    ran = sum(habit.runs[n] for n in chosen)
    return -len(chosen), ran, -min(_gaps(chosen)), chosen
