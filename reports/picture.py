"""Twelve weeks in one picture: where every mark stands, and the same facts as words.

Only geometry and labels; ``templates/weeks.svg.j2`` draws them. Sizes are in the units of
the picture's own 480-wide view box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles

from features import evidence
from reports import wording
from reports.week_story import WeekTotals
from reports.wording import Measure

WIDTH, HEIGHT = 480.0, 250.0
LEFT, RIGHT, TOP, FLOOR = 34.0, 476.0, 24.0, 196.0
BAR_SHARE = 0.62
LABEL_EVERY = 3
ENOUGH_FOR_USUAL = 4
STEPS = (1, 2, 2.5, 5, 10)
TEXT_BAR = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """One week: its bar, its longest run, its pain; heights are y coordinates."""

    x: float
    bar_top: float
    longest_y: float | None
    pain: int | None
    strong_pain: bool
    label: str | None
    current: bool
    recorded: bool


@dataclass(frozen=True, slots=True)
class WeekRow:
    """The same week as a line of a table."""

    starts: str
    distance: str
    longest: str
    runs: str
    pain: str
    text_bar: str
    current: bool


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    description: str
    units: str
    bar_width: float
    marks: tuple[Mark, ...]
    grid: tuple[tuple[float, str], ...]
    usual: tuple[float, float] | None
    usual_words: str | None
    jump: str | None
    rows: tuple[WeekRow, ...]
    any_pain: bool
    any_gap: bool


def draw(weeks: Sequence[WeekTotals], measure: Measure, first_day: date | None, jump: str | None) -> Picture:
    """The picture of ``weeks``, oldest first, the last one being told about.

    Weeks before ``first_day`` have no record and no bar. ``jump`` labels the last week's run
    that stands out, if one does.
    """
    recorded = [first_day is not None and w.week.last_day >= first_day for w in weeks]
    top_m, step_m = _scale(weeks, measure)
    usual_m = _usual([w for w, seen in zip(weeks[:-1], recorded, strict=False) if seen])
    usual_words = None
    if usual_m:
        least, most = (measure.distance_number(metres) for metres in usual_m)
        usual_words = f"{'' if least == most else f'{least} to '}{measure.distance(usual_m[1])} a week"
    slot = (RIGHT - LEFT) / max(len(weeks), 1)
    marks = tuple(
        Mark(
            x=round(LEFT + slot * (n + 0.5), 1),
            bar_top=_y(w.distance_m, top_m),
            longest_y=None if w.longest_m is None else _y(w.longest_m, top_m),
            pain=w.worst_pain,
            strong_pain=w.worst_pain is not None and w.worst_pain > evidence.value("pain_calm_max"),
            label=wording.short_date(w.week.first_day) if (len(weeks) - 1 - n) % LABEL_EVERY == 0 else None,
            current=n == len(weeks) - 1,
            recorded=recorded[n],
        )
        for n, w in enumerate(weeks)
    )
    lines = round(top_m / step_m)
    return Picture(
        title=_title(weeks),
        description=_description(weeks, measure, usual_words, jump),
        units=measure.units,
        bar_width=round(slot * BAR_SHARE, 1),
        marks=marks,
        grid=tuple((_y(n * step_m, top_m), _axis_label(n * step_m, measure)) for n in range(lines + 1)),
        usual=None if usual_m is None else (_y(usual_m[1], top_m), _y(usual_m[0], top_m)),
        usual_words=usual_words,
        jump=jump,
        rows=tuple(
            _row(w, measure, top_m, seen, w is weeks[-1]) for w, seen in zip(weeks, recorded, strict=True)
        ),
        any_pain=any(w.worst_pain is not None for w in weeks),
        any_gap=not all(recorded),
    )


def _y(metres: float, top_m: float) -> float:
    return round(FLOOR - (FLOOR - TOP) * metres / top_m, 1)


def _axis_label(metres: float, measure: Measure) -> str:
    return f"{metres / measure.metres_per_unit:g}"


def _scale(weeks: Sequence[WeekTotals], measure: Measure) -> tuple[float, float]:
    return round_scale(max((w.distance_m for w in weeks), default=0.0), measure)


def round_scale(most_m: float, measure: Measure) -> tuple[float, float]:
    """An axis' top and step in metres: at most four round steps in the athlete's units."""
    most = max(most_m / measure.metres_per_unit, 5.0)
    power = 1.0
    while True:
        for step in STEPS:
            if step * power * 4 >= most:
                count = next(n for n in range(1, 5) if step * power * n >= most)
                unit = measure.metres_per_unit
                return step * power * count * unit, step * power * unit
        power *= 10


def _usual(earlier: Sequence[WeekTotals]) -> tuple[float, float] | None:
    """The middle half of the earlier weeks' distances; None with too few of them."""
    known = [w.whole_distance_m for w in earlier if w.whole_distance_m is not None]
    if len(known) < ENOUGH_FOR_USUAL:
        return None
    lower, _, upper = quantiles(known, n=4, method="inclusive")
    return lower, upper


def _title(weeks: Sequence[WeekTotals]) -> str:
    if not weeks:
        return "No weeks to show"
    number = wording.spelled(len(weeks))
    return f"{wording.capitalised(number)} weeks of running, to {wording.long_date(weeks[-1].week.last_day)}"


def _description(weeks: Sequence[WeekTotals], measure: Measure, usual: str | None, jump: str | None) -> str:
    if not weeks:
        return ""
    now = weeks[-1]
    parts = [f"This week {wording.week_distance(now, measure)} in {wording.count(now.runs, 'run')}."]
    if now.longest_m is not None:
        parts.append(f"Longest run {measure.distance(now.longest_m)}.")
    if jump:
        parts.append(f"It stands out at {jump} the longest run of the 30 days before.")
    if usual:
        parts.append(f"The usual range of the weeks before was {usual}.")
    return " ".join(parts)


def _row(w: WeekTotals, measure: Measure, top_m: float, recorded: bool, current: bool) -> WeekRow:
    return WeekRow(
        starts=wording.short_date(w.week.first_day),
        distance=wording.week_distance(w, measure) if recorded else "no record",
        longest="–" if w.longest_m is None else measure.distance(w.longest_m),
        runs=str(w.runs) if recorded else "–",
        pain="–" if w.worst_pain is None else f"{w.worst_pain} of 10",
        text_bar="█" * round(TEXT_BAR * w.distance_m / top_m),
        current=current,
    )
