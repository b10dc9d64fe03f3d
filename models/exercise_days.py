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


def day_sets(first_day: date, habit: RunningWeek, last_session: date | None) -> tuple[DaySet, ...]:
    """All of the week from ``first_day`` that keep the rules, the best first: more days, then fewer of them running
    days, evenly apart, early.

    The week is taken as one of many alike, so its last day is next to its first.
    """
    apart = int(evidence.value("exercise_days_apart"))
    week = [first_day + timedelta(days=n) for n in range(DAYS)]
    open_days = [
        day
        for day in week
        if _is_open(day.weekday(), habit) and (last_session is None or (day - last_session).days >= apart)
    ]
    most = int(evidence.value("exercise_days_per_week"))
    sets = [
        chosen
        for size in range(1, most + 1)
        for chosen in combinations(open_days, size)
        if all(gap >= apart for gap in _gaps(chosen))
    ]
    sets.sort(key=lambda chosen: _quality(chosen, habit))
    return tuple(DaySet(chosen, max(habit.knee_m[day.weekday()] for day in chosen)) for chosen in sets)


def _is_open(weekday: int, habit: RunningWeek) -> bool:
    """Neither a hard day nor that of the long run, nor the one before it."""
    long_run = habit.long_weekday
    around = () if long_run is None else (long_run, (long_run - 1) % DAYS)
    return weekday not in around and not (habit.runs[weekday] and habit.hard[weekday])


def _gaps(chosen: Sequence[date]) -> Iterator[int]:
    """Days from each to the next; the last one's next is the first one of the week after."""
    for place, day in enumerate(chosen):
        following = chosen[(place + 1) % len(chosen)]
        yield (following - day).days % DAYS or DAYS


def _quality(chosen: tuple[date, ...], habit: RunningWeek) -> tuple[int, int, int, tuple[date, ...]]:
    ran = sum(habit.runs[day.weekday()] for day in chosen)
    return -len(chosen), ran, -min(_gaps(chosen)), chosen
