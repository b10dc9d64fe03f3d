"""Load over time: each week beside the athlete's own usual range, with runs, spikes, injuries and pain on one axis.

Across, places are in percent of the picture's width, so that it fits a phone and a wide screen with text of one
size; down, in pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from features import evidence
from features.training_log import Injury, Week
from reports import alerts, sentences, wording
from reports.dashboard.views.history_shapes import PAIN_PX, Bar, Dot, HistoryView, LevelMark, Panel, WeekRow
from reports.load_history import LoadHistory, RanSession, Usual, WeekLoad, usual_before, week_loads
from reports.picture import round_scale
from reports.wording import Measure

BAR_SHARE = 0.7
DISTANCE_PX, KNEE_PX = 190, 110
MOST_PAIN = 10
LABELS = 7  # dates that fit under the picture on a phone


Place = Callable[[date], float]


def history_view(history: LoadHistory, shown: int, measure: Measure) -> HistoryView:
    """The newest ``shown`` weeks; those before only say what was usual."""
    loads = week_loads(history)
    seen = loads[-shown:]
    first, days = seen[0].week.first_day, 7 * len(seen)

    def x(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    usual = usual_before(loads, lambda load: load.distance_m)
    usual_knee = usual_before(loads, lambda load: load.knee_m)
    of_distance = [(load, load.distance_m, usual[load.week]) for load in seen]
    of_knee = [(load, load.knee_m, usual_knee[load.week]) for load in seen]
    distance, top_m = _panel("Distance of a week", DISTANCE_PX, of_distance, measure, x)
    half_day = 50 / days
    runs = [s for s in history.sessions if s.day >= first and s.distance_m is not None]
    pains = [(day, worst) for day, worst in history.pain.items() if day >= first]
    injuries = [i for i in history.injuries if (i.ended_on or history.last_day) >= first]
    return HistoryView(
        athlete=history.athlete,
        name=history.name,
        span=wording.span(first, history.last_day),
        distance=distance,
        knee=_panel("Knee-equivalent of a week", KNEE_PX, of_knee, measure, x)[0],
        runs=tuple(_run(s, x(s.day) + half_day, top_m, measure) for s in runs),
        pains=tuple(_pain(day, worst, x(day) + half_day) for day, worst in pains),
        injuries=tuple(_injury(i, history.last_day, x) for i in injuries),
        labels=_labels(seen, x),
        rows=tuple(_row(load, usual[load.week], measure, x) for load in seen),
        shows_pain=history.shows_pain,
        shows_body=history.shows_body,
        unit=measure.units,
    )


Loads = Sequence[tuple[WeekLoad, float | None, Usual | None]]


def _panel(name: str, height: int, loads: Loads, measure: Measure, x: Place) -> tuple[Panel, float]:
    """The panel, and the metres at its top."""
    most = max([v for _, v, _ in loads if v is not None] + [u[1] for _, _, u in loads if u], default=0.0)
    top_m, step_m = round_scale(most, measure)

    def y(metres: float) -> float:
        return round(height * (1 - metres / top_m), 1)

    def box(week: Week, share: float, low: float, high: float) -> Bar:
        left, right = x(week.first_day), x(week.last_day + timedelta(days=1))
        pad = (right - left) * (1 - share) / 2
        return Bar(
            round(left + pad, 2),
            round(right - left - 2 * pad, 2),
            y(high),
            round(max(y(low) - y(high), 1.5), 1),
        )

    panel = Panel(
        name=name,
        height=height,
        bars=tuple(box(t.week, BAR_SHARE, 0.0, v) for t, v, _ in loads if v),
        unknown=tuple(
            round((x(load.week.first_day) + x(load.week.last_day + timedelta(days=1))) / 2, 2)
            for load, v, _ in loads
            if v is None
        ),
        usual=tuple(box(t.week, 1.0, *u) for t, _, u in loads if u),
        grid=tuple(
            (y(n * step_m), measure.distance_number(n * step_m).removesuffix(".0"))
            for n in range(1, round(top_m / step_m) + 1)
        ),
    )
    return panel, top_m


def _run(session: RanSession, at: float, top_m: float, measure: Measure) -> Dot:
    metres = session.distance_m or 0.0
    strong = session.spike_ratio is not None and alerts.spike_stage(session.spike_ratio) is not None
    words = (
        f"{wording.short_weekday(session.day)} {wording.short_date(session.day)}: {measure.distance(metres)}"
    )
    if strong and session.spike_ratio is not None:
        words += f", {wording.ratio(session.spike_ratio)} the longest of the 30 days before"
    return Dot(round(at, 2), round(DISTANCE_PX * (1 - metres / top_m), 1), words, strong)


def _pain(day: date, worst: int, at: float) -> Dot:
    words = f"{wording.short_weekday(day)} {wording.short_date(day)}: knee pain {worst} of 10"
    return Dot(
        round(at, 2),
        round(PAIN_PX * (1 - worst / MOST_PAIN), 1),
        words,
        worst > evidence.value("pain_calm_max"),
    )


def _injury(injury: Injury, last_day: date, x: Place) -> tuple[Bar, str]:
    ended = injury.ended_on or last_day
    left = max(0.0, x(injury.started_on))
    right = min(100.0, x(ended + timedelta(days=1)))
    side = (
        f", {sentences.SIDES[injury.side]}" if injury.side is not None and injury.body_part == "knee" else ""
    )
    until = "not ended" if injury.ended_on is None else wording.long_date(injury.ended_on)
    words = f"Injury ({injury.body_part}{side}): {wording.long_date(injury.started_on)} to {until}"
    return Bar(left, round(right - left, 2), 0.0, 0.0), words


def _labels(seen: Sequence[WeekLoad], x: Place) -> tuple[tuple[float, str], ...]:
    """Dates below: the first of months where the span is long, else of weeks."""
    days = [t.week.first_day for t in seen]
    if len(seen) > 3 * LABELS:
        days = [
            b.week.first_day for a, b in pairwise(seen) if a.week.first_day.month != b.week.first_day.month
        ]
    step = -(-len(days) // LABELS)
    year = len(seen) > 60
    return tuple(
        (x(day), f"{wording.MONTHS[day.month - 1][:3]} {day.year}" if year else wording.short_date(day))
        for day in days[::step]
    )


def _row(load: WeekLoad, usual: tuple[float, float] | None, measure: Measure, x: Place) -> WeekRow:
    distance = wording.NOT_KNOWN if load.distance_m is None else measure.distance(load.distance_m)
    knee = wording.NOT_KNOWN if load.knee_m is None else measure.distance(load.knee_m)
    band = "–" if usual is None else f"{measure.distance_number(usual[0])} to {measure.distance(usual[1])}"
    runs = wording.count(load.runs, "run")
    level = None if load.level is None else sentences.level(load.level)
    pain = "–" if load.worst_pain is None else f"{load.worst_pain} of 10"
    said = [f"Week from {wording.short_date(load.week.first_day)}: {distance} in {runs}"]
    said += [f"knee-equivalent {knee}"] if load.runs else []
    said += [f"usual {band}"] if usual else []
    said += [f"level {level.word.lower()}"] if level else []
    said += [f"worst knee pain {pain}"] if load.worst_pain is not None else []
    left = x(load.week.first_day)
    return WeekRow(
        week=str(load.week),
        starts=f"{wording.short_date(load.week.first_day)} {load.week.first_day.year}",
        distance=distance,
        knee=knee,
        usual=band,
        runs=str(load.runs),
        longest="–" if load.longest_m is None else measure.distance(load.longest_m),
        pain=pain,
        level=None
        if load.level is None or level is None
        else LevelMark(load.level.value, level.word, level.shape),
        words="; ".join(said) + ".",
        x=left,
        width=round(x(load.week.last_day + timedelta(days=1)) - left, 2),
    )
