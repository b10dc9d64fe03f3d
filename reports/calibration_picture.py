"""Where every mark of the calibration page's two pictures stands; ``templates/calibration.html.j2`` draws them.

Sizes are in the units of the pictures' own 480-wide view boxes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from models.backtest import RAISED, Backtest, JudgedWeek
from models.verdict import Level
from reports import sentences, wording

LEFT, RIGHT = 96.0, 470.0  # of the levels' picture: names stand left of it
ROW = 40.0
TOP = 16.0
STRIP_LEFT, STRIP_RIGHT = 6.0, 474.0
WIDEST_WEEK = 14.0
LABEL_ROOM = 62.0
AXIS_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
TICKS = 5


@dataclass(frozen=True, slots=True)
class LevelMark:
    """One level: the share of its weeks that a problem followed, and what the score said it would be."""

    code: str
    word: str
    shape: str
    y: float
    x: float | None
    low_x: float | None
    high_x: float | None
    said_x: float | None


@dataclass(frozen=True, slots=True)
class LevelsPicture:
    height: float
    marks: tuple[LevelMark, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class WeekMark:
    """A week with a level; raised ones stand up. ``fate``: right, false, unwell, unknown; None: not raised."""

    x: float
    width: float
    code: str
    fate: str | None


@dataclass(frozen=True, slots=True)
class Strip:
    """One athlete's weeks in order of time, and where knee problems began."""

    athlete: str
    description: str
    weeks: tuple[WeekMark, ...]
    problems: tuple[tuple[float, bool], ...]  # place, and whether a raised level came before
    labels: tuple[tuple[float, str], ...]


def levels_picture(result: Backtest) -> LevelsPicture | None:
    """None where of no week it is known what followed."""
    rows = [row for row in result.levels if row.known]
    if not rows:
        return None
    ends = [share for row in rows for share in (row.share.value, row.share.high) if share is not None]
    said = _said_shares(result)
    farthest = max([*ends, *said.values(), AXIS_STEPS[0]])
    step = next((s for s in AXIS_STEPS if s * TICKS >= farthest), AXIS_STEPS[-1])
    count = math.ceil(min(farthest, 1.0) / step)
    end = step * count

    def x(share: float | None) -> float | None:
        return None if share is None else round(LEFT + (RIGHT - LEFT) * min(share, end) / end, 1)

    marks = tuple(
        LevelMark(
            code=row.level.value,
            word=sentences.level(row.level).word,
            shape=sentences.level(row.level).shape,
            y=TOP + ROW * (place + 0.5),
            x=x(row.share.value),
            low_x=x(row.share.low),
            high_x=x(row.share.high),
            said_x=x(said.get(row.level)),
        )
        for place, row in enumerate(result.levels)
    )
    ticks = tuple((x(step * n) or LEFT, wording.percent(step * n)) for n in range(count + 1))
    return LevelsPicture(TOP + ROW * len(marks) + 34.0, marks, ticks)


def _said_shares(result: Backtest) -> dict[Level, float]:
    """What the hazard ratios said of each level, if the weeks at level low are taken as they were."""
    lowest = next((row for row in result.levels if row.level is Level.LOW), None)
    if lowest is None or not lowest.share.value or not lowest.said:
        return {}
    unit = lowest.share.value / lowest.said
    return {row.level: row.said * unit for row in result.levels if row.said is not None and row.known}


def strips(weeks: tuple[JudgedWeek, ...]) -> tuple[Strip, ...]:
    """All on the same span of time, so that athletes stand below each other."""
    if not weeks:
        return ()
    first, last = min(week.day for week in weeks), max(week.day for week in weeks)
    count = (last - first).days // 7 + 1
    step = min((STRIP_RIGHT - STRIP_LEFT) / count, WIDEST_WEEK)

    def x(day: date) -> float:
        return round(STRIP_LEFT + step * (day - first).days / 7, 2)

    labels = tuple(
        (x(day), text) for day, text in _months(first, last, step) if x(day) + LABEL_ROOM <= STRIP_RIGHT
    )
    return tuple(
        _strip(name, tuple(w for w in weeks if w.athlete == name), x, step, labels)
        for name in sorted({week.athlete for week in weeks})
    )


def fate(week: JudgedWeek) -> str:
    """What a raised level came to."""
    if week.outcome == 1:
        return "right"
    if week.is_unwell:
        return "unwell"
    return "false" if week.outcome == 0 else "unknown"


def _strip(
    name: str,
    weeks: tuple[JudgedWeek, ...],
    x: Callable[[date], float],
    step: float,
    labels: tuple[tuple[float, str], ...],
) -> Strip:
    marks = tuple(
        WeekMark(
            x(week.day),
            round(max(step * 0.86, 0.8), 2),
            week.level.value,
            fate(week) if week.level in RAISED else None,
        )
        for week in weeks
    )
    problems = problems_of(weeks)
    raised = [mark.fate for mark in marks if mark.fate]
    description = (
        f"{wording.count(len(weeks), 'week')} with a level; {wording.count(len(raised), 'raised week')}, of which "
        f"{raised.count('right')} followed by a problem, {raised.count('false')} not, {raised.count('unwell')} while "
        f"the knee was not well already, {raised.count('unknown')} not known; {wording.count(len(problems), 'knee problem')}."
    )
    places = tuple((round(x(day) + step * 0.43, 2), warned) for day, warned in problems)
    return Strip(name, description, marks, places, labels)


def problems_of(weeks: tuple[JudgedWeek, ...]) -> tuple[tuple[date, bool], ...]:
    """Days on which an athlete's problems began, and whether a level before was raised."""
    warned: dict[date, bool] = {}
    for week in weeks:
        if week.problem_on is not None:
            warned[week.problem_on] = warned.get(week.problem_on, False) or week.level in RAISED
    return tuple(sorted(warned.items()))


def _months(first: date, last: date, step: float) -> list[tuple[date, str]]:
    """First days of months, far enough apart for their names."""
    found: list[tuple[date, str]] = []
    room = LABEL_ROOM / step * 7  # days
    year, month = first.year, first.month
    while (day := date(year, month, 1)) <= last:
        if day >= first and (not found or (day - found[-1][0]).days >= room):
            found.append((day, f"{wording.MONTHS[month - 1][:3]} {year}"))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found
