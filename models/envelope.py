"""What may be asked of a knee: found by trying many weeks on the model itself, never by a formula of its own.

The envelope is the most that one run of the coming week may ask for without a higher level than a calm week's.
The smallest change is the least that would have given a lower one. A planned run is a week in which it has been run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from features.training_log import Athlete, Column, DayFeatures
from models.injury_history import last_knee_injury
from models.risk import LEVELS, SEEN, columns_of, steps
from models.verdict import Level, Lowering

# Ratios are tried in thousandths of what is usual: a run of 20 km to 20 m. Past four times nothing new happens.
SHARES = np.arange(0, 4_001) / 1_000


@dataclass(frozen=True, slots=True)
class Month:
    """The most that one run of the thirty days before asked for; None = unknown, or there was none."""

    distance_m: float | None
    descent_m: float | None
    knee_equivalent_m: float | None


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run that has not been run; what its knee load will be is not known before."""

    day: date
    distance_m: float
    descent_m: float | None = None


def envelope(month: Month, features: DayFeatures, athlete: Athlete) -> tuple[Month, Level]:
    """The most that one run of the coming week may ask for, each of the three by itself, and the level it keeps."""
    history = features["history_days"]
    calm = {
        "runs_7d": np.ones_like(SHARES),
        "history_days": np.full_like(SHARES, np.nan if history is None else history),
        "session_spike_7d": np.ones_like(SHARES),
    }
    injured = _injured(athlete, features.day)
    keeps = steps(calm, injured)[0]

    def most(usual_m: float | None, **tried: Column) -> float | None:
        if usual_m is None or keeps == LEVELS.index(Level.UNKNOWN):
            return None
        return usual_m * float(SHARES[steps(calm | tried, injured) <= keeps].max())

    descent_m = SHARES * (month.descent_m or 0.0)
    widest = Month(
        most(month.distance_m, session_spike_7d=SHARES),
        most(month.descent_m, descent_spike_7d=SHARES, descent_peak_7d_m=descent_m),
        most(month.knee_equivalent_m, knee_spike_7d=SHARES),
    )
    return widest, LEVELS[keeps]


def smallest_change(features: DayFeatures, athlete: Athlete) -> Lowering | None:
    """The least shortening or flattening of one run that would have given the week a lower level.

    None where the level is low or unknown already, or where no single change of a run would have.
    """
    shares = SHARES[SHARES <= 1]
    columns = {name: np.repeat(column, len(shares)) for name, column in columns_of([features]).items()}
    injured = _injured(athlete, features.day)[: len(shares)]
    now = steps(columns, injured)[0]
    found: list[tuple[float, Lowering]] = []
    for code, (_, observed, _) in SEEN.items():
        amount = features[observed]
        if amount is None or LEVELS[now] in (Level.LOW, Level.UNKNOWN):
            continue
        tried = steps(columns | _scaled(columns, code, shares), injured)
        lower = np.flatnonzero(tried < now)
        if len(lower):
            best = lower[-1]
            lowering = Lowering(code, amount, amount * float(shares[best]), LEVELS[tried[best]])
            found.append((float(shares[best]), lowering))
    return max(found, key=lambda option: option[0])[1] if found else None


def _scaled(columns: Mapping[str, Column], code: str, shares: Column) -> dict[str, Column]:
    """One run's exposure made smaller; a shorter run loads the knee less, too."""
    codes = ("session_spike", "knee_load_novelty") if code == "session_spike" else (code,)
    scaled = [name for each in codes for name in SEEN[each][:2]]
    return {name: columns[name] * shares for name in scaled if name in columns}


def with_run(before: DayFeatures, month: Month, run: PlannedRun) -> DayFeatures:
    """The features of the planned day as the model will read them, if ``run`` is run and nothing else happens.

    ``before`` are that day's features without the run, ``month`` is what the run will be compared with.
    """
    values = dict(before.values)
    values |= {"runs_7d": (before["runs_7d"] or 0.0) + 1, "days_since_last_run": 0.0}
    rested, longest_gap = before["days_since_last_run"], before["gap_before_run_7d"]
    values["gap_before_run_7d"] = max(
        (days for days in (rested, longest_gap) if days is not None), default=None
    )
    for code, now, usual in (
        ("session_spike", run.distance_m, month.distance_m),
        ("descent_novelty", run.descent_m, month.descent_m),
    ):
        ratio, observed, reference = SEEN[code]
        seen = before[ratio]
        if now is not None and usual and (seen is None or now / usual > seen):
            values |= {ratio: now / usual, observed: now, reference: usual}
    return replace(before, day=run.day, values=values)


def longest_that_keeps(before: DayFeatures, month: Month, athlete: Athlete) -> float | None:
    """How long a run on the planned day may be without a higher level than a run that asks for nothing new."""
    if month.distance_m is None:
        return None
    ordinary = with_run(before, month, PlannedRun(before.day, 0.0))
    columns = {name: np.repeat(column, len(SHARES)) for name, column in columns_of([ordinary]).items()}
    columns["session_spike_7d"] = np.fmax(columns["session_spike_7d"], SHARES)
    level = steps(columns, _injured(athlete, before.day))
    if LEVELS[level[0]] is Level.UNKNOWN:
        return None
    return month.distance_m * float(SHARES[level <= level[0]].max())


def _injured(athlete: Athlete, day: date) -> Column:
    days = last_knee_injury(athlete, day)
    return np.full_like(SHARES, np.nan if days is None else days)
