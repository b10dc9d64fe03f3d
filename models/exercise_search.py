"""The constraint problem, solved exactly: which exercises, at which step, on which days.

Constraints: three to five exercises where three suit; every step earned; at least two days where two can be had;
the week's load within what is left for it; a day's load within the month's hardest run; a session within its minutes.

Objective, one after the other:
1. most of the week's needs answered;
2. more days, up to three;
3. the exercises in the order in which the leading need wants them, each as far as its step is earned: the first one
   in full beats all others together;
4. fewer running days among the days; 5. evenly apart; 6. early in the week (the order of ``day_sets``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from features import evidence
from models.exercise_days import DaySet
from models.exercise_load import session_m, session_s
from models.exercises import Exercise

A_MILLIMETRE = 0.001  # sums of the same loads in another order may differ by less


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exercise that may be chosen, up to the step that is earned; ``serves`` are needs that it answers."""

    exercise: Exercise
    earned: int
    serves: frozenset[str]

    def load_m(self, step: int) -> float:
        """What the ledger counts; an unknown load counts nothing and is named there."""
        return session_m(self.exercise, self.exercise.steps[step - 1]) or 0.0

    def time_s(self, step: int) -> float:
        return session_s(self.exercise, self.exercise.steps[step - 1])


@dataclass(frozen=True, slots=True)
class Room:
    """What a week has room for; None = not known, so no limit can be set by it."""

    week_m: float | None
    day_m: float | None
    session_s: float


@dataclass(frozen=True, slots=True)
class Solution:
    """``steps`` belong to ``chosen``, both in the order in which they are wanted."""

    chosen: tuple[Candidate, ...]
    steps: tuple[int, ...]
    days: DaySet

    @property
    def week_m(self) -> float:
        return len(self.days.days) * load_m(self.chosen, self.steps)


def solve(candidates: Sequence[Candidate], sets: Sequence[DaySet], room: Room) -> Solution | None:
    """The best of all; ``candidates`` come in the order in which they are wanted, ``sets`` the best first.

    Fewer than three exercises only where no three fit.
    """
    least = min(int(evidence.value("exercises_least")), len(candidates))
    most = int(evidence.value("exercises_most"))
    for fewest, largest in ((least, most), (1, least - 1)):
        for answered in range(needs_answered(candidates), -1, -1):
            for number in _numbers_of_days(sets):
                alike = [days for days in sets if len(days.days) == number]
                search = _Search(candidates, alike, room, fewest, largest, answered)
                found = search.best((), ())
                if found is not None:
                    return found
    return None


@dataclass(frozen=True, slots=True)
class _Search:
    """Goes through the candidates in their order, the furthest step first and left out last; what it finds first is
    best. A branch ends where nothing below it can fit: adding an exercise never lowers a load."""

    candidates: Sequence[Candidate]
    sets: Sequence[DaySet]
    room: Room
    fewest: int
    largest: int
    answered: int

    def best(self, chosen: tuple[Candidate, ...], steps: tuple[int, ...], at: int = 0) -> Solution | None:
        days = next((days for days in self.sets if fits(chosen, steps, days, self.room)), None)
        left = self.candidates[at:]
        if (
            days is None
            or len(chosen) > self.largest
            or len(chosen) + len(left) < self.fewest
            or needs_answered((*chosen, *left)) < self.answered
        ):
            return None
        if not left:
            return Solution(chosen, steps, days)
        for step in range(left[0].earned, 0, -1):
            found = self.best((*chosen, left[0]), (*steps, step), at + 1)
            if found is not None:
                return found
        return self.best(chosen, steps, at + 1)


def needs_answered(chosen: Iterable[Candidate]) -> int:
    return len(frozenset[str]().union(*(c.serves for c in chosen)))


def _numbers_of_days(sets: Sequence[DaySet]) -> list[int]:
    """From the most down to two, or to one where no two days can be had."""
    numbers = sorted({len(days.days) for days in sets}, reverse=True)
    least = int(evidence.value("exercise_days_least"))
    return [number for number in numbers if number >= least] or numbers


def fits(chosen: Sequence[Candidate], steps: Sequence[int], days: DaySet, room: Room) -> bool:
    session = load_m(chosen, steps)
    return (
        (room.week_m is None or len(days.days) * session <= room.week_m + A_MILLIMETRE)
        and (room.day_m is None or days.running_m + session <= room.day_m + A_MILLIMETRE)
        and sum(c.time_s(step) for c, step in zip(chosen, steps, strict=True)) <= room.session_s
    )


def load_m(chosen: Sequence[Candidate], steps: Sequence[int]) -> float:
    return sum(c.load_m(step) for c, step in zip(chosen, steps, strict=True))
