"""Athletes side by side: each one's weeks against their own usual, never against each other's kilometres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.verdict import Level
from reports import sentences, wording
from reports.comparing import AthleteWeeks, WeekOf
from reports.wording import Measure

WEEKS_SHOWN = 16
MOST_ATHLETES = 6
# Of each small picture, in its own units.
WIDTH, HEIGHT, BASE = 320.0, 112.0, 92.0
TOP = 14.0
HIGHEST = 2.0  # times the usual; more is cut off and said in the table


@dataclass(frozen=True, slots=True)
class Bar:
    """A week: ``height`` from the base line up; ``code`` is its level's."""

    x: float
    y: float
    width: float
    height: float
    code: str
    shape: str
    is_cut: bool
    is_known: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """``usual_y`` is where a week stands that is as usual."""

    athlete: str
    name: str
    description: str
    bars: tuple[Bar, ...]
    usual_y: float
    labels: tuple[tuple[float, str], ...]
    latest: str


@dataclass(frozen=True, slots=True)
class Cell:
    code: str
    shape: str
    word: str
    amount: str
    beside: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``rows``: a week each, its last day and per athlete what it was, beside usual and at which level."""

    pictures: tuple[Picture, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def comparison(athletes: Sequence[AthleteWeeks]) -> Comparison:
    days = sorted({week.day for one in athletes for week in one.weeks})
    by_day = [{week.day: week for week in one.weeks} for one in athletes]
    return Comparison(
        pictures=tuple(map(_picture, athletes)),
        heads=tuple(one.name for one in athletes),
        rows=tuple(
            (
                f"{wording.short_date(day)} {day.year}",
                tuple(_cell(weeks.get(day)) for weeks in by_day),
            )
            for day in reversed(days)
        ),
    )


def _picture(one: AthleteWeeks) -> Picture:
    step = WIDTH / WEEKS_SHOWN
    offset = WEEKS_SHOWN - len(one.weeks)
    bars = tuple(_bar(week, (place + offset) * step, step) for place, week in enumerate(one.weeks))
    labels = tuple(
        (round((place + offset + 0.5) * step, 1), wording.short_date(week.day))
        for place, week in enumerate(one.weeks)
        if place % 5 == len(one.weeks) % 5
    )
    known = [_cell(week) for week in one.weeks]
    latest = f"{known[-1].word.lower()}, {known[-1].amount}, {known[-1].beside}" if known else "no week yet"
    raised = sum(week.level in (Level.ELEVATED, Level.HIGH) for week in one.weeks)
    description = f"{one.name}: {wording.count(len(one.weeks), 'week')}, of which {raised} at a raised level. Last: {latest}."
    usual_y = round(BASE - (BASE - TOP) / HIGHEST, 1)
    return Picture(one.athlete, one.name, description, bars, usual_y, labels, wording.capitalised(latest))


def _bar(week: WeekOf, x: float, step: float) -> Bar:
    level = week.level or Level.UNKNOWN
    load, usual = week.load_m, week.usual_m
    share = load / usual if load is not None and usual else None
    height = 0.0 if share is None else min(share, HIGHEST) / HIGHEST * (BASE - TOP)
    return Bar(
        x=round(x + step * 0.12, 1),
        y=round(BASE - height, 1),
        width=round(step * 0.76, 1),
        height=round(height, 1),
        code=level.value,
        shape=sentences.level(level).shape,
        is_cut=share is not None and share > HIGHEST,
        is_known=share is not None,
    )


def _cell(week: WeekOf | None) -> Cell:
    level = sentences.level(Level.UNKNOWN if week is None or week.level is None else week.level)
    code = Level.UNKNOWN.value if week is None or week.level is None else week.level.value
    if week is None or week.load_m is None:
        return Cell(code, level.shape, level.word, wording.NOT_KNOWN, "")
    amount = Measure().distance(week.load_m) + (" run" if week.is_distance else "")
    beside = "" if not week.usual_m else f"{wording.percent(week.load_m / week.usual_m)} of usual"
    return Cell(code, level.shape, level.word, amount, beside)
