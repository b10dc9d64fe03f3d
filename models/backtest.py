"""Past verdicts held against what the knees did afterwards: how often a raised level was right, and how often not.

A week whose fortnight nobody reported on counts as not known, in every row of every table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.resampling import Interval, athlete_codes, draw_athletes, ratio_interval, sums
from models.usefulness import WEEKS_PER_MONTH
from models.verdict import Level

RAISED = (Level.ELEVATED, Level.HIGH)
LEVELS = (Level.LOW, Level.GUARDED, Level.ELEVATED, Level.HIGH)
SEED = 20261122


@dataclass(frozen=True, slots=True)
class JudgedWeek:
    """One week's verdict and what followed; ``problem_on`` is the first day of a problem within the fortnight,
    ``outcome`` 1 = a problem, 0 = none, NaN = not known, or none to be known while the knee ``is_unwell``."""

    athlete: str
    day: date
    level: Level
    log_hazard: float | None
    outcome: float
    is_unwell: bool
    problem_on: date | None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """``said`` is the mean hazard ratio of the known weeks; ``happened`` their share with a problem, over that of
    the weeks at level low."""

    level: Level
    weeks: int
    known: int
    problems: int
    share: Interval
    said: float | None
    happened: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """``alarms`` are weeks at a raised level; ``alarms_unwell`` came while a problem or its recovery lasted, and
    foretell nothing. Of those known, ``right`` were followed by a problem. ``problems`` are those that began in a
    week with a level, ``missed`` those without a raised level in the fortnight before."""

    athletes: int
    weeks: int
    athlete_months: float
    levels: tuple[LevelRow, ...]
    alarms: int
    alarms_unwell: int
    alarms_known: int
    right: int
    problems: int
    missed: int
    raised: tuple[JudgedWeek, ...]

    @property
    def alarms_per_month(self) -> float | None:
        return self.alarms / self.athlete_months if self.athlete_months else None


def backtest(weeks: tuple[JudgedWeek, ...]) -> Backtest:
    """``weeks`` have a level and are one for each athlete and Sunday."""
    athlete = np.array([week.athlete for week in weeks])
    outcome = np.array([week.outcome for week in weeks], dtype=np.float64)
    known = np.isfinite(outcome)
    raised = np.array([week.level in RAISED for week in weeks], dtype=bool)
    found = {(w.athlete, w.problem_on): False for w in weeks if w.outcome == 1}
    for week in weeks:
        if week.outcome == 1 and week.level in RAISED:
            found[week.athlete, week.problem_on] = True
    return Backtest(
        athletes=len(np.unique(athlete)),
        weeks=len(weeks),
        athlete_months=len(weeks) / WEEKS_PER_MONTH,
        levels=_by_level(weeks, athlete, outcome),
        alarms=int(raised.sum()),
        alarms_unwell=sum(week.is_unwell for week in weeks if week.level in RAISED),
        alarms_known=int((raised & known).sum()),
        right=int(np.nansum(outcome[raised])),
        problems=len(found),
        missed=sum(not was_raised for was_raised in found.values()),
        raised=tuple(week for week in weeks if week.level in RAISED),
    )


def _by_level(
    weeks: tuple[JudgedWeek, ...], athlete: NDArray[np.str_], outcome: Column
) -> tuple[LevelRow, ...]:
    code, athletes = athlete_codes(athlete)
    draws = draw_athletes(athletes, len(weeks), SEED)
    level = np.array([week.level for week in weeks])
    hazard = np.array([np.nan if w.log_hazard is None else w.log_hazard for w in weeks], dtype=np.float64)
    known = np.isfinite(outcome)
    lowest = known & (level == Level.LOW)
    low_share = outcome[lowest].mean() if lowest.any() else np.nan
    rows = []
    for wanted in LEVELS:
        at = level == wanted
        of = at & known
        problems = sums(code[of], athletes, outcome[of])
        share = ratio_interval(problems, sums(code[of], athletes), draws)
        said = np.exp(hazard[of & np.isfinite(hazard)])
        happened = None if share.value is None or not low_share > 0 else share.value / float(low_share)
        rows.append(
            LevelRow(
                level=wanted,
                weeks=int(at.sum()),
                known=int(of.sum()),
                problems=int(problems.sum()),
                share=share,
                said=float(said.mean()) if len(said) else None,
                happened=happened,
            )
        )
    return tuple(rows)
