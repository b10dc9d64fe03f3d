"""The constraint problem, solved exactly: which exercises, at which step, on which days.

Constraints: three to five exercises where three suit; every step earned; at least two days where two can be had;
the week's load within what is left for it; a day's load within the month's hardest run; a session within its minutes.

Objective, one after the other:
1. most of the week's needs answered;
2. more days, up to three;
3. the exercises that the leading need wants most, in their order (having the first beats having all others);
4. steps as far as they are earned, in the same order;
5. fewer running days among the days; 6. evenly apart; 7. early in the week (the order of ``day_sets``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

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
    for sizes in (range(least, int(evidence.value("exercises_most")) + 1), range(1, least)):
        for group in _by_needs(candidates, sizes):
            for number in _numbers_of_days(sets):
                alike = [days for days in sets if len(days.days) == number]
                found = _best(group, alike, room)
                if found is not None:
                    return found
    return None


def _best(group: Iterable[Sequence[Candidate]], sets: Sequence[DaySet], room: Room) -> Solution | None:
    """The first that fits: all come the best first. No step asks for less than the first ones."""
    for chosen in group:
        if any(fits(chosen, (1,) * len(chosen), days, room) for days in sets):
            return next(
                Solution(tuple(chosen), steps, days)
                for steps in _steps(chosen)
                for days in sets
                if fits(chosen, steps, days, room)
            )
    return None


def _by_needs(candidates: Sequence[Candidate], sizes: Iterable[int]) -> Iterator[list[tuple[Candidate, ...]]]:
    """All choices of these sizes: those that answer most needs first, and of these the most wanted first."""
    found = [chosen for size in sizes for chosen in combinations(candidates, size)]
    for answered in sorted(set(map(needs_answered, found)), reverse=True):
        alike = [chosen for chosen in found if needs_answered(chosen) == answered]
        yield sorted(alike, key=lambda chosen: [c in chosen for c in candidates], reverse=True)


def needs_answered(chosen: Iterable[Candidate]) -> int:
    return len(frozenset[str]().union(*(c.serves for c in chosen)))


def _numbers_of_days(sets: Sequence[DaySet]) -> list[int]:
    """From the most down to two, or to one where no two days can be had."""
    numbers = sorted({len(days.days) for days in sets}, reverse=True)
    least = int(evidence.value("exercise_days_least"))
    return [number for number in numbers if number >= least] or numbers


def _steps(chosen: Sequence[Candidate]) -> Iterator[tuple[int, ...]]:
    """From as far as is earned down to the first steps, the most wanted exercise lowered last."""
    yield from product(*(range(c.earned, 0, -1) for c in chosen))


def fits(chosen: Sequence[Candidate], steps: Sequence[int], days: DaySet, room: Room) -> bool:
    session = load_m(chosen, steps)
    return (
        (room.week_m is None or len(days.days) * session <= room.week_m + A_MILLIMETRE)
        and (room.day_m is None or days.running_m + session <= room.day_m + A_MILLIMETRE)
        and sum(c.time_s(step) for c, step in zip(chosen, steps, strict=True)) <= room.session_s
    )


def load_m(chosen: Sequence[Candidate], steps: Sequence[int]) -> float:
    return sum(c.load_m(step) for c, step in zip(chosen, steps, strict=True))
