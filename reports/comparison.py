"""The week beside the athlete's own four weeks before it; what was not recorded is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypedDict

from reports import wording
from reports.page import CompareRow
from reports.week_story import WeekStory, WeekTotals
from reports.wording import Measure

OWN_WEEKS = 4
NOTHING = "–"


class Compared(TypedDict):
    compare_basis: str
    compare: tuple[CompareRow, ...]


def compare(story: WeekStory, measure: Measure) -> Compared:
    """Distance, longest run, runs, descent and knee load, each with its usual value and the change."""
    earlier = own_weeks(story)
    if not story.weeks:
        return Compared(compare_basis="No weeks to compare.", compare=())
    if not earlier:
        return Compared(compare_basis="There is no whole week before this one to compare with.", compare=())
    number = wording.spelled(len(earlier))
    weeks = "week" if len(earlier) == 1 else f"{number} weeks"
    basis = f"Usual is the mean of your {weeks} before; for the longest run, the longest of them."
    knee = _knee_row(story, measure)
    if knee:
        basis += " Knee-equivalent: so far on the level, at an easy pace, would have loaded the kneecap joint as much."
    return Compared(compare_basis=basis, compare=(*_rows(story.weeks[-1], earlier, measure), *knee))


def own_weeks(story: WeekStory) -> tuple[WeekTotals, ...]:
    """Up to four whole recorded weeks before this one; a week before the first file is no zero."""
    days = story.features["history_days"]
    if days is None or days < 1:
        return ()
    first: date = story.as_of - timedelta(days=round(days) - 1)
    return tuple(w for w in story.weeks[-OWN_WEEKS - 1 : -1] if w.week.first_day >= first)


def week_summary(story: WeekStory, measure: Measure) -> str:
    """The week in one sentence, with the usual beside it."""
    if not story.weeks or story.weeks[-1].runs == 0:
        return "No runs recorded this week."
    now, earlier = story.weeks[-1], own_weeks(story)
    if now.unmeasured_runs == now.runs:
        return f"{wording.count(now.runs, 'run')} of unknown distance, so the week cannot be compared."
    text = f"{wording.count(now.runs, 'run')}, {wording.week_distance(now, measure)} in all"
    if now.unmeasured_runs:
        runs = wording.count(now.unmeasured_runs, "run")
        return f"{text}: {runs} without a distance, so the week cannot be compared."
    if not earlier:
        return f"{text}. There is no earlier week to compare with yet."
    usual = _mean(_whole_distances(earlier))
    if not usual:
        return f"{text}, after weeks without a run."
    return f"{text}: {_beside(now.distance_m, usual)} ({measure.distance(usual)})."


def _whole_distances(weeks: Sequence[WeekTotals]) -> list[float]:
    return [w.whole_distance_m for w in weeks if w.whole_distance_m is not None]


def _beside(now: float, usual: float) -> str:
    change = round((now / usual - 1) * 100)
    if change == 0:
        return "the same as your usual week"
    return f"{abs(change)} % {'more' if change > 0 else 'less'} than your usual week"


def _rows(now: WeekTotals, earlier: Sequence[WeekTotals], measure: Measure) -> tuple[CompareRow, ...]:
    longest = max((w.longest_m for w in earlier if w.longest_m is not None), default=None)
    runs = _mean([float(w.runs) for w in earlier])
    descents = [w.descent_m for w in earlier if w.descent_m is not None]
    return (
        _distance_row("Distance", now.whole_distance_m, _mean(_whole_distances(earlier)), measure),
        _distance_row("Longest run", now.longest_m, longest, measure),
        CompareRow(
            "Runs",
            wording.count(now.runs, "run"),
            NOTHING if runs is None else f"{runs:.0f} runs" if runs == round(runs) else f"{runs:.1f} runs",
            NOTHING if runs is None else wording.change(now.runs - runs),
        ),
        _descent_row(now.descent_m, _mean(descents), measure),
    )


def _knee_row(story: WeekStory, measure: Measure) -> tuple[CompareRow, ...]:
    """The week in knee-equivalent distance, once it is over: the features look back over seven days."""
    now, usual = story.features["knee_week_m"], story.features["knee_week_usual_m"]
    if now is None or story.as_of < story.week.last_day or story.weeks[-1].runs == 0:
        return ()
    return (_distance_row("Knee-equivalent", now, usual, measure),)


def _distance_row(name: str, now: float | None, usual: float | None, measure: Measure) -> CompareRow:
    return CompareRow(
        name,
        NOTHING if now is None else measure.distance(now),
        NOTHING if usual is None else measure.distance(usual),
        _change(now, usual),
    )


def _descent_row(now: float | None, usual: float | None, measure: Measure) -> CompareRow:
    return CompareRow(
        "Descent",
        measure.height(now),
        NOTHING if usual is None else measure.height(usual),
        _change(now, usual),
    )


def _change(now: float | None, usual: float | None) -> str:
    if now is None or usual is None or usual <= 0:
        return NOTHING
    return wording.percent_change(now / usual - 1)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
