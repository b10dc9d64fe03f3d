"""On which weekdays somebody runs, learned from the last weeks: what is left for exercises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from features import evidence

DAYS = 7


@dataclass(frozen=True, slots=True)
class RanOn:
    """What was run on one day; ``hard`` and the load are None where they are not known."""

    day: date
    distance_m: float | None
    knee_m: float | None = None
    hard: bool | None = None


@dataclass(frozen=True, slots=True)
class RunningWeek:
    """Per weekday (0 = Monday): whether it is usually run on, usually hard, and the usual knee load of its runs.

    ``long_weekday`` is that of the week's longest run; None where no weekday has it in half of the weeks.
    """

    runs: tuple[bool, ...] = (False,) * DAYS
    hard: tuple[bool, ...] = (False,) * DAYS
    knee_m: tuple[float, ...] = (0.0,) * DAYS
    long_weekday: int | None = None
    weeks: int = 0


def running_week(days: Sequence[RanOn], before: date) -> RunningWeek:
    """The habit of the weeks before ``before``; without a single run nothing is known."""
    weeks_back = int(evidence.value("habit_weeks"))
    lately = [d for d in days if 0 < (before - d.day).days <= weeks_back * DAYS]
    if not lately:
        return RunningWeek()
    weeks = _weeks_on_record(days, before, weeks_back)
    enough = evidence.value("habit_share")
    on = [[d for d in lately if d.day.weekday() == weekday] for weekday in range(DAYS)]
    runs = tuple(len(ran) >= enough * weeks for ran in on)
    hard = tuple(bool(ran) and sum(d.hard is True for d in ran) >= enough * len(ran) for ran in on)
    return RunningWeek(runs, hard, tuple(map(_mean_m, on)), _long_weekday(lately, before, weeks), weeks)


def _weeks_on_record(days: Sequence[RanOn], before: date, most: int) -> int:
    """How many of the weeks the record reaches back over; at least one."""
    first = min(d.day for d in days)
    return max(1, min(most, ((before - first).days + DAYS - 1) // DAYS))


def _mean_m(ran: Sequence[RanOn]) -> float:
    """Distance stands in where a run's load is not known."""
    known = [m for d in ran if (m := d.distance_m if d.knee_m is None else d.knee_m) is not None]
    return sum(known) / len(known) if known else 0.0


def _long_weekday(lately: Sequence[RanOn], before: date, weeks: int) -> int | None:
    """A week with a single run has no long one."""
    by_week: dict[int, list[tuple[float, int]]] = {}
    for d in lately:
        if d.distance_m is not None:
            back = ((before - d.day).days - 1) // DAYS
            by_week.setdefault(back, []).append((d.distance_m, d.day.weekday()))
    longest = Counter(max(ran)[1] for ran in by_week.values() if len(ran) > 1)
    if not longest:
        return None
    weekday, times = max(longest.items(), key=lambda item: (item[1], item[0]))
    return weekday if times >= evidence.value("habit_share") * weeks else None
