"""The calibration page: past levels beside logged pain, false alarms and missed problems included.

``render_html(result, weeks)`` takes what ``models.backtest.backtest(weeks)`` found and the weeks themselves, and
gives one page that needs nothing but itself. The words above the pictures are those of ``reports.backtest``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from features import evidence
from models.backtest import Backtest, JudgedWeek
from reports import sentences as words
from reports import wording
from reports.backtest import sentences
from reports.calibration_picture import LevelsPicture, Strip, fate, levels_picture, problems_of, strips

TEMPLATES = Path(__file__).with_name("templates")
STYLES = (TEMPLATES / "week.css", Path(__file__).parent / "dashboard" / "static" / "calibration.css")
MOST_STRIPS = 6  # of more athletes a page would be long and heavy; each has one of their own
MOST_RAISED = 60
FATES = {
    "right": "A knee problem began within {days} days",
    "false": "No knee problem: a false alarm",
    "unwell": "The knee was not well already",
    "unknown": "Not known: nobody told",
}


@dataclass(frozen=True, slots=True)
class RaisedRow:
    """One raised week, and what it came to."""

    athlete: str
    up_to: str
    code: str
    level: str
    shape: str
    fate: str
    followed: str


@dataclass(frozen=True, slots=True)
class CalibrationPage:
    """Finished words and marks; ``big`` are the four numbers on top, each with what it counts. Of long lists
    the newest are there, and how many came before."""

    span: str | None
    big: tuple[tuple[str, str, str], ...]
    sentences: tuple[str, ...]
    picture: LevelsPicture | None
    levels: tuple[tuple[str, ...], ...]
    strips: tuple[Strip, ...]
    raised: tuple[RaisedRow, ...]
    raised_before: int
    missed: tuple[tuple[str, str], ...]
    missed_before: int
    nothing: tuple[str, ...]


def render_html(result: Backtest, weeks: tuple[JudgedWeek, ...]) -> str:
    """One self-contained page: no scripts, light and dark, readable on a phone."""
    return (
        _environment()
        .get_template("calibration.html.j2")
        .render(
            page=compose(result, weeks),
            style=Markup("\n".join(path.read_text(encoding="utf-8") for path in STYLES)),
        )
    )


def compose(result: Backtest, weeks: tuple[JudgedWeek, ...]) -> CalibrationPage:
    own = {name: tuple(w for w in weeks if w.athlete == name) for name in sorted({w.athlete for w in weeks})}
    missed = sorted(
        ((day, name) for name in own for day, warned in problems_of(own[name]) if not warned), reverse=True
    )
    raised = sorted(result.raised, key=lambda w: w.day, reverse=True)
    return CalibrationPage(
        span=_span([week.day for week in weeks]),
        big=_big(result),
        sentences=sentences(result),
        picture=levels_picture(result),
        levels=_level_rows(result),
        strips=strips(weeks) if len(own) <= MOST_STRIPS else (),
        raised=tuple(map(_raised, raised[:MOST_RAISED])),
        raised_before=len(raised[MOST_RAISED:]),
        missed=tuple((name, wording.long_date(day)) for day, name in missed[:MOST_RAISED]),
        missed_before=len(missed[MOST_RAISED:]),
        nothing=_nothing(result),
    )


def _span(days: list[date]) -> str | None:
    return f"{wording.long_date(min(days))} to {wording.long_date(max(days))}" if days else None


def _big(result: Backtest) -> tuple[tuple[str, str, str], ...]:
    if not result.weeks:
        return ()
    false_alarms = result.alarms_known - result.right
    return (
        (str(result.right), "right", "raised weeks that a knee problem followed"),
        (str(false_alarms), "false", "raised weeks that none followed: false alarms"),
        (
            str(result.alarms - result.alarms_known - result.alarms_unwell),
            "unknown",
            "raised weeks of which nobody told what followed",
        ),
        (str(result.missed), "missed", "knee problems without a raised week before"),
    )


def _level_rows(result: Backtest) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            row.level.value,
            words.level(row.level).shape,
            words.level(row.level).word,
            str(row.weeks),
            str(row.known),
            str(row.problems),
            _share(row.share.value, row.share.low, row.share.high),
        )
        for row in result.levels
    )


def _share(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return wording.NOT_KNOWN
    if low is None or high is None:
        return wording.percent(value)
    return f"{wording.percent(value)} ({low * 100:.0f}–{high * 100:.0f} %)"


def _raised(week: JudgedWeek) -> RaisedRow:
    level, came_to = words.level(week.level), fate(week)
    followed = FATES[came_to].format(days=f"{evidence.value('onset_window_days'):g}")
    if week.problem_on is not None:
        followed = f"A knee problem began on {wording.long_date(week.problem_on)}"
    return RaisedRow(
        athlete=week.athlete,
        up_to=wording.long_date(week.day),
        code=week.level.value,
        level=level.word,
        shape=level.shape,
        fate=came_to,
        followed=followed,
    )


def _nothing(result: Backtest) -> tuple[str, ...]:
    """What to do where there is nothing to hold the levels against."""
    if any(row.known for row in result.levels):
        return ()
    check_in = "A short knee check-in each week, also when all is well, is what makes this page say anything."
    return (check_in,) if result.weeks else ("Sync your runs, and come back after some weeks.", check_in)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
